"""Reactions to a mail, as Outlook keeps them with it: who put which sign to it, and when. The property is Exchange's own, and not described."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from evidence_app.mail.outlook.properties import REACTIONS, Properties
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import Detail
from evidence_app.proof.encoding.times import in_words

WHAT: Final = "Reactions, as Outlook kept them"
MAX_BYTES: Final = 100_000
MAX_REACTIONS: Final = 20
TAKEN_BACK: Final = "0"


def reactions_in(properties: Properties) -> tuple[Detail, ...]:
    """Return the reactions to an item as one detail, the oldest first; nothing where there are none, or they cannot be read."""
    untrusted = properties.get(REACTIONS)
    if not isinstance(untrusted, bytes) or len(untrusted) > MAX_BYTES:
        return ()
    try:
        listed = json.loads(untrusted)
    except (ValueError, RecursionError):
        return ()
    said = [*_in_words(listed)] if isinstance(listed, list) else []
    more = f"; and {len(said) - MAX_REACTIONS} more" if len(said) > MAX_REACTIONS else ""
    return ((WHAT, clean_line("; ".join(said[:MAX_REACTIONS]) + more, 480)),) if said else ()


def _in_words(listed: list[Any]) -> Iterator[str]:
    for each in listed:
        if not isinstance(each, dict) or not isinstance(each.get("Type"), str):
            continue
        sign = "taken back" if each["Type"] == TAKEN_BACK else clean_line(each["Type"], 40)
        who = ", ".join(clean_line(str(each[name]), 100) for name in ("Name", "Email") if each.get(name))
        at = _moment(each.get("DateTime"))
        yield f"{sign}{f' by {who}' if who else ''}{f', {in_words(at)}' if at else ''}"


def _moment(said: object) -> datetime | None:
    """Return a time in UTC; None where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(str(said))
        return at.astimezone(UTC).replace(microsecond=0) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
