"""Pictures as they are: long ones in parts that can be read, moving ones by their first picture, photographs that stay small; sound by its length."""

import io
import random
import struct
import wave
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_app.documents.inks.profile import profile
from evidence_app.documents.picture_pages import PictureDamaged, PicturePages, parts_of, span_of_part
from evidence_app.documents.sound import length_in_words
from evidence_app.domain.record.selection import Selection
from evidence_app.files import resource
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words, concern, embedded_in, listed, make, manifest_in, seal_with, words_on
from tests.support.program import REPOSITORY

NAME = "Olwen Marchbanks"


def saved(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **more)
    return buffer.getvalue()


def long_screen(lines: int) -> bytes:
    """Return a telephone's picture of a long conversation, with a name near its end."""
    image = Image.new("RGB", (720, 90 * lines), "white")
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 34)
    draw = ImageDraw.Draw(image)
    for number in range(lines):
        words = f"line {number + 20} of the talk" + (f" with {NAME}" if number == lines - 2 else "")
        draw.text((40, 90 * number + 20), words, font=font, fill="black")
    return saved(image)


def exhibit_of(session: Session, out: Path, name: str, content: bytes) -> dict:
    seal_with(session, concern("see the file"), {name: content})
    export(session, "officer", out, Selection())
    assert verify_file(out).verdict is Verdict.VERIFIED
    return manifest_in(out)["exhibits"][0]


def test_a_long_screen_picture_is_cut_into_parts_that_can_be_read(session: Session, tmp_path: Path) -> None:
    content, out = long_screen(60), tmp_path / "out.pdf"
    exhibit = exhibit_of(session, out, "talk.png", content)
    assert exhibit["pages"] == parts_of(720, 5400) == 6
    words = all_words(out)
    assert [number for number in range(20, 80) if f"line {number} of the talk" not in words] == []
    assert "in parts, from its top" in words


def test_a_name_on_a_part_is_withheld(session: Session, tmp_path: Path) -> None:
    content, out = long_screen(40), tmp_path / "out.pdf"
    seal_with(session, concern("see the talk"), {"talk.png": content})
    change_setting(session, "client_names", [NAME])
    make(session, listed("sfo-review", [1], [content]), out)
    words = all_words(out)
    assert "Marchbanks" not in words
    assert "line 58 of the talk" in words


@pytest.mark.parametrize("parts", [2, 3, 7, 30])
def test_parts_cover_the_whole_and_overlap(parts: int) -> None:
    spans = [span_of_part(part, parts) for part in range(parts)]
    assert spans[0][0] == 0
    assert spans[-1][1] == pytest.approx(1)
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))


def test_a_picture_that_moves_shows_the_first_and_says_so(session: Session, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("white", "red", "blue")]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    out = tmp_path / "out.pdf"
    assert exhibit_of(session, out, "a.gif", content)["pages"] == 1
    assert "the first of its 3 pictures" in all_words(out)


def test_photographs_do_not_double_the_file(session: Session, tmp_path: Path) -> None:
    random.seed(3)
    noise = Image.frombytes("RGB", (500, 375), random.randbytes(500 * 375 * 3)).resize((4000, 3000))
    content = saved(noise, "JPEG", quality=92)
    out = tmp_path / "out.pdf"
    exhibit_of(session, out, "IMG_1.jpg", content)
    assert out.stat().st_size < 1.5 * len(content)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(20), b"II*\x00" + bytes(30)])
def test_a_file_that_is_no_picture_is_said_to_be_damaged(content: bytes) -> None:
    with pytest.raises(PictureDamaged):
        PicturePages(content, "image/png").page(0)


def sound(seconds: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(1)
        opened.setframerate(800)
        opened.writeframes(bytes(800 * seconds))
    return buffer.getvalue()


def memo(seconds: int, *, wide: bool = False) -> bytes:
    """Return the head of a recording in the container of telephones."""
    times = (
        struct.pack(">IQQIQ", 1 << 24, 0, 0, 1000, seconds * 1000)
        if wide
        else struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000)
    )
    header = struct.pack(">I4s", 8 + len(times), b"mvhd") + times
    return struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + struct.pack(">I4s", 8 + len(header), b"moov") + header


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (sound(3), "3 seconds"),
        (sound(61), "1 minute 1 second"),
        (memo(120), "2 minutes"),
        (memo(187, wide=True), "3 minutes 7 seconds"),
        (b"RIFF\x00", ""),
        (memo(5)[:30], ""),
        (b"\x00\x00\x00\x00ftyp" * 40, ""),
    ],
)
def test_a_recordings_length_is_said(content: bytes, words: str) -> None:
    assert length_in_words(content) == words


