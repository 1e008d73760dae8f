"""Profiles: who a bundle is for, as data (DOMAIN.md, end of section 11; BUNDLE.md, *Profiles*)."""

from dataclasses import dataclass, field
from types import MappingProxyType

from evidence_app.domain.fields import Audience
from evidence_app.errors import InputError

EVERY_KIND = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Profile:
    """One audience.

    `kinds` are those that go in; an empty set means every kind. `withheld` are the audiences whose fields stay out.
    With `one_case` the bundle is about one case, and words that name another case are withheld.
    `originals` embeds the exact bytes of the attachments beside the pages.
    """

    name: str
    version: str
    title: str
    audience: str
    purpose: str
    marking: str
    kinds: frozenset[str] = EVERY_KIND
    withheld: frozenset[Audience] = field(default_factory=frozenset)
    restricted: bool = False
    one_case: bool = False
    originals: bool = True
    notice: str = ""


PROFILES: MappingProxyType[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                name="officer",
                version="1",
                title="Audit trail: officer's own file",
                audience="The officer's own file, at work",
                purpose="A whole copy of the officer's records of one case or period, with nothing redacted.",
                marking="OFFICIAL-SENSITIVE – PRIVATE AND CONFIDENTIAL – KEEP AT WORK",
                restricted=True,
            ),
            Profile(
                name="sfo-review",
                version="1",
                title="Audit trail for the Serious Further Offence review",
                audience="SFO / DUS reviewing manager",
                purpose=(
                    "What was instructed, decided and raised in one case, with the workload and the gaps of the time, "
                    "so that a review can see why as well as what."
                ),
                marking="OFFICIAL-SENSITIVE",
                kinds=frozenset(
                    {
                        "log",
                        "instruction",
                        "decision",
                        "concern",
                        "message",
                        "mail-receipt",
                        "drafted-mail",
                        "outcome",
                        "response",
                        "escalation",
                        "meeting",
                        "client-agreement",
                        "workload",
                        "refusal",
                        "gap",
                        "incident",
                    }
                ),
                withheld=frozenset({Audience.UNION, Audience.LEGAL}),
                one_case=True,
                notice=(
                    "Union material, legal advice and records of other cases are left out. Exhibits are shown as they are: "
                    "look through them for other people's details before handing this bundle over."
                ),
            ),
        )
    }
)


def find_profile(name: str) -> Profile:
    """Return a profile by name.

    Raises:
        InputError: there is none.
    """
    profile = PROFILES.get(name)
    if profile is None:
        raise InputError(f"There is no profile “{name[:40]}” yet. There are: {', '.join(PROFILES)}.")
    return profile
