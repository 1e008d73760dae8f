"""Identifiers of a person in a text: found, and not found in digests or plain words."""

from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_app.domain.text.identifiers import _NEEDED, PATTERNS, find_identifiers
from evidence_app.domain.text.name_matching import find_words


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("about X000412 today", "CRN"),
        ("(x000412)", "CRN"),
        ("A1234BC", "NOMS number"),
        ("2012/0123456X", "PNC number"),
        ("12345/99B", "CRO number"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "National Insurance number"),
        ("ring 07700 900123", "telephone number"),
        ("+44 7700 900123", "telephone number"),
        ("at ZZ9 9ZZ now", "postcode"),
        ("a.b@example.org", "e-mail address"),
        ("DOB 1/2/1990", "date of birth"),
        ("born: 1 March 1990", "date of birth"),
        ("CRN X12 3456", "CRN"),
        ("X123-\n456 came", "CRN"),
        ("CRNX123456", "CRN"),
        ("Y.123456", "CRN"),
        ("NOMS A1234 BC", "NOMS number"),
        ("PNC 2001/0123456 A", "PNC number"),
        ("2001-0123456A", "PNC number"),
        ("AB-12-34-56-C", "National Insurance number"),
        ("07700.900.123", "telephone number"),
        ("07700\u2013900126", "telephone number"),
        ("0044 7700 900123", "telephone number"),
        ("+353 87 123 4567", "telephone number"),
        ("7700 900128", "telephone number"),
        ("CF10-3NP", "postcode"),
        ("cf10 3np", "postcode"),
        ("ZZ99 3VZ", "postcode"),
        ("born on the 3rd of April 1985", "date of birth"),
        ("date of birth: 3rd April, 1985", "date of birth"),
        ("dyddiad geni 03/04/1985", "date of birth"),
        ("ganed 3 Ebrill 1985", "date of birth"),
        ("DOB (conf): 03/04/1985", "date of birth"),
        ("D O B 03/04/1985", "date of birth"),
        ("Birth date 03 / 04 / 1985", "date of birth"),
        ("DOB 030485", "date of birth"),
    ],
)
def test_identifiers_are_found(text: str, what: str) -> None:
    found = {finding.what: text[finding.start : finding.end] for finding in find_identifiers(text)}
    assert what in found, f"{text!r}: {found}"


@given(st.sampled_from((16, 32, 64, 68)).flatmap(lambda size: st.binary(min_size=size, max_size=size)))
@example(bytes.fromhex("000000000000000000000000000000000000000000000000000000f84d78413a"))
def test_digests_are_no_identifiers_and_hide_none(digest: bytes) -> None:
    """A head that is quoted in a mail holds by chance what looks like a postcode, or a name of three letters."""
    spelled = b64encode(digest).decode("ascii")
    text = f"evidence-trail/j3asrlq6lqvekq6wwpqo6jidijb62jl6 24\n{spelled}\nSam, X000412\n{sha256(digest).hexdigest()}"
    assert [finding.what for finding in find_identifiers(text)] == ["CRN"]
    assert [text[start:end] for start, end in find_words("Sam", text)] == ["Sam"]
    # Of the line below alone: the digest may hold those letters by chance.
    without = text.replace("\nSam, X000412", "\nnobody, ")
    for part in spelled.strip("=").replace("/", "+").split("+"):
        assert not part or not list(find_words(part, without))


@pytest.mark.parametrize(
    "text",
    [
        "a plain sentence",
        "X00041",
        "room 12",
        "5 April 2025",
        "WMT 112.5",
        "1,250 words",
        "04-11-2024 10:30",
        "01 02 2024 09 30",
        "come at M4 5pm",
        "G4S 2nd",
        "m1 2pm",
        "rule 25/1a",
        "page 12/14a",
        "on 12 13 14 c",
        "0 500 1000 1500 2000",
        "born in Cardiff, and moved on 3 May 2019",
    ],
)
def test_plain_words_are_no_identifiers(text: str) -> None:
    assert list(find_identifiers(text)) == []


@pytest.mark.parametrize(
    "text", ["born 14/02/1989\n\nI write about him", "on 14/02/1989 A letter came", "02/1989 I saw him"]
)
def test_a_day_before_a_sentence_is_no_pnc_number(text: str) -> None:
    assert "PNC number" not in {each.what for each in find_identifiers(text)}


@pytest.mark.parametrize("what", PATTERNS)
@settings(max_examples=25)
@given(st.data())
def test_nothing_is_an_identifier_without_what_is_looked_for_first(what: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(PATTERNS[what], fullmatch=True))
    assert _NEEDED.search(text), f"a text of this sort would never be compared with its pattern: {text!r}"
