"""What each paper says of a bundle, with the pages of that bundle."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from evidence_app.bundle.pages.front import document_rows
from evidence_app.bundle.pages.order import BACK, FRONT
from evidence_app.bundle.papers.paper import Paper, PaperColumn
from evidence_app.bundle.papers.statement import statement_paragraphs
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.domain.plan.preview import WithinExhibit, end_of, record_anchor
from evidence_app.domain.record.records import RecordKey
from evidence_app.domain.summary.overview import NOBODY, Raised, raised
from evidence_app.domain.text.number_ranges import DASH
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words

NOT_EVIDENCE: Final = (
    "Made from the bundle “{}” of {}. This paper can be changed by anybody; the bundle shows a change."
)
MAX_EVENT: Final = 600
"""Characters of what happened, in a row."""


@dataclass(frozen=True, slots=True)
class PagesIn:
    """On which pages of a bundle things are: `numbers` maps keys to printed pages, `within` the number of an exhibit to its parts and files."""

    numbers: Mapping[str, int]
    within: Mapping[int, tuple[WithinExhibit, ...]] = field(default_factory=dict)
    prefix: str = ""

    def of(self, key: str) -> str:
        """Return the pages of what begins at a key, such as ``45–46``; nothing where it is not there."""
        first = self.numbers.get(key)
        if first is None:
            return ""
        last = self.numbers.get(end_of(key), first)
        return f"{self.prefix}{first}{DASH}{last}" if last > first else f"{self.prefix}{first}"

    def of_record(self, key: RecordKey) -> str:
        """Return the pages of a record."""
        return self.of(record_anchor(key))


def _above(plan: Plan) -> tuple[str, ...]:
    """Return court, case and parties, and of which bundle the pages are."""
    cover = plan.cover
    court = " · ".join(each for each in (cover.court, f"Case {cover.number}" if cover.number else "") if each)
    parties = " and ".join(cover.parties)
    made = NOT_EVIDENCE.format(plan.title, day_in_words(london_day(plan.made_at)))
    return tuple(each for each in (court, parties, made, plan.profile.marking) if each)


def index_of(plan: Plan, pages: PagesIn) -> Paper:
    """Return the index of a bundle."""
    rows: list[tuple[str, ...]] = []
    rows += [("", "", title, pages.of(key)) for key, (title, _) in FRONT.items() if key in pages.numbers]
    for section in plan.sections if plan.has("records") else ():
        rows.append((section.title,))
        rows += [(*row.cells[:3], pages.of(row.page_key)) for row in document_rows(plan, section, pages.within)]
    rows += [("", "", title, pages.of(key)) for key, title in BACK.items() if key in pages.numbers]
    columns = (
        PaperColumn("No.", 1.1),
        PaperColumn("Date", 2.2),
        PaperColumn("Document", 8),
        PaperColumn("Page", 1.3),
    )
    return Paper("Index", _above(plan), columns, tuple(rows))


def chronology_of(plan: Plan, pages: PagesIn) -> Paper:
    """Return the chronology, with a column for what the other side says of each row."""
    columns = (
        PaperColumn("Date", 2.2),
        PaperColumn("What happened", 7.5),
        PaperColumn("Page", 1.2),
        PaperColumn("Agreed, or what is said instead", 3.6, is_open=True),
    )
    rows = tuple(
        (
            each.shown.event_in_words(),
            f"{each.shown.kind.label}: {each.shown.headline(MAX_EVENT)}",
            pages.of_record(each.record.key),
            "",
        )
        for each in plan.chronological()
        if each.record.index and not each.record.kind.by_program
    )
    return Paper("Chronology", _above(plan), columns, rows, wide=True)


def _things(plan: Plan) -> list[Raised]:
    return raised([each.shown for each in plan.chronological() if each.record.index], plan.threads)


def issues_of(plan: Plan, pages: PagesIn) -> Paper:
    """Return a list of issues: for each thing that was raised, whether it was, and what came of it."""
    columns = (
        PaperColumn("No.", 0.8),
        PaperColumn("Issue", 8.5),
        PaperColumn("Page", 1.2),
        PaperColumn("Agreed or disputed", 2.5, is_open=True),
    )
    rows: list[tuple[str, ...]] = []
    for number, thing in enumerate(_things(plan), start=1):
        page = pages.of_record(thing.record.key)
        rows += [(f"{number}.{part}", issue, page, "") for part, issue in enumerate(_issues(thing), start=1)]
    return Paper("List of issues", _above(plan), columns, tuple(rows))


def _issues(thing: Raised) -> Iterator[str]:
    author = thing.record.author_name or "the author"
    whom = "" if thing.whom == NOBODY else f" with {thing.who}"
    yield f"Did {author} raise{whom} on {thing.record.event_in_words()} that “{_words(thing)}”?"
    if thing.record.fields.get("ask"):
        yield f"Was there asked for: “{' '.join(str(thing.record.fields['ask']).split())}”?"
    yield f"Was it answered? The records say: {thing.answered[:1].lower()}{thing.answered[1:]}."


def _words(thing: Raised) -> str:
    record = thing.record
    return " ".join(str(record.fields.get(record.kind.main) or record.headline(MAX_EVENT)).split())


def schedule_of(plan: Plan, pages: PagesIn) -> Paper:
    """Return a Scott schedule of what was raised, with columns for the other side and for whoever decides."""
    columns = (
        PaperColumn("No.", 0.7),
        PaperColumn("What is alleged", 5),
        PaperColumn("Date", 1.8),
        PaperColumn("By and to whom", 2.4),
        PaperColumn("What came of it", 2.6),
        PaperColumn("Page", 1),
        PaperColumn("The other side's answer", 3, is_open=True),
        PaperColumn("Finding", 1.8, is_open=True),
    )
    rows = tuple(
        (
            str(number),
            _words(thing),
            thing.record.event_in_words(),
            f"{thing.record.author_name or 'the author'} to {thing.whom}",
            thing.answered,
            pages.of_record(thing.record.key),
            "",
            "",
        )
        for number, thing in enumerate(_things(plan), start=1)
    )
    return Paper("Scott schedule", _above(plan), columns, rows, wide=True)


def statement_of(plan: Plan, pages: PagesIn) -> Paper:
    """Return a witness statement in numbered paragraphs, with the pages that they refer to.

    Raises:
        InputError: a paragraph refers to what is not in the bundle.
    """
    owner = plan.owner
    name = str(owner.get("person", "")) or "the author"
    role = f", {owner['role']}," if owner.get("role") else ""
    opening = f"I, {name}{role} will say as follows. Pages are those of the bundle “{plan.title}”."
    exhibits = {exhibit.title: pages.of(exhibit.key) for exhibit in plan.exhibits}
    records = {each.record.key: pages.of_record(each.record.key) for each in plan.shown}
    return Paper(
        f"Witness statement of {name}",
        (*_above(plan)[:-2], opening),
        paragraphs=tuple(statement_paragraphs(plan, records, exhibits)),
        below=(
            "I believe that the facts stated in this witness statement are true.",
            "Signed:",
            "Date:",
            "A draft. Take advice before signing: a statement of truth can have consequences. The program does not give legal advice.",
        ),
    )


PAPERS: Final[Mapping[str, Callable[[Plan, PagesIn], Paper]]] = MappingProxyType(
    {
        "index": index_of,
        "chronology": chronology_of,
        "issues": issues_of,
        "schedule": schedule_of,
        "statement": statement_of,
    }
)
"""The papers by the word of the command line."""
