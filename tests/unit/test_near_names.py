"""What is nearly a name, as recognition misreads it; surnames alone; people who are one under several names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.people.identities import Identity, identities, joined, read_identity, with_identities
from evidence_app.domain.people.pseudonyms import IdentifierFinder, Pseudonymiser
from evidence_app.domain.text.name_matching import letters_of
from evidence_app.domain.text.near_names import NearWords, is_near

NAMES = ("Tamsin Harlow-Prydeth", "Łukasz Gołębnik", "Darren Wilkenshaw", "Rose May")


def near(text: str) -> list[str]:
    return [text[start:end] for start, end in NearWords(NAMES).find(letters_of(text))]


def surnames(text: str) -> list[str]:
    return [text[start:end] for start, end in NearWords(NAMES).find_surnames(letters_of(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("copper: Tamsin Hertow-Prydeth came", ["Tamsin Hertow-Prydeth"]),
        ("walnut: tukasz Gotebnik came", ["tukasz Gotebnik"]),
        ("Darren Wilken- _ shaw came", ["Darren Wilken- _ shaw"]),
        ("then Wi1kenshaw left", ["Wi1kenshaw"]),
        ("and Darnen was there", ["Darnen"]),
    ],
)
def test_what_recognition_makes_of_a_name_is_near_it(text: str, found: list[str]) -> None:
    assert near(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the march of may roses in the harbour",
        "William will wash the window for the warden",
        "Darren Wilkenshaw and Rose May",
        "Garden, market, hollow, tamarind; Lucas and Tasmin's neighbours",
    ],
)
def test_ordinary_words_and_the_names_themselves_are_not(text: str) -> None:
    assert [each for each in near(text) if each not in {"Lucas", "Tasmin"}] == []


def test_a_surname_alone_needs_its_capital() -> None:
    assert surnames("Wilkenshaw said. WILKENSHAW said. Mr W said; Ms. P did. Rose may, and May may not.") == [
        "Wilkenshaw",
        "WILKENSHAW",
        "May",
        "Mr W",
        "Ms. P",
    ]


@given(st.sampled_from(["wilkenshaw", "harlow", "prydeth", "golebnik"]), st.data())
def test_one_confused_letter_is_near_and_four_others_are_not(name: str, data: st.DataObject) -> None:
    confused = {"l": "1", "o": "0", "e": "c", "n": "h"}
    places = [place for place, letter in enumerate(name) if letter in confused]
    place = data.draw(st.sampled_from(places))
    assert is_near(name[:place] + confused[name[place]] + name[place + 1 :], name)
    assert not is_near("qqqq" + name[4:], name)


def test_a_line_says_who_somebody_is() -> None:
    assert read_identity("Sam Field; X000123; Victim; Sammy") == Identity("Sam Field", "victim", ("X000123", "Sammy"))
    assert read_identity("Sam Field").line() == "Sam Field"
    line = "Sam Field; X000123; Sammy; victim"
    assert read_identity(line).line() == line


def test_names_are_joined_to_one_person() -> None:
    lines = ("Sam Field; X000123", "Mr Field; relative", "Kit Lowe")
    assert joined(lines, "Mr Field", "sam field") == ("Sam Field; X000123; Mr Field", "Kit Lowe")
    assert joined(lines, "Sammy", "X000123")[0] == "Sam Field; X000123; Sammy"
    with pytest.raises(KeyError):
        joined(lines, "Sammy", "Nobody")


def test_a_person_has_one_pseudonym_that_says_who_it_is() -> None:
    people = identities(
        ["Sam Field; X000123; Sammy; sam@home.example", "Kit Lowe; victim", "Quillet Lane; place"], ["X000123"]
    )
    text = "Sam Field (X000123, sam@home.example), called Sammy, hurt Kit Lowe in Quillet Lane. Field, Sam; S. Field."
    pseudonyms = Pseudonymiser(people)
    assert pseudonyms.replace(text) == (
        "client A (client A, client A), called client A, hurt victim B in place C. client A; client A."
    )
    assert pseudonyms.given == {"client A": "Sam Field", "victim B": "Kit Lowe", "place C": "Quillet Lane"}


def test_words_that_may_be_shown_are_not_near() -> None:
    people = identities(["Darren Wilkenshaw"])
    assert [each.value for each in IdentifierFinder(people).find_near("Wilkinshaw came")] == ["Darren Wilkenshaw"]
    assert list(IdentifierFinder(people, shown=frozenset({"wilkinshaw"})).find_near("Wilkinshaw came")) == []


def test_time_grows_with_the_text() -> None:
    """Three hundred places and a field of 100,000 characters are searched without a limit being met."""
    text = "Tamsin Harlow-Prydeth came, and Wi1kenshaw left. " * 2_000
    assert len(near(text)) == 2_000


@pytest.mark.parametrize(
    "text",
    [
        "OnMondayDarrenWilkenshawcametous",
        "D a r r e n W i l k e n s h a w",
        "Dar ren Wilken shaw came",
        "MrWilkenshawsaid",
    ],
)
def test_a_name_that_runs_together_or_is_spaced_out_is_found(text: str) -> None:
    found = IdentifierFinder(identities(["Darren Wilkenshaw; Wilkenshaw"])).find(text)
    assert {each.value for each in found} == {"Darren Wilkenshaw"}


def test_short_names_in_longer_words_are_not() -> None:
    finder = IdentifierFinder(identities(["Ian Orr", "Rose May", "Al Bee"]))
    assert finder.find("The librarian orreries; primrose maypoles; albeepidemics") == ()


def test_short_names_that_are_words_need_their_capital() -> None:
    finder = IdentifierFinder(identities(["May", "Al", "Kyle", "Wilkenshaw"]))
    text = "may May MAY; also Al and al; kyle and Kyle; wilkenshaw"
    assert [text[each.start : each.end] for each in finder.find(text)] == ["May", "MAY", "Al", "Kyle", "wilkenshaw"]
    # What is found as a name is not asked about: the longer one is withheld before.
    assert [text[each.start : each.end] for each in finder.find_small(text)] == ["may", "al", "kyle", "wilkenshaw"]


def test_a_name_that_is_withheld_again_is_the_same_person() -> None:
    assert with_identities(("Sam Field; Sammy", "Kit Lowe"), ("sam field; X000123; victim",)) == (
        "Sam Field; Sammy; X000123; victim",
        "Kit Lowe",
    )
