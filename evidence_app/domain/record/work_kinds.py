"""The kinds of record about the work itself: what became of a case that an instruction covers, what was allocated, which policies were in force, what went well, health and safety, training, postings.

Health and safety, training and postings are the officer's own matter: no bundle about a client takes them in (`plan/profiles.py`).
"""

from typing import Final

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import COVERED, LOAD, person
from evidence_app.domain.record.fields import (
    Holder,
    Kind,
    boolean,
    choice,
    choice_from,
    date,
    group,
    line,
    number,
    prose,
)
from evidence_app.domain.record.lists import case_lists
from evidence_app.domain.record.lists import word_lists as lists

CASE_OUTCOME: Final = Kind(
    "case-outcome",
    "What became of a case",
    "What I did in one of the cases that an instruction or a decision covers, or why I did not",
    "became",
    (
        choice("became", "What became of it", words.CASE_OUTCOMES, required=True),
        choice_from("from_value", "Changed from", lists.FREQUENCIES),
        choice_from("to_value", "Changed to", lists.FREQUENCIES),
        prose("why", "Why, or why not"),
    ),
    "t",
    headline=("became", "to_value", "why"),
)

ALLOCATION: Final = Kind(
    "allocation",
    "Allocation",
    "Cases that were given to me: when, by whom, how I was told, and my load",
    "words",
    (
        prose("words", "What was said, or how I found out", required=True),
        person("allocated_by", "Allocated by"),
        choice_from("via", "How I was told", lists.VIA),
        choice("papers", "Papers", words.PAPERS),
        *COVERED,
        person("from_officer", "Who had it before", folded=True),
        date("without_officer_since", "Without an officer since", folded=True),
        group("load_before", "My load before", LOAD, folded=True),
        group("load_after", "My load after", LOAD, folded=True),
        number("wmt_before", "WMT per cent before, where there is one", folded=True),
        number("wmt_after", "WMT per cent after, where there is one", folded=True),
        prose("objection", "What I said to it"),
        prose("answer", "What was answered"),
    ),
    "j",
)

POLICY: Final = Kind(
    "policy",
    "Policy or briefing",
    "A policy or briefing as it was in force: which version, from when, and where it is written",
    "policy_title",
    (
        line("policy_title", "Title", required=True),
        line("policy_version", "Version"),
        date("in_force_from", "In force from"),
        date("in_force_to", "In force until"),
        person("given_by", "Who gave it"),
        line("written_in", "Where it is written"),
        prose("says", "What it says of this, word for word"),
    ),
    "p",
    headline=("policy_title", "policy_version", "in_force_from"),
    holders=frozenset(Holder),
)

GOOD_PRACTICE: Final = Kind(
    "good-practice",
    "Good practice",
    "What went well, and what made it possible: reviews look for it too",
    "what",
    (
        prose("what", "What went well", required=True),
        person("who", "Who did it", many=True),
        prose("made_possible", "What made it possible"),
        prose("learned", "What others could take from it"),
    ),
    "y",
)

REQUEST: Final = Kind(
    "request",
    "Formal request",
    "A letter with a clock of its own: access to my data, keeping evidence, a risk assessment, notice of what I hold",
    "asks",
    (
        prose("asks", "What I ask for, or give notice of", required=True),
        choice_from("type", "Type", lists.REQUEST_TYPES, required=True),
        person("raised_with", "To"),
        date("sent_on", "Sent on"),
        date("due", "Answer due by, if somebody told you", ahead=True),
        line("told_by", "Who told you that day"),
        date("answered_on", "Answered on"),
        prose("answer", "What was answered"),
    ),
    "x",
    holders=frozenset(Holder),
)

