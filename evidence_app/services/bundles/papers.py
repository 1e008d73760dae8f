"""Make a paper beside a bundle, as Word or CSV: with its pages, without what is withheld from it; sealed as what left the store."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.plan.statement_text import read_statement_text, statement_as_text
from evidence_app.domain.progress import Cancel, StageProgress, cancellable, never, no_stage_progress, stopping
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import EXPORT
from evidence_app.errors import InputError
from evidence_app.files import read_small, write_whole, written_beside
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.saved_plans import keep_plan
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from evidence_app.bundle.papers.paper import Paper
    from evidence_app.bundle.plan.resolved_plan import Plan

WORD, CSV = ".docx", ".csv"
WRITE_ONE: Final = (
    "The program drafts it from records of your own. Write the statement of whoever is the witness, a paragraph below the other with [3/2] for a record or "
    "[exhibit NAME] for a document, and take it in with “plan statement NAME --take FILE”."
)
MAX_TEXT: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that was written: the file, how many rows or paragraphs it has, its SHA-256, and the record that says so."""

    path: Path
    count: int
    sha256: str
    index: int

    def to_json(self) -> JsonObject:
        """Return the result as the command line prints it."""
        return {"file": str(self.path), "count": self.count, "sha256": self.sha256, "record": self.index}

    def in_words(self) -> Phrase:
        """Say what was written."""
        return phrase(
            "{path}: {count} rows or paragraphs. The export is record {record}. It can be changed by anybody: the bundle is what proves.",
            path=str(self.path),
            count=self.count,
            record=self.index,
        )


def make_paper(
    session: Session,
    saved: SavedPlan,
    choice: Choice,
    kind: str,
    out: Path,
    *,
    replacing: bool = False,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> MadePaper:
    """Write a paper, one of `PAPERS`, to a Word file or a table.

    Raises:
        InputError: as in `export_plan`; or the file's name ends in neither .docx nor .csv, the paper says nothing, or a paragraph refers to
            what is not in the bundle.
        EnvironmentProblem, Cancelled: as in `export_plan`. No file is left.
    """
    from evidence_app.bundle.build import preview
    from evidence_app.bundle.papers.contents import PAPERS, PagesIn
    from evidence_app.services.bundles.exporting import evidence_of
    from evidence_app.services.bundles.reviewing import require_decided

    write = _writer(out)
    if out.exists() and not replacing:
        raise InputError(f"{out.name} is there already. Choose another name, or replace it with “--replace”.")
    plan = work_out(session, saved, choice)
    if plan.profile.counts or not plan.profile.content:
        raise InputError("This profile shows no records: there is nothing to make a paper of.")
    decided = require_decided(session, plan, stopping(cancel))
    evidence = evidence_of(session, plan)
    made = preview(plan, evidence, cancellable(progress, cancel))
    paper = PAPERS[kind](plan, PagesIn(made.numbers, made.within, plan.prefix))
    if not paper.rows and not paper.paragraphs:
        hint = WRITE_ONE if kind == "statement" else "No record shown leads to a row of it."
        raise InputError(f"There is nothing for the paper “{paper.title}”. {hint}")
    set_names = plan.rules.set_names() if plan.rules else frozenset()
    _require_no_leak(paper, plan.applied.hidden | decided.withheld | set_names)
    content = write(paper, plan)
    digest = sha256(content).hexdigest()
    with written_beside([(out, content)]) as take_name:
        sealed = seal(session, _entry(plan, paper, out, content, digest, evidence.checkpoint.line))
        take_name()
    return MadePaper(out, len(paper.rows) or len(paper.paragraphs), digest, sealed.index)


def _writer(out: Path) -> "Callable[[Paper, Plan], bytes]":
    if out.suffix.lower() == WORD:
        from evidence_app.bundle.papers.word_file import as_word

        return lambda paper, plan: as_word(paper, plan.made_at)
    if out.suffix.lower() == CSV:
        from evidence_app.bundle.papers.csv_file import as_csv

        return lambda paper, _plan: as_csv(paper)
    raise InputError(f"{out.name[:60]} ends in neither {WORD} nor {CSV}: name the file by what it is to be.")


def _require_no_leak(paper: "Paper", hidden: frozenset[str]) -> None:
    from evidence_app.bundle.leak_search import texts_leak

    if texts_leak(paper.texts(), hidden):
        raise InputError("The paper still held something that is withheld from the bundle. No file was written.")


def _entry(plan: "Plan", paper: "Paper", out: Path, content: bytes, digest: str, head: str) -> Entry:
    fields: JsonObject = {
        "what": f"{paper.title}, as {'Word' if out.suffix.lower() == WORD else 'a table'}",
        "profile": plan.profile.name,
        "profile_version": plan.profile.version,
        "recipient": plan.recipient,
        "bytes": len(content),
        "sha256": digest,
        "records_shown": len(plan.shown),
        "head": head,
    }
    if plan.saved_as:
        fields["plan"] = plan.saved_as
    return Entry(EXPORT, spell(plan.made_at), "exact", fields, case_ref=plan.case_ref or None)


def write_statement_text(session: Session, saved: SavedPlan, out: Path) -> int:
    """Write the statement of a plan to a text file: what was written, else what is made from the records; return how many paragraphs it has.

    Raises:
        InputError: a file of that name is there, or the plan cannot be worked out.
        EnvironmentProblem: the file cannot be written.
    """
    if out.exists():
        raise InputError(f"{out.name} is there already. Choose another name.")
    paragraphs = statement_of_plan(session, saved)
    write_whole(out, statement_as_text(paragraphs).encode())
    return len(paragraphs)


def statement_of_plan(session: Session, saved: SavedPlan) -> tuple[str, ...]:
    """Return the paragraphs of a plan's statement: as they were written, else made from the records.

    Raises:
        InputError: the plan cannot be worked out.
    """
    from evidence_app.bundle.papers.statement import drafted_paragraphs

    return saved.statement or drafted_paragraphs(work_out(session, saved, Choice()))


def take_statement_text(session: Session, saved: SavedPlan, path: Path) -> SavedPlan:
    """Keep the statement that a text file has with a plan, and return the plan.

    Raises:
        InputError: it is no text, is too long, or identifies a client where the profile withholds that.
        EnvironmentProblem: the store cannot be written.
    """
    try:
        paragraphs = read_statement_text(read_small(path, what=path.name, limit=MAX_TEXT).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not text in UTF-8.") from error
    told = read_saved_plan(replace(saved, statement=paragraphs).to_json())
    work_out(session, told, Choice())
    return keep_plan(session, told)
