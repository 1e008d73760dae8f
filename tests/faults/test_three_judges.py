"""The program and the verifier for browsers on systematically altered copies of a bundle: item by item the same."""

from pathlib import Path

import pytest

from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import stores, third_verifier
from tests.support.altered_copies import altered_copies
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
