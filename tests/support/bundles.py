"""Short helpers for bundles: records with files, a plan that lists them, and the text and pixels of the resulting pages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from evidence_app.documents.recognition import UNREAD, recognise
from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, Section
from evidence_app.domain.record.entries import read_entry
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from tests.support.entries import CASE, sample_entry

MANIFEST = "evidence-trail-manifest.json"
IMAGE = 3
"""The sort of an object of a page that is a picture, as pdfium counts them."""


def digest(content: bytes) -> str:
    """Return how a plan names an exhibit."""
    return sha256(content).hexdigest()


def concern(text: str, **more: Any) -> dict[str, Any]:
    """Return a concern about the case, with these words."""
    fields = {"concern": text} | more.pop("fields", {})
    return sample_entry("concern", fields=fields, **({"case_ref": CASE} | more))


def seal_with(session: Session, entry: dict[str, Any], files: Mapping[str, bytes] | None = None) -> int:
    """Seal an entry with files under any names; return its position."""
    sources = [Source(name, content=content) for name, content in (files or {}).items()]
    return seal(session, read_entry(entry), sources).index


def exhibit(content: bytes, **more: Any) -> Document:
    """Return a document of a plan for a file, which somebody has looked through."""
    return Document(exhibit=digest(content), **({"looked_through": True} | more))


def listed(
    profile: str, records: Iterable[int], files: Iterable[bytes] = (), *redactions: Redaction, **more: Any
) -> SavedPlan:
    """Return a plan with one section of records and files."""
    documents = [Document(record=index) for index in records] + [exhibit(content) for content in files]
    return SavedPlan(profile, sections=(Section("Documents", tuple(documents)),), redactions=redactions, **more)


def make(session: Session, plan: SavedPlan, out: Path, **more: Any) -> Exported:
    """Export a plan about the case."""
    return export_plan(session, plan, out, Choice(case_ref=CASE), **more)


def manifest_in(path: Path) -> dict[str, Any]:
    """Return what a bundle's manifest says."""
    with pikepdf.open(path) as pdf:
        content: dict[str, Any] = json.loads(pdf.attachments[MANIFEST].get_file().read_bytes())
        return content


def embedded_in(path: Path) -> dict[str, bytes]:
    """Return the files embedded in a bundle."""
    with pikepdf.open(path) as pdf:
        return {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}


def words_on(path: Path, page: int) -> str:
    """Return the words of a page, from 1, with single spaces."""
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(document[page - 1].get_textpage().get_text_range().split())
    finally:
        document.close()


def all_words(path: Path) -> str:
    """Return the words of every page, with single spaces."""
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def picture_on(path: Path, page: int) -> Image.Image:
    """Return the picture that fills a page, from 1, as a reader sees it."""
    document = pypdfium2.PdfDocument(path)
    try:
        opened = document[page - 1]
        (found,) = opened.get_objects(filter=[IMAGE])
        left, bottom, right, top = found.get_bounds()
        height = opened.get_size()[1]
        seen: Image.Image = opened.render(scale=2).to_pil().convert("L")
        return seen.crop((round(2 * left), round(2 * (height - top)), round(2 * right), round(2 * (height - bottom))))
    finally:
        document.close()


def words_read_off(seen: Image.Image) -> str:
    """Return what is recognised on a picture, as one text."""
    found = recognise(seen, 144)
    # Covers are marks that are no words.
    assert found.doubt in {"", UNREAD}, found.doubt
    return " ".join(word.text for word in found.words)


def darkness(seen: Image.Image, area: Sequence[float]) -> float:
    """Return which share of an area, in fractions from the top left, is dark."""
    left, top, right, bottom = area
    box = (left * seen.width, top * seen.height, right * seen.width, bottom * seen.height)
    levels = seen.crop(tuple(round(each) for each in box)).histogram()  # type: ignore[arg-type]
    return sum(levels[:64]) / max(1, sum(levels))
