"""Members whom a rep supports, and the records received from them in hand-overs."""

from collections.abc import Iterator
from itertools import islice

from evidence_app.domain.people.members import KINDS_OF_MEMBERS, MemberEntry, members_of
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Received, ReceivedQuery, Selection
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.text.folding import name_key
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session


def require_rep(session: Session) -> None:
    """Require a rep's store.

    Raises:
        InputError: the store is somebody else's.
    """
    if session.holder is not Holder.REP:
        raise InputError("This is not a union rep's store. One is made with “init --rep”.")


def require_taking_in(session: Session) -> None:
    """Require a store that takes in what others hand over: a rep's or a manager's.

    Raises:
        InputError: the store is an officer's.
    """
    if not session.holder.takes_in:
        raise InputError(
            "This is an officer's store, which takes nothing in. A union rep's is made with “init --rep”, a manager's with “init --manager”."
        )


def all_members(session: Session, pace: YieldPoint = never_yield) -> list[MemberEntry]:
    """Return all members. `pace` is called once a record, so a background scan can pause or cancel.

    Raises:
        InputError: this is an officer's store.
    """
    require_taking_in(session)
    return members_of(yielding(_records(session), pace))


def _records(session: Session) -> Iterator[SealedRecord]:
    records = [
        record for kind in KINDS_OF_MEMBERS for record in session.store.records.select(Selection(kind=kind.name))
    ]
    yield from sorted(records, key=lambda each: each.index)


def find_member(session: Session, name: str) -> MemberEntry:
    """Return a member by the full name, or by a part of it that only one name contains. Case, accents and marks do not matter.

    Raises:
        InputError: no member matches, several do, or this is an officer's store.
    """
    typed_name, members = name_key(name), all_members(session)
    exact = [each for each in members if name_key(each.name) == typed_name]
    matches = exact or [each for each in members if typed_name and typed_name in name_key(each.name)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(f"Several members are called so: {'; '.join(each.name for each in matches[:6])}. Say which.")
    raise InputError(f"There is no member “{name[:40]}”. “members” lists them.")


def received(session: Session, wanted: ReceivedQuery, most: int | None = None) -> list[Received]:
    """Return received records in the order of their events, at most `most`.

    Raises:
        InputError: this is an officer's store.
    """
    require_taking_in(session)
    return list(islice(session.store.received.select(wanted), most))


def received_at(session: Session, handover: int, position: int) -> Received:
    """Return a record as disclosed in one hand-over. `position` is its position in the member's log.

    Raises:
        InputError: the hand-over does not show this position, or this is an officer's store.
    """
    for record in received(session, ReceivedQuery(handover=handover, position=position)):
        return record
    raise InputError(f"The hand-over of record {handover} does not show position {position}.")


def received_counts(session: Session) -> dict[str, int]:
    """Return the number of received records for each log, by origin."""
    return session.store.received.counts()
