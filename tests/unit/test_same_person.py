"""One person is one row, under the fullest name; two people are never made one."""

import pytest

from evidence_app.domain.people.same_person import joined_names


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["G. Tranter", "Gary Tranter"], {"Gary Tranter"}),
        (["Tranter, Gary", "G Tranter", "gary tranter"], {"Tranter, Gary"}),
        (["K. Adeyemi", "Kemi Adeyemi", "Kola Adeyemi"], {"K. Adeyemi", "Kemi Adeyemi", "Kola Adeyemi"}),
        (["J. Marsh", "T. Marsh"], {"J. Marsh", "T. Marsh"}),
        (["Marsh", "J. Marsh"], {"Marsh", "J. Marsh"}),
        (["Łukasz Nowak", "L. Nowak"], {"Łukasz Nowak"}),
        (["[client AB]", "[client AC]"], {"[client AB]", "[client AC]"}),
        (["", "A"], {"", "A"}),
    ],
)
def test_names_of_one_person_are_joined(names: list[str], people: set[str]) -> None:
    assert set(joined_names(names).values()) == people
