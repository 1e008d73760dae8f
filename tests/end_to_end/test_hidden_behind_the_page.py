"""What a page covers, crops or hangs over its edge is in its file: in a bundle that withholds names it is gone, for the page is a picture itself."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.documents.recognition import recognise
from evidence_app.domain.plan.saved_plan import Redaction
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.files import resource
from evidence_app.services.bundles import decisions
from evidence_app.services.bundles.exporting import export
from evidence_app.services.bundles.findings import IN_DOUBT, UNDECIDED
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.reviewing import review
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from tests.support.bundles import concern, listed, make, manifest_in, seal_with
from tests.support.entries import CASE
from tests.support.sample_documents import scan

NAME = "Olwen Marchbanks"
WIDTH, HEIGHT = 595.0, 842.0
LINES = ("the rent book was kept at the desk", "and nobody came to the office")


def sheet() -> Image.Image:
    """Return a scan of an A4 page with a name below its middle."""
    image = Image.new("RGB", (1240, 1754), "white")
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 32)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(LINES):
        draw.text((120, 200 + 60 * number), line, font=font, fill="black")
    draw.text((120, 1000), f"seen with {NAME}", font=font, fill="black")
    return image


def pdf(cover: str) -> bytes:
    """Return a PDF of the scan whose name is not seen: under a box, outside a clip, or off the page."""
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), initialFontName=REGULAR, invariant=1)  # type: ignore[arg-type]
    picture = ImageReader(sheet())
    if cover == "clip":
        path = canvas.beginPath()
        path.rect(0, HEIGHT / 2, WIDTH, HEIGHT / 2)
        canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawImage(picture, 0, -HEIGHT * 0.45 if cover == "edge" else 0, WIDTH, HEIGHT)
    if cover == "box":
        canvas.setFillColorRGB(0, 0, 0)
        canvas.rect(50, HEIGHT - 520, 400, 60, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def words_in_pictures(out: Path) -> str:
    """Return what is recognised on every picture in a file, whether a page shows all of it or not."""
    found = []
    with pikepdf.open(out) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                image: Any = pikepdf.PdfImage(item).as_pil_image()
                found += [word.text for word in recognise(image.convert("RGB")).words]
    return " ".join(found)


@pytest.mark.parametrize("cover", ["box", "clip", "edge"])
def test_pixels_that_are_not_seen_are_not_in_a_bundle_that_withholds(
    cover: str, session: Session, tmp_path: Path
) -> None:
    content, out = pdf(cover), tmp_path / "out.pdf"
    seal_with(session, concern("see the scan"), {"scan.pdf": content})
    change_setting(session, "client_names", [NAME])
    plan = listed("tribunal", [1], [content])
    for each in review(session, work_out(session, plan, Choice(case_ref=CASE))):
        if each.decision == UNDECIDED and each.sort == IN_DOUBT:
            decisions.look_at(session, each.digest, [each.page])
    make(session, plan, out)
    assert "Marchbanks" not in words_in_pictures(out)
    assert manifest_in(out)["exhibits"][0]["shown_as"] == "rendered"


def test_an_officers_own_bundle_keeps_the_page_as_it_is(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("see the scan"), {"scan.pdf": pdf("box")})
    export(session, "officer", tmp_path / "out.pdf", Selection())
    assert manifest_in(tmp_path / "out.pdf")["exhibits"][0]["shown_as"] == "placed"


@pytest.mark.parametrize(
    ("ink", "ground"),
    [((200, 0, 0), (0, 104, 0)), ((233, 233, 233), (255, 255, 255)), ((142, 142, 142), (120, 120, 120))],
    ids=["red on green", "pale on white", "grey on grey"],
)
def test_words_of_little_contrast_are_read_or_in_doubt(ink: tuple[int, ...], ground: tuple[int, ...]) -> None:
    image = Image.new("RGB", (1000, 400), ground)
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 44)
    ImageDraw.Draw(image).text((60, 120), f"seen with {NAME}", font=font, fill=ink)
    found = recognise(image)
    assert found.doubt or "Marchbanks" in {word.text for word in found.words}


def test_the_reason_of_a_redaction_and_a_surname_in_a_title_are_looked_at(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("the flat on the corner"))
    change_setting(session, "client_names", [NAME])
    plans = [
        listed("tribunal", [1], (), Redaction("address", f"the flat of {NAME}", words="corner")),
        replace(listed("tribunal", [1]), title="The Marchbanks matter"),
    ]
    for plan in plans:
        with pytest.raises(InputError, match=r"reason|title"):
            make(session, plan, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


SMALL = "When I saw tarrowdene today he was late."


@pytest.mark.parametrize(
    ("words", "name", "asked"),
    [
        (SMALL, "Bethan Tarrowdene", "tarrowdene"),
        ("mr field was late", "Sam Field", "field"),
    ],
)
def test_a_name_in_small_letters_is_asked_about_though_the_record_itself_has_it_so(
    words: str, name: str, asked: str, session: Session
) -> None:
    seal_with(session, concern(words))
    change_setting(session, "client_names", [name])
    found = review(session, work_out(session, listed("tribunal", [1]), Choice(case_ref=CASE)))
    assert asked in {each.words for each in found if each.decision == UNDECIDED}


def test_a_name_in_a_files_name_is_withheld(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("see the file"), {"rona_wishaw_licence.txt": b"a licence"})
    change_setting(session, "client_names", ["Rona Wishaw"])
    out = tmp_path / "out.pdf"
    make(session, listed("sfo-review", [1], [b"a licence"]), out)
    document = pypdfium2.PdfDocument(out)
    text = " ".join(page.get_textpage().get_text_range() for page in document).casefold()
    document.close()
    assert "[client" in text
    assert "wishaw" not in text


def test_a_near_name_over_a_lines_end_that_is_kept_is_not_asked_about_again(session: Session) -> None:
    seal_with(session, concern("I met Olwen Marchbenks\tthen, and Olwen\nMarchbenks went."))
    change_setting(session, "client_names", [NAME])
    plan = listed("tribunal", [1])
    first = review(session, work_out(session, plan, Choice(case_ref=CASE)))
    asked = sorted({each.words for each in first if each.decision == UNDECIDED})
    assert asked
    decisions.decide(session, keep=asked)
    again = review(session, work_out(session, plan, Choice(case_ref=CASE)))
    assert [each.words for each in again if each.decision == UNDECIDED] == []


def test_a_scan_in_an_officers_bundle_is_unchanged_by_all_this(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("see the scan"), {"scan.png": scan(["a letter came"])})
    export(session, "officer", tmp_path / "out.pdf", Selection())
    assert "letter" in words_in_pictures(tmp_path / "out.pdf")
