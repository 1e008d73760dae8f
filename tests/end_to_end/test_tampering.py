"""Whatever is changed in a bundle, the verifier names the place, and only that place."""

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.bundle.pdf.file_signing import sign_pdf
from evidence_app.crypto.certificate import new_certificate
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.end_to_end.conftest import MANIFEST, manifest_of


def at_fault(report: Report) -> set[str]:
    return {check.name for check in report.checks if check.verdict is not Verdict.VERIFIED}


def detail(report: Report, name: str) -> str:
    return next(check.detail for check in report.checks if check.name == name)


def with_changed_byte(content: bytes, raw: bytes) -> bytes:
    """Change one byte in the middle of a stream as it lies in the file."""
    place = content.index(raw) + len(raw) // 2
    return content[:place] + bytes([content[place] ^ 0x01]) + content[place + 1 :]


def rewritten(content: bytes, change: Any) -> bytes:
    """Open a bundle, change something, and write it anew, as a forger would."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def with_manifest(content: bytes, change: Any) -> bytes:
    """Change what the manifest says."""

    def put(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments[MANIFEST].get_file().obj
        manifest = json.loads(stream.read_bytes())
        change(manifest)
        stream.write(json.dumps(manifest, ensure_ascii=False).encode())

    return rewritten(content, put)


@pytest.fixture(scope="module")
def original(review: Path) -> bytes:
    return review.read_bytes()


@pytest.mark.parametrize("number", [1, 2, 9, 17, 44, 56])
def test_a_byte_of_a_page(number: int, original: bytes) -> None:
    with pikepdf.open(io.BytesIO(original)) as pdf:
        raw = pdf.pages[number - 1].obj.Contents.read_raw_bytes()
    report = verify_bytes(with_changed_byte(original, raw))
    assert report.verdict is Verdict.ALTERED
    assert at_fault(report) == {"whole file", f"page {number}"}


@pytest.mark.parametrize("number", [1, 4, 11])
def test_a_byte_of_an_embedded_exhibit(number: int, own_file: Path) -> None:
    original = own_file.read_bytes()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        name = next(name for name in pdf.attachments if name.startswith(f"exhibit-{number:03}."))
        raw = pdf.attachments[name].get_file().obj.read_raw_bytes()
    report = verify_bytes(with_changed_byte(original, raw))
    assert report.verdict is Verdict.ALTERED
    assert at_fault(report) == {"whole file", f"exhibit {number}"}


def test_a_byte_of_the_manifest(original: bytes) -> None:
    with pikepdf.open(io.BytesIO(original)) as pdf:
        raw = pdf.attachments[MANIFEST].get_file().obj.read_raw_bytes()
    report = verify_bytes(with_changed_byte(original, raw))
    assert report.verdict is Verdict.ALTERED
    assert at_fault(report) >= {"whole file", "manifest"}


def shown_words(record: dict[str, Any]) -> str:
    return "exact_words" if "exact_words" in record.get("record", {}).get("fields", {}) else ""


def test_a_word_of_a_record_in_the_manifest(original: bytes, review: Path) -> None:
    records = manifest_of(review)["records"]
    place = next(n for n, each in enumerate(records) if shown_words(each))

    def change(manifest: dict[str, Any]) -> None:
        fields = manifest["records"][place]["record"]["fields"]
        fields["exact_words"] = " ".join(["Never", *fields["exact_words"].split(" ")[1:]])

    report = verify_bytes(with_manifest(original, change))
    index = records[place]["index"]
    assert at_fault(report) == {"whole file", "manifest", f"record {index}"}
    said = detail(report, f"record {index}")
    assert said.count("/fields/") == said.count("/fields/exact_words") == 1, f"another field is named: {said}"
    assert "xact words" in said, f"the field is not named as people know it: {said}"


def test_a_record_made_longer_in_the_manifest(original: bytes, review: Path) -> None:
    records = manifest_of(review)["records"]
    place = next(n for n, each in enumerate(records) if shown_words(each))

    def change(manifest: dict[str, Any]) -> None:
        manifest["records"][place]["record"]["fields"]["exact_words"] += " indeed"

    report = verify_bytes(with_manifest(original, change))
    index = records[place]["index"]
    assert at_fault(report) == {"whole file", "manifest", f"record {index}"}
    said = detail(report, f"record {index}")
    assert said.count("/fields/") == said.count("/fields/exact_words") == 1, f"another field is named: {said}"


CHANGES = {
    "a record taken away": (lambda m: m["records"].pop(5), {"positions"}),
    "a record shown twice": (lambda m: m["records"].append(m["records"][4]), set()),
    "a checkpoint of another size": (
        lambda m: m.update(checkpoint=re.sub(r"\n(\d+)\n", lambda size: f"\n{int(size[1]) + 1}\n", m["checkpoint"])),
        {"checkpoint"},
    ),
    "another reason, more left out": (
        lambda m: m["left_out"].append({"first": 1, "last": 1, "reason": "x"}),
        {"positions"},
    ),
    "a page digest": (lambda m: m["pages"].__setitem__(2, m["pages"][3]), {"page 3"}),
    "a page digest too few": (lambda m: m["pages"].pop(), {"number of pages", "the last page"}),
    "an exhibit of another record": (lambda m: m["exhibits"][2].update(records=[0]), {"exhibit 3"}),
    "an exhibit's digest": (lambda m: m["exhibits"][2].update(sha256="0" * 64), {"exhibit 3"}),
    "an exhibit's file": (lambda m: m["exhibits"][2].update(file="exhibit-001.original"), set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_manifest(name: str, original: bytes) -> None:
    change, named = CHANGES[name]
    with pikepdf.open(io.BytesIO(original)) as pdf:
        named = {f"page {len(pdf.pages)}" if each == "the last page" else each for each in named}
    report = verify_bytes(with_manifest(original, change))
    assert report.verdict is Verdict.ALTERED
    assert at_fault(report) >= {"whole file", "manifest"} | named, at_fault(report)
    if named:
        places = {item for item in at_fault(report) if item.split()[0] in {"page", "exhibit", "record"}}
        assert places <= named, f"places are named that were not touched: {places - named}"


def test_the_key_of_another_log(original: bytes, odd: Path) -> None:
    other = manifest_of(odd)["log_key"]
    report = verify_bytes(with_manifest(original, lambda manifest: manifest.update(log_key=other)))
    assert at_fault(report) >= {"manifest", "checkpoint"}


def test_pages_taken_away_swapped_and_added(original: bytes) -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        pdf.pages[10], pdf.pages[11] = pdf.pages[11], pdf.pages[10]

    swapped = at_fault(verify_bytes(rewritten(original, swap)))
    assert swapped == {"whole file", "order of pages"}, "each of the two is as it was drawn"
    shorter = at_fault(verify_bytes(rewritten(original, lambda pdf: pdf.pages.__delitem__(-1))))
    assert "number of pages" in shorter
    longer = at_fault(verify_bytes(rewritten(original, lambda pdf: pdf.add_blank_page())))
    assert "number of pages" in longer


def test_a_text_drawn_over_a_page(original: bytes) -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        pdf.pages[8].contents_add(b"q 1 1 1 rg 0 0 300 300 re f Q")

    fault = at_fault(verify_bytes(rewritten(original, draw)))
    assert {item for item in fault if item.startswith(("page", "record", "exhibit"))} == {"page 9"}


def test_a_readers_note_breaks_the_signature_and_nothing_else(original: bytes) -> None:
    def highlight(pdf: pikepdf.Pdf) -> None:
        box = pikepdf.Array([100, 100, 200, 120])
        marked = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, Rect=box)
        pdf.pages[8].obj.Annots = pikepdf.Array([pdf.make_indirect(marked)])

    assert at_fault(verify_bytes(rewritten(original, highlight))) == {"whole file", "annotations"}


def test_written_anew_without_a_change(original: bytes) -> None:
    assert at_fault(verify_bytes(rewritten(original, lambda _: None))) == {"whole file"}


def test_signed_anew_by_somebody_else(original: bytes) -> None:
    now = datetime(2026, 1, 26, tzinfo=UTC)

    def strip(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/AcroForm"]
        for page in pdf.pages:
            kept = [each for each in page.obj.get("/Annots", []) if each.get("/Subtype") != "/Widget"]
            page.obj.Annots = pikepdf.Array(kept)

    stripped = rewritten(original, strip)
    forged = sign_pdf(stripped, new_certificate("Somebody else", now), now)
    assert at_fault(verify_bytes(forged)) == {"certificate"}
