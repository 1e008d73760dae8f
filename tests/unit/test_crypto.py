"""Properties of the Merkle tree, the commitment and the keys for every input."""

from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_app.crypto import keys
from evidence_app.crypto.certificate import new_certificate
from evidence_app.errors import InputError
from evidence_app.proof import merkle, signing
from evidence_app.proof.commitment import commit, leaf_bytes, make_leaf, scalars, words_of
from evidence_app.proof.encoding.json import canonical
from tests.support.key_derivation import DERIVE
from tests.unit.strategies import records, secrets

SIZES = st.integers(1, 70)


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_proof(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1, as it is written."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_proof(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_proof(index - split, leaves[split:]), naive_root(leaves[:split])]


def tree_of(size: int) -> tuple[list[bytes], dict[tuple[int, int], bytes]]:
    leaves = [f"leaf {number}".encode() for number in range(size)]
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        for level, place, node in merkle.completed_by(index, merkle.leaf_hash(leaf), lambda *at: nodes[at]):
            assert (level, place) not in nodes, "a complete node was written twice"
            nodes[level, place] = node
    return leaves, nodes


@given(st.integers(0, 70))
def test_the_root_is_that_of_rfc_6962(size: int) -> None:
    leaves, nodes = tree_of(size)
    assert merkle.root(size, lambda *at: nodes[at]) == naive_root(leaves)


@given(SIZES, st.data())
def test_proofs_are_those_of_rfc_6962_and_prove_one_index_only(size: int, data: st.DataObject) -> None:
    leaves, nodes = tree_of(size)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, size + 2))
    root = naive_root(leaves)
    proof = merkle.inclusion_proof(index, size, lambda *at: nodes[at])
    leaf = merkle.leaf_hash(leaves[index])
    assert proof == naive_proof(index, leaves)
    assert merkle.proves_inclusion(leaf, index, size, proof, root)
    if other != index:
        assert not merkle.proves_inclusion(leaf, other, size, proof, root)
    assert not merkle.proves_inclusion(leaf, index, size, [*proof, bytes(32)], root)
    assert not merkle.proves_inclusion(leaf, index, size, proof[:-1], root) or not proof
    assert not merkle.proves_inclusion(bytes(32), index, size, proof, root)
    assert not merkle.proves_inclusion(leaf, index, size, proof, bytes(32))


@given(SIZES, st.data())
def test_an_earlier_root_is_made_from_the_nodes_of_a_later_tree(size: int, data: st.DataObject) -> None:
    leaves, nodes = tree_of(size)
    earlier = data.draw(st.integers(0, size))
    assert merkle.root(earlier, lambda *at: nodes[at]) == naive_root(leaves[:earlier])


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_words_join_to_the_string(text: str) -> None:
    words = words_of(text)
    assert "".join(words) == text
    assert all(words), "an empty word"
    assert all(word[0] not in " \t\n" for word in words[1:]), "a word begins with a space"


@given(records, secrets)
def test_every_scalar_has_a_digest_and_a_salt_for_each_piece(record: dict, secret: bytes) -> None:
    made = commit(record, secret)
    assert set(made.digests) == {path for path, _ in scalars(record)}
    salts = [salt for path in made.salts for salt in made.salts[path]]
    assert len(set(salts)) == len(salts), "a salt was used twice"
    assert commit(record, secret) == made
    assert commit(record, sha256(secret).digest()).value != made.value, "the secret makes no difference"


@given(records, secrets, st.data())
def test_a_change_of_one_word_changes_one_field_digest(record: dict, secret: bytes, data: st.DataObject) -> None:
    texts = [path for path, value in scalars(record) if isinstance(value, str)]
    if not texts:
        return
    path = data.draw(st.sampled_from(sorted(texts)))
    words = words_of(dict(scalars(record))[path])
    place = data.draw(st.integers(0, len(words) - 1))
    head = "y" if words[place][0] == "x" else "x"
    blank = words[place][0] in " \t\n"
    words[place] = ("\t" if words[place][0] == " " else " ") + words[place][1:] if blank else head + words[place][1:]
    changed = put(record, path.split("/")[1:], "".join(words))
    before, after = commit(record, secret), commit(changed, secret)
    assert {each for each in before.digests if before.digests[each] != after.digests[each]} == {path}
    assert before.value != after.value


