"""Sealed records as values, without a store: the input of threads, letters and chasing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.threads import LinkGraph, Thread, make_thread
from evidence_app.domain.time.times import typed_moment

ROOT_ID = "<concern-1@easthaven.justice.example>"
SPO = {"person": "K. Dale", "role": "Senior probation officer"}

Links = Sequence[tuple[int, str]]


class Casebook:
    """Records of one author in the order of sealing. Every method returns the position of the record that it adds.

    With `handover` they are of another log, which was handed over with that record.
    """

    def __init__(self, author: str = "R. Hale", handover: int = 0) -> None:
        self.records: list[SealedRecord] = []
        self.author, self.handover = author, handover

    def add(self, kind: str, at: str, links: Links = (), **fields: Any) -> int:
        """Add a record. `at` is a day, or a moment in London; `case_ref` in the fields is the record's own."""
        exact = "T" in at
        content = {
            "kind": kind,
            "author": {"person": self.author, "role": "Probation officer"},
            "event_at": typed_moment(at).strftime("%Y-%m-%dT%H:%M:%SZ") if exact else at,
            "event_precision": "exact" if exact else "date only",
            "case_ref": fields.pop("case_ref", ""),
            "fields": {name: value for name, value in fields.items() if value != ""},
            "links": [{"to": to, "as": how} for to, how in links],
        }
        sealed_at: datetime = typed_moment(at if exact else f"{at}T18:00")
        self.records.append(SealedRecord(len(self.records), content, sealed_at, bytes(32), handover=self.handover))
        return len(self.records) - 1

    def concern(self, at: str, links: Links = (), **fields: Any) -> int:
        """Add a concern raised with a senior probation officer."""
        return self.add("concern", at, links, **({"concern": "61 cases on four days.", "raised_with": SPO} | fields))

    def sent(self, at: str, links: Links = (), **fields: Any) -> int:
        """Add the sent copy of a mail."""
        known = {"direction": "sent", "subject": "Caseload", "message_id": ROOT_ID}
        return self.add("message", at, links, **(known | fields))

    def received(self, at: str, links: Links = (), **fields: Any) -> int:
        """Add a mail of somebody else."""
        known = {"direction": "received", "subject": "RE: Caseload", "from": "Kim Dale <kim.dale@office.example>"}
        return self.add("message", at, links, **(known | fields))

    def receipt(self, at: str, state: str, links: Links = (), **fields: Any) -> int:
        """Add a mail receipt or report."""
        return self.add("mail-receipt", at, links, type=state, **fields)

    def thread(self, index: int, today: str, **settings: Any) -> Thread:
        """Return the thread of a record as it stood on a day."""
        return make_thread(
            LinkGraph(self.records), self.records[index].key, date.fromisoformat(today), Settings(**settings)
        )

    def positions(self, index: int) -> list[int]:
        """Return the positions on the ladder of a record, from the first step to the last."""
        return [step.record.index for step in self.thread(index, "2025-06-30").steps]
