"""Two copies of one store that grew apart: where they part, and what only the other one has, kept here as drafts (docs/spec/store.md)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from evidence_app.domain.record.records import SealedRecord, ulid
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.session import PASSPHRASE, Session, SystemClock
from evidence_app.store.draft_table import Draft
from evidence_app.store.store import Store

ENTRY: Final = ("event_at", "event_until", "event_precision", "case_ref", "fields")
"""The members of a record that its entry has too."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two copies of a store part: the first `common` records are the same in both; `here` and `there` are the numbers of records."""

    common: int
    here: int
    there: int

    @property
    def is_fork(self) -> bool:
        """Whether each has something that the other has not."""
        return self.common < self.here and self.common < self.there

    def in_words(self) -> str:
        """Say how the two stand to each other."""
        if self.common == self.here == self.there:
            return f"Both have the same {self.common} records."
        if not self.is_fork:
            longer, shorter = (
                ("This store", "the other copy") if self.here > self.there else ("The other copy", "this store")
            )
            return f"{longer} goes on from {shorter}: it has {abs(self.here - self.there)} more after the {self.common} that both have."
        return (
            f"They part after the {self.common} records that both have: this store has {self.here - self.common} others, and that one "
            f"{self.there - self.common}. Receipts of what either sealed since contradict the other."
        )


@dataclass(frozen=True, slots=True)
class KeptFromCopy:
    """What was kept of the other copy: how many drafts, and the positions there of what was not (made by the program, or kept before)."""

    drafts: int
    left: tuple[int, ...]

    def in_words(self) -> str:
        """Say what was kept."""
        kept = f"{self.drafts} kept as draft{'' if self.drafts == 1 else 's'}: look at each, and seal it here."
        left = (
            f" Not kept: {in_spans(self.left)} of the other store, which the program made itself or which are here already."
            if self.left
            else ""
        )
        return f"{kept}{left}"


class OtherCopy:
    """Another copy of an open store, read without changing anything in its folder. To be closed."""

    def __init__(self, session: Session, folder: Path, secret: str, *, opens_with: str = PASSPHRASE) -> None:
        """Open it.

        Raises:
            InputError: it is this store itself, or of another log.
            WrongKey, StoreDamaged, EnvironmentProblem: as `Store.open` says.
        """
        if folder.resolve() == session.store.folder.resolve():
            raise InputError("That is this store itself. Name the folder with the other copy.")
        self._here = session
        store = Store.open_untouched(folder, secret, opens_with=opens_with)
        try:
            self._there = Session(store, SystemClock(), is_second=True)
            if self._there.log_key.public != session.log_key.public:
                raise InputError("That is the store of another log, and no copy of this one.")
        except BaseException:
            store.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._there.close()

    def parting(self) -> Parting:
        """Return where the two part."""
        here, there = self._here.store.log, self._there.store.log
        # Logs that are the same up to a size are so up to every smaller one.
        same, different = 0, min(here.size(), there.size()) + 1
        while different - same > 1:
            middle = (same + different) // 2
            if here.root(middle) == there.root(middle):
                same = middle
            else:
                different = middle
        return Parting(same, here.size(), there.size())

    def keep(self) -> KeptFromCopy:
        """Keep what people wrote in the other copy, after the records that both have, as drafts of this store, with their files.

        What links to a record that is not here loses that link. Nothing is kept twice.

        Raises:
            EnvironmentProblem: this store cannot be written. Nothing is kept then.
        """
        common = self.parting().common
        store = self._here.store
        known = [draft.entry for draft in store.drafts.all()]
        known += [_entry_of(store.records.get(index), common) for index in range(common, store.log.size())]
        drafts, left = 0, []
        with store.transaction():
            for index in range(common, self._there.store.log.size()):
                record = self._there.store.records.get(index)
                entry = _entry_of(record, common)
                if record.kind.by_program or entry in known:
                    left.append(index)
                    continue
                self._keep_one(record, entry)
                drafts += 1
        return KeptFromCopy(drafts, tuple(left))

    def _keep_one(self, record: SealedRecord, entry: JsonObject) -> None:
        from io import BytesIO

        identity = ulid(self._here.clock.now(), record.leaf_hash[:10])
        # A draft is sealed as written when it was saved last: that was when the record was written.
        written = spell(record.recorded_at)
        store = self._here.store
        store.drafts.save(Draft(identity, record.kind.name, written, written, entry))
        for facts in record.attachments:
            if facts.kept:
                content = b"".join(self._there.store.attachments.stream(facts.sha256))
                store.drafts.attach(identity, facts.name, BytesIO(content))


def _entry_of(record: SealedRecord, common: int) -> JsonObject:
    """Return the entry that a record was sealed from, with its links to the records that both copies have."""
    links: list[Json] = [{"to": to, "as": how} for to, how in record.links if to < common]
    entry: JsonObject = {name: record.content[name] for name in ENTRY if name in record.content}
    return {"kind": record.kind.name, **entry} | ({"links": links} if links else {})
