"""The integrity annex and the conformance sheet, at the back of a bundle (docs/spec/bundle.md, sections 6 and 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.bundle.plan.parts import ShownHandover
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, MONO
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.record.records import RecordRef, described, record_order
from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.times import in_words, spell

PROVED = (
    "Each record shown is, word for word, the one that was sealed at its position in the log; what is withheld cannot be replaced by other words.",
    "No record was added between, changed or removed since the checkpoint below was signed; the positions that are left out are listed.",
    "Each attachment whose digest is shown is, byte for byte, the file that was received when its record was sealed.",
    "This file is as it was when it was signed; a change of one byte is noticed, and the place is named.",
)
"""What the file proves, as the annex prints it (docs/spec/bundle.md, section 6)."""
NOT_PROVED = (
    "That what a record says is true, complete or fair. It is what its author wrote.",
    "When it was sealed, beyond the word of the author's own clock, unless an outside clock is named below. Somebody with the passphrase can set a clock wrong or start a new log.",
    "That the log is the only one of its author. Compare the fingerprint with one that an e-mail carried at the time.",
    "That a page was drawn from the sealed words rather than from others: the same key signs both, and the verifier compares each page with what was signed.",
)
"""What it does not prove (docs/spec/bundle.md, section 7; docs/spec/record-log.md, section 11)."""


CHECKING = (
    "With Evidence Trail, on any machine, without a store and without a network: evidence-trail verify FILE",
    (
        "With public tools: “pdfsig” or a PDF reader shows whether the file is as it was signed; the signing certificate's "
        "SHA-256 is sealed in record 0. “pdfdetach -saveall” takes out evidence-trail-manifest.json, which holds every shown "
        "record with its salts and proof, and evidence-trail-manifest.note, its signature. docs/spec/record-log.md and "
        "docs/spec/bundle.md define every byte; the formats of checkpoint and note are those of C2SP (signed-note, "
        "tlog-checkpoint), the tree is that of RFC 9162."
    ),
)


def lay_out_annex(
    plan: Plan,
    flow: PageWriter,
    signed_checkpoint: str,
    checkpoint: Checkpoint,
    clocks: Sequence[Attestation] = (),
    exhibit_details: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Set the integrity annex: statements, checkpoint, attestations, what is left out, how to check, and technical details.

    `exhibit_details` are the technical details of exhibits: the exhibit as it is printed, what it is, and the value.
    """
    flow.heading("Integrity annex", "annex")
    _statements(flow, "What this file proves", PROVED)
    _statements(flow, "What it does not prove", NOT_PROVED)
    flow.heading("The log", level=1)
    flow.pair("Fingerprint", checkpoint.origin, font=MONO, size=t.NOTE_SIZE)
    flow.pair("Records in the log", str(checkpoint.size))
    flow.pair(
        "Outside clocks", "\n".join(_clock(clock) for clock in clocks) or "None vouches for this log in this bundle."
    )
    flow.pair("Signed checkpoint", signed_checkpoint.rstrip("\n"), font=MONO, size=t.PROOF_SIZE)
    flow.pair("Made at", f"{in_words(plan.made_at)} Europe/London ({spell(plan.made_at)})")
    flow.pair("Profile", f"{plan.profile.name}, version {plan.profile.version}: {plan.profile.purpose}")
    if plan.saved_as:
        flow.pair("Plan", plan.saved_as)
    _left_out(plan, flow)
    _handed_over(plan, flow)
    _how_to_check(flow)
    _record_table(plan, flow)
    _technical_details(plan, exhibit_details, flow)


def _clock(clock: Attestation, handover: int = 0) -> str:
    """Return an attestation in words, and what it is worth. The bundle proves that the log extends the checkpoint quoted in it."""
    number = str(RecordRef(handover, clock.record)) if handover else ""
    return f"{clock.in_words(number)} {clock.its_worth()}"


