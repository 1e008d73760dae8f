"""Who an Outlook item is from and to. Exchange writes a path of its directory where the Internet has an address ([MS-OXOABK])."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.mail.outlook.properties import (
    DISPLAY_NAME,
    EMAIL_ADDRESS,
    RECIPIENT_TYPE,
    SENDER_ADDRESS,
    SENDER_CREATED_SMTP,
    SENDER_NAME,
    SENDER_SMTP,
    SENT_FOR_ADDRESS,
    SENT_FOR_NAME,
    SENT_FOR_SMTP,
    SMTP_ADDRESS,
    Properties,
    text_in,
)
from evidence_app.mail.text import clean_line

COPIED: Final = 2
"""The value of PidTagRecipientType for a Cc recipient."""
HIDDEN_COPY: Final = 3
"""The value of PidTagRecipientType for a Bcc recipient."""
CREATOR_NAME: Final = 0x3FF8
"""PidTagCreatorName: who made the item in the mailbox."""

# A path of Exchange's directory; an X.400 address (RFC 2156, section 4.1); and a path that Exchange spelled as an address (IMCEA).
_PATH: Final = re.compile(
    r"(?:ex:)?/[a-z]{1,4}=|x400:|(?:c|g|s|i|o|ou\d?|p|a|dda?|x121|n-id|t-ty|cn)=[^;]{0,100};|imcea[a-z0-9]*-",
    re.IGNORECASE,
)
_WHOLE_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]]{1,200}@[^\s<>,;:\"()\[\]]{1,200}")


def is_directory_path(address: str) -> bool:
    """Whether an address is a path of Exchange's directory (``/O=…/OU=…/CN=…``) or one of X.400, which says nothing to people."""
    return _PATH.match(address.strip("'\" ")) is not None


@dataclass(frozen=True, slots=True)
class MapiRecipient:
    """One row of the recipient table."""

    properties: Properties

    @property
    def sort(self) -> int:
        """1 for a recipient, 2 for one who is copied in, 3 for one who is so unseen by the others; 0 is whoever wrote it."""
        value = self.properties.get(RECIPIENT_TYPE)
        return value & 0xF if isinstance(value, int) else 1

    @property
    def words(self) -> str:
        """The recipient as ``Name <address>``; the name alone where only a path of Exchange's directory is known."""
        return _person(self.properties, DISPLAY_NAME, (SMTP_ADDRESS, EMAIL_ADDRESS))


def sender_of(properties: Properties, recipients: Sequence[MapiRecipient]) -> str:
    """Return whom an item is from, as ``Name <address>``: whom it was sent for, or else who sent it.

    Where neither has an Internet address, it is sought with the creator of the item if that is the same person, then among
    the recipients by the same path. Where there is none, the name stands alone.
    """
    name = clean_line(text_in(properties, SENT_FOR_NAME, SENDER_NAME), 200)
    sought = _candidates(properties, recipients, name)
    address = next((each for each in sought if each and not is_directory_path(each)), "")
    return joined(name, address)


def sent_by(properties: Properties) -> str:
    """Return who sent an item for somebody else, or "": not where both are one person under two spellings."""
    person = _person(properties, SENDER_NAME, (SENDER_SMTP, SENDER_ADDRESS))
    return person if person and _is_for_another(properties) else ""


def _is_for_another(properties: Properties) -> bool:
    """Whether the sender and whom an item was sent for are two people: no address of theirs is the same, and the names differ."""
    names = [text_in(properties, each).strip().strip("'\"").casefold() for each in (SENDER_NAME, SENT_FOR_NAME)]
    if not all(names) or names[0] == names[1]:
        return False
    pairs = ((SENDER_SMTP, SENT_FOR_SMTP), (SENDER_ADDRESS, SENT_FOR_ADDRESS))
    return not any(
        text_in(properties, one).strip()
        and text_in(properties, one).strip().casefold() == text_in(properties, other).strip().casefold()
        for one, other in pairs
    )


def _candidates(properties: Properties, recipients: Sequence[MapiRecipient], name: str) -> Iterator[str]:
    """Yield the addresses that may be those of whom an item is from, the surest first."""
    yield clean_line(text_in(properties, SENT_FOR_SMTP), 250)
    yield clean_line(text_in(properties, SENT_FOR_ADDRESS), 250)
    same = not _is_for_another(properties)
    if same:
        yield clean_line(text_in(properties, SENDER_SMTP), 250)
        yield clean_line(text_in(properties, SENDER_ADDRESS), 250)
    creator = text_in(properties, CREATOR_NAME).strip()
    if creator.casefold() == name.casefold() or (not creator and same):
        yield clean_line(text_in(properties, SENDER_CREATED_SMTP), 250)
    numbers = (SENT_FOR_ADDRESS, SENDER_ADDRESS) if same else (SENT_FOR_ADDRESS,)
    paths = {text_in(properties, each).strip().casefold() for each in numbers} - {""}
    for each in recipients:
        if text_in(each.properties, EMAIL_ADDRESS).strip().casefold() in paths:
            yield clean_line(text_in(each.properties, SMTP_ADDRESS), 250)


def _person(properties: Properties, name: int, addresses: Sequence[int]) -> str:
    """Format a person as ``Name <address>``, by the first address that is no path of Exchange's directory."""
    written = [clean_line(text_in(properties, each), 250) for each in addresses]
    address = next((each for each in written if each and not is_directory_path(each)), "")
    return joined(clean_line(text_in(properties, name), 200), address)


def joined(name: str, address: str) -> str:
    """Return a name and an address as ``Name <address>``, or the one that there is; a path never stands for a name."""
    name = name.strip("'\" ")
    name = "" if is_directory_path(name) else name
    if not address and _WHOLE_ADDRESS.fullmatch(name):
        return name
    return f"{name} <{address}>" if name and address and name.casefold() != address.casefold() else address or name


def without_paths(listed: str) -> str:
    """Return people that a list names, ``;`` between them, without those of whom only a path is known."""
    if is_directory_path(listed):
        return ""
    return "; ".join(each.strip("' ") for each in listed.split(";") if each.strip() and not is_directory_path(each))
