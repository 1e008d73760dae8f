"""The story is made of the records' own words, no more than a page of them; a person can write it instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.plan.story_text import StoryText, read_story_text, story_as_text
from evidence_app.domain.record.records import RecordRef
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.summary.overview import raised
from evidence_app.domain.summary.people import people_of
from evidence_app.domain.summary.story import MAX_LINES, pages_that_matter, story_of
from evidence_app.errors import InputError
from tests.support.casebook import SPO, Casebook

WORDS = st.text(st.characters(categories=("L", "N", "P"), include_characters=" "), min_size=1).map(str.strip)


@pytest.fixture
def book() -> Casebook:
    made = Casebook()
    made.add("instruction", "2025-04-14", [], exact_words="Move him to monthly.", given_by=SPO)
    concern = made.concern("2025-04-15", reply_by="2025-04-24", ask="Weekly reporting again.")
    made.add("response", "2025-04-25", [(concern, "answers")], effect="no answer by the date", content="None came.")
    made.add(
        "incident", "2025-05-20", [], type="SFO", summary="P. Winter rang. He was charged. " + "More was said. " * 20
    )
    return made


def test_the_story_is_in_the_order_of_events_and_rests_on_records(book: Casebook) -> None:
    things = raised(book.records, [book.thread(1, "2025-06-01")])
    story = story_of(book.records, things)
    assert [line.record for line in story] == [0, 1, 3]
    assert story[0].text == "Mon 14 Apr 2025: K. Dale said to R. Hale: “Move him to monthly.”"
    assert "R. Hale raised with K. Dale: “61 cases on four days.” No answer by Thu 24 Apr 2025" in story[1].text
    assert "P. Winter rang. He was charged." in story[2].text, "an initial is no end of a sentence"
    assert story[2].text.endswith("[…]”"), "what is left out stands within the quotation"
    assert [line.record for line in pages_that_matter(book.records, things)] == [0, 1, 3]


def test_a_long_log_has_a_short_story() -> None:
    book = Casebook()
    for day in range(1, 29):
        book.concern(f"2025-04-{day:02}")
    book.add("incident", "2025-05-20", [], type="SFO", summary="He was charged.")
    story = story_of(book.records, raised(book.records, []))
    assert len(story) == MAX_LINES
    assert story[-1].record == 28, "the incident is what the concerns were about"


def test_what_a_safety_rep_asks_for_is_in_it_before_the_load() -> None:
    book = Casebook()
    for day in range(1, 29):
        book.add("workload", f"2025-04-{day:02}", [], cases_total=60)
    asked = book.add("request", "2025-05-02", [], asks="A stress risk assessment.", type="risk assessment request")
    noted = book.add("health-and-safety", "2025-05-03", [], what="Fell asleep at a red light.")
    story = story_of(book.records, [])
    assert [line.record for line in story[-2:]] == [asked, noted]
    assert story[-2].text.endswith("asked formally: “A stress risk assessment.”")
    assert story[-1].text.endswith("noted of health and safety: “Fell asleep at a red light.”")
    assert [line.record for line in pages_that_matter(book.records, [])] == [asked, noted]


def test_a_log_without_anything_to_tell_has_no_story() -> None:
    book = Casebook()
    book.add("note", "2025-04-14", [], text="Nothing.")
    assert story_of(book.records, []) == []
    assert pages_that_matter(book.records, []) == []


def test_one_person_is_one_row_with_the_roles_and_no_machine_is_one() -> None:
    book = Casebook()
    book.concern("2025-04-15", raised_with={"person": "G. Tranter", "role": "Senior probation officer"})
    book.concern("2025-08-15", raised_with={"person": "Gary Tranter", "role": "Head of PDU"})
    book.received("2025-08-16", **{"from": "Gary Tranter <g.tranter@x.example>"})
    book.received("2025-08-17", **{"from": "MAILER-DAEMON@x.example"})
    writer, other = people_of(book.records)
    assert (writer.name, writer.is_throughout, writer.roles_in_words()) == ("R. Hale", True, "Probation officer")
    assert (other.name, other.records) == ("Gary Tranter", [0, 1, 2])
    assert (other.other_names, writer.other_names) == (("G. Tranter",), ()), "it is not said which names were joined"
    assert other.roles_in_words().startswith("Senior probation officer, Tue 15 Apr 2025; Head of PDU, Fri 15 Aug 2025")


def test_who_wrote_little_of_it_is_not_throughout() -> None:
    member, rep = Casebook(), Casebook(author="A. Brandt")
    for day in (1, 2, 3):
        member.concern(f"2025-04-0{day}")
    rep.add("note", "2025-04-09", [], text="A note.")
    found = {each.name: each.is_throughout for each in people_of([*member.records, *rep.records])}
    assert (found["R. Hale"], found["A. Brandt"], found["K. Dale"]) == (True, False, False)


def test_a_story_is_read_from_lines_as_it_was_written() -> None:
    story = read_story_text(
        "# remark\n\n14: It began.\n-: Nobody came.\n2/7: Hers.\nasked: That it ends.\npage 14: The first\n"
    )
    assert story.lines == (
        StoryLine("It began.", 14),
        StoryLine("Nobody came.", None),
        StoryLine("Hers.", RecordRef(2, 7)),
    )
    assert (story.asked, story.matters) == ("That it ends.", (StoryLine("The first", 14),))
    assert read_story_text(story_as_text(story)) == story


@pytest.mark.parametrize("line", ["It began.", "14 It began.", "asked 14: x", "page: x", "x: y"])
def test_a_line_of_another_form_is_named(line: str) -> None:
    with pytest.raises(InputError, match="Line 2 of the story"):
        read_story_text(f"14: fine\n{line}\n")


@given(st.lists(st.tuples(WORDS.filter(bool), st.none() | st.integers(0, 999_999)), max_size=5), WORDS)
def test_any_story_comes_back(lines: list[tuple[str, int | None]], asked: str) -> None:
    story = StoryText(tuple(StoryLine(*line) for line in lines), asked, ())
    assert read_story_text(story_as_text(story)) == story
