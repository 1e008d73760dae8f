"""The kinds of record with their fields. New kinds and fields are added here, or in the modules imported here."""

from types import MappingProxyType

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import (
    ACTIONS,
    CHECKLIST,
    COMMON,
    COVERED,
    LOAD,
    SOURCE_OF_WORDS,
    TASKS,
    VIEWS,
    counts,
    person,
)
from evidence_app.domain.record.fields import (
    Audience,
    Field,
    Holder,
    Kind,
    boolean,
    choice,
    choice_from,
    date,
    group,
    integer,
    line,
    moment,
    number,
    prose,
)
from evidence_app.domain.record.lists import people_lists
from evidence_app.domain.record.lists import word_lists as lists
from evidence_app.domain.record.mail_kinds import MAIL_RECEIPT, MESSAGE, RESPONSE
from evidence_app.domain.record.program_kinds import PROGRAM_KINDS
from evidence_app.domain.record.rep_kinds import (
    DEADLINE,
    DOCUMENT,
    FACILITY_TIME,
    MEMBER,
    MEMBER_CASE,
    SEALED_FOR_REPS,
)
from evidence_app.domain.record.work_kinds import CASE_OUTCOME, WORK_KINDS

BOTH = frozenset(Holder)
"""Kinds with these holders are written in both kinds of store."""

INSTRUCTION = Kind(
    "instruction",
    "Instruction",
    "What I was told to do",
    "exact_words",
    (
        prose("exact_words", "What was said, in the exact words", required=True),
        choice("wording_certainty", "How sure of the wording", words.CERTAINTY),
        *SOURCE_OF_WORDS,
        person("given_by", "Given by"),
        choice_from("via", "How", lists.VIA),
        choice("scope", "It covers", words.SCOPE),
        *COVERED,
        choice_from("type", "It tells me to", lists.INSTRUCTION_TYPES),
        *VIEWS,
        choice("clarity", "How clear it is", words.CLARITY),
        line("policy", "Policy it names or contradicts", folded=True),
        choice("policy_given", "Whether a policy was given for it", words.POLICY_GIVEN, folded=True),
        person("witness", "Who else heard it", many=True, folded=True),
        choice("written_confirmation", "Written confirmation", words.CONFIRMATION),
        choice("complied", "I carried it out", words.COMPLIED),
        prose("what_i_did", "What I did"),
    ),
    "i",
)

DECISION = Kind(
    "decision",
    "Decision",
    "What was decided, by whom, and why",
    "rationale",
    (
        choice_from("decision_type", "About", lists.DECISION_TYPES),
        choice_from("from_value", "Changed from", lists.FREQUENCIES),
        choice_from("to_value", "Changed to", lists.FREQUENCIES),
        choice_from("requirement", "Requirement of the order", lists.REQUIREMENT_TYPES, folded=True),
        prose("rationale", "What was decided, and why", required=True),
        person("made_by", "Made by"),
        person("agreed_by", "Agreed by"),
        moment("discussed_at", "Discussed at"),
        choice("rosh", "Risk of serious harm", words.ROSH),
        line("tier", "Tier", folded=True),
        line("mappa", "MAPPA level and category", folded=True),
        prose("options_considered", "Other options considered"),
        prose("info_available", "Information I had"),
        prose("info_missing", "Information I did not have"),
        *VIEWS[1:],
        group(
            "standard_departed_from",
            "Standard departed from",
            (line("standard", "Standard"), line("source", "Where it is written")),
            folded=True,
        ),
        choice("policy_given", "Whether a policy was given for it", words.POLICY_GIVEN, folded=True),
        prose("conditions", "Conditions, and what would change the decision"),
        date("review_due", "Review due", ahead=True),
        CHECKLIST,
        ACTIONS,
        *COVERED,
        prose("paste_text", "Text for nDelius", folded=True),
    ),
    "d",
)

