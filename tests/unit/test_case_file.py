"""nDelius and the case file: text for every kind that belongs there, what is not there yet is chased, and a sheet to sign."""

from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.desktop.casework.home_page import PROMISED, SILENCES, SORT_ICONS, WAYS
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.due_items import SORTS, due_items
from evidence_app.domain.thread.ndelius_text import CONTACTS, paste_text
from evidence_app.domain.thread.threads import all_threads
from evidence_app.services.core.session import Session
from evidence_app.services.records.agreements import write_agreement
from tests.support.bundles import all_words, seal_with
from tests.support.casebook import Casebook
from tests.support.entries import sample_entry

DAY = "2026-11-02"


@pytest.mark.parametrize("kind", sorted(CONTACTS))
def test_every_kind_that_belongs_there_has_its_text(kind: str, session: Session) -> None:
    for full in (False, True):
        entry = sample_entry(kind, full=full, case_ref="X000412")
        for name in ("paste_text", "cases", "limited_cases"):
            entry["fields"].pop(name, None)
        text = paste_text(session.store.records.get(seal_with(session, entry)))
        assert text.startswith("Mon 14 Apr 2025, 14:")
        assert text.endswith((".", "”."))
        assert "\n" not in text
        assert "  " not in text


def test_what_does_not_belong_there_has_none(session: Session) -> None:
    for kind in ("health-and-safety", "workload", "note"):
        assert paste_text(session.store.records.get(seal_with(session, sample_entry(kind)))) == ""


def test_an_instruction_for_the_contact_log(book: Casebook) -> None:
    index = book.add(
        "instruction",
        DAY,
        exact_words="Move him to monthly",
        given_by={"person": "K. Dale", "role": "Senior probation officer"},
        via="phone",
        dissent="Weekly is needed",
        case_ref="X000412",
    )
    assert paste_text(book.records[index]) == (
        "Mon 2 Nov 2026: instructed by K. Dale (Senior probation officer), phone: “Move him to monthly”. My view differed: Weekly is needed."
    )


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def due(book: Casebook) -> list[Any]:
    day, settings = date.fromisoformat("2026-11-09"), Settings()
    return [
        each
        for each in due_items(all_threads(book.records, day, settings), book.records, day, settings)
        if each.sort == "file"
    ]


def test_what_is_not_yet_where_it_belongs_is_chased_until_it_is(book: Casebook) -> None:
    decision = book.add("decision", DAY, rationale="Weekly stays.", ndelius={"entered": "no"}, case_ref="X000412")
    agreement = book.add(
        "client-agreement", DAY, terms="To come on Mondays.", copy_on_case_file="no", case_ref="X000412"
    )
    book.add("decision", DAY, rationale="Entered.", ndelius={"entered": "yes"}, case_ref="X000412")
    book.add("decision", DAY, rationale="Of no case.", ndelius={"entered": "no"})
    cohort = book.add("instruction", DAY, exact_words="All.", ndelius={"entered": "no"}, cases=["X000412", "X000581"])
    listed = [(each.record.index, each.overdue_by) for each in due(book)]
    assert listed == [(decision, 5), (agreement, 5), (cohort, 5)]
    assert "Not yet entered in nDelius" in due(book)[0].words
    book.add("outcome", "2026-11-03", [(decision, "about")], item="nDelius", state="done")
    book.add("outcome", "2026-11-03", [(agreement, "about")], item="Copy on the case file", state="done")
    book.add("outcome", "2026-11-03", [(cohort, "about")], item="nDelius", state="done")
    assert due(book) == []


def test_home_has_a_way_and_an_icon_for_every_type_of_due_item() -> None:
    assert set(WAYS) == set(SORT_ICONS) == set(SORTS)
    assert set(SORTS) == SILENCES | PROMISED


