"""The front of a bundle: cover, index with links, and chronology; and the beginning of a late section. Lengths are in points."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from evidence_app.bundle.pages.threads import thread_anchor
from evidence_app.bundle.plan.parts import reasons_in_words
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.plan.sections import PlacedDocument, PlacedSection
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, MONO, REGULAR
from evidence_app.bundle.typeset.page_writer import A4, Code, PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.domain.plan.preview import WithinExhibit, end_of, record_anchor
from evidence_app.domain.record.records import RecordKey, SealedRecord, group_in_words
from evidence_app.domain.text.counted import counted
from evidence_app.domain.time.times import london_day
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words, in_words

WHO = ("given_by", "raised_with", "agreed_by", "made_by", "from", "told_to", "reviewer")
"""The fields that name the other person of a record, the most specific first."""
LATE_LINE: Final = 15.0
"""Height of the index line of a late section."""
MAX_LATE: Final = 18
"""Lines that the index of a saved plan reserves for late sections and their documents."""
COVER_TITLE: Final = 25.0
COVER_TITLE_BELOW: Final = 15.0
"""Size of the title, and of one that stands below the parties."""
COVER_COURT: Final = 13.0
COVER_MEASURES: Final = ((150.0, 22.0, 20.0), (90.0, 20.0, 12.0), (50.0, 15.0, 8.0))
"""Height left empty above the title, size of a party's name, and room below the parties: the first with which the cover is one page."""
COVER_FACT: Final = 11.0
COVER_LABEL_WIDTH: Final = 132.0
"""Size of the cover's facts, and width of their labels."""
PROOF_BOX_TOP: Final = 190.0
PROOF_LABEL_WIDTH: Final = 46.0
QR_SIZE: Final = 96.0


def lay_out_cover(plan: Plan, flow: PageWriter, checkpoint: Checkpoint) -> None:
    """Set the cover. The page count is a reference to the page with the key "last", whose number is not known yet."""
    for measures in COVER_MEASURES:
        trial = PageWriter()
        _cover_facts(plan, trial, measures)
        if len(trial.pages) == 1 and trial.y >= PROOF_BOX_TOP:
            break
    _cover_facts(plan, flow, measures)
    if flow.y < PROOF_BOX_TOP:
        flow.new_page()
    _proof_box(flow, checkpoint)


def _cover_facts(plan: Plan, flow: PageWriter, measures: tuple[float, float, float]) -> None:
    """Set everything on the cover but the proof; of very many parties it takes more than a page."""
    top, party_size, below = measures
    flow.page.plain = True
    flow.page.keys["cover"] = A4[1]
    flow.bookmarks.append(t.Bookmark("cover", "Cover", 0))
    flow.y = A4[1] - top
    _parties(plan, flow, party_size, below)
    with flow.element("H1"):
        size = COVER_TITLE if not plan.cover.parties else COVER_TITLE_BELOW
        for line in flow.wrap(plan.title, flow.width, BOLD, size):
            flow.y -= size * 1.25
            flow.put(flow.left, line, BOLD, size, t.TEAL)
    flow.space(12)
    flow.rule(t.TEAL, 1.5)
    flow.space(16)
    if plan.demonstration:
        flow.paragraph("Invented demonstration case. Nobody and nothing in it is real.", BOLD, 11, t.AMBER, after=10)
    for label, text in cover_facts(plan):
        flow.pair(label, text, label_width=COVER_LABEL_WIDTH, size=COVER_FACT)
    flow.need(16)
    flow.y -= 15
    with flow.element("P") as pages:
        flow.put(flow.left, "Pages ", REGULAR, t.NOTE_SIZE, t.SOFT)
        x = flow.left + COVER_LABEL_WIDTH
        if plan.prefix:
            first = f"{plan.prefix}1 to "
            flow.put(x, first, REGULAR, COVER_FACT)
            x += flow.fonts.width(first, REGULAR, COVER_FACT)
        flow.page.marks.append(t.PageOf(x, flow.y, REGULAR, COVER_FACT, t.INK, "last", right=False, tag=pages))
    if plan.profile.notice:
        flow.space(12)
        flow.paragraph(plan.profile.notice, size=t.TABLE_SIZE, colour=t.AMBER)


