"""Hand-overs between an officer's and a rep's store: sent, verified, refused, imported and receipted."""

import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.crypto.age_key import AgeKey, encrypt_to
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.errors import Cancelled, EvidenceError, InputError, VerificationError
from evidence_app.proof.bundle.manifest import parse_manifest
from evidence_app.proof.encoding.blocks import Label, read_block, write_block
from evidence_app.proof.handover_receipts import read_receipt
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.bundles.exporting import export
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.handover.exchange import take_receipts
from evidence_app.services.handover.receive import open_handover, take_in
from evidence_app.services.handover.send import hand_over
from evidence_app.services.members.handover_log import handovers, read_manifest, write_receipt
from evidence_app.services.members.members import all_members, received, received_at
from evidence_app.services.records.external_attestations import last_outside_clock
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests import second_verifier
from tests.support import independent_age, independent_notes, judges, stores
from tests.support.bundles import concern, seal_with
from tests.support.members import NAMED, OFFICER, REP, SAID, Pair, instruction
from tests.support.searching import folded, places_of

CRN = "X000412"


def bundle_in(pair: Pair, handover: bytes) -> bytes:
    """Return the bundle in a hand-over."""
    return cards.age_key(pair.rep).open(handover)


def refused(pair: Pair, untrusted: bytes, reason: str, says: str, **more: Any) -> None:
    """Require that a hand-over is refused with a reason and a sentence, and that nothing of it was taken in."""
    before = [each.index for each in handovers(pair.rep)], len(received(pair.rep, ReceivedQuery()))
    with pytest.raises(VerificationError) as caught:
        take_in(pair.rep, untrusted, **more)
    assert (caught.value.reason, says in caught.value.sentence) == (reason, True), caught.value.sentence
    assert before == ([each.index for each in handovers(pair.rep)], len(received(pair.rep, ReceivedQuery())))


def test_a_hand_over_is_verified_and_imported(pair: Pair) -> None:
    taken = pair.give()
    fields = taken.record.fields
    assert (fields["member"], fields["compared"], fields["profile"]) == (OFFICER, "face to face", "union-casework")
    assert "3 records of R. Hale are taken in" in taken.in_words()
    assert "left out: 3" in taken.in_words(), "the card's own record is left out, and nobody says so"
    shown = [each.record for each in received(pair.rep, ReceivedQuery())]
    assert sorted(record.index for record in shown) == [0, 1, 2]
    assert shown == sorted(shown, key=lambda record: record.event[0]), "they are not in the order of what happened"
    said = received_at(pair.rep, taken.record.index, 2).record
    assert said.fields["exact_words"] == SAID
    concerned = str(received_at(pair.rep, taken.record.index, 1).record.fields["concern"])
    assert concerned.startswith("Monthly is unsafe for [client ")
    assert "[withheld]" not in concerned, "the rep cannot tell who is who"
    assert check_store(pair.rep).verdict is Verdict.VERIFIED


def test_nothing_on_the_reps_side_names_the_client(pair: Pair, tmp_path: Path) -> None:
    pair.give()
    hidden = [NAMED, *NAMED.split(), CRN]
    store = pair.rep.store
    texts = [json.dumps(each.record.content) for each in received(pair.rep, ReceivedQuery())]
    texts += [json.dumps(each.content) for each in store.records.select(Selection())]
    for handover in handovers(pair.rep):
        path = tmp_path / "kept.pdf"
        path.write_bytes(b"".join(store.attachments.stream(str(handover.fields["sha256"]))))
        assert places_of(path, hidden) == []
        texts += [said.decode() for _, said in store.received.disclosures(handover.index)]
    assert len(texts) > 5
    for text in texts:
        assert [value for value in hidden if folded(value) in folded(text)] == []
    raw = b"".join(str(row).encode() for row in store._database.all("SELECT * FROM received_words_docsize"))
    assert raw, "the index of words was not looked at"
    for word in hidden:
        assert received(pair.rep, ReceivedQuery(words=word)) == []


