"""Forged hand-overs by an attacker who has a log key: the records are arbitrary, and every proof is valid."""

import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evidence_app.bundle import finishing
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.selection import Selection
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.commitment import (
    commitment_value,
    digest_of_value,
    field_digest,
    leaf_bytes,
    make_leaf,
    pieces_of,
    word_digest,
)
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import canonical
from evidence_app.proof.signed_notes import sign_note
from evidence_app.services.attestation import cards
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import hand_over

SEALED_AT = "2026-01-10T10:00:00Z"
NOTE: dict[str, Any] = {
    "/id": "01ABCDEFGHJKMNPQRSTVWXYZ00",
    "/kind": "note",
    "/event_at": "2026-01-10",
    "/event_precision": "date only",
    "/recorded_at": SEALED_AT,
    "/fields/text": "Hello there.",
}
"""The paths of a record, each with its value; a list of (word, whether it is withheld) stands for a text in words."""


def _digested(value: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(value, list):
        salts = [secrets.token_bytes(16) for _ in pieces_of(value)]
        shown = {"value": value, "salts": [base64.encode(salt) for salt in salts]}
        return base64.encode(digest_of_value(value, salts)), shown
    pieces, digests = [], []
    for word, withheld in value:
        salt = secrets.token_bytes(16)
        digests.append(word_digest(salt, word))
        pieces.append(
            {"withheld": base64.encode(digests[-1])} if withheld else {"text": word, "salt": base64.encode(salt)}
        )
    return base64.encode(field_digest(digests)), {"pieces": pieces}


class Tree:
    """The tree over some leaf hashes."""

    def __init__(self, leaves: list[bytes]) -> None:
        self._leaves = leaves

    def node(self, level: int, position: int) -> bytes:
        """Return a node of a full subtree."""
        if level == 0:
            return self._leaves[position]
        return merkle.node_hash(self.node(level - 1, 2 * position), self.node(level - 1, 2 * position + 1))

    def root(self) -> bytes:
        """Return the root over all leaves."""
        return merkle.root(len(self._leaves), self.node)

    def proof(self, position: int) -> list[str]:
        """Return the inclusion proof of a leaf."""
        return [base64.encode(each) for each in merkle.inclusion_proof(position, len(self._leaves), self.node)]


def forged(
    session: Session,
    rep: Session,
    folder: Path,
    paths: Mapping[str, Any],
    *,
    at: int | None = None,
    labels: dict[str, dict[str, str]] | None = None,
    sealed_at: str = SEALED_AT,
    change: Callable[[dict[str, Any]], object] = lambda _manifest: None,
) -> bytes:
    """Return a hand-over of a log to which a record with these paths was added, or which has it at a position instead."""
    true = finishing.make_manifest

    def make(*arguments: Any, **more: Any) -> bytes:
        manifest: dict[str, Any] = json.loads(true(*arguments, **more))
        leaves = [session.store.records.get(index).leaf_hash for index in range(session.store.log.size())]
        parts = {path: _digested(value) for path, value in paths.items()}
        digests = {path: digest for path, (digest, _) in parts.items()}
        leaf = make_leaf(commitment_value(digests), sealed_at)
        place = len(leaves) if at is None else at
        leaves[place : place + 1] = [merkle.leaf_hash(leaf_bytes(leaf))]
        tree = Tree(leaves)
        record = {"index": place, "leaf": leaf, "digests": digests, "fields": {p: f for p, (_, f) in parts.items()}}
        manifest["records"] = [*(each for each in manifest["records"] if each["index"] != place), record]
        for each in manifest["records"]:
            each["proof"] = tree.proof(each["index"])
        shown = {each["index"] for each in manifest["records"]}
        manifest["left_out"] = [
            {"first": index, "last": index, "reason": "another matter"}
            for index in range(len(leaves))
            if index not in shown
        ]
        checkpoint = Checkpoint(session.log_key.origin, len(leaves), tree.root())
        manifest["checkpoint"] = sign_note(session.log_key, checkpoint.text)
        for name in ("outside_clocks", "goes_on_from", "labels"):
            manifest.pop(name, None)
        if labels:
            manifest["labels"] = {str(place): labels}
        change(manifest)
        return canonical(manifest)

    (known,) = [each for each in cards.known_cards(session) if each.card.log_key == rep.log_key.public]
    out = folder / f"forged-{secrets.token_hex(4)}.age"
    with patch.object(finishing, "make_manifest", make):
        hand_over(session, SavedPlan("union-casework"), out, Choice(Selection()), known)
    return out.read_bytes()
