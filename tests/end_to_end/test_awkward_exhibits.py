"""Exhibits that PDF readers interpret differently, or that expand without limit: shown as they are seen, or refused with a reason."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from evidence_app.bundle.exhibits.page_import import prepared_for_placing
from evidence_app.bundle.exhibits.pdfa_validation import AREA, PdfaValidator
from evidence_app.bundle.exhibits.prepare import prepare
from evidence_app.bundle.exhibits.prepared import PreparedExhibit, RenderOptions
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.errors import Cancelled
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.end_to_end.conftest import bundle_of
from tests.end_to_end.reading import page_texts
from tests.support.sample_documents import letter

SIX = [[f"This is page {number}."] for number in range(1, 4)]


def made(content: bytes, name: str = "paper.pdf", tick: Callable[[], None] = lambda: None) -> PreparedExhibit:
    facts = AttachmentFacts(name, "0" * 64, len(content), media_type(content[:HEAD_BYTES], name))
    return prepare(Exhibit(1, facts, (1,)), lambda: content, "Exhibit 1", options=RenderOptions(tick=tick))


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def picture(*, decode_parms: bool) -> Callable[[Any], None]:
    def change(pdf: Any) -> None:
        buffer = io.BytesIO()
        Image.new("RGB", (20, 20), "teal").save(buffer, "JPEG")
        image = pikepdf.Stream(pdf, buffer.getvalue())
        image.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=20,
                Height=20,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        image.Filter = Name.DCTDecode
        if decode_parms:
            image.DecodeParms = Array()
        name = pdf.pages[0].add_resource(image, Name.XObject)
        pdf.pages[0].contents_add(f"q 90 0 0 90 72 300 cm {name} Do Q".encode())

    return change


def test_a_page_that_changes_on_save_still_verifies(tmp_path) -> None:
    """An empty list of parameters does not outlive the writing; the digest is to be that of what is written."""
    out = bundle_of(tmp_path, {"paper.pdf": changed(letter(*SIX), picture(decode_parms=True))})
    report = verify_bytes(out.read_bytes())
    assert report.verdict is Verdict.VERIFIED, [
        check for check in report.checks if check.verdict is not Verdict.VERIFIED
    ]


def test_pages_that_one_reader_skips_are_all_shown() -> None:
    def change(pdf: Any) -> None:
        kids = list(pdf.Root.Pages.Kids)
        pdf.Root.Pages.Kids = Array([None, *kids])

    content = changed(letter(*SIX), change)
    prepared = made(content)
    words = [
        " ".join(str(word[4]) for mark in page.marks for word in getattr(mark, "words", ())) for page in prepared.pages
    ]
    if prepared.how == "rendered":
        assert [f"page {number}" in said for number, said in enumerate(words, start=1)] == [True] * 3, words
    else:
        assert len(prepared.placed) == 3


def test_a_trim_box_hides_nothing() -> None:
    def change(pdf: Any) -> None:
        pdf.pages[0].obj.TrimBox = Array([0, 0, 60, 60])

    prepared = made(changed(letter(*SIX), change))
    assert prepared.how == "placed"
    assert prepared.placed[0].area[3] > 500, "only the trimmed corner of the page is shown"


def test_a_crop_box_beyond_the_page_shrinks_nothing() -> None:
    def change(pdf: Any) -> None:
        pdf.pages[0].obj.CropBox = Array([-90000, -90000, 90000, 90000])

    assert made(changed(letter(*SIX), change)).placed[0].area[3] > 500


@pytest.mark.parametrize("unit", [0, -1, 2, 75000])
def test_a_page_with_a_user_unit_is_shown_as_a_picture(unit: int) -> None:
    def change(pdf: Any) -> None:
        pdf.pages[0].obj.UserUnit = unit

    assert made(changed(letter(*SIX), change)).how in {"rendered", "slip"}


def test_a_form_xobject_that_repeats_a_million_times_is_refused() -> None:
    def change(pdf: Any) -> None:
        form = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(6):
            resources = Dictionary(XObject=Dictionary(F=form))
            form = pdf.make_stream(
                b"/F Do " * 30, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=resources
            )
        pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
        pdf.pages[0].contents_add(b"/F Do")

    prepared = made(changed(letter(*SIX), change))
    assert prepared.how == "slip"
    assert "more than a reader can draw" in prepared.remark


@pytest.mark.parametrize("layers", [1, 2])
def test_a_decompression_bomb_is_refused(layers: int) -> None:
    def change(pdf: Any) -> None:
        content = zlib.compress(b" " * (40 * 1024 * 1024), 9)
        if layers == 2:
            content = zlib.compress(content, 9)
        stream = pdf.make_stream(b"")
        stream.write(content, filter=Array([Name.FlateDecode] * layers))
        pdf.pages[0].obj.Contents = stream

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(*SIX))) as pdf:
        change(pdf)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    prepared = made(out.getvalue())
    assert prepared.how == "slip"
    assert "more than a reader can draw" in prepared.remark


def test_deeply_nested_marked_content_is_refused() -> None:
    def change(pdf: Any) -> None:
        pdf.pages[0].contents_add(b"/P BMC " * 60_000)

    assert made(changed(letter(*SIX), change)).how == "slip"


def test_one_page_without_a_size_hides_no_other() -> None:
    def change(pdf: Any) -> None:
        pdf.pages[1].obj.MediaBox = Array([0, 0, 0, 0])

    prepared = made(changed(letter(*SIX), change))
    assert len(prepared.pages) == 3
    assert prepared.how == "rendered"


@pytest.mark.parametrize("sort", ["TIFF", "WEBP", "PNG", "GIF", "JPEG"])
def test_every_picture_format_is_shown(sort: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(buffer, sort)
    assert made(buffer.getvalue(), f"picture.{sort.lower()}").how == "image"


@pytest.mark.parametrize("cut", [12, 60, 130])
def test_a_damaged_picture_is_refused_by_name(cut: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(buffer, "TIFF")
    content = bytearray(buffer.getvalue())
    content[4:8] = (len(content) - cut).to_bytes(4, "little")
    prepared = made(bytes(content), "picture.tif")
    assert prepared.how in {"slip", "image"}


def test_a_tounicode_map_with_ranges_and_lists_is_read_by_every_reader() -> None:
    """Whatever way a font says what its glyphs stand for, the page that is placed says the same."""
    from evidence_app.bundle.pdf.tounicode import clean_to_unicode

    source = (
        b"1 begincodespacerange <00> <ff> endcodespacerange\n2 beginbfrange\n<21><23><0041>\n<24> <25> [<0058> <00590059>]\n"
        b"endbfrange\n1 beginbfchar <30><0000> endbfchar"
    )
    with pikepdf.new() as pdf:
        font = Dictionary(ToUnicode=pdf.make_stream(source))
        clean_to_unicode(font)
        written = font.ToUnicode.read_bytes()
    for line in (b"<21> <0041>", b"<23> <0043>", b"<24> <0058>", b"<25> <00590059>", b"<30> <FFFD>"):
        assert line in written, f"{line!r} is not in the map"


def test_characters_beyond_the_basic_plane_are_read_out_as_they_are_shown(tmp_path: Path) -> None:
    letters = "\U00010400\U00010428\U0001044d"
    out = bundle_of(tmp_path, {"note.txt": f"The name is {letters} there.".encode()})
    assert any(letters in text for text in page_texts(out)), "what is shown is read out as other letters"


def test_words_outside_the_visible_area_are_not_in_the_text_layer() -> None:
    def change(pdf: Any) -> None:
        pdf.pages[0].obj.CropBox = Array([0, 0, 595, 400])
        pdf.pages[0].obj.UserUnit = 2  # so that it is shown as a picture

    prepared = made(changed(letter(*SIX), change))
    words = [word[4] for page in prepared.pages[:1] for mark in page.marks for word in getattr(mark, "words", ())]
    assert "page" not in words, "what the crop box hides can be read out"
    assert pypdfium2.PdfDocument(letter(*SIX))[0].get_textpage().get_text_range().startswith("This is page")


def with_widths_of_its_own(pdf: Any) -> None:
    """The second page's font says that its letters are wider than they are."""
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(pdf.pages[1].obj.Resources.Font)))
    for name, font in list(resources.Font.items()):
        wrong = Dictionary(font)
        wrong.Widths = Array([int(width) + 200 for width in font.Widths])
        resources.Font[name] = pdf.make_indirect(wrong)
    pdf.pages[1].obj.Resources = resources


