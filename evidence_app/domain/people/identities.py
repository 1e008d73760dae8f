"""Who is to be withheld: a person or place, with the role in the case and everything that the same one is called (docs/spec/names.md, section 5)."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

CLIENT_ROLE: Final = "client"
ROLES: Final = (CLIENT_ROLE, "partner", "victim", "relative", "child", "colleague", "place")
"""What a pseudonym says of whom it stands for; the first is meant where none is named."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who is withheld. `others` are further names, case references and e-mail addresses of the same one."""

    name: str
    role: str = CLIENT_ROLE
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that this one is called."""
        return (self.name, *self.others)

    def is_called(self, words: str) -> bool:
        """Return whether these words are one of the names, in whatever case."""
        return words.casefold() in {each.casefold() for each in self.words}

    def without(self, words: AbstractSet[str]) -> "Identity":
        """Return it without the further names that are among these words, in small letters."""
        return replace(self, others=tuple(each for each in self.others if each.casefold() not in words))

    def line(self) -> str:
        """Return the line of the setting that `read_identity` reads."""
        return "; ".join((self.name, *self.others, *(() if self.role == CLIENT_ROLE else (self.role,))))


def read_identity(line: str) -> Identity:
    """Read a line such as ``Sam Field; X000123; victim; Sammy``: the name, then in any order case references, the role and other names."""
    name, *rest = (part.strip() for part in line.split(";"))
    roles = [part.casefold() for part in rest if part.casefold() in ROLES]
    others = tuple(part for part in rest if part and part.casefold() not in ROLES)
    return Identity(name, roles[-1] if roles else CLIENT_ROLE, others)


def identities(lines: Iterable[str], cases: Iterable[str] = ()) -> tuple[Identity, ...]:
    """Return who is named in lines, and for each case reference that none of them has somebody of that name alone."""
    named = tuple(each for each in map(read_identity, lines) if each.name)
    taken = {words.casefold() for each in named for words in each.words}
    return (*named, *(Identity(case) for case in cases if case and case.casefold() not in taken))


def joined(lines: Sequence[str], words: str, name: str) -> tuple[str, ...]:
    """Return lines in which these words are a further name of somebody, and nobody of their own any more.

    Raises:
        KeyError: nobody has that name.
    """
    people = [read_identity(line) for line in lines]
    same = next((each for each in people if each.is_called(name)), None)
    if same is None:
        raise KeyError(name)
    merged = [each for each in people if each is not same and each.is_called(words)]
    others = dict.fromkeys((*same.others, words, *(other for each in merged for other in each.words)))
    others.pop(same.name, None)
    kept = Identity(same.name, same.role, tuple(others))
    return tuple((kept if each is same else each).line() for each in people if each not in merged)


def with_identities(lines: Sequence[str], added: Sequence[str]) -> tuple[str, ...]:
    """Return lines with others added: who has the same name as somebody is the same one, with the role that was said last."""
    people = {(each := read_identity(line)).name.casefold(): each for line in lines}
    for line in added:
        new = read_identity(line)
        old = people.get(new.name.casefold())
        if old is not None:
            role = old.role if new.role == CLIENT_ROLE else new.role
            new = Identity(old.name, role, tuple(dict.fromkeys((*old.others, *new.others))))
        people[new.name.casefold()] = new
    return tuple(each.line() for each in people.values())
