"""Build the demonstration: a store with two invented years, exported bundles, and verification reports."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.demo.story import SetClock, Story, read_story
from evidence_app.domain.time.times import typed_moment
from evidence_app.errors import InputError
from evidence_app.files import system_errors_named, write_whole
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.bundles.exporting import Exported, export
from evidence_app.services.core.session import Session, SystemClock
from evidence_app.services.records.reading import choose, record_at
from evidence_app.services.records.receipt_files import receipt_name, write_receipt
from evidence_app.services.safekeeping.creating import create_store
from evidence_app.services.safekeeping.verifying import verify_file

if TYPE_CHECKING:
    from evidence_app.demo.rep import DemoRep

PASSPHRASE: Final = "lantern quiet river Easthaven"  # noqa: S105 - the key to an invented case
CASE: Final = "X000412"
"""Reference of the case that the first year is about."""
SECOND_CASE: Final = "X000806"
"""Reference of the case that the second year is about: one of fourteen that an instruction covers."""
EXPORTED_AT: Final = "2026-01-26T10:05"
"""Time of the exports at the end of the first year, in Europe/London."""
SECOND_EXPORTED_AT: Final = "2026-11-23T10:05"
"""Time of the exports at the end of the second year, in Europe/London."""
FILE: Final = "demo/case.json"
"""Resource with the description of the first year."""
SECOND_FILE: Final = "demo/second-year.json"
"""Resource with the description of the second year."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Result of building the demonstration: folder, records by kind, bundles, and verification reports."""

    folder: Path
    kinds: Counter[str]
    attachments: int
    bundles: tuple[Exported, ...]
    reports: tuple[Report, ...]
    rep: "DemoRep | None" = None

    @property
    def verified(self) -> bool:
        """Whether all exported files and the rep's store verify."""
        own = all(report.verdict is Verdict.VERIFIED for report in self.reports)
        return own and (self.rep is None or self.rep.verified)

    def to_json(self) -> JsonObject:
        """Return the result as a JSON object, the output format of the command line."""
        made: JsonObject = {
            "store": str(self.folder / "store"),
            "passphrase_file": str(self.folder / "passphrase.txt"),
            "records": self.kinds.total(),
            "kinds": dict(self.kinds),
            "attachments": self.attachments,
            "bundles": [exported.to_json() for exported in self.bundles],
            "verdicts": [report.verdict.value for report in self.reports],
        }
        return made | ({"rep": self.rep.to_json()} if self.rep is not None else {})

    def in_words(self) -> Iterator[str]:
        """Yield the result as lines of text."""
        yield f"Two invented years: {self.kinds.total()} records, {self.attachments} attachments."
        yield "  " + ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common())
        yield f"Store: {self.folder / 'store'}"
        yield f"Passphrase: {self.folder / 'passphrase.txt'}"
        for exported, report in zip(self.bundles, self.reports, strict=False):
            yield exported.in_words()
            good = sum(check.verdict is Verdict.VERIFIED for check in report.checks)
            yield f"  verified: {good} of {len(report.checks)} items; verdict: {report.verdict.value}"
        if self.rep is not None:
            yield from self.rep.in_words()


def build_demo(folder: Path, tell: Callable[[str], None], *, with_rep: bool = False) -> Demo:
    """Build the invented case in a folder, export its audit trail and verify it. `tell` receives progress messages.

    `with_rep` also creates a rep's store and hands the records over to it.

    Raises:
        InputError: the folder already contains a demonstration.
        EnvironmentProblem: the folder cannot be written.
    """
    first, second = read_story(FILE), read_story(SECOND_FILE)
    clock = SetClock(typed_moment(str(first["opened_at"])))
    session = _make_store(folder, first, clock, tell)
    with session:
        story = Story(session, clock, folder / "mail")
        tell("Sealing a year of records")
        story.tell(first)
        clock.moment = typed_moment(EXPORTED_AT)
        tell("Exporting the audit trail")
        bundles = _export_first(session, folder)
        receipt = folder / receipt_name(1, record_at(session, 1).code)
        write_receipt(session, 1, receipt)
        rep = _rep(session, clock, folder, tell) if with_rep else None
        tell("Sealing the second year, and exporting its audit trail")
        kinds = story.tell(second)
        clock.moment = typed_moment(SECOND_EXPORTED_AT)
        bundles += _export_second(session, folder)
    tell("Verifying, without the store")
    reports = tuple(verify_file(path) for path in [*(exported.path for exported in bundles), receipt])
    return Demo(folder, kinds, story.attachments, bundles, reports, rep)


def _rep(session: Session, clock: SetClock, folder: Path, tell: Callable[[str], None]) -> "DemoRep":
    from evidence_app.demo.rep import tell_of_rep

    tell("Handing the records over to the rep")
    return tell_of_rep(session, clock, folder, PASSPHRASE)


def build_invented_store(folder: Path, tell: Callable[[str], None]) -> Session:
    """Build the store of the invented case in a folder, to try the program out. Returned open, with the system clock.

    Raises:
        InputError: the folder already contains a demonstration.
        EnvironmentProblem: the folder cannot be written.
    """
    first = read_story(FILE)
    clock = SetClock(typed_moment(str(first["opened_at"])))
    session = _make_store(folder, first, clock, tell)
    try:
        story = Story(session, clock, folder / "mail")
        tell("Sealing two years of records")
        story.tell(first)
        story.tell(read_story(SECOND_FILE))
    except BaseException:
        session.close()
        raise
    session.clock = SystemClock()
    return session


def _make_store(folder: Path, first: JsonObject, clock: SetClock, tell: Callable[[str], None]) -> Session:
    """Create the store of the person in the first year, in a new folder, with its passphrase in a file beside it."""
    if (folder / "store").exists() or (folder / "rep").exists():
        raise InputError(f"{folder} holds a demo already: choose another folder, or remove it first.")
    with system_errors_named(f"The folder {folder.name} could not be made"):
        folder.mkdir(parents=True, exist_ok=True)
    owner = first["owner"]
    who, role = (str(owner[part]) for part in ("person", "role")) if isinstance(owner, dict) else ("", "")
    tell("Making the store")
    made = create_store(folder / "store", PASSPHRASE, owner=who, role=role, purpose="demonstration", clock=clock)
    try:
        write_whole(folder / "passphrase.txt", f"{PASSPHRASE}\n".encode())
    except BaseException:
        made.session.close()
        raise
    return made.session


def _export_first(session: Session, folder: Path) -> tuple[Exported, ...]:
    title = f"Audit trail for the Serious Further Offence review, case {CASE}"
    review = _export_for_review(session, folder / "audit-trail.pdf", CASE, title, "N. Farrow, SFO reviewing manager")
    own = export(session, "officer", folder / "officers-own-file.pdf", choose())
    return review, own


def _export_second(session: Session, folder: Path) -> tuple[Exported, ...]:
    title = f"Audit trail for the review of a death under supervision, case {SECOND_CASE}"
    death = _export_for_review(session, folder / "second-year.pdf", SECOND_CASE, title, "N. Farrow, reviewing manager")
    health = export(session, "health-safety", folder / "health-and-safety.pdf", choose())
    return death, health


def _export_for_review(session: Session, out: Path, case_ref: str, title: str, recipient: str) -> Exported:
    return export(session, "sfo-review", out, choose(), recipient=recipient, title=title, case_ref=case_ref)
