"""Cards and countersigning between two stores: requested, answered, refused and imported."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.crypto.cards import Card, read_card, words_of
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.cosignatures import cosign, verify_cosigned
from evidence_app.proof.cosigner_key import WitnessKey, read_vkey, witness_with_card
from evidence_app.proof.encoding.blocks import Label, read_block, write_block
from evidence_app.proof.signed_notes import parse_note
from evidence_app.proof.signing import LogKey
from evidence_app.proof.witness_requests import read_refusal, read_request
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.checking import check_store
from tests.support import independent_notes, stores
from tests.support.entries import note

NOW = datetime(2026, 1, 26, 9, 30, tzinfo=UTC)
SECRET = "Nobody but the officer reads this: X000412."


@pytest.fixture
def clock() -> stores.SetClock:
    return stores.SetClock(NOW)


@pytest.fixture
def officer(store_path: Path, clock: stores.SetClock) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=clock) as session:
        stores.seal_entry(session, note(SECRET))
        yield session


@pytest.fixture(scope="session")
def rep_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rep") / "store"
    stores.make_store(folder, machine="other")
    return folder


@pytest.fixture
def rep(rep_store: Path, tmp_path: Path, clock: stores.SetClock) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(rep_store, tmp_path / "rep"), clock=clock) as session:
        yield session


@pytest.fixture
def met(officer: Session, rep: Session) -> tuple[Session, Session]:
    """The two have each other's card."""
    cards.take_card(officer, cards.own_card(rep).block, "by telephone")
    cards.take_card(rep, cards.own_card(officer).block, "face to face")
    return officer, rep


def known_witness(officer: Session) -> cards.KnownCard:
    (known,) = cards.known_cards(officer)
    return known


def countersign(officer: Session, rep: Session) -> witnessing.Witnessed:
    answer = witnessing.answer_request(rep, witnessing.make_request(officer, known_witness(officer)))
    assert not answer.refused, answer.sentence
    witnessing.take_answer(officer, answer.block)
    return witnessing.witnessed(officer)[-1]


def test_a_card_has_the_same_words_for_both_sides(officer: Session, rep: Session) -> None:
    own = cards.own_card(rep)
    card, words = cards.look_at_card(f"Dear officer,\n\n{own.block}\nYours\n")
    assert (card, words) == (own.card, own.words)
    assert len(words.split()) == 8
    cards.take_card(officer, own.block, "by telephone")
    known = cards.find_card(officer, "sam rowe")
    assert (known.words, known.compared) == (own.words, "by telephone")
    assert cards.own_card(rep).words == own.words, "the words of a card changed after it was handed over"


def test_a_card_with_another_key_has_other_words(rep: Session) -> None:
    own = cards.own_card(rep)
    forged = LogKey(LogKey.generate())
    card = Card(own.card.name, own.card.role, forged.public, own.card.witness_key, own.card.recipient, own.card.made_at)
    assert words_of(card.sign(forged)) != own.words
    with pytest.raises(VerificationError) as caught:
        read_card(
            Card(own.card.name, "", own.card.log_key, own.card.witness_key, own.card.recipient, own.card.made_at).sign(
                forged
            )
        )
    assert caught.value.reason == "other-log"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("evidence-trail/card/v1", "evidence-trail/card/v2"),
        ("log ", "key "),
        ('"Sam Rowe"', '"Sam\\u202eRowe"'),
        ('"Sam Rowe"', '""'),
        ("+", "-"),
    ],
)
def test_a_card_in_another_format_is_refused(rep: Session, before: str, after: str) -> None:
    content = read_block(cards.own_card(rep).block, Label.CARD)
    text = parse_note(content).text
    assert before in text
    with pytest.raises(VerificationError) as caught:
        read_card(content.replace(text, text.replace(before, after)))
    assert caught.value.reason == "malformed"


def test_the_owners_own_card_is_not_imported(officer: Session) -> None:
    with pytest.raises(InputError, match="your own card"):
        cards.take_card(officer, cards.own_card(officer).block, "by telephone")


