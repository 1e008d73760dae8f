"""Hand-overs and receipts by an attacker with valid keys: every proof is valid, and they are still refused."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence_app.crypto.cards import is_name
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.commitment import scalars
from evidence_app.proof.cosignatures import verify_cosigned
from evidence_app.proof.encoding.blocks import Label, after_block, read_block, write_block
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.handover_receipts import HandoverReceipt, read_receipt
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.attestation import cards
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.identifier_policy import client_sorts
from evidence_app.services.handover import receive
from evidence_app.services.handover.exchange import take_receipts
from evidence_app.services.handover.receive import take_in
from evidence_app.services.members.handover_log import handovers, write_receipt
from evidence_app.services.members.members import all_members, received
from evidence_app.services.safekeeping.checking import check_store
from tests.support import stores
from tests.support.bundles import seal_with
from tests.support.forging import NOTE, forged
from tests.support.members import OFFICER, Pair, instruction


def refused(pair: Pair, untrusted: bytes, reason: str) -> None:
    """Require that a hand-over is refused with a reason, and that the store can still be looked through."""
    with pytest.raises(VerificationError) as caught:
        take_in(pair.rep, untrusted)
    assert caught.value.reason == reason, caught.value.sentence
    assert list(handovers(pair.rep)) == []


def test_a_well_formed_forged_record_is_imported(pair: Pair) -> None:
    """What follows is refused for what it says, not for how these tests forge it."""
    take_in(pair.rep, forged(pair.officer, pair.rep, pair.folder, NOTE))
    assert [each.record.fields["text"] for each in received(pair.rep, ReceivedQuery(kind="note"))] == ["Hello there."]
    assert check_store(pair.rep).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "wrong",
    [
        {"/event_at": "0001-01-01T00:00:00Z", "/event_precision": "exact"},
        {"/recorded_at": "garbage"},
        {"/kind": "message", "/fields/sent_at": "garbage"},
        {"/kind": "nothing"},
        {"/fields/unknown": "x"},
        {"/fields" + "/a" * 400: "x"},
        {"/attachments/0/name": "a"},
        {"/links": "x"},
        {"/event_at": 5},
        {"/author": "x"},
        {"/unheard_of": "x"},
        {"/fields/text/a": "x"},
        {"/fields/²": "x"},
    ],
    ids=lambda wrong: str(wrong)[:50],
)
def test_a_malformed_record_is_refused(pair: Pair, wrong: dict[str, Any]) -> None:
    refused(pair, forged(pair.officer, pair.rep, pair.folder, NOTE | wrong), "not-verified")


def test_a_record_sealed_in_the_year_1_is_refused(pair: Pair) -> None:
    """A time in the year 1 cannot be told in the time of London, and everything that lists it would stop."""
    with pytest.raises(InputError, match="too long ago"):
        read_moment("0001-01-01T00:00:00Z")
    early = "0001-01-01T00:00:00Z"
    refused(pair, forged(pair.officer, pair.rep, pair.folder, NOTE, sealed_at=early), "not-verified")

    def made_early(manifest: dict[str, Any]) -> None:
        manifest["bundle"]["made_at"] = early

    taken = take_in(pair.rep, forged(pair.officer, pair.rep, pair.folder, NOTE, change=made_early))
    assert "made_at" not in taken.record.fields, "the manifest's word for a day in the year 1 is kept"
    assert taken.in_words()


@pytest.mark.parametrize(
    "told",
    [
        {"/fields/text": "See X000777."},
        {"/fields/text": "See X 000777."},
        {"/fields/text": "Born on 3rd March 1980."},
        {"/fields/text": "DOB 1980-03-01"},
        {"/author/person": "X000777"},
        {
            "/kind": "document",
            "/fields/what": "A letter",
            "/attachments/0/name": "X000777.pdf",
            "/attachments/0/bytes": 3,
            "/attachments/0/media_type": "application/pdf",
            "/attachments/0/sha256": "0" * 64,
        },
    ],
    ids=lambda told: str(list(told.values())[-1])[:30],
)
def test_a_record_that_names_a_client_anywhere_is_refused(pair: Pair, told: dict[str, Any]) -> None:
    paths = NOTE | told
    if "/kind" in told:
        del paths["/fields/text"]
    refused(pair, forged(pair.officer, pair.rep, pair.folder, paths), "identifies")


def test_manifest_texts_name_no_client(pair: Pair) -> None:
    def of_the_bundle(manifest: dict[str, Any]) -> None:
        manifest["bundle"]["title"] = "About X000777"

    def of_a_reason(manifest: dict[str, Any]) -> None:
        manifest["left_out"][-1]["reason"] = "about X000777"

    for change in (of_the_bundle, of_a_reason):
        refused(pair, forged(pair.officer, pair.rep, pair.folder, NOTE, change=change), "identifies")


def test_labels_hold_no_names(pair: Pair) -> None:
    """Whose log it is, is proved: where the name is withheld, a label in its place is the sender's word alone."""
    first = dict(scalars(pair.officer.store.records.get(0).content))
    assert first["/fields/owner/person"] == OFFICER
    first["/fields/owner/person"] = [("M. Mallory", True)]
    labels = {"/fields/owner/person": {"0": OFFICER}}
    refused(pair, forged(pair.officer, pair.rep, pair.folder, first, at=0, labels=labels), "other-name")


