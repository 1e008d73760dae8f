"""Sample files from other programs: each becomes pages or a slip with the reason in a bundle that verifies."""

import hashlib
from pathlib import Path

import pikepdf
import pytest

from evidence_app.documents.pdf.attachments import files_in_pdf
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import page_texts

ACTIVE = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/GoToR", "/URI")


def test_every_sample_is_an_exhibit(foreign: Path, samples: Path) -> None:
    report = verify_file(foreign)
    assert report.verdict is Verdict.VERIFIED, [c for c in report.checks if c.verdict is not Verdict.VERIFIED]
    exhibits = {exhibit["sha256"]: exhibit for exhibit in manifest_of(foreign)["exhibits"]}
    for path in sorted((samples / "pdf").glob("*.pdf")):
        exhibit = exhibits.get(hashlib.sha256(path.read_bytes()).hexdigest())
        assert exhibit is not None, f"{path.name} is in no exhibit"
        with pikepdf.open(foreign) as pdf:
            embedded = pdf.attachments[exhibit["file"]].get_file().read_bytes()
        assert embedded == path.read_bytes(), f"{path.name} is not embedded byte for byte"


def test_samples_that_can_be_read_are_shown_page_by_page(foreign: Path, samples: Path) -> None:
    exhibits = {exhibit["sha256"]: exhibit for exhibit in manifest_of(foreign)["exhibits"]}
    for path in sorted((samples / "pdf").glob("*.pdf")):
        exhibit = exhibits[hashlib.sha256(path.read_bytes()).hexdigest()]
        try:
            with pikepdf.open(path) as pdf:
                pages = len(pdf.pages)
        except pikepdf.PasswordError:
            assert (exhibit["shown_as"], exhibit["pages"]) == ("slip", 1)
            assert "password" in page_texts(foreign)[exhibit["first_page"] - 1]
            continue
        assert exhibit["shown_as"] in {"placed", "rendered"}, f"{path.name} is shown as {exhibit['shown_as']}"
        pages += len(files_in_pdf(path.read_bytes()))
        assert exhibit["pages"] == pages, (
            f"{path.name} has {pages} pages with the files in it and {exhibit['pages']} are shown"
        )


def test_active_content_of_an_exhibit_is_removed(foreign: Path) -> None:
    with pikepdf.open(foreign) as pdf:
        found = {
            name
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
            for name in ACTIVE
            if name in each or each.get("/S") == name
        }
    assert not found, f"active content in the bundle: {found}"


@pytest.mark.parametrize("name", ["page.txt", "scan.png", "broken.pdf", "letter.docx", "empty.txt"])
def test_other_files_are_shown_or_say_why_not(name: str, odd: Path) -> None:
    texts = page_texts(odd)
    manifest = manifest_of(odd)
    listed = {line for text in texts for line in text.splitlines() if name in line}
    assert listed, f"{name} is nowhere in the bundle"
    assert verify_file(odd).verdict is Verdict.VERIFIED
    shown = {exhibit["shown_as"] for exhibit in manifest["exhibits"]}
    assert shown == {"text", "image", "slip"}
