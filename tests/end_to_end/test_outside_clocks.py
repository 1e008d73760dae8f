"""Outside clocks: mails of others that quote the log's checkpoint, and every attempt to fake one."""

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.bundle.manifest_writer import sign_manifest
from evidence_app.bundle.pdf.file_signing import sign_pdf
from evidence_app.domain.progress import never, no_progress
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.bundle.manifest import MANIFEST_FILE, NOTE_FILE, parse_manifest
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import canonical
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.mail.import_items import Item
from evidence_app.services.mail.importing import open_import
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests import second_verifier
from tests.end_to_end.conftest import manifest_of
from tests.support import judges, mail_round_trip
from tests.support.entries import note
from tests.support.mails import SENT_ID
from tests.support.rewriting import seal_false_heads
from tests.support.stores import copy_of, open_fast, seal_entry
from tests.vectors.make import OTHER_KEY

CONCERN = {
    "kind": "concern",
    "event_at": "2025-04-14T09:00",
    "event_precision": "exact",
    "fields": {"concern": "I hold 61 cases.", "ask": "Move two cases."},
}


def take_in(session: Session, folder: Path, **files: bytes) -> list[Item]:
    """Bring mails in and seal them; each by itself, in the order given."""
    items = []
    for name, content in files.items():
        path = folder / f"{name}.eml"
        path.write_bytes(content)
        desk = open_import(session)
        desk.look([path], no_progress, never)
        items += desk.take_in(sealing=True, progress=no_progress)
    return items


def drafted(session: Session, folder: Path) -> bytes:
    out = folder / "draft.eml"
    write_draft(session, 1, Wish(to=("kim@office.example",)), out)
    return out.read_bytes()


def head_of(session: Session, size: int | None = None) -> Checkpoint:
    log = session.store.log
    return verify_checkpoint(log.checkpoint(size or log.size()), session.log_key.public)


def mail_entry(direction: str, *heads: Checkpoint) -> dict[str, Any]:
    fields = {"direction": direction, "subject": "Caseload", "quoted_heads": [head.line for head in heads]}
    return {"kind": "message", "event_at": "2025-04-15T09:00", "event_precision": "exact", "fields": fields}


def export_to(session: Session, out: Path) -> Path:
    export(session, "officer", out, Selection())
    return out


@dataclass(frozen=True)
class Made:
    """A store and its bundle; where in the log the reply, the receipt and the forged records are."""

    store: Path
    content: bytes
    manifest: dict[str, Any]
    at: dict[str, int]
    heads: dict[str, Checkpoint]

    @property
    def contradicted(self) -> dict[str, str]:
        """What does not hold in every bundle of this log: it never had the heads in the forged record."""
        return {f"head in record {self.at['forged']}": "altered"}


