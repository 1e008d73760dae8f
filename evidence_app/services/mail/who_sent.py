"""Whether the owner of the store sent a mail, by what the file, the settings and the log show (docs/spec/mail.md, “Who sent it”)."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from evidence_app.domain.settings import Settings
from evidence_app.domain.text.name_matching import letters_of
from evidence_app.mail.headers import bare_address
from evidence_app.mail.reading import Container
from evidence_app.mail.values import Mail
from evidence_app.services.core.session import Session
from evidence_app.services.records.mail_index import drafted_for

BETWEEN: Final = re.compile(r"[\s.,_\-]+")
"""What stands between the parts of a name, in words and in addresses."""


class Sender(Enum):
    """Who sent a mail, as far as anything shows it."""

    OWNER = "the owner"
    OTHER = "somebody else"
    UNKNOWN = "nothing shows who"


def who_sent(
    session: Session, settings: Settings, mail: Mail, container: Container, checkpoints: Sequence[str]
) -> Sender:
    """Say who sent a mail. `checkpoints` are the heads of this log that it quotes."""
    if mail.receipt is not None or not mail.readable or mail.unsent:
        return Sender.OTHER
    own = {bare_address(each) for each in settings.own_addresses}
    sender = bare_address(mail.sender)
    # An item says that the owner of its mailbox sent it: whose mailbox that was, its address says, where it has one.
    if sender in own or (mail.from_owner and not (own and sender)):
        return Sender.OWNER
    if drafted_for(session, mail, checkpoints) is not None:
        return Sender.OWNER
    if own:
        return Sender.OTHER
    owner = str(session.owner.get("person", ""))
    if _names(owner, mail.sender):
        return Sender.OWNER
    answers_own = any(_is_own(session, identity) for identity in (*mail.in_reply_to, *mail.references))
    is_addressed = any(_names(owner, each) for each in (*mail.to, *mail.cc, *mail.bcc))
    if is_addressed or answers_own or (container is Container.INTERNET and mail.passed_a_server):
        return Sender.OTHER
    return Sender.UNKNOWN


def _names(owner: str, person: str) -> bool:
    """Whether somebody in a mail is the owner: the surname and the first letter agree, in the name or in the address."""
    wanted = _parts(owner)
    name = person.partition("<")[0]
    surname_first, comma, forename = name.partition(",")
    spelled = (f"{forename} {surname_first}" if comma else name, bare_address(person).partition("@")[0])
    return len(wanted) > 1 and any(
        len(parts) > 1 and parts[-1] == wanted[-1] and parts[0][0] == wanted[0][0] for parts in map(_parts, spelled)
    )


def _parts(name: str) -> list[str]:
    return [key for key in (letters_of(part).letters for part in BETWEEN.split(name)) if key]


def _is_own(session: Session, identity: str) -> bool:
    """Whether a Message-ID is that of a message that the log holds as sent."""
    records = session.store.records
    return any(records.get(place).fields.get("direction") == "sent" for place in records.found_by(f"id:{identity}"))
