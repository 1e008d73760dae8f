"""Export a bundle: build it, seal that it was exported, and write it whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.crypto.age_key import encrypt_to
from evidence_app.domain.phrases import Phrase, Value, phrase, together
from evidence_app.domain.progress import Cancel, StageProgress, cancellable, never, no_stage_progress, stopping
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_ITEMS, MAX_LINE_LENGTH
from evidence_app.domain.record.program_kinds import EXPORT
from evidence_app.domain.record.records import RecordRef
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.files import system_errors_named, write_whole, written_beside
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.disclosures import disclose, narrowed
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.services.bundles.advice import advice_on
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.mail.mail_sheets import mail_sheet
from evidence_app.services.members.evidence import bundle_of, handed_over_evidence
from evidence_app.services.records.external_attestations import clocks_in
from evidence_app.services.records.heads_in_records import proofs_of_heads

if TYPE_CHECKING:
    from evidence_app.bundle.build import Built, WantedBeside
    from evidence_app.bundle.finishing import Evidence
    from evidence_app.bundle.plan.parts import Exhibit
    from evidence_app.bundle.plan.redacted_record import ShownRecord
    from evidence_app.bundle.plan.resolved_plan import Plan
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.plans import Choice

MAX_TITLE_LENGTH = 200
MIN_VOLUME_MB, MAX_VOLUME_MB = 1, 10_000
"""Megabytes of a volume."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that was written, and the record that says so."""

    path: Path
    pages: int
    size: int
    sha256: str
    shown: int
    left_out: int
    index: int
    warnings: tuple[str, ...]
    section_alone: Path | None = None
    core: Path | None = None
    volumes: tuple[Path, ...] = ()

    def to_json(self) -> JsonObject:
        """Return the result as the command line prints it."""
        result: JsonObject = {
            "file": str(self.path),
            "pages": self.pages,
            "bytes": self.size,
            "sha256": self.sha256,
            "records_shown": self.shown,
            "records_left_out": self.left_out,
            "record": self.index,
            "warnings": list(self.warnings),
        }
        result |= {"section_alone": str(self.section_alone)} if self.section_alone else {}
        result |= {"core": str(self.core)} if self.core else {}
        return result | ({"volumes": [str(each) for each in self.volumes]} if self.volumes else {})

    def in_words(self) -> Phrase:
        """Say what was written."""
        facts: dict[str, Value] = {name: getattr(self, name) for name in ("pages", "size", "shown", "left_out")}
        facts["path"] = str(self.path)
        said = [
            phrase("{path}: {pages} pages, {size} bytes, {shown} records shown, {left_out} left out.", **facts),
            phrase("The export is record {record}.", record=self.index),
        ]
        if self.section_alone:
            said.append(phrase("The late section by itself is {path}.", path=str(self.section_alone)))
        if self.core:
            said.append(phrase("The core bundle is {path}.", path=str(self.core)))
        if self.volumes:
            said.append(phrase("Its volumes are {paths}.", paths=", ".join(each.name for each in self.volumes)))
        return together(said)


@dataclass(frozen=True, slots=True)
class FilesBeside:
    """What is written beside a bundle: its last late section, the core bundle and dividers for paper, by their files, and volumes of at most so many megabytes."""

    section_alone: Path | None = None
    core: Path | None = None
    volume_mb: int = 0
    dividers: Path | None = None

    @property
    def files(self) -> list[Path]:
        """The files that are named."""
        return [each for each in (self.section_alone, self.core, self.dividers) if each is not None]


@dataclass(frozen=True, slots=True)
class Given:
    """Whom a bundle is handed over to: their name, what it is encrypted to, the log on their card, and the heads that they may know."""

    name: str
    recipient: str
    origin: str
    earlier: Sequence[PriorCheckpoint] = ()


