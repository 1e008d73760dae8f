"""Questions that records lead to: why, what else, who heard it, what was done; and what the records say to each."""

from evidence_app.domain.summary.overview import raised
from evidence_app.domain.summary.questions import NOTHING, Question, questions_about
from tests.support.casebook import SPO, Casebook


def asked(book: Casebook, *, root: int | None = None) -> list[Question]:
    threads = [book.thread(root, "2025-06-01")] if root is not None else []
    return questions_about(book.records, raised(book.records, threads))


def said(found: list[Question], words: str) -> str:
    return next(each.said for each in found if words in each.words)


def test_a_decision_is_asked_for_its_reasons_and_for_what_was_not_considered() -> None:
    book = Casebook()
    points = {"policy": {"answer": "no", "note": "no standard found"}, "steps": {"answer": "yes"}}
    book.add("decision", "2025-04-14", [], rationale="Moved to monthly for want of capacity.", checklist=points)
    found = asked(book)
    assert said(found, "Why was") == "Moved to monthly for want of capacity."
    assert said(found, "What else was considered?") == NOTHING
    assert said(found, "defensible decision") == "It is within policy and procedure: no (no standard found)"
    assert {each.record for each in found} == {0}


def test_an_instruction_is_asked_for_its_words_and_witnesses() -> None:
    book = Casebook()
    book.add("instruction", "2025-04-14", [], exact_words="Do not breach.", via="face to face", given_by=SPO)
    witness = [{"person": "L. Pryce"}]
    book.add("instruction", "2025-04-15", [], exact_words="See him monthly.", via="e-mail", witness=witness)
    found = asked(book)
    answer = said(found, f"What exactly did {SPO['person']} say")
    assert "“Do not breach.”" in answer
    assert "Nothing in writing is noted of it." in answer
    assert "Nobody is named who heard it." in answer
    assert said(found, "What was done after that?") == NOTHING
    answer = said(found, "What exactly did whoever gave it say")
    assert "Nothing in writing" not in answer
    assert "Heard by L. Pryce." in answer


def test_silence_is_asked_about_and_what_was_done_then_is_told() -> None:
    book = Casebook()
    first = book.concern("2025-04-15", reply_by="2025-04-24", ask="Weekly reporting again.")
    assert said(asked(book, root=first), "What was done when no answer came?") == NOTHING
    again = book.add("concern", "2025-05-02", [(first, "repeats")], concern="Still unsafe.")
    assert f"Concern, record {again}" in said(asked(book, root=first), "What was done when no answer came?")


def test_records_that_lead_to_no_question_lead_to_none() -> None:
    book = Casebook()
    book.add("note", "2025-04-14", [], text="Nothing much.")
    assert asked(book) == []
