"""The command-line contract (docs/cli.md): JSON shapes, exit codes, and what goes to standard output or standard error."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from evidence_app import VERSION
from evidence_app.cli.main import VERBS, build_parser
from evidence_app.errors import ExitCode
from tests.support.entries import CASE, KIND_NAMES, note, sample_entry
from tests.support.program import command, environment, run
from tests.support.stores import WORDS, copy_of

ACKNOWLEDGEMENT = {"index", "code", "sealed_at", "leaf_hash", "tree_size"}
CODE = "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"
SEAL_INPUT = {"kind", "event_at", "event_precision", "fields"}


def test_version_and_help(run_cli) -> None:
    assert run_cli("--version").expect(0).stdout == f"evidence-trail {VERSION}\n"
    shown = run_cli("--help").expect(0)
    for verb in ("demo", "init", "kinds", "seal", "list", "show", "search", "receipt", "bundle", "verify", "check"):
        assert verb in shown.stdout, f"the help does not name {verb}"
        assert run_cli(verb, "--help").expect(0).stdout.startswith("usage: evidence-trail")


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["list", "--colour"],
        ["show"],
        ["show", "-1"],
        ["show", "one"],
        ["show", "9" * 30],
        ["show", "１"],
        ["receipt", "1"],
        ["bundle", "--out", "x"],
        ["init", "--machine", "mine"],
        ["keys", "burn"],
        ["verify"],
        ["--passphrase", "secret words", "list"],
    ],
)
def test_invalid_command_lines_are_refused(words: list[str], run_cli) -> None:
    run_cli(*words).refused(ExitCode.INPUT)


def test_init_prints_the_recovery_code_once(tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "made"
    made = run_cli("init", "--machine", "employer", "--owner", "A. Practitioner", "--json", store=folder).expect(0).json
    assert set(made) >= {"store", "recovery_code", "log"}
    code = tmp_path / "code.txt"
    code.write_text(made["recovery_code"], encoding="utf-8")
    listed = run_cli("list", "--json", "--store", folder, "--recovery-code-file", code).expect(0).json["records"]
    assert [record["kind"] for record in listed] == ["log"]
    first = run_cli("show", 0, "--json", store=folder).expect(0).json
    assert first["fields"]["machine"] == "employer"
    assert first["fields"]["owner"] == {"person": "A. Practitioner"}
    assert "not empty" in run_cli("init", store=folder).refused(ExitCode.INPUT)


def test_kinds_are_json_schemas(run_cli) -> None:
    schemas = run_cli("kinds", "--json").expect(0).json
    assert set(schemas) == set(KIND_NAMES)
    for kind, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        checker = jsonschema.Draft202012Validator(schema)
        checker.validate(sample_entry(kind, full=True))
        assert not checker.is_valid(sample_entry(kind) | {"surplus": 1}), f"{kind}: unknown keys are allowed"
    assert [line.split()[0] for line in run_cli("kinds").expect(0).stdout.splitlines()] == list(schemas)


def test_seal_acknowledges_each_record(store_path: Path, run_cli) -> None:
    lines = [json.dumps(sample_entry(kind)) for kind in KIND_NAMES]
    done = run_cli("seal", "-", "--json", store=store_path, stdin="\n".join(lines).encode()).expect(0)
    assert len(done.lines) == len(lines)
    for place, sealed in enumerate(done.lines, start=1):
        assert set(sealed) == ACKNOWLEDGEMENT
        assert (sealed["index"], sealed["tree_size"]) == (place, place + 1)
        jsonschema.validate(sealed["code"], {"type": "string", "pattern": CODE})
        assert len(bytes.fromhex(sealed["leaf_hash"])) == 32
    assert done.stderr == ""


@pytest.fixture(scope="module")
def one_of_each(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict, list]:
    """A store with one full record of every kind, as given and as acknowledged."""
    folder = tmp_path_factory.mktemp("each")
    store = copy_of(new_store, folder / "store")
    (folder / "paper.txt").write_text("a paper", encoding="utf-8")
    (folder / "words.txt").write_text(WORDS, encoding="utf-8")
    more = {"case_ref": CASE, "attachments": [str(folder / "paper.txt")], "links": [{"to": 0, "as": "about"}]}
    given = {kind: sample_entry(kind, full=True, **more) for kind in KIND_NAMES}
    lines = "\n".join(json.dumps(entry) for entry in given.values()).encode()
    words = ("seal", "-", "--json", "--store", store, "--passphrase-file", folder / "words.txt")
    done = run(*words, home=folder / "home", stdin=lines).expect(0)
    return store, given, done.lines


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_show_has_the_shape_that_seal_takes(kind: str, one_of_each: tuple[Path, dict, list], run_cli) -> None:
    store, entries, acknowledged = one_of_each
    given, sealed = entries[kind], acknowledged[KIND_NAMES.index(kind)]
    shown = run_cli("show", sealed["index"], "--json", store=store).expect(0).json
    same = {key: shown[key] for key in ("kind", "case_ref", "event_precision", "links")}
    assert same == {key: given[key] for key in same}
    assert shown["event_at"] == "2025-04-14T13:10:00Z", "14:10 in London in April is 13:10 in UTC"
    assert shown["attachments"] == ["paper.txt"]
    assert {key: shown["fields"][key] for key in given["fields"]} == given["fields"]
    told = ("index", "code", "leaf_hash", "sealed_at")
    assert {key: shown[key] for key in told} == {key: sealed[key] for key in told}


def test_what_show_prints_can_be_sealed_again(one_of_each: tuple[Path, dict, list], store_path: Path, run_cli) -> None:
    store, _, acknowledged = one_of_each
    shown = [run_cli("show", each["index"], "--json", store=store).json for each in acknowledged[:4]]
    keys = SEAL_INPUT | {"case_ref", "links"}
    again = "\n".join(json.dumps({key: each[key] for key in keys}) for each in shown).encode()
    run_cli("seal", "-", "--json", store=store_path, stdin=again).expect(0)
    for place, each in enumerate(shown, start=1):
        twin = run_cli("show", place, "--json", store=store_path).expect(0).json
        assert {key: twin[key] for key in keys} == {key: each[key] for key in keys}
    assert run_cli("show", 1, store=store_path).expect(0).stdout, "in plain text it says nothing"


def test_records_are_acknowledged_one_by_one(store_path: Path, home: Path, passphrase_file: Path, run_cli) -> None:
    words = command("seal", "-", "--json", "--store", store_path, "--passphrase-file", passphrase_file)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment(home)}
    with subprocess.Popen(words, **pipes) as process:
        for number in range(1, 6):
            process.stdin.write(json.dumps(note(f"number {number}")).encode() + b"\n")
            process.stdin.flush()
            sealed = json.loads(process.stdout.readline())
            assert sealed["index"] == number
            # It is durable and readable before the next is even written.
            listed = run_cli("list", "--json", store=store_path).expect(0).json["records"]
            assert listed[-1]["code"] == sealed["code"]
        process.stdin.close()
        assert process.wait(30) == 0


def test_what_was_sealed_before_a_bad_line_stays(store_path: Path, run_cli) -> None:
    lines = [json.dumps(note("one")), json.dumps(note("two")), '{"kind": "note"}', json.dumps(note("four"))]
    done = run_cli("seal", "-", "--json", store=store_path, stdin="\n".join(lines).encode()).expect(2)
    assert [sealed["index"] for sealed in done.lines] == [1, 2]
    assert len(run_cli("list", "--json", store=store_path).json["records"]) == 3


def test_seal_finds_attachments_in_the_folder_of_the_entry(store_path: Path, tmp_path: Path, run_cli) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "note.txt").write_text("beside", encoding="utf-8")
    file = folder / "record.json"
    file.write_text(json.dumps(note("over many lines", attachments=["note.txt"]), indent=2), encoding="utf-8")
    done = run_cli("seal", file, "--json", "--receipts", folder, store=store_path).expect(0)
    (receipt,) = folder.glob("*.tlog-proof")
    assert done.lines[0]["code"] in receipt.name
    assert run_cli("verify", receipt, "--json").expect(0).json["verdict"] == "verified"
    assert "cannot be read" in run_cli("seal", folder / "absent.json", store=store_path).refused(ExitCode.INPUT)


def test_list_and_search(filled_store: Path, run_cli) -> None:
    records = run_cli("list", "--json", store=filled_store).expect(0).json["records"]
    assert [record["index"] for record in records] == list(range(len(records)))
    assert set(records[3]) >= {"index", "code", "kind", "event_at", "sealed_at", "headline"}
    chosen = run_cli("list", "--json", "--kind", "note", "--case", "X000777", store=filled_store).json["records"]
    assert [record["headline"] for record in chosen] == ["two papers"]
    found = run_cli("search", "two papers", "--json", store=filled_store).expect(0).json["records"]
    assert chosen[0]["index"] in [record["index"] for record in found]
    assert run_cli("search", "absentword", "--json", store=filled_store).expect(0).json == {"records": []}
    assert run_cli("search", '"; DROP *', "--json", store=filled_store).expect(0).json == {"records": []}
    for words in (["--from", "2099-01-01"], ["--to", "1999-12-31"], ["--case", "X999999"]):
        assert run_cli("list", "--json", *words, store=filled_store).expect(0).json == {"records": []}
    spoken = run_cli("list", "--json", "--from", "1 March 2099", store=filled_store).expect(0)
    assert spoken.json == {"records": []}, "a day is read as the window reads it"
    run_cli("list", "--from", "the day before", store=filled_store).refused(ExitCode.INPUT)
    run_cli("list", "--kind", "gossip", store=filled_store).refused(ExitCode.INPUT)


def test_receipt_bundle_verify_and_check(filled_path: Path, tmp_path: Path, run_cli) -> None:
    receipt, trail = tmp_path / "r.tlog-proof", tmp_path / "trail.pdf"
    written = run_cli("receipt", 2, "--out", receipt, "--json", store=filled_path).expect(0).json
    assert written["index"] == 2
    made = run_cli("bundle", "--profile", "officer", "--out", trail, "--json", store=filled_path).expect(0).json
    assert made["bytes"] == trail.stat().st_size
    for path in (receipt, trail):
        report = run_cli("verify", path, "--json").expect(0).json
        assert set(report) >= {"verdict", "checks"}
        assert all(set(check) == {"name", "verdict", "detail"} for check in report["checks"])
        assert {check["verdict"] for check in report["checks"]} == {report["verdict"]} == {"verified"}
        assert run_cli("verify", path).expect(0).stdout
    report = run_cli("check", "--json", store=filled_path).expect(0).json
    assert report["verdict"] == "verified"
    export = run_cli("list", "--json", "--kind", "export", store=filled_path).json["records"]
    assert [record["index"] for record in export] == [made["record"]], "the export was not sealed"
    run_cli("receipt", 999, "--out", receipt, store=filled_path).refused(ExitCode.INPUT)
    run_cli("show", 999, store=filled_path).refused(ExitCode.INPUT)
    run_cli("bundle", "--profile", "nosuch", "--out", trail, store=filled_path).refused(ExitCode.INPUT)
    run_cli("bundle", "--profile", "sfo-review", "--out", trail, store=filled_path).refused(ExitCode.INPUT)
    run_cli("bundle", "--profile", "officer", "--case", "X9", "--out", trail, store=filled_path).refused(2)


def test_verify_of_a_file_that_is_no_evidence(tmp_path: Path, run_cli) -> None:
    path = tmp_path / "letter.txt"
    for content in (b"", b"Dear Sir", b"%PDF-1.7\nnot really", b"c2sp.org/tlog-proof@v1\nextra x\n"):
        path.write_bytes(content)
        report = run_cli("verify", path, "--json").expect(ExitCode.BAD_NEWS).json
        assert report["verdict"] in {"unreadable", "altered"}, f"{content!r} is {report['verdict']}"
    run_cli("verify", tmp_path / "absent").refused(ExitCode.INPUT)
    run_cli("verify", tmp_path).refused(ExitCode.INPUT)


def test_an_altered_receipt_is_bad_news(filled_store: Path, tmp_path: Path, run_cli) -> None:
    receipt = tmp_path / "r.tlog-proof"
    run_cli("receipt", 2, "--out", receipt, store=filled_store).expect(0)
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("\nindex 2\n", "\nindex 3\n"), encoding="utf-8")
    report = run_cli("verify", receipt, "--json").expect(ExitCode.BAD_NEWS).json
    assert report["verdict"] == "altered"
    assert "altered" in run_cli("verify", receipt).expect(ExitCode.BAD_NEWS).stdout.lower()


def test_how_the_store_and_the_passphrase_are_named(filled_store: Path, tmp_path: Path, run_cli, home: Path) -> None:
    variables = {"EVIDENCE_TRAIL_STORE": str(filled_store)}
    words = f"{WORDS}\n".encode()
    done = run_cli("list", "--json", "--passphrase-file", "-", stdin=words, variables=variables).expect(0)
    assert done.json["records"]
    piped = run_cli("list", "--passphrase-file", "-", "--store", filled_store, stdin=words[:-1]).expect(0)
    assert piped.stdout
    before = run_cli("--store", filled_store, "--passphrase-file", "-", "list", stdin=words).expect(0)
    assert before.stdout == piped.stdout, "options before and after the verb mean the same"
    assert "Which store" in run_cli("list", stdin=words).refused(ExitCode.INPUT)
    assert "no terminal" in run_cli("list", "--store", filled_store).refused(ExitCode.INPUT)
    absent = tmp_path / "absent.txt"
    run_cli("list", "--store", filled_store, "--passphrase-file", absent).refused(ExitCode.INPUT)


def test_a_passphrase_and_records_on_one_standard_input(store_path: Path, run_cli) -> None:
    stdin = f"{WORDS}\n{json.dumps(note('after the passphrase'))}\n".encode()
    words = ("--store", store_path, "--passphrase-file", "-")
    done = run_cli("seal", "-", "--json", *words, stdin=stdin).expect(0)
    assert [sealed["index"] for sealed in done.lines] == [1]


def test_a_closed_output_pipe(filled_store: Path, home: Path, passphrase_file: Path) -> None:
    words = command("list", "--store", filled_store, "--passphrase-file", passphrase_file)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home)) as process:
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(30) != ExitCode.BUG


def test_the_installed_command_is_the_same(run_cli) -> None:
    installed = Path(sys.executable).with_name("evidence-trail")
    assert run_cli("--version", program=[str(installed)]).expect(0).stdout == run_cli("--version").stdout


def test_a_bad_line_of_a_file_leaves_everything_as_it_was(store_path: Path, tmp_path: Path, run_cli) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_text("\n".join([json.dumps(note("one")), json.dumps(note("two")), '{"kind": "note"}']), encoding="utf-8")
    done = run_cli("seal", path, store=store_path).expect(2)
    assert "Line 3: " in done.stderr
    assert len(run_cli("list", "--json", store=store_path).json["records"]) == 1
    path.write_text("\n".join([json.dumps(note("one")), json.dumps(note("two"))]), encoding="utf-8")
    run_cli("seal", path, store=store_path).expect(0)
    assert len(run_cli("list", "--json", store=store_path).json["records"]) == 3


@pytest.mark.parametrize("verb", VERBS)
def test_the_parser_of_one_verb_alone_is_the_one_among_all(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for parser in (build_parser([verb, "--help"]), build_parser()):
        with pytest.raises(SystemExit):
            parser.parse_args([verb, "--help"])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert verb in said[0]
