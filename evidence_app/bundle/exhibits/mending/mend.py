"""Mends a copy of a foreign document: what PDF/A refuses and no reader sees is taken away or said, and missing fonts are put in."""

from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Name

from evidence_app.bundle.exhibits.mending.layers import drop_layers
from evidence_app.bundle.exhibits.mending.shown_text import ShownText, drop_unused, shown_text
from evidence_app.bundle.exhibits.mending.substitute_fonts import SYMBOLIC_FLAG, is_missing, substitute
from evidence_app.bundle.exhibits.mending.type1_programs import complete_char_set
from evidence_app.bundle.exhibits.mending.unicode_maps import give_map
from evidence_app.documents.resource_limits import DAMAGES

UNSEEN_KEYS: Final = {
    "/Page": ("/PieceInfo", "/Thumb", "/BoxColorInfo", "/SeparationInfo"),
    "/Form": ("/PieceInfo", "/PTEX.FileName", "/PTEX.InfoDict", "/PTEX.PageNumber", "/LastModified", "/OPI"),
    "/Image": ("/PieceInfo", "/BBox", "/OPI", "/Alternates", "/Name", "/PTEX.FileName"),
    "/ExtGState": ("/HT", "/BG", "/BG2", "/UCR", "/UCR2", "/HTP"),
}
"""Keys that say nothing of what a screen shows: private data, halftones, black generation of printing inks."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended in a document: which font stands for which that was missing, and whether its content was changed at all."""

    stand_ins: tuple[str, ...] = ()
    is_changed: bool = False


def mend(document: Any) -> Mended:
    """Mend an opened document in place.

    Raises:
        pikepdf.PdfError: a stream of it is damaged.
    """
    _drop_unseen_keys(document)
    _complete_composite_fonts(document)
    had_layers = drop_layers(document)
    shown = shown_text(document)
    wanting = {key for key, font in shown.fonts.items() if is_missing(font) or _lacks_map(font)}
    if not wanting:
        return Mended(is_changed=had_layers)
    drop_unused(document, shown, wanting)
    replaced: list[str] = []
    for key in wanting:
        codes = shown.codes.get(key)
        if codes:
            replaced += _mend_font(document, shown, key, codes)
    return Mended(tuple(sorted(set(replaced))), is_changed=True)


def _mend_font(document: Any, shown: ShownText, key: Any, codes: set[bytes]) -> list[str]:
    font = shown.fonts[key]
    try:
        if is_missing(font):
            said = substitute(document, font, codes)
            return [said] if said else []
        give_map(document, font, codes)
        if _is_symbolic_with_encoding(font):
            # Readers do not look at it (ISO 32000-1, 9.6.6.4).
            del font["/Encoding"]
    except DAMAGES:
        # What cannot be mended is shown as a picture.
        return []
    return []


def _lacks_map(font: Any) -> bool:
    """Return whether a font has no ToUnicode map: of some the encoding says enough for readers, but not for PDF/UA."""
    return "/ToUnicode" not in font


def _is_symbolic_with_encoding(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return (
        str(font.get("/Subtype")) == "/TrueType"
        and "/Encoding" in font
        and isinstance(descriptor, pikepdf.Dictionary)
        and int(descriptor.get("/Flags", 0)) & SYMBOLIC_FLAG != 0
    )


def _drop_unseen_keys(document: Any) -> None:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if "/Metadata" in item and str(item.get("/Type")) != "/Catalog":
            # Of a part of the file, such as a picture or a font: no reader shows it, and it may say anything.
            del item["/Metadata"]
        kinds = {str(item.get("/Type")), str(item.get("/Subtype"))}
        for kind, keys in UNSEEN_KEYS.items():
            if kind in kinds:
                for key in keys:
                    if key in item:
                        del item[key]


def _complete_composite_fonts(document: Any) -> None:
    """Say what is the rule where nothing is said, and take away a list of glyphs that PDF/A-3 does not ask for and that is often wrong."""
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary):
            continue
        descendants = item.get("/DescendantFonts")
        parts = [*descendants] if isinstance(descendants, pikepdf.Array) else []
        for font in (item, *(part for part in parts if isinstance(part, pikepdf.Dictionary))):
            descriptor = font.get("/FontDescriptor")
            if not isinstance(descriptor, pikepdf.Dictionary):
                continue
            if (
                str(font.get("/Subtype")) == "/CIDFontType2"
                and "/CIDToGIDMap" not in font
                and "/FontFile2" in descriptor
            ):
                # The default (ISO 32000-1, table 117).
                font.CIDToGIDMap = Name.Identity
            if "/CIDSet" in descriptor:
                del descriptor["/CIDSet"]
            if str(font.get("/Subtype")) == "/Type1":
                complete_char_set(descriptor)
