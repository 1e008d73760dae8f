"""Says of a Type 1 program which glyphs it has, where the file says it wrongly or not at all (ISO 32000-1, table 122, CharSet)."""

from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.mending.font_programs import font_program

NOTDEF: Final = ".notdef"


def complete_char_set(descriptor: Any) -> None:
    """Write the list of glyphs of an embedded Type 1 program into its descriptor, in place; leave it alone where the program cannot be read."""
    program = font_program(descriptor)
    if program is not None and not program.tables and program.cids is None:
        descriptor.CharSet = pikepdf.String("".join(f"/{name}" for name in program.order if name != NOTDEF))
