"""Moments, days and their words; what identifies a person in a text."""

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_app.domain.people.pseudonyms import find_words
from evidence_app.domain.text.identifiers import find_identifiers
from evidence_app.domain.time import times
from evidence_app.errors import InputError
from evidence_app.proof.encoding import times as spelling

FIRST, LAST = datetime(1970, 1, 2), datetime(2200, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@given(MOMENTS)
def test_spelling_and_reading_agree(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert spelling.read_moment(spelling.spell(whole)) == whole
    assert times.typed_moment(spelling.spell(whole)) == whole
    first, last = times.day_span(times.london_day(whole))
    assert first <= whole <= last, "a moment lies outside its own day in London"


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("2025-04-14T14:10", "2025-04-14T13:10:00Z"),
        ("2025-01-14T14:10", "2025-01-14T14:10:00Z"),
        (" 2025-04-14 14:10:05 ", "2025-04-14T13:10:05Z"),
        ("2025-04-14T14:10Z", "2025-04-14T14:10:00Z"),
        ("2025-04-14T14:10:00.999+05:30", "2025-04-14T08:40:00Z"),
        ("2024-02-29T00:00", "2024-02-29T00:00:00Z"),
    ],
)
def test_moments_as_people_type_them(typed: str, spelled: str) -> None:
    assert spelling.spell(times.typed_moment(typed)) == spelled


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "2025-04-14", "2025-02-30T10:00", "2025-04-14T25:00", "14/04/2025 10:00", "1066-10-14T09:00",
     "2025-04-14T14:10:00+99:99", "2025-04-14T14:10z", "２０２５-04-14T14:10", "0001-01-01T00:00+14:00"],
)  # fmt: skip
def test_what_is_no_moment(typed: str) -> None:
    with pytest.raises(InputError):
        times.typed_moment(typed)


@pytest.mark.parametrize("spelled", ["2025-04-14T13:10Z", "2025-04-14T13:10:00+00:00", "2025-04-14 13:10:00Z", "x"])
def test_records_spell_a_moment_in_one_way_only(spelled: str) -> None:
    with pytest.raises(InputError):
        spelling.read_moment(spelled)


def test_words_for_times() -> None:
    moment = spelling.read_moment("2025-04-14T13:10:00Z")
    assert spelling.in_words(moment) == "Mon 14 Apr 2025, 14:10"
    gaps = {20: "less than a minute", 60: "1 minute", 1320: "22 minutes", 3600: "1 hour", 200_000: "2 days"}
    for seconds, said in gaps.items():
        assert times.gap_in_words(moment, moment + timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("about X000412 today", "CRN"),
        ("(x000412)", "CRN"),
        ("A1234BC", "NOMS number"),
        ("2012/0123456X", "PNC number"),
        ("12345/99B", "CRO number"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "National Insurance number"),
        ("ring 07700 900123", "telephone number"),
        ("+44 7700 900123", "telephone number"),
        ("at ZZ9 9ZZ now", "postcode"),
        ("a.b@example.org", "e-mail address"),
        ("DOB 1/2/1990", "date of birth"),
        ("born: 1 March 1990", "date of birth"),
    ],
)
def test_what_identifies_a_person_is_found(text: str, what: str) -> None:
    found = {finding.what: text[finding.start : finding.end] for finding in find_identifiers(text)}
    assert what in found, f"{text!r}: {found}"


@given(st.sampled_from((16, 32, 64, 68)).flatmap(lambda size: st.binary(min_size=size, max_size=size)))
@example(bytes.fromhex("000000000000000000000000000000000000000000000000000000f84d78413a"))
def test_a_digest_identifies_nobody_and_hides_nobody(digest: bytes) -> None:
    """A head that is quoted in a mail holds by chance what looks like a postcode, or a name of three letters."""
    spelled = b64encode(digest).decode("ascii")
    text = f"evidence-trail/j3asrlq6lqvekq6wwpqo6jidijb62jl6 24\n{spelled}\nSam, X000412\n{sha256(digest).hexdigest()}"
    assert [finding.what for finding in find_identifiers(text)] == ["CRN"]
    assert [text[start:end] for start, end in find_words("Sam", text)] == ["Sam"]
    for part in spelled.strip("=").replace("/", "+").split("+"):
        assert not part or not list(find_words(part, text.replace("Sam", "nobody").replace("X000412", "")))


@pytest.mark.parametrize("text", ["a plain sentence", "X00041", "room 12", "5 April 2025", "WMT 112.5", "1,250 words"])
def test_plain_words_identify_nobody(text: str) -> None:
    assert list(find_identifiers(text)) == []


@pytest.mark.parametrize(
    "text",
    ["by Thursday 24 April.", "24th april", "Thu 24 Apr 2025", "before 24/04/2025", "on 24/4/2025", "2025-04-24"],
)
def test_a_text_names_a_day(text: str) -> None:
    assert times.names_day(f"Please answer {text} if you can", date(2025, 4, 24))


@pytest.mark.parametrize("text", ["124 April", "24 April 2026", "4 April", "24 May", "24 Aprils", "24/05/2025", ""])
def test_a_text_names_another_day_or_none(text: str) -> None:
    assert not times.names_day(f"Please answer {text} if you can", date(2025, 4, 24))
