"""Readers of office files: lists are counted as Word counts them, numbers shown as cells show them, and bad files cost one sentence."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.documents.office.content import MAX_ROWS, CannotRead, ContentTable, DocumentContent, said
from evidence_app.documents.office.content_of import content_of, reads_content
from evidence_app.documents.office.conversation import messages_content
from evidence_app.documents.office.number_format import as_shown
from evidence_app.documents.office.workbook import workbook_content
from tests.support.office_files import OFFICE, SHEET, TYPES, WORD, paragraph, relations, word_file, workbook, zipped
from tests.support.program import REPOSITORY

SAMPLES = REPOSITORY / "tests/samples/office"
ALL = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json")


def read(untrusted: bytes, name: str = "a.docx") -> DocumentContent:
    content = content_of("application/octet-stream", name, untrusted)
    assert content is not None
    return content


def lines(untrusted: bytes, name: str = "a.docx") -> list[str]:
    return [text for text in read(untrusted, name).pieces() if text.strip()]


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_two_lists_on_one_definition_count_on_and_one_that_starts_anew_does_not() -> None:
    body = "".join(
        [
            *(paragraph(f"first {number}", numbered(1)) for number in range(3)),
            paragraph("second", numbered(2)),
            paragraph("below", numbered(2, 1)),
            paragraph("anew", numbered(3)),
        ]
    )
    assert lines(word_file(body, numbering=NUMBERING)) == [
        "(a) first 0",
        "(b) first 1",
        "(c) first 2",
        "(d) second",
        "d.1 below",
        "(a) anew",
    ]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (
            '<w:ins w:author="K. Dale" w:date="2026-05-12T09:14:00Z"><w:r><w:t>monthly</w:t></w:r></w:ins>',
            "[inserted by K. Dale, 2026-05-12 09:14:00: monthly]",
        ),
        ('<w:del w:author="K. Dale"><w:r><w:delText>weekly</w:delText></w:r></w:del>', "[deleted by K. Dale: weekly]"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", "[hidden: secret]"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>', "open"),
        ("<w:sdt><w:sdtContent><w:r><w:t>control</w:t></w:r></w:sdtContent></w:sdt>", "control"),
        ("<w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Other" w:char="F0FC"/></w:r>', "[a sign of the font Other]"),
        ("<w:r><w:t>un</w:t><w:noBreakHyphen/><w:t>broken</w:t></w:r>", "un\u2011broken"),
        (
            "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>",
            "[deleted: gone][inserted: here]",
        ),
    ],
)
def test_every_word_of_a_paragraph_is_read_with_what_was_done_to_it(inner: str, said: str) -> None:
    assert lines(word_file(f"<w:p>{inner}</w:p>")) == [said]


def test_a_text_box_is_read_once_and_a_table_in_a_cell_is_not_lost() -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="x"><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>deep</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    assert lines(word_file(box + table)) == ["[Text box]", "box", "cell\ndeep"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("123", "00000", "00123"),
        ("0.5", "0%", "50%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.5", '"£"#,##0.00', "£1,234.50"),
        ("-3", "0;(0)", "(3)"),
        ("0", '0;-0;"none"', "none"),
        ("1.5", "[h]:mm", "36:00"),
        ("46029", "dd/mm/yyyy", "07/01/2026"),
        ("46029.5", "d mmmm yyyy hh:mm", "7 January 2026 12:00"),
        ("46029.75", "h:mm AM/PM", "6:00 PM"),
        ("60", "dd/mm/yyyy", "29/02/1900"),
        ("59", "dd/mm/yyyy", "28/02/1900"),
        ("0.1", "", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("12", "@", "12"),
        ("not a number", "0", "not a number"),
        ("0.3125", "[h]:mm", "7:30"),
        ("1.5208333333", "[h]:mm:ss", "36:30:00"),
        ("-1234.5", '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_)', "(1,234.50)"),
        ("-5", "0.00;[Red]\\-0.00", "-5.00"),
        ("-1234.5", '"£"#,##0.00;[Red]\\-"£"#,##0.00', "-£1,234.50"),
        ("1234.5", "_-[$£-809]* #,##0.00_-", "£1,234.50"),
        ("7", '"No. "General', "No. 7"),
        ("5", '0"%"', "5%"),
        ("0", '[=1]"Yes";[=0]"No";General', "No"),
        ("50", '[>=100]"high "0;"low "0', "low 50"),
        ("1234567", '#,##0,"K"', "1,235K"),
        ("1.5", "# ?/?", "1 1/2"),
        ("123456", "00-00-00", "12-34-56"),
        ("7700900123", "00000 000000", "07700 900123"),
        ("12345678901", "", "12345678901"),
        ("0.5", ".00", ".50"),
        ("45000.99999999", "dd/mm/yyyy", "15/03/2023"),
        ("1234567", "0.00E+00", "1.23E+06"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(value: str, code: str, shown: str) -> None:
    assert as_shown(value, code, from_1904=False) == shown


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr),
    st.text(alphabet="0#.,%dmyhs[]\"'/: ;@E+-\\_*", max_size=14),
)
def test_no_format_makes_a_number_vanish(value: str, code: str) -> None:
    assert as_shown(value, code, from_1904=True)


def test_a_grouped_hidden_column_a_hidden_row_and_a_formula_without_value_are_told() -> None:
    before = '<cols><col min="2" max="3" hidden="1"/></cols>'
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>shown</t></is></c><c r="C1" t="inlineStr"><is><t>kept back</t></is></c></row>'
        '<row r="2" hidden="1"><c r="A2"><f>1+1</f></c></row>'
    )
    content = workbook_content(workbook(rows, before=before))
    assert [text for text in content.pieces() if text] == [
        "Sheet: hours",
        "1",
        "shown",
        "[hidden: kept back]",
        "2",
        "[hidden: =1+1]",
    ]
    assert content.remarks


def test_a_sheet_of_many_rows_shows_the_first_and_the_count() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, MAX_ROWS + 501))
    content = workbook_content(workbook(rows))
    table = content.blocks[1]
    assert isinstance(table, ContentTable)
    assert len(table.rows) == MAX_ROWS
    assert f"{MAX_ROWS + 500:,} rows" in content.text()


def test_a_conversation_is_known_by_its_lines_and_other_texts_are_not() -> None:
    both = (
        "[12/05/2026, 2:01:02\u202fpm] A: one\n[12/05/2026, 14:02:10] B: two\nand more",
        "12/05/2026, 14:01 - A: one\n12/05/2026, 14:02 - B: two\nand more",
    )
    for text in both:
        content = messages_content(text)
        assert content is not None
        assert [piece for piece in content.pieces() if piece][2:] == [
            "A",
            "one",
            *[text[-1:] and piece for piece in content.pieces() if piece][4:],
        ]
    assert messages_content("a letter of 12/05/2026, 14:01 - no more") is None
    assert messages_content("notes\n12/05/2026, 14:01 - A: one\n12/05/2026, 14:02 - B: two") is None


DELETED = '<w:del w:author="K"><w:r><w:delText>weekly</w:delText></w:r></w:del>'
BOX = f"<w:r><w:rPr><w:vanish/></w:rPr><w:drawing><w:txbxContent>{paragraph('in a box')}</w:txbxContent></w:drawing></w:r>"


@pytest.mark.parametrize(
    "body",
    [
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p>{DELETED}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('weekly')}</w:tc></w:tr></w:tbl>",
        f"<w:p>{BOX}</w:p>",
        "<w:p><w:r><w:rPr><w:rStyle w:val='secret'/></w:rPr><w:t>styled away</w:t></w:r></w:p>",
    ],
    ids=["nested table", "row", "text box", "style"],
)
def test_the_page_alone_has_nothing_that_was_taken_out_or_hidden(body: str) -> None:
    styles = '<w:style w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    content = read(word_file(body, styles=styles))
    gone = {"weekly", "in a box", "styled away"}
    assert [words for words in gone if words in content.text()], "it is shown where nothing is left out"
    assert [words for words in gone if words in content.page_alone().text()] == []


def test_a_box_and_a_choice_of_an_old_form_and_struck_words_are_told() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="dismissal"/>'
        "</w:ddList></w:ffData></w:fldChar></w:r>"
    )
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>not</w:t></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(word_file(f"<w:p>{box}{end}{choice}{end}{struck}</w:p>")) == ["☒dismissal[struck out: not]"]


def test_parts_are_found_by_their_relations() -> None:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(officeDocument="word/document2.xml"),
        "word/document2.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("a letter")}</w:body></w:document>',
        "word/_rels/document2.xml.rels": relations(comments="comments7.xml"),
        "word/comments7.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="J">{paragraph("why?")}</w:comment></w:comments>',
    }
    assert lines(zipped(parts)) == ["a letter", "[Comment 0 by J] why?"]


def test_paragraphs_in_a_cell_of_rich_text_stay_in_their_cell() -> None:
    row = rb"\trowd\pard\intbl Ann\cell Late\par twice\cell\row"
    (table, *_) = read(rb"{\rtf1\ansi " + row + rb"\pard after\par}", "a.rtf").blocks
    assert isinstance(table, ContentTable)
    assert [[said(cell) for cell in each] for each in table.rows] == [["Ann", "Late\ntwice"]]
    assert lines(rb"{\rtf1\ansi don\u8217\par Next}", "a.rtf") == ["don’", "Next"]


def test_fields_of_a_web_page_say_what_is_chosen() -> None:
    page = b"<p>Agreed <input type=checkbox checked> <select><option>yes<option selected>no</select> <s>was</s></p>"
    assert "☒" in lines(page, "a.html")[0]
    assert "☒ no" in " ".join(lines(page, "a.html"))
    assert "[struck out: was]" in " ".join(lines(page, "a.html"))


def test_no_line_of_a_calendar_item_or_contact_is_dropped() -> None:
    item = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:first\r\nYou may be dismissed\r\nX_MINE:more\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert [
        words for words in ("first", "You may be dismissed", "more") if words not in read(item, "a.ics").text()
    ] == []
    card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen,=\r\n do not trust him\r\nEND:VCARD\r\n"
    assert "Jürgen" in read(card, "a.vcf").text()
    assert "do not trust him" in read(card, "a.vcf").text()
    assert (
        "café"
        in read("BEGIN:VCARD\r\nNOTE:café\r\nEND:VCARD".encode().replace(b"\xc3\xa9", b"\xc3\r\n \xa9"), "a.vcf").text()
    )


def test_a_conversation_behind_many_pictures_is_found_and_what_is_not_opened_is_said() -> None:
    talk = "12/05/2026, 14:01 - A: one\n12/05/2026, 14:02 - B: two\n"
    content = read(zipped({**{f"IMG-{n}.jpg": b"x%d" % n for n in range(250)}, "_chat.txt": talk}), "a.zip")
    assert "A conversation of 2 messages" in content.text()
    assert len(content.files) == 200
    assert "The first 200 of 250 files" in content.text()
    assert "IMG-249.jpg" in content.text()


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n", "  \n", "\ufeff\n \n"])
def test_empty_lines_before_the_first_message_belong_to_none(before: str) -> None:
    talk = f"{before}12/05/2026, 14:01 - A: one\n12/05/2026, 14:02 - B: two\n"
    assert "[A conversation of 2 messages" in read(talk.encode(), "chat.txt").text()


def test_a_list_of_many_columns_says_how_many() -> None:
    assert "The first 200 of 300 columns" in read(",".join(map(str, range(300))).encode(), "a.csv").text()


BAD = {
    "cut short": (SAMPLES / "names.docx").read_bytes()[:2000],
    "a name that lies": b"no document at all",
    "no document in it": zipped({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"}),
    "not XML": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a"}),
    "with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "declares entities": zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
    ),
    "too deep": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a>" * 5000 + "</a>" * 5000}),
}


@pytest.mark.parametrize("what", BAD)
def test_a_document_that_cannot_be_read_says_why(what: str) -> None:
    with pytest.raises(CannotRead, match=r"\w"):
        content_of("application/octet-stream", "a.docx", BAD[what])


def test_what_unfolds_without_end_is_not_unfolded() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("[Content_Types].xml", "<Types/>")
        with opened.open("word/document.xml", "w") as part:
            for _ in range(80):
                part.write(b" " * (1024 * 1024))
    with pytest.raises(CannotRead, match="unfolds"):
        content_of("application/octet-stream", "a.docx", buffer.getvalue())


def test_a_document_that_is_an_archive_of_something_else_is_shown_as_that() -> None:
    content = read(zipped({"a.txt": "words", "b.txt": "more"}))
    assert [name for name, _ in content.files] == ["a.txt", "b.txt"]


def test_pictures_pdfs_and_plain_texts_are_none() -> None:
    assert not reads_content("text/plain", "a.txt", b"a letter about the visit")
    assert not reads_content("application/pdf", "a.pdf", b"%PDF-1.7")
    assert not reads_content("image/png", "a.png", b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
@settings(max_examples=15)
@given(place=st.floats(0, 1), octet=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(path: Path, place: float, octet: int, cut: bool) -> None:
    content = bytearray(path.read_bytes())
    at = int(place * (len(content) - 1))
    content[at] = octet
    damaged = bytes(content[:at] if cut else content)
    with contextlib.suppress(CannotRead):
        content_of("application/octet-stream", path.name, damaged)


def test_hidden_words_stay_hidden_whatever_else_was_done_to_them() -> None:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    inserted = word_file(f"<w:p><w:ins>{run}</w:ins><w:r><w:t>open</w:t></w:r></w:p>")
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:ins><w:r><w:t>secret</w:t></w:r></w:ins></w:p></w:tc></w:tr>"
    for name, data in (
        ("a.docx", inserted),
        ("a.docx", word_file(f"<w:tbl>{row}</w:tbl>")),
        ("a.rtf", rb"{\rtf1\ansi {\v\revised secret} open}"),
        ("a.rtf", rb"{\rtf1\ansi {\revised\v secret} open}"),
    ):
        content = content_of("x", name, data)
        assert content is not None
        assert "secret" in content.text()
        assert "secret" not in content.page_alone().text(), name


def picture_run(identifier: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:drawing><a:blip xmlns:a="a" r:embed="{identifier}" xmlns:r="r"/></w:drawing></w:r>'


def test_a_picture_that_was_taken_out_or_hidden_goes_with_the_words_around_it() -> None:
    body = f"<w:p>{picture_run('r1')}<w:del>{picture_run('r2')}</w:del>{picture_run('r3', '<w:vanish/>')}</w:p>"
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(image="open.png", image2="gone.png", image3="hidden.png"),
        **{f"word/{name}.png": name.encode() for name in ("open", "gone", "hidden")},
    }
    content = read(zipped(parts))
    assert [name for name, _ in content.files] == ["open.png", "gone.png", "hidden.png"]
    assert [name for name, _ in content.page_alone().files] == ["open.png"]


def test_a_picture_on_a_hidden_sheet_is_left_out_with_it() -> None:
    sheets = '<sheet name="a" sheetId="1" r:id="r1"/><sheet name="b" sheetId="2" state="hidden" r:id="r2"/>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(worksheet="sheet1.xml", worksheet2="sheet2.xml"),
        **{f"xl/sheet{number}.xml": sheet for number in (1, 2)},
        **{f"xl/_rels/sheet{number}.xml.rels": relations(drawing=f"drawing{number}.xml") for number in (1, 2)},
        **{f"xl/_rels/drawing{number}.xml.rels": relations(image=f"{number}.png") for number in (1, 2)},
        **{f"xl/{number}.png": b"a picture" for number in (1, 2)},
    }
    content = read(zipped(parts), "a.xlsx")
    assert [name for name, _ in content.files] == ["1.png", "2.png"]
    assert [name for name, _ in content.page_alone().files] == ["1.png"]


GRAPH = {
    "value": [
        {
            "createdDateTime": "2026-05-12T14:05:00Z",
            "from": {"user": {"displayName": "K. Dale"}},
            "body": {"contentType": "html", "content": "<p>see him &lt;monthly&gt;<br>only</p>"},
            "attachments": [{"name": "plan.docx"}],
            "lastEditedDateTime": "2026-05-12T15:00:00Z",
        },
        {
            "createdDateTime": "2026-05-12T14:03:00Z",
            "from": {"application": {"displayName": "Bot"}, "user": None},
            "body": {"contentType": "text", "content": "a < b"},
            "deletedDateTime": "2026-05-13T09:00:00Z",
        },
    ]
}
EXPORT = {
    "conversations": [
        {
            "displayName": "Team talk",
            "MessageList": [
                {
                    "originalarrivaltime": "2026-05-12T14:05:00Z",
                    "displayName": "K. Dale",
                    "content": "<b>only</b> monthly",
                },
                {
                    "originalarrivaltime": "2026-05-12T14:03:00Z",
                    "displayName": None,
                    "from": "8:live:a",
                    "content": "hello",
                },
            ],
        },
        {"displayName": "Empty", "MessageList": []},
    ]
}


def test_a_conversation_in_json_is_a_table_of_its_messages_from_the_first() -> None:
    said = read(json.dumps(GRAPH).encode(), "chat.json").text().splitlines()
    assert said == [
        "[A conversation of 2 messages.]",
        "2026-05-12T14:03:00Z\tBot\ta < b",
        "[deleted, 2026-05-13T09:00:00Z]",
        "2026-05-12T14:05:00Z\tK. Dale\tsee him <monthly>",
        "only",
        "[attached: plan.docx]",
        "[changed, 2026-05-12T15:00:00Z]",
    ]
    assert read(json.dumps(EXPORT).encode(), "messages.json").text().splitlines() == [
        "Team talk",
        "[A conversation of 2 messages.]",
        "2026-05-12T14:03:00Z\t8:live:a\thello",
        "2026-05-12T14:05:00Z\tK. Dale\tonly monthly",
    ]


@pytest.mark.parametrize(
    "text", ["{}", "[]", "[1]", '{"value": [{"body": 1}]}', "no json", '{"conversations": [1, {}]}', "[" * 5000]
)
def test_other_json_is_a_text(text: str) -> None:
    assert content_of("text/plain", "a.json", text.encode()) is None
