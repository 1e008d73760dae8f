"""Seal receipts: C2SP tlog-proof files that prove one record without showing it (docs/spec/record-log.md, section 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle, signing
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.commitment import LEAF_FORMAT, leaf_bytes
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.crockford import short_code
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, members, parse_canonical
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.malformed import malformed, read_decimal, well_formed

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"  # C2SP tlog-proof
EXTRA_FORMAT: Final = "evidence-trail/seal-receipt/v1"  # `format` in the extra data
MAX_RECEIPT_BYTES: Final = 65_536  # section 8
MAX_PROOF_HASHES: Final = 64  # sections 8 and 9


@dataclass(frozen=True, slots=True)
class SealReceipt:
    """A verified seal receipt: the record's position, short code, leaf hash and inclusion proof, and the log's checkpoint and public key.

    `sealed_at` is by the sealing machine's clock, in UTC; `signed_checkpoint` is the checkpoint as the note in the receipt.
    """

    index: int
    code: str
    sealed_at: datetime
    leaf_hash: bytes
    checkpoint: Checkpoint
    public_key: bytes
    proof: tuple[bytes, ...]
    signed_checkpoint: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the log (section 6)."""
        return signing.fingerprint(self.public_key)


def make_receipt(
    *, index: int, leaf: JsonObject, proof: Sequence[bytes], signed_checkpoint: str, public_key: bytes
) -> str:
    """Return the text of a seal receipt for the record at position `index`; `proof` is its inclusion proof (section 8)."""
    extra: JsonObject = {"format": EXTRA_FORMAT, "leaf": leaf, "log_key": base64.encode(public_key)}
    hashes = "".join(f"{base64.encode(digest)}\n" for digest in proof)
    return f"{FIRST_LINE}\nextra {base64.encode(canonical(extra))}\nindex {index}\n{hashes}\n{signed_checkpoint}"


def read_leaf(untrusted: Json) -> JsonObject:
    """Return an object that has the form of a leaf (section 5).

    Raises:
        VerificationError: malformed.
    """
    leaf = well_formed(lambda: members(untrusted, {"commitment", "format", "sealed_at"}, what="The leaf"))
    if leaf["format"] != LEAF_FORMAT:
        raise malformed("The leaf is not of a format known here.")
    well_formed(lambda: base64.decode(leaf["commitment"], size=merkle.HASH_SIZE))
    well_formed(lambda: read_moment(str(leaf["sealed_at"])))
    return leaf


def looks_like_receipt(untrusted: bytes) -> bool:
    """Return whether a file begins as a seal receipt does."""
    return untrusted.startswith(FIRST_LINE.encode("ascii"))


def verify_receipt(untrusted: bytes) -> SealReceipt:
    """Verify a seal receipt by itself (docs/spec/record-log.md, section 10, whose steps the comments number).

    Raises:
        VerificationError: malformed, other-log, bad-signature, not-included.
    """
    # 1. It parses.
    if len(untrusted) > MAX_RECEIPT_BYTES:
        raise malformed("The file is too long for a seal receipt.")
    try:
        untrusted_text = untrusted.decode("utf-8")
    except UnicodeDecodeError as error:
        raise malformed("The file is not UTF-8 text.") from error
    untrusted_head, blank, untrusted_checkpoint = untrusted_text.partition("\n\n")
    lines = untrusted_head.split("\n")
    if not blank or len(lines) < 3 or lines[0] != FIRST_LINE:
        raise malformed("The file is not a tlog-proof with its extra line, index and checkpoint.")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise malformed("The extra line or the index is missing.")
    leaf, public_key = _read_extra(lines[1].removeprefix("extra "))
    index = read_decimal(lines[2].removeprefix("index "))
    proof = read_hashes(lines[3:])
    # 2. The checkpoint verifies with the key in the extra data. C2SP tlog-proof does not authenticate the extra data;
    #    the key in it is bound by the checkpoint's origin, which is derived from the key, and the leaf by steps 3 and 4.
    checkpoint = verify_checkpoint(untrusted_checkpoint, public_key)
    # 3. and 4. The leaf is in the tree, at the index (RFC 9162, section 2.1.3.2).
    digest = merkle.leaf_hash(leaf_bytes(leaf))
    require_inclusion(digest, index, proof, checkpoint)
    sealed_at = read_moment(str(leaf["sealed_at"]))
    return SealReceipt(
        index, short_code(digest), sealed_at, digest, checkpoint, public_key, tuple(proof), untrusted_checkpoint
    )


def _read_extra(untrusted: str) -> tuple[JsonObject, bytes]:
    """Parse the extra data of a seal receipt. Return the leaf and the log's public key, neither verified yet."""
    untrusted_extra = well_formed(lambda: parse_canonical(base64.decode(untrusted), "The extra data"))
    extra = well_formed(lambda: members(untrusted_extra, {"format", "leaf", "log_key"}, what="The extra data"))
    if extra["format"] != EXTRA_FORMAT:
        raise malformed("The extra data is not of a format known here.")
    public_key = well_formed(lambda: base64.decode(extra["log_key"], size=signing.PUBLIC_KEY_SIZE))
    return read_leaf(extra["leaf"]), public_key


def read_hashes(untrusted: Json | Sequence[str]) -> list[bytes]:
    """Decode a proof: a list of at most 64 SHA-256 hashes in base64.

    Raises:
        VerificationError: malformed.
    """
    if not isinstance(untrusted, list) or len(untrusted) > MAX_PROOF_HASHES:
        raise malformed("The proof is not a list of at most 64 hashes.")
    return well_formed(lambda: [base64.decode(item, size=merkle.HASH_SIZE) for item in untrusted])


def require_inclusion(digest: bytes, index: int, proof: Sequence[bytes], checkpoint: Checkpoint) -> None:
    """Require that a leaf hash is at position `index` in the tree of a checkpoint.

    Raises:
        VerificationError: not-included.
    """
    if not merkle.proves_inclusion(digest, index, checkpoint.size, proof, checkpoint.root):
        raise VerificationError("not-included", f"The record is not in the log at position {index}.")
