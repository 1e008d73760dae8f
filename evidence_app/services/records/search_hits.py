"""Where in the records that a search found its words stand."""

from dataclasses import dataclass

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.text.search_hits import find_hits
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import search, summary

SEARCHED = ("fields", "case_ref", "attachments", "author")
"""The members of a record whose words are searched, as in `words_to_search`."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that was found: in how many places of it the words stand, what stands around the first, and the files that hold all of them."""

    record: SealedRecord
    count: int
    excerpt: str
    files: tuple[str, ...]

    def in_words(self) -> str:
        """Say where the words stand, after their first place."""
        where = [f"{self.count} places"] if self.count > 1 else []
        where += [f"in “{name}”" for name in self.files]
        return "  ".join(part for part in (self.excerpt, f"({', '.join(where)})" if where else "") if part)

    def to_json(self) -> JsonObject:
        """Return it as one row of the JSON output of `search`."""
        return {**summary(self.record), "hits": self.count, "excerpt": self.excerpt, "files": list(self.files)}


def search_with_hits(session: Session, text: str) -> list[FoundRecord]:
    """Search as `reading.search` does, and find where the words stand."""
    return [found_in(session, record, text) for record in search(session, text)]


def found_in(session: Session, record: SealedRecord, text: str) -> FoundRecord:
    """Return where words stand in a record and in its files, as far as these were read."""
    searched: JsonObject = {name: record.content[name] for name in SEARCHED if name in record.content}
    hits = [find_hits(text, value) for _, value in scalars(searched) if isinstance(value, str)]
    places = session.store.records.attachments_found(record.index, text)
    files = tuple(record.attachments[place].name for place in places)
    excerpt = next((each.excerpt() for each in hits if each.places), "")
    return FoundRecord(record, sum(len(each.places) for each in hits), excerpt, files)
