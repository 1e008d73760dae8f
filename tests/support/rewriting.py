"""A log rewritten by somebody who has its keys: a record's words are changed, and everything above them is made and signed anew."""

from typing import Any
from unittest.mock import patch

from evidence_app.domain.record.entries import read_entry
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.json import canonical
from evidence_app.proof.signed_notes import sign_note
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.leaf_hashes import derived_hash


def rewrite(session: Session, index: int, field: str, text: str) -> None:
    """Change a text field of a sealed record, and make its leaf, the nodes and all later checkpoints anew with the log's own key."""
    store = session.store
    record = store.records.get(index)
    content = {**record.content, "fields": {**record.fields, field: text}}
    changed = type(record)(record.index, content, record.sealed_at, record.leaf_hash)
    size = store.log.size()
    leaves = [store.log.node_at(0, position) for position in range(size)]
    leaves[index] = derived_hash(changed, store.records.secret(index))
    nodes: dict[tuple[int, int], bytes] = {}
    for position, leaf in enumerate(leaves):
        for level, place, digest in merkle.completed_by(position, leaf, lambda level, place: nodes[level, place]):
            nodes[level, place] = digest
    origin = session.log_key.origin
    database = store._database
    with store.transaction():
        database.run(
            "UPDATE records SET content = ?, leaf_hash = ? WHERE position = ?", canonical(content), leaves[index], index
        )
        for (level, place), digest in nodes.items():
            database.run("UPDATE nodes SET hash = ? WHERE level = ? AND position = ?", digest, level, place)
        for each in range(index + 1, size + 1):
            head = Checkpoint(origin, each, merkle.root(each, lambda level, place: nodes[level, place]))
            database.run("UPDATE checkpoints SET note = ? WHERE size = ?", sign_note(session.log_key, head.text), each)
    # This session did not do it through its own door: it knows nothing of the new nodes.
    store.log.forget_appended()


def seal_false_heads(session: Session, entry: dict[str, Any]) -> Sealed:
    """Seal an entry with heads that the log never had, as an altered program could: this one refuses."""
    with patch("evidence_app.services.core.sealing.checkpoints_in", lambda *_: ()):
        return seal(session, read_entry(entry))
