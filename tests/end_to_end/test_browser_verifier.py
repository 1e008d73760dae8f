"""The verifier for browsers, as a person meets it: opened from disk in Chromium, without a network (docs/decisions/0038)."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.reading import choose
from evidence_app.services.records.receipt_files import write_receipt
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import stores, third_verifier
from tests.support.bundles import CASE, concern, seal_with

DRIVER = Path(__file__).parents[2] / "verifier" / "test" / "browser.mjs"
SAID = "Monthly is unsafe for X000412 at the moment."

Drive = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def drive() -> Drive:
    third_verifier.require_built()
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium to open the page in")

    def run(*files: Path, **wish: object) -> dict[str, Any]:
        words = json.dumps({"files": [str(file) for file in files], **wish})
        command = [str(shutil.which("node")), str(DRIVER), chromium, str(third_verifier.PAGE), words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=DRIVER.parents[1])
        assert done.returncode == 0, done.stderr[-2000:]
        found: dict[str, Any] = json.loads(done.stdout)
        assert found["complaints"] == [], "the page or its policy complains"
        assert len(found["requests"]) == 1, "the page asks for something besides itself"
        return found

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle, and two receipts of its log."""
    made = tmp_path_factory.mktemp("browser")
    stores.make_store(made / "store")
    with stores.open_fast(made / "store") as session:
        seal_with(session, concern(SAID))
        write_receipt(session, 1, made / "early.tlog-proof")
        seal_with(session, concern("Still."))
        write_receipt(session, 1, made / "receipt.tlog-proof")
        export(session, "officer", made / "bundle.pdf", choose(case_ref=CASE))
    return made


def test_a_bundle_is_judged_as_by_the_program_and_its_words_stand_beside_its_page(drive: Drive, folder: Path) -> None:
    found = drive(folder / "bundle.pdf", record=1, audit=True)
    report = verify_bytes((folder / "bundle.pdf").read_bytes())
    assert (found["verdict"], int(found["items"])) == (report.verdict.value, len(report.checks))
    assert SAID in found["record"], "the words as they were sealed"
    assert "bears the record's code" in found["pageWords"]
    assert SAID in " ".join(found["pageText"].split()), "the page beside them shows the same"
    assert found["violations"] == [], "WCAG 2.2 AA"
    (fingerprint,) = {note.split()[1].rstrip(":") for note in report.notes if note.startswith("Log ")}
    assert fingerprint in found["sentences"][0], "no verdict without the fingerprint to compare"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_theme_and_both_languages_are_accessible(drive: Drive, folder: Path, dark: bool) -> None:
    found = drive(folder / "bundle.pdf", record=0, audit=True, dark=dark, language="cy")
    assert found["violations"] == []
    assert "Wedi’i wirio" in found["text"]
    assert "was signed" not in found["sentences"][0], "half a sentence is English"


def test_what_was_put_on_a_page_is_named_and_the_evidence_called_as_it_was(
    drive: Drive, folder: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "marked.pdf"
    with pikepdf.open(folder / "bundle.pdf") as pdf:
        mark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, Rect=[50, 50, 200, 80], QuadPoints=[0] * 8
        )
        pdf.pages[1].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(mark)]))
        pdf.save(marked)
    found = drive(marked)
    assert found["verdict"] == "altered"
    assert "highlighting on page 2" in found["sentences"][0]
    assert "Evidence intact" in found["sentences"][0]


def test_receipts_and_two_files_at_once(drive: Drive, folder: Path) -> None:
    found = drive(folder / "receipt.tlog-proof")
    assert (found["verdict"], found["items"]) == ("verified", "2")
    assert "position 1" in found["text"]
    found = drive(folder / "early.tlog-proof", folder / "bundle.pdf")
    assert found["verdict"] == "verified"
    assert "the longer goes on from the shorter" in found["text"]


def test_of_two_bundles_each_record_stands_beside_a_page_of_its_own_file(
    drive: Drive, folder: Path, tmp_path: Path
) -> None:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        seal_with(session, concern("Other words of another log."))
        export(session, "officer", tmp_path / "other.pdf", choose(case_ref=CASE))
    with pikepdf.open(tmp_path / "other.pdf") as pdf:
        # Its first page is not opened to be compared: the pages that are open are still those of the first file.
        pdf.pages[0].contents_add(b"q Q")
        pdf.save(tmp_path / "altered.pdf")
    shown = len(third_verifier.report_on((folder / "bundle.pdf").read_bytes())["records"])
    found = drive(folder / "bundle.pdf", tmp_path / "altered.pdf", record=shown + 1)
    assert "Other words of another log." in found["record"]
    assert "Other words of another log." in " ".join(found["pageText"].split()), "the page is of the other file"


def test_bad_files_are_one_sentence(drive: Drive, folder: Path, tmp_path: Path, long_run: bool) -> None:
    whole = (folder / "bundle.pdf").read_bytes()
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(folder / "bundle.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    files = (
        ("cut.pdf", whole[: len(whole) // 3]),
        ("letter.txt", b"Dear Sir"),
        ("empty.pdf", b""),
        ("head.pdf", b"%PDF-1.7\n"),
        ("locked.pdf", locked.read_bytes()),
    )
    for name, content in files if long_run else files[::2]:
        (tmp_path / name).write_bytes(content)
        found = drive(tmp_path / name)
        assert found["verdict"] == verify_bytes(content).verdict.value, name
        said = "No page is as it was drawn" if name == "cut.pdf" else "Nothing shows whether it was altered"
        assert said in found["sentences"][0], name
        assert said in verify_bytes(content).conclusion or name in {"letter.txt", "empty.pdf"}, name
    found = drive(*(folder / name for name in ("bundle.pdf", "early.tlog-proof", "receipt.tlog-proof")))
    assert (found["refused"], found.get("verdict")) == ("yes", None)
    assert "3 were dropped" in found["said"]


def test_a_browser_without_scripts_or_without_its_cryptography(drive: Drive, folder: Path) -> None:
    assert "needs scripts" in drive(scripts=False)["text"]
    found = drive(folder / "bundle.pdf", without="subtle")
    assert found["verdict"] == "verified", "the library takes the place of what the browser lacks"


def test_it_prints_one_page(drive: Drive, folder: Path, tmp_path: Path) -> None:
    drive(folder / "bundle.pdf", out=str(tmp_path))
    with pikepdf.open(tmp_path / "printed.pdf") as printed:
        assert len(printed.pages) == 1
