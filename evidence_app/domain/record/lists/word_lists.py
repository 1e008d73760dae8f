"""The lists that policy changes, as they were when this version was made. A branch or an office hands round changes (docs/spec/word-list.md).

The words follow the usage of practitioners and of the service's own public code. A day stands where a source has it, and the source beside it; where none was found there is none.
"""

from datetime import date
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.lists.case_lists import AGENCIES, TOOLS
from evidence_app.domain.record.lists.people_lists import FACILITY_SORTS, LEVELS, MATTERS, ROLES
from evidence_app.domain.record.lists.words import Word, WordList, words

RECALL_SOURCE: Final = "fixed-term recall of 56 days from 31 March 2026 (make-recall-decision-ui, its switch FTR56)"
RESET_SOURCE: Final = "Probation Reset, June 2024 (National Audit Office, October 2025)"
IMPACT_SOURCE: Final = "Impact, April 2025 (National Audit Office, October 2025)"
ACT_SOURCE: Final = "Sentencing Act 2026; look up on which day it came into force"

VIA = WordList(
    "via",
    "How it was said",
    words(
        "face to face",
        "phone",
        "Teams/video",
        "team meeting",
        "e-mail",
        "chat (Teams, WhatsApp)",
        "briefing/written policy",
        "supervision",
        "message relayed by",
        "online check-in",
        "machine transcript",
    ),
)
"""How an instruction was given. Whatever is not named in `VIA_WRITTEN` leaves nothing in writing."""

VIA_WRITTEN: Final = frozenset({"e-mail", "briefing/written policy", "chat (Teams, WhatsApp)"})

INSTRUCTION_TYPES = WordList(
    "instruction-types",
    "What an instruction tells",
    (
        *words(
            "move to lower frequency",
            "accept phone as contact",
            "accept absence",
            "do not breach",
            "do not recall",
            "hold risk level",
            "see without paperwork",
            "take allocation",
            "meet deadline",
            "change record or score",
            "stop or defer task",
        ),
        Word("suspend contact (Reset)", since=date(2024, 6, 1), source=RESET_SOURCE),
        Word("suspend contact (Impact)", since=date(2025, 4, 1), source=IMPACT_SOURCE),
        Word("end the order early", since=date(2026, 1, 22), source=ACT_SOURCE),
        *words(
            "record for a target",
            "put on a programme",
            "run a group untrained",
            "do not record or e-mail",
            "share information",
            "do not share information",
            "use the machine's notes",
            "other",
        ),
    ),
)

DECISION_TYPES = WordList(
    "decision-types",
    "What a decision is about",
    (
        *words(
            "reporting frequency",
            "contact method",
            "absence acceptable",
            "enforcement/breach",
            "recall/not recall",
        ),
        Word("fixed-term recall, 14 or 28 days", until=date(2026, 3, 30), source=RECALL_SOURCE),
        Word("fixed-term recall, 56 days", since=date(2026, 3, 31), source=RECALL_SOURCE),
        *words(
            "standard recall",
            "emergency recall",
            "RoSH or tier change",
            "home visit",
            "disclosure",
            "allocation/transfer",
            "assessment deferred",
            "report deadline",
        ),
        Word("suspend contact (Reset)", since=date(2024, 6, 1), source=RESET_SOURCE),
        Word("suspend contact (Impact)", since=date(2025, 4, 1), source=IMPACT_SOURCE),
        *words("restart contact"),
        Word("end the order early", since=date(2026, 1, 22), source=ACT_SOURCE),
        *words(
            "tag, curfew or other monitoring",
            "online check-in",
            "progression or release",
            "licence variation",
            "no further action",
            "other",
        ),
    ),
)

REQUIREMENT_TYPES = WordList(
    "requirement-types",
    "Requirements of an order",
    (
        *words("rehabilitation activity (RAR)"),
        Word("probation requirement", since=date(2026, 1, 22), source=ACT_SOURCE),
        *words(
            "unpaid work",
            "accredited programme",
            "curfew",
            "exclusion",
            "residence",
            "prohibited activity",
            "mental health treatment",
            "drug rehabilitation",
            "alcohol treatment",
            "alcohol abstinence and monitoring",
            "electronic monitoring",
            "supervision after sentence",
        ),
        Word("driving prohibition", since=date(2026, 1, 22), source=ACT_SOURCE),
        Word("public event prohibition", since=date(2026, 1, 22), source=ACT_SOURCE),
        Word("restriction zone", since=date(2026, 1, 22), source=ACT_SOURCE),
        *words("other"),
    ),
)

