"""A law: whatever objects a page has, the program and the verifier for browsers find the same digest (docs/spec/bundle.md, section 4)."""

import base64
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_app.proof.bundle.page_digests import CircularPage, PageDigester, spelled_number
from tests.support import third_verifier

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(
    lambda text: f"/{text}"
)
NUMBERS = st.one_of(
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-(10**9), max_value=10**9),
    st.booleans(),
)
SCALARS = st.one_of(
    NUMBERS, NAMES.map(lambda name: ("name", name)), st.binary(max_size=30).map(lambda content: ("string", content))
)
STREAMS = st.tuples(st.just("stream"), st.binary(max_size=60))
OBJECTS = st.recursive(
    SCALARS | STREAMS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def as_pdf(pdf: pikepdf.Pdf, value: Any) -> Any:
    """Return a value as an object of a PDF."""
    if isinstance(value, dict):
        return pikepdf.Dictionary({name: as_pdf(pdf, each) for name, each in value.items()})
    if isinstance(value, list):
        return pikepdf.Array([as_pdf(pdf, each) for each in value])
    if isinstance(value, tuple):
        sort, content = value
        if sort == "name":
            return pikepdf.Name(content)
        return pikepdf.String(content) if sort == "string" else pdf.make_stream(content)
    return value


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    third_verifier.require_built()


@settings(max_examples=60, deadline=None)
@given(resources=st.dictionaries(NAMES, OBJECTS, max_size=5), content=st.binary(max_size=200), compressed=st.booleans())
@example({}, b"", True)
@example({"/A#41": ("name", "/#41")}, b"q Q", True)
@example({"/Half": [Decimal("0.000005"), Decimal("0.000015"), Decimal("-0.000004")]}, b"", False)
@example({"/Large": [2**53 + 1, -(2**63) + 1]}, b"(\\)", False)
def test_both_find_the_same_digest(resources: dict[str, Any], content: bytes, compressed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(200, 100))
            page.obj.Resources = as_pdf(pdf, resources)
            page.obj.Contents = pdf.make_stream(content)
            how = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
            pdf.save(path, compress_streams=compressed, object_stream_mode=how)
        with pikepdf.open(path) as pdf:
            try:
                ours = base64.b64encode(PageDigester().digest(pdf.pages[0])).decode()
            except (CircularPage, pikepdf.PdfError):
                ours = None
        assert third_verifier.ask({"page_digests": str(path)}) == [ours]


def test_equal_numbers_are_judged_by_how_many_digits_each_is_written_with() -> None:
    short, long = Decimal("1E+999"), Decimal("1" + "0" * 999)
    assert short == long
    assert spelled_number(short) == "1" + "0" * 999
    with pytest.raises(CircularPage):
        spelled_number(long)
