"""The people of a bundle: each once, with roles and their days, and the records that name them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence_app.domain.people.directory import Stretch, add_stretch, mentions_in
from evidence_app.domain.people.same_person import joined_names
from evidence_app.domain.record.records import RecordKey, SealedRecord
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words


@dataclass(slots=True)
class Person:
    """A person by the fullest name, with the stretches of their roles, and the records that name them or are theirs, in the order of events.

    `is_throughout` says that at least half of all records are theirs. `other_names` are the other names that were taken for theirs: a
    reader can see what was joined.
    """

    name: str
    roles: list[Stretch] = field(default_factory=list)
    records: list[RecordKey] = field(default_factory=list)
    is_throughout: bool = False
    other_names: tuple[str, ...] = ()

    def roles_in_words(self) -> str:
        """Return the roles, each with its days where there are several."""
        said = [each for each in self.roles if each.role]
        if len(said) == 1:
            return said[0].role
        return "; ".join(
            f"{each.role}, {day_in_words(each.first)}"
            + (f" to {day_in_words(each.last)}" if each.last != each.first else "")
            for each in said
        )


def people_of(records: Sequence[SealedRecord]) -> list[Person]:
    """Return the people whom records name, who wrote them first, then the others in the order in which they come up.

    `records` are in the order of events. Machines are no people.
    """
    by_address: dict[str, str] = {}
    mentioned = [(record, list(mentions_in(record, by_address))) for record in records]
    authors = [record.author_name for record in records if record.author_name]
    fullest = joined_names([*authors, *(each.name for _, mentions in mentioned for each in mentions)])
    people: dict[str, Person] = {}
    for author in authors:
        people.setdefault(fullest[author], Person(fullest[author]))
    for record, mentions in mentioned:
        if record.author_name:
            people[fullest[record.author_name]].records.append(record.key)
        for mention in mentions:
            person = people.setdefault(fullest[mention.name], Person(fullest[mention.name]))
            if record.key not in person.records[-1:]:
                person.records.append(record.key)
            if mention.role:
                add_stretch(person.roles, mention.role, london_day(record.event[0]), record.index)
    for record in records:
        wrote = record.content.get("author")
        if isinstance(wrote, dict) and record.author_name and wrote.get("role"):
            roles = people[fullest[record.author_name]].roles
            add_stretch(roles, str(wrote["role"]), london_day(record.event[0]), record.index)
    written = Counter(fullest[author] for author in authors)
    for writer in people.values():
        writer.other_names = tuple(name for name, full in fullest.items() if full == writer.name != name)
        writer.is_throughout = 2 * written[writer.name] >= len(records) > 0
    return list(people.values())
