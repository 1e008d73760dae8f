"""Names that are withheld, on scans, in forms, notes, layers and turned pages: nobody who looks at the finished pages sees them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evidence_app.documents.recognition import recognise
from evidence_app.domain.record.entries import read_entry
from evidence_app.services.bundles import decisions
from evidence_app.services.bundles.findings import IN_DOUBT, UNDECIDED, ReviewFinding
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.reviewing import review
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.test_spelled_names import CASE, EXPECTED, HARD, SPELLED, letters, plain
from tests.support.bundles import listed, make
from tests.support.entries import sample_entry
from tests.support.stores import make_store, open_fast

FILES: dict[str, Any] = {name: each for name, each in EXPECTED["files"].items() if name not in SPELLED}
CONTENTS = {name: (HARD / name).read_bytes() for name in FILES}
MAX_MISREAD = 1
"""Words of a page that stay and that recognition may misread on the finished page."""


@dataclass(frozen=True)
class Seen:
    """What of an exhibit a bundle shows: its text, and what is recognised on its pages as they are drawn."""

    text: str
    picture: str
    pages: int


@dataclass(frozen=True)
class Made:
    """A bundle of all files: what it shows of each, the findings before any decision, and its bytes."""

    exhibits: Mapping[str, Seen]
    asked: list[ReviewFinding]
    content: bytes


@pytest.fixture(scope="module", params=["sfo-review", pytest.param("tribunal", marks=pytest.mark.long)])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pictures_read_once: None) -> Made:
    folder = tmp_path_factory.mktemp("hard")
    make_store(folder / "store")
    out = folder / "out.pdf"
    with open_fast(folder / "store") as session:
        change_setting(session, "client_names", EXPECTED["withhold"])
        for name, content in CONTENTS.items():
            entry = read_entry(sample_entry("instruction", case_ref=CASE))
            seal(session, entry, [Source(name, content=content)])
        plan = listed(request.param, range(1, len(CONTENTS) + 1), CONTENTS.values())
        asked = [each for each in findings(session, plan) if each.decision == UNDECIDED]
        for doubt in asked:
            if doubt.sort == IN_DOUBT:
                decisions.look_at(session, doubt.digest, [doubt.page])
        decisions.decide(
            session,
            withhold=["Sheila Ormsgate; relative", "Quillet Lane; place"],
            keep=sorted(
                {
                    each.words
                    for each in asked
                    if each.words and "Ormsgate" not in each.words and "illet" not in each.words
                }
            ),
        )
        make(session, plan, out)
    return Made(shown_in(out), asked, out.read_bytes())


def findings(session: Session, plan: Any) -> list[ReviewFinding]:
    return review(session, work_out(session, plan, Choice(case_ref=CASE)))


def shown_in(out: Path) -> dict[str, Seen]:
    by_digest = {sha256(content).hexdigest(): name for name, content in CONTENTS.items()}
    document = pypdfium2.PdfDocument(out)
    seen: dict[str, Seen] = {}
    try:
        for each in manifest_of(out)["exhibits"]:
            name = by_digest[each["sha256"]]
            texts, pictures = [], []
            for number in range(each["first_page"] - 1, each["first_page"] - 1 + each["pages"]):
                page = document[number]
                texts.append(page.get_textpage().get_text_range())
                pictures.append(" ".join(word.text for word in recognise(page.render(scale=2.5).to_pil()).words))
            seen[name] = Seen(plain(" ".join(texts)), plain(" ".join(pictures)), each["pages"])
    finally:
        document.close()
    return seen


@pytest.mark.parametrize("name", FILES)
def test_no_name_is_seen_and_every_other_word_is(name: str, made: Made) -> None:
    expected, seen = FILES[name], made.exhibits[name]
    hidden = [plain(each["shown"]) for each in expected["hidden"]]
    assert hidden
    assert [each for each in hidden if each in seen.text or each in seen.picture] == []
    # In whatever spelling, accents, hyphens and spaces aside; and of each name its last word too.
    names = [letters(each) for each in EXPECTED["withhold"]] + [
        letters(each.split()[-1]) for each in EXPECTED["withhold"]
    ]
    assert [each for each in names if each in letters(seen.text) or each in letters(seen.picture)] == []
    stay = expected["stay"]
    lost = [each for each in stay if each not in seen.text and each not in seen.picture]
    assert len(lost) <= MAX_MISREAD, lost


@pytest.mark.parametrize("name", [name for name, each in FILES.items() if "absent" in each])
def test_words_of_a_layer_that_is_off_are_not_there(name: str, made: Made) -> None:
    assert [each for each in FILES[name]["absent"] if each in made.exhibits[name].text] == []


@pytest.mark.parametrize("name", [name for name, each in FILES.items() if "pages" in each])
def test_an_exhibit_has_its_pages(name: str, made: Made) -> None:
    assert made.exhibits[name].pages == FILES[name]["pages"]


@pytest.mark.parametrize("name", [name for name, each in FILES.items() if "asks" in each])
def test_names_on_a_scan_that_nobody_set_are_asked_about(name: str, made: Made) -> None:
    digest = sha256(CONTENTS[name]).hexdigest()
    asked = [each for each in made.asked if each.digest == digest]
    assert [each for each in asked if "Ormsgate" in each.words], "a surname on a scan is not asked about"
    assert [each for each in asked if "illet Lane" in each.words], "a street on a scan is not asked about"
    assert all(
        each.page == 1 and each.box is not None and each.recognised for each in asked if "Ormsgate" in each.words
    )
    seen = made.exhibits[name]
    assert "rmsgate" not in seen.text + seen.picture, "it was withheld, and is shown"


def test_no_set_name_is_anywhere_in_the_file(made: Made) -> None:
    import io

    import pikepdf

    streams = []
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                streams.append(item.read_bytes() if "/DCTDecode" not in str(item.get("/Filter")) else b"")
            else:
                streams.append(str(item).encode())
    whole = b"".join(streams)
    surnames = [name.split()[-1] for name in EXPECTED["withhold"]]
    assert [each for each in surnames if each.encode() in whole or each.encode("utf-16-be") in whole] == []
    assert b"Ormsgate" not in whole


def test_the_expectations_are_of_all_files() -> None:
    assert {path.name for path in HARD.iterdir()} == {*EXPECTED["files"], "expect.json"}
    assert json.loads((HARD / "expect.json").read_text(encoding="utf-8")) == EXPECTED
