"""The pages of a short bundle that no other has: how one thread stands, and how to check it. Lengths are in points."""

from collections.abc import Sequence
from typing import Final

from evidence_app.bundle.pages.front import person_in_words
from evidence_app.bundle.pages.threads import lay_out_ladder
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, ITALIC, MONO
from evidence_app.bundle.typeset.page_writer import A4, Bookmark, PageWriter
from evidence_app.domain.record.records import RecordKey, described
from evidence_app.domain.summary.overview import Raised, raised
from evidence_app.domain.text.counted import counted
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.times import in_words

PROVES: Final = (
    (
        "Each record shown is, word for word, the one that was sealed. This file holds the proofs of that, whatever is printed: "
        "“evidence-trail verify FILE” checks them, on any machine, without a network. On paper, compare the code beside each record and the fingerprint below with the file."
    ),
    "It does not prove that what a record says is true or complete, nor when it was sealed beyond the word of its author's clock and of the outside clocks named here.",
)
ASKS: Final = ("ask", "reply_by")
"""The fields of a record that say what is asked and until when."""


def lay_out_standing(plan: Plan, flow: PageWriter, not_set: frozenset[RecordKey]) -> None:
    """Set what was raised, what is asked, how it stands, and the steps of the thread. `not_set` are records that have no page."""
    records = [each.shown for each in plan.chronological() if each.record.index]
    things = raised(records, plan.threads)
    flow.page.keys["cover"] = A4[1]
    flow.bookmarks.append(Bookmark("cover", plan.title, 0))
    with flow.element("H1"):
        for line in flow.wrap(plan.title, flow.width, BOLD, 17):
            flow.y -= 23
            flow.put(flow.left, line, BOLD, 17, t.TEAL)
    flow.space(6)
    if plan.demonstration:
        flow.paragraph("Invented demonstration case. Nobody and nothing in it is real.", BOLD, t.TABLE_SIZE, t.AMBER)
    owner = person_in_words(plan.owner) or "the owner of the log"
    facts = [f"Of {owner}", plan.case_shown and f"case {plan.case_shown}", f"for {plan.recipient}"]
    flow.paragraph(
        f"{'; '.join(each for each in facts if each)}. Made on {in_words(plan.made_at)}.",
        size=t.TABLE_SIZE,
        colour=t.SOFT,
    )
    if plan.profile.notice:
        flow.paragraph(plan.profile.notice, ITALIC, t.NOTE_SIZE, t.SOFT, after=8)
    _raised_last(plan, things, flow)
    flow.anchor("threads")
    for thread in plan.threads:
        lay_out_ladder(thread, flow, not_set, "Step by step" if len(plan.threads) == 1 else "")
    if not plan.threads:
        flow.paragraph("Nothing is linked to this record yet: there are no steps to show.", ITALIC)


def _raised_last(plan: Plan, things: Sequence[Raised], flow: PageWriter) -> None:
    """Set what was raised, in its own words, what is asked, and what became of it; of several the one that waits, or else the last."""
    waiting = [thing for thing in things if thing.unanswered] or list(things)
    if not waiting:
        return
    thing = waiting[-1]
    record = thing.record
    main = str(record.fields.get(record.kind.main) or record.headline(200))
    flow.heading("What was raised", level=1)
    flow.paragraph(f"With {thing.whom}, {record.event_in_words()}:", size=t.TABLE_SIZE, colour=t.SOFT, after=1)
    flow.paragraph(main, indent=11, bar=t.TEAL, after=8)
    asked = [(label, text) for field, label, text in described(record.kind, record.fields) if field.name in ASKS]
    if plan.asked or asked:
        flow.heading("What is asked", level=1)
        for label, text in [("Asked", plan.asked)] if plan.asked else asked:
            flow.pair(label, text)
        flow.space(4)
    flow.heading("How it stands", level=1)
    flow.paragraph(
        f"{thing.answered}.".replace("..", "."), BOLD, colour=t.AMBER if thing.unanswered else t.TEAL, after=2
    )
    flow.paragraph(f"{thing.opened[:1].upper()}{thing.opened[1:]}.", size=t.TABLE_SIZE, after=8)


def lay_out_brief_annex(
    plan: Plan, flow: PageWriter, checkpoint: Checkpoint, clocks: Sequence[Attestation] = ()
) -> None:
    """Set how to check a short bundle, and what is left out of it."""
    flow.heading("How to check it", "annex")
    for text in PROVES:
        flow.paragraph(text, size=t.TABLE_SIZE, after=4)
    flow.pair("Log", checkpoint.origin, font=MONO, size=t.NOTE_SIZE)
    said = "\n".join(f"{clock.in_words()} {clock.its_worth()}" for clock in clocks)
    flow.pair("Outside clocks", said or "None vouches for this log in this file.", size=t.TABLE_SIZE)
    if plan.left_out_count:
        verb = "is" if plan.left_out_count == 1 else "are"
        flow.pair(
            "Left out",
            f"{plan.left_out_count} of the {counted(plan.tree_size, 'record')} in the log {verb} not shown; the file names their positions.",
            size=t.TABLE_SIZE,
        )
    if plan.withheld_fields or plan.withheld_words:
        parts = [counted(plan.withheld_fields, "field")] * bool(plan.withheld_fields)
        parts += [counted(plan.withheld_words, "single word")] * bool(plan.withheld_words)
        flow.pair("Withheld", f"Not for this reader: {' and '.join(parts)}.", size=t.TABLE_SIZE)
    flow.pair("Profile", f"{plan.profile.name}, version {plan.profile.version}", size=t.TABLE_SIZE)