def _parties(plan: Plan, flow: PageWriter, size: float, below: float) -> None:
    """Set court and case number, and the parties one below the other."""
    cover = plan.cover
    heading = " · ".join(each for each in (cover.court, f"Case {cover.number}" if cover.number else "") if each)
    if heading:
        flow.paragraph(heading, size=COVER_COURT, after=6)
    for number, party in enumerate(cover.parties):
        if number:
            flow.paragraph("and", BOLD, COVER_COURT, after=0)
        flow.paragraph(party, BOLD, size, t.TEAL, after=2)
    if cover.parties:
        flow.space(below)


def cover_facts(plan: Plan) -> list[tuple[str, str]]:
    """Return the cover's facts as pairs of label and text."""
    # The record at position 0 describes the log itself: it is no event of the period.
    events = [record.event for record in (*(each.record for each in plan.set), *plan.counted) if record.index]
    # Without events, as in a bundle of open items when there are none, the period is the day on which it is made.
    first = min((event[0] for event in events), default=plan.made_at)
    last = max((event[1] for event in events), default=plan.made_at)
    own = sum(not each.record.handover for each in plan.set)
    left_out = f"; {plan.left_out_count} left out ({reasons_in_words(plan.left_out)})" if plan.left_out else ""
    facts = [
        *([("Hearing", plan.cover.hearing)] if plan.cover.hearing else []),
        *([("Representative", plan.cover.representative)] if plan.cover.representative else []),
        ("Whose records", _whose_records(plan)),
        *([] if plan.profile.counts else [("About the case", plan.case_shown or "all cases of the period")]),
        ("Period", _period_of(plan, first, last)),
        ("Prepared for", plan.recipient),
        ("Prepared by", person_in_words(plan.owner) or "the owner of the log"),
        ("Made on", in_words(plan.made_at)),
        *([("Records", f"{own} of {plan.tree_size} shown{left_out}")] if own or not plan.handed_over else []),
    ]
    facts += [
        (
            f"Handed over (record {part.handover})",
            f"{len(plan.of_handover(part.handover))} of {part.checkpoint.size} records of {part.whose} shown, received {in_words(part.received_at)}",
        )
        for part in plan.handed_over
    ]
    if plan.withheld_fields or plan.withheld_words:
        facts.append(("Withheld in them", f"{_withheld_in_words(plan)}; the redaction schedule says why"))
    if plan.late_sections:
        titles = "; ".join(section.title for section in plan.late_sections)
        facts.append(
            ("Late documents", f"At the end: {titles}. What stands before is as of {day_in_words(plan.front_day)}")
        )
    facts.append(("Exhibits", str(len(plan.exhibits))))
    return facts


def _withheld_in_words(plan: Plan) -> str:
    fields = [counted(plan.withheld_fields, "field")] if plan.withheld_fields else []
    words = [counted(plan.withheld_words, "single word")] if plan.withheld_words else []
    return ", and ".join([*fields, *words])


def _whose_records(plan: Plan) -> str:
    """Return whose records the bundle shows: in a rep's bundle the members', and then the rep's own."""
    owner = person_in_words(plan.owner) or "the owner of the log"
    if not plan.other_authors:
        return owner
    has_own = any(each.record.index for each in plan.set if not each.record.handover)
    return "; ".join((*plan.other_authors, *([f"notes of {owner}"] if has_own else [])))


def _period_of(plan: Plan, first: datetime, last: datetime) -> str:
    """Return the period of a bundle in words."""
    if plan.collective is not None:
        return plan.collective.period or "not said"
    return _period(first, last, exact=not plan.profile.counts)


def _period(first: datetime, last: datetime, *, exact: bool) -> str:
    """Return a period as days or, in bundles of counts, as quarters, which identify nobody."""
    if exact:
        return f"{day_of(first)} to {day_of(last)}"
    return " to ".join(f"quarter {(day.month + 2) // 3} of {day.year}" for day in (london_day(first), london_day(last)))


def day_of(moment: datetime) -> str:
    """Return the day of a moment in words, in Europe/London."""
    return day_in_words(london_day(moment))


def person_in_words(person: Json) -> str:
    """Return a person's name and role; an empty string if the value is not a person."""
    if not isinstance(person, dict):
        return ""
    return ", ".join(str(person[part]) for part in ("person", "role") if person.get(part))


