"""Seal receipts of records (docs/spec/record-log.md, section 8)."""

from pathlib import Path

from evidence_app.files import write_whole
from evidence_app.proof.commitment import commit, make_leaf
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.seal_receipts import make_receipt
from evidence_app.services.core.session import Session


def seal_receipt(session: Session, index: int) -> str:
    """Return the text of a record's seal receipt: leaf, inclusion proof and latest signed checkpoint.

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
    """Return the default file name of a seal receipt: index, short code, `.tlog-proof`."""
    return f"{index}-{code}.tlog-proof"


def write_receipt(session: Session, index: int, out: Path) -> str:
    """Write the seal receipt of a record to a file, in UTF-8, and return the short code of the record.

    Raises:
        InputError: there is no such record.
        EnvironmentProblem: the file cannot be written.
    """
    write_whole(out, seal_receipt(session, index).encode("utf-8"))
    return session.store.records.get(index).code
