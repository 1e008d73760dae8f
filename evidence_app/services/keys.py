"""Change how a store is opened: passphrase, recovery code, slots."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_app.crypto.keys import KdfCost, new_recovery_code
from evidence_app.domain.entries import Entry
from evidence_app.domain.program_kinds import KEY_CHANGE
from evidence_app.domain.times import spell
from evidence_app.services.creating import require_passphrase
from evidence_app.services.sealing import seal
from evidence_app.services.session import PASSPHRASE, RECOVERY, Session
from evidence_app.store.header import Slot
from evidence_app.store.store import restore_header


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a passphrase is: 0 to 4, with what to do about it."""

    score: int
    words: str


_STRENGTH = (
    "Very weak: it would be guessed at once",
    "Weak: a guesser with a list would find it",
    "Fair: add a word or two",
    "Good",
    "Strong",
)


def passphrase_strength(passphrase: str) -> Strength:
    """Estimate the strength of a passphrase with zxcvbn, against somebody who has the store and much time."""
    import zxcvbn

    estimate: Callable[[str], Mapping[str, Any]] = zxcvbn.zxcvbn
    score = int(estimate(passphrase[:72])["score"]) if passphrase else 0
    return Strength(score, _STRENGTH[score])


def slots(session: Session) -> tuple[Slot, ...]:
    """Return the ways in which the store can be opened."""
    return session.store.header.slots


def change_passphrase(session: Session, passphrase: str, cost: KdfCost | None = None) -> None:
    """Replace the passphrase.

    Raises:
        InputError: the new one is too short.
    """
    require_passphrase(passphrase)
    slot = session.store.replace_slots(PASSPHRASE, passphrase, spell(session.clock.now()), cost or KdfCost())
    _seal_change(session, "passphrase changed", slot.number)


def replace_recovery_code(session: Session, cost: KdfCost | None = None) -> str:
    """Replace the recovery code by a new one and return it. The old one opens nothing any more."""
    code = new_recovery_code()
    slot = session.store.replace_slots(RECOVERY, code, spell(session.clock.now()), cost or KdfCost())
    _seal_change(session, "recovery code replaced", slot.number)
    return code


def remove_slot(session: Session, number: int) -> None:
    """Remove a key slot.

    Raises:
        InputError: there is no such slot, or it is the last.
    """
    session.store.remove_slot(number)
    _seal_change(session, "key slot removed", number)


def restore_header_copy(folder: Path, secret: str, opens_with: str) -> None:
    """Put the copy of the header in the place of a damaged one, and seal that it was done.

    Raises:
        StoreDamaged, WrongKey: the copy does not serve.
    """
    restore_header(folder, secret, opens_with)
    with Session.open(folder, secret, opens_with=opens_with) as session:
        _seal_change(session, "header restored from its copy", None)


def _seal_change(session: Session, change: str, number: int | None) -> None:
    slot = {} if number is None else {"slot": str(number)}
    seal(session, Entry(KEY_CHANGE, spell(session.clock.now()), "exact", {"change": change, **slot}))