def test_handed_over_records_are_searched_by_words(pair: Pair) -> None:
    pair.give()
    assert [each.record.index for each in received(pair.rep, ReceivedQuery(words="not write"))] == [2]
    assert [each.record.index for each in received(pair.rep, ReceivedQuery(kind="concern"))] == [1]
    assert received(pair.rep, ReceivedQuery(words="kettle")) == []


def test_only_the_rep_can_open_a_hand_over(pair: Pair) -> None:
    sent = pair.hand_over()
    with pytest.raises(VerificationError) as caught:
        cards.age_key(pair.officer).open(sent)
    assert caught.value.reason == "other-key"
    identity = (pair.rep.store.setting(cards.AGE_KEY) or b"").decode()
    opened = independent_age.decrypt(sent, identity)
    assert opened == bundle_in(pair, sent)
    export_record = pair.officer.store.records.get(pair.officer.store.log.size() - 1)
    assert sha256(opened).hexdigest() == export_record.fields["sha256"]


def age(*words: str | Path) -> bytes:
    """Run age's own tool, and return what it writes."""
    tool = shutil.which("age")
    if tool is None:
        pytest.skip("age's own tool is not installed here, and could not be")
    return subprocess.run([tool, *words], capture_output=True, check=True).stdout


def test_the_age_tool_opens_a_hand_over(pair: Pair, tmp_path: Path) -> None:
    sent = pair.hand_over()
    (tmp_path / "key").write_bytes((pair.rep.store.setting(cards.AGE_KEY) or b"") + b"\n")
    (tmp_path / "sent.age").write_bytes(sent)
    assert age("--decrypt", "--identity", tmp_path / "key", tmp_path / "sent.age") == bundle_in(pair, sent)


def test_a_file_made_by_the_age_tool_is_imported(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "bundle.pdf").write_bytes(bundle_in(pair, pair.hand_over()))
    made = age("--recipient", cards.own_card(pair.rep).card.recipient, tmp_path / "bundle.pdf")
    assert take_in(pair.rep, made).record.fields["member"] == OFFICER


def test_two_verifiers_agree_on_a_hand_over_that_extends_another(pair: Pair) -> None:
    pair.give()
    seal_with(pair.officer, concern("Still unsafe."))
    content = bundle_in(pair, pair.hand_over())
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content)
    assert ours["earlier head 4"] == "verified"
    assert set(ours.values()) == {"verified"}


def test_a_later_hand_over_extends_the_first_and_lists_omissions(pair: Pair) -> None:
    first = pair.give()
    seal_with(pair.officer, concern("Still unsafe.", case_ref="X000999"))
    later = pair.give(selection=Selection(case_ref="X000999"))
    assert later.record.fields["no_longer_shown"] == "1–2"
    assert "Shown before, and not this time: 1–2." in later.in_words()
    shown = {(each.handover, each.record.index) for each in received(pair.rep, ReceivedQuery())}
    assert shown >= {(first.record.index, 1), (first.record.index, 2), (later.record.index, 5)}
    assert check_store(pair.rep).verdict is Verdict.VERIFIED


def test_a_repeated_and_an_older_hand_over_are_refused(pair: Pair) -> None:
    old = pair.hand_over()
    seal_with(pair.officer, concern("Still unsafe."))
    taken = pair.give()
    refused(pair, old, "older", "older than what you know")
    with pytest.raises(InputError, match=f"taken in before, as record {taken.record.index}"):
        take_in(pair.rep, (pair.folder / "hand-over-2.age").read_bytes())


def test_a_hand_over_without_a_consistency_proof_is_refused_and_known_adds_it(pair: Pair) -> None:
    # The rep countersigned a head of which the officer never took the answer in.
    witnessing.answer_request(pair.rep, witnessing.make_request(pair.officer, pair.to_rep))
    size = pair.officer.store.log.size()
    seal_with(pair.officer, concern("Still unsafe."))
    refused(pair, pair.hand_over(), "other-start", f"--known {size}")
    assert pair.give(known=(size,)).record.fields["member"] == OFFICER


