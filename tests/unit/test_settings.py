"""Settings: accepted and refused values, and fallback to defaults for damaged ones."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.selection import Selection
from evidence_app.domain.settings import SETTINGS, Settings, changed, find_setting, read_settings
from evidence_app.domain.time.non_working_days import non_working_days, read_free_days
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings, reset_setting, set_aside_unreadable

GOOD = {
    "own_addresses": ["sam@office.example", "Sam Rowe <s.rowe@office.example>"],
    "people": ["K. Dale; Senior probation officer; spo@office.example"],
    "inside": ["*.office.example", "office.example", "one@elsewhere.example"],
    "client_names": ["Robin Ashe", "Kit Ashe; X000001"],
    "limits": ["preservation request; 14 days; confirmed; 2026-01-01; the branch's own rule; 2026-11-29"],
    "supervision_every": ["6"],
    "other_names": ["Millbrook House"],
    "non_working_days": ["2025-12-29", "Friday from 2025-09-01"],
    "levels": ["SPO", "Area lead"],
    "reply_after": ["7"],
    "receipt_after": ["10"],
    "backup_after": ["3"],
    "renew_before": ["30"],
    "outside_clock_after": ["0"],
    "lock_after": ["5"],
    "clear_copied_after": ["30"],
    "hidden_from_capture": ["no"],
    "appearance": ["high contrast"],
    "language": ["Cymraeg"],
    "text_size": ["150 %"],
    "time_stamps_over_network": ["yes"],
    "further_languages": ["/data/pol.traineddata"],
}
BAD = [
    ("own_addresses", ["sam"]),
    ("own_addresses", ["a@b.example, c@d.example"]),
    ("people", ["K. Dale"]),
    ("inside", ["*"]),
    ("inside", ["*."]),
    ("inside", ["*.gov.uk *.example"]),
    ("inside", [".gov.uk"]),
    ("inside", ["a@b@c.example"]),
    ("client_names", ["Robin\x07"]),
    ("client_names", ["x" * 301]),
    ("client_names", ["x"] * 501),
    ("non_working_days", ["Funday"]),
    ("reply_after", ["0"]),
    ("limits", ["preservation request; soon"]),
    ("supervision_every", ["53"]),
    ("reply_after", ["261"]),
    ("reply_after", ["-1"]),
    ("reply_after", ["1.5"]),
    ("reply_after", ["\uff15"]),
    ("reply_after", ["5", "6"]),
    ("reply_after", []),
    ("lock_after", ["61"]),
    ("clear_copied_after", ["9"]),
    ("hidden_from_capture", ["perhaps"]),
    ("appearance", ["pink"]),
    ("language", ["Latin"]),
    ("text_size", ["150"]),
    ("further_languages", ["/data/pol.txt"]),
    ("further_languages", ["/data+more/pol.traineddata"]),
    ("colour", ["blue"]),
]


@pytest.mark.parametrize("name", GOOD)
def test_a_setting_is_kept_and_read_again(name: str) -> None:
    settings = changed(Settings(), name, GOOD[name])
    value = settings.to_json()[name]
    plain = {"no": False, "yes": True}.get(GOOD[name][0]) if isinstance(value, bool) else GOOD[name][0]
    assert value == (GOOD[name] if isinstance(value, list) else type(value)(plain))
    assert read_settings(json.loads(json.dumps(settings.to_json()))) == settings
    assert [each for each, usual in Settings().to_json().items() if settings.to_json()[each] != usual] == [name]


@pytest.mark.parametrize(("name", "values"), BAD)
def test_invalid_settings_are_refused(name: str, values: list[str]) -> None:
    with pytest.raises(InputError):
        changed(Settings(), name, values)


def test_every_default_is_a_valid_value() -> None:
    usual = Settings().to_json()
    assert set(usual) == {setting.name for setting in SETTINGS} == set(GOOD)
    assert read_settings(usual) == Settings()
    assert find_setting("reply-after") is find_setting("reply_after")


def test_empty_and_repeated_lines_are_left_out() -> None:
    settings = changed(Settings(), "client_names", ["", "  Robin   Ashe ", "Robin Ashe", " "])
    assert settings.client_names == ("Robin Ashe",)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values | st.dictionaries(st.sampled_from(sorted(GOOD)), json_values))
def test_unreadable_settings_have_their_default(stored: object) -> None:
    settings = read_settings(stored)
    # Everything that is told from them can be told: they never stand between a person and the records.
    assert settings.free_days is not None
    assert isinstance(settings.persons, tuple)
    assert settings.next_level("") == (settings.levels[0] if settings.levels else "")
    assert 1 <= settings.reply_after <= 260


def test_one_bad_setting_does_not_spoil_the_others() -> None:
    settings = read_settings({"people": ["nobody"], "reply_after": 9, "surplus": 1})
    assert (settings.people, settings.reply_after) == ((), 9)


def test_settings_are_stored_without_sealing_a_record(session: Session) -> None:
    before = len(list(session.store.records.select(Selection())))
    change_setting(session, "client_names", ["Robin Ashe"])
    assert load_settings(session).client_names == ("Robin Ashe",)
    with pytest.raises(InputError):
        change_setting(session, "reply_after", ["none"])
    assert load_settings(session).client_names == ("Robin Ashe",)
    assert reset_setting(session, "client_names") == Settings()
    assert len(list(session.store.records.select(Selection()))) == before


def test_damaged_settings_fall_back_to_the_defaults(session: Session) -> None:
    for damaged in (b"", b"\xff", b"{", b"[1]", b'{"reply_after": {"a": 1}}'):
        with session.store.transaction():
            session.store.keep_setting("settings", damaged)
        assert load_settings(session) == Settings()


def test_the_levels_follow_one_another_and_end() -> None:
    settings = Settings(levels=("SPO", "Area lead"))
    assert [settings.next_level(each) for each in ("", "SPO", "Area lead", "somebody")] == [
        "SPO",
        "Area lead",
        "",
        "SPO",
    ]
    assert Settings(levels=()).next_level("SPO") == ""


# Non-working days


@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ("2025-12-29", ["2025-12-29"], ["2025-12-28", "2025-12-30"]),
        ("2025-08-04 to 2025-08-15", ["2025-08-04", "2025-08-09", "2025-08-15"], ["2025-08-03", "2025-08-16"]),
        ("Friday", ["1999-12-31", "2025-03-07"], ["2025-03-06"]),
        ("  FRIDAYS ", ["2025-03-07"], ["2025-03-08"]),
        ("Friday from 2025-09-01", ["2025-09-05"], ["2025-08-29", "2025-09-04"]),
        ("Monday to 2025-03-03", ["2025-03-03"], ["2025-03-10"]),
        ("monday from 2025-03-03 to 2025-03-10", ["2025-03-03", "2025-03-10"], ["2025-02-24", "2025-03-17"]),
    ],
)
def test_the_forms_of_non_working_days(line: str, inside: list[str], outside: list[str]) -> None:
    days = non_working_days([line])
    assert [day for day in [*inside, *outside] if date.fromisoformat(day) in days] == inside


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Funday",
        "Fri",
        "2025-02-30",
        "2025-13-01",
        "29/12/2025",
        "2025-08-15 to 2025-08-04",
        "Friday from 2025-09-01 to 2025-08-01",
        "Friday from",
        "2025-08-04 to",
        "2025-08-04 2025-08-05",
        "every day",
        "１２３４-01-01",
    ],
)
def test_an_invalid_non_working_day_is_refused(line: str) -> None:
    with pytest.raises(InputError):
        read_free_days(line)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(0, 60), st.integers(-3, 63))
def test_a_range_of_days_includes_both_ends(first: date, length: int, place: int) -> None:
    last = first + timedelta(days=length)
    days = read_free_days(f"{first} to {last}")
    assert (first + timedelta(days=place) in days) == (0 <= place <= length)
    assert "2025-01-01" not in days


@pytest.mark.parametrize("kept", [b"{", b"[]", b'{"reply_after":["often"],"levels":["SPO"]}'])
def test_unreadable_settings_are_set_aside_and_named(kept: bytes, session: Session) -> None:
    assert set_aside_unreadable(session) == ""
    with session.store.transaction():
        session.store.keep_setting("settings", kept)
    said = set_aside_unreadable(session)
    assert "could not be read" in said
    assert session.store.setting("settings_set_aside") == kept
    assert load_settings(session).reply_after == 5
    assert set_aside_unreadable(session) == "", "it is said once"


def test_a_readable_setting_next_to_an_unreadable_one_is_kept(session: Session) -> None:
    with session.store.transaction():
        session.store.keep_setting("settings", b'{"reply_after":["often"],"levels":["SPO"]}')
    assert "Wait for a reply" in set_aside_unreadable(session)
    assert load_settings(session).levels == ("SPO",)
