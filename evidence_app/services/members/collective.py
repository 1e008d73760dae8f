"""Collective bundles: counts over all members with small numbers withheld, and chosen extracts (docs/domain.md, section 9.5)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from evidence_app.bundle.plan.parts import Collective, Extract
from evidence_app.domain.people.directory import people_in
from evidence_app.domain.people.possible_names import possible_names
from evidence_app.domain.record.rep_kinds import CORROBORATION
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.summary.collective import CountedMember, collective_tables, corroborated
from evidence_app.domain.summary.counting import MIN_COUNT
from evidence_app.domain.text.identifiers import find_identifiers
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.services.attestation.word_lists import word_lists
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.members.members import all_members, received_at

REFERENCE: Final = re.compile(r"([1-9][0-9]{0,11})/(0|[1-9][0-9]{0,11})")
"""Reference to a received record: index of the hand-over record, slash, position in the member's log."""
LABELS: Final = re.compile(r"\[[^\]\[]{1,60}\]")
"""A pseudonym or label in square brackets, as bundles print it for a withheld text."""
WORD: Final = re.compile(r"[^\W_]+")
MAX_EXTRACTS: Final = 50
MAX_WORDS_LENGTH: Final = 1_000
"""Maximum length of one extract, in characters."""


def collective_of(session: Session, extracts: Sequence[str] = ()) -> Collective:
    """Return counts over all members with received records, and extracts. `extracts` are references such as ``7/12`` (`REFERENCE`).

    Raises:
        InputError: fewer than `MIN_COUNT` members have received records, or an extract is missing, too long, or may name somebody.
    """
    members = [each for each in all_members(session) if each.origins]
    people = {each.name: CountedMember(each.office) for each in members}
    by_origin = {origin: people[each.name] for each in members for origin in each.origins}
    names = {each.name for each in members} | {each.office for each in members}
    lists = word_lists(session)
    # Streamed: the records of a whole branch would not fit into memory. Names are only needed to check extracts.
    for received in session.store.received.select(ReceivedQuery()):
        if received.record.index and received.origin in by_origin:
            by_origin[received.origin].take(received.record, lists)
            names.update(people_in(received.record) if extracts else ())
    counted = [person for person in people.values() if person.records]
    if len(counted) < MIN_COUNT:
        raise InputError(
            f"Only {len(counted)} members have handed something over. A collective bundle needs {MIN_COUNT}, so that nobody can be told from it."
        )
    if len(extracts) > MAX_EXTRACTS:
        raise InputError(f"A collective bundle has at most {MAX_EXTRACTS} extracts.")
    named = _with_parts(names)
    return Collective(
        len(counted),
        (*collective_tables(counted), *corroborated(_corroborations(session), len(counted))),
        tuple(dict.fromkeys(_extract(session, reference, named) for reference in extracts)),
        _period(counted),
    )


def _corroborations(session: Session) -> Iterator[tuple[str, int]]:
    """Yield what the rep sealed as recorded in several logs, in words that name nobody, and in how many."""
    for record in session.store.records.select(Selection(kind=CORROBORATION.name)):
        logs = record.fields["logs"]
        yield str(record.fields["what"]), logs if isinstance(logs, int) else 0


def _period(people: Sequence[CountedMember]) -> str:
    """Return the period from the first to the last quarter in which at least `MIN_COUNT` members have records.

    A longer period could identify the one member with records in its first or last quarter.
    """
    quarters = Counter(quarter for person in people for quarter in person.quarters)
    common = sorted(quarter for quarter, count in quarters.items() if count >= MIN_COUNT)
    if not common:
        return ""
    first, last = (f"quarter {quarter} of {year}" for year, quarter in (common[0], common[-1]))
    return first if first == last else f"{first} to {last}"


def _with_parts(names: set[str]) -> list[str]:
    """Return names and their parts of three or more letters, the longest first. None of them may occur in an extract."""
    parts = {part for name in names for part in name.replace(".", " ").split() if len(part) > 2}
    return sorted(names | parts - {"the", "and", "office", "officer"}, key=len, reverse=True)


def _extract(session: Session, reference: str, names: Sequence[str]) -> Extract:
    """Return the main text of a received record, after checks for names, identifiers and possible names.

    Raises:
        InputError: there is no such record, it has no text or too much, or the text may name somebody.
    """
    match = REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise InputError(
            f"“{reference[:30]}” is no record that was handed over, such as 7/12: the hand-over, and the position in it."
        )
    record = received_at(session, int(match[1]), int(match[2])).record
    words = str(record.fields.get(record.kind.main, ""))
    if not words or len(words) > MAX_WORDS_LENGTH:
        raise InputError(f"Record {reference} has no words of at most {MAX_WORDS_LENGTH:,} characters to show.")
    words = LABELS.sub("[…]", words)
    folded = _folded(words)
    named = next((name for name in names if _folded(name) in folded), "")
    if named:
        raise InputError(f"Record {reference} names “{named}”: its words cannot stand in a collective bundle.")
    identifier = next((each.what for each in find_identifiers(words)), "")
    if identifier:
        raise InputError(f"Record {reference} holds a {identifier}: its words cannot stand in a collective bundle.")
    known = load_settings(session).other_names
    possible = next((each.words for each in possible_names(words, known)), "")
    if possible:
        raise InputError(
            f"“{possible}” in record {reference} may be a name. If it is nobody's, say so with “review --profile union-collective --keep”; else leave the record out."
        )
    day = london_day(record.event[0])
    year, quarter = day.year, (day.month + 2) // 3
    return Extract(words, f"{record.kind.label}, quarter {quarter} of {year}")


def _folded(text: str) -> str:
    """Return the words of a text, case-folded and surrounded by spaces, so that a substring match is a match of whole words."""
    return f" {' '.join(WORD.findall(text)).casefold()} "
