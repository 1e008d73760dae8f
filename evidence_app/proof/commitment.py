"""Salted commitments to every word of a record (docs/spec/record-log.md, sections 2 to 5).

Each word or value is hashed with its own salt (piece digest), the piece digests of a field are hashed together (field
digest), and the field digests of all paths are hashed together (commitment). A piece can be withheld by giving its
digest instead of its text; without the salt, the text cannot be guessed from the digest.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256, shake_256
from typing import Final

from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, Scalar, canonical, canonical_text_map

SALT_SIZE: Final = 16  # bytes, for one piece (section 3)
SECRET_SIZE: Final = 32  # bytes, for one record (section 3)
LEAF_FORMAT: Final = "evidence-trail/record/v1"  # section 5

# The first bytes of what is hashed (section 4). They differ from one another and from the 0x00 and 0x01 of the Merkle
# tree, so that a digest of one type cannot pass for one of another type.
_SALTS: Final = b"evidence-trail/salts/v1\n"
_WORD: Final = b"\x10"
_VALUE: Final = b"\x11"
_FIELD: Final = b"\x12"
_RECORD: Final = b"\x13"
_PIECES: Final = re.compile(r"[^ \t\n]+[ \t\n]*|[ \t\n]+")
# The same on UTF-8, where these three never stand within another character.
_ENCODED_PIECES: Final = re.compile(rb"[^ \t\n]+[ \t\n]*|[ \t\n]+")


def scalars(record: Json, path: str = "") -> Iterator[tuple[str, Scalar]]:
    """Yield each scalar of a record with its path, such as ``/attachments/0/sha256``, in no particular order (section 2)."""
    found: list[tuple[str, Scalar]] = []
    _gather(record, path, found)
    return iter(found)


def _gather(record: Json, path: str, found: list[tuple[str, Scalar]]) -> None:
    if isinstance(record, dict):
        for name, value in record.items():
            _gather(value, f"{path}/{name}", found)
    elif isinstance(record, list):
        for position, value in enumerate(record):
            _gather(value, f"{path}/{position}", found)
    elif record is not None:
        found.append((path, record))


def words_of(text: str) -> list[str]:
    """Split a string into its pieces: each word with the white space after it. Joined, they are the string (section 3)."""
    return _PIECES.findall(text)


def pieces_of(value: Scalar) -> list[bytes]:
    """Return the pieces of a scalar as bytes: the words of a string in UTF-8, or a number or boolean as one piece (section 3)."""
    if isinstance(value, str):
        return [word.encode("utf-8") for word in words_of(value)]
    # RFC 8785, sections 3.2.2.1 and 3.2.2.3: one encoding for each number and boolean.
    return [canonical(value)]


def tag_of(value: Scalar) -> bytes:
    """Return the first byte of what is hashed for each piece of a scalar: 0x10 for words, 0x11 for values (section 4)."""
    return _WORD if isinstance(value, str) else _VALUE


def salts_of(secret: bytes, path: str, count: int) -> list[bytes]:
    """Derive the salts of a field's `count` pieces from the record's secret, in order (section 3)."""
    # SHAKE-256 (FIPS 202) gives as many bytes as are asked for; piece k has the 16 bytes from 16 * k.
    # The secret has a fixed length, so secret and path cannot be divided in another way.
    return _salts_in(shake_256(_SALTS + secret + path.encode("utf-8")).digest(SALT_SIZE * count))


def _salts_in(stream: bytes) -> list[bytes]:
    return [stream[at : at + SALT_SIZE] for at in range(0, len(stream), SALT_SIZE)]


def piece_digest(tag: bytes, salt: bytes, piece: bytes) -> bytes:
    """Return the digest of one piece: SHA-256(tag || salt || piece) (section 4)."""
    return sha256(tag + salt + piece).digest()


def word_digest(salt: bytes, word: str) -> bytes:
    """Return the digest of one word of a string (section 4)."""
    return piece_digest(_WORD, salt, word.encode("utf-8"))


def field_digest(digests: Sequence[bytes]) -> bytes:
    """Return the digest of a field: SHA-256(0x12 || the digests of its pieces, in order) (section 4)."""
    return sha256(_FIELD + b"".join(digests)).digest()


def digest_of_value(value: Scalar, salts: Sequence[bytes]) -> bytes:
    """Return a field's digest from its whole value and one salt for each piece (section 4).

    Raises:
        ValueError: the number of salts is not the number of pieces.
    """
    tag = tag_of(value)
    return field_digest([piece_digest(tag, salt, piece) for salt, piece in zip(salts, pieces_of(value), strict=True)])


@dataclass(frozen=True, slots=True)
class Commitment:
    """The commitment to a record: the digest map (path to base64 of the field's digest), and the salts of each path's pieces."""

    digests: dict[str, str]
    salts: dict[str, list[bytes]]

    @property
    def value(self) -> bytes:
        """The commitment's 32 bytes, which the leaf holds (sections 4 and 5)."""
        return commitment_value(self.digests)


def commitment_value(digests: dict[str, str]) -> bytes:
    """Return the commitment to a digest map: SHA-256(0x13 || JCS of the map) (section 4; RFC 8785)."""
    return sha256(_RECORD + canonical_text_map(digests)).digest()


def commit(record: JsonObject, secret: bytes) -> Commitment:
    """Commit to a record with a secret of 32 random bytes (sections 3 and 4)."""
    fields = sorted(_fields(record, secret))
    digests = {path: digest for path, _, digest in fields}
    return Commitment(digests, {path: _salts_in(stream) for path, stream, _ in fields})


def digests_of(record: JsonObject, secret: bytes) -> dict[str, str]:
    """Return the digest map of a record, which is `commit(record, secret).digests` in no particular order: for whoever needs no salts."""
    return {path: digest for path, _, digest in _fields(record, secret)}


def commitment_bytes(record: JsonObject, secret: bytes) -> bytes:
    """Return the 32 bytes of the commitment to a record, which are `commit(record, secret).value`."""
    return commitment_value(digests_of(record, secret))


def _fields(record: JsonObject, secret: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Yield each field's path, the bytes of its salts one after the other, and base64 of its digest, in no particular order.

    Sealing and checking run it for every word there is, so `salts_of`, `pieces_of` and `digest_of_value` are written out.
    """
    prefix = _SALTS + secret
    for path, value in scalars(record):
        if isinstance(value, str):
            tag, pieces = _WORD, _ENCODED_PIECES.findall(value.encode("utf-8"))
        else:
            tag, pieces = _VALUE, [canonical(value)]
        stream = shake_256(prefix + path.encode("utf-8")).digest(SALT_SIZE * len(pieces))
        places = range(0, len(stream), SALT_SIZE)
        joined = b"".join(
            [
                sha256(tag + stream[at : at + SALT_SIZE] + piece).digest()
                for at, piece in zip(places, pieces, strict=True)
            ]
        )
        yield path, stream, base64.encode(sha256(_FIELD + joined).digest())


NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
"""The name of a member. It never begins with a digit, so that a number in a path is always a position in a list (section 2)."""
SPACES: Final = " \t\n"
"""The characters between words (section 3)."""
MAX_DEPTH: Final = 64  # levels of nesting, the record and its scalars among them (section 2)


def is_record(value: Json, depth: int = 1) -> bool:
    """Return whether a value has the form of a record (section 2).

    The form has no null and no empty object, list or string, so that the paths and their scalars determine the record.
    """
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return bool(value) and all(NAME.fullmatch(name) and is_record(item, depth + 1) for name, item in value.items())
    if isinstance(value, list):
        return bool(value) and all(is_record(item, depth + 1) for item in value)
    return value is not None and is_scalar(value)


# No control characters but LF and tab, and no half of a surrogate pair.
_TEXT: Final = re.compile("[^\x00-\x08\x0b-\x1f\ud800-\udfff]+")


def is_scalar(value: Scalar) -> bool:
    """Return whether a scalar is one that a record may hold: no control characters but LF and tab, no infinity (section 2)."""
    if isinstance(value, str):
        return _TEXT.fullmatch(value) is not None
    # Whole numbers beyond 2**53 - 1 were refused by the JSON parser.
    return isinstance(value, bool | int) or math.isfinite(value)


def make_leaf(commitment: bytes, sealed_at: str) -> JsonObject:
    """Return a leaf as an object (section 5). `sealed_at` is UTC, such as ``2025-04-14T13:42:07Z``."""
    return {"commitment": base64.encode(commitment), "format": LEAF_FORMAT, "sealed_at": sealed_at}


def leaf_bytes(leaf: JsonObject) -> bytes:
    """Return the bytes of a leaf, which the Merkle tree hashes: the JCS of its object (section 5; RFC 8785)."""
    return canonical_text_map({name: str(value) for name, value in leaf.items()})