def test_a_misleading_font_is_made_anew_and_the_page_passes_both_validators(tmp_path) -> None:
    """One judge looks at the file's structure, the other into its fonts."""
    content = changed(letter(*SIX), with_widths_of_its_own)
    prepared = made(content)
    assert (prepared.how, sorted(prepared.placed)) == ("placed", [0, 1, 2])
    path = bundle_of(tmp_path, {"paper.pdf": content})
    for profile in ("3b", "ua1"):
        assert page_validation.validate_pdf(path, profile=profile).is_compliant


def that_must_be_guessed(pdf: Any) -> None:
    """The second page's font says that it is no symbol font, and is one: which letter is shown depends on who shows it."""
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(pdf.pages[1].obj.Resources.Font)))
    for name, font in list(resources.Font.items()):
        wrong, descriptor = Dictionary(font), Dictionary(font.FontDescriptor)
        descriptor.Flags, wrong.Encoding = 32, Name.WinAnsiEncoding
        wrong.FontDescriptor = pdf.make_indirect(descriptor)
        resources.Font[name] = pdf.make_indirect(wrong)
    pdf.pages[1].obj.Resources = resources


def test_a_font_that_must_be_guessed_is_made_anew_as_it_is_drawn(tmp_path) -> None:
    content = changed(letter(*SIX), that_must_be_guessed)
    assert sorted(made(content).placed) == [0, 1, 2]
    path = bundle_of(tmp_path, {"paper.pdf": content})
    for profile in ("3b", "ua1"):
        assert page_validation.validate_pdf(path, profile=profile).is_compliant


