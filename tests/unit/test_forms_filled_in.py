"""Documents that are forms: what is ticked, chosen or typed is told, in whatever program the form was made."""

import struct
import zipfile
from io import BytesIO

import pytest

from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of
from tests.support.office_files import paragraph, word_file, workbook, zipped
from tests.support.old_office import box, word_document
from tests.support.old_office import workbook as old_workbook
from tests.unit.test_open_document_objects import document, text_with


def pieces(name: str, untrusted: bytes) -> list[str]:
    return [each for each in read(name, untrusted).pieces() if each.strip()]


def read(name: str, untrusted: bytes) -> DocumentContent:
    content = content_of("", name, untrusted)
    assert content is not None
    return content


def field_of_form(kind: int, state: int, usual: int = 0, entries: tuple[str, ...] = ()) -> bytes:
    """Return the data of a field of a form in a Word document ([MS-DOC], 2.9.78), behind the head of its record."""
    empty = struct.pack("<HH", 0, 0)
    data = struct.pack("<IHHH", 0xFFFFFFFF, kind | state << 2, 0, 0) + empty + struct.pack("<H", usual) + 5 * empty
    listed = b"".join(struct.pack("<H", len(each)) + each.encode("utf-16-le") for each in entries)
    return data + struct.pack("<HHH", 0xFFFF, len(entries), 0) + listed


def old_form(kind: int, state: int, usual: int = 0, entries: tuple[str, ...] = ()) -> bytes:
    text = "\x13 FORM \x01\x15 Complied\r"
    whole = field_of_form(kind, state, usual, entries)
    return word_document(text, marks=struct.pack("<HB", 0x0806, 1), raw={7: whole})


@pytest.mark.parametrize(
    ("kind", "state", "usual", "entries", "shown"),
    [
        (1, 1, 0, (), "☒ Complied"),
        (1, 0, 1, (), "☐ Complied"),
        (1, 25, 1, (), "☒ Complied"),
        (1, 25, 0, (), "☐ Complied"),
        (2, 1, 0, ("Weekly", "Monthly"), "Monthly Complied"),
        (2, 7, 0, ("Weekly",), "Complied"),
    ],
    ids=["ticked", "not ticked", "as usual", "as usual not", "chosen", "no such entry"],
)
def test_fields_of_an_old_word_form(kind: int, state: int, usual: int, entries: tuple[str, ...], shown: str) -> None:
    said = pieces("a.doc", old_form(kind, state, usual, entries))
    assert [each.strip() for each in said] == [shown]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (r"{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt }", "☒ Complied"),
        (r"{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}}{\fldrslt }", "☐ Complied"),
        (
            r"{\*\fldinst {FORMDROPDOWN} {\*\formfield{\fftype2\ffres1{\*\ffl Weekly}{\*\ffl Monthly}}}}{\fldrslt Monthly}",
            "Monthly Complied",
        ),
        (r'{\*\fldinst SYMBOL 254 \\f "Wingdings"}{\fldrslt\f1 }', "☑ Complied"),
        (r"{\*\fldinst MACROBUTTON NoMacro [Name]}", "[Name] Complied"),
        (r"{\*\fldinst HYPERLINK x}{\fldrslt the link}", "the link Complied"),
    ],
    ids=["ticked", "not ticked", "chosen", "a sign", "a button", "a link"],
)
def test_fields_of_rich_text(field: str, shown: str) -> None:
    assert pieces("a.rtf", rb"{\rtf1 {\field" + field.encode() + rb"} Complied\par}") == [shown]


def test_controls_of_an_open_document() -> None:
    controls = (
        '<f:checkbox f:id="c1" f:label="Attended" f:current-state="checked"/><f:checkbox f:id="c2" f:label="Late"/>'
        '<f:text f:id="t1" f:current-value="typed words"/>'
        '<f:listbox f:id="l1"><f:option f:label="Weekly"/><f:option f:label="Monthly" f:current-selected="true"/></f:listbox>'
    )
    forms = f'<office:forms xmlns:f="urn:oasis:names:tc:opendocument:xmlns:form:1.0"><f:form>{controls}</f:form></office:forms>'
    marks = "; ".join(f'<draw:control draw:control="{each}"/>' for each in ("c1", "c2", "t1", "l1"))
    body = document(f"<office:text>{forms}<text:p>{marks}</text:p></office:text>")
    untrusted = text_with("", {})
    with zipfile.ZipFile(BytesIO(untrusted)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    assert pieces("a.odt", zipped({**parts, "content.xml": body})) == ["☒ Attended; ☐ Late; typed words; Monthly"]


@pytest.mark.parametrize(("mark", "shown"), [(1, "☒ Complied"), (0, "☐ Complied")])
def test_tick_boxes_of_an_old_workbook(mark: int, shown: str) -> None:
    ticked = struct.pack("<HHH6x", 0x12, 8, mark)
    sheet = box("Complied", sort=0x0B, more=ticked)
    assert f"[Text box] {shown}" in pieces("a.xls", old_workbook({"S": sheet}))


def test_tick_boxes_of_a_workbook() -> None:
    whole = workbook(
        "<row><c><v>1</v></c></row>",
        after='<controls><control name="Complied" r:id="rc1"/><control name="Late" r:id="rc2"/></controls>',
        controls={"rc1": ("CheckBox", "Checked"), "rc2": ("CheckBox", "")},
    )
    said = pieces("a.xlsx", whole)
    assert "[Complied: ☒]" in said
    assert "[Late: ☐]" in said


def test_what_a_field_of_a_word_document_shows_by_its_code() -> None:
    button = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MACROBUTTON NoMacro [Name</w:instrText></w:r>'
        '<w:r><w:instrText> here]</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert pieces("a.docx", word_file(f"<w:p>{button}</w:p>" + paragraph("after"))) == ["[Name here]", "after"]


@pytest.mark.parametrize(
    ("font", "letter", "shown"), [("Wingdings", "\u00fe", "☑"), ("Wingdings", "\uf0fe", "☑"), ("Arial", "þ", "þ")]
)
def test_letters_of_a_font_of_signs_are_signs(font: str, letter: str, shown: str) -> None:
    run = f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{letter}</w:t></w:r>'
    assert pieces("a.docx", word_file(f"<w:p>{run}</w:p>")) == [shown]