def _proof_box(flow: PageWriter, checkpoint: Checkpoint) -> None:
    """Set the box at the foot of the cover: the checkpoint in words and as a QR code, to be compared with one from elsewhere."""
    flow.y = PROOF_BOX_TOP
    flow.rule()
    figure = Element("Figure", None, "QR code of the head of the log that stands beside it in words")
    flow.page.marks.append(
        Code(flow.left + flow.width - QR_SIZE, flow.y - (QR_SIZE + 10), QR_SIZE, checkpoint.line, figure)
    )
    # The text is set in a narrower column, beside the code.
    width = flow.width
    flow.width = width - (QR_SIZE + 16)
    flow.space(4)
    flow.paragraph("How to check this file", BOLD, t.TABLE_SIZE, after=2)
    flow.paragraph(
        "Whether each record is still as it was sealed can be checked by anybody, without a network: “evidence-trail verify FILE”. No program "
        "can show whether it is true. The integrity annex says more.",
        size=t.NOTE_SIZE,
        colour=t.SOFT,
        after=4,
    )
    for label, text in (
        ("log", checkpoint.origin),
        ("records", str(checkpoint.size)),
        ("root", checkpoint.line.rsplit(" ", 1)[1]),
    ):
        flow.y -= 11.5
        flow.put(flow.left, label, REGULAR, t.NOTE_SIZE, t.SOFT)
        flow.put(flow.left + PROOF_LABEL_WIDTH, text, MONO, t.PROOF_SIZE)
    flow.width = width


def lay_out_index(
    plan: Plan,
    flow: PageWriter,
    parts: Mapping[str, str],
    back: Mapping[str, str],
    within: Mapping[int, Sequence[WithinExhibit]],
) -> None:
    """Set the index.

    `parts` and `back` are the keys and titles of the front and back parts, `within` the parts of each exhibit and the files in it.
    In a saved plan lines are reserved for late sections, so that adding one moves no page (docs/decisions/0010-late-documents.md).
    """
    flow.heading("Index", "index")
    rows: list[Row] = []
    for key, title in parts.items():
        rows.append(Row(("", "", title, ""), key, bold=True))
        if key == "threads":
            rows += [
                Row(("", day_of(each.root.event[0]), each.title, ""), thread_anchor(each), most_lines=2)
                for each in plan.at_stage(0).threads
            ]
    for section in plan.sections if plan.has("records") else ():
        if not section.stage:
            rows.append(Row(("", "", section.title, ""), section.key, bold=True))
            rows += document_rows(plan, section, within)
    rows += [Row(("", "", title, ""), key, bold=True) for key, title in back.items()]
    table(flow, _index_columns(flow), rows)
    if plan.saved_as:
        _reserve_late(plan, flow)
    _late_in_index(plan, flow)


def _reserve_late(plan: Plan, flow: PageWriter) -> None:
    """Keep the lines for late documents together. Where that begins a page, the page says what it is for: an empty one looks like a fault."""
    before = flow.page
    flow.need(LATE_LINE * MAX_LATE)
    if flow.page is not before:
        flow.heading("Late documents", level=1)
        none = "" if plan.late_sections else " There are none."
        flow.paragraph(
            f"Documents that are added to this bundle later are listed here.{none}", size=t.TABLE_SIZE, colour=t.SOFT
        )


def _late_in_index(plan: Plan, flow: PageWriter) -> None:
    """Set a line for each late section and each of its documents, as far as lines are reserved; the section's own list has the rest."""
    left = MAX_LATE - len(plan.late_sections)
    for section in plan.late_sections:
        day = f", as of {day_in_words(section.as_of)}" if section.as_of else ""
        _index_line(flow, f"Late documents: {section.title}{day}", section.key, BOLD, 0)
        rows = list(document_rows(plan, section, {}))
        for row in rows[: max(0, left)]:
            _index_line(flow, "  ".join(each for each in row.cells[:3] if each), row.page_key, REGULAR, 14)
        if 0 <= left < len(rows):
            _index_line(flow, f"{len(rows) - left} more, listed there", section.key, REGULAR, 14)
        left -= len(rows)


def _index_line(flow: PageWriter, text: str, key: str, font: str, indent: float) -> None:
    flow.need(LATE_LINE)
    flow.y -= LATE_LINE
    line = flow.wrap(text, flow.width - 60 - indent, font, t.TABLE_SIZE)
    cut = "…" if len(line) > 1 else ""
    flow.put(flow.left + indent, f"{line[0].rstrip()}{cut}", font, t.TABLE_SIZE)
    flow.page_of(flow.left + flow.width, key, size=t.TABLE_SIZE)