REFERRAL: Final = Kind(
    "referral",
    "Referral to an agency",
    "What I asked another agency for, what it promised, and what came",
    "asks",
    (
        prose("asks", "What I asked for", required=True),
        choice_from("agency", "Which agency", case_lists.AGENCIES),
        person("raised_with", "To whom"),
        choice_from("via", "How", lists.VIA),
        date("sent_on", "Sent on"),
        date("due", "Answer promised or asked for by", ahead=True),
        line("told_by", "Who promised that day"),
        choice("came", "What came", words.WHAT_CAME),
        date("answered_on", "Came on"),
        prose("answer", "What was answered"),
        prose("not_known", "What I still did not know, and what that meant"),
    ),
    "u",
)

ASSESSMENT: Final = Kind(
    "assessment",
    "Assessment",
    "One tool in one case: when it was last done, when it is due, and why not",
    "why",
    (
        choice_from("tool", "Which", case_lists.TOOLS, required=True),
        choice("state", "How it stands", words.ASSESSMENT_STATES, required=True),
        date("done_on", "Last done on"),
        date("due", "Due by; of one that is done, the next", ahead=True),
        prose("why", "Why it is not done, or what it says"),
        person("told_to", "Who knew of it, or agreed"),
        line("result", "Score or band"),
    ),
    "t",
    headline=("tool", "state", "why"),
)

SYSTEM_FIGURE: Final = Kind(
    "system-figure",
    "Figure of a system",
    "A number that a system showed: before and after, and who showed it",
    "what",
    (
        line("what", "Which figure", required=True),
        choice_from("system", "Which system", lists.SYSTEMS),
        number("value", "Figure", required=True),
        number("value_before", "Figure before"),
        date("before_on", "Day of the figure before"),
        person("shown_by", "Who showed it"),
        prose("said", "What was said of it"),
    ),
    "z",
    headline=("what", "value_before", "value", "said"),
)

HEALTH: Final = Kind(
    "health-and-safety",
    "Health and safety",
    "Stress, occupational health, adjustments, near misses: about me, and apart from clients",
    "what",
    (
        prose("what", "What it is about", required=True),
        choice_from("type", "Type", lists.HEALTH_TYPES),
        line("employer_reference", "Reference in the employer's system"),
        person("told_to", "Told to"),
        date("asked_on", "Asked on"),
        date("due", "Due by", ahead=True),
        date("done_on", "Done on"),
        prose("outcome", "What came of it"),
        prose("not_kept", "What was agreed and not kept"),
    ),
    "h",
    holders=frozenset(Holder),
)

HOLD_END: Final = Kind(
    "hold-end",
    "Hold lifted",
    "That what was held for an incident may be destroyed again, why, and who said so",
    "why",
    (prose("why", "Why, and who said so", required=True), person("by", "Who lifted it")),
    "z",
    holders=frozenset(Holder),
)

TRAINING: Final = Kind(
    "training",
    "Training and qualification",
    "What I was trained for, and what I was asked to do without it",
    "what",
    (
        prose("what", "What for", required=True),
        line("by", "By whom, and which qualification"),
        number("days", "Days"),
        choice("enough", "Enough for what I am asked to do", words.YES_NO),
        boolean("asked_without", "I was asked to do it without being trained"),
        person("asked_by", "Who asked"),
        prose("said", "What I said to it"),
    ),
    "v",
)

POSTING: Final = Kind(
    "posting",
    "Posting",
    "Where I worked: office, team, grade, manager, hours",
    "office",
    (
        line("office", "Office", required=True),
        line("team", "Team"),
        line("grade", "Grade"),
        person("manager", "My manager"),
        number("hours", "Hours a week"),
        date("from", "From"),
        date("to", "To"),
    ),
    "q",
    headline=("office", "team", "grade"),
)

WORK_KINDS: Final = (
    *(ALLOCATION, REFERRAL, ASSESSMENT, SYSTEM_FIGURE, POLICY, REQUEST, GOOD_PRACTICE),
    *(HOLD_END, HEALTH, TRAINING, POSTING),
)
"""All of these kinds, in the order in which they are offered."""
FROM_ANOTHER: Final = frozenset({CASE_OUTCOME.name, HOLD_END.name})
"""Kinds that mean nothing without the record that they link to: they are begun from that one, and no menu offers them."""
