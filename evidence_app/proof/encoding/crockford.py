"""Crockford's base 32, for codes that people read out and type (https://www.crockford.com/base32.html)."""

from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(value: int, length: int) -> str:
    """Spell a number in base 32, most significant first."""
    return "".join(CROCKFORD[(value >> (5 * place)) & 31] for place in reversed(range(length)))


def short_code(leaf_hash: bytes) -> str:
    """Return the code that a person can read out: the first 40 bits of the leaf hash (record-log.md, section 6)."""
    code = crockford(int.from_bytes(leaf_hash[:5], "big"), 8)
    return f"{code[:4]}-{code[4:]}"
