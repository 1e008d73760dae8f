"""Writes that fail after N bytes: exit code 3, one sentence, no partial result, and everything earlier intact."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app.crypto.keys import KdfCost
from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import EnvironmentProblem, ExitCode, WrongKey
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.records.reading import Selection
from evidence_app.services.records.receipt_files import seal_receipt, write_receipt
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.keys import change_passphrase
from evidence_app.services.safekeeping.verifying import verify_file
from tests.faults.limits import file_size_limit, limited_to, small_disk
from tests.support.entries import note
from tests.support.stores import CHEAP, WORDS, copy_of, open_fast

NEW_WORDS = "another lantern in the harbour"


def fails_with_a_sentence(limit: int, action: Callable[[], object]) -> bool:
    """Do something on the failing disk; return whether it failed, which it may do in one way only."""
    with file_size_limit(limit):
        said = refusal(action)
    assert said is None or said.endswith("."), f"not a sentence: {said}"
    return said is not None


def refusal(action: Callable[[], object]) -> str | None:
    """Do something and return the sentence with which the surroundings refused it, if they did."""
    try:
        action()
    except EnvironmentProblem as error:
        return error.sentence if error.exit_code == ExitCode.ENVIRONMENT else f"{error.sentence} {error.exit_code}"
    return None


def require_as_before(folder: Path, count: int) -> None:
    """Fail unless the store verifies and holds this many records."""
    with open_fast(folder, writable=False) as session:
        assert session.store.log.size() == count, "another number of records than was acknowledged"
        report = check_store(session)
    assert report.verdict is Verdict.VERIFIED, report.checks


def test_sealing_with_an_attachment_on_a_disk_that_fails_after_n_bytes(store_path: Path) -> None:
    content, count, failed = os.urandom(400_000), 1, 0
    for limit in (0, 1, 4096, 30_000, 32_768, 33_000, *range(40_000, 620_000, 20_000)):
        try:
            with open_fast(store_path) as session:
                entry = read_entry(note(f"limit {limit}"))
                sources = [Source("paper.bin", content=content + limit.to_bytes(4, "big"))]
                if fails_with_a_sentence(limit, lambda e=entry, s=sources, o=session: seal(o, e, s)):
                    failed += 1
                    # The same program, once there is room again, seals without being opened anew.
                    seal(session, read_entry(note("after the failure")))
                count += 1
        finally:
            require_as_before(store_path, count)
    assert failed > 15, "the limits were too generous to test anything"


@pytest.mark.parametrize("limit", [0, 20_000, 60_000, 150_000, 300_000])
def test_the_seal_command_on_a_failing_disk(limit: int, store_path: Path, tmp_path: Path, run_cli) -> None:
    paper = tmp_path / "paper.bin"
    paper.write_bytes(os.urandom(400_000))
    lines = [json.dumps(note("first")), json.dumps(note("second", attachments=[str(paper)]))]
    done = run_cli("seal", "-", "--json", store=store_path, stdin="\n".join(lines).encode(), before=limited_to(limit))
    done.expect(ExitCode.ENVIRONMENT)
    assert done.sentence.endswith(".")
    require_as_before(store_path, 1 + len(done.lines))


def test_a_passphrase_change_on_a_disk_that_fails_after_n_bytes(store_path: Path, tmp_path: Path) -> None:
    size = (store_path / "header.json").stat().st_size
    for limit in (0, 1, size // 2, size - 1):
        folder = copy_of(store_path, tmp_path / f"limit-{limit}")
        with open_fast(folder) as session:
            assert fails_with_a_sentence(limit, lambda o=session: change_passphrase(o, NEW_WORDS, CHEAP)), (
                f"the header was rewritten in {limit} bytes"
            )
        assert not list(folder.glob("*.part")), "a half-written header was left behind"
        assert not list(folder.glob(".*.part")), "a half-written header was left behind"
        Session.open(folder, WORDS).close()
        with pytest.raises(WrongKey):
            Session.open(folder, NEW_WORDS)
        require_as_before(folder, 1)


def test_a_passphrase_change_whose_sealing_fails_opens_with_one_of_the_two(store_path: Path) -> None:
    """The header fits, the record of the change does not: the store must still open."""
    with open_fast(store_path) as session:
        failed = fails_with_a_sentence(4096, lambda: change_passphrase(session, NEW_WORDS, KdfCost(64 * 1024, 3, 1)))
    assert failed, "the change of keys was sealed in 4,096 bytes"
    opened = []
    for words in (WORDS, NEW_WORDS):
        try:
            with Session.open(store_path, words) as session:
                opened.append((words, check_store(session).verdict))
        except WrongKey:
            continue
    assert opened == [(WORDS, Verdict.VERIFIED)], (
        "the command said that it failed, so the old passphrase must open the store: " + repr(opened)
    )


def test_a_receipt_on_a_disk_that_fails_after_n_bytes(filled_store: Path, tmp_path: Path) -> None:
    with open_fast(filled_store, writable=False) as session:
        size = len(seal_receipt(session, 3))
        out = tmp_path / "out" / "three.tlog-proof"
        out.parent.mkdir()
        for limit in (*range(0, size, 97), size - 1):
            assert fails_with_a_sentence(limit, lambda: write_receipt(session, 3, out)), f"written in {limit} bytes"
            assert list(out.parent.iterdir()) == [], "something was left behind"
        out.write_bytes(b"the receipt of before")
        assert fails_with_a_sentence(size - 1, lambda: write_receipt(session, 3, out))
        assert out.read_bytes() == b"the receipt of before", "a failed write changed the file that was there"
        write_receipt(session, 3, out)
    assert verify_file(out).verdict is Verdict.VERIFIED


def test_a_bundle_on_a_disk_that_fails_after_n_bytes(filled_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "trail.pdf"
    out.parent.mkdir()
    with open_fast(filled_path) as session:
        size = session.store.log.size()
        for limit in (0, 40_000, 150_000):
            failed = fails_with_a_sentence(limit, lambda: export(session, "officer", out, Selection()))
            assert failed, f"a bundle was written in {limit} bytes"
            assert list(out.parent.iterdir()) == [], "something was left behind"
        assert session.store.log.size() == size, "the register says that a file was made that never was"
        export(session, "officer", out, Selection())
    require_as_before(filled_path, size + 1)
    assert verify_file(out).verdict is Verdict.VERIFIED


def test_a_drafted_mail_on_a_disk_that_fails_after_n_bytes(filled_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "draft.eml"
    out.parent.mkdir()
    with open_fast(filled_path) as session:
        (concern,) = session.store.records.select(Selection(kind="concern"))
        size, wish = session.store.log.size(), Wish(to=("kim@office.example",))
        for limit in (0, 100):
            assert fails_with_a_sentence(limit, lambda: write_draft(session, concern.index, wish, out))
            assert list(out.parent.iterdir()) == [], "something was left behind"
        assert session.store.log.size() == size, "a draft was sealed that was never written"
        write_draft(session, concern.index, wish, out)
    require_as_before(filled_path, size + 1)


def test_a_full_disk(new_store: Path, tmp_path: Path, run_cli) -> None:
    """A disk of its own that fills up, where one can be mounted; else a limit does the same."""
    lines = [json.dumps(note(f"Record {n} " + "and so on " * 3_000)) for n in range(200)]
    with small_disk(tmp_path / "disk", "3m") as mounted:
        folder = copy_of(new_store, tmp_path / "disk" / "store")
        before = None if mounted else limited_to(3_000_000)
        done = run_cli("seal", "-", "--json", store=folder, stdin="\n".join(lines).encode(), before=before)
        done.expect(ExitCode.ENVIRONMENT)
        assert 0 < len(done.lines) < 200, "the disk was not filled"
        assert "full" in done.sentence or not mounted, done.sentence
        room = copy_of(folder, tmp_path / "room")
        require_as_before(room, 1 + len(done.lines))
        shown = run_cli("show", len(done.lines), "--json", store=room).expect(0).json
        assert shown["leaf_hash"] == done.lines[-1]["leaf_hash"]
