"""The key slots of the header, compared with the changes of keys that the log says (docs/spec/store.md, “Header”)."""

from typing import Final

from evidence_app.domain.record.program_kinds import KEY_CHANGE
from evidence_app.domain.record.selection import Selection
from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session

FIRST: Final = {1: PASSPHRASE, 2: RECOVERY}
"""The slots of a new store, by their numbers."""


def sealed_slots(session: Session) -> dict[int, str]:
    """Return which slots the header must have, by their numbers, as the sealed changes of keys say."""
    slots = dict(FIRST)
    for record in session.store.records.select(Selection(kind=KEY_CHANGE.name)):
        change, number = str(record.fields.get("change", "")), str(record.fields.get("slot", ""))
        if not number.isdigit():
            continue
        kind = {"passphrase changed": PASSPHRASE, "recovery code replaced": RECOVERY}.get(change)
        if kind is not None:
            slots = {each: opens for each, opens in slots.items() if opens != kind} | {int(number): kind}
        elif change == "key slot removed":
            slots.pop(int(number), None)
    return slots


def difference(session: Session) -> str:
    """Return how the header differs from what the log says, as a sentence; an empty string where it does not."""
    sealed = sealed_slots(session)
    there = {slot.number: slot.opens_with for slot in session.store.header.slots}
    more = [f"{number} ({kind})" for number, kind in there.items() if sealed.get(number) != kind]
    fewer = [f"{number} ({kind})" for number, kind in sealed.items() if there.get(number) != kind]
    if more:
        return (
            f"The header has key slot {', '.join(more)}, which opens the store and which no record says that there is now: an old header was put "
            "back, or somebody who knew the key added a way in."
        )
    return f"The header lacks key slot {', '.join(fewer)}, which a record says that there is." if fewer else ""