def test_a_checkpoint_is_countersigned_and_an_independent_checker_agrees(met: tuple[Session, Session]) -> None:
    officer, rep = met
    size = officer.store.log.size()
    found = countersign(officer, rep)
    assert found.checkpoint.size == size
    assert f"positions 0 to {size - 1}" in found.in_words()
    assert "by telephone" in found.in_words()
    content = str(found.record.fields["cosigned_checkpoint"])
    vkey = str(found.record.fields["witness_key"])
    assert independent_notes.cosigned_at(content, vkey) == int(NOW.timestamp())
    assert independent_notes.log_signed(content, officer.log_key.public)
    assert check_store(officer).verdict.value == "verified"
    assert check_store(rep).verdict.value == "verified"


def test_a_witness_sees_no_word_of_any_record(met: tuple[Session, Session]) -> None:
    officer, _ = met
    content = read_block(witnessing.make_request(officer, known_witness(officer)), Label.REQUEST)
    assert not [word for word in SECRET.split() if len(word) > 3 and word in content]
    shape = [line.split(" ")[0] for line in content.splitlines()]
    assert shape[:3] == ["log", "old", ""], "a first request holds key, size and checkpoint alone"


def test_an_extended_log_is_countersigned_again(met: tuple[Session, Session]) -> None:
    officer, rep = met
    first = countersign(officer, rep)
    for number in range(5):
        stores.seal_entry(officer, note(f"More, {number}."))
    request = read_request(read_block(witnessing.make_request(officer, known_witness(officer)), Label.REQUEST))
    assert request.old == first.checkpoint.size, "it begins at what this witness knows"
    assert request.proof
    assert countersign(officer, rep).checkpoint.size > first.checkpoint.size + 5
    ((whose, origin, size),) = witnessing.witnessed_logs(rep)
    assert (whose, origin, size) == ("Sam Rowe", officer.log_key.origin, request.checkpoint.size)


def test_a_request_with_the_wrong_start_is_answered_with_the_right_one(met: tuple[Session, Session]) -> None:
    officer, rep = met
    found = countersign(officer, rep)
    before = rep.store.log.size()
    answer = witnessing.answer_request(rep, witnessing.make_request(officer, start=1))
    assert answer.refused == "other-start"
    assert rep.store.log.size() == before, "nothing is wrong with the log, so nothing is sealed"
    with pytest.raises(InputError, match=f"witness request --from {found.checkpoint.size}"):
        witnessing.take_answer(officer, answer.block)


def test_an_answer_that_got_lost_is_asked_for_again(met: tuple[Session, Session]) -> None:
    officer, rep = met
    request = witnessing.make_request(officer, known_witness(officer))
    witnessing.answer_request(rep, request)
    answer = witnessing.answer_request(rep, request)
    assert not answer.refused, "the same head, from the same start, was refused"
    witnessing.take_answer(officer, answer.block)


def test_a_truncated_log_is_refused_and_the_refusal_sealed(met: tuple[Session, Session]) -> None:
    officer, rep = met
    old = witnessing.make_request(officer)
    countersign(officer, rep)
    countersign(officer, rep)
    answer = witnessing.answer_request(rep, old)
    assert (answer.refused, read_refusal(read_block(answer.block, Label.REFUSAL))[2]) == ("shrunken", "shrunken")
    assert answer.sealed is not None
    sealed = rep.store.records.get(answer.sealed.index).fields
    assert sealed["result"] == "refused: fewer records than before"
    assert "checkpoint_before" in sealed, "both signed checkpoints are kept: they show it to anybody"
    with pytest.raises(InputError, match="longer log"):
        witnessing.take_answer(officer, answer.block)


@pytest.mark.parametrize("more", [0, 3])
def test_a_rewritten_log_is_refused(met: tuple[Session, Session], tmp_path: Path, new_store: Path, more: int) -> None:
    officer, rep = met
    copy = stores.copy_of(new_store, tmp_path / "copy")
    countersign(officer, rep)
    known = rep.store.records.get(rep.store.log.size() - 1).fields
    with stores.open_fast(copy, clock=stores.SetClock(NOW + timedelta(hours=1))) as other:
        while other.store.log.size() < int(str(known["size"])) + more:
            stores.seal_entry(other, note("Another year altogether."))
        answer = witnessing.answer_request(rep, witnessing.make_request(other, start=int(str(known["size"]))))
    assert answer.refused == "rewritten"
    assert "rewritten" in answer.sentence or "changed" in answer.sentence
    assert len(witnessing.witnessed_logs(rep)) == 1


