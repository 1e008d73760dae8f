"""Parser for mail receipts: message disposition notifications (RFC 8098; RFC 3798 and RFC 2298 before it).

The states are those of docs/spec/mail.md, section 2.
"""

import re
from typing import Final

from evidence_app.mail.fields import Fields, read_blocks, read_fields, values_of, without_type
from evidence_app.mail.headers import addresses, decoded, first_message_id
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import NOT_STATED, MailReceipt

TYPES: Final = frozenset({"displayed", "deleted", "denied", "dispatched", "processed", "failed"})
"""The disposition types that are recognised: those of RFC 8098, section 3.2.6.2, and of the older RFC 2298."""

# disposition = action-mode "/" sending-mode ";" type ["/" modifier ("," modifier)…] (RFC 8098, section 3.2.6).
_WITH_MODES: Final = re.compile(
    r"\s*(?P<action>[A-Za-z-]+)\s*(?:/\s*(?P<sending>[A-Za-z-]+)\s*)?;\s*(?P<type>[A-Za-z]+)(?![A-Za-z0-9_.-])\s*(?P<rest>.*)",
    re.DOTALL,
)
# Some programs write the type without the modes.
_TYPE_ALONE: Final = re.compile(r"\s*(?P<type>[A-Za-z]+)\s*(?P<rest>/.*)?", re.DOTALL)
_MODIFIERS: Final = re.compile(r"\s*/\s*([A-Za-z0-9 ,_-]*)")
LINE: Final = 300
"""The most characters of a value."""


def is_notification(text: str) -> bool:
    """Whether a text has a Disposition field, which every receipt must have."""
    return bool(values_of(text, "disposition"))


def read_notification(text: str) -> MailReceipt:
    """Parse the fields of a receipt. The state comes from Disposition alone, and is *displayed* only where that is explicit."""
    fields = next((block for block in read_blocks(text) if "disposition" in block), {}) or read_fields(text)
    state, action, sending, modifiers = _disposition(fields.get("disposition", ""))
    if state == "displayed" and any(stated_in(value) != state for value in values_of(text, "disposition")):
        # The first Disposition counts; but where another one contradicts it, *displayed* is not claimed.
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
    """Return the state in the value of a Disposition field, or NOT_STATED."""
    return _disposition(value)[0]


def _disposition(value: str) -> tuple[str, str, str, str]:
    """Parse a Disposition value into state, action mode, sending mode and modifiers."""
    match = _WITH_MODES.fullmatch(value)
    if match is None:
        alone = _TYPE_ALONE.fullmatch(value)
        disposition_type = alone["type"].lower() if alone else ""
        return (
            (disposition_type if disposition_type in TYPES else NOT_STATED),
            "",
            "",
            _modifiers(alone["rest"] or "") if alone else "",
        )
    disposition_type = match["type"].lower()
    state = disposition_type if disposition_type in TYPES else NOT_STATED
    if state == "displayed" and match["rest"][:1] not in {"", "/", "("}:
        # After the type only modifiers or a comment may follow; any other text could negate it.
        state = NOT_STATED
    return state, match["action"][:60], (match["sending"] or "")[:60], _modifiers(match["rest"] or "")


def _modifiers(rest: str) -> str:
    match = _MODIFIERS.match(rest)
    return match[1].strip()[:LINE] if match else ""


def _recipient(fields: Fields, name: str) -> str:
    """Return a recipient field as text, without its address type."""
    # KMail writes encoded words (RFC 2047) over the whole field or a part of it.
    value = without_type(decoded(fields.get(name, "")))
    people = addresses([value]) if value else ()
    # Roundcube writes the whole To list here: return all of it, since any of them may have sent the receipt.
    return clean_line(", ".join(people), LINE)
