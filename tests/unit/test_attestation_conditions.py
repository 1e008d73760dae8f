"""Each condition of an attestation (outside clock) by itself, and consistency proofs against the second verifier."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.attestations import Attestation, require_vouched
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.cosignatures import cosign
from evidence_app.proof.cosigner_key import WitnessKey, witness_with_card
from evidence_app.proof.signed_notes import sign_note
from tests import second_verifier
from tests.vectors.make import KEY, OTHER_KEY, SmallLog

LOG = SmallLog(40)


def head(size: int, origin: str = KEY.origin) -> Checkpoint:
    return Checkpoint(origin, size, merkle.root(size, LOG.node))


def clock(size: int, record: int, now: int = 9, origin: str = KEY.origin) -> Attestation:
    return Attestation(record, head(size, origin), consistency=tuple(merkle.consistency_proof(size, now, LOG.node)))


def shown(size: int = 5, **changes: object) -> dict[str, object]:
    told = {"/kind": "message", "/fields/direction": "received", "/fields/quoted_heads/0": head(size).line}
    return {path: value for path, value in (told | changes).items() if value is not None}


@pytest.mark.parametrize(
    "record",
    [shown(), shown(**{"/kind": "mail-receipt", "/fields/direction": None})],
)
@pytest.mark.parametrize("at", [5, 8])
def test_a_checkpoint_older_than_the_record_attests(at: int, record: dict) -> None:
    require_vouched(clock(5, at), record, head(9), KEY.public)


REFUSED = {
    "a head of the record itself": (clock(5, 4), shown()),
    "a head from after the record": (clock(5, 1), shown()),
    "a record that is not shown": (clock(5, 6), None),
    "a record that does not quote it": (clock(5, 6), shown(4)),
    "a head that stands elsewhere": (clock(5, 6), shown(4, **{"/fields/subject": head(5).line})),
    "a head that stands below": (clock(5, 6), shown(4, **{"/fields/quoted_heads/0/x": head(5).line})),
    "a head that has no number": (clock(5, 6), shown(4, **{"/fields/quoted_heads/x": head(5).line})),
    "a mail that was sent": (clock(5, 6), shown(**{"/fields/direction": "sent"})),
    "a mail without a direction": (clock(5, 6), shown(**{"/fields/direction": None})),
    "another kind": (clock(5, 6), shown(**{"/kind": "note"})),
    "no kind": (clock(5, 6), shown(**{"/kind": None})),
    "the head of another log": (
        clock(5, 6, origin=OTHER_KEY.origin),
        shown(**{"/fields/quoted_heads/0": head(5, OTHER_KEY.origin).line}),
    ),
    "a proof for another size": (clock(5, 6, now=8), shown()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_checkpoints_do_not_attest(name: str) -> None:
    pretended, record = REFUSED[name]
    with pytest.raises(VerificationError) as refused:
        require_vouched(pretended, record, head(9), KEY.public)
    assert refused.value.reason == "outside-clock"


WITNESS = WitnessKey(bytes(range(32)))


def cosigned(size: int = 5, **changes: object) -> dict[str, object]:
    note = cosign(WITNESS, sign_note(KEY, head(size).text), datetime(2026, 1, 26, tzinfo=UTC))
    told = {
        "/kind": "cosignature",
        "/fields/cosigned_checkpoint": note,
        "/fields/witness_key": witness_with_card(WITNESS.public).spell(),
    }
    return {path: value for path, value in (told | changes).items() if value is not None}


@pytest.mark.parametrize("at", [5, 8])
def test_a_countersigned_checkpoint_attests(at: int) -> None:
    require_vouched(clock(5, at), cosigned(), head(9), KEY.public)


NOT_WITNESSED = {
    "another head than the one countersigned": (clock(5, 6), cosigned(4)),
    "the key of somebody else": (
        clock(5, 6),
        cosigned(**{"/fields/witness_key": WitnessKey(bytes(32)).cosigner.spell()}),
    ),
    "no key": (clock(5, 6), cosigned(**{"/fields/witness_key": None})),
    "no checkpoint": (clock(5, 6), cosigned(**{"/fields/cosigned_checkpoint": None})),
    "the log's signature alone": (
        clock(5, 6),
        cosigned(**{"/fields/cosigned_checkpoint": sign_note(KEY, head(5).text)}),
    ),
    "the signature of another log": (
        clock(5, 6),
        cosigned(
            **{
                "/fields/cosigned_checkpoint": cosign(
                    WITNESS, sign_note(OTHER_KEY, head(5).text), datetime(2026, 1, 26, tzinfo=UTC)
                )
            }
        ),
    ),
    "a quoted head on a record that is none": (clock(5, 6), shown(**{"/kind": "cosignature"})),
    "a head from after the record": (clock(5, 4), cosigned()),
    "a proof for another size": (clock(5, 6, now=8), cosigned()),
}


@pytest.mark.parametrize("name", NOT_WITNESSED)
def test_other_cosignatures_do_not_attest(name: str) -> None:
    pretended, record = NOT_WITNESSED[name]
    with pytest.raises(VerificationError) as refused:
        require_vouched(pretended, record, head(9), KEY.public)
    assert refused.value.reason == "outside-clock"


sizes = st.tuples(st.integers(1, 40), st.integers(1, 40)).map(sorted)
spoiled = st.sampled_from(["nothing", "cut", "longer", "turned", "changed", "another root", "another size"])


@given(sizes, spoiled, st.integers(0, 7), st.integers(0, 40))
def test_both_verifiers_agree_on_every_consistency_proof(two: list[int], how: str, place: int, other: int) -> None:
    first, size = two
    proof, root = merkle.consistency_proof(first, size, LOG.node), merkle.root(first, LOG.node)
    if how == "cut":
        proof = proof[:place]
    elif how == "longer":
        proof = [*proof[:place], bytes(32), *proof[place:]]
    elif how == "turned":
        proof = proof[::-1]
    elif how == "changed" and proof:
        proof[place % len(proof)] = bytes(32)
    elif how == "another root":
        root = bytes(32)
    elif how == "another size":
        first = other
    now = merkle.root(size, LOG.node)
    held = merkle.proves_consistency(first, root, size, now, proof)
    reason, _ = second_verifier.outcome(
        lambda: second_verifier.check_consistency((first, root), (size, now), list(proof))
    )
    assert held == (reason == "verified")
    if how == "nothing":
        assert held
    if how == "another root" or (how == "another size" and first != two[0]):
        assert not held
