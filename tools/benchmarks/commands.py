"""Short commands, against starting the bare interpreter and against the key derivation alone."""

import json
import subprocess
import sys
from pathlib import Path

from evidence_app.crypto.keys import KdfCost, derive_key
from evidence_app.services.safekeeping.creating import create_store
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, as_installed, in_turn


def run(*words: str) -> None:
    """Run the Python interpreter with these arguments."""
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=as_installed())


def all_of_them(folder: Path) -> list[Result]:
    """Measure `--version` and the sealing of one record."""
    version, bare = in_turn(lambda: run("-m", "evidence_app", "--version"), lambda: run("-c", "pass"), 9)
    results = [Result("evidence-trail --version", version, bare, "3")]
    store, secret, record = folder / "command", folder / "passphrase", folder / "record.json"
    create_store(store, stores.PASSPHRASE).session.close()
    secret.write_text(stores.PASSPHRASE, encoding="utf-8")
    entry = {
        "kind": "note",
        "event_at": "2025-04-14T14:10",
        "event_precision": "exact",
        "fields": {"text": stores.text(120, 1)},
    }
    record.write_text(json.dumps(entry), encoding="utf-8")
    words = ("-m", "evidence_app", "seal", str(record), "--store", str(store), "--passphrase-file", str(secret))
    seal, kdf = in_turn(lambda: run(*words), lambda: derive_key(stores.PASSPHRASE, bytes(16), KdfCost()), 9)
    remark = f"{(seal - kdf) * 1000:.0f} ms over the key derivation"
    return [*results, Result("evidence-trail seal, one record", seal, kdf, "KDF + 120 ms", remark)]
