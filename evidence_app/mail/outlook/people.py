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

_PATH: Final = re.compile(r"(?:ex:)?/[a-z]{1,3}=", re.IGNORECASE)
_WHOLE_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]]{1,200}@[^\s<>,;:\"()\[\]]{1,200}")


def is_directory_path(address: str) -> bool:
    """Whether an address is a path of Exchange's directory (``/O=…/OU=…/CN=…``), which says nothing to people."""
    return _PATH.match(address.strip()) is not None


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
    """Return who sent an item for somebody else, or ""."""
    person = _person(properties, SENDER_NAME, (SENDER_SMTP, SENDER_ADDRESS))
    owner = _person(properties, SENT_FOR_NAME, (SENT_FOR_SMTP, SENT_FOR_ADDRESS))
    names = [text_in(properties, each).strip() for each in (SENDER_NAME, SENT_FOR_NAME)]
    return person if person and owner and all(names) and names[0] != names[1] else ""


def _candidates(properties: Properties, recipients: Sequence[MapiRecipient], name: str) -> Iterator[str]:
    yield clean_line(text_in(properties, SENT_FOR_SMTP), 250)
    yield clean_line(text_in(properties, SENT_FOR_ADDRESS), 250)
    same = not text_in(properties, SENT_FOR_NAME).strip() or text_in(properties, SENDER_NAME).strip() in {"", name}
    if same:
        yield clean_line(text_in(properties, SENDER_SMTP), 250)
        yield clean_line(text_in(properties, SENDER_ADDRESS), 250)
    if text_in(properties, CREATOR_NAME).strip() in {"", name}:
        yield clean_line(text_in(properties, SENDER_CREATED_SMTP), 250)
    paths = {text_in(properties, each).strip().casefold() for each in (SENT_FOR_ADDRESS, SENDER_ADDRESS)} - {""}
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
    name = "" if is_directory_path(name) else name.strip("'\" ")
    if not address and _WHOLE_ADDRESS.fullmatch(name):
        return name
    return f"{name} <{address}>" if name and address and name.casefold() != address.casefold() else address or name
