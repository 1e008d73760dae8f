"""Formal requests: letters of their own, and limits as dated data of the settings, said with their source and never silently."""

from datetime import date
from typing import Any

import pytest

from evidence_app.domain.settings import Settings, changed
from evidence_app.domain.thread.due_items import due_items
from evidence_app.domain.thread.letters import LETTERS, REQUEST_LETTERS
from evidence_app.domain.thread.threads import all_threads
from evidence_app.domain.time.limits import DEFAULT_LIMITS, read_limit
from evidence_app.errors import InputError
from evidence_app.files import resource
from tests.support.casebook import Casebook

SAR = "subject access request"


def due(book: Casebook, today: str, settings: Settings | None = None) -> list[Any]:
    settings, day = settings or Settings(), date.fromisoformat(today)
    return due_items(all_threads(book.records, day, settings), book.records, day, settings)


def request(book: Casebook, sent: str, type_of: str = SAR, **more: Any) -> Any:
    return book.add("request", sent, asks="My e-mails.", type=type_of, **more)


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def test_a_limit_of_the_settings_is_listed_with_its_source(book: Casebook) -> None:
    request(book, "2026-10-01", sent_on="2026-10-01")
    (item,) = due(book, "2026-10-20")
    assert (item.sort, item.due, item.stated, item.overdue_by) == ("limit", date(2026, 11, 1), False, 0)
    assert "UK GDPR, Article 12(3)" in item.words
    assert "checked on Sun 29 Nov 2026" in item.words
    assert item.words.endswith("Get advice now.")


@pytest.mark.parametrize(
    ("sent", "ends"),
    [("2026-01-31", date(2026, 2, 28)), ("2027-12-15", date(2028, 1, 15)), ("2028-01-31", date(2028, 2, 29))],
)
def test_a_month_ends_on_the_same_day_of_the_next_or_its_last(sent: str, ends: date) -> None:
    assert read_limit(DEFAULT_LIMITS[0]).ends(date.fromisoformat(sent)) == ends


def test_a_day_that_somebody_told_comes_first(book: Casebook) -> None:
    request(book, "2026-10-01", sent_on="2026-10-01", due="2026-10-15", told_by="Napo")
    (item,) = due(book, "2026-10-20")
    assert (item.sort, item.due) == ("reply", date(2026, 10, 15))


@pytest.mark.parametrize("how", ["answered_on", "link", "outcome"])
def test_an_answer_ends_the_clock(how: str, book: Casebook) -> None:
    index = request(book, "2026-10-01", **({"answered_on": "2026-10-09"} if how == "answered_on" else {}))
    if how == "link":
        book.add("response", "2026-10-09", [(index, "answers")], content="Here they are.")
    if how == "outcome":
        book.add("outcome", "2026-10-09", [(index, "about")], item=SAR, state="done")
    assert due(book, "2026-12-20") == []


def test_a_limit_that_changed_after_it_began_is_said(book: Casebook) -> None:
    lines = [*DEFAULT_LIMITS, f"{SAR}; 45 days; answered; 2026-10-10; An invented act; 2026-10-11"]
    settings = changed(Settings(), "limits", lines)
    request(book, "2026-10-01", sent_on="2026-10-01")
    (item,) = due(book, "2026-10-20", settings)
    assert item.due == date(2026, 11, 1)
    assert "changed on Sat 10 Oct 2026, after it was sent: ask which counts" in item.words
    later = Casebook()
    request(later, "2026-10-12", sent_on="2026-10-12")
    (item,) = due(later, "2026-10-20", settings)
    assert item.due == date(2026, 11, 26)
    assert "ask which counts" not in item.words


def test_a_request_from_before_there_was_a_limit_is_listed_from_its_first_day(book: Casebook) -> None:
    request(book, "2026-06-01", "data-protection complaint")
    (item,) = due(book, "2026-06-20")
    assert item.due == date(2026, 7, 19)
    assert "ask which counts" in item.words


def test_without_a_limit_nothing_is_worked_out(book: Casebook) -> None:
    request(book, "2026-06-01", "preservation request")
    request(book, "2026-06-01", "a word of my own")
    assert due(book, "2027-06-20") == []
    assert due(book, "2027-06-20", changed(Settings(), "limits", [])) == []


@pytest.mark.parametrize(
    "line",
    [
        "subject access request; 1 month",
        "a; soon; b; 2026-01-01; c; 2026-01-01",
        "a; 0 days; b; 2026-01-01; c; 2026-01-01",
        "a; 30 days; b; yesterday; c; 2026-01-01",
        "a; 30 days; b; 2026-01-01; ; 2026-01-01",
    ],
)
def test_a_limit_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(InputError):
        changed(Settings(), "limits", [line])


def test_each_type_has_a_letter_that_fills() -> None:
    for name in {*REQUEST_LETTERS.values(), *LETTERS.values()}:
        text = resource(f"letters/{name}.txt").read_text(encoding="utf-8")
        assert text.startswith("Subject: ")
        assert "$author" in text


def test_the_letter_of_a_request_is_drafted(run_cli, store_path, tmp_path) -> None:
    entry = '{"kind":"request","event_at":"2026-11-02","event_precision":"date only","fields":{"asks":"The rota of May.","type":"%s"}}'
    for number, (type_of, words) in enumerate([(each, "The rota of May") for each in (*REQUEST_LETTERS, "my own")]):
        sealed = run_cli("seal", "-", "--json", store=store_path, stdin=(entry % type_of).encode()).expect(0).json
        out = tmp_path / f"{number}.eml"
        run_cli("draft", sealed["index"], "--to", "dp@office.gov.uk", "--out", out, store=store_path).expect(0)
        assert words in out.read_bytes().replace(b"=\n", b"").decode()
