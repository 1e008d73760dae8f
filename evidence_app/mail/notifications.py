"""Mail receipts: message disposition notifications (RFC 8098, and RFC 3798 with its older words)."""

import re
from typing import Final

from evidence_app.mail.fields import Fields, read_blocks, read_fields, values_of, without_type
from evidence_app.mail.headers import addresses, decoded, first_message_id
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import NOT_STATED, MailReceipt

TYPES: Final = frozenset({"displayed", "deleted", "denied", "dispatched", "processed", "failed"})
"""The disposition types. *failed* and *denied* are those of RFC 3798 and RFC 2298."""

_WITH_MODES: Final = re.compile(
    r"\s*(?P<action>[A-Za-z-]+)\s*(?:/\s*(?P<sending>[A-Za-z-]+)\s*)?;\s*(?P<type>[A-Za-z]+)(?![A-Za-z0-9_.-])\s*(?P<rest>.*)",
    re.DOTALL,
)
_TYPE_ALONE: Final = re.compile(r"\s*(?P<type>[A-Za-z]+)\s*(?P<rest>/.*)?", re.DOTALL)
_MODIFIERS: Final = re.compile(r"\s*/\s*([A-Za-z0-9 ,_-]*)")
LINE: Final = 300


def is_notification(text: str) -> bool:
    """Whether a block of fields says what became of a message."""
    return bool(values_of(text, "disposition"))


def read_notification(text: str) -> MailReceipt:
    """Read the fields of a receipt. Only an explicit *displayed* becomes that state; no field decides it but Disposition."""
    fields = next((block for block in read_blocks(text) if "disposition" in block), {}) or read_fields(text)
    state, action, sending, modifiers = _disposition(fields.get("disposition", ""))
    if state == "displayed" and any(stated_in(value) != state for value in values_of(text, "disposition")):
        # The first field counts, but not for *displayed* where another field says otherwise.
        state = NOT_STATED
    return MailReceipt(
        format="MDN",
        state=state,
        for_message_id=first_message_id(fields.get("original-message-id", "")),
        final_recipient=_recipient(fields, "final-recipient"),
        original_recipient=_recipient(fields, "original-recipient"),
        action_mode=action,
        sending_mode=sending,
        modifiers=modifiers,
        reporting_ua=clean_line(decoded(fields.get("reporting-ua", "")), LINE),
    )


def stated_in(value: str) -> str:
    """Return the state that a Disposition value states, or NOT_STATED."""
    return _disposition(value)[0]


def _disposition(value: str) -> tuple[str, str, str, str]:
    match = _WITH_MODES.fullmatch(value)
    if match is None:
        alone = _TYPE_ALONE.fullmatch(value)
        kind = alone["type"].lower() if alone else ""
        return (kind if kind in TYPES else NOT_STATED), "", "", _modifiers(alone["rest"] or "") if alone else ""
    kind = match["type"].lower()
    state = kind if kind in TYPES else NOT_STATED
    if state == "displayed" and match["rest"][:1] not in {"", "/", "("}:
        # Whatever goes on after the type may take it back.
        state = NOT_STATED
    return state, match["action"][:60], (match["sending"] or "")[:60], _modifiers(match["rest"] or "")


def _modifiers(rest: str) -> str:
    match = _MODIFIERS.match(rest)
    return match[1].strip()[:LINE] if match else ""


def _recipient(fields: Fields, name: str) -> str:
    # KMail encodes the field, whole or in part.
    value = without_type(decoded(fields.get(name, "")))
    people = addresses([value]) if value else ()
    # Roundcube writes the whole To list here: keep it, for nobody knows which of them it was.
    return clean_line(", ".join(people), LINE)
