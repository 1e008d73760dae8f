"""Export a bundle: build it, seal that it was exported, and write it whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.domain.entries import Entry
from evidence_app.domain.fields import ITEMS_LIMIT, LINE_LIMIT, JsonObject
from evidence_app.domain.program_kinds import EXPORT
from evidence_app.domain.times import spell
from evidence_app.errors import Cancelled, InputError
from evidence_app.files import write_whole
from evidence_app.receipts.disclosures import disclose
from evidence_app.receipts.notes import verify_checkpoint
from evidence_app.services.mail_sheets import mail_sheet
from evidence_app.services.outside_clocks import clocks_in
from evidence_app.services.reading import thread_of
from evidence_app.services.sealing import seal
from evidence_app.services.session import Session
from evidence_app.services.settings import load_settings
from evidence_app.store.record_table import Selection

if TYPE_CHECKING:
    from evidence_app.bundle.building import Evidence
    from evidence_app.bundle.plan import Plan, ShownRecord

Report = Callable[[str, int, int], None]
TITLE_LIMIT = 200


def no_report(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


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

    def to_json(self) -> JsonObject:
        """Return the result as the command line prints it."""
        return {
            "file": str(self.path),
            "pages": self.pages,
            "bytes": self.size,
            "sha256": self.sha256,
            "records_shown": self.shown,
            "records_left_out": self.left_out,
            "record": self.index,
            "warnings": list(self.warnings),
        }

    def in_words(self) -> str:
        """Say what was written."""
        return (
            f"{self.path}: {self.pages} pages, {self.size:,} bytes, {self.shown} records shown, {self.left_out} left out. "
            f"The export is record {self.index}."
        )


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
    report: Report = no_report,
    cancel: Callable[[], bool] = lambda: False,
) -> Exported:
    """Export a bundle to a file.

    `selection` narrows what goes in; `case_ref` is the case that the bundle is about, for a profile about one case,
    which also takes in the records that name no case. Without it the selection's case is meant. `thread` is a record:
    only what links lead to from it goes in.

    The export is sealed before the file takes its name: a copy that left the store is never unrecorded.

    Raises:
        InputError: there is no such profile, or nothing is chosen.
        EnvironmentProblem: the file or the store cannot be written. No file is left.
        Cancelled: `cancel` said so. No file is left.
    """
    from evidence_app.bundle.building import build
    from evidence_app.bundle.plan import Wanted, make_plan
    from evidence_app.bundle.profiles import find_profile

    def progress(what: str, done: int, total: int) -> None:
        if cancel():
            raise Cancelled
        report(what, done, total)

    _require_usable(out, recipient, title)
    profile = find_profile(profile_name)
    now = session.clock.now().replace(microsecond=0)
    case = case_ref or selection.case_ref
    if profile.one_case:
        selection = replace(selection, case_ref="")
    wanted = Wanted(_positions(session, selection, thread), case, title, recipient)
    plan = make_plan(
        profile, session.store.records.select(Selection()), wanted, session.owner, now, load_settings(session)
    )
    built = build(plan, evidence_of(session, plan), progress)
    _require_no_leak(plan, built.content)
    digest = sha256(built.content).hexdigest()
    sealed = seal(session, _export_entry(plan, now, built.pages, len(built.content), digest))
    write_whole(out, built.content)
    return Exported(
        out, built.pages, len(built.content), digest, len(plan.shown), plan.left_out_count, sealed.index, built.warnings
    )


def _positions(session: Session, selection: Selection, thread: int | None) -> frozenset[int]:
    positions = frozenset(session.store.records.positions(selection))
    return positions if thread is None else positions & thread_of(session, thread)


def _require_usable(out: Path, *texts: str) -> None:
    for text in texts:
        if len(text) > TITLE_LIMIT or not text.isprintable():
            raise InputError(
                f"A title or recipient must be plain text of at most {TITLE_LIMIT} characters on one line."
            )
    if out.is_dir():
        raise InputError(f"{out.name} is a folder: name the file to write.")
    if not out.parent.is_dir():
        raise InputError(f"The folder {out.parent.name} is not there: make it first.")


def _require_no_leak(plan: "Plan", content: bytes) -> None:
    """Require that a finished bundle with pseudonyms holds nothing of what they stand for.

    Raises:
        InputError: it does. There is no file then.
    """
    from evidence_app.bundle.leak_search import find_leaks

    redactor = plan.redactor
    leaks = find_leaks(content, redactor.hidden) if redactor is not None and plan.profile.pseudonyms else []
    if leaks:
        raise InputError(
            f"The finished bundle still held what identifies a client, on {', '.join(leaks[:5])}. No file was written: "
            "choose other records, or add the name under Settings."
        )


def evidence_of(session: Session, plan: "Plan") -> "Evidence":
    """Return what the store gives to a bundle."""
    from evidence_app.bundle.building import Evidence

    store = session.store
    size = store.log.size()
    signed = store.log.checkpoint(size)

    def disclosure(shown: "ShownRecord") -> JsonObject:
        record = shown.record
        return disclose(
            index=record.index,
            record=record.content,
            secret=store.records.secret(record.index),
            sealed_at=spell(record.sealed_at),
            proof=store.log.proof(record.index, size),
            withheld=shown.withheld,
        )

    return Evidence(
        key=session.log_key,
        certificate=store.certificate(),
        signed_checkpoint=signed,
        checkpoint=verify_checkpoint(signed, session.log_key.public),
        proof=lambda index: store.log.proof(index, size),
        disclosure=disclosure,
        load=lambda facts: b"".join(store.attachments.stream(facts.sha256)),
        clocks=clocks_in(session, (shown.shown for shown in plan.shown), size),
        read_mail=mail_sheet,
    )


def _export_entry(plan: "Plan", now: datetime, pages: int, size: int, digest: str) -> Entry:
    fields: JsonObject = {
        "profile": plan.profile.name,
        "profile_version": plan.profile.version,
        "recipient": plan.recipient,
        "marking": plan.profile.marking,
        "pages": pages,
        "bytes": size,
        "sha256": digest,
        "records_shown": len(plan.shown),
        "records_left_out": plan.left_out_count,
        "fields_withheld": plan.withheld_fields,
    }
    key = plan.redactor.key() if plan.redactor is not None and plan.profile.pseudonyms else []
    if key:
        fields["pseudonyms"] = [
            {"pseudonym": pseudonym, "stands_for": value[:LINE_LIMIT]} for pseudonym, value in key[:ITEMS_LIMIT]
        ]
    return Entry(EXPORT, spell(now), "exact", fields, case_ref=plan.case_ref or None)
