"""Full records: exact words, understanding, judgement and dissent separately, and the four times side by side."""

from collections.abc import Sequence
from typing import Final

from evidence_app.bundle.plan.redacted_record import ShownRecord, cases_shown, count_withheld_fields
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, ITALIC, MONO, REGULAR
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.domain.plan.preview import end_of, record_anchor
from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.fields import FieldType
from evidence_app.domain.record.lists.word_lists import MACHINE
from evidence_app.domain.record.records import RecordRef, SealedRecord, described
from evidence_app.domain.record.vocabularies import CHECKED_BY_ME
from evidence_app.domain.summary.load_on_day import load_on
from evidence_app.domain.thread.late_matches import LateMatch
from evidence_app.domain.thread.mail_forms import FORM_WORDS
from evidence_app.domain.thread.receipt_grades import AUTOMATIC_CAVEAT, GRADES, MATCH_WORDS
from evidence_app.domain.time.times import gap_in_words
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.encoding.times import in_words

NO_OUTSIDE_CLOCK = "none yet"
HEAD_HEIGHT = 134.0
"""Height of a record's title and times, in points: they are not broken over pages."""
TIMES_HEIGHT = 48.0
"""Least height of the tinted box of the four times."""
NOT_IN_SHORT = frozenset({"identifies_client", "state"})
"""Fields that a record in short goes without, beside those that are folded in its form."""
BRIEF_HEIGHT = 44.0
"""The same of a record whose times stand on one line."""
LONG_TEXT = 60
"""Characters above which a record's main prose is set like a quotation."""
NOT_COMPARED_WORDS: Final = (
    "a machine wrote these words down, and nobody says to have compared them: words may be in it that nobody said"
)


def begin_records(flow: PageWriter, title: str, key: str) -> None:
    """Set the title of a section of records, which is a link target, and its introduction."""
    flow.heading(title, key)
    flow.paragraph(
        "Each record is shown as it was sealed. Words in the field “in the exact words” are the speaker's as the author wrote them down; "
        "understanding, judgement and dissent are the author's.",
        colour=t.SOFT,
        size=t.NOTE_SIZE,
        after=10,
    )


def lay_out_record(
    plan: Plan,
    shown: ShownRecord,
    flow: PageWriter,
    clocks: Sequence[Attestation],
    title: str = "",
    *,
    elsewhere: tuple[str, str] | None = None,
    brief: bool = False,
) -> None:
    """Set one record. `clocks` are the attestations whose records are shown; `title` is a title chosen by the author.

    `elsewhere` is where the words of a mail are shown already: a label, and the key of the page. A `brief` record has its times on one line.
    """
    record = shown.shown
    flow.foot = f"Record {record.number} · code {record.code}"
    flow.need((BRIEF_HEIGHT if brief else HEAD_HEIGHT) + 40)
    flow.page.foot = flow.page.foot or flow.foot
    headline = title or f"{record.kind.label}: {record.headline(70)}"
    flow.anchor(record_anchor(record.key), f"{record.number}. {headline}", 1)
    _head(plan, record, flow)
    if brief:
        _times_in_short(record, flow)
    else:
        _times(record, flow, _first_clock(plan, record, clocks))
    _relations(plan, record, flow)
    _fields(record, flow, elsewhere, brief=brief)
    _grade(record, flow, plan.matched_later.get(record.key))
    if record.kind.name == "decision" and not brief:
        load = load_on(record, plan.loads)
        if load:
            flow.pair("My load then", load)
    _source_of_words(record, flow)
    visible, covered = cases_shown(shown)
    if visible < covered:
        flow.pair(
            "Cases",
            f"{visible} of the {covered} cases that it covers {'is' if visible == 1 else 'are'} shown",
            font=ITALIC,
        )
    count = count_withheld_fields(shown)
    if count and not brief:
        # Neither which they are nor why: the label of a field for a union rep would say that there is one.
        what = "One field is" if count == 1 else f"{count} fields are"
        flow.pair("Withheld", f"{what} withheld from this bundle; the integrity annex says why", font=ITALIC)
    _attachments(plan, record, flow)
    flow.page.keys[end_of(record_anchor(record.key))] = flow.y
    flow.space(16)