@pytest.fixture(scope="module")
def made(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A log with two true clocks, and records that its owner sealed to pretend that there are more."""
    folder = tmp_path_factory.mktemp("clocks")
    store, at = copy_of(new_store, folder / "store"), {}
    with open_fast(store) as session:
        seal_entry(session, CONCERN)
        draft = drafted(session, folder)
        take_in(session, folder, sent=mail_round_trip.sent_copy(draft))
        seal_entry(session, note("In between."))
        reply, receipt = take_in(
            session,
            folder,
            reply=mail_round_trip.reply_quoting(draft),
            receipt=mail_round_trip.receipt_returning(draft),
        )
        at |= {"reply": reply.record, "receipt": receipt.record}
        good = head_of(session, 2)
        heads = {
            "good": good,
            "of another log": Checkpoint(OTHER_KEY.origin, good.size, good.root),
            "of another root": Checkpoint(good.origin, good.size, bytes(32)),
            "above the record": Checkpoint(good.origin, 60, good.root),
            "of nothing": Checkpoint(good.origin, 0, good.root),
        }
        at["forged"] = seal_false_heads(session, mail_entry("received", *list(heads.values())[1:])).index
        at["sent"] = seal_entry(session, mail_entry("sent", good)).index
        at["note"] = seal_entry(session, note(f"They wrote {good.line}")).index
        path = export_to(session, folder / "trail.pdf")
    return Made(store, path.read_bytes(), manifest_of(path), at, heads)


def signed_anew(made: Made, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Change what the manifest says, and sign note and file again with the log's own keys, as its owner could."""
    buffer = io.BytesIO()
    with open_fast(made.store, writable=False) as session, pikepdf.open(io.BytesIO(made.content)) as pdf:
        manifest = json.loads(pdf.attachments[MANIFEST_FILE].get_file().read_bytes())
        change(manifest)
        spelled = canonical(manifest)
        pdf.attachments[MANIFEST_FILE].get_file().obj.write(spelled)
        pdf.attachments[NOTE_FILE].get_file().obj.write(sign_manifest(session.log_key, spelled))
        del pdf.Root["/AcroForm"]
        for page in pdf.pages:
            kept = [each for each in page.obj.get("/Annots", []) if each.get("/Subtype") != "/Widget"]
            page.obj.Annots = pikepdf.Array(kept)
        pdf.save(buffer)
        return sign_pdf(buffer.getvalue(), session.store.certificate(), session.clock.now())


def judged(content: bytes) -> dict[str, str]:
    """Judge a bundle with both verifiers, which must agree, and return what does not hold."""
    first = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    second = judges.verify_bundle(content)
    assert second == first, {n: (first.get(n), second.get(n)) for n in first | second if first.get(n) != second.get(n)}
    return {name: verdict for name, verdict in first.items() if verdict != "verified"}


# A true clock


def test_a_reply_and_a_receipt_that_quote_the_checkpoint_are_outside_clocks(made: Made) -> None:
    clocks = made.manifest["outside_clocks"]
    assert [clock["record"] for clock in clocks] == [made.at["reply"], made.at["receipt"]]
    assert {clock["head"] for clock in clocks} == {made.heads["good"].line}
    assert judged(made.content) == made.contradicted
    names = [check.name for check in verify_bytes(made.content).checks]
    assert [name for name in names if name.startswith("outside clock")] == ["outside clock 1", "outside clock 2"]


def test_signing_again_changes_nothing(made: Made) -> None:
    assert judged(signed_anew(made, lambda _: None)) == made.contradicted


def test_the_bundle_explains_what_an_outside_clock_proves(made: Made) -> None:
    said = " ".join(verify_bytes(made.content).notes)
    assert "Outside clock 1: " in said
    assert "kim.dale@easthaven.justice.example" in said
    assert "positions 0 to 1" in said
    assert "by its sender" in said


def test_a_bundle_without_outside_clocks_says_so(made: Made) -> None:
    bare = signed_anew(made, lambda manifest: manifest.pop("outside_clocks"))
    assert judged(bare) == made.contradicted
    assert any("No outside clock vouches" in each for each in verify_bytes(bare).notes)


# Pretended clocks

PRETENDED = {
    "of another log": ("forged", "of another log"),
    "with another root": ("forged", "of another root"),
    "of more records than were there": ("forged", "above the record"),
    "of an empty log": ("forged", "of nothing"),
    "in a mail of my own": ("sent", "good"),
    "in a note of mine": ("note", "good"),
    "in a mail that does not quote it": ("forged", "good"),
    "in a record that quotes another": ("reply", "of another root"),
}


@pytest.mark.parametrize("name", PRETENDED)
def test_a_checkpoint_that_is_no_outside_clock_is_detected(name: str, made: Made) -> None:
    record, head = PRETENDED[name]

    def change(manifest: dict[str, Any]) -> None:
        manifest["outside_clocks"][0].update(record=made.at[record], head=made.heads[head].line)

    assert judged(signed_anew(made, change)) == {"outside clock 1": "altered"} | made.contradicted


def flipped(node: str) -> str:
    data = bytearray(base64.decode(node))
    data[7] ^= 1
    return base64.encode(bytes(data))


PROOFS = {
    "empty": lambda proof: proof.clear(),
    "cut short": lambda proof: proof.pop(),
    "without its beginning": lambda proof: proof.pop(0),
    "too long": lambda proof: proof.append(proof[-1]),
    "in another order": lambda proof: proof.reverse(),
    "with another hash": lambda proof: proof.__setitem__(1, flipped(proof[1])),
}


@pytest.mark.parametrize("name", PROOFS)
def test_a_wrong_consistency_proof_is_detected(name: str, made: Made) -> None:
    changed = signed_anew(made, lambda manifest: PROOFS[name](manifest["outside_clocks"][1]["consistency"]))
    assert judged(changed) == {"outside clock 2": "altered"} | made.contradicted


def test_an_outside_clock_without_its_record_is_detected(made: Made) -> None:
    beyond = signed_anew(made, lambda manifest: manifest["outside_clocks"][0].update(record=9999))
    assert judged(beyond) == {"outside clock 1": "altered"} | made.contradicted

    def withhold(manifest: dict[str, Any]) -> None:
        index = made.at["reply"]
        manifest["records"] = [each for each in manifest["records"] if each["index"] != index]
        manifest["left_out"].append({"first": index, "last": index, "reason": "not chosen"})

    # What was attached to the record is no longer shown to belong to it either.
    faults = {name for name in judged(signed_anew(made, withhold)) if "exhibit" not in name}
    assert faults == {"outside clock 1", *made.contradicted}


@pytest.mark.parametrize("part", ["quoted_heads", "direction", "subject"])
def test_an_outside_clock_with_a_changed_record_is_detected(part: str, made: Made) -> None:
    def change(manifest: dict[str, Any]) -> None:
        for each in manifest["records"]:
            if each["index"] == made.at["reply"]:
                fields = each["record"]["fields"]
                fields[part] = [made.heads["of another root"].line] if part == "quoted_heads" else f"{fields[part]} x"

    index = made.at["reply"]
    changed = judged(signed_anew(made, change))
    assert changed == {f"record {index}": "altered", "outside clock 1": "altered"} | made.contradicted


# Form

MALFORMED = {
    "nothing": lambda clocks: clocks.clear(),
    "too many": lambda clocks: clocks.extend([clocks[0]] * 999),
    "a member more": lambda clocks: clocks[0].update(note="x"),
    "a member less": lambda clocks: clocks[0].pop("consistency"),
    "a record in words": lambda clocks: clocks[0].update(record="5"),
    "a record below": lambda clocks: clocks[0].update(record=-1),
    "a record of truth": lambda clocks: clocks[0].update(record=True),
    "a record in parts": lambda clocks: clocks[0].update(record=5.5),
    "a head in parts": lambda clocks: clocks[0].update(head=clocks[0]["head"].split()),
    "a head with more space": lambda clocks: clocks[0].update(head=clocks[0]["head"].replace(" ", "  ", 1)),
    "a head on two lines": lambda clocks: clocks[0].update(head=clocks[0]["head"].replace(" ", "\n", 1)),
    "a head with a zero": lambda clocks: clocks[0].update(head=clocks[0]["head"].replace(" 2 ", " 02 ")),
    "a head with more": lambda clocks: clocks[0].update(head=clocks[0]["head"] + " x"),
    "a short root": lambda clocks: clocks[0].update(head=clocks[0]["head"][:-4]),
    "an empty head": lambda clocks: clocks[0].update(head=""),
    "a proof of 65": lambda clocks: clocks[0].update(consistency=clocks[0]["consistency"][:1] * 65),
    "a proof of words": lambda clocks: clocks[0].update(consistency=["x"]),
    "a proof of numbers": lambda clocks: clocks[0].update(consistency=[1]),
    "a proof that is none": lambda clocks: clocks[0].update(consistency=None),
    "a proof with short hashes": lambda clocks: clocks[0].update(consistency=["AAAA"]),
    "another spelling of a hash": lambda clocks: clocks[0].update(consistency=[clocks[0]["consistency"][0] + "\n"]),
}


def parsed_by_both(manifest: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the program and the second verifier take a manifest."""
    second, _ = second_verifier.outcome(lambda: second_verifier.check_manifest(manifest))
    try:
        parse_manifest(canonical(manifest))
    except VerificationError:
        return False, second == "verified"
    return True, second == "verified"


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_outside_clock_is_refused_by_both_verifiers(name: str, made: Made) -> None:
    manifest = json.loads(json.dumps(made.manifest))
    assert parsed_by_both(manifest) == (True, True)
    MALFORMED[name](manifest["outside_clocks"])
    assert parsed_by_both(manifest) == (False, False)


@pytest.mark.parametrize("value", [None, {}, "", 0, False])
def test_outside_clocks_must_be_a_list_for_both_verifiers(value: object, made: Made) -> None:
    assert parsed_by_both(made.manifest | {"outside_clocks": value}) == (False, False)


# A log that was rewritten


@pytest.fixture
def branches(store_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two stores with one key, the same up to the concern and different after it."""
    with open_fast(store_path) as session:
        seal_entry(session, CONCERN)
    other = copy_of(store_path, tmp_path / "other")
    for folder, words in ((store_path, "What is said now."), (other, "What was said then.")):
        with open_fast(folder) as session:
            seal_entry(session, note(words))
    return store_path, other


def test_a_log_rewritten_after_the_mail_is_reported_and_is_no_outside_clock(
    branches: tuple[Path, Path], tmp_path: Path
) -> None:
    kept, other = branches
    with open_fast(other) as session:
        draft = drafted(session, tmp_path)
    with open_fast(kept) as session:
        seal_entry(session, note("More, so that the log is long enough."))
        (item,) = take_in(session, tmp_path, reply=mail_round_trip.reply_quoting(draft))
        assert any("never had, of 3 records" in str(remark) for remark in item.remarks())
        assert "outside_clock" not in item.to_json()
        record = session.store.records.get(item.record)
        assert "quoted_heads" not in record.fields
        assert any("altered" in str(remark) for remark in record.fields["remarks"]), "the remark is not sealed with it"
        path = export_to(session, tmp_path / "trail.pdf")
    assert "outside_clocks" not in manifest_of(path)
    assert judged(path.read_bytes()) == {}


def test_a_checkpoint_beyond_the_log_is_reported_and_is_no_outside_clock(
    branches: tuple[Path, Path], tmp_path: Path
) -> None:
    kept, other = branches
    with open_fast(other) as session:
        for number in range(4):
            seal_entry(session, note(f"Later record {number}."))
        draft = drafted(session, tmp_path)
    with open_fast(kept) as session:
        (item,) = take_in(session, tmp_path, reply=mail_round_trip.reply_quoting(draft))
        assert any("never had, of 7 records" in str(remark) for remark in item.remarks())
        assert "outside_clock" not in item.to_json()


def test_a_checkpoint_of_another_log_is_reported_and_is_no_outside_clock(
    branches: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_fast(branches[0]) as session:
        draft = drafted(session, tmp_path)
        foreign = mail_round_trip.reply_quoting(draft).replace(
            session.log_key.origin.encode(), OTHER_KEY.origin.encode()
        )
        (item,) = take_in(session, tmp_path, reply=foreign)
        assert "It quotes the head of another log." in item.remarks()
        assert "outside_clock" not in item.to_json()


def test_a_checkpoint_typed_into_a_record_is_compared_with_the_log(branches: tuple[Path, Path], tmp_path: Path) -> None:
    kept, other = branches
    with open_fast(other, writable=False) as session:
        rewritten = head_of(session)
    with open_fast(kept) as session:
        with pytest.raises(InputError, match="never had"):
            seal_entry(session, mail_entry("received", rewritten))
        index = seal_false_heads(session, mail_entry("received", rewritten)).index
        path = export_to(session, tmp_path / "trail.pdf")
    assert "outside_clocks" not in manifest_of(path)
    assert judged(path.read_bytes()) == {f"head in record {index}": "altered"}


def test_a_rewritten_log_cannot_carry_the_old_outside_clock(branches: tuple[Path, Path], tmp_path: Path) -> None:
    kept, other = branches
    shutil.rmtree(tmp_path / "clocks", ignore_errors=True)
    with open_fast(other) as session:
        draft = drafted(session, tmp_path)
        take_in(session, tmp_path, sent=mail_round_trip.sent_copy(draft), reply=mail_round_trip.reply_quoting(draft))
        (clock,) = manifest_of(export_to(session, tmp_path / "true.pdf"))["outside_clocks"]
        old = head_of(session, 3)
    with open_fast(kept) as session:
        seal_entry(session, note("In place of the draft."))
        index = seal_false_heads(session, mail_entry("received", old)).index
        path = export_to(session, tmp_path / "false.pdf")
    made = Made(kept, path.read_bytes(), {}, {}, {})
    forged = signed_anew(made, lambda manifest: manifest.update(outside_clocks=[clock | {"record": index}]))
    assert judged(forged) == {"outside clock 1": "altered", f"head in record {index}": "altered"}


@pytest.mark.parametrize("mark", ["> ", "| ", ">> ", "\t", ""])
def test_the_checkpoint_is_found_however_it_is_quoted_and_wrapped(
    mark: str, branches: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_fast(branches[0]) as session:
        draft = drafted(session, tmp_path)
        head = head_of(session, 3).line
        wrapped = mail_round_trip.reply_quoting(draft, SENT_ID, mark=mark).replace(
            head.encode(), head.replace(" ", f"\r\n{mark}").encode()
        )
        (item,) = take_in(session, tmp_path, reply=wrapped)
        assert item.to_json()["outside_clock"] == [head]
