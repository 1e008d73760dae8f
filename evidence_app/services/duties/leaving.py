"""An officer leaves: what identifies clients is handed back and goes; what is about the officer, the proofs and the receipts stay (docs/spec/store.md, “Disposal”)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evidence_app.domain.people.identities import identities
from evidence_app.domain.people.pseudonyms import identifies_client
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.cases.holds import Hold, holds_in, over
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_LINE_LENGTH, Holder
from evidence_app.domain.record.program_kinds import LOG
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import DISPOSAL, HANDOVER
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject, canonical
from evidence_app.proof.encoding.times import day_in_words, spell
from evidence_app.services.archive.log_files import export_receipts
from evidence_app.services.bundles import saved_plans
from evidence_app.services.core.identifier_policy import texts_of
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import SETTINGS, Session
from evidence_app.services.core.settings import ASIDE, load_settings
from evidence_app.services.duties.disposal import holds_in_handover
from evidence_app.services.records import saved_views
from evidence_app.services.safekeeping.backups import last_backup
from evidence_app.store.store import Store

LEAVING: Final = "I leave the service"
"""The reason that the disposal gives."""
OF_MAIL_AND_PAPER: Final = frozenset({"message", "mail-receipt", "response", "drafted-mail", "export", "print"})
"""Kinds whose words or keys may name a client without saying so."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would go, what stays, and what a hold keeps: records that may have to be handed to the employer first."""

    goes: tuple[SealedRecord, ...]
    stays: tuple[SealedRecord, ...]
    held_back: tuple[SealedRecord, ...]
    holds: tuple[Hold, ...]
    drafts: int

    def in_words(self) -> Iterator[str]:
        """Yield it in lines."""
        yield f"{counted(len(self.goes), 'record', 'records')} would go: {_sorts(self.goes)}."
        yield f"{counted(len(self.stays), 'record stays', 'records stay')}: {_sorts(self.stays)}."
        if self.drafts:
            yield f"{counted(self.drafts, 'draft goes', 'drafts go')}, and with them the names of clients and the saved views and plans."
        for hold in self.holds:
            yield f"{hold.in_words()}. Hand it to whoever asked for it first, or have the hold lifted."


@dataclass(frozen=True, slots=True)
class Left:
    """What was done: the sealed disposal, how many records and drafts are gone, and what is still to do by hand."""

    sealed: Sealed
    count: int
    receipts: int
    remains: tuple[str, ...]

    def in_words(self) -> str:
        """Say what is gone."""
        gone = f"{counted(self.count, 'record is', 'records are')} gone; record {self.sealed.index} says so, and names nobody."
        kept = f"{counted(self.receipts, 'seal receipt was', 'seal receipts were')} written before: they prove that it was there."
        return " ".join([gone, kept, *self.remains])


def look(session: Session, also: Collection[int] = (), keep: Collection[int] = ()) -> Leaving:
    """Return what would go, and why something is held back. `also` go beside what is of a client, `keep` stay.

    Raises:
        InputError: this is a rep's store, or a position is none of its records.
    """
    _require_officer(session)
    records = list(session.store.records.select(Selection()))
    unknown = sorted({*also, *keep} - {record.index for record in records if record.kind is not LOG})
    if unknown:
        raise InputError(f"There is no record {unknown[0]} that could go or stay.")
    holds = holds_in(records)
    people = identities(load_settings(session).client_names, [])

    def names_a_client(record: SealedRecord) -> bool:
        texts = () if record.kind is LOG else texts_of(record.content)
        return bool(people) and any(identifies_client(text, people) for text in texts)

    chosen = [
        record
        for record in records
        if record.index in also or ((is_of_a_client(record) or names_a_client(record)) and record.index not in keep)
    ]
    brought = {record.index: holds_in_handover(session, record) for record in chosen if record.kind is HANDOVER}
    held = [record for record in chosen if over(record, holds) or brought.get(record.index)]
    kept = {record.index for record in held}
    gone = tuple(record for record in chosen if record.index not in kept)
    positions = {record.index for record in gone}
    stays = tuple(record for record in records if record.index not in positions)
    standing = [hold for hold in holds if any(hold.covers(record) for record in held)]
    of_others = [hold for each in brought.values() for hold in each]
    return Leaving(gone, stays, tuple(held), (*standing, *of_others), len(session.store.drafts.all()))