def _head(plan: Plan, record: SealedRecord, flow: PageWriter) -> None:
    """Set a record's title line: number and kind, labels in boxes, and at the right the case and the code."""
    flow.rule(t.TEAL, 1.2)
    flow.space(17)
    title = f"{record.number}   {record.kind.label}"
    with flow.element("H2"):
        flow.put(flow.left, title, BOLD, 12.5, t.TEAL)
    x = flow.left + flow.fonts.width(title, BOLD, 12.5) + 12
    for label in _labels(plan, record):
        width = flow.fonts.width(label, BOLD, t.NOTE_SIZE) + 8
        flow.page.marks.append(t.Box(x, flow.y - 3, width, 13, t.AMBER))
        flow.put(x + 4, label, BOLD, t.NOTE_SIZE, (1, 1, 1))
        x += width + 6
    right = f"{record.case_ref}   {record.code}" if record.case_ref else record.code
    flow.put_right(flow.left + flow.width, right, MONO, 9.5)
    flow.space(5)


def _labels(plan: Plan, record: SealedRecord) -> list[str]:
    """Return the labels of a record, such as LATE ENTRY."""
    labels = ["LATE ENTRY"] if record.late else []
    if record.adds_to:
        labels.append("ADDENDUM")
    if record.clock_went_back:
        labels.append("CLOCK WENT BACK")
    # What came after the bundle was handed over takes no line, so that the pages stay as they were.
    later = plan.later_addenda.get(record.key, ())
    return labels + ([f"ADDED TO BY {', '.join(map(str, later))}"] if later else [])


def _times(record: SealedRecord, flow: PageWriter, first_clock: tuple[str, str]) -> None:
    """Set the four times side by side in a tinted box, each with its gap from the one before.

    `first_clock` is the fourth time and its remark.
    """
    written, sealed = record.gaps_in_words()
    columns = (
        ("Happened", record.event_in_words(), "" if record.precision == "exact" else f"time known: {record.precision}"),
        ("Written", in_words(record.recorded_at), written),
        ("Sealed", in_words(record.sealed_at), sealed),
        ("First outside clock", *first_clock),
    )
    top, height = flow.y, TIMES_HEIGHT
    width = flow.width / len(columns)
    flow.page.marks.append(t.Box(flow.left, top - height, flow.width, height, t.TINT))
    lowest = top
    for number, (label, value, gap) in enumerate(columns):
        x = flow.left + number * width + 6
        flow.y = top - 12
        flow.put(x, label, REGULAR, t.NOTE_SIZE, t.SOFT)
        for line in flow.wrap(value, width - 10, BOLD, t.NOTE_SIZE):
            flow.y -= 11.5
            flow.put(x, line, BOLD, t.NOTE_SIZE)
        if gap:
            for line in flow.wrap(gap, width - 10, REGULAR, t.NOTE_SIZE)[:3]:
                flow.y -= 11.5
                flow.put(x, line, REGULAR, t.NOTE_SIZE, t.SOFT)
        lowest = min(lowest, flow.y)
    # The box is drawn before its height is known: a second one extends it where the text is longer.
    extra = max(0.0, (top - height + 5) - lowest)
    if extra:
        flow.page.marks.append(t.Box(flow.left, top - height - extra, flow.width, extra, t.TINT))
    # Later marks cover earlier ones: the tinted boxes are moved behind all text of the page (the sort is stable).
    flow.page.marks.sort(key=lambda mark: not (isinstance(mark, t.Box) and mark.colour == t.TINT))
    flow.y = top - height - extra - 7


def _times_in_short(record: SealedRecord, flow: PageWriter) -> None:
    """Set when it happened, was written and sealed, on one line."""
    written, sealed = record.gaps_in_words()
    said = (record.event_in_words(), f"{written} ({in_words(record.recorded_at)})", sealed)
    flow.paragraph("; ".join(each for each in said if each), size=t.NOTE_SIZE, colour=t.SOFT, after=5)


def _first_clock(plan: Plan, record: SealedRecord, clocks: Sequence[Attestation]) -> tuple[str, str]:
    """Say which mail, witness or time stamp first vouched for a record, and how long after the sealing; of one handed over, when it was received."""
    received = next((each for each in plan.handed_over if each.handover == record.handover), None)
    clocks = received.clocks if received is not None else clocks
    vouching = [clock for clock in clocks if clock.checkpoint.size > record.index and clock.at is not None]
    first = min(vouching, key=lambda clock: (clock.at or record.sealed_at, clock.record), default=None)
    if received is not None and (first is None or first.at is None or first.at > received.received_at):
        gap = gap_in_words(record.sealed_at, received.received_at)
        return in_words(received.received_at), f"received as record {received.handover}, {gap} after sealing"
    if first is None:
        return NO_OUTSIDE_CLOCK, "no mail that quotes the log, witness or time stamp held"
    at = first.at or record.sealed_at
    gap = gap_in_words(record.sealed_at, at)
    when = f"{gap} after sealing" if at >= record.sealed_at else f"{gap} before sealing: the clocks disagree"
    number = RecordRef(record.handover, first.record) if record.handover else first.record
    return in_words(at), f"{first.what} in record {number}, {when}"


