"""What is written in the notes of a PDF: the words of sticky notes, highlights and the like, which open on a click (ISO 32000-1, 12.5.6)."""

import io
import re
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES

KINDS: Final = MappingProxyType(
    {
        "/Text": "Note",
        "/Highlight": "Note on what is highlighted",
        "/Underline": "Note on what is underlined",
        "/StrikeOut": "Note on what is struck out",
        "/Squiggly": "Note on what is underlined",
        "/Caret": "Note on an insertion",
        "/Square": "Note on a box",
        "/Circle": "Note on a circle",
        "/Line": "Note on a line",
        "/Polygon": "Note on a shape",
        "/PolyLine": "Note on a line",
        "/Ink": "Note on a drawing",
        "/Stamp": "Note on a stamp",
        "/FileAttachment": "Note on an attached file",
        "/Redact": "Note on what is to be covered",
    }
)
"""Notes whose words are not drawn on the page. Those of a text box are."""
HIDDEN: Final = 2 | 32
"""Flags of a note that no reader shows: Hidden, NoView (ISO 32000-1, table 165)."""
MOMENT: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?")
MAX_NOTES: Final = 2_000
MAX_LENGTH: Final = 20_000
"""Characters of one note."""


def notes_of(untrusted: bytes) -> Mapping[int, tuple[str, ...]]:
    """Return the words of a PDF's notes by page, from 0, each with what it is, who wrote it and when, as the file says."""
    found: dict[int, list[str]] = defaultdict(list)
    count = 0
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            for number, page in enumerate(pdf.pages):
                annotations = page.obj.get("/Annots")
                for note in annotations if isinstance(annotations, pikepdf.Array) else ():
                    text = _in_words(note) if isinstance(note, pikepdf.Dictionary) and count < MAX_NOTES else ""
                    if text:
                        found[number].append(text)
                        count += 1
    except DAMAGES:
        pass
    return {number: tuple(texts) for number, texts in found.items()}


def _in_words(note: Any) -> str:
    kind = KINDS.get(str(note.get("/Subtype")), "")
    words = _text(note.get("/Contents"))
    if not kind or not words:
        return ""
    by, moment = _text(note.get("/T")), MOMENT.match(_text(note.get("/M")) or _text(note.get("/CreationDate")))
    flags = note.get("/F", 0)
    parts = [kind, "hidden" if isinstance(flags, int) and flags & HIDDEN else "", f"by {by}" if by else ""]
    when = f", {moment[3]}/{moment[2]}/{moment[1]}{f' {moment[4]}:{moment[5]}' if moment[4] else ''}" if moment else ""
    return f"[{' '.join(part for part in parts if part)}{when}] {words}"


def _text(value: Any) -> str:
    text = str(value)[:MAX_LENGTH] if isinstance(value, pikepdf.String) else ""
    return "".join(
        each if each.isprintable() or each == "\n" else " " for each in text.replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