@given(records, secrets, records)
def test_the_digest_of_a_field_depends_on_no_other_field(record: dict, secret: bytes, other: dict) -> None:
    alone, among = commit({"own": record}, secret), commit({"other": other, "own": record}, secret)
    assert alone.digests.items() <= among.digests.items()


def put(value, steps: list[str], text: str):
    """Return a record with another string at a path."""
    if not steps:
        return text
    if isinstance(value, list):
        return [put(item, steps[1:], text) if str(n) == steps[0] else item for n, item in enumerate(value)]
    return {name: put(item, steps[1:], text) if name == steps[0] else item for name, item in value.items()}


@given(st.binary(min_size=32, max_size=32))
def test_the_leaf_is_canonical(commitment: bytes) -> None:
    leaf = make_leaf(commitment, "2025-04-14T13:42:07Z")
    assert leaf_bytes(leaf) == canonical(leaf)


def test_a_recovery_code_is_read_as_people_copy_it() -> None:
    for _ in range(50):
        code = keys.new_recovery_code()
        typed = code.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
        assert keys.read_recovery_code(typed) == code


@given(st.integers(0, 27), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_wrong_letter_in_a_recovery_code_is_noticed(place: int, letter: str) -> None:
    code = "".join(keys.new_recovery_code().split("-"))
    assume(code[place] != letter)
    # Another letter has the same check group once in a million.
    with pytest.raises(InputError):
        keys.read_recovery_code(code[:place] + letter + code[place + 1 :])


def test_wrapping_and_unwrapping() -> None:
    cost = keys.KdfCost(64 * 1024, 3, 1)
    data_key, salt = keys.new_data_key(), bytes(16)
    key = keys.derive_key("kettle orbit", salt, cost)
    wrapped = keys.wrap(key, data_key)
    assert data_key not in wrapped
    assert keys.unwrap(key, wrapped) == data_key
    assert DERIVE("kettle orbit", salt, cost) == DERIVE("kettle orbit", salt, cost) == key
    assert keys.derive_key("kettle orbit", salt, cost) == key, "a key that was kept is another"
    assert keys.unwrap(keys.derive_key("kettle orbi", salt, cost), wrapped) is None
    for place in range(len(wrapped)):
        changed = bytes([*wrapped[:place], wrapped[place] ^ 1, *wrapped[place + 1 :]])
        assert keys.unwrap(key, changed) is None, f"byte {place} of a wrapped key may be changed"
    for content in (b"", wrapped[:-1], wrapped + b"x"):
        assert keys.unwrap(key, content) is None


def test_kdf_costs_that_are_too_low_or_too_high() -> None:
    assert keys.KdfCost().is_acceptable()
    for memory, passes, lanes in (
        (64 * 1024 - 1, 3, 1),
        (64 * 1024, 2, 1),
        (64 * 1024, 3, 0),
        (2**40, 3, 1),
        (2**16, 999, 1),
    ):
        assert not keys.KdfCost(memory, passes, lanes).is_acceptable()


@given(st.binary(min_size=1, max_size=60), st.integers(0, 511))
def test_signatures(message: bytes, bit: int) -> None:
    key = signing.LogKey(sha256(b"a key of the tests").digest())
    signature = key.sign(message)
    assert signing.is_signed(key.public, signature, message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not signing.is_signed(key.public, bytes(changed), message)
    assert not signing.is_signed(key.public, signature, message + b"x")
    assert not signing.is_signed(key.public, b"", message)


def test_fingerprint_and_certificate() -> None:
    from datetime import UTC, datetime

    public = signing.LogKey(sha256(b"a key of the tests").digest()).public
    assert len(signing.fingerprint(public)) == 32
    assert signing.origin_of(public) == f"evidence-trail/{signing.fingerprint(public)}"
    made = new_certificate("Log x", datetime.now(UTC))
    assert made.sha256 == sha256(made.certificate).hexdigest()
