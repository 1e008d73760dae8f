"""Checking a store, and its floor: in a process of its own, so that its peak memory can be told.

`python -m tools.benchmarks.checking FOLDER check|floor` prints seconds and megabytes.
"""

import sys
from hashlib import sha256, shake_256
from pathlib import Path

from evidence_app.proof.commitment import SALT_SIZE, pieces_of, scalars
from evidence_app.proof.encoding.json import parse
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.checking import check_store
from tools.benchmarks import stores
from tools.benchmarks.measuring import peak_megabytes, seconds_of


def floor(session: Session) -> None:
    """Read every row and make as many calls of SHA-256 and SHAKE-256, over as many bytes, as its record takes; nothing is compared."""
    for content, secret, leaf in session.store._database.each("SELECT content, secret, leaf_hash FROM records"):
        for path, value in scalars(parse(bytes(content), "")):
            pieces = pieces_of(value)
            stream = shake_256(secret + path.encode()).digest(SALT_SIZE * len(pieces))
            joined = b"".join([sha256(stream[:16] + piece).digest() for piece in pieces])
            sha256(joined).digest()
        # The commitment, the leaf, and on average one inner node of the tree.
        sha256(content).digest()
        sha256(leaf).digest()
        sha256(leaf + leaf).digest()


def main() -> None:
    """Measure one of the two."""
    with Session.open(Path(sys.argv[1]), stores.PASSPHRASE, writable=False) as session:
        work = (lambda: check_store(session)) if sys.argv[2] == "check" else (lambda: floor(session))
        print(seconds_of(work), peak_megabytes())


if __name__ == "__main__":
    main()
