"""The text of a word list that is handed round (docs/spec/word-list.md, section 2)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import Word, WordChange, WordList, fold
from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import read_moment

FORMAT: Final = "evidence-trail/word-list/v1"
MAX_CHANGES: Final = 500
MAX_LENGTH: Final = 200
"""Characters of a title or a word."""
NONE: Final = "-"
MALFORMED: Final = "This is no word list, or of a kind that this version does not know."
UNKNOWN_LIST: Final = "The word list changes “{}”, which this version does not have: it is for a newer one."
_DAY: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_ADD: Final = re.compile(rf"add ([a-z-]{{1,40}}) (?:{_DAY}|-) (?:{_DAY}|-) (.+)")
_END: Final = re.compile(rf"end ([a-z-]{{1,40}}) {_DAY} (.+)")
_MADE: Final = re.compile(r"made ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)")


@dataclass(frozen=True, slots=True)
class WordListFile:
    """Changes to lists, with a title and the time when they were written (UTC)."""

    title: str
    made: str
    changes: tuple[WordChange, ...]

    def spell(self) -> str:
        """Return the text, which is what is signed."""
        return "\n".join((FORMAT, f"title {self.title}", f"made {self.made}", *map(_spell, self.changes))) + "\n"


def read_word_list(text: str) -> WordListFile:
    """Return what the text of a word list says. Its signature has to be verified before.

    Raises:
        InputError: it is written otherwise than the specification says, or changes a list that this version does not have.
    """
    lines = text.removesuffix("\n").split("\n")
    made = _MADE.fullmatch(lines[2]) if len(lines) > 3 else None
    if made is None or lines[0] != FORMAT or not lines[1].startswith("title ") or len(lines) - 3 > MAX_CHANGES:
        raise InputError(MALFORMED)
    read_moment(made[1])
    found = WordListFile(lines[1].removeprefix("title "), made[1], tuple(map(_read, lines[3:])))
    require_sound(found)
    if found.spell() != text:
        raise InputError(MALFORMED)
    return found


def require_sound(file: WordListFile) -> None:
    """Require a title and words that may stand in a list, and no word twice.

    Raises:
        InputError: one may not.
    """
    if not 0 < len(file.changes) <= MAX_CHANGES:
        raise InputError(f"A word list has 1 to {MAX_CHANGES} changes.")
    seen = set()
    for what in (file.title, *(change.word.text for change in file.changes)):
        if not 0 < len(what) <= MAX_LENGTH or what != " ".join(what.split()) or not what.isprintable():
            raise InputError(f"A title or a word has 1 to {MAX_LENGTH} characters on one line: “{what[:60]}” has not.")
    for change in file.changes:
        word = change.word
        if word.since and word.until and word.since > word.until:
            raise InputError(f"“{word.text}” would end before it begins.")
        key = (change.list_name, fold(word.text))
        if key in seen:
            raise InputError(f"“{word.text}” stands twice in the list {change.list_name}.")
        seen.add(key)


def read_changes(untrusted: str) -> tuple[WordChange, ...]:
    """Return the changes in a draft: lines as section 2 has them, empty lines and those that begin with # aside.

    Raises:
        InputError: a line is none, and which.
    """
    changes = []
    for number, line in enumerate(untrusted.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                changes.append(_read(line.strip()))
            except InputError as error:
                said = "It begins with “add LIST SINCE UNTIL” or “end LIST DAY”, and then the word."
                raise InputError(f"Line {number}: {said if error.sentence == MALFORMED else error.sentence}") from error
    return tuple(changes)


def in_words(file: WordListFile, lists: Mapping[str, WordList]) -> Iterator[str]:
    """Yield what the changes do to the lists as they are, a sentence each."""
    for change in file.changes:
        name, word = lists[change.list_name].label, change.word
        known = bool(lists[change.list_name].known(word.text))
        if change.ends:
            kept = "Records that have it keep it." if known else "It is in no list here, so nothing changes."
            yield f"{name}: “{word.text}” ends on {word.until}. {kept}"
        else:
            days = (f" from {word.since}" if word.since else "") + (f" until {word.until}" if word.until else "")
            yield f"{name}: “{word.text}” {'is in use' if known else 'is new'}{days}."


def _spell(change: WordChange) -> str:
    word = change.word
    if change.ends:
        return f"end {change.list_name} {word.until} {word.text}"
    return f"add {change.list_name} {word.since or NONE} {word.until or NONE} {word.text}"


def _read(line: str) -> WordChange:
    added, ended = _ADD.fullmatch(line), _END.fullmatch(line)
    if added:
        name, word = added[1], Word(added[4], _day(added[2]), _day(added[3]))
    elif ended:
        name, word = ended[1], Word(ended[3], None, _day(ended[2]))
    else:
        raise InputError(MALFORMED)
    if name not in WORD_LISTS:
        raise InputError(UNKNOWN_LIST.format(name))
    return WordChange(name, word, bool(ended))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text} is no day.") from error
