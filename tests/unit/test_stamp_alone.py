"""A time stamp verified by itself, and beside the bundle or receipt whose head it is over (docs/spec/time-stamps.md, section 5)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.services.attestation import time_stamps
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import choose
from evidence_app.services.records.receipt_files import write_receipt
from evidence_app.services.safekeeping.verifying import compare_files, verify_bytes
from tests.support import stores
from tests.support.authority import NOW, Authority
from tests.support.entries import note

ONE = "Invented Stamps"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority(ONE)


@pytest.fixture
def session(store_path: Path, authority: Authority) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=stores.SetClock(NOW)) as opened:
        stores.seal_entry(opened, note("One."))
        time_stamps.add_authority(opened, ONE, authority.pem)
        yield opened


@pytest.fixture
def stamp(session: Session, authority: Authority) -> bytes:
    return authority.answer(time_stamps.ask(session, time_stamps.find_authority(session, ONE)).content)


def items(report) -> dict[str, str]:
    return {check.name: check.verdict.value for check in report.checks}


def test_a_stamp_alone_is_judged_by_the_certificate_in_it(stamp: bytes) -> None:
    report = verify_bytes(stamp)
    assert items(report) == {"time stamp": "verified"}
    assert "Whose certificate that is" in " ".join(report.notes), "it must not seem to say more"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda stamp: stamp[:-1] + bytes([stamp[-1] ^ 1]), "altered"),
        (lambda stamp: stamp[: len(stamp) // 2], "unreadable"),
        (lambda stamp: b"\x30" + b"\x00" * 50, "unreadable"),
        (lambda stamp: stamp + b"\x00", "unreadable"),
    ],
    ids=["the signature is changed", "cut short", "no answer at all", "a byte behind it"],
)
def test_a_stamp_that_does_not_hold(stamp: bytes, change, verdict: str) -> None:
    assert items(verify_bytes(change(stamp))) == {"time stamp": verdict}


def test_beside_a_receipt_or_a_bundle_it_says_whether_that_head_was_stamped(
    session: Session, stamp: bytes, tmp_path: Path
) -> None:
    (tmp_path / "stamp.tsr").write_bytes(stamp)
    write_receipt(session, 1, tmp_path / "stamped.tlog-proof")
    report = compare_files(tmp_path / "stamp.tsr", tmp_path / "stamped.tlog-proof")
    assert items(report)["stamped checkpoint"] == "verified"
    stores.seal_entry(session, note("Later."))
    write_receipt(session, 1, tmp_path / "later.tlog-proof")
    report = compare_files(tmp_path / "later.tlog-proof", tmp_path / "stamp.tsr")
    assert items(report)["stamped checkpoint"] == "altered", "the head of now was not stamped"
    time_stamps.take_answer(session, stamp)
    export(session, "officer", tmp_path / "own.pdf", choose())
    report = compare_files(tmp_path / "stamp.tsr", tmp_path / "own.pdf")
    assert items(report)["stamped checkpoint"] == "verified", (
        "the bundle shows the record with the head that was stamped"
    )


def test_beside_something_that_shows_no_head(stamp: bytes, tmp_path: Path) -> None:
    (tmp_path / "stamp.tsr").write_bytes(stamp)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 nothing")
    report = compare_files(tmp_path / "stamp.tsr", tmp_path / "letter.pdf")
    assert items(report)["stamped checkpoint"] == "unreadable"
