"""Witnesses of other makers: trusted by key, asked by file and over the network, and judged in bundles (docs/spec/exchange.md, section 9)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_app import network
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.proof.cosignatures import verify_cosignature
from evidence_app.proof.cosigner_key import WitnessKey, read_vkey
from evidence_app.proof.encoding.times import spell
from evidence_app.services.attestation import cards, other_witnesses, witnessing
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests import second_verifier
from tests.support import independent_notes, judges, stores
from tests.support.bundles import CASE, concern, seal_with
from tests.support.entries import note
from tests.support.other_witness import OtherWitness, served

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
NAME = "Example witness"
WRITTEN = json.loads((Path(__file__).parents[1] / "vectors" / "written" / "cosignatures.json").read_text("utf-8"))


@pytest.fixture
def session(store_path: Path) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=stores.SetClock(NOW)) as opened:
        for text in ("One.", "Two.", "Three."):
            stores.seal_entry(opened, note(text))
        yield opened


@pytest.fixture(params=[False, True], ids=["Ed25519", "ML-DSA-44"])
def witness(request: pytest.FixtureRequest) -> OtherWitness:
    return OtherWitness(post_quantum=request.param)


def asked(session: Session, start: int = 0) -> bytes:
    return other_witnesses.request_body(session, start)


@pytest.mark.parametrize("case", WRITTEN["holds"], ids=lambda case: case["maker"])
def test_cosignatures_that_other_programs_made_hold(case: dict[str, str]) -> None:
    cosigned = verify_cosignature(case["cosigned_checkpoint"], read_vkey(case["witness_key"]))
    assert spell(cosigned.at) == case["at"]
    second_verifier.check_cosigned(case["cosigned_checkpoint"], case["witness_key"])


def test_bare_lines_are_taken_in_at_the_head_that_was_shown(session: Session, witness: OtherWitness) -> None:
    other_witnesses.trust(session, witness.vkey, NAME)
    line = witness.answer(asked(session))
    shown_at = session.store.log.size()
    stores.seal_entry(session, note("Sealed while the witness was asked."))
    (sealed,) = other_witnesses.take_any(session, line)
    fields = session.store.records.get(sealed.index).fields
    assert fields["size"] == shown_at, "not the head of now, which the witness never saw"
    assert fields["witness"] == NAME
    assert fields["witness_key"] == witness.vkey
    assert "compared" not in fields, "there are no words of a card"
    assert independent_notes.log_signed(str(fields["cosigned_checkpoint"]), session.log_key.public)
    assert check_store(session).verdict.value == "verified"
    with pytest.raises(InputError, match="taken in before"):
        other_witnesses.take_any(session, line)


@pytest.mark.parametrize(
    "around",
    [
        lambda line: line.replace("\n", "\r\n"),
        lambda line: "Here it is:\n\n> " + line + "\nRegards\n",
        lambda line: "".join(part + "\n" for part in (line[:70], line[70:].strip())),
        lambda line: "— another.example/w9 " + "AAAA" * 20 + "\n" + line,
    ],
    ids=["CRLF", "quoted in a mail", "broken by a mail program", "behind the line of a stranger"],
)
def test_lines_survive_how_people_send_them(session: Session, witness: OtherWitness, around) -> None:
    other_witnesses.trust(session, witness.vkey, NAME)
    assert len(other_witnesses.take_any(session, around(witness.answer(asked(session))))) == 1


def test_a_whole_note_says_which_head_it_is(session: Session, witness: OtherWitness) -> None:
    other_witnesses.trust(session, witness.vkey, NAME)
    request = asked(session)
    signed = request.decode().partition("\n\n")[2]
    stores.seal_entry(session, note("Later."))
    asked(session)
    line = witness.answer(request)
    (sealed,) = other_witnesses.take_any(session, signed + line)
    assert session.store.records.get(sealed.index).fields["cosigned_checkpoint"] == signed + line
    elsewhere = signed.replace("\n5\n", "\n4\n") if "\n5\n" in signed else signed.replace("\n4\n", "\n3\n")
    with pytest.raises(VerificationError) as refused:
        other_witnesses.take_any(session, elsewhere + line)
    assert refused.value.reason == "other-log", "the log never had that root at that size"


def refusal(session: Session, text: str) -> str:
    """Return the reason for which an answer is refused; nothing is sealed then."""
    before = session.store.log.size()
    with pytest.raises((VerificationError, InputError)) as refused:
        other_witnesses.take_any(session, text)
    assert session.store.log.size() == before
    return getattr(refused.value, "reason", "input")


def test_what_does_not_hold_is_refused_and_not_sealed(session: Session, witness: OtherWitness) -> None:
    line = witness.answer(asked(session))
    assert refusal(session, line) == "unknown-witness", "nobody is trusted yet"
    other_witnesses.trust(session, witness.vkey, NAME)
    assert refusal(session, "<html><body>Welcome</body></html>") == "input"
    assert refusal(session, "— witness.example/w1 not base64\n") == "malformed"
    forged = OtherWitness(witness.name)
    assert refusal(session, forged.answer(asked(session))) == "unknown-witness", "the name alone is not enough"
    assert refusal(session, witness.line("another.example/log\n4\n" + "A" * 43 + "=\n")) == "bad-cosignature"
    witness.at = int((NOW + timedelta(days=2)).timestamp())
    assert refusal(session, witness.answer(asked(session))) == "bad-cosignature", "it is dated in the future"
    witness.at = 0
    assert refusal(session, witness.answer(asked(session))) == "bad-cosignature", "a time of 0 says nothing of when"


@pytest.mark.parametrize(
    ("vkey", "says"),
    [
        ("", "no key of a witness"),
        ("witness.example/w1+00000000+BF3/Qwrt8Y/eVqHm5Mge1gpp9V8JhovIT/WMRIyrW0Lp", "no key of a witness"),
        ("evidence-trail/witness/" + "a" * 32 + "+a5e36e18+BF3/Qwrt8Y/eVqHm5Mge1gpp9V8JhovIT/WMRIyrW0Lp", "no key"),
        (OtherWitness("with space").vkey, "no key of a witness"),
        (OtherWitness("evidence-trail/somebody").vkey, "no key of a witness"),
        (OtherWitness("w" * 256).vkey, "no key of a witness"),
        (WitnessKey(bytes(range(32))).cosigner.spell(), "Take in the card"),
    ],
    ids=["none", "wrong ID", "a name that is reserved", "a space", "another reserved name", "too long", "of a card"],
)
def test_keys_that_are_none(session: Session, vkey: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        other_witnesses.trust(session, vkey, NAME)
    assert not other_witnesses.trusted_witnesses(session)


def test_the_latest_record_of_a_name_counts_and_no_key_has_two_names(session: Session) -> None:
    old, new = OtherWitness(), OtherWitness()
    other_witnesses.trust(session, old.vkey, NAME)
    other_witnesses.trust(session, new.vkey, "EXAMPLE  witness", "https://witness.example/w1")
    (known,) = other_witnesses.trusted_witnesses(session)
    assert (known.key.spell(), known.address) == (new.vkey, "https://witness.example/w1")
    with pytest.raises(InputError, match="another name"):
        other_witnesses.trust(session, new.vkey, "Other name")
    with pytest.raises(InputError, match="address"):
        other_witnesses.trust(session, OtherWitness().vkey, "Third", "ftp://witness.example")


def test_a_bundle_shows_it_as_an_outside_clock_and_both_verifiers_agree(
    session: Session, witness: OtherWitness, tmp_path: Path
) -> None:
    other_witnesses.trust(session, witness.vkey, NAME)
    other_witnesses.take_any(session, witness.answer(asked(session)))
    export(session, "officer", tmp_path / "own.pdf", choose())
    content = (tmp_path / "own.pdf").read_bytes()
    report = verify_bytes(content)
    judged = {check.name: check.verdict.value for check in report.checks}
    assert judged == judges.verify_bundle(content), "the two verifiers disagree"
    assert judged["outside clock 1"] == "verified"
    said = " ".join(report.notes)
    assert f"{NAME} countersigned the head of positions 0 to 4" in said
    assert witness.name in said, "the name of its key is what a reader compares"


def test_a_unions_witness_stays_out_of_a_bundle_for_the_employer(session: Session, tmp_path: Path) -> None:
    witness = OtherWitness("witness.union.example")
    seal_with(session, concern("Monthly is unsafe."))
    other_witnesses.trust(session, witness.vkey, "Union witness", of_union=True)
    other_witnesses.take_any(session, witness.answer(asked(session)))
    for profile, shows in (("officer", True), ("sfo-review", False), ("integrity", False)):
        out = tmp_path / f"{profile}.pdf"
        export(session, profile, out, Selection(case_ref=CASE), case_ref=CASE)
        report = verify_bytes(out.read_bytes())
        assert report.verdict.value == "verified"
        assert any(check.name == "outside clock 1" for check in report.checks) is shows
        assert (b"union.example" in out.read_bytes()) is shows, (
            "the name of the key would tell who supports the officer"
        )


# Over the network


def switched_on(session: Session) -> None:
    change_setting(session, "time_stamps_over_network", ["yes"])


@pytest.mark.sockets
def test_nothing_is_sent_unless_it_is_switched_on(session: Session, witness: OtherWitness) -> None:
    with served(lambda body: (200, "text/plain", witness.answer(body).encode())) as (address, seen):
        other_witnesses.trust(session, witness.vkey, NAME, address)
        with pytest.raises(InputError, match="switched off"):
            other_witnesses.send(session, NAME)
        assert seen == []
        switched_on(session)
        (sealed,) = other_witnesses.send(session, "example WITNESS")
        assert session.store.records.get(sealed.index).fields["size"] == sealed.index
        ((path, body),) = seen
        assert path == "/w/add-checkpoint"
        assert body == b"old 0\n\n" + session.store.log.checkpoint(sealed.index).encode(), "more than the head left"


@pytest.mark.sockets
def test_a_size_that_the_witness_knows_is_followed_by_the_proof_from_there(session: Session) -> None:
    witness = OtherWitness()
    known = session.store.log.size()
    stores.seal_entry(session, note("Later."))

    def handle(body: bytes) -> tuple[int, str, bytes]:
        if body.startswith(b"old 0\n"):
            return 409, "text/x.tlog.size", f"{known}\n".encode()
        return 200, "text/plain", witness.answer(body).encode()

    switched_on(session)
    with served(handle) as (address, seen):
        other_witnesses.trust(session, witness.vkey, NAME, address)
        assert len(other_witnesses.send(session, address)) == 1
        assert len(seen) == 2
        countersigned = require_proof(session, seen[1][1])
        assert len(other_witnesses.send(session, NAME)) == 1
        assert seen[2][1].startswith(f"old {countersigned}\n".encode()), "now it begins where the witness stands"
        require_proof(session, seen[2][1])


def require_proof(session: Session, body: bytes) -> int:
    """Require that the proof in a request leads from its old size to its checkpoint; return the size of that."""
    first, *hashes = body.decode().partition("\n\n")[0].split("\n")
    old, size = int(first.removeprefix("old ")), int(body.decode().partition("\n\n")[2].split("\n")[1])
    root_of = session.store.log.root
    proof = [second_verifier.unbase64(each, 32) for each in hashes]
    second_verifier.check_consistency((old, root_of(old)), (size, root_of(size)), proof)
    return size


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        ((404, "text/plain", b"unknown log"), EnvironmentProblem, "the key of the log: evidence-trail/"),
        ((403, "text/plain", b""), EnvironmentProblem, "another key"),
        ((422, "text/plain", b""), VerificationError, "does not go on"),
        ((409, "text/plain", b"conflict"), VerificationError, "does not go on"),
        ((409, "text/x.tlog.size", b"4000000\n"), VerificationError, "knows 4000000 records"),
        ((409, "text/x.tlog.size", b"many\n"), VerificationError, "."),
        ((409, "text/x.tlog.size", b"\xff\n"), VerificationError, "cannot be read"),
        ((409, "text/x.tlog.size", b"2\n"), VerificationError, "does not go on"),
        ((302, "text/plain", b""), EnvironmentProblem, "answered with 302"),
        ((500, "text/html", b"<html>"), EnvironmentProblem, "answered with 500"),
        ((200, "text/html", b"<html>Sign in</html>"), EnvironmentProblem, "no countersignature"),
        ((200, "text/plain", b"\xff\xfe"), EnvironmentProblem, "no countersignature"),
        (
            (200, "text/plain", OtherWitness("witness.example/w1").line("a\n1\n\n").encode()),
            VerificationError,
            "nobody",
        ),
        ((200, "text/plain", b"x" * (network.MAX_ANSWER_BYTES + 1)), EnvironmentProblem, "more than any"),
    ],
)
def test_an_endpoint_that_answers_badly(session: Session, answer, error: type[Exception], says: str) -> None:
    switched_on(session)
    with served(lambda _: answer) as (address, seen):
        other_witnesses.trust(session, OtherWitness().vkey, NAME, address)
        before = session.store.log.size()
        with pytest.raises(error, match=says):
            other_witnesses.send(session, NAME)
        assert session.store.log.size() == before, "nothing is kept that does not hold"
        assert len(seen) <= 2, "it must not ask on and on"


@pytest.mark.sockets
def test_an_endpoint_that_answers_a_byte_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "SECONDS", 1)
    switched_on(session)
    with served(lambda _: (200, "text/plain", b"x" * 1_000), seconds_between_bytes=0.05) as (address, _):
        other_witnesses.trust(session, OtherWitness().vkey, NAME, address)
        with pytest.raises(EnvironmentProblem, match="too slowly"):
            other_witnesses.send(session, NAME)


def test_names_and_addresses_that_cannot_be_asked(session: Session) -> None:
    switched_on(session)
    with pytest.raises(InputError, match="No witness of that name"):
        other_witnesses.send(session, "Nobody")
    other_witnesses.trust(session, OtherWitness().vkey, NAME)
    with pytest.raises(InputError, match="has no address"):
        other_witnesses.send(session, NAME)


def test_a_card_is_still_taken_in_as_a_block(session: Session, tmp_path: Path) -> None:
    stores.make_store(tmp_path / "rep", machine="other")
    with stores.open_fast(tmp_path / "rep", clock=stores.SetClock(NOW)) as rep:
        cards.take_card(session, cards.own_card(rep).block, "by telephone")
        answer = witnessing.answer_request(rep, witnessing.make_request(session))
    (sealed,) = other_witnesses.take_any(session, answer.block)
    assert session.store.records.get(sealed.index).fields["compared"] == "by telephone"