CONCERN = Kind(
    "concern",
    "Concern",
    "What I raised, and with whom",
    "concern",
    (
        prose("concern", "The concern, in my own words", required=True),
        person("raised_with", "Raised with"),
        choice_from("via", "How", lists.VIA),
        choice_from("category", "About", lists.CONCERN_CATEGORIES),
        choice("severity", "How urgent", words.SEVERITY),
        prose("ask", "What I ask for"),
        date("reply_by", "Reply asked for by", ahead=True),
        line("about", "Concerns", many=True, folded=True),
        *COVERED,
        prose("answer_given", "What was answered there and then"),
        *VIEWS[1:],
        choice(
            "disclosure_flag",
            "Protected disclosure",
            words.DISCLOSURE_FLAG,
            folded=True,
            audience=Audience.LEGAL,
            help="Get advice from your union or a lawyer. The program does not say whether it is one.",
        ),
        choice("state", "State", words.CONCERN_STATES),
    ),
    "c",
    holders=BOTH,
)

ESCALATION = Kind(
    "escalation",
    "Escalation",
    "A concern taken to the next level",
    "ask",
    (
        prose("ask", "What I ask for", required=True),
        choice_from("from_level", "From", people_lists.LEVELS),
        choice_from("to_level", "To", people_lists.LEVELS),
        person("raised_with", "Raised with"),
        choice("reason", "Because", words.ESCALATION_REASONS),
        date("due", "Reply asked for by", ahead=True),
    ),
    "e",
    holders=BOTH,
)

MEETING = Kind(
    "meeting",
    "Meeting or supervision",
    "What was said at a meeting, and what was to be done",
    "my_point",
    (
        choice_from("type", "Meeting", lists.MEETING_TYPES, required=True),
        person("attendees", "Present", many=True),
        line("agenda_item", "Agenda point"),
        prose("my_point", "What I said"),
        prose("manager_view", "What was answered"),
        prose("exact_words", "Exact words worth keeping"),
        *SOURCE_OF_WORDS,
        *VIEWS,
        ACTIONS,
        choice("minutes_held", "Minutes held", words.MINUTES),
    ),
    "g",
    holders=BOTH,
)

CLIENT_AGREEMENT = Kind(
    "client-agreement",
    "Client agreement",
    "What the person on probation agreed to and signed",
    "terms",
    (
        prose("terms", "Terms", required=True),
        date("signed_on", "Signed on"),
        line("signed_by", "Signed by", many=True),
        choice("copy_on_case_file", "Copy on the case file", words.YES_NO),
        date("review_due", "Review due", ahead=True),
        date("breached_on", "Broken on"),
    ),
    "a",
)

WORKLOAD = Kind(
    "workload",
    "Workload",
    "My caseload on one day, and how I saw the figure",
    "how_seen",
    (
        number("wmt_pct", "WMT per cent"),
        boolean("wmt_not_available", "WMT is not available to me"),
        line("how_seen", "How I saw it"),
        integer("cases_total", "Cases"),
        counts("by_type", "By type", ("community", "Community"), ("licence", "Licence"), ("custody", "Custody")),
        counts(
            "by_rosh", "By risk", ("low", "Low"), ("medium", "Medium"), ("high", "High"), ("very_high", "Very high")
        ),
        group("by_need", "By tier and need", LOAD[1:], folded=True),
        group("by_task", "Where the hours of the week went", TASKS, folded=True),
        number("contracted_hours", "Contracted hours a week"),
        number("fte", "Full-time equivalent"),
        prose("reductions", "Reductions"),
        counts(
            "due_in_next_14d",
            "Due within 14 days",
            ("assessments", "Assessments"),
            ("sentence_plans", "Sentence plans"),
            ("psr", "Pre-sentence reports"),
            ("parole", "Parole reports"),
            ("releases", "Releases"),
            ("hdc", "HDC assessments"),
        ),
        line("leave_cover", "Leave and cover"),
        integer("miles", "Miles travelled"),
        line("overdue", "Overdue", many=True),
    ),
    "w",
    headline=("cases_total", "wmt_pct", "how_seen"),
)

REFUSAL = Kind(
    "refusal",
    "Refusal or inability",
    "What I could not do, why, and what I offered instead",
    "what",
    (
        prose("what", "What I was asked to do", required=True),
        choice_from("why", "Why not", lists.REFUSAL_REASONS, many=True),
        prose("reason_in_full", "The reason in full"),
        prose("offered_alternative", "What I offered instead"),
        person("told_to", "Told to"),
        choice_from("referred_to", "Referred up to", people_lists.LEVELS),
        prose("outcome", "Outcome"),
    ),
    "f",
)

