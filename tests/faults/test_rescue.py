"""Rescue of a damaged store: readable records become a new store, and losses are reported."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import RESCUE
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.number_ranges import in_spans, read_spans
from evidence_app.errors import Cancelled, EvidenceError, ExitCode, InputError, StoreDamaged, WrongKey
from evidence_app.proof.seal_receipts import verify_receipt
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import RECOVERY
from evidence_app.services.records import drafts
from evidence_app.services.records.reading import choose
from evidence_app.services.records.receipt_files import seal_receipt
from evidence_app.services.safekeeping.backups import back_up
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.rescuing import rescue
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.conftest import manifest_of
from tests.support.entries import note
from tests.support.stores import WORDS, make_store, open_fast, seal_entry

PAGE = 4096
RECORDS = 60
PAPER = b"the bytes of a paper " * 3_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[int, bytes]]:
    """A store with records, files and drafts: its folder, recovery code, and the leaf hash of each record."""
    folder = tmp_path_factory.mktemp("damaged") / "store"
    code = make_store(folder)
    with open_fast(folder) as session:
        for number in range(1, RECORDS):
            link = {"links": [{"to": number - 1, "as": "adds to"}]} if number > 1 else {}
            paper = {"paper_txt": PAPER + bytes([number])} if number % 20 == 0 else {}
            seal_entry(session, note(f"Number {number}. " + "So it was told. " * 40) | link, **paper)
        for number in range(30):
            fields = {"fields": {"text": f"Half a thought {number}. " * 30}}
            drafts.begin_draft(session, "note", {"kind": "note", **fields})
        drafts.delete_draft(session, session.store.drafts.all()[0].identity)
        hashes = {each.index: each.leaf_hash for each in session.store.records.select(Selection())}
    return folder, code, hashes


@pytest.fixture
def store(made: tuple[Path, str, dict[int, bytes]], tmp_path: Path) -> Path:
    folder = tmp_path / "damaged"
    shutil.copytree(made[0], folder)
    return folder


def damage(folder: Path, *pages: int) -> dict[str, bytes]:
    """Flip a bit on some pages, counted from 0; return the bytes of every file."""
    content = bytearray((folder / "records.db").read_bytes())
    for page in pages:
        content[page * PAGE + 99] ^= 1
    (folder / "records.db").write_bytes(content)
    return bytes_in(folder)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def pages_of(folder: Path) -> int:
    return (folder / "records.db").stat().st_size // PAGE


def test_an_undamaged_store_is_rescued_completely(made, store: Path, tmp_path: Path, run_cli) -> None:
    before = bytes_in(store)
    with open_fast(store, writable=False) as session:
        receipt, head = seal_receipt(session, 7), session.store.log.checkpoint(RECORDS)
    done = run_cli("rescue", store, "--why", "To see.", "--json", store=tmp_path / "new").expect(0).json
    assert (done["records"], done["lost_records"], done["lost_attachments"], done["rescue"]) == (
        RECORDS,
        [],
        [],
        RECORDS,
    )
    with open_fast(tmp_path / "new") as session:
        assert session.store.log.checkpoint(RECORDS) == head
        assert seal_receipt(session, 7).splitlines()[:3] == receipt.splitlines()[:3]
        assert len(session.store.drafts.all()) == 29
        assert len(session.store.drafts.deleted()) == 1
        assert session.store.records.search("told")
        assert [each.index for each in session.store.records.linking_to(3)] == [4]
        assert check_store(session).verdict is Verdict.VERIFIED
    assert bytes_in(store) == before
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def every_page(folder: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    step = 1 if request.config.getoption("--long") else 5
    return iter(range(1, pages_of(folder), step))


def test_any_damaged_page_leaves_the_rest_rescued_or_one_error(made, tmp_path: Path, request) -> None:
    folder, _, hashes = made
    rescued, refused, lost_most, sentences = 0, [], 0, set[str]()
    for page in every_page(folder, request):
        damaged, new = tmp_path / f"d{page}", tmp_path / f"n{page}"
        shutil.copytree(folder, damaged)
        before = damage(damaged, page)
        try:
            session, found = rescue(damaged, new, WORDS)
        except StoreDamaged as error:
            sentences.add(error.sentence)
            refused.append(page)
            continue
        finally:
            assert bytes_in(damaged) == before, f"page {page}: the damaged store was changed"
            assert (new / "damaged").exists() is False, f"page {page}: the copy was left"
        with session:
            assert check_store(session).verdict is Verdict.VERIFIED
            kept = {each.index: each.leaf_hash for each in session.store.records.select(Selection())}
            del kept[found.record]
            assert kept == {index: leaf for index, leaf in hashes.items() if index not in found.lost}
            lost_most = max(lost_most, len(found.lost))
        rescued += 1
        shutil.rmtree(damaged)
        shutil.rmtree(new)
    assert not any((tmp_path / f"n{page}").exists() for page in refused), "something was left"
    assert all("Use a backup" in each for each in sentences)
    print("rescued", rescued, "refused", refused, "most lost", lost_most)
    assert rescued > 4 * len(refused), f"rescued {rescued}, refused {refused}"
    assert lost_most, "no page of records was damaged: this shows nothing"


def with_lost_records(store: Path, new: Path) -> tuple[int, set[int]]:
    """Damage pages until a rescue loses a record but not all; return the page and the lost records."""
    for page in range(20, pages_of(store)):
        damaged = store.with_name(f"try{page}")
        shutil.copytree(store, damaged)
        damage(damaged, page)
        try:
            session, found = rescue(damaged, new, WORDS)
        except StoreDamaged:
            continue
        session.close()
        if found.lost and 0 not in found.lost:
            return page, found.lost
        shutil.rmtree(new)
    pytest.fail("no page holds records")


def test_lost_records_are_reported_and_the_log_is_extended(store: Path, tmp_path: Path, run_cli) -> None:
    new = tmp_path / "new"
    page, lost = with_lost_records(store, new)
    damage(store, page)
    done = run_cli("rescue", store, store=tmp_path / "again").expect(ExitCode.BAD_NEWS)
    assert in_spans(lost) in done.stdout
    checked = run_cli("check", "--json", store=new).expect(0).json
    assert checked["verdict"] == "verified"
    assert any(f"records {in_spans(lost)}" in each for each in checked["notes"])
    run_cli("show", str(min(lost)), store=new).refused(ExitCode.INPUT)
    linked = note("About it.") | {"links": [{"to": min(lost), "as": "adds to"}]}
    with open_fast(new) as session:
        with pytest.raises(InputError, match="lost with a damaged store"):
            seal_entry(session, linked)
        seal_entry(session, note("It goes on."))
        (tmp_path / "drive").mkdir()
        assert back_up(session, tmp_path / "drive").records == RECORDS + 2
    run_cli("list", store=new).expect(0)
    run_cli("thread", store=new).expect(0)
    run_cli("people", store=new).expect(0)


def test_a_bundle_of_a_rescued_store_names_what_was_lost_and_verifies(store: Path, tmp_path: Path) -> None:
    new, out = tmp_path / "new", tmp_path / "trail.pdf"
    _, lost = with_lost_records(store, new)
    with open_fast(new) as session:
        made = export(session, "officer", out, choose())
    assert made.left_out == len(lost)
    report = verify_file(out)
    assert report.verdict is Verdict.VERIFIED, [
        check for check in report.checks if check.verdict is not Verdict.VERIFIED
    ]
    runs = [run for run in manifest_of(out)["left_out"] if run["reason"] == "lost with a damaged store"]
    assert {index for run in runs for index in range(run["first"], run["last"] + 1)} == lost


def test_a_missing_record_that_no_rescue_names_counts_as_altered(store: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    _, lost = with_lost_records(store, new)
    other = min(set(range(1, RECORDS)) - lost)
    with open_fast(new) as session:
        session.store._database.run("PRAGMA foreign_keys = OFF")
        session.store._database.run("DELETE FROM records WHERE position = ?", other)
        assert check_store(session).verdict is Verdict.ALTERED


def test_a_lost_attachment_is_named_by_its_digest(store: Path, tmp_path: Path) -> None:
    with open_fast(store, writable=False) as session:
        digests = set(session.store.attachments.digests())
    for page in range(pages_of(store) - 1, 20, -5):
        damaged, new = tmp_path / f"d{page}", tmp_path / f"n{page}"
        shutil.copytree(store, damaged)
        damage(damaged, page)
        try:
            session, found = rescue(damaged, new, WORDS)
        except StoreDamaged:
            continue
        with session:
            if found.lost_attachments and not found.lost:
                assert found.lost_attachments < digests
                assert set(session.store.attachments.digests()) == digests - found.lost_attachments
                assert session.store.records.get(found.record).fields["lost_attachments"] == " ".join(
                    sorted(found.lost_attachments)
                )
                return
    pytest.fail("no page of an attachment was damaged")


def test_a_damaged_header_is_replaced_by_its_copy(made, store: Path, tmp_path: Path) -> None:
    (store / "header.json").write_bytes(b"{}")
    rescue(store, tmp_path / "new", made[1], opens_with=RECOVERY)[0].close()
    with pytest.raises(WrongKey):
        rescue(store, tmp_path / "other", "another passphrase")
    (store / "header.copy.json").write_bytes(b"{}")
    with pytest.raises(StoreDamaged):
        rescue(store, tmp_path / "other", WORDS)
    assert not (tmp_path / "other").exists()


def test_a_failed_rescue_is_reported_and_leaves_nothing(store: Path, tmp_path: Path, run_cli) -> None:
    new = tmp_path / "new"
    assert "not empty" in run_cli("rescue", store, store=store).refused(ExitCode.INPUT)
    run_cli("rescue", tmp_path / "nothing", store=new).refused(ExitCode.ENVIRONMENT)
    damage(store, 0)
    assert "beginning" in run_cli("rescue", store, store=new).refused(ExitCode.ENVIRONMENT)
    (store / "records.db").write_bytes((store / "records.db").read_bytes()[: 10 * PAGE])
    run_cli("rescue", store, store=new).refused(ExitCode.ENVIRONMENT)
    (store / "records.db").unlink()
    assert "missing" in run_cli("rescue", store, store=new).refused(ExitCode.ENVIRONMENT)
    assert not new.exists()


def test_a_rescue_that_is_cancelled_leaves_nothing(store: Path, tmp_path: Path) -> None:
    for stop in ("copying", "rescuing"):

        def progress(what: str, _done: int, _total: int, stop: str = stop) -> None:
            if what == stop:
                raise Cancelled

        with pytest.raises(Cancelled):
            rescue(store, tmp_path / "new", WORDS, progress=progress)
        assert not (tmp_path / "new").exists()


def test_leftovers_of_a_power_cut_are_removed_by_the_next_rescue(store: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "damaged").mkdir(parents=True)
    (new / "damaged" / "records.db").write_bytes(b"half")
    (new / "records.db").write_bytes(b"half")
    rescue(store, new, WORDS)[0].close()
    assert not (new / "damaged").exists()


class FailingDrive(io.FileIO):
    """A file of which one sector cannot be read."""

    def read(self, size: int = -1) -> bytes:
        if self.tell() == 30 * PAGE:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_an_unreadable_sector_is_a_damaged_page(store: Path, tmp_path: Path, monkeypatch) -> None:
    real = Path.open

    def opened(path: Path, mode: str = "r", buffering: int = -1) -> object:
        bad = path.name == "records.db" and path.parent == store and mode == "rb"
        return FailingDrive(path) if bad else real(path, mode, buffering)

    monkeypatch.setattr(Path, "open", opened)
    try:
        session, found = rescue(store, tmp_path / "new", WORDS)
    except EvidenceError as error:
        pytest.fail(error.sentence)
    with session:
        assert check_store(session).verdict is Verdict.VERIFIED
        assert found.records == RECORDS


@pytest.mark.parametrize("share", [(25, 60), (30, 90), (50, 100), (90, 100)])
def test_a_log_is_never_truncated(share: tuple[int, int], store: Path, tmp_path: Path) -> None:
    pages = pages_of(store)
    damage(store, *range(pages * share[0] // 100, pages * share[1] // 100))
    try:
        session, found = rescue(store, tmp_path / "new", WORDS)
    except StoreDamaged:
        assert not (tmp_path / "new").exists()
        return
    with session:
        assert found.records == RECORDS
        assert found.record == RECORDS


def test_losses_in_the_journal_are_reported_and_sealed(store: Path, tmp_path: Path) -> None:
    with open_fast(store) as session:
        for number in range(6):
            seal_entry(session, note(f"In the journal, {number}. " * 20))
        copied = tmp_path / "copied"
        shutil.copytree(store, copied)  # as a cut of the power leaves it: the journal is not yet taken in
    (copied / "lock").unlink(missing_ok=True)
    assert (copied / "records.db-wal").stat().st_size > 10 * PAGE
    whole = tmp_path / "whole"
    shutil.copytree(copied, whole)
    session, found = rescue(whole, tmp_path / "new", WORDS)
    session.close()
    assert found.whole
    assert found.records == RECORDS + 6
    journal = bytearray((copied / "records.db-wal").read_bytes())
    journal[len(journal) // 2] ^= 1
    (copied / "records.db-wal").write_bytes(journal)
    session, found = rescue(copied, tmp_path / "newer", WORDS)
    with session:
        assert found.newest_lost
        assert found.records < RECORDS + 6
        assert "What was sealed last may be missing" in found.in_words()
        assert session.store.records.get(found.record).fields["newest_lost"] is True


def test_a_damaged_draft_attachment_is_left_out_and_reported(store: Path, tmp_path: Path) -> None:
    paper = tmp_path / "large.bin"
    paper.write_bytes(bytes(range(256)) * 4_000)
    with open_fast(store) as session:
        drafts.attach_to_draft(session, session.store.drafts.all()[0].identity, paper)
    (store / "lock").unlink(missing_ok=True)
    seen = 0
    for page in range(pages_of(store) - 2, pages_of(store) - 240, -40):
        damaged = tmp_path / f"d{page}"
        shutil.copytree(store, damaged)
        damage(damaged, page)
        try:
            session, found = rescue(damaged, tmp_path / f"n{page}", WORDS)
        except StoreDamaged:
            continue
        with session:
            files = [each for draft in session.store.drafts.all() for each in draft.attachments]
            assert all(each.size == paper.stat().st_size for each in files)
            assert bool(files) != ("files of drafts" in found.left_behind)
            seen += not files
    assert seen, "no page of the file was damaged: this shows nothing"


def test_an_empty_file_is_complete(store: Path, tmp_path: Path) -> None:
    with open_fast(store) as session:
        seal_entry(session, note("An empty file."), empty_txt=b"")
    session, found = rescue(store, tmp_path / "new", WORDS)
    session.close()
    assert found.whole, found.in_words()


def test_a_rescue_is_refused_inside_the_damaged_store_and_while_it_is_open(store: Path, tmp_path: Path) -> None:
    before = bytes_in(store)
    with pytest.raises(InputError, match="in a store"):
        rescue(store, store / "new", WORDS)
    assert bytes_in(store) == before
    with open_fast(store), pytest.raises(EvidenceError, match="open in another"):
        rescue(store, tmp_path / "new", WORDS)


def test_a_rescue_excuses_no_records_sealed_after_it(store: Path, tmp_path: Path) -> None:
    fields = {"reason": "x", "records": 60, "head": "x", "lost_records": f"{RECORDS + 1}"}
    with open_fast(store) as session:
        seal(session, Entry(RESCUE, "2026-01-26T09:30:00Z", "exact", fields))
        seal_entry(session, note("Sealed later."))
        seal_entry(session, note("And another."))
        session.store._database.run("PRAGMA foreign_keys = OFF")
        session.store._database.run("DELETE FROM records WHERE position = ?", RECORDS + 1)
        assert check_store(session).verdict is Verdict.ALTERED


def test_a_log_without_its_first_record_is_explained(store: Path, tmp_path: Path) -> None:
    damage(store, 2)  # the root of the table of records: all of them are lost
    session, found = rescue(store, tmp_path / "new", WORDS)
    with session:
        assert 0 in found.lost
        assert "cannot be shown to be from their log" in found.in_words()
        export(session, "officer", tmp_path / "trail.pdf", choose())


@pytest.mark.parametrize("text", ["3-4", "9–99999999999", "8–10", "4, 3", "3, 4", "x", "3,4", "5–", "–5", "7–5"])
def test_spans_have_one_encoding(text: str) -> None:
    assert in_spans([9, 3, 8, 7, 3]) == "3, 7–9"
    assert read_spans("3, 7–9", 10) == {3, 7, 8, 9}
    assert read_spans("", 10) == frozenset()
    with pytest.raises(InputError):
        read_spans(text, 10)


def test_old_receipts_verify_against_the_rescued_store(store: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    with open_fast(store, writable=False) as session:
        receipt = seal_receipt(session, RECORDS - 1)
        content = session.store.records.get(RECORDS - 1).content
    rescue(store, new, WORDS)[0].close()
    with open_fast(new, writable=False) as session:
        assert session.store.records.get(RECORDS - 1).content == content
        assert verify_receipt(receipt.encode()).checkpoint.text in session.store.log.checkpoint(RECORDS)
