"""Words of an e-mail that were changed and not saved yet: kept in the store, so that leaving a page or a lock loses nothing."""

from dataclasses import dataclass
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.services.core.session import Session

NAME: Final = "mail-words"
MAX_KEPT: Final = 50


@dataclass(frozen=True, slots=True)
class UnsentWords:
    """What stands on the page: recipients as typed, subject and text."""

    to: str
    cc: str
    subject: str
    body: str


def keep_words(session: Session, record: int, words: UnsentWords | None) -> None:
    """Keep the words of the e-mail for a record, or with None forget them. Of many the latest are kept."""
    kept = {name: value for name, value in _read(session).items() if name != str(record)}
    if words is not None:
        kept[str(record)] = {"to": words.to, "cc": words.cc, "subject": words.subject, "body": words.body}
    elif str(record) not in _read(session):
        return
    latest: JsonObject = dict(list(kept.items())[-MAX_KEPT:])
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(latest))


def kept_words(session: Session, record: int) -> UnsentWords | None:
    """Return the words that are kept for a record, or None."""
    found = _read(session).get(str(record))
    if not isinstance(found, dict):
        return None
    return UnsentWords(*(str(found.get(name, "")) for name in ("to", "cc", "subject", "body")))


def _read(session: Session) -> JsonObject:
    stored = session.store.setting(NAME)
    try:
        found = parse(stored) if stored else {}
    except InputError:
        return {}
    return found if isinstance(found, dict) else {}
