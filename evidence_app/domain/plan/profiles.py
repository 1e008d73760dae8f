"""Profiles: for each audience of a bundle, what goes in and what is withheld (docs/domain.md, sections 9.3 and 5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.fields import Audience
from evidence_app.errors import InputError

EVERYTHING: Final = frozenset[str]()
"""The empty set, which in a profile means no limit."""

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
        "case-outcome",
        "allocation",
        "policy",
        "good-practice",
        "workload",
        "refusal",
        "gap",
        "incident",
        "cosignature",
        "time-stamp",
        "document",
        "handover",
    }
)
"""Kinds of record that a bundle about a case may show."""
ABOUT_A_CONCERN: Final = ABOUT_A_CASE - {"client-agreement", "incident", "decision", "good-practice", "allocation"}
"""Kinds of record that a bundle about a concern may show."""
ABOUT_HEALTH: Final = frozenset(
    {"log", "health-and-safety", "training", "workload", "allocation", "cosignature", "time-stamp"}
)
"""Kinds of record that a bundle for a health and safety rep may show."""
FROM_EMPLOYERS: Final = frozenset({Audience.UNION, Audience.LEGAL})
"""Audiences whose fields are withheld from an employer."""
ADVICE: Final = frozenset({"union advice", "legal advice"})
"""All types of restricted advice."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a bundle for one audience.

    Records: `kinds` go in (empty: all), with the types of advice in `restricted`; `one_case` limits the bundle to one case
    and withholds words that name another; `one_thread` needs a record whose thread it is about; `limited_access` includes limited access cases that were not named; `open_only`
    includes only records in which something is open.

    Withholding: fields for the audiences `withheld`; with `pseudonyms`, identifiers of clients word by word, and the
    finished file is searched for them, but `keeps_case` exempts the bundle's own case; with `own_words`, what others wrote
    in mails; with `owner_withheld`, whose log it is; and if `content` is false, every field except those for proving and
    matching.

    `notice` stands on the cover, for the reader; `advice` is for the maker alone, and stands on no page.

    Pages: `sections` (empty: all); `brief` makes a few pages of one thread, without cover, index and annex; `counts` shows counts only; `exhibits` shows attachments as pages, and `originals` embeds
    their exact bytes. With `look_first`, files other than mails are shown only after a person has reviewed them; with
    `fails_closed`, nothing is exported while a possible name is undecided (docs/decisions/0011-undecided-names.md).
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
    one_thread: bool = False
    pseudonyms: bool = False
    keeps_case: bool = False
    own_words: bool = False
    exhibits: bool = True
    originals: bool = True
    content: bool = True
    limited_access: bool = False
    sections: frozenset[str] = EVERYTHING
    notice: str = ""
    advice: str = ""
    look_first: bool = False
    fails_closed: bool = False
    owner_withheld: bool = False
    open_only: bool = False
    counts: bool = False
    brief: bool = False


_LOOK_AT_EXHIBITS: Final = "Look through the exhibits for other people's details before you hand this bundle over."
_READ_IT_THROUGH: Final = (
    "Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where "
    "somebody has looked through them for this bundle."
)
_OTHERS_LEFT_OUT: Final = "Records of other cases, and whatever is for other readers, are left out."
_OTHERS_WITHHELD: Final = f"{_OTHERS_LEFT_OUT} What identifies other people is withheld."
_PSEUDONYMS: Final = "Whatever identifies a client is withheld and shown as a pseudonym."


