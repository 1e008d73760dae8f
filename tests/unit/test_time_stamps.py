"""Time stamps: requested, answered by a test authority and by OpenSSL, refused, and shown in bundles."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.record.selection import Selection
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.network import MAX_ANSWER_BYTES, require_address
from evidence_app.proof.encoding import base64
from evidence_app.proof.time_stamps import make_request, read_answer, read_certificates, require_signed
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.attestation import time_stamps
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.external_attestations import first_clock_for, last_outside_clock
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.authority import NOW, Authority
from tests.support.bundles import CASE, all_words, concern, seal_with

ONE = "Invented Stamps"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority(ONE)


@pytest.fixture
def clock() -> stores.SetClock:
    return stores.SetClock(NOW)


@pytest.fixture
def session(store_path: Path, clock: stores.SetClock, authority: Authority) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=clock) as opened:
        seal_with(opened, concern("Monthly is unsafe."))
        time_stamps.add_authority(opened, ONE, authority.pem)
        yield opened


def asked(session: Session) -> bytes:
    return time_stamps.ask(session, time_stamps.find_authority(session, "")).content


def refused(session: Session, untrusted: bytes, reason: str) -> str:
    """Require that an answer is refused with a reason, and that nothing was sealed; return its sentence."""
    size = session.store.log.size()
    with pytest.raises(VerificationError) as caught:
        time_stamps.take_answer(session, untrusted)
    assert caught.value.reason == reason, caught.value.sentence
    assert session.store.log.size() == size
    return caught.value.sentence


def test_a_time_stamped_checkpoint_is_an_outside_clock(session: Session, authority: Authority) -> None:
    request = asked(session)
    size = session.store.log.size()
    assert time_stamps.standings(session)[0].asked_size == size
    assert "its answer is not here yet" in time_stamps.standings(session)[0].in_words(size)
    seal_with(session, concern("Sealed while it was on its way."))
    sealed = time_stamps.take_answer(session, authority.answer(request))
    record = session.store.records.get(sealed.index)
    assert (record.fields["authority"], record.fields["size"]) == (ONE, size)
    clock = last_outside_clock(session)
    assert clock is not None
    assert (clock.what, clock.who, clock.checkpoint.size, clock.at) == ("time stamp", ONE, size, NOW)
    first = first_clock_for(session, 1)
    assert first is not None
    assert (
        f"{ONE} stamped the head of positions 0 to {size - 1} at Mon 26 Jan 2026, 09:30 by its clock"
        in first.in_words()
    )
    (standing,) = time_stamps.standings(session)
    assert standing.asked_at == ""
    assert standing.in_words(session.store.log.size()).endswith("by its clock; 2 sealed since.")
    assert "second authority would be better" in time_stamps.advice(session)
    assert check_store(session).verdict is Verdict.VERIFIED
    with pytest.raises(InputError, match="taken in before"):
        time_stamps.take_answer(session, _answer_of(session))


def _answer_of(session: Session) -> bytes:
    return base64.decode(time_stamps.stamps(session)[-1].fields["answer"])


@pytest.mark.parametrize("profile", ["officer", "sfo-review", "integrity"])
def test_both_verifiers_check_the_time_stamp_in_a_bundle(
    session: Session, authority: Authority, profile: str, tmp_path: Path
) -> None:
    time_stamps.take_answer(session, authority.answer(asked(session)))
    seal_with(session, concern("Still unsafe."))
    out = tmp_path / "bundle.pdf"
    export(session, profile, out, Selection(case_ref=CASE), case_ref=CASE)
    content = out.read_bytes()
    report = verify_bytes(content)
    ours = {check.name: check.verdict.value for check in report.checks}
    assert ours == judges.verify_bundle(content)
    assert ours["outside clock 1"] == "verified"
    assert set(ours.values()) == {"verified"}
    said = " ".join(report.notes)
    assert f"{ONE} stamped the head of positions 0 to 2" in said
    assert "compare its root certificate" in said
    assert f"{ONE} stamped" in all_words(out)


Spoil = Callable[[Session, Authority, bytes], bytes]


def other_nonce(_session: Session, authority: Authority, request: bytes) -> bytes:
    return authority.answer(request, nonce=7)


def of_a_stranger(_session: Session, _authority: Authority, request: bytes) -> bytes:
    return Authority(ONE).answer(request)


def expired(session: Session, _authority: Authority, request: bytes) -> bytes:
    old = Authority("Old Stamps", until=NOW - timedelta(days=30))
    time_stamps.add_authority(session, "Old Stamps", old.pem)
    return old.answer(request)


def for_another_use(session: Session, _authority: Authority, request: bytes) -> bytes:
    other = Authority("Web", usage=ExtendedKeyUsageOID.SERVER_AUTH)
    time_stamps.add_authority(session, "Web", other.pem)
    return other.answer(request)


def not_critical(session: Session, _authority: Authority, request: bytes) -> bytes:
    other = Authority("Lax", critical=False)
    time_stamps.add_authority(session, "Lax", other.pem)
    return other.answer(request)


def of_the_future(_session: Session, authority: Authority, request: bytes) -> bytes:
    return authority.answer(request, NOW + timedelta(days=3))


def of_another_log(_session: Session, authority: Authority, _request: bytes) -> bytes:
    return authority.answer(make_request(b"something else").content)


def denied(_session: Session, authority: Authority, request: bytes) -> bytes:
    return authority.answer(request, status=2)


def cut_off(_session: Session, authority: Authority, request: bytes) -> bytes:
    return authority.answer(request)[:-40]


def altered(_session: Session, authority: Authority, request: bytes) -> bytes:
    answer = bytearray(authority.answer(request))
    answer[-10] ^= 1
    return bytes(answer)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (other_nonce, "other-request"),
        (of_a_stranger, "untrusted-authority"),
        (expired, "expired"),
        (for_another_use, "untrusted-authority"),
        (not_critical, "untrusted-authority"),
        (of_the_future, "future"),
        (of_another_log, "other-log"),
        (denied, "not-granted"),
        (cut_off, "malformed"),
        (altered, "untrusted-authority"),
        (lambda *_: b"", "malformed"),
        (lambda *_: b"<html>Forbidden</html>", "malformed"),
        (lambda *_: b"0" * 2_000_000, "malformed"),
    ],
)
def test_an_invalid_answer_is_refused(session: Session, authority: Authority, spoil: Spoil, reason: str) -> None:
    request = asked(session)
    untrusted = spoil(session, authority, request)
    assert refused(session, untrusted, reason)
    assert time_stamps.take_answer(session, authority.answer(request)).index > 0, "the true answer is refused after it"


@given(
    changes=st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=4), st.integers(0, 4)), min_size=1, max_size=3)
)
def test_a_changed_answer_is_refused_or_equivalent(changes: list[tuple[int, bytes, int]]) -> None:
    """What can be changed without a refusal is what nobody signs, such as a spare certificate: never the time or the hash."""
    answer, message, pem = _an_answer()
    changed = bytearray(answer)
    for place, new, gone in changes:
        changed[place % len(changed) : place % len(changed) + gone] = new
    try:
        read = read_answer(bytes(changed))
        require_signed(read, message, read_certificates(pem))
    except VerificationError:
        return
    assert (read.at, read.imprint) == (NOW, read_answer(answer).imprint)


@cache
def _an_answer() -> tuple[bytes, bytes, str]:
    made, message = Authority(ONE), b"a signed checkpoint"
    return made.answer(make_request(message).content), message, made.pem


def test_an_authority_is_named_with_certificates(session: Session, authority: Authority) -> None:
    for name, pem, says in (
        ("", authority.pem, "has a name"),
        ("Stamps", "no certificate", "no certificates in PEM"),
        ("Stamps", "x" * 200_000, "too long"),
    ):
        with pytest.raises(InputError, match=says):
            time_stamps.add_authority(session, name, pem)
    with pytest.raises(InputError, match="like http://"):
        time_stamps.add_authority(session, "Stamps", authority.pem, "ftp://stamps.example")
    time_stamps.add_authority(session, "Second", authority.pem)
    with pytest.raises(InputError, match="Which authority"):
        time_stamps.find_authority(session, "")
    assert time_stamps.find_authority(session, "second").name == "Second"
    assert time_stamps.advice(session) == ""


def test_without_an_authority_there_is_no_request(store_path: Path) -> None:
    with stores.open_fast(store_path) as empty:
        with pytest.raises(InputError, match="No time-stamping authority"):
            time_stamps.find_authority(empty, "")
        assert "two are better" in time_stamps.advice(empty)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "stamps.example",
        "file:///etc/passwd",
        "http://",
        "http://a:b@stamps.example",
        "http://stamps.example/a b",
        "http://x:0/",
    ],
)
def test_an_invalid_address_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        require_address(address)


# OpenSSL's own authority


def openssl(*words: str | Path, cwd: Path) -> str:
    tool = shutil.which("openssl")
    if tool is None:
        pytest.skip("OpenSSL's own tool is not installed here, and could not be")
    done = subprocess.run([tool, *words], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
accuracy = secs:1
[usage]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    new = ("-newkey", "rsa:2048", "-nodes", "-subj")
    openssl(
        "req", "-x509", *new, "/CN=Local Root", "-keyout", "root.key", "-out", "root.pem", "-days", "30", cwd=folder
    )
    openssl("req", "-new", *new, "/CN=Local Signer", "-keyout", "signer.key", "-out", "signer.csr", cwd=folder)
    signing = (
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "usage",
    )
    openssl("x509", "-req", "-in", "signer.csr", *signing, "-out", "signer.pem", "-days", "30", cwd=folder)
    return folder


def reply(tsa: Path, request: bytes) -> bytes:
    (tsa / "request.tsq").write_bytes(request)
    keys = ("-signer", "signer.pem", "-inkey", "signer.key", "-chain", "root.pem")
    openssl(
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-section",
        "one",
        "-queryfile",
        "request.tsq",
        *keys,
        "-out",
        "answer.tsr",
        cwd=tsa,
    )
    return (tsa / "answer.tsr").read_bytes()


def test_openssl_answers_requests_and_verifies_stored_answers(store_path: Path, tsa: Path, tmp_path: Path) -> None:
    with stores.open_fast(store_path) as session:
        time_stamps.add_authority(session, "Local", (tsa / "root.pem").read_text())
        request = asked(session)
        (tmp_path / "request.tsq").write_bytes(request)
        said = openssl("ts", "-query", "-in", "request.tsq", "-text", cwd=tmp_path)
        assert "sha256" in said.lower()
        assert "Certificate required: yes" in said
        sealed = time_stamps.take_answer(session, reply(tsa, request))
        fields = session.store.records.get(sealed.index).fields
        (tmp_path / "checkpoint").write_text(str(fields["signed_checkpoint"]), encoding="utf-8")
        (tmp_path / "answer.tsr").write_bytes(_answer_of(session))
        (tmp_path / "root.pem").write_text(str(fields["certificates"]))
        judged = openssl(
            "ts", "-verify", "-data", "checkpoint", "-in", "answer.tsr", "-CAfile", "root.pem", cwd=tmp_path
        )
        assert "Verification: OK" in judged
        out = tmp_path / "bundle.pdf"
        export(session, "officer", out, Selection())
        ours = {check.name: check.verdict.value for check in verify_bytes(out.read_bytes()).checks}
        assert ours == judges.verify_bundle(out.read_bytes())
        assert ours["outside clock 1"] == "verified"


# Over the network


@pytest.mark.sockets
def test_over_the_network_only_when_it_is_switched_on(session: Session, authority: Authority, serve: Any) -> None:
    server = serve(lambda asked: (200, authority.answer(asked)))
    time_stamps.add_authority(session, ONE, authority.pem, server.address)
    known = time_stamps.find_authority(session, ONE)
    with pytest.raises(InputError, match="switched off"):
        time_stamps.ask_over_network(session, known)
    assert server.seen == [], "something was sent although it is switched off"
    change_setting(session, "time_stamps_over_network", ["yes"])
    sealed = time_stamps.ask_over_network(session, known)
    assert session.store.records.get(sealed.index).kind.name == "time-stamp"
    ((headers, sent),) = server.seen
    assert headers["Content-Type"] == "application/timestamp-query"
    assert headers["User-Agent"] == "-"
    checkpoint = str(session.store.records.get(sealed.index).fields["signed_checkpoint"])
    assert checkpoint.encode()[:40] not in sent, "more than a hash was sent"
    assert len(sent) < 100


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("code", "content", "says"),
    [
        (404, b"", "answered with 404"),
        (302, b"", "answered with 302"),
        (200, b"x" * (MAX_ANSWER_BYTES + 10), "more than any such answer"),
    ],
)
def test_a_server_that_is_no_authority(
    session: Session, authority: Authority, serve: Any, code: int, content: bytes, says: str
) -> None:
    server = serve(lambda _: (code, content))
    change_setting(session, "time_stamps_over_network", ["yes"])
    time_stamps.add_authority(session, ONE, authority.pem, server.address)
    with pytest.raises(EnvironmentProblem, match=says):
        time_stamps.ask_over_network(session, time_stamps.find_authority(session, ONE))


@pytest.mark.sockets
def test_an_unreachable_server(session: Session, authority: Authority, serve: Any) -> None:
    server = serve(lambda _: (200, b""))
    address = server.address
    server.shutdown()
    server.server_close()
    change_setting(session, "time_stamps_over_network", ["yes"])
    time_stamps.add_authority(session, ONE, authority.pem, address)
    with pytest.raises(EnvironmentProblem, match="could not be reached"):
        time_stamps.ask_over_network(session, time_stamps.find_authority(session, ONE))
    time_stamps.add_authority(session, "Bare", authority.pem)
    with pytest.raises(InputError, match="has no address"):
        time_stamps.ask_over_network(session, time_stamps.find_authority(session, "Bare"))
