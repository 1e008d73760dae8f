"""Letters of drafted e-mails: the template of every kind is filled from its record, with no placeholder left."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.thread.letters import (
    LETTERS,
    MAX_TEMPLATE_LENGTH,
    Letter,
    Places,
    meeting_reference,
    write_letter,
)
from evidence_app.errors import InputError
from evidence_app.files import resource
from tests.support.casebook import SPO, Casebook
from tests.support.entries import sample_entry

AUTHOR = "Sam Rowe, Probation officer"
REPLY_BY = "Please reply by Mon 10 Mar 2025 (5 working days)."
TOLD = {
    "concern": {
        "concern": "I hold 61 cases.",
        "raised_with": SPO,
        "ask": "Move two cases",
        "judgement": "It is unsafe",
    },
    "instruction": {
        "exact_words": "Move him to monthly.",
        "given_by": SPO,
        "via": "phone",
        "wording_certainty": "gist",
    },
    "escalation": {"ask": "A decision", "raised_with": SPO, "reason": "no reply in time"},
    "refusal": {"what": "Write three reports", "why": ["no papers", "safety"], "told_to": SPO},
    "meeting": {"type": "1:1 supervision", "agenda_item": "Caseload", "my_point": "61 is too many"},
    "request": {"asks": "The rota of May.", "type": "preservation request", "raised_with": SPO},
}
SAID = {
    "concern": ["I hold 61 cases.", "What I ask for: Move two cases.", "My professional judgement: It is unsafe."],
    "instruction": ["“Move him to monthly.” (this is the gist, not the wording)", "Mon 3 Mar 2025", "(phone)"],
    "escalation": ["(no reply in time)", "What I ask for: A decision.", "The concern is set out below."],
    "refusal": ["Write three reports", "no papers, safety."],
    "request": ["The rota of May."],
    "meeting": ["note of the 1:1 supervision on Mon 3 Mar 2025", "under “Caseload”.", "I said: 61 is too many."],
}


def template(kind: str) -> str:
    return resource(f"letters/{LETTERS[kind]}.txt").read_text(encoding="utf-8")


def places(kind: str, fields: dict, at: str = "2025-03-03T14:10", **more: object) -> Places:
    book = Casebook()
    book.add(kind, at, **fields)
    return Places(book.records[0], AUTHOR, date(2025, 3, 10), 5, **more)


def letter(kind: str, fields: dict, at: str = "2025-03-03T14:10", **more: object) -> Letter:
    return write_letter(template(kind), places(kind, fields, at, **more))


def require_tidy(written: Letter) -> None:
    assert written.subject.strip() == written.subject != ""
    assert "\n" not in written.subject
    assert "\n\n\n" not in written.body
    assert written.body == written.body.strip()
    assert all(line == line.rstrip() for line in written.body.split("\n"))


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_each_kind_has_its_letter_filled(kind: str) -> None:
    written = letter(kind, TOLD[kind])
    require_tidy(written)
    whom = "colleague" if kind == "meeting" else "K. Dale"
    assert written.body.startswith(f"Dear {whom},\n\n")
    assert written.body.endswith(f"\n\n{AUTHOR}")
    for words in (REPLY_BY, "read receipt", *SAID[kind]):
        assert words in written.body, f"the {kind}'s letter does not say {words!r}"
    assert "$" not in written.subject + written.body


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_a_record_with_every_field_fills_its_letter(kind: str) -> None:
    written = letter(kind, sample_entry(kind, full=True)["fields"])
    require_tidy(written)
    assert REPLY_BY in written.body


kinds_with_fields = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.sets(st.sampled_from([field.name for field in KINDS[kind].fields])),
    )
)


@given(kinds_with_fields, st.booleans())
def test_empty_fields_leave_no_double_blank_lines(drawn: tuple, around: bool) -> None:
    kind, kept = drawn
    full = sample_entry(kind, full=True)["fields"]
    required = {field.name for field in KINDS[kind].fields if field.required}
    more = {"meetings": [meeting()], "earlier": [places("concern", TOLD["concern"]).record]} if around else {}
    written = letter(kind, {name: value for name, value in full.items() if name in kept | required}, **more)
    require_tidy(written)
    assert "None" not in written.body


# What refers to other records


def meeting(at: str = "2025-02-24T10:30", **fields: object):
    book = Casebook()
    book.add("meeting", at, **({"type": "team meeting"} | fields))
    return book.records[0]


def test_a_meeting_is_referred_to_by_date_and_time() -> None:
    held = meeting(agenda_item="Caseload", my_point="61 is too many", manager_view="It will be looked at.")
    said = meeting_reference(held)
    assert said == (
        f"I raised this at the team meeting on {held.event_in_words()} under “Caseload”: 61 is too many. "
        "The answer was: It will be looked at."
    )
    assert "24 Feb 2025" in said
    assert "10:30" in said
    body = letter("concern", TOLD["concern"], meetings=[held, meeting("2025-02-25")]).body
    assert f"\n\n{said}\n\nI raised this at the team meeting on Tue 25 Feb 2025.\n\n" in body


@pytest.mark.parametrize(("kind", "word"), [("other", "meeting"), ("", "meeting"), ("grievance", "grievance")])
def test_a_meeting_of_no_special_kind_is_called_a_meeting(kind: str, word: str) -> None:
    assert meeting_reference(meeting(type=kind)).startswith(f"I raised this at the {word} on ")
    assert letter("meeting", {"type": kind}).subject.startswith(f"Following our {word} of ")


@pytest.mark.parametrize("end", [".", "!", "?", "”"])
def test_no_second_full_stop_is_added(end: str) -> None:
    assert meeting_reference(meeting(my_point=f"Too many{end}")).endswith(f": Too many{end}")


@pytest.mark.parametrize(("count", "words"), [(1, "once before: Mon 3 Mar 2025."), (2, "2 times before: Mon 3 Mar")])
def test_a_concern_raised_again_says_when_it_was_raised(count: int, words: str) -> None:
    earlier = [places("concern", TOLD["concern"]).record] * count
    assert f"I have raised this {words}" in letter("concern", TOLD["concern"], "2025-04-01", earlier=earlier).body


def test_an_escalation_letter_gives_the_history_and_agreed_actions() -> None:
    before = [places(kind, TOLD[kind]).record for kind in ("concern", "refusal", "escalation")]
    body = letter("escalation", TOLD["escalation"], "2025-04-01", earlier=before).body
    assert f"On {before[0].event_in_words()}: I hold 61 cases.\nOn " in body
    assert "A decision\n" not in body.split("What I ask for")[0], "an escalation is no part of the story"
    actions = [{"what": "Move two cases", "who": "K. Dale", "due": "2025-03-10"}, {"what": "Send minutes"}]
    listed = letter("meeting", TOLD["meeting"] | {"actions": actions}).body
    assert "What was agreed:\n- K. Dale: Move two cases, by Mon 10 Mar 2025\n- Send minutes\n\n" in listed


def test_one_day_is_a_working_day() -> None:
    told = places("concern", TOLD["concern"])
    written = write_letter(template("concern"), Places(told.record, AUTHOR, date(2025, 3, 4), 1))
    assert "by Tue 4 Mar 2025 (1 working day)." in written.body


# Templates


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Subject: $ask\n\n$approval", "approval"),
        ("Subject: $words\n\nDear $whom", "words"),
        ("Subject: x\n\n${actions}", "actions"),
    ],
)
def test_an_unfilled_placeholder_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(InputError, match=rf"\${named}, which a concern does not fill"):
        write_letter(text, places("concern", TOLD["concern"]))


@pytest.mark.parametrize(
    "text", ["", "Dear $whom", "\nSubject: x\n", "subject: x\n", "Subject: £5 $ 5\n", "Subject: x\n\nthe end $"]
)
def test_an_invalid_template_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        write_letter(text, places("concern", TOLD["concern"]))


def test_a_template_has_a_maximum_size() -> None:
    told = places("concern", TOLD["concern"])
    longest = "Subject: x\n\n".ljust(MAX_TEMPLATE_LENGTH, "y")
    assert write_letter(longest, told).body
    with pytest.raises(InputError):
        write_letter(longest + "y", told)


def test_an_own_template_with_other_line_ends_and_dollars() -> None:
    text = "Subject: $category\r\n\r\nIt costs $$5, ${whom}.\r\n\r\n\r\n$ask"
    written = write_letter(text, places("concern", TOLD["concern"] | {"category": "workload"}))
    assert written == Letter("workload", "It costs $5, K. Dale.\n\nWhat I ask for: Move two cases.")


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60))
def test_text_of_a_record_is_never_expanded_as_a_template(words: str) -> None:
    told = places("concern", {"concern": f"{words} $reply_by ${{author}} $$", "raised_with": SPO})
    written = write_letter("Subject: $concern\n\n[$concern]", told)
    assert written.body.endswith("$reply_by ${author} $$]")
    assert "\n" not in written.subject
