"""Salted commitments to every word of a record (record-log.md, sections 2 to 5)."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256, shake_256
from typing import Final

from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, Scalar, canonical, canonical_text_map

SALT_SIZE: Final = 16
SECRET_SIZE: Final = 32
LEAF_FORMAT: Final = "evidence-trail/record/v1"

_SALTS: Final = b"evidence-trail/salts/v1\n"
_WORD: Final = b"\x10"
_VALUE: Final = b"\x11"
_FIELD: Final = b"\x12"
_RECORD: Final = b"\x13"
_PIECES: Final = re.compile(r"[^ \t\n]+[ \t\n]*|[ \t\n]+")


def scalars(record: Json, path: str = "") -> Iterator[tuple[str, Scalar]]:
    """Yield every scalar of a record with its path, in no particular order (section 2)."""
    if isinstance(record, dict):
        for name, value in record.items():
            yield from scalars(value, f"{path}/{name}")
    elif isinstance(record, list):
        for position, value in enumerate(record):
            yield from scalars(value, f"{path}/{position}")
    elif record is not None:
        yield path, record


def words_of(text: str) -> list[str]:
    """Cut a string into its pieces; together they are the string again (section 3)."""
    return _PIECES.findall(text)


def pieces_of(value: Scalar) -> list[bytes]:
    """Return the pieces of a scalar, each with the byte that says whether it is a word or a value."""
    if isinstance(value, str):
        return [word.encode("utf-8") for word in words_of(value)]
    return [canonical(value)]


def tag_of(value: Scalar) -> bytes:
    """Return the byte that stands before the digested pieces of a scalar (section 4)."""
    return _WORD if isinstance(value, str) else _VALUE


def salts_of(secret: bytes, path: str, count: int) -> list[bytes]:
    """Return the salts of a field's pieces, in order (section 3)."""
    stream = shake_256(_SALTS + secret + path.encode("utf-8")).digest(SALT_SIZE * count)
    return [stream[at : at + SALT_SIZE] for at in range(0, SALT_SIZE * count, SALT_SIZE)]


def piece_digest(tag: bytes, salt: bytes, piece: bytes) -> bytes:
    """Return the digest of one piece (section 4)."""
    return sha256(tag + salt + piece).digest()


def word_digest(salt: bytes, word: str) -> bytes:
    """Return the digest of one word of a string (section 4)."""
    return piece_digest(_WORD, salt, word.encode("utf-8"))


def field_digest(digests: Sequence[bytes]) -> bytes:
    """Return the digest of a field from those of its pieces (section 4)."""
    return sha256(_FIELD + b"".join(digests)).digest()


def digest_of_value(value: Scalar, salts: Sequence[bytes]) -> bytes:
    """Return a field's digest from its whole value and one salt for each piece.

    Raises:
        ValueError: there are more or fewer salts than pieces.
    """
    tag = tag_of(value)
    return field_digest([piece_digest(tag, salt, piece) for salt, piece in zip(salts, pieces_of(value), strict=True)])


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a record is committed to by: the digest map, and the salts that open it, by path."""

    digests: dict[str, str]
    salts: dict[str, list[bytes]]

    @property
    def value(self) -> bytes:
        """The 32 bytes that stand in the leaf (section 4)."""
        return commitment_value(self.digests)


def commitment_value(digests: dict[str, str]) -> bytes:
    """Return the commitment to a digest map (section 4)."""
    return sha256(_RECORD + canonical_text_map(digests)).digest()


def commit(record: JsonObject, secret: bytes) -> Commitment:
    """Commit to a record with a secret of 32 random bytes."""
    digests: dict[str, str] = {}
    salts: dict[str, list[bytes]] = {}
    for path, value in sorted(scalars(record)):
        tag, pieces = tag_of(value), pieces_of(value)
        own = salts_of(secret, path, len(pieces))
        joined = b"".join([sha256(tag + salt + piece).digest() for salt, piece in zip(own, pieces, strict=True)])
        digests[path] = base64.encode(sha256(_FIELD + joined).digest())
        salts[path] = own
    return Commitment(digests, salts)


_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")


MAX_DEPTH: Final = 64


def is_record(value: Json, depth: int = 0) -> bool:
    """Whether a value has the form that section 2 gives to records, so that paths and values determine it."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return bool(value) and all(_NAME.fullmatch(name) and is_record(item, depth + 1) for name, item in value.items())
    if isinstance(value, list):
        return bool(value) and all(is_record(item, depth + 1) for item in value)
    return value is not None and is_scalar(value)


def is_scalar(value: Scalar) -> bool:
    """Whether a scalar is one that a record may hold (section 2)."""
    if isinstance(value, str):
        return bool(value) and all(character >= " " or character in "\n\t" for character in value)
    return isinstance(value, bool | int) or math.isfinite(value)


def make_leaf(commitment: bytes, sealed_at: str) -> JsonObject:
    """Return a leaf as an object (section 5)."""
    return {"commitment": base64.encode(commitment), "format": LEAF_FORMAT, "sealed_at": sealed_at}


def leaf_bytes(leaf: JsonObject) -> bytes:
    """Return the bytes of a leaf, which the tree hashes."""
    return canonical_text_map({name: str(value) for name, value in leaf.items()})
