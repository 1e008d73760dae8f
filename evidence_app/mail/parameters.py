"""Parameters of header values such as Content-Type, read in one pass and within bounds (RFC 2045, RFC 2231)."""

import re
from typing import Final

from evidence_app.mail.headers import decoded, repaired, text_of

MAX_VALUE_LENGTH: Final = 8_192
MAX_PARAMETERS: Final = 100

_PARAMETER: Final = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.){0,4096})"|([^;"]{0,4096}))')
_PERCENT: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_CONTINUED: Final = re.compile(r"([^*]+)\*(\d{1,3})(\*?)")


def read_parameters(raw: str) -> dict[str, str]:
    """Return the parameters of a header value by lower-case name; of two with one name the first counts."""
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for number, match in enumerate(_PARAMETER.finditer(repaired(raw[:MAX_VALUE_LENGTH]))):
        if number >= MAX_PARAMETERS:
            break
        name = match[1].lower()
        value = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
        continued = _CONTINUED.fullmatch(name)
        if continued:
            pieces.setdefault(continued[1], {}).setdefault(int(continued[2]), value)
        elif name.endswith("*"):
            found.setdefault(name[:-1], _extended(value))
        else:
            found.setdefault(name, decoded(value))
    for name, parts in pieces.items():
        found.setdefault(name, _extended("".join(parts[place] for place in sorted(parts))))
    return found


def _unquoted(value: str) -> bytes:
    octets = value.encode("utf-8", "replace")
    return _PERCENT.sub(lambda match: bytes([int(match[1], 16)]), octets)


def _extended(value: str) -> str:
    """Return a value that may name its character set: ``utf-8'en'a%20b``."""
    charset, quote, rest = value.partition("'")
    if not quote or "'" not in rest:
        return text_of(_unquoted(value), "") if "%" in value else value
    return text_of(_unquoted(rest.partition("'")[2]), charset)