def _statements(flow: PageWriter, title: str, statements: Sequence[str]) -> None:
    """Set a bulleted list under a title."""
    flow.heading(title, level=1)
    for statement in statements:
        flow.need(26)
        mark = flow.y - 13
        flow.page.marks.append(t.Box(flow.left + 1, mark + 2, 3.5, 3.5, t.TEAL))
        flow.paragraph(statement, size=t.TABLE_SIZE, indent=12, after=3)
    flow.space(6)


def _left_out(plan: Plan, flow: PageWriter) -> None:
    """Set the positions of the log that are not shown, with reasons, and what is withheld in the records shown."""
    flow.heading("What is left out", level=1)
    if not plan.left_out:
        flow.paragraph("Nothing: every record of the log is shown.")
        _exhibits_left_out(plan, flow)
        _withheld(plan, flow)
        return
    flow.paragraph(
        f"{plan.left_out_count} of the {counted(plan.tree_size, 'record')} in the log {'is' if plan.left_out_count == 1 else 'are'} not shown:",
        after=2,
    )
    for run in plan.left_out:
        where = f"position {run.first}" if run.count == 1 else f"positions {run.first} to {run.last}"
        flow.paragraph(f"{where}: {run.reason}", size=t.TABLE_SIZE, indent=12, after=1)
    _exhibits_left_out(plan, flow)
    _withheld(plan, flow)
    flow.space(6)


def _handed_over(plan: Plan, flow: PageWriter) -> None:
    """Set each hand-over: whose log it is, the signed checkpoint it came with, and the positions that are not shown."""
    for part in plan.handed_over:
        flow.heading(f"Hand-over {part.handover}: the log of {part.whose}", level=1)
        flow.pair("Fingerprint", part.checkpoint.origin, font=MONO, size=t.NOTE_SIZE)
        flow.pair("Received", f"{in_words(part.received_at)}, by the receiver's clock, as record {part.handover}")
        flow.pair(
            "Records",
            f"{len(plan.of_handover(part.handover))} of {part.checkpoint.size} are shown, numbered {part.handover}/position",
        )
        clocks = "\n".join(_clock(clock, part.handover) for clock in part.clocks)
        flow.pair("Outside clocks", clocks or "None vouches for this log in this bundle, but for whoever received it.")
        flow.pair("Signed checkpoint", part.signed_checkpoint.rstrip("\n"), font=MONO, size=t.PROOF_SIZE)
        _files(plan, part, flow)
        for run in part.left_out:
            where = f"position {run.first}" if run.count == 1 else f"positions {run.first} to {run.last}"
            flow.paragraph(f"{where}: {run.reason}", size=t.TABLE_SIZE, indent=12, after=1)
        flow.space(6)


def _files(plan: Plan, part: ShownHandover, flow: PageWriter) -> None:
    """Set which files came with a hand-over, as pages, and which did not, and why."""
    came = [each for each in plan.exhibits if each.taken_from is not None and each.taken_from.handover == part.handover]
    if came:
        numbers = in_spans(each.number for each in came)
        flow.pair(
            "Files handed over",
            f"Exhibits {numbers}: the pages are those of the hand-over, as {part.whose} chose to show them; the files themselves stay with {part.whose}. "
            "The records prove which files they are. That the pages are theirs is the word of whoever made this bundle: compare them with the hand-over.",
        )
    kept = [
        f"{each.facts.name} (record {each.record}): {each.why}"
        for each in plan.not_handed_over
        if isinstance(each.record, RecordRef) and each.record.handover == part.handover
    ]
    if kept:
        flow.pair("Files not handed over", "\n".join(kept))


def _exhibits_left_out(plan: Plan, flow: PageWriter) -> None:
    """Set the attachments of the records shown that are not among the exhibits, with reasons."""
    for name, reason in plan.exhibits_left_out:
        flow.paragraph(f"The attachment {name}: {reason}", size=t.TABLE_SIZE, indent=12, after=1)


