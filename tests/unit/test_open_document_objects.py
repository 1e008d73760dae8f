"""Documents, charts and objects within OpenDocument files are taken out of them."""

import zipfile
from io import BytesIO

import pytest

from evidence_app.documents.office.containers.compound_writer import compound_file
from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of
from tests.support import sample_documents
from tests.support.office_files import zipped
from tests.unit.test_embedded_files import LETTER, packaged

TYPE = "application/vnd.oasis.opendocument."
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
LOOK = sample_documents.picture(size=(40, 30), square=(5, 5, 20, 20), format="PNG")


def document(body: str) -> str:
    return f"<office:document-content {NAMES}><office:body>{body}</office:body></office:document-content>"


def text_with(frames: str, kinds: dict[str, str], **parts: bytes | str) -> bytes:
    """Return a text with frames in its only paragraph; of `parts` two underscores are a stroke and three a full stop."""
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in {"/": f"{TYPE}text", **kinds}.items()
    )
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</m:manifest>'
    named = {name.replace("___", ".").replace("__", "/").replace("_", " "): content for name, content in parts.items()}
    return zipped(
        {
            "mimetype": f"{TYPE}text",
            "META-INF/manifest.xml": manifest,
            "content.xml": document(f"<office:text><text:p>Before {frames} after</text:p></office:text>"),
            **named,
        }
    )


def read(untrusted: bytes) -> DocumentContent:
    content = content_of("", "a.odt", untrusted)
    assert content is not None
    return content


def frame(kind: str, name: str) -> str:
    look = f'<draw:image xlink:href="./ObjectReplacements/{name}"/>'
    return f'<draw:frame><draw:{kind} xlink:href="./{name}"/>{look}</draw:frame>'


SHEET = (
    '<office:spreadsheet><table:table table:name="Visits"><table:table-row><table:table-cell><text:p>June</text:p></table:table-cell>'
    "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"
)


def test_a_sheet_in_a_text_is_a_file_of_its_own() -> None:
    untrusted = text_with(
        frame("object", "Object 1"),
        {"Object 1/": f"{TYPE}spreadsheet"},
        Object_1__content___xml=document(SHEET),
        ObjectReplacements__Object_1=LOOK,
    )
    content = read(untrusted)
    assert content.pieces() == ["Before [picture 1 in it] after"]
    assert [name for name, _ in content.files] == ["Object 1", "Object 1.ods"]
    assert content.remarks == ("Files in it: Object 1.ods",)
    inner = content_of("", "Object 1.ods", content.files[1][1])
    assert inner is not None
    assert inner.pieces() == ["Sheet: Visits", "1", "June", "12"]
    assert content.files == read(untrusted).files, "the same document gives the same bytes"
    with zipfile.ZipFile(BytesIO(content.files[1][1])) as opened:
        assert opened.namelist()[0] == "mimetype"


def test_an_object_of_another_program_is_a_file() -> None:
    content = read(text_with(frame("object-ole", "Object 2"), {}, Object_2=packaged("Letter.pdf", LETTER)))
    assert content.files == (("Letter.pdf", LETTER),)
    assert content.remarks == ("Files in it: Letter.pdf",)


def test_of_a_chart_the_words_and_figures_stand_beside() -> None:
    chart = (
        "<office:chart><chart:chart><chart:title><text:p>Visits a month</text:p></chart:title>"
        '<table:table table:name="local-table"><table:table-row><table:table-cell><text:p>June</text:p></table:table-cell>'
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart>"
    )
    content = read(
        text_with(frame("object", "Object 1"), {"Object 1/": f"{TYPE}chart"}, Object_1__content___xml=document(chart))
    )
    assert content.files == ()
    assert content.pieces()[1:] == ["[Object 1 in it, a chart]", "Visits a month", "June", "12"]


@pytest.mark.parametrize(
    ("kinds", "parts"),
    [
        ({}, {}),
        ({"Object 1/": f"{TYPE}formula"}, {"Object_1__content___xml": "<math/>"}),
        ({"Object 1/": f"{TYPE}spreadsheet"}, {}),
        ({"Object 1/": f"{TYPE}chart"}, {}),
        ({"Object 1/": f"{TYPE}chart"}, {"Object_1__content___xml": "<!DOCTYPE x><x/>"}),
    ],
    ids=["not there", "a formula", "without parts", "a chart without parts", "a chart that is damaged"],
)
def test_an_object_that_says_nothing_loses_no_words(kinds: dict[str, str], parts: dict[str, bytes | str]) -> None:
    content = read(text_with(frame("object", "Object 1"), kinds, **parts))
    assert content.text().startswith("Before [a picture that is not in the file] after")
    assert content.files == ()


def test_a_chart_over_a_cell_follows_its_sheet() -> None:
    cell = f"<table:table-cell><text:p>c</text:p>{frame('object', 'Object 1')}</table:table-cell>"
    table = f'<table:table table:name="T"><table:table-row>{cell}</table:table-row></table:table>'
    content = read(
        text_with(
            "",
            {"Object 1/": f"{TYPE}chart"},
            content___xml=document(f"<office:spreadsheet>{table}</office:spreadsheet>"),
            Object_1__content___xml=document("<office:chart><text:p>Visits</text:p></office:chart>"),
        )
    )
    assert content.pieces()[-2:] == ["[Object 1 in it, a chart]", "Visits"]


def test_a_chart_that_holds_itself_ends() -> None:
    chart = f"<office:chart><text:p>Round</text:p>{frame('object', 'Object 1')}</office:chart>"
    content = read(
        text_with(frame("object", "Object 1"), {"Object 1/": f"{TYPE}chart"}, Object_1__content___xml=document(chart))
    )
    assert content.text().count("Round") == 1


def test_an_object_that_cannot_be_taken_out_is_named() -> None:
    content = read(text_with(frame("object-ole", "Object 2"), {}, Object_2=compound_file({"Equation Native": b"x"})))
    assert "the original holds them: Object 2.bin" in content.remarks[0]