def export(
    session: Session,
    profile_name: str,
    out: Path,
    selection: Selection,
    *,
    recipient: str = "",
    title: str = "",
    case_ref: str = "",
    thread: int | None = None,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Exported:
    """Export a bundle of a profile to a file.

    `selection` narrows what goes in; `case_ref` is the case that the bundle is about, for a profile about one case,
    which also takes in the records that name no case. Without it the selection's case is meant. `thread` is a record:
    only what links lead to from it goes in.

    Raises:
        InputError: there is no such profile, or nothing is chosen.
        EnvironmentProblem: the file or the store cannot be written. No file is left.
        Cancelled: `cancel` said so. No file is left.
    """
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.plans import Choice

    choice = Choice(selection, case_ref, thread, title, recipient)
    return export_plan(session, SavedPlan(profile_name), out, choice, progress=progress, cancel=cancel)


def export_plan(
    session: Session,
    saved: "SavedPlan",
    out: Path,
    choice: "Choice",
    *,
    section_alone: Path | None = None,
    beside: FilesBeside | None = None,
    given: Given | None = None,
    keep: bool = False,
    replacing: bool = False,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Exported:
    """Export a bundle of a plan to a file, its last late section to another, and what else is wanted `beside` it.

    `choice` says what goes in where the plan lists no documents. With `keep` the plan is kept as it was exported, with the day on which it was.
    What is `given` to somebody is written as an age file that they alone can open; `sha256` is of the bundle in it.
    The export is sealed before the file takes its name: a copy that left the store is never unrecorded. With `replacing` it may take the place
    of a file that is there; the warnings say of which.

    Raises:
        InputError: a file of that name is there, the plan cannot be worked out, a possible name is undecided where the profile asks, or the finished file holds what it should not.
        EnvironmentProblem: a file or the store cannot be written. No file is left.
        Cancelled: `cancel` said so. No file is left.
    """
    from evidence_app.bundle.build import build
    from evidence_app.services.bundles.plans import work_out
    from evidence_app.services.bundles.reviewing import require_decided
    from evidence_app.services.bundles.saved_plans import keep_plan

    choice = replace(choice, recipient=choice.recipient or (given.name if given is not None else ""))
    beside = beside or FilesBeside(section_alone)
    _require_places(out, beside, saved, choice)
    places = [each for each in (out, *beside.files) if each.exists()]
    replaced = [_replaced(session, place, replacing=replacing) for place in places]
    plan = work_out(session, saved, choice, now := session.clock.now().replace(microsecond=0))
    decided = require_decided(session, plan, stopping(cancel))
    evidence = evidence_of(session, plan, given)
    progress = cancellable(progress, cancel)
    built = build(plan, evidence, progress, _wanted(beside))
    volumes = _volume_places(out, len(built.volumes))
    replaced += [_replaced(session, place, replacing=replacing) for place in volumes if place.exists()]
    set_names = plan.rules.set_names() if plan.rules else frozenset()
    _require_no_leak(built, built.applied.hidden | decided.withheld | set_names, partial(progress, "search", 0, 1))
    digest = sha256(built.content).hexdigest()
    files = [(out, encrypt_to(given.recipient, built.content) if given else built.content)]
    files += _files_beside(beside, built, volumes)
    with written_beside(files) as take_names:
        # A file that cannot be written leaves no record that says that it was.
        sealed = seal(session, _export_entry(plan, built, digest, evidence.checkpoint.line, given))
        take_names()
    if keep:
        pseudonyms = built.applied.key() if plan.profile.pseudonyms else []
        keep_plan(session, saved.made_on(london_day(now).isoformat(), plan.tree_size, pseudonyms))
    warnings = (*replaced, *advice_on(plan), *decided.warnings, *built.warnings)
    counts = built.pages, len(built.content), digest, len(plan.shown), plan.left_out_count
    made = Exported(out, *counts, sealed.index, warnings)
    return replace(made, section_alone=beside.section_alone, core=beside.core, volumes=tuple(volumes))


def _wanted(beside: FilesBeside) -> "WantedBeside":
    from evidence_app.bundle.build import WantedBeside

    alone, core, dividers = (each is not None for each in (beside.section_alone, beside.core, beside.dividers))
    return WantedBeside(alone, core, beside.volume_mb * 1024 * 1024, dividers)


def _files_beside(beside: FilesBeside, built: "Built", volumes: Sequence[Path]) -> list[tuple[Path, bytes]]:
    """Return what is written beside a bundle, with its files."""
    alone, core = beside.section_alone, beside.core
    files = [(alone, built.section_alone)] if alone is not None else []
    files += [(core, built.core)] if core is not None else []
    files += [(beside.dividers, built.dividers)] if beside.dividers is not None else []
    return [*files, *zip(volumes, built.volumes, strict=True)]


def _volume_places(out: Path, count: int) -> list[Path]:
    """Return the files of the volumes, beside the whole bundle: name-1-of-3.pdf."""
    return [out.with_name(f"{out.stem}-{number}-of-{count}{out.suffix}") for number in range(1, count + 1)]


def _require_places(out: Path, beside: FilesBeside, saved: "SavedPlan", choice: "Choice") -> None:
    _require_usable(out, choice.recipient, choice.title)
    section_alone = beside.section_alone
    for each in beside.files:
        _require_usable(each)
    if beside.core is not None and not any(each.core for each in saved.documents()):
        raise InputError("The plan marks no document for a core bundle: “plan core NAME DOCUMENT” does.")
    if beside.volume_mb and not MIN_VOLUME_MB <= beside.volume_mb <= MAX_VOLUME_MB:
        raise InputError(f"Volumes have from {MIN_VOLUME_MB} to {MAX_VOLUME_MB:,} megabytes.")
    named = [each.resolve() for each in (out, *beside.files)]
    if len(set(named)) != len(named):
        raise InputError("The bundle and what is written beside it need different names.")
    if section_alone is not None:
        _require_usable(section_alone)
        if not saved.late:
            raise InputError("The plan has no late section to write by itself.")


def _require_usable(out: Path, *texts: str) -> None:
    for text in texts:
        if len(text) > MAX_TITLE_LENGTH or not text.isprintable():
            raise InputError(
                f"A title or recipient must be plain text of at most {MAX_TITLE_LENGTH} characters on one line."
            )
    if out.is_dir():
        raise InputError(f"{out.name} is a folder: name the file to write, by case, content and date.")
    if not out.parent.is_dir():
        raise InputError(f"The folder {out.parent.name} is not there: make it first.")


def _replaced(session: Session, place: Path, *, replacing: bool) -> str:
    """Return a sentence about the file that is replaced, by the record of its export where this store made it.

    Raises:
        InputError: it must not be replaced.
    """
    if not replacing:
        raise InputError(f"{place.name} is there already. Choose another name, or replace it with “--replace”.")
    with system_errors_named(f"{place.name}, which is there already, cannot be read"), place.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    records = session.store.records
    for index in [*records.found_by(f"export:{digest}"), *records.found_by(f"stamped-file:{digest}")][-1:]:
        profile = records.get(index).fields.get("profile")
        of = f"of the profile “{profile}”" if profile else "with a time stamp"
        return f"{place.name} took the place of a bundle {of} (record {index}): that copy is gone from here."
    return f"{place.name} took the place of another file."


def _require_no_leak(built: "Built", hidden: frozenset[str], tick: Callable[[], None]) -> None:
    """Require that a finished bundle, and what was made beside it, holds none of the values that are withheld from it.

    Raises:
        InputError: it does. There is no file then.
    """
    from evidence_app.bundle.leak_search import find_leaks

    made = [each for each in (built.content, built.section_alone, built.core, built.dividers, *built.volumes) if each]
    leaks = [leak for content in made for leak in find_leaks(content, hidden, tick)]
    if leaks:
        raise InputError(
            f"The finished bundle still held something that is withheld elsewhere in it, on {', '.join(leaks[:5])}. No file was written: "
            "withhold it there too, or leave that document out."
        )


def evidence_of(session: Session, plan: "Plan", given: Given | None = None) -> "Evidence":
    """Return what the store gives to a bundle, which may be one that is given to somebody."""
    from evidence_app.bundle.finishing import Evidence

    store = session.store
    size = store.log.size()
    signed = store.log.checkpoint(size)

    others = handed_over_evidence(session, plan)

    def disclosure(shown: "ShownRecord") -> JsonObject:
        record = shown.record
        if isinstance(record.key, RecordRef):
            return narrowed(others.disclosures[record.key], shown.withheld.paths)
        return disclose(
            index=record.index,
            record=record.content,
            secret=store.records.secret(record.index),
            sealed_at=spell(record.sealed_at),
            proof=store.log.proof(record.index, size),
            withheld=shown.withheld,
        )

    def load(exhibit: "Exhibit") -> bytes:
        if exhibit.taken_from is not None:
            return bundle_of(session, exhibit.taken_from.handover)
        return b"".join(store.attachments.stream(exhibit.facts.sha256))

    return Evidence(
        key=session.log_key,
        certificate=store.certificate(),
        signed_checkpoint=signed,
        checkpoint=verify_checkpoint(signed, session.log_key.public),
        disclosure=disclosure,
        load=load,
        clocks=clocks_in(session, (shown.shown for shown in plan.own), size),
        earlier=proofs_of_heads(
            session,
            [shown.record for shown in plan.own],
            size,
            given.earlier if given else (),
            # Whoever receives it shows parts of it again, without the records that the others prove.
            all_=given is not None,
        ),
        others_earlier=others.earlier,
        labels=others.labels,
        read_mail=mail_sheet,
    )


def _export_entry(plan: "Plan", built: "Built", digest: str, head: str, given: Given | None) -> Entry:
    fields: JsonObject = {
        "profile": plan.profile.name,
        "profile_version": plan.profile.version,
        "recipient": plan.recipient,
        "marking": plan.profile.marking,
        "pages": built.pages,
        "bytes": len(built.content),
        "sha256": digest,
        "records_shown": len(plan.shown),
        "records_left_out": plan.left_out_count,
        "fields_withheld": plan.withheld_fields,
        "head": head,
    }
    if given is not None:
        fields["recipient_key"] = given.origin
    if plan.saved_as:
        fields["plan"] = plan.saved_as
    if built.applied.schedule:
        fields["redactions"] = built.applied.count
    if built.looked_at:
        fields["looked_at"] = [
            {"exhibit": each.label, "page": each.page, "sha256": each.digest} for each in built.looked_at[:MAX_ITEMS]
        ]
    key = built.applied.key() if plan.profile.pseudonyms else []
    if key:
        fields["pseudonyms"] = [
            {"pseudonym": pseudonym, "stands_for": value[:MAX_LINE_LENGTH]} for pseudonym, value in key[:MAX_ITEMS]
        ]
    return Entry(EXPORT, spell(plan.made_at), "exact", fields, case_ref=plan.case_ref or None)


def write_key_sheet(session: Session, index: int, out: Path) -> int:
    """Write the key to the pseudonyms of an export to a PDF of its own, and return how many it holds.

    Raises:
        InputError: the record is no export with pseudonyms.
        EnvironmentProblem: the file cannot be written.
    """
    from evidence_app.bundle.pages.sheets.key_sheet import draw_key_sheet

    record = session.store.records.get(index) if index < session.store.log.size() else None
    rows = record.fields.get("pseudonyms") if record is not None and record.kind is EXPORT else None
    if record is None or not isinstance(rows, list):
        raise InputError(
            f"Record {index} is not an export with pseudonyms of its own. The key to those of a hand-over is the member's: their export has it."
        )
    _require_usable(out)
    key = [(str(row["pseudonym"]), str(row["stands_for"])) for row in rows if isinstance(row, dict)]
    write_whole(out, draw_key_sheet(key, record.headline(90), str(record.fields["sha256"]), record.event[0]))
    return len(key)
