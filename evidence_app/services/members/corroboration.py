"""Corroboration: records of several members that are of the same thing. The logs are counted, and no member is named."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.people.possible_names import possible_names
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.rep_kinds import CORROBORATION
from evidence_app.domain.record.selection import Received
from evidence_app.domain.text.identifiers import find_identifiers
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.members.collective import REFERENCE
from evidence_app.services.members.members import all_members, received_at, require_rep

MIN_LOGS: Final = 2


def corroborate(session: Session, references: Sequence[str], what: str) -> Sealed:
    """Seal that records of several logs are of the same thing. `references` are such as ``7/12``; `what` names nobody.

    Raises:
        InputError: this is not a rep's store; a reference is none, or stands twice; fewer than two logs have such a record; or `what` is empty or names a member.
        EnvironmentProblem: the store cannot be written.
    """
    require_rep(session)
    known = load_settings(session).other_names
    named = next((each.name for each in all_members(session) if each.name.casefold() in what.casefold()), "")
    named = named or next((each.words for each in possible_names(what, known)), "")
    identifier = next((each.what for each in find_identifiers(what)), "")
    if named or identifier or not what.strip():
        found_in_it = (
            f": “{named}” is one, or may be" if named else f", and without a {identifier}" if identifier else ""
        )
        raise InputError(f"Say what they recorded, without a name{found_in_it}. Nothing was sealed.")
    found = [_received(session, reference) for reference in references]
    places = [(each.origin, each.record.index) for each in found]
    twice = next((ref for ref, place in zip(references, places, strict=True) if places.count(place) > 1), "")
    if twice:
        raise InputError(f"Record {twice} stands twice: one record is one.")
    logs = {each.origin for each in found}
    if len(logs) < MIN_LOGS:
        raise InputError("These are records of one log: what one person wrote twice is not independent.")
    days = sorted(london_day(each.record.sealed_at) for each in found)
    fields: JsonObject = {
        "what": what.strip(),
        "logs": len(logs),
        "records": [f"{each.handover}/{each.record.index} {each.record.code}" for each in found],
        "first_sealed": days[0].isoformat(),
        "last_sealed": days[-1].isoformat(),
    }
    now = spell(session.clock.now().replace(microsecond=0))
    return seal(session, Entry(CORROBORATION, now, "exact", fields))


def _received(session: Session, reference: str) -> Received:
    match = REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise InputError(
            f"“{reference[:30]}” is no record that was handed over, such as 7/12: the hand-over, and the position in it."
        )
    return received_at(session, int(match[1]), int(match[2]))