def test_a_recording_is_a_slip_with_its_length_and_digest(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    exhibit = exhibit_of(session, out, "memo.m4a", memo(187))
    assert exhibit["shown_as"] == "slip"
    words = all_words(out)
    assert "a sound recording of 3 minutes 7 seconds" in words
    name = exhibit["file"]
    assert name.endswith(".m4a"), "a double click would not open it"
    assert f"open {name} in the list of attachments" in words
    assert name in embedded_in(out)
    assert exhibit["sha256"] in words.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "corner"), [("plain.heic", "left"), ("turned.heic", "right"), ("unturned.heic", "right")]
)
def test_a_telephones_picture_stands_upright_whichever_part_of_its_file_says_how(
    name: str, corner: str, session: Session, tmp_path: Path
) -> None:
    """The library turns a picture by the boxes of its file; of one that says it in its EXIF data alone it drops the orientation."""
    out = tmp_path / "out.pdf"
    exhibit = exhibit_of(session, out, "photo", (REPOSITORY / "tests/samples/pictures" / name).read_bytes())
    assert exhibit["shown_as"] == "image"
    with pikepdf.open(out) as made:
        pictures = made.pages[exhibit["first_page"] - 1].obj.Resources.XObject.values()
        (picture,) = [each for each in pictures if each.Subtype == "/Image"]
        image = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    assert (image.width > image.height) is (name == "plain.heic")
    red = {
        side: image.getpixel((place, 10))[0] - image.getpixel((place, 10))[1] > 100
        for side, place in (("left", 10), ("right", image.width - 10))
    }
    assert red == {"left": corner == "left", "right": corner == "right"}


@pytest.mark.parametrize("kind", ["BMP", "JPEG2000", "AVIF", "WEBP"])
def test_pictures_of_other_kinds_are_known_by_their_first_bytes(kind: str, session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, kind)
    assert exhibit_of(session, tmp_path / "out.pdf", "picture", buffer.getvalue())["shown_as"] == "image"


@pytest.mark.parametrize("with_profile", [b"", b"damaged", profile()], ids=["none", "damaged", "its own"])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_picture_in_printing_inks_has_the_colours_of_print(kind: str, with_profile: bytes) -> None:
    """Full magenta and yellow are the red of a printed page, (237, 28, 36), and not the purest red of a screen."""
    buffer = io.BytesIO()
    said = {"icc_profile": with_profile} if with_profile else {}
    Image.new("CMYK", (40, 40), (0, 255, 255, 0)).save(buffer, kind, **said)
    with PicturePages(buffer.getvalue(), f"image/{kind.lower()}") as pages:
        colour = pages.page(0).getpixel((20, 20))
    assert colour == pytest.approx((237, 28, 36), abs=6)


def test_a_transcript_and_a_picture_of_how_a_document_looked_are_tied_to_what_they_belong_to(
    session: Session, tmp_path: Path
) -> None:
    """By their names, which are sealed with the record; a file of another record with such a name is nobody's."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), (240, 240, 240)).save(buffer, "PNG")
    files = {
        "memo.m4a": memo(187),
        "Memo.m4a.transcript.txt": b"She said: weekly.",
        "list.csv": b"a,b\r\n1,2\r\n",
        "list.csv.as shown.png": buffer.getvalue(),
        "other.txt": b"another",
    }
    seal_with(session, concern("see the files"), files)
    seal_with(session, concern("see the other"), {"memo.m4a.more.txt": b"of another record"})
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    numbers = {name: number for number, name in enumerate([*files, "memo.m4a.more.txt"], start=1)}
    shown = manifest_in(out)["exhibits"]
    first = {each["exhibit"]: " ".join(words_on(out, each["first_page"]).split()) for each in shown}
    memo_number, typed = numbers["memo.m4a"], numbers["Memo.m4a.transcript.txt"]
    assert f"its transcript is exhibit {typed}" in first[memo_number]
    assert f"transcript of exhibit {memo_number}, sealed by the author of record 1" in first[typed]
    assert f"how it looked is exhibit {numbers['list.csv.as shown.png']}" in first[numbers["list.csv"]]
    assert (
        f"how exhibit {numbers['list.csv']} looked, sealed by the author of record 1"
        in first[numbers["list.csv.as shown.png"]]
    )
    assert "transcript" not in first[numbers["memo.m4a.more.txt"]]
    assert "looked" not in first[numbers["other.txt"]]


@pytest.mark.parametrize("head", [b"OggS\0\2", b"#!AMR\n", b"ID3\4"])
def test_voice_messages_of_other_kinds_are_recordings(head: bytes, session: Session, tmp_path: Path) -> None:
    exhibit_of(session, tmp_path / "out.pdf", "voice", head + bytes(200))
    assert "it is a sound recording" in all_words(tmp_path / "out.pdf")


def test_a_video_is_called_a_video(session: Session, tmp_path: Path) -> None:
    exhibit_of(session, tmp_path / "out.pdf", "clip.mp4", memo(12))
    words = all_words(tmp_path / "out.pdf")
    assert "it is a video of 12 seconds" in words
    assert "sound recording" not in words
