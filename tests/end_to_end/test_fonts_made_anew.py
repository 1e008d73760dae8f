"""Foreign PDFs whose fonts have faults that readers overlook stay PDFs: the font is made anew, and the page looks as it did (decision 28)."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from evidence_app.bundle.exhibits.mending.font_programs import font_program
from evidence_app.documents.inks.profile import profile
from evidence_app.files import resource
from evidence_app.services.core.session import Session
from tests.end_to_end.test_mended_pdfs import changed, fonts_in, in_font, shown
from tests.support.bundles import all_words, manifest_in
from tests.support.sample_documents import letter

WORDS = "a copper lantern came to the office"


def the_font(pdf: pikepdf.Pdf) -> Any:
    """Return the font of a letter, which reportlab embeds as a simple TrueType subset."""
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def with_other_widths(pdf: pikepdf.Pdf) -> None:
    font = the_font(pdf)
    font.Widths = Array([float(width) + 30 for width in font.Widths])


def with_an_encoding_that_is_not_looked_at(pdf: pikepdf.Pdf) -> None:
    font = the_font(pdf)
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([0, Name("/strange1"), Name("/strange2")]))


def with_a_map_of_nonsense(pdf: pikepdf.Pdf) -> None:
    the_font(pdf).ToUnicode = pdf.make_stream(b"1 beginbfchar <0> <> endbfchar what")


def with_a_named_map(pdf: pikepdf.Pdf) -> None:
    the_font(pdf).ToUnicode = Name("/Identity-H")


def with_printing_inks(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0 1 1 0 k 72 72 100 100 re f 0.5 0 0 0 k 200 72 100 100 re f Q"))


def with_inks_printed_over_each_other(pdf: pikepdf.Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 1, 1, 0], C1=[1, 0, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 100, 0], Function=function)
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=pdf.make_indirect(shading))
    resources = pdf.pages[0].obj.Resources
    resources.Pattern = Dictionary(P0=pdf.make_indirect(pattern))
    resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1))
    pdf.pages[0].contents_add(
        pdf.make_stream(b"q /G0 gs 0 1 1 0 k 200 72 50 50 re f /Pattern cs /P0 scn 72 72 100 100 re f Q")
    )


def with_ends_that_end_nothing(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"Q Q ET 1 strange /Nowhere Do q"))


def with_curves_of_a_printing_machine(pdf: pikepdf.Pdf) -> None:
    state = Dictionary(Type=Name.ExtGState, TR=Name.Identity, TR2=Name.Default)
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G0=pdf.make_indirect(state))
    pdf.pages[0].contents_add(pdf.make_stream(b"/G0 gs"), prepend=True)


def with_a_picture_in_jpeg_2000(pdf: pikepdf.Pdf) -> None:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, "JPEG2000")
    picture = pdf.make_stream(buffer.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256)
    picture.Filter, picture.ColorSpace, picture.BitsPerComponent = Name.JPXDecode, Name.DeviceRGB, 8
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=picture)
    pdf.pages[0].contents_add(pdf.make_stream(b"q 100 0 0 100 72 72 cm /Im0 Do Q"))


FAULTS: list[Callable[[pikepdf.Pdf], None]] = [
    with_other_widths,
    with_an_encoding_that_is_not_looked_at,
    with_a_map_of_nonsense,
    with_a_named_map,
    with_printing_inks,
    with_inks_printed_over_each_other,
    with_ends_that_end_nothing,
    with_curves_of_a_printing_machine,
    with_a_picture_in_jpeg_2000,
]


def drawn(content: Any, number: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    try:
        return document[number].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_page_whose_fault_no_reader_sees_stays_a_page(fault: Any, session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    exhibit = shown(session, out, changed(fault))
    assert exhibit["shown_as"] == "placed"
    assert WORDS in all_words(out)
    with pikepdf.open(out) as made:
        assert not [
            each
            for each in made.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image" and int(each.Width) > 400
        ], "no page is a picture"


def test_the_colours_of_inks_are_those_that_the_original_shows(session: Session, tmp_path: Path) -> None:
    out, content = tmp_path / "out.pdf", changed(with_printing_inks)
    first = shown(session, out, content)["first_page"]
    before, after = (
        {colour for count, colour in picture.getcolors(1 << 24) or () if count > 2_000 and colour != (255, 255, 255)}
        for picture in (drawn(content), drawn(out, first - 1))
    )
    assert len(before) == 2
    for colour in before:
        assert any(max(abs(one - other) for one, other in zip(colour, each, strict=True)) < 16 for each in after), (
            colour
        )


def test_inks_are_named_nowhere_without_their_profile_and_not_printed_over_each_other(
    session: Session, tmp_path: Path
) -> None:
    """As veraPDF asks: a shading is not looked up in the resources of its page, and OPM is forbidden beside a profile of inks."""
    out = tmp_path / "out.pdf"
    assert shown(session, out, changed(with_inks_printed_over_each_other))["shown_as"] == "placed"
    with pikepdf.open(out) as made:
        owners = [each for each in made.objects if isinstance(each, Dictionary | pikepdf.Stream)]
        assert not [each for each in owners if "/OPM" in each]
        assert not [each for each in owners if each.get("/ColorSpace") == Name.DeviceCMYK]


def test_a_code_without_a_drawing_gets_an_empty_one(session: Session, tmp_path: Path) -> None:
    def with_a_space_that_is_not_drawn(pdf: pikepdf.Pdf) -> None:
        letters_drawn_as_pictures(pdf)
        pdf.pages[0].contents_add(pdf.make_stream(b"BT /Q0 40 Tf 72 200 Td (A!B) Tj ET"))

    out = tmp_path / "out.pdf"
    assert shown(session, out, changed(with_a_space_that_is_not_drawn))["shown_as"] == "placed"
    with pikepdf.open(out) as made:
        (font,) = [each for each in made.objects if isinstance(each, Dictionary) and each.get("/Subtype") == "/Type3"]
        names = [str(each) for each in font.Encoding.Differences if isinstance(each, Name)]
        assert "/nothing33" in names
        assert {*names} <= {*font.CharProcs.keys()}


def test_the_profile_of_inks_is_one() -> None:
    from PIL import ImageCms

    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    transform = ImageCms.buildTransform(
        opened, ImageCms.createProfile("sRGB"), "CMYK", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    for inks, colour in (
        ((0, 0, 0, 0), (255, 255, 255)),
        ((0, 255, 255, 0), (237, 28, 36)),
        ((255, 0, 0, 0), (0, 174, 239)),
        ((0, 255, 0, 0), (236, 0, 140)),
        ((0, 0, 255, 0), (255, 242, 0)),
        ((0, 0, 0, 255), (35, 31, 32)),
    ):
        pixel = Image.new("CMYK", (1, 1), inks)
        assert ImageCms.applyTransform(pixel, transform).getpixel((0, 0)) == pytest.approx(colour, abs=2)


def test_ticks_and_greek_letters_of_fonts_that_every_reader_has_are_put_in(session: Session, tmp_path: Path) -> None:
    """The tick of a filled form is the digit 4 of a font that no file holds."""
    out = tmp_path / "out.pdf"
    assert shown(session, out, in_font("ZapfDingbats", "\u2714"))["shown_as"] == "placed"
    words = all_words(out)
    assert "\u2714" in words
    assert "ZapfDingbats by NotoSansSymbols2" in words


def test_greek_letters_stay_greek(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert shown(session, out, in_font("Symbol", "αβχ"))["shown_as"] == "placed"
    assert "αβχ" in all_words(out)


def letters_drawn_as_pictures(pdf: pikepdf.Pdf) -> None:
    """A Type 3 font without any names: nobody knows which letter its one sign is."""
    glyph = pdf.make_stream(b"600 0 0 0 600 700 d1 0 0 500 700 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 600, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(g1=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, *[Name("/g1")] * 8])),
        FirstChar=65,
        LastChar=72,
        Widths=Array([600] * 8),
        Resources=Dictionary(),
    )
    pdf.pages[0].obj.Resources.Font["/Q0"] = pdf.make_indirect(font)
    pdf.pages[0].contents_add(pdf.make_stream(b"BT /Q0 40 Tf 72 300 Td (ABCDEFGH) Tj ET"))


def test_a_page_with_letters_that_nobody_knows_is_a_figure_with_its_words_behind_it(
    session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    assert shown(session, out, changed(letters_drawn_as_pictures))["shown_as"] == "placed"
    assert WORDS in all_words(out)
    with pikepdf.open(out) as made:
        tags = [
            str(each.get("/Alt", ""))
            for each in made.objects
            if isinstance(each, Dictionary) and each.get("/S") == "/Figure"
        ]
    assert any("without words that can be read out" in each for each in tags)


def with_program(kind: str, subtype: str | None, program: bytes) -> bytes:
    """Return a page of the letters A and B in an embedded program of one kind, with widths that are not the program's."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    stream = pdf.make_stream(program)
    if subtype:
        stream.Subtype = Name("/" + subtype)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/ABCDEF+Other"),
        Flags=32,
        FontBBox=Array([0, -250, 1000, 1000]),
        ItalicAngle=0,
        Ascent=900,
        Descent=-200,
        CapHeight=700,
        StemV=80,
    )
    descriptor[kind] = stream
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/ABCDEF+Other"),
        FirstChar=65,
        LastChar=66,
        Widths=Array([990, 880]),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F0=pdf.make_indirect(font)))
    pdf.pages[0].contents_add(pdf.make_stream(b"BT /F0 60 Tf 72 500 Td (ABBA) Tj ET"))
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def compact_program() -> bytes:
    """Return a bare CFF program with the letters A and B, a triangle and a square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    strings = {}
    for name, points in (
        (".notdef", []),
        ("A", [(0, 0), (300, 700), (600, 0)]),
        ("B", [(0, 0), (0, 500), (500, 500), (500, 0)]),
    ):
        pen = T2CharStringPen(600, None)
        if points:
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Other", {}, strings, {})
    buffer = io.BytesIO()
    builder.font["CFF "].cff.compile(buffer, builder.font)
    return buffer.getvalue()


def type1_program() -> bytes:
    """Return a Type 1 program with the same two letters (Adobe Type 1 Font Format, 2 and 7)."""
    from fontTools.misc import eexec
    from fontTools.misc.psCharStrings import T1CharString

    def charstring(*program: Any) -> bytes:
        made = T1CharString(program=[0, 600, "hsbw", *program, "endchar"])
        made.compile()
        return bytes(eexec.encrypt(b"\0\0\0\0" + made.bytecode, 4_330)[0])

    glyphs = {
        ".notdef": charstring(),
        "A": charstring(0, 0, "rmoveto", 300, 700, "rlineto", 300, -700, "rlineto", "closepath"),
        "B": charstring(0, 0, "rmoveto", 500, "vlineto", 500, "hlineto", -500, "vlineto", "closepath"),
    }
    private = (
        b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def /lenIV 4 def\n"
    )
    private += b"/ND {def} def /NP {put} def /BlueValues [] def /password 5839 def /Subrs 0 array ND\n2 index /CharStrings 3 dict dup begin\n"
    private += b"".join(b"/%s %d RD %s ND\n" % (name.encode(), len(each), each) for name, each in glyphs.items())
    private += b"end end readonly put noaccess put dup /FontName get exch definefont pop mark currentfile closefile\n"
    head = b"%!PS-AdobeFont-1.0: Other\n12 dict begin /FontName /Other def /FontType 1 def /PaintType 0 def\n"
    head += b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def /Encoding StandardEncoding def /FontBBox {0 -250 1000 1000} readonly def\n"
    return head + b"currentdict end currentfile eexec\n" + bytes(eexec.encrypt(b"\0\0\0\0" + private, 55_665)[0])


PROGRAMS = {
    "CFF": lambda: with_program("/FontFile3", "Type1C", compact_program()),
    "CFF under the wrong key": lambda: with_program("/FontFile", None, compact_program()),
    "Type 1": lambda: with_program("/FontFile", None, type1_program()),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_of_every_kind_are_made_anew_and_look_as_they_did(name: str, session: Session, tmp_path: Path) -> None:
    out, content = tmp_path / "out.pdf", PROGRAMS[name]()
    exhibit = shown(session, out, content)
    assert exhibit["shown_as"] == "placed"
    assert "ABBA" in all_words(out)
    assert "/REMADE+Other" in fonts_in(out)
    before = drawn(content).getbbox() and ImageChops.invert(drawn(content).convert("L")).getbbox()
    page = ImageChops.invert(drawn(out, manifest_in(out)["exhibits"][0]["first_page"] - 1).convert("L"))
    after = page.crop((0, 100, page.width, 700)).getbbox()
    assert before is not None
    assert after is not None
    # The exhibit stands smaller on its page; its form is the same.
    form = [(box[2] - box[0]) / (box[3] - box[1]) for box in (before, after)]
    assert form[0] == pytest.approx(form[1], rel=0.05)


@given(st.sampled_from(["NotoSans-Regular.ttf", "cff", "type1"]), st.floats(0, 1), st.integers(0, 255), st.booleans())
def test_a_damaged_program_is_read_or_not_and_nothing_else(name: str, place: float, octet: int, cut: bool) -> None:
    whole = {"cff": compact_program, "type1": type1_program}.get(
        name, lambda: resource(f"fonts/{name}").read_bytes()[:60_000]
    )()
    at = int(place * (len(whole) - 1))
    damaged = whole[:at] + (b"" if cut else bytes([octet]) + whole[at + 1 :])
    pdf = pikepdf.new()
    program = font_program(Dictionary(FontFile=pdf.make_stream(damaged)))
    assert program is None or program.scale == program.scale


def test_a_whole_letter_keeps_its_own_font(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert shown(session, out, letter([WORDS]))["shown_as"] == "placed"
    assert not [each for each in fonts_in(out) if each.startswith("/REMADE")]
