"""The kinds of record in a union rep's store, and those of hand-overs and their receipts (docs/domain.md, sections 5 and 8.1)."""

from typing import Final

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import person
from evidence_app.domain.record.fields import (
    Audience,
    Holder,
    Kind,
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

UNION: Final = Audience.UNION
REP: Final = frozenset({Holder.REP})
GET_ADVICE: Final = "Time limits are short, and this program works out none for a tribunal: get advice now."

MEMBER = Kind(
    "member",
    "Member",
    "Somebody whom I support",
    "name",
    (
        line("name", "Name", required=True, audience=UNION, help="As it stands on the member's card."),
        choice_from("role", "Role", people_lists.ROLES, audience=UNION),
        line("office", "Office", audience=UNION),
        line("contact", "How to reach them, not at work", audience=UNION),
        choice("consent", "Agreed that I hold their records", words.YES_NO, audience=UNION),
        date(
            "consent_ended",
            "Consent ended on",
            audience=UNION,
            help="Seal the member again with the day, then dispose.",
        ),
        prose("about", "What it is about", audience=UNION),
    ),
    "b",
    headline=("name", "office"),
    holders=REP,
)

MEMBER_CASE = Kind(
    "member-case",
    "Member's case",
    "A matter in which I support a member, under a reference of mine",
    "summary",
    (
        person("member", "Member", required=True, audience=UNION),
        choice_from("type", "Type", people_lists.MATTERS, required=True, audience=UNION),
        prose("summary", "What it is about", audience=UNION),
        choice("state", "State", words.MATTER_STATES, audience=UNION),
        line("issue", "Issue that it shares with others", audience=UNION),
    ),
    "s",
    headline=("member", "type", "state"),
    holders=REP,
)

DEADLINE = Kind(
    "deadline",
    "Deadline",
    "A date that somebody told me, and who told it",
    "what",
    (
        line("what", "What has to be done", required=True, audience=UNION),
        date("falls_on", "By when, as I was told", required=True, audience=UNION, ahead=True, help=GET_ADVICE),
        line("told_by", "Who says so, and where it is written", required=True, audience=UNION),
        person("member", "Member", audience=UNION),
        choice("advice", "Advice on time limits", words.ADVICE_ASKED, audience=UNION),
    ),
    "d",
    headline=("what", "told_by"),
    holders=REP,
)

DOCUMENT = Kind(
    "document",
    "Document",
    "A paper of mine that belongs to a member's case; it must identify no client",
    "what",
    (
        line("what", "What it is", required=True),
        line("from", "From whom"),
        person("member", "Member", audience=UNION),
        prose("note", "Note", audience=UNION),
    ),
    "u",
    holders=REP,
)

FACILITY_TIME = Kind(
    "facility-time",
    "Facility time",
    "Time off as a union rep: how much, what for, paid or not",
    "sort",
    (
        choice_from("sort", "What for", people_lists.FACILITY_SORTS, required=True),
        number("hours", "Hours", required=True),
        choice("paid", "Paid", words.FACILITY_PAID),
        line("what", "What it was, without a name"),
    ),
    "f",
    headline=("sort", "hours", "what"),
    holders=REP,
)

CORROBORATION = Kind(
    "corroboration",
    "Corroboration",
    "Records of several members that are of the same thing, each sealed in a log of its own",
    "what",
    (
        prose("what", "What they recorded, without a name", required=True),
        integer("logs", "Independently recorded in so many logs", required=True),
        line("records", "Records, each with its short code", many=True, required=True),
        date("first_sealed", "First sealed on"),
        date("last_sealed", "Last sealed on"),
    ),
    headline=("logs", "what"),
    holders=REP,
)
"""Sealed by the program (`corroborate`), which counts the logs."""

DISPOSAL = Kind(
    "disposal",
    "Disposal",
    "What was held about somebody and is gone: how much, why, and what receipts were given for it; it names nobody",
    "reason",
    (
        line("reason", "Why", required=True),
        prose("disposed_records", "Positions", required=True),
        integer("count", "Records", required=True),
        prose("sorts", "Of which kinds"),
        line("note", "Note"),
        group(
            "receipts",
            "Hand-overs for which a receipt could be given",
            (
                integer("record", "Record"),
                line("sha256", "SHA-256 of the file"),
                line("head", "Head of the log in it"),
            ),
            many=True,
            technical=True,
        ),
    ),
    headline=("reason", "count"),
    holders=REP,
)

HANDOVER = Kind(
    "handover",
    "Hand-over received",
    "Records that a member gave me, verified before they were taken in",
    "member",
    (
        line("member", "From", required=True, audience=UNION),
        line("compared", "Words of their card", audience=UNION),
        line("origin", "Log", required=True, technical=True),
        line("head", "Head of the log in it", required=True, technical=True),
        line("profile", "Profile"),
        line("marking", "Marking"),
        moment("made_at", "Made, by the member's clock"),
        integer("records_shown", "Records shown"),
        integer("records_left_out", "Records left out"),
        line("left_out", "Positions left out"),
        line("no_longer_shown", "Positions shown before and not in this one"),
        integer("fields_withheld", "Fields withheld"),
        integer("words_withheld", "Words withheld"),
        line("takes_the_place_of", "Takes the place of the log"),
        line("sha256", "SHA-256 of the file", required=True, technical=True),
        prose("signed_checkpoint", "Checkpoint", required=True, technical=True),
    ),
    headline=("member", "records_shown", "records_left_out"),
    holders=REP,
)

HANDOVER_RECEIPT = Kind(
    "handover-receipt",
    "Receipt for a hand-over",
    "Somebody whom I gave records to says, signed, that they received them",
    "given_by",
    (
        # Withheld from an employer: a receipt by a person's rep may reveal their union membership.
        line("given_by", "Given by", required=True, audience=UNION),
        moment("received_at", "Received, by their clock", required=True),
        line("sha256", "SHA-256 of the file", required=True, technical=True),
        choice("compared", "Words of their card", words.COMPARED),
        line("log_key", "Key of their log", required=True, technical=True),
        prose("receipt", "Receipt", required=True, technical=True),
    ),
    headline=("given_by", "received_at"),
)

SEALED_FOR_REPS = (HANDOVER, HANDOVER_RECEIPT, CORROBORATION, DISPOSAL)
"""The kinds that the program seals in a rep's store, or in that of whoever handed over; a disposal in any."""
