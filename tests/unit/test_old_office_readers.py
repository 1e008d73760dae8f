"""Office documents as they were before 2007: every word is read, and what stands beside the page says so."""

import contextlib
import struct
from types import SimpleNamespace

import olefile
import pytest
import xlrd
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.documents.office.content import CannotRead, Change, ContentTable, DocumentContent, Paragraph
from evidence_app.documents.office.content_of import content_of
from evidence_app.documents.office.old import old_workbook
from tests.support.old_office import record, slides
from tests.support.program import REPOSITORY

SAMPLES = REPOSITORY / "tests/samples/office-old"
ALL = sorted(SAMPLES.iterdir())


def read(name: str, untrusted: bytes | None = None) -> DocumentContent:
    content = content_of(
        "application/x-ole-storage", name, (SAMPLES / name).read_bytes() if untrusted is None else untrusted
    )
    assert content is not None
    return content


def test_notes_comments_and_footnotes_of_a_document_stand_behind_it() -> None:
    content = read("footnote.doc")
    assert "[Footnote] \tTestFootnote" in content.text()
    assert "[Comment] TestComment" in content.text()
    assert "[Endnote] \tTestEndnote" in content.text()
    assert content.page_alone().text() == "Test text\n"


def test_a_table_is_a_table() -> None:
    content = read("simple-table.doc")
    before, table, after = [block for block in content.blocks if not isinstance(block, Paragraph) or block.runs]
    assert isinstance(table, ContentTable)
    assert [["".join(run.text for run in cell) for cell in row] for row in table.rows] == [
        ["Cell 1,1", "Cell 1,2", "Cell 1,3"],
        ["Cell 2,1", "Cell 2,2", "Cell 2,3"],
    ]
    assert isinstance(before, Paragraph)
    assert before.runs[0].text.startswith("This is a Word document")
    assert isinstance(after, Paragraph)
    assert after.runs[0].text.startswith("This text is below")


def changes_in(content: DocumentContent) -> list[tuple[str, Change]]:
    cells = [cell for block in content.blocks if isinstance(block, ContentTable) for row in block.rows for cell in row]
    paragraphs = [block.runs for block in content.blocks if isinstance(block, Paragraph)]
    return [(run.text, run.change) for runs in (*cells, *paragraphs) for run in runs if run.change is not Change.NONE]


@pytest.mark.parametrize(
    ("code", "change"), [(0x0801, Change.INSERTED), (0x0800, Change.DELETED), (0x083C, Change.HIDDEN)]
)
def test_what_was_done_to_characters_is_told(code: int, change: Change) -> None:
    """The document has one insertion; the same property with another code is a deletion, or hides the character."""
    untrusted = (SAMPLES / "59322.doc").read_bytes()
    inserted = (0x0801).to_bytes(2, "little") + b"\x81"
    assert inserted in untrusted
    content = read("59322.doc", untrusted.replace(inserted, code.to_bytes(2, "little") + b"\x81"))
    assert changes_in(content) == [("1", change)]


def test_hidden_sheets_columns_and_comments_of_a_workbook_are_told() -> None:
    content = read("45761.xls")
    assert [block.runs[0].text for block in content.blocks if isinstance(block, Paragraph)] == ["Sheet: VisibleSheet"]
    assert "Hidden sheet: HiddenSheet" in content.text()
    assert "Hidden sheet: VeryHiddenSheet" in content.text()
    assert "Hidden" not in content.page_alone().text()
    assert "[hidden: Message Box:]" in read("26100.xls").text()
    assert "] Test Comment" in read("44200.xls").text()


def test_comments_on_slides_and_the_words_of_slides_are_read() -> None:
    content = read("WithComments.ppt")
    assert "With a comment on it" in content.text()
    assert "[Comment on slide 1 by Administrator] This is a test comment" in content.text()
    assert "comment on slide" not in content.page_alone().text().casefold()
    text = read("basic_test_ppt_file.ppt").text()
    assert "Click to edit" not in text, "the pattern of all notes is no note"
    assert "Slide 2" in text


def test_a_file_is_what_it_is_whatever_its_name_says() -> None:
    untrusted = (SAMPLES / "45761.xls").read_bytes()
    assert "VisibleSheet" in read("letter.doc", untrusted).text()
    assert (
        content_of(
            "application/x-ole-storage", "mail.msg", (REPOSITORY / "tests/samples/msg/winmail.tnef").read_bytes()
        )
        is None
    )


def test_what_cannot_be_read_says_why() -> None:
    with pytest.raises(CannotRead, match="damaged"):
        content_of("application/msword", "a.doc", olefile.MAGIC + b"what")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
@given(place=st.floats(0, 1), octet=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(path, place: float, octet: int, cut: bool) -> None:  # type: ignore[no-untyped-def]
    whole = path.read_bytes()
    at = int(place * (len(whole) - 1))
    untrusted = whole[:at] + (b"" if cut else bytes([octet]) + whole[at + 1 :])
    with contextlib.suppress(CannotRead):
        content_of("application/x-ole-storage", path.name, untrusted)


def text_of_slides(text: str) -> bytes:
    return record(0x0FA0, text.encode("utf-16-le"))


def slides_in_another_order() -> bytes:
    """Return slides whose objects are numbered otherwise than they are shown, with a title in the list of slides alone."""
    listed = b"".join(
        record(0x03F3, struct.pack("<IIIII", number, 0, 0, 0, 0)) + text_of_slides(title)
        for number, title in ((5, "First"), (3, "Second"))
    )
    objects = {
        1: record(0x03E8, record(0x0FF0, listed, container=True), container=True),
        3: record(0x03EE, text_of_slides("words of the second"), container=True),
        5: record(0x03EE, text_of_slides("words of the first"), container=True),
    }
    return slides(objects)


def test_slides_come_in_the_order_in_which_they_are_shown_with_their_titles() -> None:
    read = content_of("", "a.ppt", slides_in_another_order())
    assert read is not None
    said = [block.runs[0].text for block in read.blocks if isinstance(block, Paragraph)]
    assert said == ["Slide 1", "First", "words of the first", "Slide 2", "Second", "words of the second"]


def test_a_number_whose_format_is_not_said_is_shown_as_it_is() -> None:
    cells = SimpleNamespace(
        cell_type=lambda *_: xlrd.XL_CELL_NUMBER, cell_value=lambda *_: 41.5, cell_xf_index=lambda *_: 0
    )
    book = SimpleNamespace(
        xf_list=[SimpleNamespace(format_key=7)], format_map={7: SimpleNamespace(format_str=None)}, datemode=0
    )
    assert old_workbook._text(book, cells, 0, 0) == "41.5"


@pytest.mark.parametrize(("struck", "change"), [(1, Change.STRUCK), (0, Change.NONE)])
def test_a_cell_whose_font_strikes_it_out_says_so(struck: int, change: Change) -> None:
    book = SimpleNamespace(xf_list=[SimpleNamespace(font_index=0)], font_list=[SimpleNamespace(struck_out=struck)])
    assert old_workbook._change(book, SimpleNamespace(cell_xf_index=lambda *_: 0), 0, 0) is change
