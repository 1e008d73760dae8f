"""The vectors on disk are those that the program makes, and program and second verifier judge each as it should be."""

import json
from pathlib import Path

import pytest

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.manifest import parse_manifest
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.disclosures import verify_disclosure
from evidence_app.proof.encoding import base64
from evidence_app.proof.seal_receipts import verify_receipt
from evidence_app.services.bundles.exporting import export
from evidence_app.services.records.reading import Selection
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests import second_verifier
from tests.support import judges
from tests.support.stores import copy_of, open_fast
from tests.vectors import make

HERE = Path(__file__).parent


def on_disk(name: str):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


RECEIPTS = on_disk("seal-receipts.json")
DISCLOSURES = on_disk("disclosures.json")
MANIFESTS = on_disk("manifests.json")


@pytest.mark.parametrize("name", sorted(make.files()))
def test_the_files_are_up_to_date(name: str) -> None:
    made = make.spelled(make.files()[name])
    assert (HERE / name).read_text(encoding="utf-8") == made, f"run python -m tests.vectors: {name} differs"


def test_no_file_is_left_over() -> None:
    assert {path.name for path in HERE.glob("*.json")} == set(make.files())


def test_the_specification_shows_the_worked_example() -> None:
    text = make.SPECIFICATION.read_text(encoding="utf-8")
    assert make.example_text() in text, "run python -m tests.vectors: the page shows another example"
    assert make.specification_with_example(text) == text


@pytest.mark.parametrize("case", RECEIPTS, ids=[case["name"] for case in RECEIPTS])
def test_seal_receipts(case: dict) -> None:
    content = case["receipt"].encode()
    try:
        verify_receipt(content)
        said = "verified"
    except VerificationError as error:
        said = error.reason
    assert said == case["expect"]
    assert second_verifier.verify_receipt(content) == case["expect"], "the second verifier differs"


@pytest.mark.parametrize("case", DISCLOSURES["cases"], ids=[case["name"] for case in DISCLOSURES["cases"]])
def test_disclosures(case: dict) -> None:
    checkpoint = case.get("checkpoint", DISCLOSURES["checkpoint"])
    head = verify_checkpoint(checkpoint, base64.decode(DISCLOSURES["log_key"]))
    faults: list[str] = []
    try:
        _, found = verify_disclosure(case["disclosure"], head)
        faults = sorted(fault.path for fault in found)
        said = "field" if faults else "verified"
    except VerificationError as error:
        said = error.reason
    assert (said, faults) == (case["expect"], sorted(case["faults"]))
    second = second_verifier.verify_disclosure(case["disclosure"], checkpoint, DISCLOSURES["log_key"])
    assert (second[0], sorted(second[1])) == (said, faults), "the second verifier differs"


@pytest.mark.parametrize("case", MANIFESTS, ids=[case["name"] for case in MANIFESTS])
def test_the_form_of_manifests(case: dict) -> None:
    content = case["manifest"].encode()
    try:
        parse_manifest(content)
        said = "verified"
    except VerificationError as error:
        said = error.reason
    assert said == case["expect"]
    second, _ = second_verifier.outcome(lambda: second_verifier.check_manifest(second_verifier.parse_json(content)))
    assert second == case["expect"], "the second verifier differs"


def test_every_reason_code_has_a_vector() -> None:
    expected = {case["expect"] for case in [*RECEIPTS, *DISCLOSURES["cases"]]}
    assert expected == {"verified", "malformed", "other-log", "bad-signature", "not-included", "commitment", "field"}


@pytest.fixture(scope="module")
def bundle(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = copy_of(filled_store, tmp_path_factory.mktemp("vectors") / "store")
    out = folder.parent / "trail.pdf"
    with open_fast(folder) as session:
        export(session, "sfo-review", out, Selection(), case_ref="X000412")
    return out.read_bytes()


def test_program_and_second_verifier_agree_on_a_bundle(bundle: bytes) -> None:
    first = {check.name: check.verdict.value for check in verify_bytes(bundle).checks}
    second = judges.verify_bundle(bundle)
    assert set(first.values()) == {"verified"}
    assert second == first, {name: (first.get(name), second.get(name)) for name in first.keys() ^ second.keys()}


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
def test_both_notice_a_changed_byte(share: float, bundle: bytes) -> None:
    place = int(len(bundle) * share)
    changed = bundle[:place] + bytes([bundle[place] ^ 4]) + bundle[place + 1 :]
    first = {check.name for check in verify_bytes(changed).checks if check.verdict.value != "verified"}
    # Where the table of objects is damaged, how much of the pages can still be read is for each library to say.
    judged = judges.each_of_bundle(changed) if is_in_table(bundle, place) else [judges.verify_bundle(changed)]
    for verdicts in judged:
        other = {name for name, verdict in verdicts.items() if verdict != "verified"}
        assert "whole file" in first & other, f"the program names {first}, another verifier {other}"


def is_in_table(bundle: bytes, place: int) -> bool:
    """Whether a place lies in a cross-reference table (ISO 32000-2, 7.5.4)."""
    before = bundle.rfind(b"\nxref", 0, place)
    return before >= 0 and bundle.find(b"trailer", before, place) < 0
