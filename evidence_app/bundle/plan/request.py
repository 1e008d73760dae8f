"""What a person asks for when a bundle is planned, and the rules of what is withheld from it that follow from that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evidence_app.bundle.plan.parts import Collective, HandedOverPages
from evidence_app.bundle.plan.redaction import RedactionRules
from evidence_app.domain.people.identities import Identity
from evidence_app.domain.people.pseudonyms import IdentifierFinder
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import COVER_LINES, SavedPlan
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.text.identifiers import CORRESPONDENTS, PATTERNS
from evidence_app.errors import InputError
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import JsonObject

SHORT_PART: Final = 2
"""Characters of a part of a name that is not looked for by itself: an initial, or “de”."""
AUTHOR: Final = "author"
"""What a pseudonym says of the owner of the log, where that is withheld."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What the person asked for, beside the profile. `ordinary` tells everyday words.

    `handed_over` are the pages of members' files, by the SHA-256 of the file; of one whose pages were not handed over there are none.
    `by_person` says that a person put the documents into the plan: one that the profile leaves out is refused, and not left out by rule.
    """

    positions: frozenset[int]
    case_ref: str = ""
    title: str = ""
    recipient: str = ""
    saved: SavedPlan | None = None
    pseudonyms_from: str | int | None = None
    collective: Collective | None = None
    by_rep: bool = False
    by_person: bool = True
    ordinary: Callable[[str], bool] = lambda _word: False
    handed_over: Mapping[str, HandedOverPages] = field(default_factory=dict)


def rules_for(
    profile: Profile, records: Sequence[SealedRecord], wanted: PlanRequest, settings: Settings, owner: JsonObject
) -> RedactionRules:
    """Return what finds the words to withhold. Where the profile withholds whose log it is, that is the owner's name and addresses too.

    Raises:
        InputError: the title or the recipient would itself identify a client, or the owner's name cannot be told from an ordinary word.
    """
    # A rep's own references name matters, and what members handed over holds pseudonyms already.
    cases = {ref for record in records for ref in cases_of(record)} if not wanted.by_rep else set[str]()
    own = wanted.case_ref if profile.keeps_case else ""
    people = (
        *settings.withheld_people(own, sorted(cases)),
        *_owner_withheld(profile, owner, settings, wanted.ordinary),
    )
    of_owner = {each.upper() for each in settings.own_addresses} if profile.owner_withheld else set[str]()
    saved = wanted.saved or SavedPlan(profile.name)
    kept = {wanted.case_ref.upper()} if profile.keeps_case else set[str]()
    finder = IdentifierFinder(
        tuple(each for each in people if each.name.upper() not in kept),
        frozenset(kept).union(each for each in _correspondents(records) if each not in of_owner),
        frozenset(name.casefold() for name in settings.other_names),
        wanted.ordinary,
    )
    rules = RedactionRules(profile, wanted.case_ref, finder, saved.redactions)
    profile_texts = [profile.title, profile.audience, profile.purpose, profile.marking, profile.notice]
    texts = {
        "title": [wanted.title, saved.title],
        "recipient": [wanted.recipient, saved.recipient],
        "name of the plan": [saved.name],
        "reason for leaving something out": [left.reason for left in saved.left_out],
        "reason for withholding something": [each.why for each in saved.redactions],
        "profile": profile_texts,
        "cover": [*saved.cover.parties, *(getattr(saved.cover, name) for name in COVER_LINES)],
        "story": [saved.asked, *(line.text for line in (*saved.story, *saved.matters))],
        "statement": list(saved.statement),
        "title of a section": [section.title for sections in saved.stages for section in sections],
        "title or date of a document": [
            text for document in saved.documents() for text in (document.title, document.date, document.mark)
        ],
    }
    for what, said in texts.items() if rules.looks_at_files else ():
        if any(rules.in_exhibit("", text) for text in said):
            raise InputError(
                f"The {what} holds what identifies a client: this bundle is to hold nothing of the sort. Use other words there."
            )
        unsure = next((words for text in said for words in rules.unsure(text)), "")
        if unsure:
            raise InputError(
                f"The {what} holds “{unsure}”, which may name a client. Use other words there, or keep those words in the review."
            )
    return rules


def _owner_withheld(
    profile: Profile, owner: JsonObject, settings: Settings, ordinary: Callable[[str], bool]
) -> Iterator[Identity]:
    """Yield who the owner is, where the profile withholds it: the whole name, each part of it, and the own addresses of the settings.

    Raises:
        InputError: the name is one ordinary word.
    """
    parts = str(owner.get("person", "")).split()
    if not profile.owner_withheld or profile.counts or not parts:
        return
    if len(parts) == 1 and ordinary(parts[0].casefold()):
        raise InputError(
            f"Your name in this store is “{parts[0]}”, which is an ordinary word too: nobody could be sure that it is withheld everywhere. Set your whole name under Settings, Names of clients, and use a copy of the profile “disclosure”."
        )
    long = [part for part in parts if len(part) > SHORT_PART]
    yield Identity(" ".join(parts), AUTHOR, tuple(dict.fromkeys((*long, *settings.own_addresses))))


def _correspondents(records: Sequence[SealedRecord]) -> Iterator[str]:
    for record in records:
        written: JsonObject = {name: record.fields[name] for name in CORRESPONDENTS if name in record.fields}
        for _, value in scalars(written):
            yield from (found.group().upper() for found in PATTERNS["e-mail address"].finditer(str(value)))
