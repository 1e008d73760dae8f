"""Parser for the parameters of header values such as Content-Type (RFC 2045, section 5.1; RFC 2231), in linear time."""

import re
from typing import Final

from evidence_app.mail.headers import decoded, repaired, text_of

MAX_VALUE_LENGTH: Final = 8_192
"""The most characters of a header value that are parsed."""
MAX_PARAMETERS: Final = 100
"""The most parameters of a header value that are parsed."""

# ``; name=token`` or ``; name="quoted string"``. A token is read up to the next semicolon, for names with bare spaces.
_PARAMETER: Final = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.){0,4096})"|([^;"]{0,4096}))')
_PERCENT: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
# ``name*0``, or ``name*0*`` where the segment is percent-encoded (RFC 2231, section 4.1).
_CONTINUED: Final = re.compile(r"([^*]+)\*(\d{1,3})(\*?)")


def read_parameters(raw: str) -> dict[str, str]:
    """Return the parameters of a header value by lower-case name; of two with one name the first counts.

    Continuations (RFC 2231, section 3) are joined; a plain parameter of the same name outranks them.
    """
    parameters: dict[str, str] = {}
    segments: dict[str, dict[int, str]] = {}
    for count, match in enumerate(_PARAMETER.finditer(repaired(raw[:MAX_VALUE_LENGTH]))):
        if count >= MAX_PARAMETERS:
            break
        name = match[1].lower()
        value = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
        continued = _CONTINUED.fullmatch(name)
        if continued:
            segments.setdefault(continued[1], {}).setdefault(int(continued[2]), value)
        elif name.endswith("*"):
            parameters.setdefault(name[:-1], _extended(value))
        else:
            # RFC 2047, section 5, forbids encoded words in parameters, but many programs write file names so.
            parameters.setdefault(name, decoded(value))
    for name, segments_of_name in segments.items():
        # By number: segments may come in any order, and only the first names the character set.
        parameters.setdefault(name, _extended("".join(segments_of_name[index] for index in sorted(segments_of_name))))
    return parameters


def _percent_decoded(value: str) -> bytes:
    """Decode percent-encoded octets."""
    octets = value.encode("utf-8", "replace")
    return _PERCENT.sub(lambda match: bytes([int(match[1], 16)]), octets)


def _extended(value: str) -> str:
    """Decode an extended value, character set and language first, such as ``utf-8'en'a%20b`` (RFC 2231, section 4)."""
    charset, quote, rest = value.partition("'")
    if not quote or "'" not in rest:
        return text_of(_percent_decoded(value), "") if "%" in value else value
    return text_of(_percent_decoded(rest.partition("'")[2]), charset)
