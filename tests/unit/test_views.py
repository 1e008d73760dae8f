"""Views of the timeline: the records of each filter alone and together, and saved views."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.saved_views import STATES, View, read_view
from evidence_app.errors import InputError
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.saved_views import all_views, find_view, keep_view, positions, remove_view

SPO = "Senior probation officer"
words = st.text(st.characters(categories=("L", "N"), include_characters=" .-’"), max_size=40)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str) | st.just("")
views = st.builds(
    View,
    text=words,
    case=words,
    person=words,
    kind=st.sampled_from(["", *KINDS]),
    first_day=days,
    last_day=days,
    thread=st.sampled_from(["", *STATES]),
)


def entry(kind: str, day: str, case: str = "X000412", **fields: object) -> dict:
    return {"kind": kind, "event_at": day, "event_precision": "date only", "case_ref": case, "fields": fields}


@pytest.fixture
def year(session: Session) -> Session:
    """1 an instruction of Marsh; 2 a concern that asks for a reply; 3 its answer; 4 a concern nobody answered; 5 another case."""
    who = {"person": "J. Marsh", "role": SPO}
    for each in (
        entry("instruction", "2025-03-17", exact_words="Move him to monthly.", given_by=who),
        entry("concern", "2025-04-15", concern="Monthly is unsafe.", ask="Weekly.", reply_by="2025-04-24"),
        {
            **entry("response", "2025-04-20", content="Noted."),
            "links": [{"to": 2, "as": "answers"}],
        },
        entry("concern", "2025-05-07", concern="I repeat it.", ask="Weekly.", reply_by="2025-05-09"),
        entry("note", "2025-06-01", "X000733", text="About J. Marsh and another matter."),
    ):
        seal(session, read_entry(each))
    return session


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(), [5, 4, 3, 2, 1]),
        (View(text="monthly"), [2, 1]),
        (View(case="x000412"), [4, 3, 2, 1]),
        (View(person="J. Marsh"), [5, 1]),
        (View(person="J. Marsh", case="X000412"), [1]),
        (View(kind="concern"), [4, 2]),
        (View(first_day="2025-04-15", last_day="2025-05-07"), [4, 3, 2]),
        (View(thread="answered"), [3, 2, 1]),
        (View(thread="overdue"), [4]),
        (View(thread="overdue", text="weekly", kind="concern"), [4]),
        (View(text="nothing has these words"), []),
    ],
)
def test_records_of_a_view(view: View, expected: list[int], year: Session) -> None:
    assert [position for position in positions(year, view) if position] == expected


@given(views)
def test_a_saved_view_round_trip(view: View) -> None:
    assert read_view(view.to_json()) == view
    assert view.is_empty == (view.to_json() == {})


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {"colour": "blue"},
        {"text": 7},
        {"text": "x" * 201},
        {"kind": "poem"},
        {"thread": "lost"},
        {"first_day": "soon"},
    ],
)
def test_invalid_views_are_refused(stored: object) -> None:
    with pytest.raises(InputError):
        read_view(stored)  # type: ignore[arg-type]


def test_views_are_saved_replaced_and_removed_by_name(session: Session) -> None:
    keep_view(session, "  My  concerns ", View(kind="concern"))
    keep_view(session, "My concerns", View(kind="concern", case="X000412"))
    assert all_views(session) == {"My concerns": View(kind="concern", case="X000412")}
    with pytest.raises(InputError, match="My concerns"):
        find_view(session, "Other")
    with pytest.raises(InputError):
        keep_view(session, "Unreadable", View(text="a\x07"))
    for name in ("", " ", "x" * 61, "a\x07"):
        with pytest.raises(InputError):
            keep_view(session, name, View())
    remove_view(session, "My concerns")
    assert all_views(session) == {}


def test_an_unreadable_view_does_not_hide_others(session: Session) -> None:
    with session.store.transaction():
        session.store.keep_setting("views", b'{"bad":{"colour":"blue"},"good":{"kind":"concern"}}')
    assert list(all_views(session)) == ["good"]
    with session.store.transaction():
        session.store.keep_setting("views", b"{")
    assert all_views(session) == {}
