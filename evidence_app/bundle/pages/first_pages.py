"""The pages that a reader begins with: what happened, what is asked, the pages that matter; and the people. Lengths are in points."""

from collections.abc import Mapping, Sequence
from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.records import RecordKey, SealedRecord
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.summary.overview import Raised, raised
from evidence_app.domain.summary.people import Person, people_of
from evidence_app.domain.summary.story import MAX_LINES, pages_that_matter, story_of
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words

MIN_LINES: Final = 4
"""Lines of the story, at least, where they do not fit on one page."""
NUMBER_WIDTH: Final = 22.0
PAGE_WIDTH: Final = 34.0
"""Room kept at the end of a line for its page."""
MADE: Final = (
    "Made from the sealed records, in their own words, shortened. The page beside each line has the record in full."
)
WRITTEN: Final = "Written by {}. The page beside a line is what it rests on."
MAX_PAGES_NAMED: Final = 60
"""Records of one person whose pages are named."""


def lay_out_story(plan: Plan, flow: PageWriter) -> bool:
    """Set what happened, what is asked and the pages that matter, on one page where nobody wrote more.

    Return false, with nothing set, where there is nothing to tell.
    """
    records = [each.shown for each in plan.chronological() if each.record.index]
    things = raised(records, plan.threads)
    matters = list(plan.matters) or pages_that_matter(records, things)
    by_record = {record.key: record for record in records}
    asked = (plan.asked, "") if plan.asked else _unanswered_ask(things)
    if plan.story:
        _set_story(plan, plan.story, asked, matters, by_record, flow)
        return True
    story = _made_to_fit(plan, records, things, asked, matters)
    if not story:
        return False
    _set_story(plan, story, asked, matters, by_record, flow)
    return True


def _made_to_fit(
    plan: Plan,
    records: Sequence[SealedRecord],
    things: Sequence[Raised],
    asked: tuple[str, str],
    matters: Sequence[StoryLine],
) -> list[StoryLine]:
    """Return a story made from the records: a page is what a reader has a minute for, so there are fewer lines where they are long."""
    for most in range(MAX_LINES, MIN_LINES, -1):
        story = story_of(records, things, most)
        trial = PageWriter()
        _set_story(plan, story, asked, matters, {record.key: record for record in records}, trial)
        if len(trial.pages) == 1:
            return story
    return story_of(records, things, MIN_LINES)


def _set_story(
    plan: Plan,
    story: Sequence[StoryLine],
    asked: tuple[str, str],
    matters: Sequence[StoryLine],
    by_record: Mapping[RecordKey, SealedRecord],
    flow: PageWriter,
) -> None:
    flow.heading("What happened", "story")
    writer = str(plan.owner.get("person", "")) or "its maker"
    flow.paragraph(WRITTEN.format(writer) if plan.story else MADE, size=t.NOTE_SIZE, colour=t.SOFT, after=8)
    for number, line in enumerate(story, start=1):
        _line(number, line, flow)
    words, of = asked
    if words:
        _asked(words, of, flow)
    if matters:
        _matters(matters, by_record, flow)


def _line(number: int, line: StoryLine, flow: PageWriter) -> None:
    """Set one line with its number before it and its page behind it."""
    step = t.BODY_SIZE * t.LEADING
    lines = flow.wrap(line.text, flow.width - NUMBER_WIDTH - PAGE_WIDTH)
    flow.need(step * len(lines) + 5)
    with flow.element("P"):
        for place, text in enumerate(lines):
            flow.y -= step
            if place == 0:
                flow.put(flow.left, f"{number}. ", BOLD, t.BODY_SIZE, t.TEAL)
            flow.put(flow.left + NUMBER_WIDTH, text)
        if line.record is not None:
            flow.page_of(flow.left + flow.width, record_anchor(line.record), "p. ", t.TABLE_SIZE)
    flow.space(5)


def _unanswered_ask(things: Sequence[Raised]) -> tuple[str, str]:
    """Return what was asked for, and to which no answer is recorded, in the author's words: the latest, and of whom; or empty strings."""
    asks = [thing for thing in things if thing.unanswered and thing.record.fields.get("ask")]
    if not asks:
        return "", ""
    record = asks[-1].record
    whom = "" if asks[-1].names_nobody else f"of {asks[-1].who}, "
    words = " ".join(str(record.fields["ask"]).split())
    said = f"Asked {whom}on {day_in_words(london_day(record.event[0]))}: “{words}”"
    if len(asks) > 1:
        said += f" To {len(asks) - 1} more that were asked for before no answer is recorded either: see “At a glance”."
    return said, "" if asks[-1].names_nobody else asks[-1].who


def _asked(words: str, of: str, flow: PageWriter) -> None:
    """Set what is asked, with a bar down its side; what was asked of somebody who did not answer says of whom."""
    flow.space(6)
    is_old = words.startswith("Asked ")
    by = f" by {of}" if of else ""
    flow.heading(f"Asked for, and no answer{by} is recorded" if is_old else "What is asked", level=1)
    flow.paragraph(words, indent=11, bar=t.TEAL, after=10)


def _matters(matters: Sequence[StoryLine], records: Mapping[RecordKey, SealedRecord], flow: PageWriter) -> None:
    columns = (
        Column("What", 0, flow.width - 40 - 150),
        Column("Date", flow.width - 40 - 150, 150),
        Column("Page", flow.width - 40, 40, right=True),
    )
    rows = [
        Row(
            (
                line.text,
                records[line.record].event_in_words() if line.record is not None and line.record in records else "",
                "",
            ),
            record_anchor(line.record) if line.record is not None else "",
        )
        for line in matters
    ]
    table(flow, columns, rows, title="The pages that matter")


def lay_out_people(plan: Plan, flow: PageWriter) -> bool:
    """Set the people, each once, with roles and pages. Return false, with nothing set, if the records name nobody."""
    people = [each for each in people_of([each.shown for each in plan.chronological()]) if each.name]
    if not people:
        return False
    flow.heading("People", "people")
    columns = (
        Column("Who", 0, 140, BOLD),
        Column("Role, and when it changed", 140, flow.width - 140 - 166),
        Column("Pages", flow.width - 162, 162),
    )
    rows = [
        Row(
            (_as_written(person), person.roles_in_words(), "throughout" if person.is_throughout else ""),
            most_lines=8,
            pages=_pages(person),
        )
        for person in people
    ]
    table(flow, columns, rows)
    return True


def _as_written(person: Person) -> str:
    """Return a person's name, and after it the other names that the records have for them."""
    others = f" (also {', '.join(person.other_names)})" if person.other_names else ""
    return f"{person.name}{others}"


def _pages(person: Person) -> tuple[str, ...]:
    return () if person.is_throughout else tuple(record_anchor(key) for key in person.records[:MAX_PAGES_NAMED])
