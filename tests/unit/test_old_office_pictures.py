"""Pictures, text boxes and objects of documents as they were before 2007 are taken out of them, each where it stands."""

import struct
import zlib
from collections.abc import Mapping

import pytest

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.compound_writer import Tree, compound_file
from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of
from tests.support import sample_documents
from tests.support.old_office import (
    box,
    drawing,
    entry,
    picture,
    record,
    shapes,
    slides,
    store,
    word_document,
    workbook,
)
from tests.unit.test_embedded_files import LETTER, packaged

ONE, OTHER = (sample_documents.picture(size=(40, 30), square=(side, 5, 20, 20), format="PNG") for side in (5, 10))
EMF = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60)


def read(name: str, untrusted: bytes) -> DocumentContent:
    content = content_of("", name, untrusted)
    assert content is not None
    return content


def files(content: DocumentContent) -> Mapping[str, bytes]:
    return dict(content.files)


def native(name: str, content: bytes) -> Tree:
    """Return the storage of a file that was inserted as it is."""
    return {"\x01Ole10Native": CompoundFile(packaged(name, content)).named("\x01Ole10Native")}


def test_pictures_of_a_word_document_stand_where_they_stood() -> None:
    data = {7: entry(picture(".png", ONE)), 17: picture(".jpg", b"\xff\xd8\xff of a camera", twice=True)}
    content = read("a.doc", word_document("Before \x01 between \x01 after\r", data))
    assert content.text() == "Before [picture 1 in it] between [picture 2 in it] after\n"
    assert content.files == (("picture 1.png", ONE), ("picture 2.jpg", b"\xff\xd8\xff of a camera"))
    assert content.remarks == ()


def test_a_picture_that_stands_twice_is_one_file() -> None:
    data = {0: entry(picture(".png", ONE)), 2: entry(picture(".png", ONE))}
    content = read("a.doc", word_document("\x01 \x01\r", data))
    assert content.text() == "[picture 1 in it] [picture 1 in it]\n"
    assert len(content.files) == 1


def test_what_is_drawn_on_its_pages_follows_its_words() -> None:
    """Floating pictures stand behind the text, and the table of drawings says where."""
    inside = picture(".png", OTHER)
    drawn = (
        store(entry(at=4096, name=b"a\0b\0"), entry(picture(".png", ONE))) + b"\0" + shapes(1, 1, 3) + b"\1" + shapes(2)
    )
    content = read("a.doc", word_document("Words \x08\r", drawn=drawn, delayed=inside))
    assert content.page_alone().text() == "Words [drawing]\n[Drawn on its pages] [picture 1 in it]\n"
    assert content.text().endswith("[Drawn in its headers or footers] [picture 2 in it]\n")
    assert files(content) == {"picture 1.png": OTHER, "picture 2.png": ONE}


@pytest.mark.parametrize("mark", [0x0806, 0x080A], ids=["data of a field", "an object"])
def test_what_is_no_picture_is_not_taken_for_one(mark: int) -> None:
    data = {0: entry(picture(".png", ONE))}
    content = read("a.doc", word_document("\x01 words\r", data, marks=struct.pack("<HB", mark, 1)))
    assert content.text() == "[picture] words\n"
    assert content.files == ()


def test_objects_of_a_word_document_are_files() -> None:
    inner: Tree = {"WordDocument": b"x" * 40, "1Table": b"y"}
    pool: Tree = {"_1": native("Letter.pdf", LETTER), "_2": inner, "_3": {"Equation Native": b"z"}}
    content = read("a.doc", word_document("Words\r", objects=pool))
    assert files(content) == {"Letter.pdf": LETTER, "object 2.doc": compound_file(inner)}
    assert content.remarks == (
        "Files in it: Letter.pdf, object 2.doc",
        "Objects in it that this program does not take out; the original holds them: object 3.bin",
    )


def test_metafiles_are_unpacked_and_bitmaps_get_the_head_of_a_file() -> None:
    bitmap = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\1\2\3\0"
    data = {0: picture(".emf", EMF, packed=zlib.compress(EMF)), 1: picture(".bmp", bitmap)}
    content = read("a.doc", word_document("\x01\x01\r", data))
    assert files(content)["picture 1.emf"] == EMF
    assert files(content)["picture 2.bmp"] == b"BM" + struct.pack("<IHHI", 14 + len(bitmap), 0, 0, 54) + bitmap


def test_a_metafile_that_unpacks_to_nothing_is_no_file() -> None:
    content = read("a.doc", word_document("\x01\r", {0: picture(".emf", EMF, packed=b"no zlib")}))
    assert (content.text(), content.files) == ("[picture]\n", ())


def test_pictures_text_boxes_and_objects_of_a_workbook_stand_under_their_sheet() -> None:
    sheets = {
        "Visits": drawing(shapes(2)) + box("Words of ", "the box") + box("a note", sort=0x19),
        "Cases": drawing(shapes(1, 1)) + box("Ŵyna", wide=True),
    }
    big = picture(".png", ONE + bytes(9_000))
    book = workbook(sheets, store(entry(big), entry(picture(".png", OTHER))), {"MBD0001": native("a.txt", b"inside")})
    content = read("a.xls", book)
    said = [each for each in content.pieces() if each != "[no cells]"]
    assert said == [
        "Sheet: Visits",
        "[Text box] Words of the box",
        "[picture 1 in it]",
        "Sheet: Cases",
        "[Text box] Ŵyna",
        "[picture 2 in it]",
    ]
    assert files(content) == {"picture 1.png": OTHER, "picture 2.png": ONE + bytes(9_000), "a.txt": b"inside"}
    assert content.remarks == ("Files in it: a.txt",)


def slide(words: str, *places: int) -> bytes:
    drawn = record(0x040C, shapes(*places), container=True) if places else b""
    return record(0x03EE, record(0x0FA0, words.encode("utf-16-le")) + drawn, container=True)


def test_pictures_of_slides_stand_under_their_slide_and_objects_are_files() -> None:
    first, second = picture(".png", ONE), picture(".png", OTHER)
    kept = store(entry(at=0), entry(at=len(first)))
    inner = compound_file(native("Letter.pdf", LETTER))
    objects = {
        1: record(0x03E8, record(0x040B, kept, container=True), container=True),
        2: slide("The plan", 2),
        3: slide("The end", 1, 2),
        4: record(0x1011, struct.pack("<I", len(inner)) + zlib.compress(inner), instance=1),
        5: record(0x1011, b"\0\0\0\0 no zlib", instance=1),
    }
    content = read("a.ppt", slides(objects, first + second))
    assert content.pieces() == [
        "Slide 1",
        "The plan",
        "[picture 1 in it]",
        "Slide 2",
        "The end",
        "[picture 2 in it]",
        "[picture 1 in it]",
    ]
    assert files(content) == {"picture 1.png": OTHER, "picture 2.png": ONE, "Letter.pdf": LETTER}
    assert content.remarks[1].endswith("object 2.bin")


def test_a_store_without_a_picture_loses_no_words() -> None:
    """A place may be empty, name what is not there, or be cut off."""
    kept = store(entry(), entry(at=4_000), record(0xF007, b"short", version=2))
    objects = {
        1: record(0x03E8, record(0x040B, kept, container=True), container=True),
        2: slide("The plan", 1, 2, 3, 9),
    }
    content = read("a.ppt", slides(objects, b"x"))
    assert (content.pieces(), content.files) == (["Slide 1", "The plan"], ())
