"""Print register: exports and prints with date, copies and location of the paper, derived from sealed records."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.domain.plan.saved_plan import ranges_in_words, read_ranges
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.program_kinds import EXPORT, PRINT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import in_words, spell
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

SIDES: Final = ("all pages", "odd pages", "even pages")
"""What can be printed of the pages that are chosen: a printer with one side prints the odd ones, then the even ones on their backs."""
MAX_COPIES = 1_000
MAX_WORDS_LENGTH = 200
"""Maximum length of one text in a print record, in characters."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A print as entered by a person. `export` is the index of the export record whose bundle was printed, `kept_at` where the paper is.

    `pages` is how many were printed and `page_numbers` which, such as ``1-3, 7``; 0 and an empty text mean all of them.
    """

    kept_at: str
    copies: int = 1
    export: int | None = None
    what: str = ""
    pages: int = 0
    recipient: str = ""
    page_numbers: str = ""


def chosen_pages(ranges: str, sides: str, count: int) -> tuple[int, ...]:
    """Return the numbers of the pages to be printed, from 1, of a file with `count` pages. `ranges` is empty for all; `sides` is one of `SIDES`.

    Raises:
        InputError: the ranges cannot be read or name a page that there is not, or no page is left.
    """
    named = [page for first, last in read_ranges(ranges) for page in range(first, last + 1)] or [*range(1, count + 1)]
    if named[-1] > count:
        raise InputError(f"There is no page {named[-1]:,}: the file has {count:,}.")
    rest = {"odd pages": 1, "even pages": 0}.get(sides)
    pages = tuple(page for page in named if rest is None or page % 2 == rest)
    if not pages:
        raise InputError("No page is left to print.")
    return pages


def page_numbers_in_words(pages: Sequence[int], count: int) -> str:
    """Return which pages of a file with `count` pages these are, such as ``1-3, 7``; an empty text where they are all of them."""
    if len(pages) == count:
        return ""
    odd, even = (tuple(page for page in range(1, count + 1) if page % 2 == rest) for rest in (1, 0))
    for words, half in (("odd pages", odd), ("even pages", even)):
        if tuple(pages) == half:
            return f"{words} of {count}"
    ranges: list[tuple[int, int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], page)
        else:
            ranges.append((page, page))
    # Half of the pages of a long file make a long list, which the field has no room for.
    words = ranges_in_words(ranges)
    return words if len(words) <= MAX_WORDS_LENGTH else f"{len(pages)} of {count}, from {pages[0]} to {pages[-1]}"


def seal_print(session: Session, printed: Printed) -> Sealed:
    """Seal a print record. With `export` it takes over pages, digest, recipient and case from that export.

    Raises:
        InputError: the location or the subject is missing, a text is too long, the number of copies is out of range, or the record is
            not an export.
        EnvironmentProblem: the store cannot be written.
    """
    if not 0 < printed.copies <= MAX_COPIES:
        raise InputError(f"Say between 1 and {MAX_COPIES:,} copies.")
    for text in (printed.kept_at, printed.what, printed.recipient, printed.page_numbers):
        if len(text) > MAX_WORDS_LENGTH or not text.isprintable():
            raise InputError(f"Say it as plain text of at most {MAX_WORDS_LENGTH} characters on one line.")
    if not printed.kept_at.strip():
        raise InputError("Say where the paper is kept.")
    fields: JsonObject = {"what": printed.what, "copies": printed.copies, "kept_at": printed.kept_at.strip()}
    if printed.pages:
        fields["pages"] = printed.pages
    if printed.page_numbers:
        fields["page_numbers"] = printed.page_numbers
    if printed.recipient:
        fields["recipient"] = printed.recipient
    links: tuple[Link, ...] = ()
    case = None
    if printed.export is not None:
        export = _export_record(session, printed.export)
        case = export.case_ref or None
        links = (Link(export.index, "about"),)
        fields["what"] = printed.what or f"The bundle of record {export.index}: {export.headline(120)}"
        fields |= {
            name: export.fields[name]
            for name in ("pages", "sha256", "recipient")
            if name in export.fields and name not in fields
        }
    if not fields["what"]:
        raise InputError("Say what was printed, or which export (its record's number).")
    now = session.clock.now().replace(microsecond=0)
    return seal(session, Entry(PRINT, spell(now), "exact", fields, case_ref=case, links=links))


def save_thread_pages(session: Session, index: int, out: Path, *, replacing: bool = False) -> Exported:
    """Write the few pages of what record `index` belongs to: the mail, the receipt, the answer or the silence. The export is sealed.

    Raises:
        InputError: there is no such record, or a file of that name is there and is not to be replaced.
        EnvironmentProblem: the file or the store cannot be written. No file is left.
    """
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.plans import Choice

    return export_plan(session, SavedPlan("thread"), out, Choice(thread=index), replacing=replacing)


def _export_record(session: Session, index: int) -> SealedRecord:
    record = session.store.records.get(index) if index < session.store.log.size() else None
    if record is None or record.kind is not EXPORT:
        raise InputError(f"Record {index} is not an export.")
    return record


def export_in(session: Session, path: Path) -> SealedRecord:
    """Return the export record of a bundle file, found by its SHA-256.

    Raises:
        InputError: the file cannot be read, or is not byte for byte an export of this store.
    """
    try:
        digest = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    for record in session.store.records.select(Selection(kind=EXPORT.name)):
        if record.fields.get("sha256") == digest:
            return record
    raise InputError(f"{path.name} is not a bundle that this store exported, or it was changed since.")


def register(session: Session) -> list[SealedRecord]:
    """Return all export and print records, in the order of the log."""
    records = [record for kind in (EXPORT, PRINT) for record in session.store.records.select(Selection(kind=kind.name))]
    return sorted(records, key=lambda record: record.index)


def row(record: SealedRecord) -> JsonObject:
    """Return a register row as a JSON object, the output format of the command line."""
    fields = record.fields
    cells: JsonObject = {"record": record.index, "kind": record.kind.name, "at": spell(record.event[0])}
    cells |= {
        name: fields[name]
        for name in ("what", "profile", "plan", "recipient", "pages", "page_numbers", "copies", "kept_at", "sha256")
        if name in fields
    }
    return cells


def row_in_words(record: SealedRecord) -> str:
    """Return a register row as one line of text."""
    fields = record.fields
    if record.kind is PRINT:
        which = f", pages {fields['page_numbers']}" if "page_numbers" in fields else ""
        what = (
            f"printed {fields.get('copies', 1)} ×: {fields.get('what', '')}{which}; kept: {fields.get('kept_at', '')}"
        )
    else:
        how_much = f", {fields['pages']} pages" if "pages" in fields else ""
        of = f"{fields['what']}: " if "what" in fields else ""
        what = f"exported: {of}{fields.get('profile', '')} for {fields.get('recipient', '')}{how_much}"
    return f"{record.index:5}  {in_words(record.event[0])}  {what}"
