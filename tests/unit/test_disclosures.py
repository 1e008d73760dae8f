"""Disclosures: any part of a record can be shown, and only what was sealed verifies."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.commitment import (
    commit,
    commitment_bytes,
    commitment_value,
    digest_of_value,
    leaf_bytes,
    make_leaf,
    pieces_of,
    salts_of,
    scalars,
    words_of,
)
from evidence_app.proof.disclosures import WITHHELD_MARK, Withheld, disclose, verify_disclosure
from evidence_app.proof.encoding import base64
from tests.unit.strategies import records, secrets

SEALED_AT = "2025-04-14T13:42:07Z"
NEIGHBOUR = merkle.leaf_hash(b"the neighbour")


def shown(record: dict, secret: bytes, withheld: Withheld) -> tuple[dict[str, Any], Checkpoint]:
    """Return the disclosure of a record in a log of two, and the log's head."""
    leaf = merkle.leaf_hash(leaf_bytes(make_leaf(commit(record, secret).value, SEALED_AT)))
    head = Checkpoint("evidence-trail/test", 2, merkle.node_hash(leaf, NEIGHBOUR))
    made = disclose(index=0, record=record, secret=secret, sealed_at=SEALED_AT, proof=[NEIGHBOUR], withheld=withheld)
    return made, head


@st.composite
def withholdings(draw: st.DrawFn) -> tuple[dict, bytes, Withheld]:
    """Return a record, its secret, and some of its paths and words."""
    record, secret = draw(records), draw(secrets)
    values = dict(scalars(record))
    paths = draw(st.sets(st.sampled_from(sorted(values)), max_size=len(values)))
    words = {}
    for path in sorted(set(values) - paths):
        value = values[path]
        if isinstance(value, str) and draw(st.booleans()):
            words[path] = frozenset(draw(st.sets(st.integers(0, len(words_of(value)) - 1), min_size=1)))
    return record, secret, Withheld(frozenset(paths), words)


@given(withholdings())
def test_any_part_verifies_and_shows_that_part_only(case: tuple[dict, bytes, Withheld]) -> None:
    record, secret, withheld = case
    made, head = shown(record, secret, withheld)
    disclosed, faults = verify_disclosure(made, head)
    assert not faults
    values = dict(scalars(record))
    assert set(disclosed.shown) == set(values) - withheld.paths
    assert set(disclosed.withheld_paths) == withheld.paths
    for path, value in disclosed.shown.items():
        hidden = withheld.words.get(path, frozenset())
        if hidden:
            words = words_of(values[path])
            assert value == "".join(f"{WITHHELD_MARK} " if n in hidden else word for n, word in enumerate(words))
        else:
            assert value == values[path]
            assert type(value) is type(values[path])
    assert ("secret" in made) == (not withheld), "a record shown in part is given away with its secret"


def flip(text: str) -> str:
    return ("y" if text[0] == "x" else "x") + text[1:]


@given(withholdings(), st.data())
def test_any_changed_word_is_a_fault_of_its_field(case: tuple[dict, bytes, Withheld], data: st.DataObject) -> None:
    record, secret, withheld = case
    if not withheld or not set(dict(scalars(record))) - withheld.paths:
        return
    made, head = shown(record, secret, withheld)
    changed = copy.deepcopy(made)
    path = data.draw(st.sampled_from(sorted(changed["fields"])))
    change_one(changed["fields"][path], data)
    try:
        disclosed, faults = verify_disclosure(changed, head)
    except VerificationError as error:
        assert error.reason == "malformed"  # noqa: PT017 - another number of words is malformed
        return
    assert [fault.path for fault in faults] == [path]
    assert path not in disclosed.shown


