"""What each member of a profile means, for people."""

from types import MappingProxyType
from typing import Final

MEANINGS: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        "name": "Name",
        "version": "Version",
        "title": "Title",
        "audience": "Whom it is for",
        "purpose": "What it is for",
        "marking": "Marking above and below each page",
        "kinds": "Kinds of record that go in (none ticked: all)",
        "withheld": "Fields that are withheld",
        "restricted": "Records of advice that may go in",
        "one_case": "It is about one case; words that name another are withheld",
        "one_thread": "It is about one thread: a record is named, and what leads to or from it goes in",
        "pseudonyms": "What identifies somebody is withheld and shown as a pseudonym",
        "keeps_case": "The case that it is about keeps its number and its names",
        "own_words": "What others wrote in mails is withheld",
        "exhibits": "Attachments are shown as pages",
        "originals": "The exact bytes of attachments are embedded",
        "content": "What the records say is shown",
        "limited_access": "Limited access cases go in without being asked for by name",
        "sections": "Parts of the bundle (none ticked: all)",
        "notice": "Words on the cover, for its reader",
        "advice": "What its maker is told",
        "look_first": "Files are shown only where somebody has looked through them",
        "fails_closed": "Nothing is exported while a possible name is undecided",
        "owner_withheld": "Whose log it is is withheld",
        "open_only": "Only records in which something is open",
        "counts": "Counts alone, no record but the first",
        "brief": "A few pages, without cover, index and annex",
        "own_matters": "The author's own matters go in: health, how they are treated",
        "health_only": "Of concerns and the like only those about health and safety",
    }
)
"""The label of each member of a profile, for people."""
