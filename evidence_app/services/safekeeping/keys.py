"""Change the key slots of a store: passphrase, recovery code, removal of a slot (docs/spec/store.md, “Header”)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence_app.crypto.keys import KdfCost, new_recovery_code, read_recovery_code
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import KEY_CHANGE
from evidence_app.errors import InputError, WrongKey
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session
from evidence_app.services.safekeeping.creating import require_passphrase
from evidence_app.store.header import Slot
from evidence_app.store.header_repair import restore_header
from evidence_app.store.store import Store


@dataclass(frozen=True, slots=True)
class Strength:
    """Estimated strength of a passphrase: zxcvbn score from 0 (worst) to 4, and a sentence."""

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
    # zxcvbn raises ValueError for more than 72 characters.
    score = int(estimate(passphrase[:72])["score"]) if passphrase else 0
    return Strength(score, _STRENGTH[score])


def slots(session: Session) -> tuple[Slot, ...]:
    """Return the key slots of the store: one for each passphrase or recovery code that opens it."""
    return session.store.header.slots


def require_opens(session: Session, secret: str) -> None:
    """Require that a secret opens the store, as passphrase or as recovery code. Asked for again before keys are changed.

    Raises:
        WrongKey: the secret is neither.
    """
    try:
        session.store.header.unlock(secret, PASSPHRASE)
    except WrongKey:
        try:
            session.store.header.unlock(read_recovery_code(secret), RECOVERY)
        except (InputError, WrongKey) as error:
            raise WrongKey("That is neither the passphrase nor the recovery code. Nothing was changed.") from error


def change_passphrase(session: Session, passphrase: str, cost: KdfCost | None = None) -> None:
    """Replace the passphrase slots by one for a new passphrase, and seal the change. `cost` is that of the new slot.

    Raises:
        InputError: the new passphrase is too short.
        EnvironmentProblem: the store cannot be written. The old passphrase still opens it.
    """
    require_passphrase(passphrase)
    _replace(session, PASSPHRASE, passphrase, "passphrase changed", cost)


def replace_recovery_code(session: Session, cost: KdfCost | None = None) -> str:
    """Replace the recovery code, seal the change, and return the new code. The old one no longer opens the store.

    Raises:
        EnvironmentProblem: the store cannot be written. The old code still opens it.
    """
    code = new_recovery_code()
    _replace(session, RECOVERY, code, "recovery code replaced", cost)
    return code


def remove_slot(session: Session, number: int) -> None:
    """Remove a key slot by its number, and seal the change.

    Raises:
        InputError: there is no such slot, or it is the last one.
        EnvironmentProblem: the store cannot be written. The slot is still there.
    """
    _change(session, "key slot removed", str(number), lambda store: store.remove_slot(number))


def _replace(session: Session, opens_with: str, secret: str, change: str, cost: KdfCost | None) -> None:
    number = str(session.store.header.next_number())
    made_at = spell(session.clock.now())
    _change(session, change, number, lambda store: store.replace_slots(opens_with, secret, made_at, cost or KdfCost()))


def _change(session: Session, change: str, slot: str, act: Callable[[Store], object]) -> None:
    """Change the header and seal the change: both, or neither. The header is a file outside the transaction, so it is put back on error."""
    before = session.store.header
    try:
        _seal_change(session, change, slot, act)
    except BaseException:
        session.store.put_back(before)
        raise


def recovery_sheet(session: Session, code: str, made_at: datetime) -> bytes:
    """Return a printable PDF page with the recovery code in clear."""
    from evidence_app.bundle.pages.sheets.recovery_sheet import RecoverySheet, draw_recovery_sheet

    owner = str(session.owner.get("person", ""))
    return draw_recovery_sheet(RecoverySheet(code, session.log_key.origin, owner, made_at))


def restore_header_copy(folder: Path, secret: str, opens_with: str) -> None:
    """Replace a damaged header by its copy, and seal the change.

    Raises:
        StoreDamaged, WrongKey: the copy is damaged, or the secret does not open it.
    """
    restore_header(folder, secret, opens_with)
    with Session.open(folder, secret, opens_with=opens_with) as session:
        _seal_change(session, "header restored from its copy", "", lambda _: None)


def _seal_change(session: Session, change: str, slot: str, act: Callable[[Store], object]) -> None:
    fields: JsonObject = {"change": change}
    if slot:
        fields["slot"] = slot
    seal(session, Entry(KEY_CHANGE, spell(session.clock.now()), "exact", fields), also=act)
