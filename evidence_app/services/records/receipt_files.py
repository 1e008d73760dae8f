"""Write a record's seal receipt."""

from pathlib import Path

from evidence_app.files import write_whole
from evidence_app.proof.commitment import commit, make_leaf
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.seal_receipts import make_receipt
from evidence_app.services.core.session import Session


def seal_receipt(session: Session, index: int) -> str:
    """Return the seal receipt of a record against the latest checkpoint.

    Raises:
        InputError: there is no such record.
    """
    store = session.store
    record = store.records.get(index)
    size = store.log.size()
    leaf = make_leaf(commit(record.content, store.records.secret(index)).value, spell(record.sealed_at))
    return make_receipt(
        index=index,
        leaf=leaf,
        proof=store.log.proof(index, size),
        signed_checkpoint=store.log.checkpoint(size),
        public_key=session.log_key.public,
    )


def receipt_name(index: int, code: str) -> str:
    """Return the usual name of a receipt's file."""
    return f"{index}-{code}.tlog-proof"


def write_receipt(session: Session, index: int, out: Path) -> str:
    """Write the seal receipt of a record to a file and return the record's code.

    Raises:
        InputError: there is no such record.
        EnvironmentProblem: the file cannot be written.
    """
    write_whole(out, seal_receipt(session, index).encode("utf-8"))
    return session.store.records.get(index).code
