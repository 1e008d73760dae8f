"""Content of records is never in clear in any file but an exported bundle."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from evidence_app.bug_log import log_bug
from evidence_app.services.core.session import Session
from evidence_app.store.draft_table import Draft
from tests.faults.watching import Watch, hits_in, spellings
from tests.support.entries import note, sample_entry
from tests.support.program import command, environment
from tests.support.stores import WORDS, open_fast

PLANTED = ("zqxvplumbago", "wjkhalcyonite", "qvzmurmurate", "xkcdillwyrm", "jqpapervellum")


def planted_records(folder: Path) -> bytes:
    paper = folder / "jqpapervellum-name.txt"
    paper.write_text("jqpapervellum " * 600, encoding="utf-8")
    records = [
        note("zqxvplumbago " * 200, attachments=[str(paper)]),
        sample_entry("instruction", fields={"exact_words": "qvzmurmurate the case", "title": "wjkhalcyonite"}),
        sample_entry("concern", fields={"concern": "xkcdillwyrm"}, case_ref="X000412"),
    ]
    records += [note(f"zqxvplumbago number {n}") for n in range(30)]
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def watched(
    words: Sequence[object], stdin: bytes, home: Path, folders: Sequence[Path], allowed: Sequence[Path]
) -> tuple[Watch, int, str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command(*words), env=environment(home), cwd=home, **pipes) as process:
        watch = Watch(process, folders, PLANTED, WORDS, allowed)
        watch.start()
        _, said = process.communicate(stdin, timeout=60)
        watch.join(30)
    return watch, process.returncode, said.decode()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def test_nothing_but_the_bundle_is_unencrypted(
    store_path: Path, home: Path, tmp_path: Path, papers: Path, passphrase_file: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    opening = ("--store", store_path, "--passphrase-file", passphrase_file)
    runs = (
        (["seal", "-", "--json"], planted_records(papers)),
        (["search", "zqxvplumbago"], b""),
        (["show", "2"], b""),
        (["bundle", "--profile", "officer", "--out", out / "trail.pdf"], b""),
        (["check"], b""),
        (["seal", "-"], json.dumps(note("zqxvplumbago\u0007")).encode()),
        (["bundle", "--profile", "officer", "--out", out / "second.pdf", "--title", "x\u0007"], b""),
    )
    for verb, stdin in runs:
        watch, code, said = watched([*verb, *opening], stdin, home, [store_path, home], [papers, out])
        assert code in (0, 2), said
        assert watch.rounds > 5, "nothing was watched"
        assert not watch.hits, f"{verb}: while it ran, there lay in clear: {sorted(watch.hits)}"
        assert watch.core_limit.split()[4:6] == ["0", "0"], f"{verb}: core dumps are on: {watch.core_limit!r}"
        assert not [word for word in PLANTED if word in said], f"{verb}: standard error repeats content: {said}"
    allowed = [papers / "jqpapervellum-name.txt", out / "trail.pdf"]
    assert not hits_in(tmp_path, spellings(PLANTED), allowed)
    assert all(word.encode() in manifest_of(out / "trail.pdf") for word in PLANTED), "the bundle lacks the words"
    assert [path.name for path in out.iterdir()] == ["trail.pdf"], "something lies beside the bundle"
    assert list((home / "tmp").iterdir()) == [], "something was left in the folder for temporary files"


def manifest_of(bundle: Path) -> bytes:
    with pikepdf.open(bundle) as pdf:
        return pdf.attachments["evidence-trail-manifest.json"].get_file().read_bytes()


def test_drafts_are_encrypted(store_path: Path) -> None:
    saved = Draft("d1", "note", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z", {"fields": {"text": "zqxvplumbago"}})
    with open_fast(store_path) as session:
        with session.store.transaction():
            session.store.drafts.save(saved)
        assert not hits_in(store_path, spellings(PLANTED)), "a draft lies in clear in the write-ahead log"
        assert session.store.drafts.get("d1") == saved
    assert not hits_in(store_path, spellings(PLANTED)), "a draft lies in clear"


def test_keys_are_never_stored_unencrypted(filled_store: Path) -> None:
    with open_fast(filled_store, writable=False) as session:
        secrets = [session.store.setting("log_key"), session.store.setting("certificate_key")[-40:]]
        secrets += [session.store.records.secret(index) for index in range(5)]
    wanted = [form for secret in secrets for form in (secret, secret.hex().encode())]
    assert not hits_in(filled_store, [*wanted, WORDS.encode()]), "a secret lies in clear in the store's folder"


def test_files_are_readable_by_their_owner_only(filled_path: Path, tmp_path: Path, run_cli) -> None:
    made = tmp_path / "made"
    run_cli("init", store=made).expect(0)
    out = tmp_path / "receipt"
    run_cli("receipt", "1", "--out", out, store=filled_path).expect(0)
    for path in (made, *made.iterdir(), out):
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} may be read by others"


def test_the_bug_log_holds_no_content(home: Path) -> None:
    def fault(words: str) -> None:
        raise ValueError(f"could not read {words}")

    try:
        fault("zqxvplumbago")
    except ValueError as error:
        where = Path(log_bug(error))
    assert where.is_relative_to(home)
    assert "test_leaks.py" in where.read_text(encoding="utf-8"), "the place of the fault is not noted"
    assert not hits_in(home, spellings(PLANTED)), "the log of faults repeats content"


def test_a_bug_prints_one_sentence_and_exits_with_70(home: Path, store_path: Path, run_cli, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import evidence_app.services.records.saved_views as r\n"
        "def broken(*_, **__):\n    raise KeyError('zqxvplumbago')\n"
        "r.positions = broken\n",
        encoding="utf-8",
    )
    done = run_cli("list", store=store_path, variables={"PYTHONPATH": str(hook)}).expect(70)
    assert "fault in the program (KeyError)" in done.sentence
    assert "zqxvplumbago" not in done.stderr
    logs = list(home.rglob("faults.log"))
    assert len(logs) == 1
    assert not hits_in(home, spellings(PLANTED)), "the log of faults repeats content"


def test_opening_a_store_twice_leaves_no_more_files(filled_path: Path) -> None:
    before = {path.name for path in filled_path.iterdir()}
    for writable in (True, False):
        session: Session = open_fast(filled_path, writable=writable)
        session.close()
    assert {path.name for path in filled_path.iterdir()} <= before | {"records.db-wal", "records.db-shm", "lock"}
