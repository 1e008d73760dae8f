"""The verifier for browsers on every vector: it was written from the pages, in another language."""

import json
from pathlib import Path

import pytest

from tests.support import third_verifier
from tests.vectors import make

HERE = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture(scope="module")
def built() -> None:
    third_verifier.require_built()


def on_disk(name: str):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


RECEIPTS, DISCLOSURES, MANIFESTS = (on_disk(f"{name}.json") for name in ("seal-receipts", "disclosures", "manifests"))


@pytest.mark.parametrize("case", RECEIPTS, ids=[case["name"] for case in RECEIPTS])
def test_seal_receipts(case: dict) -> None:
    assert third_verifier.ask({"receipt": case["receipt"]}) == case["expect"]


@pytest.mark.parametrize("case", MANIFESTS, ids=[case["name"] for case in MANIFESTS])
def test_the_form_of_manifests(case: dict) -> None:
    assert third_verifier.ask({"manifest": case["manifest"]}) == case["expect"]


def test_disclosures() -> None:
    # The whole file as it is on disk: what Python writes anew might spell a number in another way.
    answers = third_verifier.ask({"disclosures": DISCLOSURES})
    for case, (said, faults) in zip(DISCLOSURES["cases"], answers, strict=True):
        assert (said, sorted(faults)) == (case["expect"], sorted(case["faults"])), case["name"]


def test_it_makes_each_step_anew() -> None:
    steps = on_disk("steps.json")
    said = third_verifier.ask({"steps": steps})
    named = {name for name in steps if name in said}
    assert len(named) >= 6, "the vector has other members than the verifier makes"
    assert {name: said[name] for name in named if name != "checkpoint"} == {
        name: steps[name] for name in named if name != "checkpoint"
    }
    assert said["checkpoint"] == "verified"


def test_the_vectors_that_are_judged_are_those_that_are_made() -> None:
    assert {"seal-receipts.json", "disclosures.json", "manifests.json", "steps.json"} == set(make.files())


@pytest.mark.parametrize("case", on_disk("written/cosignatures.json")["holds"], ids=lambda case: case["maker"])
def test_cosignatures_of_other_makers(case: dict) -> None:
    question = {"cosigned": case["cosigned_checkpoint"], "witness_key": case["witness_key"]}
    assert third_verifier.ask(question) == case["at"]