def test_a_forged_cosignature_is_refused(met: tuple[Session, Session]) -> None:
    officer, rep = met
    signed = officer.store.log.checkpoint(officer.store.log.size())
    stranger = WitnessKey(WitnessKey.generate())
    with pytest.raises(VerificationError) as caught:
        witnessing.take_answer(officer, write_block(Label.COSIGNED, cosign(stranger, signed, NOW)))
    assert caught.value.reason == "unknown-witness"
    true = cosign(cards.witness_key(rep), signed, NOW)
    later = cosign(cards.witness_key(rep), signed, NOW - timedelta(days=400))
    lines, its = true.splitlines(keepends=True), later.splitlines(keepends=True)
    assert lines[:-1] == its[:-1]
    middle = len(its[-1]) // 2
    for forged in (
        "".join([*lines[:-1], lines[-1][:middle] + its[-1][middle:]]),
        true.replace("\n2\n", "\n1\n", 1)
        if "\n2\n" in true
        else true.replace(f"\n{officer.store.log.size()}\n", "\n1\n", 1),
    ):
        with pytest.raises(VerificationError) as caught:
            witnessing.take_answer(officer, write_block(Label.COSIGNED, forged))
        assert caught.value.reason in {"bad-cosignature", "bad-signature", "other-log"}
    assert not witnessing.witnessed(officer)


def test_a_cosignature_from_the_future_is_refused(met: tuple[Session, Session], clock: stores.SetClock) -> None:
    officer, rep = met
    request = witnessing.make_request(officer)
    clock.moment = NOW + timedelta(days=3)
    answer = witnessing.answer_request(rep, request)
    clock.moment = NOW
    with pytest.raises(VerificationError, match="future"):
        witnessing.take_answer(officer, answer.block)


def test_a_checkpoint_of_another_log_is_refused(met: tuple[Session, Session]) -> None:
    officer, rep = met
    signed = rep.store.log.checkpoint(1)
    with pytest.raises(VerificationError) as caught:
        witnessing.take_answer(officer, write_block(Label.COSIGNED, cosign(cards.witness_key(rep), signed, NOW)))
    assert caught.value.reason == "other-log"


def test_the_owners_own_log_is_not_countersigned(officer: Session) -> None:
    with pytest.raises(InputError, match="Somebody else"):
        witnessing.answer_request(officer, witnessing.make_request(officer))


def test_a_third_signature_is_refused(met: tuple[Session, Session]) -> None:
    officer, rep = met
    signed = officer.store.log.checkpoint(1)
    by_rep = cosign(cards.witness_key(rep), signed, NOW)
    by_another = cosign(WitnessKey(WitnessKey.generate()), signed, NOW)
    twice = by_rep + by_another.splitlines(keepends=True)[-1]
    assert len(twice.splitlines()) == len(by_rep.splitlines()) + 1
    with pytest.raises(VerificationError) as caught:
        verify_cosigned(twice, officer.log_key.public, cards.witness_key(rep).cosigner)
    assert caught.value.reason == "malformed"


def test_other_signatures_below_a_checkpoint_are_not_countersigned(met: tuple[Session, Session]) -> None:
    officer, rep = met
    signed = officer.store.log.checkpoint(1)
    key = cards.witness_key(rep)
    with_more = cosign(WitnessKey(WitnessKey.generate()), signed, NOW)
    assert with_more.startswith(signed)
    assert with_more != signed
    assert cosign(key, with_more, NOW) == cosign(key, signed, NOW)


def test_a_vkey_has_one_encoding() -> None:
    key = WitnessKey(bytes(range(32)))
    vkey = witness_with_card(key.public).spell()
    assert read_vkey(vkey) == key.cosigner
    assert independent_notes.read_vkey(vkey)[2:] == (4, key.public)
    name, key_id, spelled = vkey.split("+", 2)
    for wrong in (
        f"{name}x+{key_id}+{spelled}",
        f"{name}+00000000+{spelled}",
        f"{name}+{key_id}+{spelled[:-4]}",
        vkey + "\n",
    ):
        with pytest.raises(InputError):
            read_vkey(wrong)