def _relations(plan: Plan, record: SealedRecord, flow: PageWriter) -> None:
    shown = plan.keys
    lines = [(sentence, to) for to, sentence in record.links_in_words()]
    for later in plan.addenda.get(record.key, ()):
        where = "" if later in shown else " (it is not in this bundle)"
        lines.append((f"Record {later} adds to or corrects this one{where}", later))
    for text, key in lines:
        flow.need(14)
        flow.y -= 13
        flow.put(flow.left, text, BOLD, t.TABLE_SIZE, t.AMBER)
        if key in shown:
            flow.page_of(flow.left + flow.width, record_anchor(key), "p. ", t.TABLE_SIZE)
    if lines:
        flow.space(4)


def _fields(record: SealedRecord, flow: PageWriter, elsewhere: tuple[str, str] | None, *, brief: bool = False) -> None:
    """Set a record's fields: exact words and long main prose as quotations, the others as label and text.

    One e-mail is shown once: where its words stand elsewhere, that is named.
    """
    for field, label, text in described(record.kind, record.fields):
        if field.technical:
            # For the annex: nobody reads identifiers and digests for what happened.
            continue
        if brief and (field.folded or field.name in NOT_IN_SHORT):
            continue
        if elsewhere is not None and field.name == "content":
            flow.pair(label, f"The words are shown once, in {elsewhere[0][:1].lower()}{elsewhere[0][1:]}.")
            flow.y += 3
            flow.page_of(flow.left + flow.width, elsewhere[1], "p. ", t.TABLE_SIZE)
            flow.y -= 3
            continue
        long = field.type is FieldType.PROSE and len(text) > LONG_TEXT
        if field.name == "exact_words" or (long and field.name == record.kind.main):
            flow.need(40)
            flow.y -= 11
            flow.put(flow.left, label, REGULAR, t.NOTE_SIZE, t.SOFT)
            flow.space(2)
            flow.paragraph(text, indent=11, bar=t.TEAL, after=6)
        else:
            flow.pair(label, text)


def _source_of_words(record: SealedRecord, flow: PageWriter) -> None:
    """Say of words that a machine wrote down, and that nobody compared, what they do not show."""
    if record.fields.get("words_from") == MACHINE and record.fields.get("words_checked") != CHECKED_BY_ME:
        flow.pair("What it does not show", NOT_COMPARED_WORDS, font=ITALIC)


def _grade(record: SealedRecord, flow: PageWriter, late: LateMatch | None) -> None:
    """Set what a mail receipt shows and what it does not; for an automatic reply, what it does not show."""
    if record.kind.name == "mail-receipt":
        grade = GRADES.get(str(record.fields.get("type", "")), GRADES["not stated"])
        match = late.in_words() if late is not None else MATCH_WORDS[str(record.fields.get("match", ""))]
        flow.pair("What it shows", f"{grade.words}; {match}")
        flow.pair("What it does not show", grade.limit, font=ITALIC)
    elif form_of(record):
        limit = FORM_WORDS[form_of(record)].limit
        flow.pair("What it does not show", limit, font=ITALIC)
    elif record.fields.get("automatic"):
        flow.pair("What it does not show", AUTOMATIC_CAVEAT, font=ITALIC)
    if late is not None and record.kind.name != "mail-receipt":
        flow.pair("What it belongs to", late.in_words())


def _attachments(plan: Plan, record: SealedRecord, flow: PageWriter) -> None:
    exhibits = {exhibit.facts.sha256: exhibit for exhibit in plan.exhibits_of(record)}
    stayed = {(each.record, each.facts.sha256): each.why for each in plan.not_handed_over}
    for facts in record.attachments:
        exhibit = exhibits.get(facts.sha256)
        if exhibit is None:
            if (record.key, facts.sha256) in stayed:
                flow.pair(
                    "Attached", f"{facts.name}, {facts.size:,} bytes: {stayed[record.key, facts.sha256]}", font=ITALIC
                )
            continue
        flow.need(16)
        flow.y -= 13
        flow.put(flow.left, f"Exhibit {exhibit.number}", BOLD, t.TABLE_SIZE, t.TEAL)
        name = flow.wrap(facts.name, flow.width - 240, REGULAR, t.TABLE_SIZE)[0]
        flow.put(flow.left + 118, f"{name}, {facts.size:,} bytes", REGULAR, t.TABLE_SIZE)
        flow.page_of(flow.left + flow.width, exhibit.key, "p. ", t.TABLE_SIZE)
