"""What was disposed of, as sealed records say."""

import contextlib
from dataclasses import dataclass

from evidence_app.domain.record.rep_kinds import DISPOSAL
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.counted import counted
from evidence_app.domain.text.number_ranges import in_spans, read_spans
from evidence_app.errors import InputError
from evidence_app.store.store import Store


@dataclass(frozen=True, slots=True)
class Disposed:
    """The positions whose content is gone, and the positions of the records that say so."""

    positions: frozenset[int]
    said_in: tuple[int, ...]

    def in_words(self) -> str:
        """Return a sentence with how many records it is, and which records say so."""
        said = f"record {self.said_in[0]} says" if len(self.said_in) == 1 else f"records {in_spans(self.said_in)} say"
        return f"Disposed of, as {said}: {counted(len(self.positions), 'record')}; their places in the log are kept."


def disposed_in(store: Store) -> Disposed:
    """Return what sealed disposals name (docs/spec/store.md, “Disposal”). A malformed list counts as empty."""
    positions: set[int] = set()
    said_in: list[int] = []
    for record in store.records.select(Selection(kind=DISPOSAL.name)):
        # Only what was sealed before it can be gone.
        with contextlib.suppress(InputError):
            positions |= read_spans(str(record.fields.get("disposed_records", "")), record.index)
        said_in.append(record.index)
    return Disposed(frozenset(positions), tuple(said_in))
