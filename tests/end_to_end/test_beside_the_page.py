"""Names that stand beside what is seen: outside the page, in remarks of pictures, drawn with a pen or a pattern, in the head of a mail."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_app.documents.jpeg_remarks import without_remarks
from evidence_app.documents.read_file import read_file
from evidence_app.files import resource
from evidence_app.services.bundles.findings import UNDECIDED
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.reviewing import review
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from tests.support import mails
from tests.support.bundles import all_words, concern, listed, make, manifest_in, seal_with
from tests.support.entries import CASE
from tests.support.sample_documents import letter, picture

NAME = "Anwen Prothero"


@pytest.fixture(autouse=True)
def withheld(session: Session) -> None:
    change_setting(session, "client_names", [NAME])


def made_of(session: Session, out: Path, name: str, content: bytes) -> bytes:
    """Return everything in the bundle of one exhibit: its pages' text, its strings, and its streams with the text encoding undone."""
    index = seal_with(session, concern("A paper came."), {name: content})
    make(session, listed("sfo-review", [index], [content]), out)
    parts = [all_words(out).encode()]
    with pikepdf.open(out) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                raw = item.read_raw_bytes()
                filters = str(item.get("/Filter"))
                if "/DCTDecode" in filters and "/ASCII85Decode" in filters:
                    import base64

                    raw = base64.a85decode(raw.strip().removesuffix(b"~>"))
                elif "/DCTDecode" not in filters:
                    raw = item.read_bytes()
                parts.append(raw)
            else:
                parts.append(str(item).encode())
    return b"".join(parts)


def test_words_outside_the_page_do_not_go_along(session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["The plan was agreed at the office", f"Author {NAME}"]))) as pdf:
        pdf.pages[0].obj.CropBox = pikepdf.Array([0, 720, 595, 842])
        pdf.save(buffer)
    whole = made_of(session, tmp_path / "out.pdf", "letter.pdf", buffer.getvalue())
    assert b"The plan was agreed" in whole
    assert b"Prothero" not in whole


@pytest.mark.parametrize("kind", ["JPEG", "GIF"])
def test_remarks_of_a_picture_do_not_go_along(kind: str, session: Session, tmp_path: Path) -> None:
    content = picture(format=kind, comment=f"Scan of {NAME}".encode())
    assert b"Prothero" in content
    assert b"Prothero" not in made_of(session, tmp_path / "out.pdf", f"scan.{kind.lower()}", content)


def test_remarks_of_a_picture_in_a_pdf_do_not_go_along(session: Session, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from evidence_app.bundle.typeset.fonts import REGULAR, fonts

    fonts()
    exif = Image.Exif()
    exif[0x013B] = NAME
    (tmp_path / "inner.jpg").write_bytes(picture(exif=exif))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=REGULAR)  # type: ignore[arg-type]
    canvas.setFont(REGULAR, 12)
    canvas.drawString(72, 700, "A picture of the door")
    canvas.drawImage(str(tmp_path / "inner.jpg"), 72, 400, 200, 150)
    canvas.save()
    whole = made_of(session, tmp_path / "out.pdf", "door.pdf", buffer.getvalue())
    # As a picture itself: what the picture on it says beside its pixels is gone either way.
    assert manifest_in(tmp_path / "out.pdf")["exhibits"][0]["shown_as"] == "rendered"
    assert b"Prothero" not in whole


def test_a_jpeg_without_remarks_shows_the_same() -> None:
    content = picture(comment=b"a remark", exif=Image.Exif())
    bare = without_remarks(content)
    assert bare is not None
    assert b"a remark" not in bare
    with Image.open(io.BytesIO(content)) as one, Image.open(io.BytesIO(bare)) as other:
        assert one.tobytes() == other.tobytes()
    for odd in (b"", b"\xff\xd8", content[:40], b"GIF89a", bare):
        assert without_remarks(odd) is None or b"a remark" not in odd


def drawn_as(kind: str) -> bytes:
    """Return a PDF that says a name in a small picture, or word by word in pictures, beside ordinary text."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from evidence_app.bundle.typeset.fonts import REGULAR, fonts

    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=REGULAR)  # type: ignore[arg-type]
    canvas.setFont(REGULAR, 12)
    canvas.drawString(72, 700, "The plan was agreed at the office on Tuesday with")
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 40)
    x = 72.0
    for text in [NAME] if kind == "one picture" else NAME.split():
        small = Image.new("L", (int(font.getlength(text)) + 8, 56), 255)
        ImageDraw.Draw(small).text((4, 0), text, fill=0, font=font)
        wide = small.width * 12 / 40
        canvas.drawImage(ImageReader(small), x, 660, wide, 56 * 12 / 40)
        x += wide + 4
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["one picture", "a picture a word"])
def test_a_name_in_a_small_picture_beside_text_is_read(kind: str) -> None:
    (page,) = read_file("application/pdf", drawn_as(kind))
    assert NAME in " ".join(reading.text for reading in page.readings)


def test_a_font_that_maps_what_it_shows_to_other_characters_is_recognised() -> None:
    # Each letter extracted is the next one in the alphabet, as with a font whose map is shifted.
    shifted = "".join(chr(ord(each) + 1) if each.isalpha() else each for each in "the plan was agreed with her")
    (page,) = read_file("application/pdf", letter([shifted]))
    assert any(reading.recognised for reading in page.readings)


def test_a_surname_in_the_head_of_a_mail_is_asked_about(session: Session) -> None:
    headers = [
        "From: Miss Prothero <aprothero84@mail.example>",
        f"To: {mails.OFFICER}",
        "Subject: hello",
        f"Date: {mails.SENT_DATE}",
    ]
    content = mails.mail(headers, "Hello, thanks.\r\n")
    index = seal_with(session, concern("A mail came."), {"mail.eml": content})
    plan = work_out(session, listed("tribunal", [index], [content]), Choice(case_ref=CASE))
    found = review(session, plan)
    assert [each.person for each in found if each.decision == UNDECIDED and "Prothero" in each.words] == [NAME]
    assert [each.person for each in found if each.words == "aprothero84@mail.example"] == [NAME]