def change_one(field: dict[str, Any], data: st.DataObject) -> None:
    """Change one thing of a shown field."""
    if "pieces" in field:
        piece = data.draw(st.sampled_from(field["pieces"]))
        if "text" in piece:
            piece["text"] = flip(piece["text"])
        else:
            piece["withheld"] = base64.encode(bytes(32))
    elif isinstance(field["value"], str):
        field["value"] = flip(field["value"])
    elif isinstance(field["value"], bool):
        field["value"] = not field["value"]
    else:
        field["value"] = 5 if field["value"] != 5 else 6


@given(records, secrets)
def test_a_commitment_is_of_the_digest_of_every_field_with_its_own_salts(record: dict, secret: bytes) -> None:
    digests = {}
    for path, value in scalars(record):
        salts = salts_of(secret, path, len(pieces_of(value)))
        digests[path] = base64.encode(digest_of_value(value, salts))
        assert commit(record, secret).salts[path] == salts
    assert commit(record, secret).digests == digests
    assert commitment_bytes(record, secret) == commit(record, secret).value == commitment_value(digests)


@given(records, secrets, st.data())
def test_a_whole_record_with_a_changed_field(record: dict, secret: bytes, data: st.DataObject) -> None:
    made, head = shown(record, secret, Withheld())
    changed = copy.deepcopy(made)
    changed["record"]["surplus_"] = True
    _, faults = verify_disclosure(changed, head)
    assert [fault.path for fault in faults] == ["/surplus_"]
    if len(record) == 1:
        return
    name = data.draw(st.sampled_from(sorted(record)))
    del (shorter := copy.deepcopy(made))["record"][name]
    _, faults = verify_disclosure(shorter, head)
    gone = {path for path, _ in scalars(record) if path == f"/{name}" or path.startswith(f"/{name}/")}
    assert {fault.path for fault in faults} == gone


def reason_of(made: Any, head: Checkpoint) -> str:
    """Return why a disclosure is refused, "field" for a fault of a field, or nothing where it verifies."""
    try:
        _, faults = verify_disclosure(made, head)
    except VerificationError as error:
        return error.reason
    return "field" if faults else ""


JUNK = [None, 5, "x", [], {}, {"index": 0}, True]


@pytest.mark.parametrize("member", ["index", "leaf", "proof", "digests", "record", "secret"])
@pytest.mark.parametrize("value", JUNK)
def test_junk_in_a_disclosure_is_refused_in_words(member: str, value: Any) -> None:
    made, head = shown({"kind": "note", "text": "two words"}, bytes(32), Withheld())
    made[member] = value
    if member == "index" and value is True:
        made[member] = False
    assert reason_of(made, head) in {"malformed", "not-included", "commitment", "field"}


@pytest.mark.parametrize("junk", JUNK)
def test_junk_for_a_disclosure(junk: Any) -> None:
    _, head = shown({"kind": "note"}, bytes(32), Withheld())
    with pytest.raises(VerificationError, match=r"."):
        verify_disclosure(junk, head)


@pytest.mark.parametrize("field", [*JUNK, {"value": None, "salts": []}, {"value": "a", "salts": 5}, {"pieces": 5},
                                   {"pieces": [{"text": 5, "salt": "AA=="}]}, {"value": [1], "salts": []}])  # fmt: skip
def test_junk_for_a_shown_field(field: Any) -> None:
    made, head = shown({"kind": "note", "text": "two words"}, bytes(32), Withheld(frozenset({"/kind"})))
    made["fields"]["/text"] = field
    assert reason_of(made, head) in {"malformed", "field"}


def test_a_shown_word_is_text_and_nothing_else() -> None:
    """A number in the place of a word would be read as the word by one reader and refused by another."""
    made, head = shown({"kind": "note", "text": "5"}, bytes(32), Withheld(frozenset({"/kind"})))
    (salt,) = made["fields"]["/text"]["salts"]
    for text, reason in (("5", ""), ("6", "field"), (5, "malformed")):
        made["fields"]["/text"] = {"pieces": [{"text": text, "salt": salt}]}
        assert reason_of(made, head) == reason, f"the word {text!r}"
