"""Says of a Type 1 program which glyphs it has, where the file says it wrongly or not at all (ISO 32000-1, table 122, CharSet)."""

import io
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, decoded_stream

NOTDEF: Final = ".notdef"


def complete_char_set(descriptor: Any) -> None:
    """Write the list of glyphs of an embedded Type 1 program into its descriptor, in place; leave it alone where the program cannot be read."""
    try:
        names = _glyphs(descriptor)
    except (ResourceLimitExceeded, *DAMAGES):
        return
    if names:
        descriptor.CharSet = pikepdf.String("".join(f"/{name}" for name in names if name != NOTDEF))


def _glyphs(descriptor: Any) -> list[str]:
    compact, program = descriptor.get("/FontFile3"), descriptor.get("/FontFile")
    try:
        if isinstance(compact, pikepdf.Stream) and str(compact.get("/Subtype")) == "/Type1C":
            from fontTools.cffLib import CFFFontSet

            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(decoded_stream(compact)), None)
            return list(fonts[0].getGlyphOrder())
        if isinstance(program, pikepdf.Stream):
            return _glyphs_of_type1(decoded_stream(program))
    except (ResourceLimitExceeded, *DAMAGES):
        raise
    except Exception:  # noqa: BLE001 - the library raises anything for a malformed program, which is then left alone
        return []
    return []


def _glyphs_of_type1(program: bytes) -> list[str]:
    """Return the names of the glyphs of a Type 1 program, which stand in its enciphered part (Adobe Type 1 Font Format, 7)."""
    import re

    from fontTools.misc import eexec

    _, mark, rest = program.partition(b"eexec")
    if not mark:
        return []
    clear, _ = eexec.decrypt(rest.lstrip(b" \t\r\n"), 55_665)
    _, _, glyphs = clear.partition(b"/CharStrings")
    return [name.decode("ascii") for name in re.findall(rb"/([A-Za-z0-9._]{1,64}) \d{1,6} (?:RD|-\|) ", glyphs)]
