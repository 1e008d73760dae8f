"""A learning extract tells how one matter went, and nothing that anybody wrote freely."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.thread.learning_extract import FOOT, HEAD, LIMITED, NOTHING, learning_extract
from evidence_app.domain.thread.threads import Thread
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.records.threads import learning_extract_of
from tests.support.bundles import concern, seal_with
from tests.support.casebook import SPO, Casebook
from tests.support.entries import sample_entry


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def told(book: Casebook, index: int = 0) -> list[str]:
    text = learning_extract(book.thread(index, "2025-06-30"))
    assert text.startswith(HEAD)
    assert text.rstrip().endswith(FOOT)
    return text.removeprefix(HEAD).replace(FOOT, "").strip().splitlines()


def test_kinds_roles_words_of_lists_and_days(book: Casebook) -> None:
    index = book.concern("2025-03-03", category="workload", severity="needs reply", reply_by="2025-03-10", ask="Fewer.")
    book.add("response", "2025-03-19", [(index, "answers")], content="No.", effect="declines", **{"from": SPO})
    assert told(book) == [
        "Day 1: Concern. Raised with: Senior probation officer. About: workload. How urgent: needs reply.",
        "Day 17: Response. From: Senior probation officer. Its effect: declines.",
        "",
        "An answer was asked for on day 1: it came after 12 working days, late.",
    ]


def test_mails_and_receipts_are_steps_and_what_the_program_keeps_for_itself_is_none(book: Casebook) -> None:
    index = book.concern("2025-03-03")
    book.add("drafted-mail", "2025-03-03", [(index, "about")], subject="Caseload")
    sent = book.sent("2025-03-04", [(index, "about")])
    book.receipt("2025-03-05", "displayed", [(sent, "receipt for")])
    book.add("print", "2025-03-06", [(index, "about")], kept_at="My drawer")
    days = [line for line in told(book, index) if line.startswith("Day")]
    assert [line.split(".")[0] for line in days] == [
        "Day 1: Concern",
        "Day 1: Drafted e-mail",
        "Day 2: Message",
        "Day 3: Mail receipt",
    ]


def test_words_of_ones_own_and_unknown_roles_are_left_out(book: Casebook) -> None:
    book.concern(
        "2025-03-03", category="the Marsh Lane fire", raised_with={"person": "K. Dale", "role": "Fire chief of Y"}
    )
    assert told(book)[0] == "Day 1: Concern. Raised with: somebody."


def test_nothing_is_told_of_a_limited_access_case_nor_of_advice(book: Casebook) -> None:
    index = book.concern("2025-03-03", lao=True)
    with pytest.raises(InputError, match=LIMITED):
        told(book, index)
    advised = Casebook()
    first = advised.concern("2025-03-03")
    advised.add("note", "2025-03-04", [(first, "about")], text="Wait.", restricted_to="union advice")
    with pytest.raises(InputError, match=LIMITED):
        told(advised, first)


@pytest.mark.parametrize("how", ["flag of another record", "list of another record"])
def test_a_case_that_any_record_calls_limited_is_not_told(how: str, session: Session) -> None:
    case = "X000999"
    limiting = concern("x", case_ref=case, fields={"lao": True})
    if how == "list of another record":
        limiting = sample_entry("allocation", fields={"words": "Four more.", "limited_cases": [case]})
    seal_with(session, limiting)
    index = seal_with(session, concern("The flag was forgotten.", case_ref=case))
    with pytest.raises(InputError, match=LIMITED):
        learning_extract_of(session, index)


def test_what_the_program_sealed_for_itself_has_none(session: Session) -> None:
    with pytest.raises(InputError, match=NOTHING):
        learning_extract_of(session, 0)


SECRET = "Quillfeather"


def secretly(value: Any) -> Any:
    """Return a value with a name in every text of it but dates."""
    if isinstance(value, dict):
        return {name: secretly(each) for name, each in value.items()}
    if isinstance(value, list):
        return [secretly(each) for each in value]
    return f"{value} {SECRET}" if isinstance(value, str) and not value[:4].isdigit() else value


TOLD = sorted(kind.name for kind in KINDS.values() if kind.is_written_by(Holder.OFFICER) and kind.name != "collective")
KEPT_APART = {"lao", "limited_cases", "restricted_to", "at"}
"""Fields for which no extract is made, and one of which the casebook has a name of its own."""


@pytest.mark.parametrize("kind", TOLD)
def test_no_text_of_any_kind_gets_in(kind: str, book: Casebook) -> None:
    fields = secretly(sample_entry(kind, full=True)["fields"])
    index = book.concern("2025-03-03")
    book.add(
        kind,
        "2025-03-04",
        [(index, "about")],
        **{k: v for k, v in fields.items() if k not in KEPT_APART},
    )
    text = "\n".join(told(book, index))
    assert SECRET not in text
    assert "R. Hale" not in text
    assert "2025" not in text


@given(days=st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_days_count_from_the_first_and_never_go_back(days: list[int]) -> None:
    book = Casebook()
    index = book.concern("2025-01-01")
    for day in days:
        month, rest = divmod(day, 28)
        book.add("meeting", f"2025-{month + 1:02}-{rest + 1:02}", [(index, "about")], type="team meeting")
    thread: Thread = book.thread(index, "2025-12-30")
    numbers = [
        int(line.split(":")[0].removeprefix("Day "))
        for line in learning_extract(thread).splitlines()
        if line.startswith("Day ")
    ]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1


def test_on_the_command_line(run_cli, store_path: Path) -> None:
    sealed = '{"kind":"concern","event_at":"2025-03-03","event_precision":"date only","fields":{"concern":"Too many cases."}}'
    run_cli("seal", "-", store=store_path, stdin=sealed.encode()).expect(0)
    assert "Day 1: Concern." in run_cli("thread", "1", "--learning", store=store_path).expect(0).stdout
    assert run_cli("thread", "1", "--learning", "--json", store=store_path).expect(0).json["record"] == 1
    assert "“thread N --learning”" in run_cli("thread", "--learning", store=store_path).refused(2)
    assert "“thread N --learning”" in run_cli("thread", "1", "--learning", "--out", "x.pdf", store=store_path).refused(
        2
    )
    run_cli("thread", "7", "--learning", store=store_path).refused(2)
