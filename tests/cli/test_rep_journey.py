"""From two officers to a tribunal bundle with their documents, in at most fifteen commands."""

from pathlib import Path

import pytest

from evidence_app.domain.record.fields import Holder
from tests.conftest import Run
from tests.support import judges, stores
from tests.support.bundles import all_words, concern, manifest_in, seal_with
from tests.support.sample_documents import letter
from tests.support.searching import places_of

OFFICERS = {"K. Adeyemi": "Rowan Pemberton", "M. Osei": "Sheila Quarrington"}
"""Two officers, and the client whom the records and letters of each name."""


@pytest.fixture
def three(tmp_path: Path) -> Path:
    for number, (name, client) in enumerate(OFFICERS.items()):
        stores.make_store(tmp_path / f"officer-{number}", owner=name)
        with stores.open_fast(tmp_path / f"officer-{number}") as session:
            paper = letter([f"To whom it may concern: {client}", f"was to be seen weekly, wrote {name}."])
            seal_with(session, concern(f"Weekly for {client}, please."), {"letter of 4 March.pdf": paper})
    stores.make_store(tmp_path / "rep", owner="J. Rowntree", machine="other", holder=Holder.REP)
    return tmp_path


def test_fifteen_commands_lead_to_a_bundle_that_proves_to_both_logs(three: Path, run_cli: Run) -> None:
    done: list[tuple[object, ...]] = []

    def do(store: str, *words: object) -> None:
        done.append(words)
        run_cli(*words, store=three / store).expect(0)

    do("rep", "card", "--out", three / "rep.card")
    for number, client in enumerate(OFFICERS.values()):
        own = f"officer-{number}"
        do(own, "card", "--out", three / f"{own}.card")
        do(own, "card", "--take", three / "rep.card", "--compared", "by telephone")
        do("rep", "card", "--take", three / f"{own}.card", "--compared", "by telephone")
        do(own, "review", "--withhold", client, "--keep", "Weekly")
        given = three / f"{own}.age"
        union = ("bundle", "--profile", "union-casework", "--looked-through", "all")
        do(own, *union, "--for", "J. Rowntree", "--out", given)
        do("rep", "handover", "take", given)
    out = three / "tribunal.pdf"
    cover = ("--party", "K. Adeyemi and another", "--party", "The Secretary of State", "--prefix", "C")
    do("rep", "bundle", "--profile", "tribunal", *cover, "--out", out)
    assert len(done) <= 15, [words[0] for words in done]
    assert set(judges.verify_bundle(out.read_bytes()).values()) == {"verified"}
    manifest = manifest_in(out)
    assert len(manifest["exhibits"]) == 2
    assert [each["shown_as"] for each in manifest["exhibits"]] == ["rendered", "rendered"]
    assert places_of(out, [*OFFICERS.values(), "Pemberton", "Quarrington"]) == []
    words = all_words(out)
    for name in OFFICERS:
        assert f"was to be seen weekly, wrote {name}." in words
        assert f"{name} raised 1 concern" in words
    assert "J. Rowntree raised" not in words
