"""Order of a bundle's pages: front parts, documents section by section, back parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.exhibits.shared_pages import fits_below, share_pages
from evidence_app.bundle.pages.brief import lay_out_brief_annex, lay_out_standing
from evidence_app.bundle.pages.conformance import conformance_rules
from evidence_app.bundle.pages.counts import lay_out_counts
from evidence_app.bundle.pages.drawn_period import lay_out_calendar, lay_out_case_lines
from evidence_app.bundle.pages.first_pages import lay_out_people, lay_out_story
from evidence_app.bundle.pages.front import lay_out_chronology, lay_out_cover, lay_out_index, lay_out_late_list
from evidence_app.bundle.pages.integrity_annex import lay_out_annex, lay_out_conformance
from evidence_app.bundle.pages.knowledge import lay_out_knowledge
from evidence_app.bundle.pages.outstanding import lay_out_open
from evidence_app.bundle.pages.questions import lay_out_questions
from evidence_app.bundle.pages.records import begin_records, lay_out_record
from evidence_app.bundle.pages.redaction_schedule import lay_out_schedule, lay_out_statement
from evidence_app.bundle.pages.summary import lay_out_summary
from evidence_app.bundle.pages.threads import lay_out_threads
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.plan.sections import PlacedSection
from evidence_app.bundle.typeset.page_writer import Bookmark, Page, PageWriter
from evidence_app.domain.plan.preview import WithinExhibit, end_of, record_anchor
from evidence_app.domain.plan.profile_files import PART_TITLES
from evidence_app.domain.plan.saved_plan import PICTURES
from evidence_app.domain.record.records import RecordKey, SealedRecord
from evidence_app.domain.time.times import london_day
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.times import day_in_words

FRONT: Final[Mapping[str, tuple[str, Callable[[Plan, PageWriter], bool | None]]]] = MappingProxyType(
    {
        "story": (PART_TITLES["story"], lay_out_story),
        "people": (PART_TITLES["people"], lay_out_people),
        "glance": (PART_TITLES["glance"], lay_out_summary),
        "questions": (PART_TITLES["questions"], lay_out_questions),
        "open": (PART_TITLES["open"], lay_out_open),
        "counts": (PART_TITLES["counts"], lay_out_counts),
        "calendar": (PART_TITLES["calendar"], lay_out_calendar),
        "cases": (PART_TITLES["cases"], lay_out_case_lines),
        "threads": (PART_TITLES["threads"], lay_out_threads),
        "knowledge": (PART_TITLES["knowledge"], lay_out_knowledge),
        "chronology": (PART_TITLES["chronology"], lay_out_chronology),
    }
)
"""The front parts by key, in the order in which they stand before the documents: title, and function that lays it out.

