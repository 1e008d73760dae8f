"""Profiles: who a bundle is for, as data (DOMAIN.md, end of section 11; BUNDLE.md, *Profiles*)."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from evidence_app.domain.fields import Audience
from evidence_app.errors import InputError

EVERYTHING: Final = frozenset[str]()

ABOUT_A_CASE: Final = frozenset(
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
)
ABOUT_A_CONCERN: Final = ABOUT_A_CASE - {"client-agreement", "incident", "decision"}
FROM_EMPLOYERS: Final = frozenset({Audience.UNION, Audience.LEGAL})
ADVICE: Final = frozenset({"union advice", "legal advice"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One audience.

    `kinds` are those that go in; an empty set means every kind. `withheld` are the audiences whose fields stay out, `restricted` the sorts
    of advice that may go in. With `one_case` the bundle is about one case, and words that name another case are withheld.

    With `pseudonyms` whatever identifies a client is withheld word by word, shown as a pseudonym, and the finished file is searched for it;
    `keeps_case` leaves the case that the bundle is about as it is. `own_words` withholds what others wrote in mails. `exhibits` shows
    attachments as pages, `originals` embeds their exact bytes. `sections` are the parts of the bundle; an empty set means all of them.
    `limited_access` takes in limited access cases that were not asked for by name. `content` withholds, where it is false, every field but those that prove and match.
    """

    name: str
    version: str
    title: str
    audience: str
    purpose: str
    marking: str
    kinds: frozenset[str] = EVERYTHING
    withheld: frozenset[Audience] = field(default_factory=frozenset)
    restricted: frozenset[str] = EVERYTHING
    one_case: bool = False
    pseudonyms: bool = False
    keeps_case: bool = False
    own_words: bool = False
    exhibits: bool = True
    originals: bool = True
    content: bool = True
    limited_access: bool = False
    sections: frozenset[str] = EVERYTHING
    notice: str = ""


_LOOK_AT_EXHIBITS: Final = (
    "Union material, legal advice and records of other cases are left out. Exhibits are shown as they are: "
    "look through them for other people's details before handing this bundle over."
)
_PSEUDONYMS: Final = (
    "Whatever identifies a client is withheld and shown as a pseudonym, new for each bundle. Names are known only where the author has set them: "
    "read it through before handing it over. Files other than mails are named, and not shown."
)


_ALL: Final = (
    Profile(
        name="officer",
        version="2",
        title="Audit trail: officer's own file",
        audience="The officer's own file, at work",
        purpose="A whole copy of the officer's records of one case or period, with nothing redacted.",
        marking="OFFICIAL-SENSITIVE – PRIVATE AND CONFIDENTIAL – KEEP AT WORK",
        restricted=ADVICE,
        limited_access=True,
    ),
    Profile(
        name="sfo-review",
        version="2",
        title="Audit trail for the Serious Further Offence review",
        audience="SFO / DUS reviewing manager",
        purpose=(
            "What was instructed, decided and raised in one case, with the workload and the gaps of the time, "
            "so that a review can see why as well as what."
        ),
        marking="OFFICIAL-SENSITIVE",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        one_case=True,
        notice=_LOOK_AT_EXHIBITS,
    ),
    Profile(
        name="interview",
        version="1",
        title="Preparation for an interview",
        audience="The officer, for an interview",
        purpose="The records of one case in order, to prepare for questions about it.",
        marking="OFFICIAL-SENSITIVE – PERSONAL PREPARATION – NOT FOR DISCLOSURE WITHOUT ADVICE",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        one_case=True,
        notice="It stays at work. Talk to your union before the interview.",
    ),
    Profile(
        name="manager",
        version="1",
        title="A concern and what became of it",
        audience="Line manager or head of PDU",
        purpose="One concern with its mails, receipts and answers, for the manager who can decide on it.",
        marking="OFFICIAL-SENSITIVE",
        kinds=ABOUT_A_CONCERN,
        withheld=FROM_EMPLOYERS,
        notice="Inside the employer's secure system only. " + _LOOK_AT_EXHIBITS,
    ),
    Profile(
        name="union-casework",
        version="1",
        title="Casework: a member's trail",
        audience="Union rep, for casework",
        purpose="A member's records for advice and representation, without anything that identifies a client.",
        marking="PRIVATE AND CONFIDENTIAL – CONTAINS TRADE UNION DATA",
        kinds=ABOUT_A_CASE | {"note", "incident"},
        withheld=frozenset({Audience.LEGAL}),
        restricted=frozenset({"union advice"}),
        pseudonyms=True,
        own_words=True,
        originals=False,
        notice=_PSEUDONYMS,
    ),
    Profile(
        name="grievance",
        version="1",
        title="Grievance: documents relied on",
        audience="Grievance hearing",
        purpose="The documents that a grievance rests on, in the order of time.",
        marking="PRIVATE AND CONFIDENTIAL",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        pseudonyms=True,
        originals=False,
        notice=_PSEUDONYMS,
    ),
    Profile(
        name="tribunal",
        version="1",
        title="Bundle of documents",
        audience="Tribunal",
        purpose="The documents relied on, strictly by date, numbered in one run.",
        marking="PRIVATE AND CONFIDENTIAL",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        pseudonyms=True,
        originals=False,
        notice=_PSEUDONYMS + " A key to the pseudonyms is given apart, as the tribunal directs.",
    ),
    Profile(
        name="disclosure",
        version="1",
        title="Information given in a disclosure",
        audience="The person or body that the disclosure is made to",
        purpose="A concern and the evidence that the employer was told of it.",
        marking="PRIVATE AND CONFIDENTIAL",
        kinds=ABOUT_A_CONCERN | {"decision"},
        withheld=FROM_EMPLOYERS,
        pseudonyms=True,
        originals=False,
        notice="Whether this is a protected disclosure, and to whom it may be made, is a question of law: take advice first. "
        + _PSEUDONYMS,
    ),
    Profile(
        name="coroner",
        version="1",
        title="Audit trail for the inquest",
        audience="Coroner, through the employer's lawyers",
        purpose="The records of the case of the person who died; everybody else's details are withheld.",
        marking="OFFICIAL-SENSITIVE",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        one_case=True,
        pseudonyms=True,
        keeps_case=True,
        originals=False,
        notice=_PSEUDONYMS,
    ),
    Profile(
        name="integrity",
        version="1",
        title="Integrity annex",
        audience="Anyone who checks the trail",
        purpose="What can be proved of each record without showing what it says: when, of what kind, how receipts were matched.",
        marking="OFFICIAL",
        withheld=FROM_EMPLOYERS,
        restricted=ADVICE,
        exhibits=False,
        originals=False,
        content=False,
        limited_access=True,
        sections=frozenset({"chronology", "annex", "conformance"}),
    ),
)
PROFILES: Final[MappingProxyType[str, Profile]] = MappingProxyType({profile.name: profile for profile in _ALL})


def find_profile(name: str) -> Profile:
    """Return a profile by name.

    Raises:
        InputError: there is none.
    """
    profile = PROFILES.get(name)
    if profile is None:
        raise InputError(f"There is no profile “{name[:40]}” yet. There are: {', '.join(PROFILES)}.")
    return profile
