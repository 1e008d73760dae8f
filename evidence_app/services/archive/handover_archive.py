"""Archive of the hand-overs that a rep received, as OCFL objects of age files (docs/spec/log-export.md, section 3; docs/archive.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.crypto.age_key import encrypt_to_all, require_recipient
from evidence_app.domain.progress import Progress, no_progress
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import DISPOSAL
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.signing import ORIGIN_PREFIX
from evidence_app.services.archive.ocfl import NewVersion, add_version, files_in, object_path, require_root
from evidence_app.services.attestation.cards import age_key
from evidence_app.services.core.session import Session
from evidence_app.services.members.handover_log import handovers, write_receipt
from evidence_app.services.members.members import require_taking_in

URN: Final = "urn:evidence-trail:"
SOFTWARE: Final = "Evidence Trail"


@dataclass(frozen=True, slots=True)
class Archived:
    """What was done: hand-overs written, those that were in the archive before, and the positions of those of which only the digest is kept.

    `to_delete` are the folders of objects in which a hand-over stands that was disposed of since.
    """

    written: int
    there_before: int
    not_kept: tuple[int, ...]
    to_delete: tuple[str, ...]

    def in_words(self) -> str:
        """Return sentences with what was done, and what is left to do."""
        said = f"{counted(self.written, 'hand-over')} written to the archive; {self.there_before} there before."
        if self.not_kept:
            said += f" Their files are not kept in this store: records {in_spans(self.not_kept)}."
        for folder in self.to_delete:
            said += f" {folder} still has what was disposed of here: delete it there, and in every copy of the archive."
        return said


def archive_handovers(
    session: Session, root: Path, recipients: Sequence[str] = (), progress: Progress = no_progress
) -> Archived:
    """Write every received hand-over that the archive lacks: a version each, encrypted to the owner's card and `recipients` (``age1…``).

    Raises:
        InputError: this is no rep's store, a recipient is malformed, or the folder is no archive of this form.
        EnvironmentProblem: the archive cannot be written; what was written before stays whole.
    """
    require_taking_in(session)
    to = [age_key(session).recipient, *(require_recipient(each) for each in recipients)]
    require_root(root)
    received = list(handovers(session))
    there: dict[str, frozenset[str]] = {}
    written, there_before, not_kept = 0, 0, []
    for done, record in enumerate(received):
        progress(done, len(received))
        identifier = URN + str(record.fields["origin"]).removeprefix(ORIGIN_PREFIX)
        if identifier not in there:
            there[identifier] = files_in(root, identifier)
        if f"{record.index}/checkpoint" in there[identifier]:
            there_before += 1
            continue
        kept = next((facts for facts in record.attachments if facts.kept), None)
        if kept is None:
            not_kept.append(record.index)
            continue
        content = b"".join(session.store.attachments.stream(kept.sha256))
        add_version(root, identifier, _version(session, record, encrypt_to_all(to, content)))
        written += 1
    progress(len(received), len(received))
    return Archived(written, there_before, tuple(not_kept), tuple(_still_there(session, root)))


def _still_there(session: Session, root: Path) -> Iterator[str]:
    """Yield the folders of objects that hold a hand-over which was disposed of, each once."""
    gone: set[tuple[str, int]] = set()
    for record in session.store.records.select(Selection(kind=DISPOSAL.name)):
        receipts = record.fields.get("receipts")
        for receipt in receipts if isinstance(receipts, list) else []:
            checkpoint = read_checkpoint_line(str(receipt.get("head"))) if isinstance(receipt, dict) else None
            if isinstance(receipt, dict) and checkpoint is not None:
                gone.add((URN + checkpoint.origin.removeprefix(ORIGIN_PREFIX), int(str(receipt.get("record", 0)))))
    for identifier in sorted({identifier for identifier, _ in gone}):
        files = files_in(root, identifier)
        if any((identifier, index) in gone for index in _numbers_in(files)):
            yield str(object_path(root, identifier))


def _numbers_in(files: frozenset[str]) -> list[int]:
    """Return the positions of the hand-overs in an object."""
    return [int(path.partition("/")[0]) for path in files if path.endswith("/checkpoint")]


def _version(session: Session, record: SealedRecord, encrypted: bytes) -> NewVersion:
    """Return the version of a hand-over: names and messages in it name nobody."""
    folder = str(record.index)
    files = {
        f"{folder}/hand-over.age": encrypted,
        f"{folder}/receipt.txt": write_receipt(session, record.index).encode("utf-8"),
        f"{folder}/checkpoint": str(record.fields["signed_checkpoint"]).encode("utf-8"),
    }
    owner = URN + session.log_key.origin.removeprefix(ORIGIN_PREFIX)
    return NewVersion(
        files, spell(record.sealed_at), f"Hand-over, record {folder}", {"name": SOFTWARE, "address": owner}
    )
