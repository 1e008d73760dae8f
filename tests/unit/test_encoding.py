"""Strict parsers: one encoding only."""

import base64 as standard
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import canonical, canonical_text_map, members, parse, parse_canonical
from tests.unit.strategies import records

PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters='"\\'), max_size=20)


@given(st.binary(max_size=100))
def test_base64_round_trip(content: bytes) -> None:
    spelled = base64.encode(content)
    assert spelled == standard.b64encode(content).decode()
    assert base64.decode(spelled, size=len(content)) == content


@given(st.text("ABCDwxyz0129+/=-_ \n", max_size=12))
def test_base64_has_one_encoding_only(text: str) -> None:
    try:
        content = base64.decode(text)
    except InputError:
        return
    assert base64.encode(content) == text, f"{text!r} is another spelling, and was taken"


@pytest.mark.parametrize("text", ["QQ", "QQ=", "QR==", "Q Q==", "QQ==\n", "QQ==QQ==", "-_8=", "=", None, 5, b"QQ=="])
def test_base64_that_is_refused(text: object) -> None:
    with pytest.raises(InputError):
        base64.decode(text)


def test_base64_of_another_size() -> None:
    with pytest.raises(InputError, match="1 bytes where 2"):
        base64.decode("QQ==", size=2)


@given(records)
def test_json_round_trip(value: dict) -> None:
    spelled = canonical(value)
    assert spelled == rfc8785.dumps(value)
    assert parse_canonical(spelled) == value
    loose = json.dumps(value, indent=1).encode()
    assert parse(loose) == value
    with pytest.raises(InputError, match="canonical"):
        parse_canonical(loose)


@given(st.dictionaries(PLAIN, PLAIN, max_size=8))
def test_the_quick_canonical_form_is_the_canonical_form(texts: dict[str, str]) -> None:
    assert canonical_text_map(texts) == rfc8785.dumps(texts)


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b'{"a":1,"a":1}', b'{"a":{"b":1,"b":2}}', b"NaN", b"Infinity", b"-Infinity", b"1e400", b"9007199254740992",
     b"-9007199254740992", b'"\\ud83d"', b"\xff", b"\xef\xbb\xbf{}", b"{} {}", b"[1,]", b"{'a':1}", b"1" * 5000, b"[" * 200_000],
)  # fmt: skip
def test_json_that_is_refused(text: bytes) -> None:
    with pytest.raises(InputError):
        parse(text)


@given(st.binary(max_size=40))
def test_any_bytes_are_json_or_refused(content: bytes) -> None:
    try:
        parse(content)
    except InputError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 - both ways are right


def test_members() -> None:
    assert members({"a": 1}, {"a"}, frozenset({"b"})) == {"a": 1}
    for value in ({}, {"a": 1, "c": 1}, [], None):
        with pytest.raises(InputError):
            members(value, {"a"}, frozenset({"b"}))
