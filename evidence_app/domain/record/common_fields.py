"""Fields that several kinds share: people, actions, views, the nine-point checklist, and the fields common to all kinds."""

from typing import Unpack

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.fields import (
    Field,
    Options,
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


def person(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a group field for a person: name, and role at the time."""
    parts = (line("person", "Name"), choice_from("role", "Role", people_lists.ROLES))
    return group(name, label, parts, **more)


def counts(name: str, label: str, *of: tuple[str, str]) -> Field:
    """Return a group field of whole numbers; `of` are pairs of name and label."""
    return group(name, label, tuple(integer(key, text) for key, text in of), folded=True)


ACTIONS = group(
    "actions",
    "Actions agreed",
    (
        line("who", "Who"),
        line("what", "What", required=True),
        date("due", "By when", ahead=True),
        choice("state", "State", words.ACTION_STATES),
        line("note", "Note on whether it can be done"),
    ),
    many=True,
)
"""A list of agreed actions."""

VIEWS = (
    prose("understanding", "What I understood by it"),
    prose("judgement", "My professional judgement"),
    prose("dissent", "Where I disagree, and why"),
)
"""The author's understanding, judgement and dissent: separate from the exact words that were said."""

COMMON: tuple[Field, ...] = (
    line("title", "Title", folded=True),
    line("place", "Place", folded=True),
    prose("body", "Notes", folded=True),
    line("tags", "Tags", many=True, folded=True),
    boolean("sensitive", "Sensitive: not to be shown to the person on probation", folded=True),
    boolean("lao", "Limited access case", folded=True),
    boolean("identifies_client", "Identifies a client", folded=True),
    choice("marking", "Marking", words.MARKINGS, open_choice=True, folded=True),
    prose("late_reason", "Why this was written down late", folded=True),
    date("review_on", "Review or keep until", folded=True, ahead=True),
    boolean("legal_hold", "Hold: must not be destroyed", folded=True),
    group(
        "ndelius",
        "nDelius",
        (
            choice("entered", "Entered", words.NDELIUS_ENTERED),
            moment("at", "When"),
            line("contact_type", "Contact type"),
            line("by", "By whom"),
            prose("wording", "Wording entered"),
        ),
        folded=True,
    ),
)
"""Fields that every kind may have."""

CHECKLIST = group(
    "checklist",
    "Nine points of a defensible decision",
    tuple(
        group(key, text, (choice("answer", "Answer", words.ANSWER), line("note", "Note")))
        for key, text in words.CHECKLIST
    ),
    folded=True,
)

OPEN_CASES, LIMITED_CASES = "cases", "limited_cases"
COVERED = (
    line(
        OPEN_CASES,
        "Cases it covers",
        many=True,
        folded=True,
        help="Each reference is sealed for itself: one can be shown without the others.",
    ),
    line(
        LIMITED_CASES,
        "Limited access cases it covers",
        many=True,
        folded=True,
        help="They stay out of every bundle that is not about them, but the officer's own.",
    ),
)
"""The fields in which a record names the cases that it covers. Each case stands in one of them."""

LOAD = (
    integer("cases_total", "Cases"),
    integer("tier_a_b", "Tier A and B cases"),
    integer("tier_c_d", "Tier C and D cases"),
    integer("tier_e_g", "Tier E to G cases"),
    integer("high_risk", "High or very high risk"),
    integer("domestic_abuse", "Domestic abuse"),
    integer("child_protection", "Child protection"),
    integer("stalking", "Stalking"),
    integer("mappa", "MAPPA"),
    integer("life_or_ipp", "Life or IPP"),
    number("hours", "Hours a week that they take"),
)
"""What a caseload is made of, without a measurement tool: by tier, risk and need, and in hours."""

TASKS = (
    number("assessments", "OASys and other assessments"),
    number("reports", "Reports"),
    number("seeing", "Seeing people"),
    number("travel", "Travel"),
    number("recording", "Recording and e-mail"),
    number("agencies", "Other agencies"),
    number("meetings", "Meetings and supervision"),
    number("training", "Training"),
    number("other_work", "Other work"),
)
"""What the hours of a week went on, as a diary of half hours comes to."""

SOURCE_OF_WORDS = (
    choice_from("words_from", "Where these words come from", lists.WORDS_FROM, folded=True),
    choice(
        "words_checked",
        "Compared with what was said",
        words.WORDS_CHECKED,
        folded=True,
        help="A machine's transcript may have words that nobody said. Of a recording made without the others' knowledge take advice first.",
    ),
)
"""Where the words of a record come from, and whether anybody compared them."""
