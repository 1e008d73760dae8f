"""Time stamps in bundles: asked for, put behind the file, judged, renewed, refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evidence_app.domain.record.selection import Selection
from evidence_app.errors import EnvironmentProblem, EvidenceError, InputError, VerificationError
from evidence_app.proof.bundle.stamp_updates import (
    RESERVED_DIGITS,
    Revision,
    digest_covered,
    read_stamped,
    revision_of,
    spell_update,
)
from evidence_app.proof.time_stamps import make_request_over, read_answer, token_of
from evidence_app.services.attestation import bundle_stamps, time_stamps
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import extract_signed, verify_bytes
from tests.support import judges, stores
from tests.support.authority import NOW, YEAR, Authority, OddAuthority
from tests.support.authority_server import Serve
from tests.support.bundles import concern, seal_with

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


@pytest.fixture
def bundle(session: Session, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.pdf"
    export(session, "officer", path, Selection())
    return path


def asked(session: Session, path: Path, *lists: bytes) -> bytes:
    return bundle_stamps.ask_for_bundle(session, time_stamps.find_authority(session, ""), path, lists).content


def stamp(session: Session, authority: Authority, path: Path, *lists: bytes) -> bundle_stamps.StampedBundle:
    return bundle_stamps.take_for_bundle(session, authority.answer(asked(session, path, *lists), session.clock.now()))


def judged(content: bytes) -> dict[str, str]:
    """Return the verdict of each item, after all verifiers agreed on it."""
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert judges.verify_bundle(content) == ours
    return ours


def failing(content: bytes) -> set[str]:
    return {name for name, verdict in judged(content).items() if verdict != "verified"}


def test_a_bundle_is_stamped_and_the_stamp_is_judged(session: Session, authority: Authority, bundle: Path) -> None:
    before = bundle.read_bytes()
    made = stamp(session, authority, bundle)
    content = bundle.read_bytes()
    assert content.startswith(before), "the signed file is not as it was"
    assert judged(content) == judged(before) | {"document time stamp 1": "verified"}
    record = session.store.records.get(made.sealed.index)
    assert record.fields["sha256"] == sha256(content).hexdigest() == made.sha256
    assert record.fields["before_sha256"] == sha256(before).hexdigest()
    assert session.store.records.get(int(str(record.fields["export"]))).kind.name == "export"
    assert (made.level, made.at) == ("B-T", "2026-01-26T09:30:00Z")
    report = verify_bytes(content)
    assert report.conclusion.startswith("Intact")
    assert "1 time stamp: compare the root certificate" in report.conclusion
    root = str(record.fields["root_sha256"])
    assert any(root in note and "whoever makes a certificate can make such a stamp" in note for note in report.notes)
    assert not [check for check in check_store(session).checks if check.verdict.value != "verified"]


def test_with_its_revocation_list_the_signature_is_long_term(
    session: Session, authority: Authority, bundle: Path, clock: stores.SetClock
) -> None:
    # The signer's certificate is in the answer, so the list is its issuer's.
    made = stamp(session, authority, bundle, authority.revocation_list())
    assert made.level == "B-LT"
    clock.moment += timedelta(days=100)
    again = stamp(session, authority, bundle, authority.revocation_list())
    assert again.level == "B-LTA"
    stamped = read_stamped(bundle.read_bytes())
    assert stamped is not None
    assert [len(each.lists) for each in stamped.updates] == [1, 1]
    assert failing(bundle.read_bytes()) == set()
    fields = session.store.records.get(again.sealed.index).fields
    assert fields["before_sha256"] == made.sha256
    assert fields["export"] == session.store.records.get(made.sealed.index).fields["export"]


def test_what_is_added_behind_a_stamp_is_named_and_taken_away(
    session: Session, authority: Authority, bundle: Path, tmp_path: Path
) -> None:
    stamp(session, authority, bundle)
    stamped = bundle.read_bytes()
    added = stamped + b"1 0 obj\nnull\nendobj\n"
    assert "whole file" in failing(added)
    (tmp_path / "added.pdf").write_bytes(added)
    assert extract_signed(tmp_path / "added.pdf", tmp_path / "back.pdf").verdict.value == "verified"
    assert (tmp_path / "back.pdf").read_bytes() == stamped, "the time stamp was lost"
    extract_signed(tmp_path / "back.pdf", tmp_path / "same.pdf")
    assert (tmp_path / "same.pdf").read_bytes() == stamped


def test_every_part_of_an_update_is_looked_at(
    session: Session, authority: Authority, bundle: Path, long_run: bool
) -> None:
    start = len(bundle.read_bytes())
    stamp(session, authority, bundle, authority.revocation_list())
    content = bundle.read_bytes()
    token_at = content.index(b"/Contents <", start) + len("/Contents <")
    gap = range(token_at, token_at + RESERVED_DIGITS)
    step = max(1, (len(content) - start - RESERVED_DIGITS) // (1_000 if long_run else 50))
    for place in [each for each in range(start, len(content)) if each not in gap][::step]:
        changed = bytearray(content)
        changed[place] ^= 1
        faults = failing(bytes(changed))
        assert faults & {"file", "whole file", "document time stamp 1"}, f"byte {place} changed, and nothing says so"
    padding = bytearray(content)
    padding[gap[-1]] = ord("1")
    assert "whole file" in failing(bytes(padding))


def test_an_altered_token_fails_alone(session: Session, authority: Authority, bundle: Path) -> None:
    stamp(session, authority, bundle)
    content = bundle.read_bytes()
    # The last digit of the signature: the token is the last thing of its SignedData.
    token = read_stamped(content)
    assert token is not None
    digits = token.updates[0].token.hex().upper().encode()
    end = content.index(digits) + len(digits) - 1
    changed = bytearray(content)
    changed[end] = ord("0") if changed[end] != ord("0") else ord("1")
    assert failing(bytes(changed)) == {"document time stamp 1"}
    said = verify_bytes(bytes(changed)).conclusion
    assert said.startswith("Document time stamp 1 does not hold: its time is not shown by anything. But every record")


def test_a_changed_page_fails_with_the_stamp_and_is_named(session: Session, authority: Authority, bundle: Path) -> None:
    stamp(session, authority, bundle)
    changed = bytearray(bundle.read_bytes())
    changed[len(changed) // 2] ^= 1
    faults = failing(bytes(changed))
    assert {"whole file", "document time stamp 1"} <= faults
    assert "time stamp" not in verify_bytes(bytes(changed)).conclusion.lower()


def test_without_its_last_stamp_a_file_is_whole(session: Session, authority: Authority, bundle: Path) -> None:
    stamp(session, authority, bundle)
    once = bundle.read_bytes()
    stamp(session, authority, bundle)
    twice = bundle.read_bytes()
    assert failing(twice[: len(once)]) == set()
    # The second update behind the signed file alone is none that follows from it.
    stamped = read_stamped(twice)
    assert stamped is not None
    alone = twice[: stamped.signed_length] + stamped.updates[1].content
    assert "whole file" in failing(alone)


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        ("malformed", lambda authority, request: b"nothing"),
        ("not-granted", lambda authority, request: authority.answer(request, status=2)),
        ("other-request", lambda authority, request: authority.answer(request, nonce=7)),
        ("future", lambda authority, request: authority.answer(request, NOW + timedelta(days=3))),
        ("untrusted-authority", lambda authority, request: Authority("Another").answer(request)),
        ("expired", lambda authority, request: authority.answer(request, NOW - 2 * YEAR)),
    ],
)
def test_an_answer_that_does_not_hold_changes_nothing(
    session: Session,
    authority: Authority,
    bundle: Path,
    reason: str,
    answer: Callable[[Authority, bytes], bytes],
) -> None:
    before, size = bundle.read_bytes(), session.store.log.size()
    untrusted = answer(authority, asked(session, bundle))
    with pytest.raises(VerificationError) as caught:
        bundle_stamps.take_for_bundle(session, untrusted)
    assert caught.value.reason == reason
    assert (bundle.read_bytes(), session.store.log.size()) == (before, size)


def test_a_revoked_authority_is_refused(session: Session, authority: Authority, bundle: Path) -> None:
    request = asked(session, bundle, authority.revocation_list(authority.signer))
    with pytest.raises(VerificationError, match="was revoked on 2026-01-24"):
        bundle_stamps.take_for_bundle(session, authority.answer(request))
    with pytest.raises(VerificationError, match="not signed by a certificate of the authority"):
        asked(session, bundle, Authority("Another").revocation_list())
    with pytest.raises(VerificationError, match="no list of revoked certificates"):
        asked(session, bundle, b"0\x82")


def test_files_that_cannot_be_stamped(session: Session, authority: Authority, bundle: Path, tmp_path: Path) -> None:
    request = asked(session, bundle)
    other = tmp_path / "other.pdf"
    export(session, "officer", other, Selection())
    with pytest.raises(InputError, match="is not the file that the request was made for"):
        bundle_stamps.take_for_bundle(session, authority.answer(request), other)
    moved = bundle.rename(tmp_path / "moved.pdf")
    with pytest.raises(InputError, match="is not there"):
        bundle_stamps.take_for_bundle(session, authority.answer(request))
    assert bundle_stamps.take_for_bundle(session, authority.answer(request), moved).path == moved
    with pytest.raises(InputError, match="no request for a bundle"):
        bundle_stamps.take_for_bundle(session, authority.answer(request), moved)
    noted = tmp_path / "noted.pdf"
    noted.write_bytes(other.read_bytes() + b"%\n")
    with pytest.raises(VerificationError, match="no bundle that is as it was signed"):
        asked(session, noted)
    noted.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(VerificationError, match="no bundle that is as it was signed"):
        asked(session, noted)


def test_a_folder_that_cannot_be_written_leaves_the_file_and_no_record(
    session: Session, authority: Authority, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = bundle.read_bytes(), session.store.log.size()
    request = asked(session, bundle)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EnvironmentProblem):
        bundle_stamps.take_for_bundle(session, authority.answer(request))
    monkeypatch.undo()
    assert (bundle.read_bytes(), session.store.log.size()) == (before, size)
    assert list(bundle.parent.glob("bundle*")) == [bundle]
    assert bundle_stamps.take_for_bundle(session, authority.answer(request)).level == "B-T"


def spelled_by_hand(content: bytes, roots: list[bytes], signer: Authority, revision: Revision | None = None) -> bytes:
    """Return a file with a stamp by an authority, in an update with these certificates, as an attacker would write it."""
    revision = revision or revision_of(content)
    assert revision is not None
    blank = spell_update(revision, roots)
    request = make_request_over(digest_covered(content + blank.content, blank, "sha256")).content
    token = token_of(read_answer(signer.answer(request)))
    return content + spell_update(revision, roots, (), token).content


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def test_a_stamp_is_said_to_be_by_the_root_that_signed_it(authority: Authority, bundle: Path) -> None:
    """With the certificate of a known authority in front, a stamp by another one would be said to be by the known one."""
    forger, content = Authority("Forger"), bundle.read_bytes()
    forged = spelled_by_hand(content, [der(authority.root), der(forger.root)], forger)
    assert failing(forged) == {"document time stamp 1"}
    honest = spelled_by_hand(content, [der(forger.root), der(authority.root)], forger)
    assert failing(honest) == set()
    (item,) = [each for each in verify_bytes(honest).checks if each.name == "document time stamp 1"]
    assert sha256(der(forger.root)).hexdigest() in item.detail
    between = spelled_by_hand(content, [der(authority.root), der(authority.signer)], authority)
    assert failing(between) == set()
    rootless = spelled_by_hand(content, [der(forger.signer)], forger)
    assert failing(rootless) == {"document time stamp 1"}


def test_an_update_that_replaces_objects_of_the_file_is_none(authority: Authority, bundle: Path) -> None:
    """A file may say that it has fewer objects than it has: then the new ones would take the place of some of a page."""
    content = bundle.read_bytes()
    revision = revision_of(content)
    assert revision is not None
    for size in (revision.fields_at, 100):
        assert "whole file" in failing(
            spelled_by_hand(content, [der(authority.root)], authority, replace(revision, size=size))
        )


@pytest.mark.parametrize("what", ["type", "name", "hash"])
def test_what_else_an_authority_signed_is_no_time_stamp(session: Session, bundle: Path, what: str) -> None:
    odd = OddAuthority("Odd", what)
    time_stamps.add_authority(session, odd.name, odd.pem)
    content = bundle.read_bytes()
    assert failing(spelled_by_hand(content, [der(odd.root)], odd)) == {"document time stamp 1"}
    request = time_stamps.ask(session, time_stamps.find_authority(session, odd.name)).content
    with pytest.raises(VerificationError, match="not signed by the authority"):
        time_stamps.take_answer(session, odd.answer(request))


# Over the network


@pytest.mark.sockets
def test_over_the_network_with_the_authoritys_list(session: Session, bundle: Path, serve: Serve) -> None:
    lists = serve(lambda _: (200, authority.revocation_list()))
    authority = Authority("With lists", lists_at=f"{lists.address}/list.crl")
    server = serve(lambda asked: (200, authority.answer(asked)))
    time_stamps.add_authority(session, authority.name, authority.pem, server.address)
    with pytest.raises(InputError, match="switched off"):
        bundle_stamps.stamp_over_network(session, authority.name, bundle)
    assert (server.seen, lists.seen) == ([], []), "something was sent although it is switched off"
    change_setting(session, "time_stamps_over_network", ["yes"])
    made = bundle_stamps.stamp_over_network(session, authority.name, bundle)
    assert (made.level, made.warnings) == ("B-LT", ())
    assert failing(bundle.read_bytes()) == set()
    assert len(server.seen) == 2, "the head of the log is stamped once, and then the file"
    assert all(len(sent) < 100 for _, sent in server.seen), "more than a hash was sent"
    assert [sent for _, sent in lists.seen] == [b""]


@pytest.mark.sockets
def test_a_list_that_cannot_be_had_is_a_warning(session: Session, bundle: Path, serve: Serve) -> None:
    lists = serve(lambda _: (404, b""))
    authority = Authority("Without lists", lists_at=f"{lists.address}/list.crl")
    server = serve(lambda asked: (200, authority.answer(asked)))
    time_stamps.add_authority(session, authority.name, authority.pem, server.address)
    change_setting(session, "time_stamps_over_network", ["yes"])
    made = bundle_stamps.stamp_over_network(session, authority.name, bundle)
    assert made.level == "B-T"
    (warning,) = made.warnings
    assert "answered with 404" in warning


@pytest.mark.sockets
@pytest.mark.parametrize("content", [b"<html>busy</html>", b"0\x03\x02\x01\x00"])
def test_a_server_that_answers_wrongly_changes_nothing(
    session: Session, authority: Authority, bundle: Path, serve: Serve, content: bytes
) -> None:
    server = serve(lambda _: (200, content))
    time_stamps.add_authority(session, ONE, authority.pem, server.address)
    change_setting(session, "time_stamps_over_network", ["yes"])
    time_stamps.take_answer(
        session, authority.answer(time_stamps.ask(session, time_stamps.find_authority(session, ONE)).content)
    )
    before, size = bundle.read_bytes(), session.store.log.size()
    with pytest.raises(EvidenceError):
        bundle_stamps.stamp_over_network(session, ONE, bundle)
    assert (bundle.read_bytes(), session.store.log.size()) == (before, size)