def _withheld(plan: Plan, flow: PageWriter) -> None:
    """Set the numbers of fields and words withheld in the records shown, with reasons."""
    if plan.withheld_fields:
        text = f"Fields withheld in the records shown: {plan.withheld_fields}, because {_why_fields(plan)}."
        flow.paragraph(text, size=t.TABLE_SIZE, after=2)
    if plan.withheld_words:
        why = "the redaction schedule says why"
        text = f"Single words withheld in fields that are shown: {plan.withheld_words}; {why}."
        flow.paragraph(text, size=t.TABLE_SIZE, after=2)


def _why_fields(plan: Plan) -> str:
    """Return the reasons for withholding fields, as a clause."""
    if not plan.profile.content:
        return "this bundle proves without showing"
    others = ", are the words of others in their mails" if plan.profile.own_words else ""
    return f"they are not for this reader{others}, or their author withholds them"


def _how_to_check(flow: PageWriter) -> None:
    """Set the instructions for verifying the file."""
    flow.heading("How to check", level=1)
    for text in CHECKING:
        flow.paragraph(text, size=t.TABLE_SIZE, after=4)


def _record_table(plan: Plan, flow: PageWriter) -> None:
    """Set the table of the records shown. Their leaf hashes and proofs are for programs, and stand in the manifest."""
    columns = (
        Column("No.", 0, 44),
        Column("Code", 44, 90, MONO),
        Column("Sealed", 134, 150),
        Column("Remarks", 284, flow.width - 284),
    )
    rows = []
    for each in sorted(plan.shown, key=lambda shown: record_order(shown.record.key)):
        record = each.record
        remarks = ["late"] if record.late else []
        if each not in plan.set:
            remarks.append(
                "without a page: proves what was handed over" if record.index else "without a page: opens the log"
            )
        remarks += [f"adds to {earlier}" for earlier in record.adds_to]
        if each.withheld:
            remarks.append("in part")
        if record.clock_went_back:
            remarks.append("clock went back")
        rows.append(Row((record.number, record.code, in_words(record.sealed_at), ", ".join(remarks))))
    table(flow, columns, rows, title="Records shown")


def _technical_details(plan: Plan, exhibit_details: Sequence[tuple[str, str, str]], flow: PageWriter) -> None:
    """Set what is kept off the pages that people read: identifiers of mails, digests, remarks of the program, record by record."""
    rows = [
        (f"Record {each.record.number}", label, text)
        for each in sorted(plan.shown, key=lambda shown: record_order(shown.record.key))
        for field, label, text in described(each.shown.kind, each.shown.fields)
        if field.technical
    ]
    rows += [(f"Exhibit {exhibit.label}", "SHA-256", exhibit.facts.sha256) for exhibit in plan.exhibits]
    rows += [(f"Exhibit {label}", what, text) for label, what, text in exhibit_details]
    if not rows:
        return
    columns = (
        Column("Where", 0, 76, size=t.NOTE_SIZE),
        Column("What", 76, 118, size=t.NOTE_SIZE),
        Column("Value", 196, flow.width - 196, MONO, t.DIGEST_SIZE),
    )
    table(flow, columns, [Row(row, most_lines=40) for row in rows], title="Technical details")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the bundle guidance with its result (pass, fail or not applicable) and a remark."""

    number: str
    text: str
    result: str
    remark: str = ""


def lay_out_conformance(flow: PageWriter, rules: Sequence[Rule]) -> None:
    """Set the conformance sheet: one row for each rule."""
    flow.heading("Conformance sheet", "conformance")
    flow.paragraph(
        "Measured against the General guidance on electronic court bundles (judiciary of England and Wales, 29 November 2021). That guidance binds "
        "courts; no format is known to be required for Serious Further Offence reviews. It is followed here because readers are used to it. "
        "The numbers are those of its paragraphs; rules without one are habits of tribunals, or this program's own. "
        "The program does not give legal advice.",
        size=t.TABLE_SIZE,
        after=8,
    )
    columns = (
        Column("Rule", 0, 54),
        Column("What it asks", 54, 200),
        Column("Result", 254, 84, BOLD),
        Column("Remark", 338, flow.width - 338),
    )
    table(flow, columns, [Row((rule.number, rule.text, rule.result, rule.remark), most_lines=40) for rule in rules])
