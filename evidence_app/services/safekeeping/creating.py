"""Create a store: keys, certificate and record 0, which names the owner and the key of the log."""

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
"""Maximum length of the owner's name or role, in characters."""

STATEMENTS: Final = {
    "practice": "This log was opened to keep a contemporaneous record of instructions, decisions and concerns.",
    "rep": "This log was opened by a union rep, to keep what members handed over, what was advised and what became of it.",
    "manager": "This log was opened by a manager, to keep a contemporaneous record of instructions and decisions, and to count what officers hand over.",
    "demonstration": "This log holds an invented case, made to show the program. Its people and times are not real.",
}
"""Statement in record 0, by purpose or, for a rep's or a manager's own store, by holder."""


@dataclass(frozen=True, slots=True)
class NewStore:
    """A created store: the open session, and the recovery code, which is shown once and never stored in clear."""

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
    """Create a store in a missing or empty folder, and return it open.

    `machine` is "employer" or "other": on a machine that is not the employer's, entries that identify a client are refused
    (docs/domain.md, section 2). A rep's store refuses them on any machine (docs/decisions/0019-the-reps-store.md).
    `purpose` is "practice" or "demonstration". `cost` is that of the key slots, by default the usual Argon2id cost.

    Raises:
        InputError: the passphrase is too short, the owner's name or role is malformed, or the folder is not empty, on a network, synchronised or too deep.
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
    """Require a passphrase of at least `MIN_PASSPHRASE_LENGTH` characters. Its strength beyond that is only displayed.

    Raises:
        InputError: the passphrase is too short.
    """
    if len(passphrase) < MIN_PASSPHRASE_LENGTH:
        raise InputError(
            f"The passphrase is too short: use at least {MIN_PASSPHRASE_LENGTH} characters, better four words."
        )


def _begin(store: Store, owner: JsonObject, rules: dict[str, str], clock: Clock) -> None:
    """Generate the keys of the log and seal record 0, in one transaction. `rules` has machine, holder and purpose."""
    now = clock.now().replace(microsecond=0)
    private_key = LogKey.generate()
    key = LogKey(private_key)
    certificate = new_certificate(f"Log {fingerprint(key.public)}", now)
    by_holder = rules["purpose"] == "practice" and rules[HOLDER] in STATEMENTS
    fields: JsonObject = {
        "statement": STATEMENTS[rules[HOLDER] if by_holder else rules["purpose"]],
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
