"""Which fields of a kind stand on the first screen of its form, and in which groups of sense the others fold out."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.common_fields import COMMON
from evidence_app.domain.record.fields import Field, Holder, Kind
from evidence_app.domain.record.kinds import fields_of, kinds_of
from evidence_app.domain.record.work_kinds import FROM_ANOTHER


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that fold out together, under a title that says what they are for."""

    title: str
    names: tuple[str, ...]


FIRST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "instruction": ("given_by", "via"),
        "decision": ("made_by", "decision_type"),
        "concern": ("raised_with", "via", "reply_by", "ask"),
        "escalation": ("raised_with", "to_level", "due"),
        "response": ("from", "via", "at"),
        "meeting": ("type", "agenda_item"),
        "message": ("direction", "sent_at", "from", "to", "content"),
        "workload": ("wmt_pct", "cases_total"),
        "refusal": ("told_to", "why"),
        "allocation": ("allocated_by", "via", "papers", "objection", "answer"),
        "gap": ("missing", "details", "from", "to"),
        "incident": ("type", "ref"),
    }
)
"""For each kind the fields that a tired person should not have to look for, in order, after the main one. A kind that is not here has few fields,
and all of them are on the first screen unless they are folded."""
SOURCE: Final = ("words_from", "words_checked")
CONFIRMED: Final = ("written_confirmation", "witness")
COVERED_GROUP: Final = FieldGroup("Cases it covers", ("cases", "limited_cases"))
GROUPS: Final[Mapping[str, tuple[FieldGroup, ...]]] = MappingProxyType(
    {
        "instruction": (
            FieldGroup(
                "What I understood, what I think, what I did",
                ("understanding", "judgement", "dissent", "complied", "what_i_did"),
            ),
            FieldGroup(
                "How it was put, and who else heard it",
                ("wording_certainty", "clarity", "type", "scope", "policy", "written_confirmation", "witness"),
            ),
        ),
        "decision": (
            FieldGroup("What was changed, and who agreed", ("from_value", "to_value", "agreed_by", "discussed_at")),
            FieldGroup(
                "What I knew, and what I think",
                ("options_considered", "info_available", "info_missing", "judgement", "dissent"),
            ),
            FieldGroup("What follows from it", ("conditions", "review_due", "actions", "paste_text")),
            COVERED_GROUP,
            FieldGroup(
                "Risk and standards", ("rosh", "tier", "mappa", "standard_departed_from", "policy_given", "checklist")
            ),
        ),
        "concern": (
            FieldGroup("What was answered, and what I think", ("answer_given", "judgement", "dissent")),
            FieldGroup(
                "What it is about, and how it stands", ("category", "severity", "about", "state", "disclosure_flag")
            ),
            COVERED_GROUP,
        ),
        "response": (
            FieldGroup("What it changes, and what I think", ("effect", "working_days", "judgement", "dissent")),
        ),
        "meeting": (
            FieldGroup("Who was there, and what was answered", ("attendees", "manager_view", "exact_words", *SOURCE)),
            FieldGroup("What I understood, and what I think", ("understanding", "judgement", "dissent")),
            FieldGroup("What was agreed", ("actions", "minutes_held")),
        ),
        "allocation": (
            COVERED_GROUP,
            FieldGroup("My load before and after", ("load_before", "load_after", "wmt_before", "wmt_after")),
            FieldGroup("Who had it before", ("from_officer", "without_officer_since")),
        ),
        "workload": (
            FieldGroup("What the figure is made of", ("by_type", "by_rosh", "by_need", "due_in_next_14d", "overdue")),
            FieldGroup(
                "My hours",
                ("by_task", "contracted_hours", "fte", "reductions", "leave_cover", "miles", "wmt_not_available"),
            ),
        ),
        "incident": (
            FieldGroup("Dates", ("charged_on", "notified_on", "interview_on", "due_on")),
            FieldGroup("Who reviews it, and what I was to it", ("reviewer", "my_role", "rep", "hold")),
            COVERED_GROUP,
        ),
    }
)
"""For each kind its own groups, in order."""
MORE: Final = "More about it"
"""The title of the group with the fields of a kind that are in no other."""
COMMON_GROUPS: Final = (
    FieldGroup("Notes, place and tags", ("title", "place", "body", "tags", "late_reason")),
    FieldGroup(
        "Who may see it, and how long it is kept",
        ("sensitive", "lao", "identifies_client", "marking", "review_on", "legal_hold"),
    ),
    FieldGroup("Entry on nDelius", ("ndelius",)),
)
"""The groups of the fields that every kind has."""


def begun_alone(holder: Holder) -> list[Kind]:
    """Return the kinds that a menu offers: those that a holder writes, without those that mean nothing without the record that they link to."""
    return [kind for kind in kinds_of(holder) if kind.name not in FROM_ANOTHER]


def first_fields(kind: Kind) -> list[Field]:
    """Return the fields of the first screen, without the main one; what is needed is always among them."""
    fields = {field.name: field for field in fields_of(kind) if field.name != kind.main}
    names = FIRST.get(kind.name)
    if names is None:
        common = {field.name for field in COMMON}
        names = tuple(name for name, field in fields.items() if not field.folded and name not in common)
    needed = tuple(name for name, field in fields.items() if field.required and name not in names)
    return [fields[name] for name in (*needed, *names)]


def groups_of(kind: Kind) -> list[tuple[str, list[Field]]]:
    """Return the groups that fold out, each with its title and its fields; each field of the kind is in one place."""
    fields = {field.name: field for field in fields_of(kind)}
    placed = {kind.main, *(field.name for field in first_fields(kind))}
    groups = [*GROUPS.get(kind.name, ()), *COMMON_GROUPS]
    named = {name for group in groups for name in group.names}
    rest = tuple(name for name in fields if name not in named and name not in placed)
    own = len(groups) - len(COMMON_GROUPS)
    groups.insert(own, FieldGroup(MORE, rest))
    found = [
        (group.title, [fields[name] for name in group.names if name in fields and name not in placed])
        for group in groups
    ]
    return [(title, members) for title, members in found if members]
