"""Word lists that were taken in, as the records of a store say, and the lists as they then are (docs/spec/word-list.md, section 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evidence_app.domain.record.lists.word_list_file import WordListFile, read_word_list
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import WordList
from evidence_app.domain.record.program_kinds import WORD_LIST
from evidence_app.domain.record.records import SealedRecord
from evidence_app.proof.signed_notes import parse_note


@dataclass(frozen=True, slots=True)
class SignedList:
    """A word list whose signature held, with the name of whoever signed it and the origin of their log; `index` is its record, where it was taken in."""

    file: WordListFile
    signed_by: str
    origin: str
    index: int = -1


def lists_in_force(records: Iterable[SealedRecord]) -> list[SignedList]:
    """Return the lists among records that count: of each signer the last, in the order of their records."""
    latest: dict[str, SignedList] = {}
    for record in records:
        if record.kind.name == WORD_LIST.name:
            fields = record.fields
            file = read_word_list(parse_note(str(fields["note"])).text)
            latest[str(fields["signer"])] = SignedList(
                file, str(fields["signed_by"]), str(fields["signer"]), record.index
            )
    return sorted(latest.values(), key=lambda each: each.index)


def lists_after(records: Iterable[SealedRecord]) -> Mapping[str, WordList]:
    """Return all lists by name, with the changes that count."""
    changes = [change for taken in lists_in_force(records) for change in taken.file.changes]
    return MappingProxyType({name: each.changed(changes) for name, each in WORD_LISTS.items()})
