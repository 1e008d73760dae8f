"""What stands on the pages of a document besides its plain words: signs, headers, charts, pictures that fill, what only newer programs draw."""

import base64
import struct

import pytest

from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of
from evidence_app.documents.office.old.word_marks import has_lists
from tests.support import sample_documents
from tests.support.office_files import TYPES, paragraph, relations, word_file, workbook, zipped
from tests.support.old_office import around, box, chart, drawing, entry, picture, shapes, store, word_document
from tests.support.old_office import workbook as old_workbook
from tests.unit.test_open_document_objects import LOOK, document, text_with

ONE = sample_documents.picture(size=(40, 30), square=(5, 5, 20, 20), format="PNG")
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read(name: str, untrusted: bytes) -> DocumentContent:
    content = content_of("", name, untrusted)
    assert content is not None
    return content


def pieces(name: str, untrusted: bytes) -> list[str]:
    return [each for each in read(name, untrusted).pieces() if each.strip() and each != "[no cells]"]


def test_a_sign_in_an_old_word_document_is_no_bracket() -> None:
    whole = word_document("160(C ((x)\r", signs={3: (1, 0xF0B0), 6: (0, 0xF0FC)}, fonts=("Wingdings", "Symbol"))
    assert pieces("a.doc", whole) == ["160°C ✓(x)"]
    unknown = word_document("(\r", signs={0: (0, 0xF099)}, fonts=("Webdings",))
    assert pieces("a.doc", unknown) == ["[a sign of the font Webdings]"]


def test_headers_charts_and_chart_sheets_of_an_old_workbook() -> None:
    sheets = {"Visits": around("&LOffice of X") + chart("Visits a month", "2025") + around("&P", is_footer=True)}
    assert pieces("a.xls", old_workbook(sheets)) == [
        "Sheet: Visits",
        "[Chart] Visits a month; 2025",
        "[Header or footer of its pages] &LOffice of X",
        "[Header or footer of its pages] &P",
    ]


def test_a_drawing_that_goes_on_behind_objects_and_texts_loses_no_picture() -> None:
    """Excel continues the drawing of a sheet in the records that continue its objects."""
    art = shapes(1, 2)
    first, second = len(art) - 40, len(art) - 20
    sheet = drawing(art[:first]) + box("the box", behind=(art[first:second], art[second:]))
    other = entry(picture(".jpg", b"\xff\xd8\xff of a camera"))
    content = read("a.xls", old_workbook({"S": sheet}, store(entry(picture(".png", ONE)), other)))
    assert [name for name, _ in content.files] == ["picture 1.png", "picture 2.jpg"]
    assert "[Text box] the box" in content.pieces()


@pytest.mark.parametrize(("sort", "count"), [(3, 1), (2, 0)], ids=["a picture", "a texture"])
def test_a_picture_that_fills_a_shape_is_shown(sort: int, count: int) -> None:
    options = struct.pack("<HIHI", 0x0180, sort, 0x4186, 1)
    shape = struct.pack("<HHI", 2 << 4 | 3, 0xF00B, len(options)) + options
    art = struct.pack("<HHI", 0xF, 0xF002, len(shape)) + shape
    content = read("a.xls", old_workbook({"S": drawing(art)}, store(entry(picture(".png", ONE)))))
    assert len(content.files) == count


def test_of_alternate_contents_the_first_that_says_something_is_read() -> None:
    """Ink, and signs of newer programs, are in a branch that says nothing here."""
    run = (
        f'<w:p {MC}><w:r><w:t>He said </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="x"><x/></mc:Choice>'
        "<mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    block = (
        f'<mc:AlternateContent {MC}><mc:Choice Requires="x">{paragraph("newer")}</mc:Choice>'
        f"<mc:Fallback>{paragraph('older')}</mc:Fallback></mc:AlternateContent>"
    )
    assert pieces("a.docx", word_file(run + block)) == ["He said yes", "newer"]


def test_words_with_how_they_are_spoken_above_them() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>over it</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>word</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert pieces("a.docx", word_file(f"<w:p>{ruby}</w:p>")) == ["word (over it)"]


def test_footnotes_are_numbered_as_the_page_numbers_them() -> None:
    notes = (
        f'<w:footnote w:id="7">{paragraph("first")}</w:footnote><w:footnote w:id="3">{paragraph("second")}</w:footnote>'
    )
    body = "".join(f'<w:p><w:r><w:footnoteReference w:id="{each}"/></w:r></w:p>' for each in (7, 3))
    said = pieces("a.docx", word_file(body, footnotes=notes))
    assert said == ["[footnote 1]", "[footnote 2]", "[Footnote 1] first", "[Footnote 2] second"]


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<c:title><a:t>Visits</a:t></c:title><c:ser><c:tx><c:v>2025</c:v></c:tx>"
    "<c:cat>{}</c:cat><c:val>{}</c:val></c:ser></c:chartSpace>"
)


