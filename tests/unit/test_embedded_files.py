"""Files that stand in Office documents as icons are taken out of them, named, and shown behind them."""

import re
import struct
from pathlib import Path

import pytest

from evidence_app.documents.media_types import media_type
from evidence_app.documents.office.containers.compound_writer import compound_file
from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.office.content_of import BINARY_WORKBOOK, content_of
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import Selection
from tests.support import sample_documents
from tests.support.bundles import all_words, concern, listed, make, seal_with
from tests.support.office_files import TYPES, paragraph, relations, word_file, zipped
from tests.support.searching import places_of

LETTER = sample_documents.letter(["the lantern stood on the stairs"])


def packaged(name: str, content: bytes) -> bytes:
    """Return the object that Office makes of any file that is inserted."""
    label, path = name.encode("cp1252") + b"\0", b"C:\\Users\\x\\" + name.encode("cp1252") + b"\0"
    body = b"\x02\0" + label + path + b"\0\0\3\0" + struct.pack("<I", len(path)) + path
    body += struct.pack("<I", len(content)) + content
    return compound_file({"\x01Ole10Native": struct.pack("<I", len(body)) + body})


def word_with(**embedded: bytes) -> bytes:
    """Return a Word document with files in its folder of embeddings; two underscores of a name are a full stop."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{paragraph('As attached.')}</w:body></w:document>",
            **{f"word/embeddings/{name.replace('__', '.')}": content for name, content in embedded.items()},
        }
    )


INNER = word_file(paragraph("the words inside"))
EMBEDDED: dict[str, tuple[str, bytes, str, bytes]] = {
    "a file of any sort": ("oleObject1__bin", packaged("Letter é.pdf", LETTER), "Letter é.pdf", LETTER),
    "a PDF of its program": ("oleObject1__bin", compound_file({"CONTENTS": LETTER}), "oleObject1.pdf", LETTER),
    "a document in an object": ("oleObject2__bin", compound_file({"Package": INNER}), "oleObject2.docx", INNER),
    "a document": ("Document1__docx", INNER, "Document1.docx", INNER),
}


@pytest.mark.parametrize("sort", EMBEDDED)
def test_what_stands_in_a_document_is_taken_out(sort: str) -> None:
    part, content, name, inside = EMBEDDED[sort]
    read = content_of("", "a.docx", word_with(**{part: content}))
    assert read is not None
    assert read.files == ((name, inside),)
    assert read.remarks == (f"Files in it: {name}",)


def test_text_that_was_put_in_whole_is_a_file_too() -> None:
    document = zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
            "word/htmlDoc.html": "<p>All of its words.</p>",
        }
    )
    read = content_of("", "a.docx", document)
    assert read is not None
    assert read.files == (("htmlDoc.html", b"<p>All of its words.</p>"),)


def test_a_drawing_of_windows_is_called_so() -> None:
    assert media_type(b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(20), "image1.emf") == "image/emf"
    assert media_type(b"\xd7\xcd\xc6\x9a" + bytes(40), "x") == "image/wmf"


def test_a_mail_and_an_old_document_are_files_as_they_are() -> None:
    mail = compound_file({"__properties_version1.0": b"x" * 40})
    old = compound_file({"WordDocument": b"x" * 40})
    read = content_of("", "a.docx", word_with(one__bin=mail, two__bin=old))
    assert read is not None
    assert read.files == (("one.msg", mail), ("two.doc", old))


@pytest.mark.parametrize(
    "content",
    [
        compound_file({"\x01Ole10Native": b"\xff" * 40}),
        compound_file({"\x01Ole10Native": packaged("a.txt", b"abc")[:30]}),
        compound_file({"Equation Native": b"x"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off",
    ],
    ids=["no object", "cut off", "another program's", "damaged"],
)
def test_what_cannot_be_taken_out_is_named(content: bytes) -> None:
    read = content_of("", "a.docx", word_with(oleObject7__bin=content))
    assert read is not None
    assert read.files == ()
    assert "original holds them: oleObject7.bin" in read.remarks[0]


def test_of_what_unfolds_without_end_some_stays_in_the_original() -> None:
    zeros = bytes(60 * 1024 * 1024)
    read = content_of("", "a.docx", word_with(a__txt=zeros, b__txt=zeros, c__txt=zeros))
    assert read is not None
    assert [name for name, _ in read.files] == ["a.txt", "b.txt"]
    assert "original holds them: c.txt" in read.remarks[1]


def test_the_name_of_a_file_within_is_one_of_a_file() -> None:
    read = content_of("", "a.docx", word_with(a__bin=packaged("..\\..\\x\x07\r\n" + "y" * 5_000 + ".pdf", LETTER)))
    assert read is not None
    ((name, _),) = read.files
    assert len(name) <= 200
    assert name.endswith("y.pdf")
    assert name.isprintable()
    assert "\\" not in name


def test_its_words_are_shown_behind_the_document(session: Session, tmp_path: Path) -> None:
    document = word_with(oleObject1__bin=packaged("Letter.pdf", LETTER))
    seal_with(session, concern("A document came."), {"a.docx": document})
    export(session, "officer", tmp_path / "out.pdf", Selection())
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert "[Files in it: Letter.pdf]" in words
    assert "the lantern stood on the stairs" in words


def test_a_name_that_is_withheld_is_not_in_the_name_of_a_file_within(session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", ["Petra Zandvoort"])
    document = word_with(oleObject1__bin=packaged("Letter on Petra Zandvoort.pdf", LETTER))
    index = seal_with(session, concern("A document came."), {"a.docx": document})
    make(session, listed("sfo-review", [index], [document]), tmp_path / "out.pdf")
    words = " ".join(all_words(tmp_path / "out.pdf").split())
    assert "Files in it: Letter on" in words
    assert "Zandvoort" not in words
    assert places_of(tmp_path / "out.pdf", ["Zandvoort"]) == []


def test_a_binary_workbook_is_called_what_it_is() -> None:
    book = zipped({"[Content_Types].xml": TYPES, "xl/workbook.bin": b"\x83\x01\0"})
    with pytest.raises(CannotRead, match=re.escape("saved as .xlsx it can be shown")):
        content_of("", "a.xlsb", book)
    assert "damaged" not in BINARY_WORKBOOK


def test_a_document_of_empty_lines_says_that_it_has_no_words(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("A document came."), {"a.docx": word_file(paragraph("") + paragraph(" "))})
    export(session, "officer", tmp_path / "out.pdf", Selection())
    assert "It holds no words that can be shown" in " ".join(all_words(tmp_path / "out.pdf").split())