def is_of_a_client(record: SealedRecord) -> bool:
    """Whether a record goes when its officer leaves: it names a case, is said to identify a client, holds a file, or is a mail or the key of a bundle."""
    if record.kind is LOG:
        return False
    return bool(
        cases_of(record)
        or record.fields.get("identifies_client") is True
        or any(each.kept for each in record.attachments)
        or record.kind.name in OF_MAIL_AND_PAPER
    )


def leave(session: Session, found: Leaving, receipts_to: Path, note: str = "") -> Left:
    """Write a seal receipt of every record to a folder, remove what goes, and seal that it is gone.

    Raises:
        InputError: something is under a hold, nothing would go, the note names a case, or the folder cannot take the receipts.
        EnvironmentProblem: the receipts or the store cannot be written. Nothing is gone then.
    """
    if found.held_back:
        raise InputError(
            f"{counted(len(found.held_back), 'record is', 'records are')} under a hold and must not be destroyed: {in_spans(each.index for each in found.held_back)}. "
            "Hand them to whoever asked for them, and have the hold lifted first (holds --lift N)."
        )
    if not found.goes:
        raise InputError("Nothing would go: no record is about a client.")
    if any(ref in note for record in found.goes for ref in cases_of(record)):
        raise InputError("The note names a case: what remains must name nobody.")
    written = export_receipts(session, receipts_to)
    positions = {each.index for each in found.goes}

    def remove(store: Store) -> None:
        for draft in (*store.drafts.all(), *store.drafts.deleted()):
            store.drafts.remove(draft.identity)
        store.dispose(positions, [each.index for each in found.goes if each.kind is HANDOVER])
        for name in (saved_plans.NAME, saved_views.KEPT, ASIDE):
            store.keep_setting(name, b"" if name == ASIDE else canonical({}))
        store.keep_setting(SETTINGS, canonical(replace(load_settings(session), client_names=()).to_json()))

    entry = Entry(DISPOSAL, spell(session.clock.now()), "exact", _fields(found.goes, note))
    sealed = seal(session, entry, also=remove)
    session.held_by_handovers.clear()
    return Left(sealed, len(found.goes), written, tuple(_remains(session, emptied=session.store.scrub())))


def _require_officer(session: Session) -> None:
    if session.holder is Holder.REP:
        raise InputError("This is a rep's store: what is held about a member goes by “dispose NAME”.")


def _fields(gone: Iterable[SealedRecord], note: str) -> JsonObject:
    listed = list(gone)
    fields: JsonObject = {
        "reason": LEAVING,
        "disposed_records": in_spans(each.index for each in listed),
        "count": len(listed),
        "sorts": _sorts(listed),
    }
    return fields | ({"note": note.strip()[:MAX_LINE_LENGTH]} if note.strip() else {})


def _sorts(records: Iterable[SealedRecord]) -> str:
    sorts = Counter(each.kind.label for each in records)
    return "; ".join(f"{label}: {count}" for label, count in sorted(sorts.items()))


def _remains(session: Session, *, emptied: bool) -> Iterator[str]:
    if not emptied:
        yield "The last traces in the journal go when the store is opened the next time."
    backup = last_backup(session)
    if backup is not None:
        yield f"Backups made until {day_in_words(backup.made_at.date())} still hold it: hand them back or destroy them."
    yield "Bundles that were handed out, and paper, are out of the program's reach: “register” lists them no more where they were about a client."