def test_each_value_of_a_chart_stands_with_what_it_is_the_value_of() -> None:
    months = "".join(
        f'<c:pt idx="{place}"><c:v>{name}</c:v></c:pt>' for place, name in enumerate(["Jan", "Feb", "Mar", "Apr"])
    )
    numbers = {0: "2", 1: "2", 3: "8.2000000000000011"}
    points = "".join(f'<c:pt idx="{place}"><c:v>{number}</c:v></c:pt>' for place, number in numbers.items())
    whole = CHART.format(f"<c:strCache>{months}</c:strCache>", f"<c:numCache>{points}</c:numCache>")
    drawn = zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
            "word/_rels/document.xml.rels": relations(chart="charts/chart1.xml"),
            "word/charts/chart1.xml": whole,
        }
    )
    assert read("a.docx", drawn).page_alone().text().strip() == "[Chart] Visits; 2025: Jan 2, Feb 2, Mar, Apr 8.2"


def test_pictures_and_boxes_that_lie_over_the_cells_of_an_open_sheet() -> None:
    frame = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    over = f"<table:shapes><draw:frame><draw:text-box><text:p>the box</text:p></draw:text-box></draw:frame>{frame}</table:shapes>"
    cells = f'<table:table-cell>{frame}<text:p>c</text:p></table:table-cell><table:table-cell xmlns:o="urn:x" o:value="12"/>'
    table = f'<table:table table:name="T">{over}<table:table-row>{cells}</table:table-row></table:table>'
    whole = text_with(
        "", {}, Pictures__a___png=LOOK, content___xml=document(f"<office:spreadsheet>{table}</office:spreadsheet>")
    )
    content = read("a.ods", whole)
    assert content.files == (("a.png", LOOK),)
    assert [each for each in content.pieces() if each] == [
        "Sheet: T",
        "1",
        "[picture 1 in it]\nc",
        "12",
        "the box",
        "[picture 1 in it]",
    ]


def test_a_section_that_is_not_shown_is_hidden() -> None:
    hidden = '<text:section text:display="none"><text:p>not there</text:p></text:section><text:p>there</text:p>'
    whole = text_with("", {}, content___xml=document(f"<office:text>{hidden}</office:text>"))
    assert "[hidden: not there]" in pieces("a.odt", whole)


def test_pictures_of_a_web_page_are_files_or_said_not_to_be_there() -> None:
    inside = f'<img src="data:image/png;base64,{base64.b64encode(ONE).decode()}">'
    content = read(
        "a.html", f'<html><body>a{inside}b<img src="x.png">c<img src="y.png" alt="Logo"></body></html>'.encode()
    )
    assert content.pieces() == ["a[picture 1 in it]b[a picture that is not in the file]c[described as: Logo]"]
    assert content.files == (("picture 1.png", ONE),)


def test_cells_whose_words_cannot_be_read_are_not_passed_off_as_numbers() -> None:
    content = read("a.xlsx", workbook('<row><c t="s"><v>0</v></c></row>'))
    assert "could not be read" in content.remarks[0]


NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def slide_with(inside: str, **parts: bytes) -> bytes:
    """Return slides with one slide; `r1` is its picture, whose part is written in other letters than its relation has."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="ppt/presentation.xml"),
            "ppt/presentation.xml": f'<p:presentation {NAMES}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(slide="slides/slide1.xml"),
            "ppt/slides/slide1.xml": f"<p:sld {NAMES}><p:cSld>{inside}</p:cSld></p:sld>",
            "ppt/slides/_rels/slide1.xml.rels": relations(image="../media/image1.png"),
            "ppt/Media/Image1.PNG": ONE,
            **{name.replace("__", "/").replace("_", "."): content for name, content in parts.items()},
        }
    )


BLIP = '<a:blipFill><a:blip r:embed="r1"/></a:blipFill>'


@pytest.mark.parametrize(
    "inside",
    [
        f"<p:bg><p:bgPr>{BLIP}</p:bgPr></p:bg><p:spTree/>",
        f"<p:spTree><p:sp><p:spPr>{BLIP}</p:spPr></p:sp></p:spTree>",
        f"<p:spTree><p:graphicFrame><p:pic>{BLIP}</p:pic></p:graphicFrame></p:spTree>",
    ],
    ids=["background", "filling", "look of an object"],
)
def test_pictures_of_a_slide_wherever_they_are(inside: str) -> None:
    content = read("a.pptx", slide_with(inside))
    assert content.files == (("Image1.PNG", ONE),)
    assert content.pieces() == ["Slide 1", "[picture 1 in it]"]


def test_recordings_in_slides_are_named() -> None:
    content = read("a.pptx", slide_with("<p:spTree/>", ppt__media__visit_mp4=b"film"))
    assert content.files == (("visit.mp4", b"film"),)
    assert content.remarks == ("Files in it: visit.mp4",)


def test_what_holds_records_does_so_whatever_its_version_says() -> None:
    art = bytearray(shapes(1))
    art[0] &= 0xF0
    content = read("a.xls", old_workbook({"S": drawing(bytes(art))}, store(entry(picture(".png", ONE)))))
    assert len(content.files) == 1


@pytest.mark.parametrize(("number", "listed"), [(3, True), (0, False), (2047, False)])
def test_a_paragraph_in_a_list_is_known(number: int, listed: bool) -> None:
    stream, table = bytearray(1024), struct.pack("<III", 0, 9, 1)
    struct.pack_into("<II", stream, 0x102, 0, len(table))
    struct.pack_into("<HH", stream, 700, 0x460B, number)
    assert has_lists(bytes(stream), table) is listed