def test_what_chase_lists_can_be_ended_where_it_is_listed(run_cli, store_path: Path) -> None:
    entries = (
        '{"kind":"client-agreement","event_at":"2025-11-03","event_precision":"date only","case_ref":"X000412","fields":{"terms":"Mondays.","copy_on_case_file":"no"}}',
        '{"kind":"request","event_at":"2025-11-03","event_precision":"date only","fields":{"asks":"What is held.","type":"subject access request","sent_on":"2025-11-03"}}',
        '{"kind":"health-and-safety","event_at":"2025-11-03","event_precision":"date only","fields":{"what":"Referral.","due":"2025-11-10"}}',
        '{"kind":"incident","event_at":"2025-11-03","event_precision":"date only","fields":{"type":"interview","summary":"Called.","interview_on":"2025-11-20"}}',
        '{"kind":"instruction","event_at":"2025-11-03","event_precision":"date only","fields":{"exact_words":"All of them.","cases":["X000412","X000581"]}}',
    )
    for entry in entries:
        run_cli("seal", "-", store=store_path, stdin=entry.encode()).expect(0)
    listed = run_cli("chase", "--json", store=store_path).json["chase"]
    ended = {each["id"].split("-")[0]: each["id"] for each in listed}
    assert {"file", "limit", "date", "cases"} <= set(ended)
    for each in listed:
        if each["sort"] in {"file", "limit", "date", "cases"}:
            run_cli("chase", "--done", each["id"], store=store_path).expect(0)
    left = run_cli("chase", "--json", store=store_path).json["chase"]
    assert not {each["sort"] for each in left} & {"file", "limit", "date", "cases"}


def test_the_text_for_ndelius_of_several_cases_has_no_word_that_its_author_wrote(book: Casebook) -> None:
    told = book.add(
        "instruction",
        DAY,
        exact_words="All of them, Kit Lowe too.",
        judgement="X000581 is the one I fear for.",
        type="move to lower frequency",
        via="face to face",
        given_by={"person": "K. Dale", "role": "Senior probation officer"},
        cases=["X000412", "X000581"],
    )
    instruction = book.records[told]
    text = paste_text(instruction)
    assert "by K. Dale" in text
    assert "move to lower frequency" in text
    assert "It is about 2 cases; this is one of them." in text
    for name in ("Kit Lowe", "X000581", "fear"):
        assert name not in text
    became = book.add(
        "case-outcome",
        DAY,
        [(told, "about")],
        case_ref="X000412",
        became="changed",
        from_value="weekly",
        to_value="monthly",
        why="As told.",
    )
    own = paste_text(book.records[became], [instruction])
    assert "changed from weekly to monthly" in own
    assert "by K. Dale" in own
    assert "Reason: As told." in own
    assert "Kit Lowe" not in own


def test_a_sheet_to_sign_is_written(run_cli, store_path: Path, tmp_path: Path) -> None:
    entry = '{"kind":"client-agreement","event_at":"2026-11-02","event_precision":"date only","case_ref":"X000412","fields":{"terms":"To come on Mondays at ten.","review_due":"2026-12-01"}}'
    run_cli("seal", "-", store=store_path, stdin=entry.encode()).expect(0)
    out = tmp_path / "sheet.pdf"
    run_cli("agreement", "1", "--out", out, store=store_path).expect(0)
    words = all_words(out)
    for said in ("To come on Mondays at ten.", "X000412", "Signature", "Tue 1 Dec 2026", "Record 1, code"):
        assert said in words
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
    assert "there already" in run_cli("agreement", "1", "--out", out, store=store_path).refused(2)
    assert "no client agreement" in run_cli("agreement", "0", "--out", out, "--replace", store=store_path).refused(2)


def test_long_terms_take_more_pages(session: Session, tmp_path: Path) -> None:
    entry = sample_entry("client-agreement", fields={"terms": "To come every Monday, whatever happens. " * 400})
    write_agreement(session, seal_with(session, entry), tmp_path / "long.pdf")
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        assert len(pdf.pages) > 1


def test_the_score_of_an_assessment_is_in_its_text(book: Casebook) -> None:
    index = book.add("assessment", DAY, tool="SARA", state="done", result="High", case_ref="X000412")
    assert paste_text(book.records[index]) == "Mon 2 Nov 2026: SARA: done. Score or band: High."
