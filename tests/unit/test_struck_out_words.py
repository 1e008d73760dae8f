"""Words with a line through them say so in every format: without that, what was crossed out would stand as what was decided."""

import pytest

from evidence_app.documents.office.content_of import content_of
from tests.support.office_files import TYPES, paragraph, relations, word_file, workbook, zipped
from tests.support.old_office import word_document
from tests.unit.test_open_document_objects import NAMES, TYPE

STRUCK = "[struck out: recall]"


def said(name: str, untrusted: bytes) -> str:
    content = content_of("", name, untrusted)
    assert content is not None
    return " ".join(content.page_alone().text().split())


@pytest.mark.parametrize("code", [0x0837, 0x2A53], ids=["one line", "two lines"])
def test_in_a_word_document_of_before_2007(code: int) -> None:
    text = "recall? no\r"
    assert said("a.doc", word_document(text, struck=dict.fromkeys(range(6), code))) == f"{STRUCK}? no"


def test_in_a_word_document_by_a_style() -> None:
    styles = '<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    run = '<w:r><w:rPr><w:rStyle w:val="Gone"/>{}</w:rPr><w:t>recall</w:t></w:r>'
    by_style, taken_back = run.format(""), run.format('<w:strike w:val="0"/>')
    whole = word_file(f"<w:p>{by_style}</w:p><w:p>{taken_back}</w:p>", styles=styles)
    assert said("a.docx", whole) == f"{STRUCK} recall"


def test_in_an_open_document() -> None:
    styles = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style>'
        "</office:automatic-styles>"
    )
    words = '<text:p><text:span text:style-name="T1">recall</text:span> <text:span text:style-name="T2">no</text:span></text:p>'
    whole = f"<office:document-content {NAMES}>{styles}<office:body><office:text>{words}</office:text></office:body></office:document-content>"
    assert said("a.odt", zipped({"mimetype": f"{TYPE}text", "content.xml": whole})) == f"{STRUCK} no"


def test_in_slides() -> None:
    names = (
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    runs = '<a:r><a:rPr strike="sngStrike"/><a:t>recall</a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t> no</a:t></a:r>'
    slide = f"<p:sld {names}><p:cSld><p:spTree><p:sp><p:txBody><a:p>{runs}</a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    whole = zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="ppt/presentation.xml"),
            "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(slide="slides/slide1.xml"),
            "ppt/slides/slide1.xml": slide,
        }
    )
    assert said("a.pptx", whole) == f"Slide 1 {STRUCK} no"


def test_in_a_workbook_by_the_cell_and_by_the_words() -> None:
    styles = (
        '<fonts><font/><font><strike/><name val="Arial"/></font></fonts>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>'
    )
    rich = "<is><r><rPr><strike/></rPr><t>recall</t></r><r><t> no_x000D_</t></r></is>"
    rows = f'<row><c s="1" t="str"><v>recall</v></c><c t="inlineStr">{rich}</c></row>'
    assert said("a.xlsx", workbook(rows, styles)).endswith(f"1 {STRUCK} {STRUCK} no")


def test_words_that_are_not_struck_out_do_not_say_so() -> None:
    assert said("a.docx", word_file(paragraph("recall"))) == "recall"
