"""What an entry may say: marked where it identifies somebody by its form, and refused then on a machine that is not the employer's (docs/domain.md, section 2)."""

from collections.abc import Sequence
from dataclasses import replace

from evidence_app.domain.record.entries import MAX_CASE_REF_LENGTH, Entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.domain.text.identifiers import ADDRESSING, CORRESPONDENTS, CRN, find_identifiers
from evidence_app.errors import InputError
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.quoted_checkpoints import without_quoted_checkpoints
from evidence_app.services.core.session import Session


def marked(entry: Entry, holder: Holder = Holder.OFFICER) -> Entry:
    """Mark an entry that identifies a client, unless somebody has said whether it does. A rep's note is union advice unless it says otherwise."""
    if holder is Holder.REP and entry.kind.name == "note" and "restricted_to" not in entry.fields:
        entry = replace(entry, fields=entry.fields | {"restricted_to": "union advice"})
    if "identifies_client" in entry.fields:
        return entry
    texts = written_texts(entry.fields, ADDRESSING | CORRESPONDENTS)
    if CRN.fullmatch(entry.case_ref or "") or any(True for text in texts for _ in find_identifiers(text)):
        return replace(entry, fields=entry.fields | {"identifies_client": True})
    return entry


def written_texts(fields: JsonObject, without: frozenset[str] = ADDRESSING) -> list[str]:
    """Return the texts of some fields, but for those of some names."""
    kept: JsonObject = {name: value for name, value in fields.items() if name not in without}
    return [without_quoted_checkpoints(text) for _, text in scalars(kept) if isinstance(text, str)]


def require_minimum_content(entry: Entry, names: Sequence[str]) -> None:
    """Require that an entry holds nothing that identifies a person: the machine is not the employer's.

    Raises:
        InputError: it does.
    """
    texts = written_texts(entry.fields, ADDRESSING)
    for text in (*texts, *names, (entry.case_ref or "")[:MAX_CASE_REF_LENGTH]):
        for finding in find_identifiers(text):
            raise InputError(
                f"This machine is not the employer's, and the entry holds a {finding.what}. "
                "Use a pseudonym, and say where the original is kept. Nothing was sealed."
            )


def keeps_files(session: Session, entry: Entry) -> bool:
    """Whether an entry's files are kept whole, and not by their digest alone.

    A received hand-over is, on any machine: it was found to identify no client, and what it showed is proved from it.
    """
    return not session.minimum_content or entry.kind is HANDOVER
