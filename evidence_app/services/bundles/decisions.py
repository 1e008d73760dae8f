"""What a person has decided about words and pages: who is withheld, what may be shown, which pages they looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from evidence_app.domain.people.identities import joined, read_identity, with_identities
from evidence_app.domain.people.pseudonyms import MAX_SHORT
from evidence_app.domain.plan.saved_plan import ranges_in_words, read_ranges
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, canonical, parse
from evidence_app.services.attestation.cards import known_cards
from evidence_app.services.core.name_knowledge import names_in_use
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings, replace_settings

LOOKED_AT: Final = "looked_at"
"""Name of the setting that holds which pages of which files a person looked at: by SHA-256, ranges of pages from 1."""
MAX_WORDS: Final = 300
"""Longest words that are decided about, in characters."""


def decide(session: Session, *, withhold: Sequence[str] = (), keep: Sequence[str] = ()) -> None:
    """Keep what a person has decided: who is withheld, as a name or a line of `read_identity`, and words that may be shown.

    Raises:
        InputError: there is nothing in them, or one stands on both sides.
        EnvironmentProblem: the store cannot be written.
    """
    withhold, keep = ([" ".join(words.split()) for words in side] for side in (withhold, keep))
    if not all((*withhold, *keep)) or any(
        not words.isprintable() or len(words) > MAX_WORDS for words in (*withhold, *keep)
    ):
        raise InputError("Say the words as plain text on one line.")
    if {words.casefold() for words in withhold} & {words.casefold() for words in keep}:
        raise InputError("The same words cannot be both withheld and kept.")
    settings = load_settings(session)
    now_hidden = {read_identity(words).name.casefold() for words in withhold}
    people = (read_identity(line) for line in settings.client_names)
    # A short word in small letters that is kept says nothing of a name with its capital: “may” and “May”.
    small = {words for words in keep if words.islower() and len(words) <= MAX_SHORT}
    gone = {words.casefold() for words in keep} - small
    names = [
        each.without(gone).line() for each in people if each.name.casefold() not in gone and each.name not in small
    ]
    others = [line for line in settings.other_names if line.casefold() not in now_hidden]
    replace_settings(
        session,
        replace(
            settings,
            client_names=with_identities(names, withhold),
            other_names=tuple(dict.fromkeys([*others, *keep])),
        ),
    )


def join(session: Session, words: str, name: str) -> None:
    """Keep that some words mean the same person as a name that is withheld: from now on both have one pseudonym.

    Raises:
        InputError: nobody of that name is withheld.
        EnvironmentProblem: the store cannot be written.
    """
    words, name = " ".join(words.split()), " ".join(name.split())
    if not words or not words.isprintable() or len(words) > MAX_WORDS or ";" in words:
        raise InputError("Say the words as plain text on one line.")
    settings = load_settings(session)
    try:
        lines = joined(settings.client_names, words, name)
    except KeyError as error:
        raise InputError(f"Nobody called “{name[:80]}” is withheld: withhold that name first.") from error
    others = tuple(line for line in settings.other_names if line.casefold() != words.casefold())
    replace_settings(session, replace(settings, client_names=lines, other_names=others))


def looked_at(session: Session) -> Mapping[str, frozenset[int]]:
    """Return the pages, from 1, of each file, by its SHA-256, that a person looked at because words on them may have been missed."""
    stored = session.store.setting(LOOKED_AT)
    try:
        kept = parse(stored) if stored else {}
    except InputError:
        return MappingProxyType({})
    pages: dict[str, frozenset[int]] = {}
    for digest, ranges in kept.items() if isinstance(kept, dict) else ():
        spans = read_ranges(str(ranges))
        pages[digest] = frozenset(page for first, last in spans for page in range(first, last + 1))
    return MappingProxyType(pages)


def look_at(session: Session, digest: str, pages: Sequence[int]) -> None:
    """Keep that a person looked at pages of a file, counted from 1, and that what has to be withheld on them is.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    kept = dict(looked_at(session))
    kept[digest] = kept.get(digest, frozenset()) | frozenset(pages)
    lines: Json = {each: ranges_in_words([(page, page) for page in sorted(seen)]) for each, seen in kept.items()}
    with session.store.transaction():
        session.store.keep_setting(LOOKED_AT, canonical(lines))


def known_names(session: Session) -> frozenset[str]:
    """Return the names that need no decision: those of `names_in_use`, and of the cards that are known."""
    return names_in_use(session) | {each.card.name for each in known_cards(session)}
