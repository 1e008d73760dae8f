"""Every flipped bit is noticed, and said in the product's own words."""

import logging
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence_app.errors import EnvironmentProblem, ExitCode, StoreDamaged
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection
from evidence_app.services.records.receipt_files import seal_receipt
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.services.safekeeping.verifying import verify_bytes
from evidence_app.store.header import OPENED_BY_COPY
from evidence_app.store.header_names import COPY
from tests.support.stores import WORDS, copy_of, open_fast

PAGE = 4096


def flipped(content: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[position] ^= 1 << bit
    return bytes(changed)


@pytest.fixture
def quiet_pikepdf() -> Iterator[None]:
    """What pikepdf logs of damaged pages is judged in a test of its own, below."""
    logger = logging.getLogger("pikepdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    yield
    logger.setLevel(before)


@pytest.fixture(scope="module")
def receipt(filled_store: Path) -> bytes:
    with open_fast(filled_store, writable=False) as session:
        return seal_receipt(session, 5).encode()


@pytest.fixture(scope="module")
def bundle(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = copy_of(filled_store, tmp_path_factory.mktemp("bundle") / "store")
    out = folder.parent / "trail.pdf"
    with open_fast(folder) as session:
        export(session, "officer", out, Selection())
    return out.read_bytes()


def test_the_untouched_files_verify(receipt: bytes, bundle: bytes) -> None:
    assert verify_bytes(receipt).verdict is Verdict.VERIFIED
    assert verify_bytes(bundle).verdict is Verdict.VERIFIED


def test_every_flipped_bit_of_a_receipt(receipt: bytes, long_run: bool) -> None:
    unnoticed = [
        (position, bit)
        for position in range(len(receipt))
        for bit in (range(8) if long_run else [position % 8])
        if verify_bytes(flipped(receipt, position, bit)).verdict is Verdict.VERIFIED
    ]
    assert not unnoticed, f"these flips (byte, bit) of a receipt were not noticed: {unnoticed}"


def test_every_truncation_of_a_receipt(receipt: bytes) -> None:
    unnoticed = [n for n in range(len(receipt)) if verify_bytes(receipt[:n]).verdict is Verdict.VERIFIED]
    assert not unnoticed, f"a receipt cut at these lengths verified: {unnoticed}"
    assert verify_bytes(receipt + b"\n").verdict is not Verdict.VERIFIED


def require_noticed_in_bundle(bundle: bytes, positions: list[int]) -> None:
    for position in positions:
        bit = position % 8
        report = verify_bytes(flipped(bundle, position, bit))
        assert report.verdict is not Verdict.VERIFIED, f"bit {bit} of byte {position} of a bundle was not noticed"
        whole = [check for check in report.checks if check.name in {"whole file", "file"}]
        assert whole, f"byte {position}: nothing is said of the file as a whole"
        assert all(check.verdict is not Verdict.VERIFIED for check in whole), f"byte {position}: {whole}"


def sampled(size: int, count: int, seed: int) -> list[int]:
    chance = random.Random(seed)
    edges = [0, 5, size - 1, size - 2, size - 20, size - 3000, size - 9000]
    return edges + [chance.randrange(size) for _ in range(count)]


@pytest.mark.usefixtures("quiet_pikepdf")
def test_flipped_bits_of_a_bundle(bundle: bytes) -> None:
    require_noticed_in_bundle(bundle, sampled(len(bundle), 50, 1))


@pytest.mark.long
@pytest.mark.usefixtures("quiet_pikepdf")
def test_many_flipped_bits_of_a_bundle(bundle: bytes) -> None:
    require_noticed_in_bundle(bundle, sampled(len(bundle), 5_000, 2))


def test_a_bundle_whose_list_of_pages_is_damaged(bundle: bytes, tmp_path: Path, run_cli) -> None:
    """The verdict is the result; nothing else is said, least of all by a library."""
    damaged = re.sub(rb"(/Kids \[ \d+ )0 R", rb"\g<1>1 R", bundle, count=1)
    assert damaged != bundle
    path = tmp_path / "damaged.pdf"
    path.write_bytes(damaged)
    done = run_cli("verify", path, "--json").expect(ExitCode.BAD_NEWS)
    assert done.json["verdict"] == "altered"
    assert done.stderr == "", "a library speaks to the person"


def test_truncated_and_lengthened_bundles(bundle: bytes) -> None:
    for length in (0, 1, 7, 100, 1024, len(bundle) // 2, len(bundle) - 1):
        assert verify_bytes(bundle[:length]).verdict is not Verdict.VERIFIED, f"cut to {length} bytes, and verified"
    for more in (b"\n", b"\0" * 100, bundle):
        assert verify_bytes(bundle + more).verdict is not Verdict.VERIFIED, "something was added, and it verified"
    assert verify_bytes(b"\n" + bundle).verdict is not Verdict.VERIFIED


def opening_fails(open_it: Callable[[], Session]) -> bool:
    """Whether opening a store is refused in one of the product's own sentences."""
    try:
        session = open_it()
    except EnvironmentProblem as error:
        return error.exit_code == ExitCode.ENVIRONMENT and error.sentence.endswith(".")
    session.close()
    return False


def header_flips(good: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield headers of which one bit was flipped, each with the byte's position."""
    chance = random.Random(3)
    for position in sorted({*chance.sample(range(len(good)), 70), 0, len(good) - 1, len(good) - 2}):
        yield position, flipped(good, position, chance.randrange(8))


def test_flipped_bits_of_the_header(store_path: Path) -> None:
    """Where there is no copy of the header, a flip is refused, wherever it is."""
    path = store_path / "header.json"
    (store_path / COPY).unlink()
    unnoticed = []
    for position, damaged in header_flips(path.read_bytes()):
        path.write_bytes(damaged)
        if not opening_fails(lambda: Session.open(store_path, WORDS, writable=False)):
            unnoticed.append(position)
    assert not unnoticed, f"a flip at these bytes of the header was not noticed: {unnoticed}"


def test_flipped_bits_of_a_header_that_has_its_copy(store_path: Path) -> None:
    """The copy opens the store where the flip is in the slot of the passphrase, and that is said."""
    path = store_path / "header.json"
    said: list[list[str]] = []

    def open_it() -> Session:
        session = Session.open(store_path, WORDS, writable=False)
        said.append(session.store.remarks())
        return session

    for position, damaged in header_flips(path.read_bytes()):
        path.write_bytes(damaged)
        if not opening_fails(open_it):
            assert OPENED_BY_COPY in said[-1], f"a flip at byte {position} of the header was not noticed: {said[-1]}"
    assert said, "the copy of the header opened nothing: this test sees only refusals"


def test_truncated_headers(new_store: Path, store_path: Path) -> None:
    good, path = (new_store / "header.json").read_bytes(), store_path / "header.json"
    for length in (*range(0, len(good), 40), len(good) - 1):
        path.write_bytes(good[:length])
        with pytest.raises(StoreDamaged, match="restore-header"):
            Session.open(store_path, WORDS, writable=False)


def verdict_of(folder: Path) -> str:
    """Return what checking a store says, or that it cannot be opened."""
    try:
        with open_fast(folder, writable=False) as session:
            return check_store(session).verdict.value
    except EnvironmentProblem as error:
        return "not opened" if error.sentence.endswith(".") else error.sentence


def test_flipped_bits_of_the_database(filled_store: Path, filled_path: Path) -> None:
    good, path = (filled_store / "records.db").read_bytes(), filled_path / "records.db"
    pages, chance = len(good) // PAGE, random.Random(4)
    assert pages > 60, "too small a database to be a test"
    places = [page * PAGE + chance.randrange(PAGE) for page in chance.sample(range(pages), 60)]
    for position in [0, 15, 16, PAGE - 1, len(good) - 1, *places]:
        path.write_bytes(flipped(good, position, chance.randrange(8)))
        assert verdict_of(filled_path) in {"altered", "not opened"}, f"byte {position} was flipped, and not noticed"
        for leftover in filled_path.glob("records.db-*"):
            leftover.unlink()


def test_truncated_databases(filled_store: Path, filled_path: Path) -> None:
    good, path = (filled_store / "records.db").read_bytes(), filled_path / "records.db"
    for length in (0, 1, 100, PAGE, 3 * PAGE, len(good) // 2, len(good) - PAGE, len(good) - 1):
        path.write_bytes(good[:length])
        assert verdict_of(filled_path) in {"altered", "not opened"}, f"cut to {length} bytes, and not noticed"
        for leftover in filled_path.glob("records.db-*"):
            leftover.unlink()


@pytest.mark.parametrize("page", [0, 1, 2, 20])
def test_the_check_command_says_that_a_page_is_damaged(page: int, filled_path: Path, run_cli) -> None:
    path = filled_path / "records.db"
    path.write_bytes(flipped(path.read_bytes(), page * PAGE + 500, 3))
    done = run_cli("check", "--json", store=filled_path).expect(ExitCode.BAD_NEWS)
    assert done.json["verdict"] == "altered"
    assert [check for check in done.json["checks"] if check["verdict"] == "altered"], "no item is named"
    assert run_cli("list", "--json", store=filled_path).code in (ExitCode.DONE, ExitCode.ENVIRONMENT)


def test_the_database_of_another_store_is_refused(filled_path: Path, tmp_path: Path, run_cli) -> None:
    from tests.support.stores import make_store

    other = tmp_path / "other"
    make_store(other)
    shutil.copy(other / "records.db", filled_path / "records.db")
    assert "damaged" in run_cli("list", store=filled_path).refused(ExitCode.ENVIRONMENT)
    run_cli("check", store=filled_path).expect(ExitCode.BAD_NEWS)


def test_a_database_that_is_missing(filled_path: Path, run_cli) -> None:
    (filled_path / "records.db").unlink()
    assert "missing" in run_cli("list", store=filled_path).refused(ExitCode.ENVIRONMENT)
    assert not (filled_path / "records.db").exists(), "an empty database was put in the place of a missing one"
