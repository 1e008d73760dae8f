"""The statement of truth says only what its signer can say of this bundle."""

from evidence_app.domain.plan.statements import LATE, OTHERS, OWN, STATEMENTS, statement_for


def words(late: int, *others: str) -> str:
    return " ".join(statement_for(late, others).paragraphs)


def test_there_are_three_wordings() -> None:
    assert set(STATEMENTS) == {OWN, LATE, OTHERS}


def test_own_records_without_late_entries_name_none() -> None:
    assert "LATE ENTRY" not in words(0)
    assert "The records in it are mine." in words(0)
    assert "on the day that it names" not in words(0), "records are written after what they tell"


def test_late_entries_are_counted() -> None:
    assert "One of them, marked LATE ENTRY, I wrote later than the day that it names, from what I remembered" in words(
        1
    )
    assert "12 of them, marked LATE ENTRY, I wrote later than the days that they name" in words(12)


def test_a_rep_says_nothing_of_what_others_wrote_but_that_it_was_handed_over() -> None:
    said = words(3, "K. Adeyemi", "M. Osei")
    assert "records of K. Adeyemi and M. Osei, as they were handed over to me" in said
    assert "I do not know of my own knowledge that what they say is so" in said
    assert "The records in it are mine." not in said
    assert "{" not in said
