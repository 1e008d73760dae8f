"""Kills at any instant: every acknowledged record is there and complete, and nothing is there in part."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence_app.proof.verdicts import Verdict
from evidence_app.services.records.reading import Selection, search
from evidence_app.services.safekeeping.checking import check_store, named_attachments
from tests.support.entries import note
from tests.support.program import REPOSITORY, command, environment, run
from tests.support.stores import WORDS, copy_of, open_fast

ROUNDS = 200
ROUNDS_LONG = 2000
KILLS_A_STORE = 40
KILLS_A_CHECK = 20


@contextmanager
def sealer(folder: Path, home: Path, seed: int) -> Iterator[subprocess.Popen]:
    words = [sys.executable, "-m", "tests.faults.sealer", str(folder), str(seed)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, text=True, env=environment(home), cwd=REPOSITORY, **pipes) as process:
        yield process
        process.stdin.close()
        assert process.wait(30) == 0, process.stderr.read()


def require_whole(folder: Path, acknowledged: dict[int, str]) -> None:
    """Fail unless every acknowledged record is there, and whatever is there is there whole."""
    with open_fast(folder, writable=False) as session:
        store = session.store
        held = {record.index: record.leaf_hash.hex() for record in store.records.select(Selection())}
        missing = {index for index, leaf_hash in acknowledged.items() if held.get(index) != leaf_hash}
        assert not missing, f"acknowledged, and not there after the kill: {sorted(missing)}"
        assert sorted(held) == list(range(store.log.size())), "the log and the records differ in number"
        assert set(store.attachments.digests()) == named_attachments(store), "an attachment is there by half"
        last = max(held)
        assert last in [found.index for found in search(session, store.records.get(last).headline(60))] or last == 0, (
            f"record {last} is sealed and cannot be searched for"
        )


def require_verified(folder: Path) -> None:
    with open_fast(folder, writable=False) as session:
        report = check_store(session)
    assert report.verdict is Verdict.VERIFIED, [
        check for check in report.checks if check.verdict is not Verdict.VERIFIED
    ]


def kill_again_and_again(new_store: Path, tmp_path: Path, home: Path, rounds: int) -> int:
    """Kill `rounds` sealing programs, a store for every forty of them; return how many records were acknowledged."""
    seed = random.SystemRandom().randrange(100_000)
    chance, total = random.Random(seed), 0
    print(f"seed {seed}")
    for start in range(0, rounds, KILLS_A_STORE):
        folder = copy_of(new_store, tmp_path / f"store-{start}")
        acknowledged: dict[int, str] = {}
        with sealer(folder, home, seed) as process:
            for kill in range(1, min(KILLS_A_STORE, rounds - start) + 1):
                process.stdin.write(f"{chance.uniform(0, 60)}\n")
                process.stdin.flush()
                line = process.stdout.readline()
                assert line, f"seed {seed}: {process.stderr.read()}"
                fresh = {sealed["index"]: sealed["leaf_hash"] for sealed in json.loads(line)}
                assert fresh, f"seed {seed}: nothing was acknowledged before the kill"
                assert not fresh.keys() & acknowledged.keys(), "an acknowledged position was sealed again"
                acknowledged |= fresh
                require_whole(folder, acknowledged)
                if kill % KILLS_A_CHECK == 0:
                    require_verified(folder)
        require_verified(folder)
        total += len(acknowledged)
    return total


def test_killed_two_hundred_times_while_sealing(new_store: Path, tmp_path: Path, home: Path) -> None:
    assert kill_again_and_again(new_store, tmp_path, home, ROUNDS) > ROUNDS


@pytest.mark.long
def test_killed_two_thousand_times_while_sealing(new_store: Path, tmp_path: Path, home: Path) -> None:
    assert kill_again_and_again(new_store, tmp_path, home, ROUNDS_LONG) > ROUNDS_LONG


def stream_of_records(folder: Path) -> bytes:
    paper = folder / "paper.bin"
    paper.write_bytes(os.urandom(300_000))
    records = [note(f"Line {n}", attachments=[str(paper)] if n % 3 == 0 else []) for n in range(3_000)]
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.mark.parametrize("kill", range(8))
def test_the_command_killed_while_it_seals_a_stream(
    kill: int, store_path: Path, tmp_path: Path, home: Path, passphrase_file: Path
) -> None:
    lines = tmp_path / "records.jsonl"
    lines.write_bytes(stream_of_records(tmp_path))
    words = command("seal", "-", "--json", "--store", store_path, "--passphrase-file", passphrase_file)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(home)}
    with lines.open("rb") as stream, subprocess.Popen(words, stdin=stream, **pipes) as process:
        first = process.stdout.readline()
        time.sleep(random.uniform(0.005, 0.06))
        process.send_signal(signal.SIGKILL)
        whole = (first + process.stdout.read()).split(b"\n")[:-1]
        assert process.wait() == -signal.SIGKILL, process.stderr.read()
    acknowledged = {sealed["index"]: sealed["leaf_hash"] for sealed in map(json.loads, whole)}
    assert acknowledged, "nothing was acknowledged before the kill"
    require_whole(store_path, acknowledged)
    require_verified(store_path)


def test_killed_while_a_store_is_created_leaves_a_usable_folder(tmp_path: Path, home: Path) -> None:
    passphrase = tmp_path / "words.txt"
    passphrase.write_text(WORDS + "\n", encoding="utf-8")
    folder = tmp_path / "made"
    words = command("init", "--store", folder, "--passphrase-file", passphrase, "--json")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(home)}
    with subprocess.Popen(words, **pipes) as process:
        while not (folder / "records.db").exists() and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    if (folder / "header.json").exists():
        require_verified_by_command(folder, passphrase, home)
        return
    if (folder / "header.copy.json").exists():
        run("keys", "restore-header", "--store", folder, "--passphrase-file", passphrase, home=home).expect(0)
        require_verified_by_command(folder, passphrase, home)
        return
    again = subprocess.run(words, capture_output=True, env=environment(home), check=False)
    assert again.returncode == 0, again.stderr.decode()
    assert json.loads(again.stdout)["recovery_code"]


def require_verified_by_command(folder: Path, passphrase: Path, home: Path) -> None:
    run("check", "--store", folder, "--passphrase-file", passphrase, home=home).expect(0)


def test_killed_while_the_first_header_is_written(new_store: Path, tmp_path: Path, home: Path) -> None:
    """The database is there, and a part of a header that never took its name: nothing in it can ever be opened."""
    folder = copy_of(new_store, tmp_path / "made")
    passphrase = tmp_path / "words.txt"
    passphrase.write_text(WORDS + "\n", encoding="utf-8")
    (folder / "header.json").unlink()
    (folder / "header.copy.json").rename(folder / ".header.copy.json.0123456789ab.part")
    run("init", "--store", folder, "--passphrase-file", passphrase, home=home).expect(0)
    require_verified_by_command(folder, passphrase, home)
    assert not list(folder.glob(".*.part")), "half a header was left behind"