WORDS_FROM = WordList(
    "words-from",
    "Where words come from",
    words(
        "memory",
        "own notes made then",
        "own notes made later",
        "e-mail or message",
        "recording",
        "machine transcript",
        "minutes",
    ),
)
"""`MACHINE` is among them: what a machine wrote down may never have been said."""
MACHINE: Final = "machine transcript"

REQUEST_TYPES = WordList(
    "request-types",
    "Formal requests",
    words(
        "foreseeability notice",
        "stress risk assessment",
        "preservation request",
        "subject access request",
        "data-protection complaint",
        "notice that I hold records",
        "request for supervision",
        "other",
    ),
)

HEALTH_TYPES = WordList(
    "health-types",
    "Health and safety",
    words(
        "stress risk assessment asked for",
        "stress risk assessment done",
        "occupational health referral",
        "adjustment agreed",
        "adjustment not kept",
        "absence meeting",
        "near miss",
        "assault or threat",
        "driving",
        "lone working",
        "premises",
        "other",
    ),
)

FREQUENCIES = WordList(
    "frequencies",
    "How often somebody is seen",
    words(
        "twice weekly",
        "weekly",
        "fortnightly",
        "every 3 weeks",
        "monthly",
        "8-weekly",
        "suspended",
        "telephone only",
    ),
)

CONCERN_CATEGORIES = WordList(
    "concern-categories",
    "What a concern is about",
    (
        *words(
            "risk to public",
            "risk to client/suicide",
            "staff safety",
            "workload",
            "no paperwork/handover",
            "policy breach",
            "data integrity/target gaming",
            "oversight absent",
            "premises",
            "training/vetting",
            "no tool or system",
            "tagging or monitoring",
            "failure of another agency",
            "machine record is wrong",
            "health or stress",
            "assault or near miss",
            "leave or terms",
            "bullying or harassment",
        ),
        *words("sexual harassment", "discrimination", "detriment after raising", "other"),
    ),
)

MEETING_TYPES = WordList(
    "meeting-types",
    "Meetings",
    words(
        "1:1 supervision",
        "team meeting",
        "briefing",
        "case discussion",
        "MAPPA/multi-agency",
        "SFO interview",
        "inspection",
        "investigation",
        "formal absence",
        "capability",
        "occupational health",
        "return to work",
        "Acas",
        "grievance",
        "other",
    ),
)

REFUSAL_REASONS = WordList(
    "refusal-reasons",
    "Why something could not be done",
    words(
        "no assessment",
        "no papers",
        "safety",
        "capacity",
        "training",
        "health",
        "no system",
        "professional standards",
        "other",
    ),
)

MISSING = WordList(
    "missing",
    "What is missing",
    words(
        "manager",
        "cover",
        "supervision",
        "papers",
        "OASys",
        "SARA",
        "ARMS",
        "vetting",
        "system",
        "tag or monitoring",
        "place in approved premises",
        "interpreter",
        "information from agency",
        "other",
    ),
)

SYSTEMS = WordList(
    "systems",
    "Systems",
    words(
        "nDelius",
        "OASys",
        "MAPPS",
        "ViSOR",
        "Workload tool (WMT)",
        "EPF",
        "Equip",
        "Justice Transcribe",
        "EM supplier's portal",
        "Sphera",
        "e-mail",
        "other",
    ),
)

INCIDENT_TYPES = WordList(
    "incident-types",
    "Incidents",
    words(
        "SFO (Serious Further Offence)",
        "death under supervision",
        "serious incident",
        "inquest",
        "public inquiry",
        "independent panel",
        "inspection",
        "PPO investigation",
        "domestic homicide review (DHR, DARDR)",
        "MAPPA serious case review",
        "complaint",
        "data breach",
        "assault or near miss",
        "disciplinary",
        "grievance",
        "interview",
    ),
)

WORD_LISTS: Final = MappingProxyType(
    {
        each.name: each
        for each in (
            INSTRUCTION_TYPES,
            DECISION_TYPES,
            REQUIREMENT_TYPES,
            FREQUENCIES,
            WORDS_FROM,
            REQUEST_TYPES,
            HEALTH_TYPES,
            CONCERN_CATEGORIES,
            INCIDENT_TYPES,
            MEETING_TYPES,
            REFUSAL_REASONS,
            MISSING,
            SYSTEMS,
            AGENCIES,
            TOOLS,
            ROLES,
            VIA,
            LEVELS,
            MATTERS,
            FACILITY_SORTS,
        )
    }
)
"""All lists that policy changes, by name."""
