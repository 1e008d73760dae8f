"""Guards the words of a draft that goes outside: names are replaced, and what may be one is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from evidence_app.domain.people.identities import identities
from evidence_app.domain.people.possible_names import possible_names
from evidence_app.domain.people.pseudonyms import Pseudonymiser, identifies_client
from evidence_app.domain.people.recipients import Recipient
from evidence_app.domain.thread.letters import Letter
from evidence_app.errors import InputError
from evidence_app.services.core.name_knowledge import names_in_use, ordinary_words, words_in_small_letters
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings

MAX_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Guarded:
    """A letter as it may go outside: how many identifiers were replaced, which pseudonym stands for whom, and the words that nobody has decided about."""

    letter: Letter
    replaced: int = 0
    pseudonyms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    undecided: tuple[str, ...] = ()

    def question(self) -> str:
        """Return the sentence that asks about the words that nobody has decided about."""
        named = ", ".join(f"“{words}”" for words in self.undecided[:MAX_NAMED])
        more = f" and {len(self.undecided) - MAX_NAMED} more" if len(self.undecided) > MAX_NAMED else ""
        return (
            f"Somebody is outside the secure system, or not known, and this may name a client: {named}{more}. Change the words, or decide "
            "with “review --withhold” or “--keep”, or under Settings."
        )


def guard(session: Session, letter: Letter, case_ref: str | None, people: Sequence[Recipient]) -> Guarded:
    """Return a letter with whoever is withheld replaced by pseudonyms. `people` are its recipients, whose names are no secret.

    Raises:
        InputError: an identifier is left.
    """
    withheld = identities(load_settings(session).client_names, [case_ref or ""])
    pseudonyms = Pseudonymiser(withheld)
    letter = Letter(pseudonyms.replace(letter.subject), pseudonyms.replace(letter.body))
    text = f"{letter.subject}\n{letter.body}"
    remaining = identifies_client(text, withheld)
    if remaining:
        raise InputError(
            f"The text would still hold a {remaining[0]}. Change the words, or send it inside the secure system alone."
        )
    # The pseudonyms are words of the program's own.
    known = names_in_use(session) | {each.name for each in people if each.name} | set(pseudonyms.given)
    known_words = {name.casefold() for name in known}
    ordinary = ordinary_words(words_in_small_letters(session))
    # Words that the author writes in small letters may be the names in question: they are not everyday words for that.
    everyday = ordinary_words(frozenset())
    unsure = [
        words
        for words in pseudonyms.unsure(text)
        if words.casefold() not in known_words and not (words.islower() and everyday(words))
    ]
    unsure += [each.words for each in possible_names(text, known, ordinary)]
    given = MappingProxyType(dict(pseudonyms.given))
    return Guarded(letter, pseudonyms.replaced, given, tuple(dict.fromkeys(unsure)))
