"""Recipients of a mail: parsing, inside the secure system or outside, and level in the hierarchy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.errors import InputError

MAX_RECIPIENTS_UNASKED: Final = 3
"""More recipients than this cause a warning: the rep's advice is to copy few people (docs/domain.md, section 1, R9)."""

# The accepted part of an address: dot-atom and domain of RFC 5322, without quoted strings, comments and literals.
_NAMED: Final = re.compile(r"\s*(?P<name>[^<>@,;\"]{0,120}?)\s*<(?P<address>[^<>\s,;]+)>\s*")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"(?=.{{3,254}}$){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")

ROLE_LEVELS: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        "Senior probation officer": "SPO",
        "Deputy head of PDU": "Head of PDU",
        "Head of PDU": "Head of PDU",
        "Head of operations": "RPD/ACO",
        "Regional probation director": "RPD/ACO",
        "Assistant chief officer or executive": "RPD/ACO",
        "Area executive director": "RPD/ACO",
        "Chief probation officer": "RPD/ACO",
        "Union rep": "union",
        "Branch chair": "union",
    }
)
"""The level of each role. Older titles are listed along with the present ones (docs/domain.md, section 3)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of a mail."""

    address: str
    name: str = ""

    @property
    def header(self) -> str:
        """The recipient in the form of a mail header: ``Name <address>`` or the address."""
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def domain(self) -> str:
        """The domain, in lower case."""
        return self.address.rpartition("@")[2].lower()


def read_recipient(text: str) -> Recipient:
    """Parse exactly one recipient: an address, or ``Name <address>``. A second address in the text is refused.

    Raises:
        InputError: it is not one plain address.
    """
    named = _NAMED.fullmatch(text)
    address = named["address"] if named else text.strip()
    if not _ADDRESS.fullmatch(address) or not text.isprintable():
        raise InputError(f"“{text[:80]}” is not one plain e-mail address.")
    return Recipient(address, named["name"].strip() if named else "")


def is_inside(recipient: Recipient, allowed: Sequence[str]) -> bool:
    """Return whether a recipient is on the allow-list.

    ``*.gov.uk`` allows gov.uk and its subdomains, ``gov.uk`` that domain alone, and ``a@b.uk`` one address.
    """
    for pattern in (each.strip().lower() for each in allowed):
        if "@" in pattern:
            if recipient.address.lower() == pattern:
                return True
            continue
        suffix = pattern.removeprefix("*.")
        if recipient.domain == suffix or (pattern.startswith("*.") and recipient.domain.endswith(f".{suffix}")):
            return True
    return False


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the officer's list: name, role and address."""

    name: str
    role: str
    address: str

    @property
    def level(self) -> str:
        """The level of the role, or an empty string."""
        return ROLE_LEVELS.get(self.role, "")


def read_person(text: str) -> KnownPerson:
    """Parse a line ``Name; role; address``.

    Raises:
        InputError: it does not have three parts, or no plain address.
    """
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != 3 or not parts[0] or not text.isprintable():
        raise InputError(f"“{text[:80]}” is not a person such as: T. Okoro; Head of PDU; name@office.example.")
    return KnownPerson(parts[0], parts[1], read_recipient(parts[2]).address)


def warnings_about(
    to: Sequence[Recipient],
    cc: Sequence[Recipient],
    *,
    people: Sequence[KnownPerson],
    levels: Sequence[str],
    escalating: bool,
) -> list[str]:
    """Return warnings to show before sending: many recipients, and a copy that skips a level without an escalation.

    `people` are known with their roles, and `levels` are in order from the lowest.
    """
    warnings = []
    count = len(to) + len(cc)
    if count > MAX_RECIPIENTS_UNASKED:
        warnings.append(f"It goes to {count} people: resist the temptation to copy all and sundry.")
    known = {person.address.lower(): person for person in people}
    ranks = {level: rank for rank, level in enumerate(levels)}

    def rank(recipient: Recipient) -> int | None:
        person = known.get(recipient.address.lower())
        return ranks.get(person.level) if person else None

    addressed = [its_rank for each in to if (its_rank := rank(each)) is not None]
    highest = max(addressed, default=0)
    for copied in cc:
        its_rank = rank(copied)
        if its_rank is not None and its_rank > highest and not escalating:
            warnings.append(f"The copy to {copied.name or copied.address} skips a level without an escalation.")
    return warnings
