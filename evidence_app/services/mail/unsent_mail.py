"""Unsaved edits of e-mail drafts, stored in the store so that leaving the page or locking the program does not lose them."""

from dataclasses import dataclass
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.services.core.session import Session

NAME: Final = "mail-words"
"""Name of the setting: record position as text to an object with `to`, `cc`, `subject`, `body`."""
MAX_KEPT: Final = 50
"""Maximum number of drafts with unsaved edits."""


@dataclass(frozen=True, slots=True)
class UnsentWords:
    """Unsaved contents of the e-mail page: recipients as typed, subject and text."""

    to: str
    cc: str
    subject: str
    body: str


def keep_words(session: Session, record: int, words: UnsentWords | None) -> None:
    """Store the unsaved edits of the e-mail for a record, or with None delete them. Of more than `MAX_KEPT` those for the oldest records go.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    # The names come back in the order of text, in which 10 stands before 9. The edited record goes last, so the limit never drops it.
    others = sorted(_read(session).items(), key=lambda edit: (len(edit[0]), edit[0]))
    edits = {name: value for name, value in others if name != str(record)}
    if words is not None:
        edits[str(record)] = {"to": words.to, "cc": words.cc, "subject": words.subject, "body": words.body}
    elif str(record) not in _read(session):
        return
    latest: JsonObject = dict(list(edits.items())[-MAX_KEPT:])
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(latest))


def kept_words(session: Session, record: int) -> UnsentWords | None:
    """Return the unsaved edits of the e-mail for a record, or None."""
    edits = _read(session).get(str(record))
    if not isinstance(edits, dict):
        return None
    return UnsentWords(*(str(edits.get(name, "")) for name in ("to", "cc", "subject", "body")))


def _read(session: Session) -> JsonObject:
    stored = session.store.setting(NAME)
    try:
        edits = parse(stored) if stored else {}
    except InputError:
        return {}
    return edits if isinstance(edits, dict) else {}
