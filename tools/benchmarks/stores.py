"""Stores and records to measure with, filled with invented words."""

import random
import secrets
from pathlib import Path

from evidence_app.crypto.keys import KdfCost
from evidence_app.domain.record.entries import Entry, read_entry
from evidence_app.domain.record.records import compose, ulid
from evidence_app.services.core.sealing import append
from evidence_app.services.core.session import Session, SystemClock
from evidence_app.services.safekeeping.creating import create_store

CHEAP = KdfCost(64 * 1024, 3, 1)
"""The cheapest key derivation that a store accepts (Argon2id: KiB of memory, passes, lanes)."""
PASSPHRASE = "four words of nothing"
WORDS = [
    "officer",
    "manager",
    "weekly",
    "monthly",
    "report",
    "visit",
    "told",
    "asked",
    "wrote",
    "reply",
    "risk",
    "case",
    "office",
    "phone",
    "briefing",
    "review",
    "licence",
    "assessment",
    "home",
    "contact",
    "decided",
    "because",
    "until",
    "never",
    "again",
    "papers",
    "handover",
    "capacity",
]


def text(words: int, seed: int) -> str:
    """Return so many random words as one sentence, the same for the same seed."""
    chooser = random.Random(seed)
    return " ".join(chooser.choices(WORDS, k=words)).capitalize() + "."


def entry(number: int) -> Entry:
    """Return an entry of about 100 words in the fields that an instruction usually has."""
    return read_entry(
        {
            "kind": "instruction",
            "event_at": "2025-04-14T14:10",
            "event_precision": "exact",
            "case_ref": f"X{number % 400:06}",
            "fields": {
                "exact_words": text(30, number),
                "given_by": {"person": "J. Marsh", "role": "Senior probation officer"},
                "via": "face to face",
                "type": "move to lower frequency",
                "understanding": text(30, number + 1),
                "judgement": text(40, number + 2),
                "complied": "with concern",
                "identifies_client": True,
            },
        }
    )


def new_session(folder: Path) -> Session:
    """Create a store with a cheap key derivation and return its session."""
    return create_store(folder, PASSPHRASE, owner="R. Hale", role="Probation officer", cost=CHEAP).session


def fill(session: Session, count: int) -> None:
    """Append many records in one transaction, which is quicker than sealing each in its own."""
    clock = SystemClock()
    with session.store.transaction():
        for number in range(count):
            now = clock.now().replace(microsecond=0)
            record = compose(
                entry(number), identity=ulid(now, secrets.token_bytes(10)), author=session.owner, recorded_at=now
            )
            append(session.store, session.log_key, record, [], now)