def _index_columns(flow: PageWriter) -> tuple[Column, ...]:
    """Return the columns of the index and of a late section's list."""
    return (
        Column("No.", 0, 46),
        Column("Date", 46, 96),
        Column("Document", 142, flow.width - 142 - 50),
        Column("Page", flow.width - 50, 50, right=True),
    )


def document_rows(plan: Plan, section: PlacedSection, within: Mapping[int, Sequence[WithinExhibit]]) -> Iterator[Row]:
    """Yield the index rows of a section's documents."""
    for each in section.documents:
        mark = f" [{each.mark}]" if each.mark else ""
        if each.record is not None:
            record = each.record.shown
            title = each.title or f"{record.kind.label}: {record.headline(110)}"
            day = each.date or day_of(record.event[0])
            anchor = record_anchor(record.key)
            yield Row((record.number, day, f"{title}{mark}", ""), anchor, most_lines=2, page_end=end_of(anchor))
        elif each.exhibit is not None:
            day = each.date or _date_of(plan, each.exhibit.records[0])
            row = (f"Ex. {each.exhibit.label}", day, f"{each.exhibit.title}{mark}", "")
            yield Row(row, each.exhibit.key, most_lines=2, page_end=end_of(each.exhibit.key))
            for one in within.get(each.exhibit.number, ()):
                yield Row((one.number, "", f"{'' if one.number else '– '}{one.title}", ""), one.key, most_lines=2)


def _date_of(plan: Plan, key: RecordKey) -> str:
    return next((day_of(each.record.event[0]) for each in plan.shown if each.record.key == key), "")


def lay_out_core_list(plan: Plan, documents: Sequence[PlacedDocument], flow: PageWriter) -> None:
    """Set the beginning of a core bundle: an explanation, and the list of its documents."""
    flow.page.keys["cover"] = A4[1]
    flow.heading(f"{plan.title}: core bundle", "core")
    cover = plan.cover
    case = " · ".join(each for each in (cover.court, f"Case {cover.number}" if cover.number else "") if each)
    for text in (case, "; ".join(cover.parties)):
        if text:
            flow.paragraph(text, BOLD, t.TABLE_SIZE, after=4)
    flow.paragraph(
        "The documents that matter most, taken out of the whole bundle. Each page has the number that it has there. Index, chronology and what is left "
        "out are in the whole bundle.",
        size=t.TABLE_SIZE,
        after=8,
    )
    section = PlacedSection("core", "", tuple(documents))
    table(flow, _index_columns(flow), list(document_rows(plan, section, {})))


def lay_out_late_list(plan: Plan, section: PlacedSection, flow: PageWriter) -> None:
    """Set the beginning of a late section: an explanation, and the list of its documents."""
    flow.heading(section.title, section.key)
    flow.paragraph(
        f"These documents were added after the bundle was made up; what stands before them is as it was on {day_in_words(plan.front_day)} and keeps its "
        "page numbers.",
        size=t.TABLE_SIZE,
        after=8,
    )
    table(flow, _index_columns(flow), list(document_rows(plan, section, {})))


def lay_out_chronology(plan: Plan, flow: PageWriter) -> None:
    """Set the chronology: one row for each record, in the order of events."""
    flow.heading("Chronology", "chronology")
    columns = (
        Column("When", 0, 92),
        Column("What", 92, 80),
        Column("In short", 172, flow.width - 172 - 164),
        Column("Who", flow.width - 164, 90),
        Column("No.", flow.width - 72, 40),
        Column("Page", flow.width - 30, 30, right=True),
    )
    rows = []
    for each in plan.chronological():
        record = each.shown
        late = "  (late entry)" if record.late else ""
        cells = (
            record.event_in_words(),
            record.kind.label,
            record.headline(200) + late,
            _who(record),
            record.number,
            "",
        )
        rows.append(Row(cells, record_anchor(record.key) if plan.has("records") else "", most_lines=4))
    table(flow, columns, rows)


def _who(record: SealedRecord) -> str:
    """Return the other person of a record: a mail's sender without the address, else the first field of `WHO` that is filled in."""
    if record.kind.name == "message":
        return str(record.fields.get("from", "")).partition("<")[0].strip()
    for name in WHO:
        field = next((each for each in record.kind.fields if each.name == name), None)
        value = record.fields.get(name)
        if field is not None and isinstance(value, dict):
            return group_in_words(field, value)
    return ""