def test_a_rewritten_log_is_refused_and_both_checkpoints_are_stored(pair: Pair, tmp_path: Path) -> None:
    stores.copy_of(pair.folder / "officer", tmp_path / "copy")
    pair.give()
    seal_with(pair.officer, concern("Still unsafe."))
    known = int(str(pair.give().record.fields["head"]).split(" ")[1])
    with stores.open_fast(tmp_path / "copy", clock=pair.clock) as copied:
        # Somebody with the passphrase goes on from a copy and writes another history.
        for words in ("Monthly is fine.", "I never said so.", "Nor did she."):
            seal_with(copied, concern(words))
        other = Pair(copied, pair.rep, pair.clock, tmp_path, made=10)
        refused(pair, other.hand_over(known=(known,)), "rewritten", "does not go on from the log as you know it")
    sealed = pair.rep.store.records.get(pair.rep.store.log.size() - 1)
    assert sealed.fields["result"] == "refused: records were changed"
    heads = {sealed.fields["signed_checkpoint"], sealed.fields["checkpoint_before"]}
    assert len(heads) == 2
    for signed in heads:
        assert independent_notes.log_signed(str(signed), pair.officer.log_key.public)
    assert pair.give().record.fields["member"] == OFFICER, "after a refusal the true log is refused too"


