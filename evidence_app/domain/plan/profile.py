"""What a profile is: the rules of a bundle for one audience, and the sets of kinds that profiles take in (docs/domain.md, sections 9.3 and 5.2)."""

from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.record.fields import Audience

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
        "referral",
        "assessment",
        "system-figure",
        "good-practice",
        "request",
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
ABOUT_A_CONCERN: Final = ABOUT_A_CASE - {
    "client-agreement",
    "incident",
    "decision",
    "good-practice",
    "allocation",
    "referral",
    "assessment",
}
"""Kinds of record that a bundle about a concern may show."""
ABOUT_HEALTH: Final = frozenset(
    {"log", "health-and-safety", "training", "workload", "allocation", "concern", "meeting", "request", "incident"}
    | {"response", "escalation", "cosignature", "time-stamp"}
)
"""Kinds of record that a bundle for a health and safety rep may show; of some only what is about health and safety (`Profile.health_only`)."""
ABOUT_SCALE: Final = frozenset(
    {"log", "instruction", "decision", "case-outcome", "allocation", "workload", "policy", "cosignature", "time-stamp"}
)
"""Kinds of record that a manager counts."""
OF_A_LEAVER: Final = (ABOUT_A_CONCERN | ABOUT_HEALTH | {"posting"}) - {"case-outcome", "document", "handover"}
"""Kinds of record that an officer who leaves may want to keep."""
FROM_EMPLOYERS: Final = frozenset({Audience.UNION, Audience.LEGAL})
"""Audiences whose fields are withheld from an employer."""
ADVICE: Final = frozenset({"union advice", "legal advice"})
"""All types of restricted advice."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a bundle for one audience.

    Records: `kinds` go in (empty: all), with the types of advice in `restricted`; `one_case` limits the bundle to one case
    and withholds words that name another; `one_thread` needs a record whose thread it is about; `limited_access` includes limited access cases that were not named; `open_only`
    includes only records in which something is open; `own_matters` includes what is the author's own and no client's (their health, how they
    are treated), and without it a mail that belongs to no record shown stays out too; `health_only` includes of concerns, meetings, requests and incidents those about health and safety alone.

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
    own_matters: bool = False
    health_only: bool = False