A function that returns False has nothing to show; its part is left out.
"""
BEFORE_INDEX: Final = frozenset({"story", "people", "glance"})
"""The parts that stand before the index: a reader begins with them."""
MUST_BE_NAMED: Final = frozenset({"questions", "open", "counts", *PICTURES})
"""The parts that a profile has only if it names them."""
MAIL_ALONE: Final = frozenset({"message", "mail-receipt", "drafted-mail"})
"""Kinds of record that a short bundle without exhibits shows on the ladder alone."""
SHARES_PAGES: Final = MappingProxyType({"glance": "people"})
"""Parts that go on below another instead of beginning a page."""
BETWEEN_PARTS: Final = 18.0
"""Points between a part and the one below it on the same page."""
BACK: Final = {
    "schedule": "Redaction schedule",
    "annex": PART_TITLES["annex"],
    "conformance": PART_TITLES["conformance"],
    "statement": PART_TITLES["statement"],
}
"""The back parts, by key: their titles."""


@dataclass(frozen=True, slots=True)
class Proving:
    """Evidence for the annex: the signed checkpoint, and the attestations (`clocks`)."""

    signed_checkpoint: str
    checkpoint: Checkpoint
    clocks: Sequence[Attestation] = ()


@dataclass(slots=True)
class LaidOutPages:
    """Pages with their bookmarks."""

    pages: list[Page] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

    def add(self, flow: PageWriter) -> None:
        """Append the pages and bookmarks of a page writer."""
        self.pages += flow.pages
        self.bookmarks += flow.bookmarks

    def extend(self, others: "LaidOutPages") -> None:
        """Append other pages with their bookmarks; a page that is there, since two exhibits share it, once."""
        self.pages += [page for page in others.pages if not self.pages or page is not self.pages[-1]]
        self.bookmarks += others.bookmarks


def lay_out_all(plan: Plan, proving: Proving, prepared: Sequence[PreparedExhibit]) -> LaidOutPages:
    """Lay the whole bundle out."""
    if plan.profile.brief:
        return _lay_out_brief(plan, proving, prepared)
    whole = LaidOutPages()
    cover, index = PageWriter(), PageWriter("Index")
    lay_out_cover(plan, cover, proving.checkpoint)
    front = plan.at_stage(0)
    parts = _parts(front)
    documents = LaidOutPages()
    for section in plan.sections:
        documents.extend(lay_out_section(plan, section, prepared, proving.clocks))
    flows = list(dict.fromkeys(parts.values()))
    set_so_far = [page for flow in (cover, *flows) for page in flow.pages] + documents.pages
    back = lay_out_back(plan, proving, prepared, set_so_far)
    there = {key: FRONT[key][0] for key in parts}
    ends = {mark.key: BACK[mark.key] for mark in back.bookmarks if mark.key in BACK}
    lay_out_index(plan, index, there, ends, within_exhibits(prepared))
    first = {flow for key, flow in parts.items() if key in BEFORE_INDEX}
    before, behind = (flow for flow in flows if flow in first), (flow for flow in flows if flow not in first)
    for flow in (cover, *before, index, *behind):
        whole.add(flow)
    whole.extend(documents)
    whole.extend(back)
    return whole


def _lay_out_brief(plan: Plan, proving: Proving, prepared: Sequence[PreparedExhibit]) -> LaidOutPages:
    """Lay out a few pages about one thread: how it stands, its steps, its records in short, each e-mail once, and how to check them."""
    whole, first = LaidOutPages(), PageWriter("How it stands")
    mails = () if plan.profile.exhibits else MAIL_ALONE
    not_set = frozenset(
        each.record.key for each in plan.shown if each.record.kind.by_program or each.record.kind.name in mails
    )
    lay_out_standing(plan, first, not_set)
    whole.add(first)
    exhibits = {each.exhibit.number: each for each in prepared}
    doubled = {each.record.key: _shown_by_exhibit(plan, each.shown, exhibits) for each in plan.shown}
    records = PageWriter("Records")
    records.heading("The records, in their order", "records")
    for each in plan.chronological():
        # What is shown elsewhere word for word is not shown again.
        if each.record.key not in not_set and doubled[each.record.key] is None:
            lay_out_record(plan, each, records, proving.clocks, brief=True)
    share_pages(prepared, frozenset({"text", "slip"}))
    shown_at = {key: where[1] for key, where in doubled.items() if where is not None}
    pages = LaidOutPages()
    for one in prepared:
        pages.extend(_exhibit(one, "", ""))
    checking = PageWriter("How to check it")
    lay_out_brief_annex(plan, checking, proving.checkpoint, proving.clocks)
    whole.add(records)
    whole.extend(pages)
    last = whole.pages[-1]
    # What is placed on a page afterwards, such as the page of a file, is no mark of it: nothing may stand below it.
    is_free = not any(last is one.pages[page] for one in prepared for page in one.placed)
    if len(checking.pages) == 1 and is_free and fits_below(checking.page, last):
        whole.bookmarks += checking.bookmarks
    else:
        whole.add(checking)
    _stand_in(shown_at, whole.pages)
    return whole


def _shown_by_exhibit(
    plan: Plan, record: SealedRecord, exhibits: Mapping[int, PreparedExhibit]
) -> tuple[str, str] | None:
    """Return where a mail or receipt is shown, as `shown_elsewhere` does; of a receipt its exhibit says what it shows and what it does not."""
    if record.kind.name == "mail-receipt":
        shown = [each for each in plan.exhibits_of(record) if exhibits[each.number].mail_words]
        return (f"Exhibit {shown[0].label}", shown[0].key) if shown else None
    return shown_elsewhere(plan, record, exhibits)


def _stand_in(shown_at: Mapping[RecordKey, str], pages: Sequence[Page]) -> None:
    """Have links to a record that is not set by itself lead to where its words are."""
    keys = {key: page for page in pages for key in page.keys}
    for record, key in shown_at.items():
        if key in keys:
            keys[key].keys[record_anchor(record)] = keys[key].keys[key]


def within_exhibits(prepared: Sequence[PreparedExhibit]) -> dict[int, tuple[WithinExhibit, ...]]:
    """Return what the index says of the parts of each exhibit and of the files within it, by its number."""
    found: dict[int, tuple[WithinExhibit, ...]] = {}
    for each in prepared:
        key, label = each.exhibit.key, each.exhibit.label
        parts = [WithinExhibit("", title, f"{key}-part-{n}") for n, (_, title) in enumerate(each.own_index, start=1)]
        files = [
            WithinExhibit(f"Ex. {label}.{n}", name, f"{key}-{n}") for n, (_, name) in enumerate(each.enclosed, start=1)
        ]
        found[each.exhibit.number] = (*parts, *files)
    return found


def _parts(plan: Plan) -> dict[str, PageWriter]:
    """Lay out the front parts that the profile asks for and that have content, by key."""
    parts: dict[str, PageWriter] = {}
    for key, (title, lay_out) in FRONT.items():
        above = parts.get(SHARES_PAGES.get(key, ""))
        flow = above or PageWriter(title)
        # A profile without a list of sections has all of them except these, which it must name.
        included = key in plan.profile.sections if key in MUST_BE_NAMED else plan.has(key)
        included = included or key in plan.pictures
        if above is not None and included:
            flow.page.foot = f"{flow.page.foot}; {title.lower()}"
            flow.foot = title
            flow.space(BETWEEN_PARTS)
        if included and lay_out(plan, flow) is not False:
            parts[key] = flow
    return parts


def lay_out_section(
    plan: Plan, section: PlacedSection, prepared: Iterable[PreparedExhibit], clocks: Sequence[Attestation]
) -> LaidOutPages:
    """Lay out the documents of a section; a late one begins with its list and the summary as it stands then.

    Consecutive records share pages; each exhibit begins a page of its own.
    """
    done = LaidOutPages()
    if not plan.has("records"):
        return done
    exhibits = {each.exhibit.number: each for each in prepared}
    # Attestations of later sections are left out, so that adding one changes no earlier page.
    vouching = [clock for clock in clocks if plan.stages.get(clock.record, 0) <= section.stage]
    flow: PageWriter | None = None
    has_title = False
    for together in _consecutive(section, exhibits):
        share_pages(together, frozenset({"slip"}))
    if section.stage:
        done.extend(_late_front(plan, section))
        has_title = True
    for document in section.documents:
        if document.record is not None:
            if flow is None:
                flow = PageWriter()
                if not has_title:
                    begin_records(flow, section.title, section.key)
            elsewhere = shown_elsewhere(plan, document.record.shown, exhibits)
            lay_out_record(plan, document.record, flow, vouching, document.title, elsewhere=elsewhere)
        elif document.exhibit is not None and document.exhibit.number in exhibits:
            if flow is not None:
                done.add(flow)
                flow = None
            section_key = "" if has_title else section.key
            done.extend(_exhibit(exhibits[document.exhibit.number], section_key, section.title))
        has_title = True
    if flow is not None:
        done.add(flow)
    return done


def _consecutive(section: PlacedSection, exhibits: Mapping[int, PreparedExhibit]) -> Iterator[list[PreparedExhibit]]:
    """Yield the exhibits of a section that follow each other, with no record between them."""
    for is_exhibit, documents in groupby(section.documents, key=lambda document: document.exhibit is not None):
        if is_exhibit:
            numbers = [document.exhibit.number for document in documents if document.exhibit is not None]
            yield [exhibits[number] for number in numbers if number in exhibits]


def shown_elsewhere(
    plan: Plan, record: SealedRecord, exhibits: Mapping[int, PreparedExhibit]
) -> tuple[str, str] | None:
    """Return where in the bundle the words of a record of mail are shown: a label, and the key of the page. None where they are shown by itself.

    A mail that was drafted and sent is one document: the exhibit shows its words, else the record of the sent copy, where they are the same.
    What came late is another: pages that were handed over stay as they were, and a late section is read by itself too.
    """
    stage = plan.stages.get(record.key, 0)
    said = _words(record)
    if not said or record.kind.name not in {"message", "drafted-mail"}:
        return None
    sent = [record]
    if record.kind.name == "drafted-mail":
        sent = [
            each.shown
            for each in plan.shown
            if (record.key, "carries out") in each.shown.linked
            and _words(each.shown) == said
            and plan.stages.get(each.record.key, 0) == stage
        ]
    for each in sent:
        for exhibit in plan.exhibits_of(each):
            prepared = exhibits.get(exhibit.number)
            is_beside = min(plan.stages.get(key, 0) for key in exhibit.records) == stage
            if prepared is not None and is_beside and not exhibit.chosen.pages and _shows(prepared, said):
                return f"Exhibit {exhibit.label}", exhibit.key
    if sent and record.kind.name == "drafted-mail":
        return f"Record {sent[0].number}", record_anchor(sent[0].key)
    return None


def _shows(prepared: PreparedExhibit, said: str) -> bool:
    """Whether an exhibit shows just the words of a mail; of pages that were handed over, these words and what stands above them."""
    words = " ".join(prepared.mail_words.split())
    return said in words if prepared.exhibit.taken_from is not None else words == said


def _words(record: SealedRecord) -> str:
    return " ".join(str(record.fields.get("content", "")).split())


def _exhibit(prepared: PreparedExhibit, section_key: str, title: str) -> LaidOutPages:
    """Return an exhibit's pages with bookmarks for it and for the files in it. With `section_key` it begins that section."""
    exhibit, first = prepared.exhibit, prepared.pages[0]
    bookmarks = []
    prepared.pages[-1].keys[end_of(exhibit.key)] = 0.0
    if section_key:
        first.keys[section_key] = first.size[1]
        bookmarks.append(Bookmark(section_key, title, 0))
    bookmarks.append(Bookmark(exhibit.key, f"Exhibit {exhibit.label}: {exhibit.title[:60]}", 1))
    bookmarks += [
        Bookmark(f"{exhibit.key}-part-{number}", title, 2)
        for number, (_, title) in enumerate(prepared.own_index, start=1)
    ]
    bookmarks += [
        Bookmark(f"{exhibit.key}-{number}", f"Exhibit {exhibit.label}.{number}: {name[:60]}", 2)
        for number, (_, name) in enumerate(prepared.enclosed, start=1)
    ]
    return LaidOutPages(list(prepared.pages), bookmarks)