_DISCLOSURE: Final = Profile(
    name="disclosure",
    version="5",
    title="Information given in a disclosure",
    audience="The person or body that the disclosure is made to",
    purpose="A concern and the evidence that the employer was told of it.",
    marking="PRIVATE AND CONFIDENTIAL",
    kinds=ABOUT_A_CONCERN | {"decision"},
    withheld=FROM_EMPLOYERS,
    pseudonyms=True,
    originals=False,
    look_first=True,
    fails_closed=True,
    sections=frozenset({"story", "glance", "threads", "records"}),
    notice=_PSEUDONYMS,
    advice="Whether this is a protected disclosure, and to whom it may be made, is a question of law: take advice first. "
    + _READ_IT_THROUGH,
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
        version="5",
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
        pseudonyms=True,
        keeps_case=True,
        originals=False,
        notice=_OTHERS_WITHHELD,
        advice=_LOOK_AT_EXHIBITS,
    ),
    Profile(
        name="interview",
        version="5",
        title="Preparation for an interview",
        audience="The officer, for an interview",
        purpose="Questions that the records of one case lead to, what they say to each, and the records themselves.",
        marking="OFFICIAL-SENSITIVE – PERSONAL PREPARATION – NOT FOR DISCLOSURE WITHOUT ADVICE",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        one_case=True,
        pseudonyms=True,
        keeps_case=True,
        originals=False,
        sections=frozenset({"story", "people", "questions", "threads", "chronology", "records"}),
        notice="It stays at work.",
        advice="Talk to your union before the interview.",
    ),
    Profile(
        name="manager",
        version="5",
        title="A concern and what became of it",
        audience="Line manager or head of PDU",
        purpose="One concern, what is asked, how it stands and what came of it, on a few pages, for the manager who can decide on it.",
        marking="OFFICIAL-SENSITIVE",
        kinds=ABOUT_A_CONCERN,
        withheld=FROM_EMPLOYERS,
        one_thread=True,
        originals=False,
        exhibits=False,
        brief=True,
        notice=f"Inside the employer's secure system only. {_OTHERS_LEFT_OUT}",
        advice="The mails themselves are not in it: whoever it is for has them, and “thread” makes a copy with them.",
    ),
    Profile(
        name="thread",
        version="1",
        title="One thread, printed and kept",
        audience="The author's own file, on paper, at work",
        purpose="The mail, the receipt, the answer or the silence, on a few pages, to be printed and kept.",
        marking="PRIVATE AND CONFIDENTIAL – KEEP AT WORK",
        one_thread=True,
        originals=False,
        limited_access=True,
        brief=True,
        notice="Printed from the sealed records. Keep it at work, under lock and key.",
    ),
    Profile(
        name="union-casework",
        version="4",
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
        look_first=True,
        fails_closed=True,
        notice=_PSEUDONYMS,
        advice=_READ_IT_THROUGH,
    ),
    Profile(
        name="casework",
        version="3",
        title="Casework: members' records and the rep's papers",
        audience="The union, for a case of one or several members",
        purpose="What members handed over and what the rep holds, in one run of pages; each record still proves to its own log.",
        marking="PRIVATE AND CONFIDENTIAL – CONTAINS TRADE UNION DATA",
        kinds=ABOUT_A_CASE | {"note", "incident", "member", "member-case", "deadline", "collective", "corroboration"},
        withheld=frozenset({Audience.LEGAL}),
        restricted=frozenset({"union advice"}),
        pseudonyms=True,
        originals=False,
        look_first=True,
        fails_closed=True,
        notice="Made by a union rep of what members handed over: whatever identifies a client was withheld before it reached the rep.",
        advice="Files are shown only where somebody has looked through them for this bundle.",
    ),
    Profile(
        name="grievance",
        version="5",
        title="Grievance: documents relied on",
        audience="Grievance hearing",
        purpose="The documents that a grievance rests on, in the order of time.",
        marking="PRIVATE AND CONFIDENTIAL",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        pseudonyms=True,
        originals=False,
        look_first=True,
        fails_closed=True,
        sections=frozenset({"story", "people", "glance", "threads", "chronology", "records"}),
        notice=_PSEUDONYMS,
        advice=_READ_IT_THROUGH,
    ),
    Profile(
        name="tribunal",
        version="4",
        title="Bundle of documents",
        audience="Tribunal",
        purpose="The documents relied on, by date unless the conformance sheet says otherwise, numbered in one run.",
        marking="PRIVATE AND CONFIDENTIAL",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        pseudonyms=True,
        originals=False,
        look_first=True,
        fails_closed=True,
        notice=f"{_PSEUDONYMS} Whom each stands for is told apart, as the tribunal directs.",
        advice=_READ_IT_THROUGH,
    ),
    _DISCLOSURE,
    replace(
        _DISCLOSURE,
        name="disclosure-unnamed",
        version="1",
        title="Information given in a disclosure, its author withheld",
        purpose="A concern and the evidence that the employer was told of it, without saying whose records these are.",
        owner_withheld=True,
        notice=f"{_PSEUDONYMS} Whose records these are is withheld. The file is signed with the key of their log: whoever has another file of the same log, or its owner's card, can tell that both are of one person.",
        advice="Your name and your own addresses are withheld and searched for in the finished file. What only you could know, your way of writing, and the key of your log can still tell who you are. Take advice first. "
        + _READ_IT_THROUGH,
    ),
    Profile(
        name="health-safety",
        version="1",
        title="Health and safety: what was asked and what came of it",
        audience="Health and safety rep",
        purpose="Stress, occupational health, adjustments, near misses, training and the workload of the time, without anything that identifies a client.",
        marking="PRIVATE AND CONFIDENTIAL – CONTAINS HEALTH DATA",
        kinds=ABOUT_HEALTH,
        withheld=frozenset({Audience.LEGAL}),
        restricted=frozenset({"union advice"}),
        pseudonyms=True,
        originals=False,
        look_first=True,
        fails_closed=True,
        sections=frozenset({"story", "glance", "chronology", "records"}),
        notice=_PSEUDONYMS,
        advice=_READ_IT_THROUGH,
    ),
    Profile(
        name="coroner",
        version="6",
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
        look_first=True,
        fails_closed=True,
        sections=frozenset({"story", "people", "knowledge", "chronology", "records"}),
        notice=_PSEUDONYMS,
        advice=_READ_IT_THROUGH,
    ),
    Profile(
        name="subject-access",
        version="1",
        title="What is held about one person",
        audience="The person whom the records are about",
        purpose="Everything that a rep holds about one member, for that member.",
        marking="PRIVATE AND CONFIDENTIAL",
        restricted=ADVICE,
        limited_access=True,
        sections=frozenset({"chronology", "records"}),
        advice="What it says of other people may have to be left out: look through it first, and take advice.",
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
    Profile(
        name="union-collective",
        version="2",
        title="Counts for a collective matter",
        audience="Union rep, for a collective matter",
        purpose="How often, of what sort and how heavy, without a name. Words of a record stand in it only where they are quoted without one.",
        marking="PRIVATE AND CONFIDENTIAL – CONTAINS TRADE UNION DATA",
        kinds=ABOUT_A_CASE,
        withheld=frozenset({Audience.LEGAL}),
        pseudonyms=True,
        exhibits=False,
        originals=False,
        sections=frozenset({"counts"}),
        owner_withheld=True,
        counts=True,
        notice="Whoever holds another file of the same log can tell by its fingerprint that both are of one person.",
    ),
    Profile(
        name="handover",
        version="2",
        title="What is open",
        audience="Whoever takes the work over, or supervision",
        purpose="Open actions, reviews that fall due and concerns without an answer, with the records they stand in and no other history.",
        marking="OFFICIAL-SENSITIVE",
        kinds=ABOUT_A_CASE,
        withheld=FROM_EMPLOYERS,
        exhibits=False,
        originals=False,
        sections=frozenset({"open", "records"}),
        open_only=True,
        notice="Inside the employer's secure system only.",
    ),
)
PROFILES: Final[MappingProxyType[str, Profile]] = MappingProxyType({profile.name: profile for profile in _ALL})
"""The program's own profiles, by name."""


def find_profile(name: str, own: Mapping[str, Profile] = MappingProxyType({})) -> Profile:
    """Return a profile by name, from the program's own or from `own`, the officer's.

    Raises:
        InputError: there is none.
    """
    profile = PROFILES.get(name) or own.get(name)
    if profile is None:
        raise InputError(f"There is no profile “{name[:40]}”. There are: {', '.join([*PROFILES, *own])}.")
    return profile
