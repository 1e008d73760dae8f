"""Wrong input and surroundings: one sentence, the right exit code, and nothing changed."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.errors import ExitCode
from evidence_app.services.records.reading import show
from tests.faults.limits import read_only
from tests.support.entries import note, sample_entry
from tests.support.program import command, environment
from tests.support.stores import SetClock, copy_of, make_store, open_fast, seal_entry


def lines(*entries: object) -> bytes:
    return "\n".join(json.dumps(entry) for entry in entries).encode()


def size_of(folder: Path) -> int:
    with open_fast(folder, writable=False) as session:
        return session.store.log.size()


def test_two_programs_at_once(store_path: Path, home: Path, passphrase_file: Path, run_cli) -> None:
    words = command("seal", "-", "--json", "--store", store_path, "--passphrase-file", passphrase_file)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment(home)}
    with subprocess.Popen(words, **pipes) as first:
        first.stdin.write(lines(note("from the first program")) + b"\n")
        first.stdin.flush()
        assert json.loads(first.stdout.readline())["index"] == 1
        said = run_cli("seal", "-", store=store_path, stdin=lines(note("from the second"))).refused(3)
        assert "another Evidence Trail program" in said
        # Others may read meanwhile, and see what is sealed.
        listed = run_cli("list", "--json", store=store_path).expect(0).json["records"]
        assert [record["headline"] for record in listed][1:] == ["from the first program"]
        first.stdin.close()
        assert first.wait(30) == 0
    run_cli("seal", "-", store=store_path, stdin=lines(note("from the second"))).expect(0)


def test_a_clock_set_back_is_recorded(new_store: Path, tmp_path: Path) -> None:
    folder = copy_of(new_store, tmp_path / "store")
    clock = SetClock(datetime.now(UTC) + timedelta(days=400))
    with open_fast(folder, clock=clock) as session:
        seal_entry(session, note("ahead"))
        clock.moment -= timedelta(seconds=5400)
        back = seal_entry(session, note("back"))
        clock.moment += timedelta(seconds=7200)
        forth = seal_entry(session, note("forth"))
        contents = [session.store.records.get(sealed.index).content for sealed in (back, forth)]
    assert contents[0]["clock_went_back_seconds"] == 5400
    assert "clock_went_back_seconds" not in contents[1]


@pytest.mark.parametrize("sort", ["absent", "folder", "fifo", "dangling link", "empty name"])
def test_attachments_that_are_not_files(sort: str, store_path: Path, tmp_path: Path, run_cli) -> None:
    path = tmp_path / "paper"
    match sort:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere")
    name = "" if sort == "empty name" else str(path)
    said = run_cli("seal", "-", store=store_path, stdin=lines(note("with a paper", attachments=[name]))).refused(2)
    assert "attachment" in said
    assert size_of(store_path) == 1, "a record was sealed without its attachment"


def test_an_attachment_that_vanishes_between_two_records(store_path: Path, tmp_path: Path, run_cli) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("words", encoding="utf-8")
    good, bad = note("one", attachments=[str(paper)]), note("two", attachments=[str(tmp_path / "gone.txt")])
    done = run_cli("seal", "-", "--json", store=store_path, stdin=lines(good, bad, note("three"))).expect(2)
    assert [sealed["index"] for sealed in done.lines] == [1]
    assert "gone.txt" in done.sentence
    assert size_of(store_path) == 2


def test_an_empty_attachment_is_kept(session) -> None:
    sealed = seal_entry(session, note("an empty paper"), empty_bin=b"")
    (facts,) = show(session, sealed.index).record.attachments
    assert (facts.size, facts.kept) == (0, True)
    assert b"".join(session.store.attachments.stream(facts.sha256)) == b""


BROKEN = {
    "no object": ([1, 2], "JSON object"),
    "no kind": ({"event_at": "2025-04-14T14:10", "event_precision": "exact", "fields": {}}, "kind"),
    "an unknown kind": (sample_entry("note") | {"kind": "gossip"}, "kind"),
    "a kind of the program's own": (sample_entry("note") | {"kind": "log"}, "kind"),
    "an unknown key": (sample_entry("note") | {"sealed_at": "2025-01-01T00:00:00Z"}, "sealed_at"),
    "an unknown field": (sample_entry("note", fields={"colour": "red"}), "colour"),
    "a missing field": (sample_entry("note") | {"fields": {}}, "text"),
    "an empty field": (sample_entry("note", fields={"text": " \n "}), "text"),
    "text that is a number": (sample_entry("note", fields={"text": 5}), "text"),
    "a control character": (note("a\u0007b"), "control character"),
    "a control character at the end of a long text": (note("a word " * 2_000 + "\u001f."), "control character"),
    "a deleted character": (note("a\u007fb"), "not text"),
    "a line break in one line": (note("x", case_ref="X000412\nX000413"), "control character"),
    "no such day": (note("x", event_at="2025-02-30T10:00"), "calendar"),
    "no such precision": (note("x", event_precision="roughly"), "event_precision"),
    "a period without an end": (note("x", event_precision="period"), "event_until"),
    "a period backwards": (
        note("x", event_precision="period", event_until="2025-04-14T14:09"),
        "before",
    ),
    "a link to itself": (note("x", links=[{"to": 1, "as": "about"}]), "link"),
    "a link to a later record": (note("x", links=[{"to": 77, "as": "about"}]), "77"),
    "a link backwards in words": (note("x", links=[{"to": 0, "as": "likes"}]), "as"),
    "a huge link": (note("x", links=[{"to": 2**53 - 1, "as": "about"}]), "link"),
    "no such choice": (sample_entry("decision", fields={"rosh": "enormous"}), "rosh"),
    "half a number": (sample_entry("workload", fields={"cases_total": 7.5}), "whole number"),
    "three decimals": (sample_entry("workload", fields={"wmt_pct": 1.234}), "two decimals"),
    "a negative number": (sample_entry("workload", fields={"cases_total": -1}), "between"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_records_that_break_their_schema(name: str, store_path: Path, run_cli) -> None:
    broken, said = BROKEN[name]
    done = run_cli("seal", "-", store=store_path, stdin=lines(broken))
    assert said in done.refused(ExitCode.INPUT)
    assert size_of(store_path) == 1, "a broken record was sealed"


JUNK = {
    "nothing": b"",
    "white space": b"\n\n  \n",
    "no JSON": b"hello",
    "cut short": b'{"kind": "note"',
    "not UTF-8": b'{"kind": "\xff\xfe"}',
    "a name twice": b'{"kind": "note", "kind": "note"}',
    "not a number": b'{"kind": NaN}',
    "an endless number": b'{"kind": 1e999}',
    "half a character": b'{"kind": "\\ud800"}',
    "nested without end": b"[" * 100_000,
    "random bytes": bytes(range(256)) * 20,
    "a null": b"null",
}


@pytest.mark.parametrize("name", JUNK)
def test_junk_on_standard_input(name: str, store_path: Path, run_cli) -> None:
    run_cli("seal", "-", store=store_path, stdin=JUNK[name]).refused(ExitCode.INPUT)
    assert size_of(store_path) == 1


def test_a_folder_that_cannot_be_written(filled_path: Path, run_cli) -> None:
    before = {path.name: path.read_bytes() for path in filled_path.iterdir()}
    with read_only(filled_path) as first:
        assert len(run_cli("list", "--json", store=filled_path, before=first).expect(0).json["records"]) > 10
        run_cli("check", store=filled_path, before=first).expect(0)
        said = run_cli("seal", "-", store=filled_path, stdin=lines(note("x")), before=first).refused(3)
        assert "read-only" in said or "permission" in said, said
    assert {path.name: path.read_bytes() for path in filled_path.iterdir()} == before


def test_results_that_cannot_be_written(filled_path: Path, tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with read_only(folder) as first:
        for verb in (["receipt", "2"], ["bundle", "--profile", "officer"]):
            run_cli(*verb, "--out", folder / "x", store=filled_path, before=first).refused(ExitCode.ENVIRONMENT)
    assert list(folder.iterdir()) == []
    assert "folder" in run_cli("bundle", "--profile", "officer", "--out", folder, store=filled_path).refused(2)
    absent = tmp_path / "absent" / "x.pdf"
    run_cli("bundle", "--profile", "officer", "--out", absent, store=filled_path).refused(ExitCode.INPUT)


def test_a_machine_that_is_not_the_employers(tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "made"
    make_store(folder, machine="other")
    for entry in (
        note("He is X000412."),
        note("Ring 07700 900123."),
        note("x", case_ref="X000412"),
        note("Write to someone@example.org"),
    ):
        said = run_cli("seal", "-", store=folder, stdin=lines(entry)).refused(ExitCode.INPUT)
        assert "not the employer's" in said
        assert "X000412" not in said, "the sentence repeats what it warns of"
    paper = tmp_path / "paper.txt"
    paper.write_text("the words of an original that stays at work", encoding="utf-8")
    entry = note("Client P.", case_ref="P", attachments=[str(paper)])
    done = run_cli("seal", "-", "--json", store=folder, stdin=lines(entry)).expect(0)
    shown = run_cli("show", done.lines[0]["index"], "--json", store=folder).expect(0).json
    (facts,) = shown["attachment_details"]
    assert (facts["kept"], facts["bytes"]) == (False, paper.stat().st_size)
    with open_fast(folder, writable=False) as session:
        assert session.store.attachments.digests() == [], "the original's bytes were kept"
    run_cli("check", store=folder).expect(0)


def test_there_is_no_store(tmp_path: Path, run_cli) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (empty, tmp_path / "absent"):
        assert "no store" in run_cli("list", store=folder).refused(ExitCode.ENVIRONMENT)
        assert "no store" in run_cli("seal", "-", store=folder, stdin=lines(note("x"))).refused(3)
    assert list(empty.iterdir()) == []
    shutil.copy(__file__, empty / "somebody's file.py")
    said = run_cli("init", store=empty).refused(ExitCode.INPUT)
    assert "not empty" in said
    assert [path.name for path in empty.iterdir()] == ["somebody's file.py"]