def test_labels_hold_no_control_characters(pair: Pair) -> None:
    paths = NOTE | {"/fields/text": [("Hello ", False), ("there", True)]}
    for label in ("\x1b[31mRED", "a\u009b31m", "\u202e"):
        labels = {"/fields/text": {"1": label}}
        refused(pair, forged(pair.officer, pair.rep, pair.folder, paths, labels=labels), "not-verified")
    taken = take_in(
        pair.rep, forged(pair.officer, pair.rep, pair.folder, paths, labels={"/fields/text": {"1": "client QD"}})
    )
    (shown,) = received(pair.rep, ReceivedQuery(kind="note"))
    assert (shown.handover, shown.record.fields["text"]) == (taken.record.index, "Hello client QD")


def test_a_replaced_log_is_not_accepted_again_without_consent(pair: Pair, tmp_path: Path) -> None:
    stores.make_store(tmp_path / "second", owner=OFFICER, clock=pair.clock)
    with stores.open_fast(tmp_path / "second", clock=pair.clock) as second:
        seal_with(second, instruction("Do it."))
        cards.take_card(second, cards.own_card(pair.rep).block, "by telephone")
        cards.take_card(pair.rep, cards.own_card(second).block, "by telephone")
        other = Pair(second, pair.rep, pair.clock, tmp_path, made=20)
        pair.give()
        take_in(pair.rep, other.hand_over(), new_log=True)
        pair.clock.moment = pair.clock.moment.replace(day=27)
        with pytest.raises(VerificationError) as caught:
            pair.give()
        assert caught.value.reason == "two-logs"
        other.give()


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("R. Hale", True),
        ("Siân Ó Brádaigh-Okoro", True),
        ("Żółć Łukasz", True),
        ("Ольга Петрова", True),
        ("李明", True),
        ("R. H\u0430le", False),
        ("R.\u2060 Hale", False),
        ("R. Ha\u034fle", False),
        ("R. Hale\ufe0f", False),
        ("R. \u3164Hale", False),
        ("R.  Hale", False),
        ("R. \uff28ale", False),
    ],
)
def test_names_allowed_on_cards(name: str, good: bool) -> None:
    assert is_name(name) is good


def test_two_forms_of_a_name_are_one_member(pair: Pair, tmp_path: Path) -> None:
    """“R Hale” from another log is not a second member who shows up beside the first one, unasked."""
    stores.make_store(tmp_path / "second", owner="R Hale", clock=pair.clock)
    with stores.open_fast(tmp_path / "second", clock=pair.clock) as second:
        seal_with(second, instruction("Do it."))
        cards.take_card(second, cards.own_card(pair.rep).block, "by telephone")
        cards.take_card(pair.rep, cards.own_card(second).block, "by telephone")
        pair.give()
        with pytest.raises(VerificationError) as caught:
            Pair(second, pair.rep, pair.clock, tmp_path, made=20).give()
        assert caught.value.reason == "two-logs"
    assert [member.name for member in all_members(pair.rep)] == [OFFICER]


def _receipt_of(pair: Pair) -> HandoverReceipt:
    taken = pair.give()
    return read_receipt(read_block(write_receipt(pair.rep, taken.record.index), Label.RECEIPT), pair.rep.log_key.public)


def not_taken(pair: Pair, text: str, reason: str) -> None:
    size = pair.officer.store.log.size()
    with pytest.raises(VerificationError) as caught:
        take_receipts(pair.officer, text)
    assert (caught.value.reason, pair.officer.store.log.size()) == (reason, size), caught.value.sentence


