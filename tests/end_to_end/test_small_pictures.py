"""Small files in a document or mail share pages; each keeps its name, its words and its link."""

import re
import zlib
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2

from evidence_app.bundle.exhibits.small_pictures import EnclosedPages
from evidence_app.bundle.typeset.fonts import REGULAR
from evidence_app.bundle.typeset.page_writer import INK, Page, Picture, StoredPicture, Text
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.reading import page_texts
from tests.support import judges, sample_documents
from tests.support.bundles import concern, seal_with
from tests.support.old_office import entry, picture, word_document
from tests.unit.test_drawings_of_windows import emf, emf_words


def shown(session: Session, out: Path, files: list[tuple[str, bytes]]) -> list[str]:
    """Return the words of each page of a bundle of a Word document with these pictures."""
    data = {number: entry(picture(ending, content, packed=None)) for number, (ending, content) in enumerate(files)}
    seal_with(session, concern("A letter came."), {"letter.doc": word_document("\x01" * len(files) + "\r", data)})
    export(session, "officer", out, Selection())
    return [" ".join(text.split()) for text in page_texts(out)]


def png(width: int, height: int, corner: int = 2) -> bytes:
    return sample_documents.picture(size=(width, height), square=(corner, 2, corner + 4, 9), format="PNG")


def pages_with(texts: list[str], label: str) -> list[int]:
    """Return the pages on which a caption stands, from 0."""
    return [page for page, text in enumerate(texts) if re.search(rf"Exhibit {re.escape(label)}(?!\.?\d)", text)]


def test_small_pictures_share_a_page_and_large_ones_have_their_own(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    sizes = [(100, 60), (90, 60), (1_000, 1_200), (80, 50), (80, 440), (70, 440), (60, 440), (50, 440)]
    texts = shown(session, out, [(".png", png(*size)) for size in sizes])
    first = pages_with(texts, "1.1")[-1]
    on = [pages_with(texts, f"1.{number}")[-1] - first for number in range(1, 9)]
    assert on == [0, 0, 1, 2, 2, 2, 3, 3], "two above one another, a large one, then as many as fit"
    assert verify_file(out).verdict is Verdict.VERIFIED
    assert set(judges.verify_bundle(out.read_bytes()).values()) == {"verified"}


def test_each_picture_is_where_its_caption_says(session: Session, tmp_path: Path) -> None:
    """Of two pictures on a page neither lies over the other, nor over a caption, nor over the foot."""
    out = tmp_path / "out.pdf"
    texts = shown(session, out, [(".png", png(300, 400, corner)) for corner in (2, 20, 40)])
    page = pypdfium2.PdfDocument(out)[pages_with(texts, "1.1")[-1]]
    boxes = [each.get_bounds() for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(boxes) == 3
    for above, below in pairwise(boxes):
        assert above[1] - below[3] > 20, "room for a caption"
    assert boxes[-1][1] >= 54


def test_words_of_drawings_share_a_page_too_and_every_file_keeps_its_link(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    drawings = [(".emf", emf(emf_words(f"Letter {number}.pdf"))) for number in range(1, 4)]
    data = {
        number: picture(".emf", content, packed=zlib.compress(content)) for number, (_, content) in enumerate(drawings)
    }
    seal_with(session, concern("A letter came."), {"letter.doc": word_document("\x01" * 3 + "\r", data)})
    export(session, "officer", out, Selection())
    texts = page_texts(out)
    assert len({page for number in range(1, 4) for page in pages_with(texts, f"1.{number}")}) == 1
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        titles = [str(each.title) for each in _all(outline.root)]
    assert [title for title in titles if "picture 3" in title]


def _all(items):
    for item in items:
        yield item
        yield from _all(item.children)


def test_a_small_picture_is_not_cut_into_parts_however_narrow_it_is(session: Session, tmp_path: Path) -> None:
    texts = shown(session, tmp_path / "out.pdf", [(".png", png(14, 90)), (".png", png(200, 2_000))])
    assert "in parts" not in texts[pages_with(texts, "1.1")[-1]].partition("Exhibit 1.2")[0]
    assert any("Exhibit 1.2, page 2 of 8: in parts, from its top" in text for text in texts)


def test_the_words_on_a_picture_move_with_it() -> None:
    """A screen reader and a search find them where they are seen."""
    image = StoredPicture(10, 10, 8, False, "FlateDecode", b"")
    shown = Picture(50, 400, 100, 60, image, ((60.0, 410.0, 20.0, 8.0, "word"),))
    pages: list[Page] = []
    EnclosedPages(pages).add([Page(marks=[Text(20, 500, REGULAR, 8, INK, "Exhibit 1.1"), shown])])
    moved = pages[0].marks[1]
    assert isinstance(moved, Picture)
    assert (moved.words[0][0] - moved.x, moved.words[0][1] - moved.y) == (10, 10)
    assert (moved.x, moved.y) != (50, 400)
