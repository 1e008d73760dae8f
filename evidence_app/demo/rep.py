"""The rep in the demonstration: her store, a hand-over that she receives, and the receipt that she returns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.demo.story import SetClock, objects, read_story
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.time.times import typed_moment
from evidence_app.files import write_whole
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.attestation import cards
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.handover.exchange import take_receipts
from evidence_app.services.handover.receive import take_in
from evidence_app.services.handover.send import hand_over
from evidence_app.services.members.handover_log import write_receipt
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.creating import create_store

FILE: Final = "demo/rep.json"
"""Resource with the description of the rep's part."""
BY_TELEPHONE: Final = "by telephone"
"""How the words of the cards were compared, a value of `COMPARED`."""


@dataclass(frozen=True, slots=True)
class DemoRep:
    """Result of the rep's part: paths of her store, the hand-over and the receipt, printed lines, and the check of her store."""

    store: Path
    handover: Path
    receipt: Path
    said: tuple[str, ...]
    report: Report

    def to_json(self) -> JsonObject:
        """Return the result as a JSON object, the output format of the command line."""
        return {
            "store": str(self.store),
            "handover": str(self.handover),
            "receipt": str(self.receipt),
            "verdict": self.report.verdict.value,
        }

    def in_words(self) -> Iterator[str]:
        """Yield the result as lines of text."""
        yield f"The rep's store: {self.store}, with the same passphrase"
        yield f"Handed over: {self.handover}; the receipt for it: {self.receipt}"
        yield from (f"  {line}" for line in self.said)
        yield f"  her store: {self.report.verdict.value}"

    @property
    def verified(self) -> bool:
        """Whether her store verifies."""
        return self.report.verdict is Verdict.VERIFIED


def tell_of_rep(officer: Session, clock: SetClock, folder: Path, passphrase: str) -> DemoRep:
    """Create the rep's store, hand the officer's records over to it, and import the receipt into the officer's store.

    `clock` is the clock of the officer's session; it is set to the times in the description.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the description is damaged.
    """
    description = read_story(FILE)
    owner = description["owner"]
    owner_name, role = (str(owner[part]) for part in ("person", "role")) if isinstance(owner, dict) else ("", "")

    def set_clock(name: str) -> None:
        clock.moment = typed_moment(str(description[name]))

    set_clock("opened_at")
    created = create_store(
        folder / "rep",
        passphrase,
        owner=owner_name,
        role=role,
        machine="other",
        holder=Holder.REP,
        purpose="demonstration",
        clock=clock,
    )
    with created.session as rep:
        for item in objects(description["entries"]):
            clock.moment = typed_moment(str(item["sealed_at"]))
            seal(rep, read_entry(item["entry"]))
        set_clock("handed_over_at")
        cards.take_card(officer, cards.own_card(rep).block, BY_TELEPHONE)
        cards.take_card(rep, cards.own_card(officer).block, BY_TELEPHONE)
        sent = _hand_over(officer, owner_name, folder / "hand-over.age")
        set_clock("received_at")
        received = take_in(rep, sent.read_bytes())
        receipt = folder / "receipt.txt"
        write_whole(receipt, write_receipt(rep, received.record.index).encode("utf-8"))
        set_clock("returned_at")
        receipts = take_receipts(officer, receipt.read_text("utf-8"))
        return DemoRep(folder / "rep", sent, receipt, (received.in_words(), receipts.words), check_store(rep))


def _hand_over(officer: Session, to: str, out: Path) -> Path:
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.domain.record.selection import Selection
    from evidence_app.services.bundles.plans import Choice

    hand_over(officer, SavedPlan("union-casework"), out, Choice(Selection()), cards.find_card(officer, to))
    return out
