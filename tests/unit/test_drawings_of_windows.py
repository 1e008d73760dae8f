"""Of drawings of Windows (.emf, .wmf) the words and the bitmaps are shown; one that is a single bitmap is a picture."""

import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.office.content_of import content_of
from evidence_app.documents.office.embedded.metafile import NOT_DRAWN, ONLY_SHAPES
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection
from tests.support.bundles import all_words, concern, seal_with

COPIED, MASKED = 0x00CC0020, 0x008800C6


def read(untrusted: bytes, name: str = "picture 1.emf") -> DocumentContent:
    content = content_of("", name, untrusted)
    assert content is not None
    return content


def bitmap(side: int, compression: int = 0, pixels: bytes = b"") -> tuple[bytes, bytes]:
    """Return the header of a red bitmap, and its pixels."""
    pixels = pixels or (b"\0\0\xff" * side).ljust((3 * side + 3) // 4 * 4, b"\0") * side
    return struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, compression, len(pixels), 0, 0, 0, 0), pixels


def emf(*records: bytes) -> bytes:
    head = bytes(32) + b" EMF" + bytes(44)
    return (
        b"".join(_emf_record(kind, body) for kind, body in ((1, head),))
        + b"".join(records)
        + _emf_record(14, bytes(12))
    )


