"""The print register: what was exported and printed, when, and where the paper is kept – told from sealed records."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.program_kinds import EXPORT, PRINT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import in_words, spell
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

MAX_COPIES = 1_000
MAX_WORDS_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Printed:
    """What a person says of something that was printed. `export` is the record of the export whose pages were printed, if it is one."""

    kept_at: str
    copies: int = 1
    export: int | None = None
    what: str = ""
    pages: int = 0
    recipient: str = ""


def seal_print(session: Session, printed: Printed) -> Sealed:
    """Seal that something was printed, and where it is kept.

    Raises:
        InputError: it is not said where, the number of copies makes no sense, or the record is no export.
    """
    if not 0 < printed.copies <= MAX_COPIES:
        raise InputError(f"Say between 1 and {MAX_COPIES:,} copies.")
    for text in (printed.kept_at, printed.what, printed.recipient):
        if len(text) > MAX_WORDS_LENGTH or not text.isprintable():
            raise InputError(f"Say it as plain text of at most {MAX_WORDS_LENGTH} characters on one line.")
    if not printed.kept_at.strip():
        raise InputError("Say where the paper is kept.")
    fields: JsonObject = {"what": printed.what, "copies": printed.copies, "kept_at": printed.kept_at.strip()}
    if printed.pages:
        fields["pages"] = printed.pages
    if printed.recipient:
        fields["recipient"] = printed.recipient
    links: tuple[Link, ...] = ()
    case = None
    if printed.export is not None:
        export = _export(session, printed.export)
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


def _export(session: Session, index: int) -> SealedRecord:
    record = session.store.records.get(index) if index < session.store.log.size() else None
    if record is None or record.kind is not EXPORT:
        raise InputError(f"Record {index} is not an export.")
    return record


def export_in(session: Session, path: Path) -> SealedRecord:
    """Return the record of the export whose file this is.

    Raises:
        InputError: it cannot be read, or this store did not export it, or it was changed since.
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
    """Return every export and print, in the order in which they were sealed."""
    found = [record for kind in (EXPORT, PRINT) for record in session.store.records.select(Selection(kind=kind.name))]
    return sorted(found, key=lambda record: record.index)


def row(record: SealedRecord) -> JsonObject:
    """Return a row of the register as the command line prints it."""
    fields = record.fields
    shown: JsonObject = {"record": record.index, "kind": record.kind.name, "at": spell(record.event[0])}
    shown |= {
        name: fields[name]
        for name in ("what", "profile", "plan", "recipient", "pages", "copies", "kept_at", "sha256")
        if name in fields
    }
    return shown


def row_in_words(record: SealedRecord) -> str:
    """Say a row of the register."""
    fields = record.fields
    if record.kind is PRINT:
        what = f"printed {fields.get('copies', 1)} ×: {fields.get('what', '')}; kept: {fields.get('kept_at', '')}"
    else:
        what = (
            f"exported: {fields.get('profile', '')} for {fields.get('recipient', '')}, {fields.get('pages', '?')} pages"
        )
    return f"{record.index:5}  {in_words(record.event[0])}  {what}"
