"""The members whom a rep supports, and the records that they handed over."""

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
    """Require that the store is a rep's.

    Raises:
        InputError: it is not.
    """
    if session.holder is not Holder.REP:
        raise InputError("This is an officer's store. A union rep's is made with “init --rep”.")


def all_members(session: Session, pace: YieldPoint = never_yield) -> list[MemberEntry]:
    """Return every member.

    Raises:
        InputError: this is not a rep's store.
    """
    require_rep(session)
    return members_of(yielding(_records(session), pace))


def _records(session: Session) -> Iterator[SealedRecord]:
    found = [record for kind in KINDS_OF_MEMBERS for record in session.store.records.select(Selection(kind=kind.name))]
    yield from sorted(found, key=lambda each: each.index)


def find_member(session: Session, name: str) -> MemberEntry:
    """Return a member by name, or by a part of it that only one has.

    Raises:
        InputError: there is none, or there are several.
    """
    wanted, members = name_key(name), all_members(session)
    exact = [each for each in members if name_key(each.name) == wanted]
    found = exact or [each for each in members if wanted and wanted in name_key(each.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"Several members are called so: {'; '.join(each.name for each in found[:6])}. Say which.")
    raise InputError(f"There is no member “{name[:40]}”. “members” lists them.")


def received(session: Session, wanted: ReceivedQuery, most: int | None = None) -> list[Received]:
    """Return records that were handed over, in the order of what happened.

    Raises:
        InputError: this is not a rep's store.
    """
    require_rep(session)
    return list(islice(session.store.received.select(wanted), most))


def received_at(session: Session, handover: int, position: int) -> Received:
    """Return one record as a hand-over showed it.

    Raises:
        InputError: it was not shown there.
    """
    for each in received(session, ReceivedQuery(handover=handover, position=position)):
        return each
    raise InputError(f"The hand-over of record {handover} does not show position {position}.")


def received_counts(session: Session) -> dict[str, int]:
    """Return how many records were received of each log, by its origin."""
    return session.store.received.counts()