def test_a_receipt_must_be_signed_by_the_recipient(pair: Pair, tmp_path: Path) -> None:
    receipt = _receipt_of(pair)
    stores.make_store(tmp_path / "other", owner="T. Okoro", machine="other", clock=pair.clock)
    with stores.open_fast(tmp_path / "other", clock=pair.clock) as other:
        cards.take_card(pair.officer, cards.own_card(other).block, "by telephone")
        not_taken(pair, write_block(Label.RECEIPT, receipt.sign(other.log_key)), "other-file")


def test_a_receipt_without_a_hand_over_is_refused(pair: Pair, tmp_path: Path) -> None:
    receipt = _receipt_of(pair)
    made = export(pair.officer, "officer", tmp_path / "own.pdf", Selection())
    digest = bytes.fromhex(str(pair.officer.store.records.get(made.index).fields["sha256"]))
    forged_one = HandoverReceipt(digest, receipt.checkpoint, receipt.received_at, receipt.record)
    not_taken(pair, write_block(Label.RECEIPT, forged_one.sign(pair.rep.log_key)), "other-file")


def test_a_receipt_must_match_the_checkpoint_and_follow_it_in_time(pair: Pair) -> None:
    receipt = _receipt_of(pair)
    smaller = pair.officer.store.log.checkpoint(1)
    head = type(receipt.checkpoint)(receipt.checkpoint.origin, 1, pair.officer.store.log.root(1))
    assert head.line.split()[1] == smaller.splitlines()[1]
    for changed, reason in (
        (HandoverReceipt(receipt.sha256, head, receipt.received_at, receipt.record), "other-file"),
        (
            HandoverReceipt(receipt.sha256, receipt.checkpoint, receipt.received_at.replace(year=1990), receipt.record),
            "malformed",
        ),
        (
            HandoverReceipt(receipt.sha256, receipt.checkpoint, receipt.received_at.replace(year=2031), receipt.record),
            "malformed",
        ),
    ):
        not_taken(pair, write_block(Label.RECEIPT, changed.sign(pair.rep.log_key)), reason)


def test_a_countersignature_is_imported_after_its_receipt(pair: Pair) -> None:
    taken = pair.give()
    text = write_receipt(pair.rep, taken.record.index)
    end = "-----END EVIDENCE TRAIL RECEIPT-----\n"
    first, found, _ = text.partition(end)
    assert found, text
    take_receipts(pair.officer, first + found)
    again = take_receipts(pair.officer, text)
    assert (len(again.sealed), again.refused) == (1, False)
    assert "taken in before" in again.words
    with pytest.raises(InputError, match="taken in before"):
        take_receipts(pair.officer, text)
    pair.clock.moment = pair.clock.moment.replace(day=28)
    later = pair.give()
    good, found, second = write_receipt(pair.rep, later.record.index).partition(end)
    lines = second.splitlines(keepends=True)
    spoilt = "".join([lines[0], lines[1].swapcase(), *lines[2:]])
    half = take_receipts(pair.officer, good + found + spoilt)
    assert half.refused, "a receipt with a spoilt countersignature says nothing of it"
    assert "was not taken in" in half.words


def test_a_receipt_countersigns_the_logs_own_signature_alone(pair: Pair) -> None:
    """Whatever else stands below a head was not looked at by whoever countersigns it."""

    def with_another_line(manifest: dict[str, Any]) -> None:
        manifest["checkpoint"] += "— friend.example AAAAAAAA" + "A" * 60 + "\n"

    sent = forged(pair.officer, pair.rep, pair.folder, NOTE, change=with_another_line)
    taken = take_in(pair.rep, sent).record
    assert "friend.example" not in str(taken.fields["signed_checkpoint"])
    cosigned = read_block(after_block(write_receipt(pair.rep, taken.index)), Label.COSIGNED)
    assert "friend.example" not in cosigned
    proved = verify_cosigned(cosigned, pair.officer.log_key.public, cards.witness_key(pair.rep).cosigner)
    assert proved.checkpoint.line == taken.fields["head"]


def test_the_code_of_a_record_beside_a_page_number_is_no_clients_number() -> None:
    def sorts_in(words: str) -> list[str]:
        buffer = BytesIO()
        canvas = Canvas(buffer)
        canvas.drawString(72, 72, words)
        canvas.save()
        return client_sorts(receive._page_texts(buffer.getvalue()))

    assert sorts_in("Record 126 · code YHQC-R210 109 of 141") == []
    assert sorts_in("Record 126 · code YHQC-R210, and R210 109 besides") == ["CRN"]