def with_a_program_that_cannot_be_read(pdf: Any) -> None:
    that_must_be_guessed(pdf)
    for font in pdf.pages[1].obj.Resources.Font.values():
        program = font.FontDescriptor.FontFile2.read_bytes()
        descriptor = Dictionary(font.FontDescriptor)
        descriptor.FontFile2 = pdf.make_stream(program.replace(b"glyf", b"glyx", 1))
        font.FontDescriptor = pdf.make_indirect(descriptor)


def test_a_page_whose_font_cannot_be_made_anew_is_a_picture() -> None:
    prepared = made(changed(letter(*SIX), with_a_program_that_cannot_be_read))
    assert (prepared.how, sorted(prepared.placed)) == ("rendered", [0, 2])


def test_a_bundle_is_an_exhibit_like_others(tmp_path) -> None:
    """Its signature's field shows nothing, and stays behind."""
    content = bundle_of(tmp_path, {"paper.pdf": letter(*SIX)}).read_bytes()
    prepared = made(content)
    assert (prepared.how, prepared.remark) == ("placed", "")
    assert len(prepared.placed) == prepared.count > 3


def test_a_file_is_validated_once() -> None:
    asked: list[object] = []
    document, judge = pikepdf.open(io.BytesIO(letter(*SIX))), PdfaValidator()
    assert not prepared_for_placing(document).why
    for _ in range(2):
        assert judge.pages_that_keep_it(document, b"digest", [0, 1, 2], lambda: asked.append(1)) == {0, 1, 2}
    assert len(asked) == 1


def in_jpeg_2000() -> pikepdf.Pdf:
    """A page with a picture that the second validator takes, and pikepdf's check never does."""
    content = io.BytesIO()
    Image.new("RGB", (40, 40), (9, 90, 200)).save(content, "JPEG2000")
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 300))
    page = document.pages[0]
    picture = document.make_stream(content.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=40)
    picture.Filter, picture.ColorSpace, picture.BitsPerComponent = Name.JPXDecode, Name.DeviceRGB, 8
    page.Resources = Dictionary(XObject=Dictionary(P=picture))
    page.Contents = document.make_stream(b"q 100 0 0 100 50 50 cm /P Do Q")
    return document


def test_both_validators_must_say_yes_and_the_slower_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    check = assembly.require_archivable
    monkeypatch.setattr(assembly, "require_archivable", lambda content: (asked.append(content), check(content)))
    assert PdfaValidator().pages_that_keep_it(in_jpeg_2000(), b"one", [0], lambda: None) == frozenset()
    assert len(asked) == 1, "pikepdf's check alone refuses this page"
    unknown = pikepdf.new()
    unknown.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    unknown.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    unknown.pages[0].Contents = unknown.make_stream(b"BT /F 12 Tf 50 50 Td (seen) Tj ET")
    assert PdfaValidator().pages_that_keep_it(unknown, b"other", [0], lambda: None) == frozenset()
    assert len(asked) == 1, "pikepdf's check looked at a page that was refused already"


def test_a_check_that_broke_off_is_no_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(300, 300))
    content = assembly.alone(blank, [Placement(0, AREA, Element("P"))])
    assembly.require_archivable(content)

    def break_off(_: object) -> None:
        raise TypeError("as if the check had a fault")

    # It reports its own faults as something that it does not support.
    monkeypatch.setattr("pikepdf.pdfa._engine.check_document", break_off)
    with pytest.raises(assembly.NotArchivable, match="pikepdf:internal"):
        assembly.require_archivable(content)


@pytest.mark.parametrize("rule", ["depth", "structure-size", "content-budget", "form-depth", "pattern"])
def test_where_the_check_went_no_further_nobody_else_looked(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(300, 300))
    content = assembly.alone(blank, [Placement(0, AREA, Element("P"))])

    def go_no_further(context: Any) -> None:
        context.report.findings.append(pikepdf.pdfa.Finding(f"pikepdf:{rule}", "page 1", "as if", "unsupported"))

    monkeypatch.setattr("pikepdf.pdfa._engine.check_document", go_no_further)
    if rule == "pattern":
        # Patterns are what the second validator is there for.
        assembly.require_archivable(content)
        return
    with pytest.raises(assembly.NotArchivable, match=rule):
        assembly.require_archivable(content)


def test_validating_a_long_file_can_be_cancelled() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        made(letter(*SIX), tick=stop)