GAP = Kind(
    "gap",
    "Gap or absence",
    "A manager, papers or an assessment that was not there",
    "effect",
    (
        choice_from("missing", "What is missing", lists.MISSING, required=True),
        line("details", "Details"),
        choice_from("system", "Which system", lists.SYSTEMS, folded=True),
        date("from", "From"),
        date("to", "To"),
        prose("effect", "Effect"),
        prose("reported_in", "Reported to, and when"),
    ),
    "b",
    headline=("missing", "details", "effect"),
)

INCIDENT = Kind(
    "incident",
    "Incident",
    "An SFO, a death under supervision, an inquest, a disciplinary or a grievance",
    "summary",
    (
        choice_from("type", "Type", lists.INCIDENT_TYPES, required=True),
        prose("summary", "What is known"),
        line("ref", "Reference"),
        date("charged_on", "Charged or happened on"),
        date("notified_on", "Notified on"),
        date("interview_on", "Interview on", ahead=True),
        date("due_on", "Due on", ahead=True),
        person("reviewer", "Reviewer"),
        prose("my_role", "My role"),
        person("rep", "Union rep", audience=Audience.UNION, folded=True),
        boolean("hold", "Hold: nothing may be destroyed"),
        *COVERED,
    ),
    "s",
    headline=("type", "summary"),
)

COLLECTIVE = Kind(
    "collective",
    "Collective item",
    "An issue shared by several members, with nobody identifiable",
    "issue",
    (
        prose("issue", "Issue", required=True, audience=Audience.UNION),
        integer("members_count", "Members", audience=Audience.UNION),
        prose("asks", "What is asked for", audience=Audience.UNION),
        prose("employer_reply", "Employer's reply", audience=Audience.UNION),
    ),
    "l",
    holders=BOTH,
)

NOTE = Kind(
    "note",
    "Note",
    "Anything else worth keeping, such as advice received",
    "text",
    (
        prose("text", "Text", required=True),
        person("from", "From"),
        choice(
            "restricted_to",
            "Kept from the employer because it is",
            words.ADVICE,
            help="A note marked so never goes into a bundle for the employer.",
        ),
    ),
    "n",
    holders=BOTH,
)

OUTCOME = Kind(
    "outcome",
    "Outcome",
    "What became of something that was promised or due",
    "item",
    (
        line("item", "What was due", required=True),
        choice("state", "What became of it", words.OUTCOMES, required=True),
        date("on", "On"),
        prose("note", "Note"),
    ),
    "o",
    headline=("item", "state"),
    holders=BOTH,
)

KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            INSTRUCTION,
            DECISION,
            CONCERN,
            MESSAGE,
            MAIL_RECEIPT,
            RESPONSE,
            ESCALATION,
            MEETING,
            CLIENT_AGREEMENT,
            CASE_OUTCOME,
            WORKLOAD,
            *WORK_KINDS,
            REFUSAL,
            GAP,
            INCIDENT,
            COLLECTIVE,
            NOTE,
            OUTCOME,
            MEMBER,
            MEMBER_CASE,
            DEADLINE,
            DOCUMENT,
            FACILITY_TIME,
            *PROGRAM_KINDS,
            *SEALED_FOR_REPS,
        )
    }
)
"""All kinds of record, by name."""


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """Return the fields of a kind and the common ones, in the order of a form. An own field replaces a common one of its name."""
    own = {field.name for field in kind.fields}
    return kind.fields + tuple(field for field in COMMON if field.name not in own)


def kinds_of(holder: Holder) -> list[Kind]:
    """Return the kinds that people write in a holder's store, in the order in which they are offered."""
    return [kind for kind in KINDS.values() if not kind.by_program and kind.is_written_by(holder)]


def label_of_path(kind: str, path: str) -> str:
    """Return the label of a field by its kind's name and its path, or the last step of the path if the field is unknown."""
    steps = path.split("/")
    if kind in KINDS and len(steps) > 2 and steps[1] == "fields":
        for field in fields_of(KINDS[kind]):
            if field.name == steps[2]:
                return field.label
    return steps[-1].replace("_", " ")
