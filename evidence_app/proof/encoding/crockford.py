"""Crockford's base 32, for codes that people read out and type (https://www.crockford.com/base32.html)."""

from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # the 32 digits, without I, L, O and U


def crockford(value: int, length: int) -> str:
    """Encode a number in `length` digits of base 32, most significant first."""
    return "".join(CROCKFORD[(value >> (5 * digit)) & 31] for digit in reversed(range(length)))


def short_code(leaf_hash: bytes) -> str:
    """Return a record's short code, such as ``PHCR-QV6W``: the first 40 bits of its leaf hash (docs/spec/record-log.md, section 6)."""
    code = crockford(int.from_bytes(leaf_hash[:5], "big"), 8)
    return f"{code[:4]}-{code[4:]}"
