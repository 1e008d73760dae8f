"""Pictures and objects of rich text are taken out of it, each where it stands."""

import struct

import pytest

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.compound_writer import compound_file
from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of
from tests.support import sample_documents
from tests.unit.test_embedded_files import LETTER, packaged

ONE, OTHER = (sample_documents.picture(size=(40, 30), square=(side, 5, 20, 20), format="PNG") for side in (5, 10))


def read(words: str | bytes) -> DocumentContent:
    body = words if isinstance(words, bytes) else words.encode("ascii")
    content = content_of("", "a.rtf", b"{\\rtf1\\ansi " + body + b"}")
    assert content is not None
    return content


def said(content: DocumentContent) -> list[str]:
    """Return the paragraphs with words."""
    return [each for each in content.pieces() if each]


def picture(content: bytes, kind: str = "pngblip") -> str:
    """Return the group of a picture, its digits in lines, with what Word says of it beside."""
    digits = content.hex()
    lines = "\r\n".join(digits[place : place + 128] for place in range(0, len(digits), 128))
    return (
        r"{\pict{\*\picprop\shplid1025{\sp{\sn shapeType}{\sv 75}}{\sp{\sn fFlipH}{\sv 0}}}\picscalex100\picw40\pich30"
        rf"\{kind}\bliptag-123{{\*\blipuid 00112233445566778899aabbccddeeff}}{lines}}}"
    )


def test_a_picture_stands_where_it_stood_and_is_not_taken_twice() -> None:
    shown = rf"{{\*\shppict{picture(ONE)}}}{{\nonshppict{picture(b'for older programs', 'wmetafile8')}}}"
    content = read(rf"Before {shown} after {picture(OTHER)}{picture(ONE)}\par The end\par ")
    assert said(content) == [
        "Before [picture 1 in it] after [picture 2 in it][picture 1 in it]",
        "The end",
    ]
    assert content.files == (("picture 1.png", ONE), ("picture 2.png", OTHER))


def test_the_picture_of_a_shape_is_taken_and_its_other_properties_say_nothing() -> None:
    shape = (
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 75}}{\sp{\sn wzName}{\sv Picture 2}}"
        rf"{{\sp{{\sn pib}}{{\sv {picture(ONE)}}}}}{{\sp{{\sn fillBlip}}{{\sv {picture(OTHER)}}}}}}}"
        rf"{{\shprslt\par\pard {picture(b'for older programs', 'wmetafile8')}\par}}}}"
    )
    content = read(rf"Words {shape} of it\par ")
    assert said(content) == ["Words [picture 1 in it] of it"]
    assert content.files == (("picture 1.png", ONE),)


def test_a_picture_in_bytes_is_taken_as_in_digits() -> None:
    binary = rb"{\pict\jpegblip\bin" + str(len(ONE)).encode() + b" " + ONE + rb"}Words\par "
    content = read(binary)
    assert content.files == (("picture 1.jpg", ONE),)
    assert said(content) == ["[picture 1 in it]Words"]


def test_pictures_of_a_header_stand_beside_and_those_of_hidden_groups_are_left() -> None:
    hidden = rf"{{\*\listpicture{{\*\shppict{picture(OTHER)}}}}}"
    content = read(rf"{hidden}{{\header {picture(ONE)} of the office\par}}Words\par ")
    assert content.files == (("picture 1.png", ONE),)
    assert "[Header of its pages] [picture 1 in it] of the office" in content.text()
    assert content.page_alone().files == ()


def test_a_picture_of_windows_gets_the_head_of_a_file() -> None:
    bitmap = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\1\2\3\0"
    content = read(picture(bitmap, "dibitmap0"))
    ((name, file),) = content.files
    assert name == "picture 1.bmp"
    assert file.startswith(b"BM")
    assert file.endswith(bitmap)


def first_ole(kind: str, content: bytes, sort: int = 2) -> str:
    """Return an object as it stands in rich text ([MS-OLEDS], 2.2.5)."""
    name = kind.encode("ascii") + b"\0"
    head = struct.pack("<III", 0x0501, sort, len(name)) + name + bytes(8)
    return (head + struct.pack("<I", len(content)) + content).hex()


def object_in_text(data: str, result: str = "") -> str:
    return rf"{{\object\objemb\objw10\objh10{{\*\objclass X}}{{\*\objdata {data}}}{{\result {result}}}}}"


def test_an_object_is_a_file_and_what_it_showed_stands_on_the_page() -> None:
    inner = compound_file({"WordDocument": b"x" * 40})
    native = CompoundFile(packaged("Letter.pdf", LETTER)).named("\x01Ole10Native")[4:]
    first = object_in_text(first_ole("Package", native), picture(ONE))
    second = object_in_text(first_ole("Word.Document.8", inner), "the words of it")
    content = read(rf"As attached: {first} and {second}\par ")
    assert said(content) == ["As attached: [picture 2 in it] and the words of it"]
    assert content.files == (("Letter.pdf", LETTER), ("picture 2.png", ONE), ("object 3.doc", inner))
    assert content.remarks == ("Files in it: Letter.pdf, object 3.doc",)


@pytest.mark.parametrize(
    "data",
    ["0105", first_ole("Package", b"\2\0no end"), first_ole("Package", b"x" * 40)[:80]],
    ids=["cut", "no end", "short"],
)
def test_an_object_that_cannot_be_taken_out_is_named(data: str) -> None:
    content = read(rf"Words {object_in_text(data)}\par ")
    assert said(content) == ["Words "]
    assert content.files == ()
    assert "the original holds them: object 1.bin" in content.remarks[0]


def test_a_link_to_a_file_elsewhere_is_no_object() -> None:
    content = read(rf"Words {object_in_text(first_ole('Word.Document.8', b'', sort=1), 'as it was')}\par ")
    assert (said(content), content.files, content.remarks) == (["Words as it was"], (), ())


@pytest.mark.parametrize("word", ["deleted", "v"])
def test_a_picture_that_was_taken_out_or_hidden_is_not_on_the_page(word: str) -> None:
    content = read(picture(ONE).replace(r"{\pict", rf"{{\{word}\pict") + r" words\par ")
    assert content.files == (("picture 1.png", ONE),)
    assert content.page_alone().files == ()


def test_an_escaped_byte_within_a_picture_is_no_letter() -> None:
    assert said(read(r"{\pict\pngblip \'41 8950}words\par ")) == ["[picture 1 in it]words"]


def test_a_picture_without_an_end_loses_no_words() -> None:
    content = content_of("", "a.rtf", rb"{\rtf1 Words {\pict\pngblip 8950")
    assert content is not None
    assert said(content) == ["Words "]