def test_a_hand_over_for_another_key_or_truncated_is_refused(pair: Pair, tmp_path: Path) -> None:
    sent = pair.hand_over()
    other = AgeKey(AgeKey.generate())
    refused(pair, encrypt_to(other.recipient, bundle_in(pair, sent)), "other-key", "encrypted to another key")
    refused(pair, sent[:-100], "damaged", "cut off or changed")
    refused(pair, sent[: len(sent) // 2], "damaged", "cut off or changed")
    refused(pair, b"%PDF-1.7", "damaged", "no age file")
    refused(pair, b"", "damaged", "no age file")
    flipped = bytearray(sent)
    flipped[len(sent) // 2] ^= 1
    refused(pair, bytes(flipped), "damaged", "cut off or changed")


def test_an_altered_bundle_is_refused_and_the_change_located(pair: Pair) -> None:
    content = bundle_in(pair, pair.hand_over())
    changed = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.pages[0].contents_add(b"BT ET")
        pdf.save(changed)
    to = cards.own_card(pair.rep).card.recipient
    refused(pair, encrypt_to(to, changed.getvalue()), "not-verified", "Page 1 altered.")
    refused(pair, encrypt_to(to, b"no bundle at all"), "not-verified", "not a PDF")
    refused(pair, encrypt_to(to, content + b"\n% more"), "not-verified", "added to the file after signing")


def test_a_bundle_that_names_a_client_is_refused(pair: Pair, tmp_path: Path) -> None:
    to = cards.own_card(pair.rep).card.recipient
    for profile in ("officer", "sfo-review", "manager"):
        out = tmp_path / f"{profile}.pdf"
        thread = 1 if profile == "manager" else None
        export(pair.officer, profile, out, Selection(case_ref=CRN), case_ref=CRN, thread=thread)
        refused(pair, encrypt_to(to, out.read_bytes()), "identifies", "looks like a CRN")
    seal_with(pair.officer, concern("As it came.", case_ref="X000999"), {"letter.txt": b"about X000412"})
    out = tmp_path / "with-originals.pdf"
    export(pair.officer, "officer", out, Selection(case_ref="X000999"), case_ref="X000999")
    refused(pair, encrypt_to(to, out.read_bytes()), "identifies", "embeds files as they came")


def test_a_log_without_a_card_or_under_another_name_is_refused(pair: Pair, tmp_path: Path) -> None:
    stores.make_store(tmp_path / "stranger", owner=OFFICER, clock=pair.clock)
    with stores.open_fast(tmp_path / "stranger", clock=pair.clock) as stranger:
        seal_with(stranger, instruction("Do it."))
        cards.take_card(stranger, cards.own_card(pair.rep).block, "by telephone")
        other = Pair(stranger, pair.rep, pair.clock, tmp_path, made=20)
        refused(pair, other.hand_over(), "unknown-log", "card you have not taken in")
        cards.take_card(pair.rep, cards.own_card(stranger).block, "not compared")
        pair.give()
        refused(pair, other.hand_over(), "two-logs", "came from another log before")
        taken = take_in(pair.rep, other.hand_over(), new_log=True)
        assert taken.record.fields["takes_the_place_of"] == pair.officer.log_key.origin
        (member,) = all_members(pair.rep)
        assert member.origins == [pair.officer.log_key.origin, stranger.log_key.origin]


def test_the_name_on_the_card_must_be_the_logs(pair: Pair) -> None:
    card = cards.own_card(pair.officer).card
    forged = type(card)("T. Okoro", "", card.log_key, card.witness_key, card.recipient, card.made_at)
    cards.take_card(pair.rep, write_block(Label.CARD, forged.sign(pair.officer.log_key)), "not compared")
    refused(pair, pair.hand_over(), "other-name", "was not opened by T. Okoro")


def test_only_profiles_that_hide_clients_are_handed_over_and_only_to_cards(pair: Pair, tmp_path: Path) -> None:
    size = pair.officer.store.log.size()
    for profile in ("officer", "sfo-review", "manager", "interview", "coroner", "integrity"):
        with pytest.raises(InputError, match="may show what identifies somebody"):
            hand_over(pair.officer, SavedPlan(profile), tmp_path / "x.age", Choice(Selection()), pair.to_rep)
    with pytest.raises(InputError, match=r"ends in \.age"):
        hand_over(pair.officer, SavedPlan("union-casework"), tmp_path / "x.pdf", Choice(Selection()), pair.to_rep)
    with pytest.raises(InputError, match="nobody knows it at another size"):
        pair.hand_over(known=(size + 1,))
    assert pair.officer.store.log.size() == size
    assert list(tmp_path.glob("*.age")) == []


def test_the_receipt_is_sealed_and_is_an_outside_clock(pair: Pair) -> None:
    taken = pair.give()
    text = f"Thank you.\n\n{write_receipt(pair.rep, taken.record.index)}\nYours"
    content = read_block(text, Label.RECEIPT)
    assert independent_notes.log_signed(content, pair.rep.log_key.public)
    receipt = read_receipt(content, pair.rep.log_key.public)
    assert (receipt.sha256.hex(), receipt.record) == (taken.record.fields["sha256"], taken.record.index)
    found = take_receipts(pair.officer, text)
    assert f"{REP} received it" in found.words
    sealed = pair.officer.store.records.get(found.sealed[0].index)
    assert sealed.links == [(found.sealed[0].index - 1, "receipt for")]
    clock = last_outside_clock(pair.officer)
    assert clock is not None
    assert clock.who == REP
    with pytest.raises(InputError, match="taken in before"):
        take_receipts(pair.officer, text)
    assert check_store(pair.officer).verdict is Verdict.VERIFIED


Change = Callable[[Pair, str], str]


def of_a_stranger(pair: Pair, content: str) -> str:
    return content.replace(pair.rep.log_key.origin, "evidence-trail/" + "a" * 32)


def with_another_file(pair: Pair, content: str) -> str:
    receipt = read_receipt(content, pair.rep.log_key.public)
    return type(receipt)(b"\x07" * 32, receipt.checkpoint, receipt.received_at, receipt.record).sign(pair.rep.log_key)


def with_another_head(pair: Pair, content: str) -> str:
    receipt = read_receipt(content, pair.rep.log_key.public)
    head = type(receipt.checkpoint)(receipt.checkpoint.origin, receipt.checkpoint.size, b"\x07" * 32)
    return type(receipt)(receipt.sha256, head, receipt.received_at, receipt.record).sign(pair.rep.log_key)


def altered(_pair: Pair, content: str) -> str:
    return content.replace("record 2", "record 1")


def of_another_form(_pair: Pair, content: str) -> str:
    return content.replace("handover-receipt/v1", "handover-receipt/v2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (of_a_stranger, "unknown-log"),
        (with_another_file, "other-file"),
        (with_another_head, "other-log"),
        (altered, "bad-signature"),
        (of_another_form, "malformed"),
    ],
)
def test_an_invalid_receipt_is_refused(pair: Pair, change: Change, reason: str) -> None:
    taken = pair.give()
    content = read_block(write_receipt(pair.rep, taken.record.index), Label.RECEIPT)
    changed = change(pair, content)
    assert changed != content
    size = pair.officer.store.log.size()
    with pytest.raises(VerificationError) as caught:
        take_receipts(pair.officer, write_block(Label.RECEIPT, changed))
    assert caught.value.reason == reason
    assert pair.officer.store.log.size() == size


def test_data_alongside_the_bundle_is_checked_against_it(pair: Pair) -> None:
    pair.give()
    database = pair.rep.store._database
    with pair.rep.store.transaction():
        database.run(
            "UPDATE received SET content = CAST(replace(CAST(content AS TEXT), 'monthly', 'weekly') AS BLOB) WHERE position = 2"
        )
    report = check_store(pair.rep)
    assert report.verdict is Verdict.ALTERED
    assert [check.name for check in report.checks if check.verdict is not Verdict.VERIFIED] == ["records received"]


def test_an_import_can_be_cancelled_and_leaves_nothing(pair: Pair) -> None:
    sent = pair.hand_over()
    with pytest.raises(Cancelled):
        take_in(pair.rep, sent, cancel=lambda: True)
    told: list[str] = []
    with pytest.raises(Cancelled):
        take_in(
            pair.rep, sent, progress=lambda what, _done, _total: told.append(what), cancel=lambda: "verifying" in told
        )
    assert list(handovers(pair.rep)) == []
    assert take_in(pair.rep, sent).record.fields["member"] == OFFICER


def test_an_officers_store_takes_no_hand_over(pair: Pair) -> None:
    sent = pair.hand_over()
    with pytest.raises(InputError, match="init --rep"):
        take_in(pair.officer, sent)
    with pytest.raises(InputError, match="officer's store"):
        all_members(pair.officer)


def test_labels_that_name_a_shown_word_are_malformed(pair: Pair) -> None:
    opened = open_handover(pair.rep, pair.hand_over())
    assert read_manifest(opened.content).labels
    with pikepdf.open(BytesIO(opened.content)) as pdf:
        manifest = json.loads(pdf.attachments["evidence-trail-manifest.json"].get_file().read_bytes())
    position, path = "1", "/fields/concern"
    words = manifest["labels"][position][path]
    shown = next(place for place, piece in enumerate(_pieces(manifest, position, path)) if "text" in piece)
    for wrong in (
        {position: {path: {str(shown): "Person A"}}},
        {"7": {path: words}},
        {position: {"/fields/x": words}},
        {},
        {position: {}},
    ):
        with pytest.raises(VerificationError) as caught:
            parse_manifest(json.dumps(manifest | {"labels": wrong}).encode())
        assert caught.value.reason == "malformed"
        with pytest.raises((AssertionError, LookupError)):
            second_verifier.check_manifest(manifest | {"labels": wrong})


def _pieces(manifest: dict[str, Any], position: str, path: str) -> list[dict[str, str]]:
    (record,) = [each for each in manifest["records"] if str(each["index"]) == position]
    pieces: list[dict[str, str]] = record["fields"][path]["pieces"]
    return pieces


@pytest.mark.parametrize("holder", list(Holder))
def test_each_holder_has_an_error_for_the_other_holders_kinds(pair: Pair, holder: Holder) -> None:
    session, entry = (
        (pair.rep, instruction("Do it.") | {"case_ref": "GR-1"})
        if holder is Holder.REP
        else (
            pair.officer,
            {"kind": "member", "event_at": "2026-01-20", "event_precision": "date only", "fields": {"name": "R. Hale"}},
        )
    )
    with pytest.raises(EvidenceError, match="is not written in the store of"):
        stores.seal_entry(session, entry)
