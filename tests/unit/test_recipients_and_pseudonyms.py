"""Recipients: the allow-list, the warnings before sending, and pseudonyms for everybody else."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_app.domain.people.identities import identities
from evidence_app.domain.people.pseudonyms import Pseudonymiser, identifies_client
from evidence_app.domain.people.recipients import (
    KnownPerson,
    Recipient,
    is_inside,
    read_person,
    read_recipient,
    warnings_about,
)
from evidence_app.domain.settings import Settings
from evidence_app.domain.text.identifiers import find_identifiers
from evidence_app.errors import InputError

USUAL = Settings().inside
LEVELS = Settings().levels


# The allow-list


@pytest.mark.parametrize(
    "address",
    [
        "kim.dale@justice.gov.uk",
        "kim.dale@GOV.UK",
        "Kim.Dale@Probation.Justice.Gov.UK",
        "desk@easthaven.police.uk",
        "desk@secure.cjsm.net",
        "ward@trust.nhs.net",
    ],
)
def test_the_usual_secure_domains_are_inside(address: str) -> None:
    assert is_inside(read_recipient(address), USUAL)


@pytest.mark.parametrize(
    "address",
    [
        "kim.dale@justice.gov.uk.example",
        "kim.dale@notgov.uk",
        "kim.dale@gov.uk.attacker.example",
        "kim.dale@justice-gov.uk",
        "kim.dale@gov-uk.example",
        "justice.gov.uk@attacker.example",
        "kim.dale@uk",
        "kim.dale@xcjsm.net",
        "kim.dale@nhs.net.example",
        "Kim Dale (justice.gov.uk) <kim.dale@attacker.example>",
        "justice.gov.uk <kim.dale@attacker.example>",
    ],
)
def test_what_only_looks_like_a_secure_domain_is_outside(address: str) -> None:
    assert not is_inside(read_recipient(address), USUAL)


labels = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)
domains = st.lists(labels, min_size=1, max_size=4).map(".".join)


@given(domains, domains, st.booleans())
@example("a.b", "xa.b", True)
@example("b.a", "a", False)
def test_a_pattern_takes_whole_labels_from_the_end(pattern: str, domain: str, under: bool) -> None:
    labels_of, suffix = domain.split("."), pattern.split(".")
    expected = labels_of == suffix or (under and labels_of[-len(suffix) :] == suffix)
    assert is_inside(Recipient(f"kim@{domain}"), (f"*.{pattern}" if under else pattern,)) == expected


def test_a_single_allowed_address_allows_no_other() -> None:
    allowed = ("Kim.Dale@example.org",)
    assert is_inside(read_recipient("Kim <kim.dale@EXAMPLE.org>"), allowed)
    for other in ("sam@example.org", "xkim.dale@example.org", "kim.dale@sub.example.org"):
        assert not is_inside(read_recipient(other), allowed)
    assert not is_inside(read_recipient("kim@justice.gov.uk"), ()), "an empty list allows nobody"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kim",
        "@justice.gov.uk",
        "kim@",
        "kim@justice.gov.uk, eve@attacker.example",
        "kim@justice.gov.uk; eve@attacker.example",
        "kim@justice.gov.uk eve@attacker.example",
        "eve@attacker.example@justice.gov.uk",
        "kim@justice.gov.uk <eve@attacker.example>",
        '"kim@justice.gov.uk" <eve@attacker.example>',
        "Kim <kim@justice.gov.uk> <eve@attacker.example>",
        "<eve@attacker.example> kim@justice.gov.uk",
        "Kim <kim@justice.gov.uk>, <eve@attacker.example>",
        "kim@justice.gov.uk\nBcc: eve@attacker.example",
        "kim@justice.gov.uk\r\nBcc: eve@attacker.example",
        "Kim\u202e <kim@justice.gov.uk>",
        "kim@justice.g\u043ev.uk",
        "kim\uff20justice.gov.uk",
        "kim@justice.gov.uk.",
        "kim@-justice.gov.uk",
        "kim@[192.0.2.1]",
        "kim@justice..gov.uk",
        f"kim@{'a' * 250}.example",
        "Office: kim@justice.gov.uk;",
    ],
)
def test_anything_but_one_plain_address_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_recipient(text)


@given(st.text(max_size=60))
def test_any_accepted_text_is_one_address_on_one_line(text: str) -> None:
    try:
        recipient = read_recipient(text)
    except InputError:
        return
    assert recipient.address.count("@") == 1
    assert recipient.address in text
    assert not re.search(r"[\s,;<>\"]", recipient.address)
    assert recipient.header.isprintable()


def test_a_name_is_kept_beside_the_address() -> None:
    assert read_recipient(" Kim O'Dale <kim@office.example> ") == Recipient("kim@office.example", "Kim O'Dale")
    assert read_recipient("Kim Dale <kim@office.example>").header == "Kim Dale <kim@office.example>"


# Warnings before sending

PEOPLE = (
    read_person("K. Dale; Senior probation officer; spo@office.example"),
    read_person("T. Okoro; Head of PDU; head@office.example"),
    read_person("R. Vance; Regional probation director; rpd@office.example"),
    read_person("J. Bell; Case administrator; admin@office.example"),
)
SPO, HEAD, DIRECTOR, ADMIN = (Recipient(person.address, person.name) for person in PEOPLE)
STRANGER = Recipient("eve@elsewhere.example")


def warned(to: list[Recipient], cc: list[Recipient], *, escalating: bool = False) -> list[str]:
    return warnings_about(to, cc, people=PEOPLE, levels=LEVELS, escalating=escalating)


@pytest.mark.parametrize(
    ("to", "cc", "skips"),
    [
        ([SPO], [], 0),
        ([SPO], [ADMIN, STRANGER], 0),
        ([SPO], [SPO], 0),
        ([SPO], [HEAD], 1),
        ([SPO], [HEAD, DIRECTOR], 2),
        ([HEAD], [SPO], 0),
        ([HEAD], [DIRECTOR], 1),
        ([STRANGER], [HEAD], 1),
        ([], [DIRECTOR], 1),
    ],
)
def test_a_copy_that_skips_a_level_warns_unless_it_escalates(to: list, cc: list, skips: int) -> None:
    assert len(warned(to, cc)) == skips
    assert warned(to, cc, escalating=True) == []


def test_a_copy_is_known_by_its_address_whatever_its_case_and_name() -> None:
    assert warned([SPO], [Recipient("HEAD@Office.example", "A friend")]) == [
        "The copy to A friend skips a level without an escalation."
    ]


@pytest.mark.parametrize("count", [1, 3, 4, 7])
def test_more_than_three_recipients_are_asked_about(count: int) -> None:
    everybody = [Recipient(f"p{number}@office.example") for number in range(count)]
    for split in (0, 1, count):
        said = warned(everybody[:split], everybody[split:])
        assert [str(count) in each for each in said] == ([True] if count > 3 else [])


@pytest.mark.parametrize(
    "text", ["K. Dale", "K. Dale; SPO", "; SPO; k@o.example", "K; SPO; k@o.example; more", "K; SPO; k"]
)
def test_a_person_needs_a_name_and_one_address(text: str) -> None:
    with pytest.raises(InputError):
        read_person(text)
    assert read_person("K. Dale ; Head of PDU;k@o.example") == KnownPerson("K. Dale", "Head of PDU", "k@o.example")


# Pseudonyms

NAMES = ("Robin Ashe", "Ashe", "Lee Park", "O'Neill", "X000412")
crn = st.from_regex(r"X[0-9]{6}", fullmatch=True)
noms = st.from_regex(r"[A-Z][0-9]{4}[A-Z]{2}", fullmatch=True)
pnc = st.from_regex(r"(?:19|20)?[0-9]{2}/[0-9]{1,7}[A-Z]", fullmatch=True)
cro = st.from_regex(r"(?:[0-9]{1,6}/[0-9]{2}|SF[0-9]{2}/[0-9]{1,6})[A-Z]", fullmatch=True)
phone = st.from_regex(r"(?:07[0-9]{3} ?[0-9]{6}|020 7946 0[0-9]{3}|\+44 7[0-9]{9})", fullmatch=True)
insurance = st.from_regex(r"QQ ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]", fullmatch=True).map(lambda t: t.replace("Q", "A"))
born = st.dates(min_value=date(1900, 1, 1)).map(lambda day: f"born {day:%d/%m/%Y}")
address = st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)
postcode = st.sampled_from(["ZZ1 9ZZ", "ZZ99 3VZ"])
identifying = st.one_of(crn, noms, pnc, cro, phone, insurance, born, address, postcode, st.sampled_from(NAMES))
joints = st.sampled_from([" ", ", ", "\n", "\n\n", " and ", "; (", ") ", ": ", " – ", ".", "/ ", "'s "])
pieces = st.lists(
    st.tuples(identifying, joints, st.sampled_from(["he", "61 cases", "3", "A", "at 14:10", "case 7"]), joints)
)


@example([("X000000", " ", "3", "."), ("00/0A", " ", "he", " ")])
@given(pieces)
def test_no_identifier_is_found_after_replacement(drawn: list) -> None:
    text = "".join("".join(each) for each in drawn)
    replaced = Pseudonymiser(identities(NAMES)).replace(text)
    assert list(find_identifiers(replaced)) == []
    assert identifies_client(replaced, identities(NAMES)) == []
    for what, *_ in drawn:
        assert not re.search(rf"(?<!\w){re.escape(what)}(?!\w)", replaced), f"{what!r} is left in {replaced!r}"


@given(st.text(alphabet="abcXYZ0123456789 /@.-+\n", max_size=80))
def test_replacement_is_idempotent(text: str) -> None:
    once = Pseudonymiser(identities(NAMES)).replace(text)
    if not list(find_identifiers(once)):
        again = Pseudonymiser(identities(NAMES))
        assert again.replace(once) == once
        assert again.replaced == 0


@given(st.lists(crn, min_size=1, max_size=40))
def test_the_same_client_is_always_the_same_pseudonym_and_two_are_never_one(numbers: list[str]) -> None:
    pseudonyms = Pseudonymiser()
    given_names = [pseudonyms.replace(number) for number in numbers]
    assert len(set(given_names)) == len(set(numbers))
    assert [pseudonyms.replace(number.lower()) for number in numbers] == given_names
    assert pseudonyms.replaced == 2 * len(numbers)
    assert all(re.fullmatch(r"client [A-Z]{1,2}", each) for each in given_names)


def test_a_pseudonymised_text_keeps_its_meaning() -> None:
    text = "Robin Ashe (X000412) rang from 07700 900123. ROBIN ASHE's PNC is 99/123456X; a@b.example. Lee Park waited."
    pseudonyms = Pseudonymiser(identities(("Robin Ashe", "Lee Park")))
    assert pseudonyms.replace(text) == (
        "client A (client B) rang from [telephone number withheld]. client A's PNC is client C; "
        "[e-mail address withheld]. client D waited."
    )
    assert pseudonyms.replaced == 7


def test_the_longest_name_is_replaced_and_parts_of_words_are_not() -> None:
    pseudonyms = Pseudonymiser(identities(("Ash", "Robin Ashe", "Robin", "", " ")))
    assert (
        pseudonyms.replace("Robin Ashe; the ash tree; Ash; Ashley; Robinson")
        == "client A; the ash tree; client B; Ashley; Robinson"
    )


@pytest.mark.parametrize(
    "spelled",
    ["ROBIN ASHE", "robin ashe", "Robin  Ashe", "Robin\nAshe", "Robin\u00a0Ashe", "Robin\tAshe"],
)
def test_a_name_is_found_however_it_is_spaced_and_spelled(spelled: str) -> None:
    names = ("Robin Ashe",)
    assert identifies_client(f"I saw {spelled} today.", identities(names)) == ["client's name"]
    assert Pseudonymiser(identities(names)).replace(f"I saw {spelled} today.") == "I saw client A today."


@pytest.mark.parametrize(
    ("kept", "written"), [("Zo\u00eb Ashe", "Zoe\u0308 Ashe"), ("Zoe\u0308 Ashe", "Zo\u00eb Ashe")]
)
def test_a_name_is_found_whether_its_accents_are_composed_or_not(kept: str, written: str) -> None:
    assert identifies_client(f"I saw {written} today.", identities((kept,))) == ["client's name"]
    assert "Ashe" not in Pseudonymiser(identities((kept,))).replace(f"I saw {written} today.")
