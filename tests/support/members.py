"""An officer's and a rep's store with each other's cards, and hand-overs between them."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.entries import Entry, read_entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.records import SealedRecord, compose
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.domain.record.selection import Selection
from evidence_app.services.attestation import cards
from evidence_app.services.attestation.cards import KnownCard
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.handover.receive import Taken, take_in
from evidence_app.services.handover.send import hand_over
from tests.support import stores
from tests.support.bundles import concern, seal_with

NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)
OFFICER, REP = "R. Hale", "A. Brandt"
NAMED = "Zebedee Quillfeather"
SAID = "Move her to monthly, and do not write it down."


@dataclass
class Pair:
    """The two sessions, and a clock that both go by."""

    officer: Session
    rep: Session
    clock: stores.SetClock
    folder: Path
    made: int = 0

    @property
    def to_rep(self) -> KnownCard:
        """The rep's card, as the officer took it in."""
        return cards.find_card(self.officer, REP)

    def hand_over(self, *, known: tuple[int, ...] = (), selection: Selection | None = None) -> bytes:
        """Return a hand-over of now as it would be sent."""
        self.made += 1
        out = self.folder / f"hand-over-{self.made}.age"
        hand_over(
            self.officer,
            SavedPlan("union-casework"),
            out,
            Choice(selection or Selection()),
            self.to_rep,
            known=known,
        )
        return out.read_bytes()

    def give(self, **more: object) -> Taken:
        """Hand over, and take it in."""
        return take_in(self.rep, self.hand_over(**more))  # type: ignore[arg-type]


def make_pair(folder: Path) -> None:
    """Make the two stores, with a few records of the officer's, and exchange cards."""
    clock = stores.SetClock(NOW)
    stores.make_store(folder / "officer", owner=OFFICER, clock=clock)
    stores.make_store(folder / "rep", owner=REP, machine="other", holder=Holder.REP, clock=clock)
    with (
        stores.open_fast(folder / "officer", clock=clock) as officer,
        stores.open_fast(folder / "rep", clock=clock) as rep,
    ):
        decide(officer, withhold=[NAMED])
        seal_with(
            officer, concern(f"Monthly is unsafe for {NAMED}, CRN X000412, who was seen last week.", case_ref="X000412")
        )
        seal_with(officer, instruction(SAID))
        cards.take_card(officer, cards.own_card(rep).block, "by telephone")
        cards.take_card(rep, cards.own_card(officer).block, "face to face")


def instruction(words: str) -> dict[str, object]:
    """Return an instruction in these words."""
    return {
        "kind": "instruction",
        "event_at": "2026-01-20T14:10",
        "event_precision": "exact",
        "case_ref": "X000412",
        "fields": {"exact_words": words, "via": "face to face", "type": "move to lower frequency"},
    }


def pretend_received(rep: Session, name: str, office: str, entries: list[dict[str, object]], number: int = 0) -> int:
    """Seal a member and a hand-over of theirs without its bundle, with these records beside it; return the hand-over's position.

    It is for what is told from received records: `check` would say that the bundle is missing.
    """
    seal(
        rep, read_entry({**TOLD, "kind": "member", "fields": {"name": name, **({"office": office} if office else {})}})
    )
    origin = f"evidence-trail/{sha256(f'{name} {number}'.encode()).hexdigest()[:32]}"
    head = f"{origin} 1 {base64.b64encode(bytes(32)).decode()}"
    fields = {"member": name, "origin": origin, "head": head, "sha256": "0" * 64, "signed_checkpoint": "none"}
    made = seal(rep, Entry(HANDOVER, "2026-01-26T09:30:00Z", "exact", dict(fields)))
    with rep.store.transaction():
        for position, entry in enumerate(entries, start=1):
            read = read_entry(entry)
            content = compose(read, identity=f"{position:026}", author={"person": name}, recorded_at=NOW)
            rep.store.received.add(
                made.index, origin, SealedRecord(position, content, NOW, bytes(32)), {"index": position}
            )
    return made.index


TOLD = {"event_at": "2026-01-20", "event_precision": "date only"}
