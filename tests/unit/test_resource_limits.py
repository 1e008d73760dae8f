"""What a page of an exhibit may cost a reader: decoded bytes and nested marks, each measured before anything is decoded."""

import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evidence_app.documents import resource_limits
from evidence_app.documents.resource_limits import MAX_NESTED, ResourceLimitExceeded, require_within_limits

OVER = b" " * (resource_limits.MAX_CONTENT + 1)
LINES = b"".join(b"%d %d m %d 7 l S\n" % (n, n * 7 % 500, n * 3 % 300) for n in range(20_000))


def lzw(plain: bytes, *, early: bool = True) -> bytes:
    """Encode as ISO 32000-1, 7.4.4.2 says, with codes that widen one code early or not."""
    codes: dict[bytes, int] = {}
    bits = [f"{256:09b}"]
    width, string = 9, b""
    for place in range(len(plain)):
        longer = string + plain[place : place + 1]
        if len(longer) == 1 or longer in codes:
            string = longer
            continue
        bits.append(f"{codes.get(string, string[0]):0{width}b}")
        codes[longer] = 258 + len(codes)
        string = longer[-1:]
        # The decoder's table is one entry behind the encoder's.
        width = max(9, (257 + len(codes) + early).bit_length())
        if len(codes) == 4_096 - 258 - 2:
            bits.append(f"{256:0{width}b}")
            codes, width = {}, 9
    bits.append(f"{codes.get(string, string[0]):0{width}b}")
    bits.append(f"{257:0{width}b}")
    joined = "".join(bits)
    return int(joined.ljust(-(-len(joined) // 8) * 8, "0"), 2).to_bytes(-(-len(joined) // 8), "big")


def measure(content: bytes, *filters: str, change: Callable[[pikepdf.Pdf], None] | None = None, **keys: object) -> None:
    """Require that a page with this content stream is drawable."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(content, **keys)
        if filters:
            stream.Filter = Array([Name(name) for name in filters]) if len(filters) > 1 else Name(filters[0])
        pdf.pages[0].obj.Contents = stream
        if change is not None:
            change(pdf)
        require_within_limits(pdf.pages)


@pytest.fixture
def never_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a stream with deflated data is decoded whole: the refusal would come too late."""
    read_bytes = pikepdf.Object.read_bytes

    def watched(stream: pikepdf.Object, *words: object) -> bytes:
        filters = [str(name) for name in stream.Filter] if "/Filter" in stream else []
        assert not {"/FlateDecode", "/Fl"} & set(filters), "it was decoded before it was measured"
        return read_bytes(stream, *words)

    monkeypatch.setattr(pikepdf.Object, "read_bytes", watched)


HEX = [("/ASCIIHexDecode", "/FlateDecode"), ("/AHx", "/Fl")]


@pytest.mark.parametrize("filters", HEX)
def test_deflate_below_an_encoding_is_shown_if_it_is_short(filters: tuple[str, ...]) -> None:
    measure(zlib.compress(LINES).hex().encode() + b">", *filters)


@pytest.mark.usefixtures("never_inflated")
@pytest.mark.parametrize("filters", HEX)
def test_deflate_below_an_encoding_is_refused_before_it_is_decoded(filters: tuple[str, ...]) -> None:
    with pytest.raises(ResourceLimitExceeded):
        measure(zlib.compress(OVER, 9).hex().encode() + b">", *filters)


@pytest.mark.parametrize("early", [True, False])
def test_lzw_is_measured_by_what_it_stands_for(early: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    packed, keys = lzw(LINES, early=early), {} if early else {"DecodeParms": Dictionary(EarlyChange=0)}
    with pikepdf.new() as pdf:
        # The encoder above is held to the library's decoder, so that the lengths are those of a real reader.
        assert pdf.make_stream(packed, Filter=Name.LZWDecode, **keys).read_bytes() == LINES
    measure(packed, "/LZWDecode", **keys)
    monkeypatch.setattr(resource_limits, "MAX_CONTENT", len(LINES))
    measure(packed, "/LZWDecode", **keys)
    monkeypatch.setattr(resource_limits, "MAX_CONTENT", len(LINES) - 1)
    with pytest.raises(ResourceLimitExceeded):
        measure(packed, "/LZWDecode", **keys)


def test_a_chain_that_cannot_be_measured_is_refused_when_it_might_be_too_long() -> None:
    once = zlib.compress(b"0 0 m 10 10 l S", 9)
    measure(zlib.compress(once, 9), "/FlateDecode", "/FlateDecode")


@pytest.mark.usefixtures("never_inflated")
def test_a_chain_that_cannot_be_measured_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ResourceLimitExceeded):
        measure(zlib.compress(zlib.compress(OVER, 9), 9), "/FlateDecode", "/FlateDecode")


def test_an_end_of_marked_content_within_a_string_ends_nothing() -> None:
    measure(b"/P BMC (EMC) Tj EMC " * (MAX_NESTED + 1))
    with pytest.raises(ResourceLimitExceeded):
        measure(b"/P BMC (EMC) Tj " * (MAX_NESTED + 1))


def test_marks_nested_within_a_form_are_counted() -> None:
    def draw(marks: bytes) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            form = pdf.make_stream(marks, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
            pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Marks=form))

        return change

    measure(b"/Marks Do", change=draw(b"/P BMC EMC " * (MAX_NESTED + 1)))
    with pytest.raises(ResourceLimitExceeded):
        measure(b"/Marks Do", change=draw(b"/P BMC " * (MAX_NESTED + 1)))