def _late_front(plan: Plan, section: PlacedSection) -> LaidOutPages:
    """Lay out the beginning of a late section: its list of documents, and the summary as of its day.

    See docs/decisions/0010-late-documents.md.
    """
    flow = PageWriter(section.title)
    then = plan.at_stage(section.stage)
    lay_out_late_list(plan, section, flow)
    if plan.has("glance"):
        day = day_in_words(section.as_of or london_day(plan.made_at))
        lay_out_summary(then, flow, f"At a glance, as it stands on {day}", f"{section.key}-glance")
    done = LaidOutPages()
    done.add(flow)
    return done


def lay_out_back(
    plan: Plan, proving: Proving, prepared: Sequence[PreparedExhibit], before: Iterable[Page]
) -> LaidOutPages:
    """Lay out what is made anew for every bundle: schedule, annex, conformance sheet, statement. `before` are the pages that stand before these."""
    done = LaidOutPages()
    schedule = PageWriter(BACK["schedule"])
    if lay_out_schedule(plan, schedule):
        done.add(schedule)
    annex = PageWriter(BACK["annex"])
    details = [detail for each in prepared for detail in each.technical]
    lay_out_annex(plan, annex, proving.signed_checkpoint, proving.checkpoint, proving.clocks, details)
    done.add(annex)
    conformance = PageWriter(BACK["conformance"])
    missing = sum(page.characters_missing for page in (*before, *done.pages))
    lay_out_conformance(conformance, conformance_rules(plan, prepared, missing))
    done.add(conformance)
    if plan.has("statement"):
        statement = PageWriter(BACK["statement"])
        lay_out_statement(plan, statement)
        done.add(statement)
    return done
