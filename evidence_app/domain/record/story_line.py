"""A line of words that rests on a record: of what happened, or of the pages that matter."""

from dataclasses import dataclass

from evidence_app.domain.record.records import RecordKey


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line, and the record that it rests on; None where its writer named none."""

    text: str
    record: RecordKey | None = None