def _emf_record(kind: int, body: bytes) -> bytes:
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf_words(text: str, down: int = 0, left: int = 0, step: int = 10, options: int = 0) -> bytes:
    """Return the record of words (EMR_EXTTEXTOUTW), each letter of which takes a step to the right."""
    said = text.encode("utf-16-le").ljust((2 * len(text) + 3) // 4 * 4, b"\0")
    head = bytes(16) + struct.pack("<Iff", 1, 1.0, 1.0)
    about = struct.pack("<iiIII16xI", left, down, len(text), 76, options, 76 + len(said) if step else 0)
    return _emf_record(84, head + about + said + struct.pack(f"<{len(text)}I", *[step] * len(text)))


def emf_bitmap(side: int, operation: int = COPIED, **more: bytes | int) -> bytes:
    """Return the record of a bitmap (EMR_STRETCHDIBITS)."""
    head, pixels = bitmap(side, **more)  # type: ignore[arg-type]
    about = struct.pack("<16x6iIIIIIIii", 0, 0, 0, 0, side, side, 80, 40, 120, len(pixels), 0, operation, side, side)
    return _emf_record(81, about + head + pixels)


def wmf(*records: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack("<IH", 3 + len(content) // 2, kind) + content for kind, content in records)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2 + 3, 0, 0, 0) + body + struct.pack("<IH", 3, 0)


def wmf_words(text: bytes, down: int = 0, left: int = 0) -> tuple[int, bytes]:
    padded = text + b"\0" * (len(text) % 2)
    return 0x0A32, struct.pack("<hhHH", down, left, len(text), 0) + padded + struct.pack(
        f"<{len(text)}h", *[10] * len(text)
    )


def test_words_of_a_drawing_are_read_line_by_line() -> None:
    """Words that follow each other closely are one; a gap between them is a space."""
    content = read(
        emf(emf_words("Appoint"), emf_words("ments", left=70), emf_words("2025", left=150), emf_words("Mon", 20))
    )
    assert content.pieces() == ["Appointments 2025", "Mon"]
    assert content.remarks == (NOT_DRAWN,)


def test_numbers_of_glyphs_are_no_words() -> None:
    with pytest.raises(CannotRead, match=ONLY_SHAPES):
        read(emf(emf_words("abc", options=0x10)))


def test_a_drawing_that_is_one_bitmap_is_that_bitmap() -> None:
    head, pixels = bitmap(4)
    content = read(emf(emf_bitmap(4)))
    assert content.files == (
        ("bitmap 1.bmp", b"BM" + struct.pack("<IHHI", 14 + 40 + len(pixels), 0, 0, 54) + head + pixels),
    )
    assert (content.blocks, content.remarks) == ((), ())


def test_signs_and_masks_beside_words_are_left_and_larger_bitmaps_shown() -> None:
    content = read(emf(emf_bitmap(32), emf_bitmap(200, MASKED), emf_bitmap(120), emf_words("Letter.pdf")))
    assert content.pieces() == ["Letter.pdf", "[picture 1 in it]"]
    assert len(content.files) == 1


def test_a_bitmap_that_is_a_file_is_taken_as_it_is() -> None:
    content = read(emf(emf_bitmap(4, compression=5, pixels=b"\x89PNG of a screen")))
    assert content.files == (("bitmap 1.png", b"\x89PNG of a screen"),)


def test_an_older_drawing_has_its_words_in_the_letters_of_its_fonts() -> None:
    font = (0x02FB, bytes(13) + bytes([238]) + bytes(4))
    pen = (0x02FA, bytes(10))
    content = read(
        wmf(wmf_words(b"caf\xe9"), pen, font, (0x012D, b"\1\0"), wmf_words(b"\xa3\xf3d\x9f", 20), (0x0940, bytes(4))),
        "a.wmf",
    )
    assert content.pieces() == ["café", "Łódź"]


def test_a_removed_pen_gives_its_number_to_the_next_font() -> None:
    font = (0x02FB, bytes(13) + bytes([204]) + bytes(4))
    content = read(
        wmf((0x02FA, bytes(10)), (0x01F0, b"\0\0"), font, (0x012D, b"\0\0"), wmf_words(b"\xcf\xe8")), "a.wmf"
    )
    assert content.pieces() == ["Пи"]


def test_an_older_drawing_of_a_screen_is_that_picture() -> None:
    head, pixels = bitmap(4)
    stretched = struct.pack("<IHhhhhhhhh", COPIED, 0, 4, 4, 0, 0, 4, 4, 0, 0) + head + pixels
    placed = b"\xd7\xcd\xc6\x9a" + bytes(18) + wmf((0x0F43, stretched))
    for untrusted in (placed, wmf((0x0F43, stretched))):
        content = read(untrusted, "picture 1.wmf")
        assert [name for name, _ in content.files] == ["bitmap 1.bmp"]
        assert content.files[0][1].endswith(head + pixels)


@given(place=st.floats(0, 1), octet=st.integers(0, 255), cut=st.booleans(), older=st.booleans())
def test_a_damaged_drawing_is_read_or_refused(place: float, octet: int, cut: bool, older: bool) -> None:
    head, pixels = bitmap(4)
    stretched = struct.pack("<IHhhhhhhhh", COPIED, 0, 4, 4, 0, 0, 4, 4, 0, 0) + head + pixels
    whole = wmf(wmf_words(b"abc"), (0x0F43, stretched)) if older else emf(emf_words("abc"), emf_bitmap(4))
    at = int(place * (len(whole) - 1))
    with contextlib.suppress(CannotRead):
        content_of("", "a.wmf", whole[:at] + (b"" if cut else bytes([octet]) + whole[at + 1 :]))


def test_both_are_shown_in_a_bundle(session: Session, tmp_path: Path) -> None:
    drawings = {
        "screen.emf": emf(emf_bitmap(200)),
        "plan.emf": emf(emf_words("the lantern stood on the stairs")),
        "lines.emf": emf(),
    }
    seal_with(session, concern("Drawings came."), drawings)
    export(session, "officer", tmp_path / "out.pdf", Selection())
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert "the lantern stood on the stairs" in words
    assert "drawing in which no words and no bitmap were found" in words


def test_white_space_of_any_sort_is_a_space_and_what_is_not_seen_is_left_out() -> None:
    content = read(emf(emf_words("Total 12\u00a0000\u00ad\r")))
    assert [each.strip() for each in content.pieces()] == ["Total 12 000"]


def test_words_that_begin_at_one_place_are_not_one_word() -> None:
    """Where a drawing moves its paper instead of its words, they have no place that could be compared."""
    assert read(emf(emf_words("Name"), emf_words("Petra"))).pieces() == ["Name", "Petra"]
    assert read(emf(emf_words("Petra", step=0), emf_words("Zandvoort", left=90, step=0))).pieces() == [
        "Petra Zandvoort"
    ]


def test_letters_of_a_byte_are_those_of_the_font() -> None:
    font = _emf_record(82, struct.pack("<I", 1) + bytes(23) + bytes([204]) + bytes(60))
    chosen = _emf_record(37, struct.pack("<I", 1))
    text = "Пётр".encode("cp1251")
    about = struct.pack("<iiIII16xI", 0, 0, 4, 76, 0, 0) + text
    words = _emf_record(83, bytes(16) + struct.pack("<Iff", 1, 1.0, 1.0) + about)
    assert read(emf(font, chosen, words)).pieces() == ["Пётр"]


def test_several_words_in_one_record_are_read() -> None:
    texts = ["one", "two"]
    start = 40 + 40 * len(texts)
    places = [start + sum(2 * len(each) for each in texts[:number]) for number in range(len(texts))]
    each = b"".join(
        struct.pack("<iiIII16xI", 0, 20 * number, len(text), places[number], 0, 0) for number, text in enumerate(texts)
    )
    body = bytes(16) + struct.pack("<IffI", 1, 1.0, 1.0, len(texts)) + each + "".join(texts).encode("utf-16-le")
    assert read(emf(_emf_record(97, body))).pieces() == texts


def test_a_bitmap_with_more_room_for_colours_than_it_has_is_shown_and_one_that_is_drawn_twice_once() -> None:
    head, pixels = bitmap(4)
    about = struct.pack("<16x6iIIIIIIii", 0, 0, 0, 0, 4, 4, 80, 52, 132, len(pixels), 0, COPIED, 4, 4)
    roomy = _emf_record(81, about + head + bytes(12) + pixels)
    ((_, file),) = read(emf(roomy, roomy)).files
    assert struct.unpack_from("<I", file, 10) == (14 + 52,)
