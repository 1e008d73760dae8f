"""How the cells of a workbook look, as far as that says something: the format of values, a line through them, a font of signs (ISO/IEC 29500-1, 18.8)."""

from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.containers.zip_parts import Element, attribute, child, children
from evidence_app.documents.office.number_format import BUILT_IN


@dataclass(frozen=True, slots=True)
class CellLook:
    """The code of a cell's format, whether a line goes through its words, and its font."""

    code: str = ""
    is_struck: bool = False
    font: str = ""


PLAIN: Final = CellLook()


def cell_looks(styles: Element | None) -> list[CellLook]:
    """Return the looks by the number of the cell's style."""
    own = {
        attribute(each, "numFmtId"): attribute(each, "formatCode")
        for each in children(child(styles, "numFmts"), "numFmt")
    }
    fonts = [*children(child(styles, "fonts"), "font")]
    looks: list[CellLook] = []
    for each in children(child(styles, "cellXfs"), "xf"):
        number, place = attribute(each, "numFmtId"), attribute(each, "fontId")
        font = fonts[int(place)] if place.isdigit() and int(place) < len(fonts) else None
        name = child(font, "name")
        code = own.get(number, BUILT_IN.get(int(number) if number.isdigit() else 0, ""))
        looks.append(CellLook(code, is_struck(font), attribute(name, "val") if name is not None else ""))
    return looks


def is_struck(font: Element | None) -> bool:
    """Return whether a font draws a line through its words (18.4.10)."""
    strike = child(font, "strike")
    return strike is not None and attribute(strike, "val") not in {"0", "false"}
