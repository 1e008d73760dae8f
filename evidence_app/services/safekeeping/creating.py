"""Make a store: keys, certificate, and record 0, which says whose log it is."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app import VERSION
from evidence_app.crypto.certificate import new_certificate
from evidence_app.crypto.keys import KdfCost, new_recovery_code
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.program_kinds import LOG
from evidence_app.domain.record.records import compose, ulid
from evidence_app.domain.time.times import Clock
from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import JsonObject, canonical
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signing import LogKey, fingerprint
from evidence_app.services.core.sealing import append
from evidence_app.services.core.session import HOLDER, MACHINE, OWNER, PASSPHRASE, RECOVERY, Session, SystemClock
from evidence_app.store.store import Store

MIN_PASSPHRASE_LENGTH: Final = 8
MAX_NAME_LENGTH: Final = 200

STATEMENTS: Final = {
    "practice": "This log was opened to keep a contemporaneous record of instructions, decisions and concerns.",
    "rep": "This log was opened by a union rep, to keep what members handed over, what was advised and what became of it.",
    "demonstration": "This log holds an invented case, made to show the program. Its people and times are not real.",
}


@dataclass(frozen=True, slots=True)
class NewStore:
    """What making a store gives: the open session, and the recovery code, which is shown once and kept nowhere."""

    session: Session
    recovery_code: str


def create_store(
    folder: Path,
    passphrase: str,
    *,
    owner: str = "",
    role: str = "",
    machine: str = "employer",
    holder: Holder = Holder.OFFICER,
    purpose: str = "practice",
    clock: Clock | None = None,
    cost: KdfCost | None = None,
) -> NewStore:
    """Make a store.

    `machine` is "employer" or "other"; on any other machine than the employer's nothing that identifies a client is
    taken (docs/domain.md, section 2). A rep's store takes nothing that identifies a client on any machine (decision 0019).

    Raises:
        InputError: the passphrase is too short, or the folder holds something.
        EnvironmentProblem: the folder cannot be written.
    """
    require_passphrase(passphrase)
    for text in (owner, role):
        if len(text) > MAX_NAME_LENGTH or not text.isprintable():
            raise InputError("The owner's name and role must be plain text on one line.")
    clock = clock or SystemClock()
    recovery_code = new_recovery_code()
    person: JsonObject = {name: text for name, text in (("person", owner), ("role", role)) if text}

    def begin(store: Store) -> None:
        _begin(store, person, {"machine": machine, "holder": holder.value, "purpose": purpose}, clock)

    store = Store.create(
        folder,
        {PASSPHRASE: passphrase, RECOVERY: recovery_code},
        spell(clock.now()),
        cost or KdfCost(),
        begin,
    )
    return NewStore(Session(store, clock), recovery_code)


def require_passphrase(passphrase: str) -> None:
    """Require a passphrase that is not hopeless. How strong it is beyond that is shown, not enforced.

    Raises:
        InputError: it is too short.
    """
    if len(passphrase) < MIN_PASSPHRASE_LENGTH:
        raise InputError(
            f"The passphrase is too short: use at least {MIN_PASSPHRASE_LENGTH} characters, better four words."
        )


def _begin(store: Store, owner: JsonObject, rules: dict[str, str], clock: Clock) -> None:
    now = clock.now().replace(microsecond=0)
    private_key = LogKey.generate()
    key = LogKey(private_key)
    certificate = new_certificate(f"Log {fingerprint(key.public)}", now)
    fields: JsonObject = {
        "statement": STATEMENTS[
            "rep" if rules["holder"] == Holder.REP and rules["purpose"] == "practice" else rules["purpose"]
        ],
        **rules,
        "log_key": base64.encode(key.public),
        "certificate_sha256": certificate.sha256,
        "program": f"Evidence Trail {VERSION}",
    }
    if owner:
        fields["owner"] = owner
    entry = Entry(LOG, spell(now), "exact", fields)
    author: JsonObject = owner or {"role": "owner of this store"}
    record = compose(entry, identity=ulid(now, secrets.token_bytes(10)), author=author, recorded_at=now)
    with store.transaction():
        store.keep_setting("log_key", private_key)
        store.keep_setting("certificate", certificate.certificate)
        store.keep_setting("certificate_key", certificate.private_key)
        store.keep_setting(OWNER, canonical(author))
        store.keep_setting(MACHINE, rules[MACHINE].encode("ascii"))
        store.keep_setting(HOLDER, rules[HOLDER].encode("ascii"))
        append(store, key, record, [], now)
