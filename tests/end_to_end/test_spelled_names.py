"""Names that are withheld, as people and programs write them: none is in a finished bundle, and every innocent word is."""

import json
import re
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import pytest

from evidence_app.domain.record.entries import read_entry
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import Selection
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import page_texts
from tests.support.entries import sample_entry
from tests.support.program import REPOSITORY
from tests.support.stores import make_store, open_fast

HARD = REPOSITORY / "tests/samples/hard"
EXPECTED: dict[str, Any] = json.loads((HARD / "expect.json").read_text(encoding="utf-8"))
CASE = "X000412"
SPELLED = [name for name, each in EXPECTED["files"].items() if each["kind"] == "names" and not name.endswith(".jpg")]
"""Files whose words are text; pictures are in test_hard_exhibits."""


@pytest.fixture(scope="module")
def exhibits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of each file's pages in a review's bundle. The clients' names are set in one ordinary spelling."""
    folder = tmp_path_factory.mktemp("spelled")
    make_store(folder / "store")
    out = folder / "review.pdf"
    with open_fast(folder / "store") as session:
        change_setting(session, "client_names", EXPECTED["withhold"])
        for name in SPELLED:
            entry = read_entry(sample_entry("instruction", case_ref=CASE))
            seal(session, entry, [Source(name, content=(HARD / name).read_bytes())])
        export(session, "sfo-review", out, Selection(), case_ref=CASE, recipient="The reviewing manager")
    texts = page_texts(out)
    shown = manifest_of(out)["exhibits"]
    by_digest = {sha256((HARD / name).read_bytes()).hexdigest(): name for name in SPELLED}
    return {
        by_digest[each["sha256"]]: plain(" ".join(texts[each["first_page"] - 1 :][: each["pages"]]))
        for each in shown
        if each["sha256"] in by_digest
    }


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def letters(text: str) -> str:
    return "".join(
        each
        for each in normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
        if each.isascii() and each.isalpha()
    ).lower()


@pytest.mark.parametrize("name", SPELLED)
def test_no_spelling_of_a_name_is_shown_and_every_other_word_is(name: str, exhibits: dict[str, str]) -> None:
    expected = EXPECTED["files"][name]
    spellings = [each["shown"] for each in expected["hidden"] if each["where"] == "page"]
    assert spellings
    assert [each for each in spellings if plain(each) in exhibits[name]] == []
    # The spellings above are of the files: here whatever order of letters is a name's, accents, hyphens and spaces aside.
    assert [each for each in EXPECTED["withhold"] if letters(each) in letters(exhibits[name])] == []
    assert [each for each in expected["stay"] if each not in exhibits[name]] == []
