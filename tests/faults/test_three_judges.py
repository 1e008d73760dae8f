"""The program and the verifier for browsers on systematically altered copies of a bundle: item by item the same."""

import zlib
from pathlib import Path

import pikepdf
import pytest

from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import stores, third_verifier
from tests.support.altered_copies import Change, altered_copies, root_of, saved, updated
from tests.support.bundles import CASE, concern, seal_with

READ_DIFFERENTLY = frozenset({"a huge number", "encrypted without a password"})
"""Of these the specification says that verifiers may differ (docs/spec/bundle.md, section 4, end)."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    third_verifier.require_built()
    folder = tmp_path_factory.mktemp("altered")
    stores.make_store(folder / "store")
    with stores.open_fast(folder / "store") as session:
        seal_with(session, concern("Monthly is unsafe."))
        export(session, "officer", folder / "bundle.pdf", choose(case_ref=CASE))
    return Path(folder / "bundle.pdf").read_bytes()


# One of the copies has a page of another bundle, without its form: that is what is to be judged.
@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_they_agree_on_altered_copies(bundle: bytes) -> None:
    judged, differ = 0, {}
    for name, content in altered_copies(bundle):
        ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
        # The words of pages are read by the program, and in the browser by the page, not by the judging part.
        ours.pop("printed fingerprint", None)
        theirs = third_verifier.verify(content)
        judged += 1
        if ours != theirs:
            differ[name] = {
                key: (ours.get(key), theirs.get(key))
                for key in ours.keys() | theirs.keys()
                if ours.get(key) != theirs.get(key)
            }
    assert judged >= 120
    unexplained = {name: what for name, what in differ.items() if name not in READ_DIFFERENTLY}
    assert unexplained == {}


def test_a_trailer_with_a_key_twice_can_be_read_in_two_ways(bundle: bytes) -> None:
    twice = updated(bundle, {}, trailer=b"/Root 1 0 R ")
    ours = {check.name: check.verdict.value for check in verify_bytes(twice).checks}
    assert ours["one reading"] == third_verifier.verify(twice)["one reading"] == "altered"


def test_objects_without_end_are_given_up(bundle: bytes) -> None:
    """An object stream of a few thousand bytes holds more than the memory of a browser: it is refused, and nothing hangs."""
    many = zlib.compress(b"9 0 [" + b"1 " * 40_000_000 + b"]", 9)
    stream = (
        b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\n" % len(many) + many + b"\nendstream"
    )
    said = third_verifier.verify(updated(bundle, {root_of(bundle)[1] + 1: stream}))
    assert said["whole file"] == "altered"


def content_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents["/F"] = pikepdf.Array()


def tree_within_another(pdf: pikepdf.Pdf) -> None:
    honest = pdf.Root.Pages
    kids = pikepdf.Array([honest.Kids[0]])
    pdf.Root.Pages = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=kids, Count=1, Parent=honest))


def page_that_is_a_list(pdf: pikepdf.Pdf) -> None:
    pages = pdf.Root.Pages
    inner = pikepdf.Dictionary(Type=pikepdf.Name.Page, Kids=pikepdf.Array([pages.Kids[0]]), Count=1, Parent=pages)
    pages.Kids[0] = pdf.make_indirect(inner)


def popup_that_is_drawn(pdf: pikepdf.Pdf) -> None:
    drawing = pdf.make_stream(b"0 0 9 9 re f", {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form})
    popup = pikepdf.Dictionary(Subtype=pikepdf.Name.Popup, Rect=[0, 0, 9, 9], AP=pikepdf.Dictionary(N=drawing))
    page = pdf.pages[1].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(popup)])


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (content_elsewhere, "one reading"),
        (tree_within_another, "one reading"),
        (page_that_is_a_list, "one reading"),
        (popup_that_is_drawn, "annotations"),
    ],
)
def test_what_readers_draw_in_two_ways_is_not_called_as_it_was_drawn(bundle: bytes, change: Change, item: str) -> None:
    altered = saved(bundle, change)
    ours = {check.name: check.verdict.value for check in verify_bytes(altered).checks}
    assert ours[item] == "altered", "a viewer may draw what nobody signed"
    assert third_verifier.verify(altered) == ours
