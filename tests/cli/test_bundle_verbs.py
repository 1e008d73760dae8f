"""The command-line contract of plan, bundle --plan, review, profiles, key-sheet and register."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.errors import ExitCode
from tests.conftest import Run
from tests.support.bundles import all_words, concern, seal_with
from tests.support.entries import CASE
from tests.support.searching import places_of
from tests.support.stores import open_fast

NAME = "Morwenna Quillfeather"
PLAN = "evidence-trail/bundle-plan/v1"


@pytest.fixture
def store(store_path: Path) -> Path:
    """A store with two concerns about one case, the second of which names somebody."""
    with open_fast(store_path) as session:
        seal_with(session, concern("Reports were late about X000733."), {"a paper.txt": b"a paper"})
        seal_with(session, concern(f"On that day {NAME} had not come."))
    return store_path


@pytest.fixture
def one(store_path: Path) -> Path:
    """A store with one concern, which names nobody."""
    with open_fast(store_path) as session:
        seal_with(session, concern("Reports were late about X000733."), {"a paper.txt": b"a paper"})
    return store_path


def records(run_cli: Run, store: Path) -> int:
    return len(run_cli("list", "--json", store=store).expect(0).json["records"])


def write(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


# plan


def test_a_plan_is_begun_shown_listed_and_removed(one: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "plan.json"
    made = run_cli("plan", "new", "Spring", "--profile", "officer", "--case", CASE, "--out", out, "--json", store=one)
    begun = made.expect(0).json
    assert (begun["format"], begun["name"], begun["profile"]) == (PLAN, "Spring", "officer")
    assert sorted(each["record"] for each in begun["sections"][0]["documents"]) == [0, 1]
    assert begun["sections"][1]["documents"] == [{"exhibit": sha256(b"a paper").hexdigest()}]
    assert json.loads(out.read_text(encoding="utf-8")) == begun, "the file is not what is printed"
    assert run_cli("plan", "show", "Spring", "--json", store=one).expect(0).json == begun
    assert run_cli("plan", "list", "--json", store=one).expect(0).json == {"plans": [begun]}
    assert run_cli("plan", "list", store=one).expect(0).stdout.startswith("Spring")
    assert run_cli("plan", "remove", "Spring", "--json", store=one).expect(0).json["done"]
    assert run_cli("plan", "list", "--json", store=one).expect(0).json == {"plans": []}


def test_a_plan_is_changed_through_its_file(one: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "plan.json"
    begun = run_cli("plan", "new", "Spring", "--profile", "officer", "--out", out, "--json", store=one).expect(0).json
    begun["sections"][0]["title"] = "What was said"
    kept = run_cli("plan", "keep", write(out, begun), "--json", store=one).expect(0).json
    assert kept["sections"][0]["title"] == "What was said"
    assert run_cli("plan", "show", "Spring", "--json", store=one).expect(0).json == kept


def test_plan_refuses_in_one_sentence(one: Path, tmp_path: Path, run_cli: Run) -> None:
    good = {
        "format": PLAN,
        "profile": "officer",
        "name": "Good",
        "sections": [{"title": "A", "documents": [{"record": 1}]}],
    }
    run_cli("plan", "new", "Spring", "--profile", "officer", store=one).expect(0)
    refusals: dict[tuple[object, ...], str] = {
        ("show",): "needs the name",
        ("show", "Autumn"): "no plan “Autumn”",
        ("remove", "Autumn"): "no plan “Autumn”",
        ("late", "Autumn"): "no plan “Autumn”",
        ("late", "Spring"): "Nothing has come late",
        ("new", "Autumn"): "--profile",
        ("new", "Autumn", "--profile", "nobody"): "no profile “nobody”",
        ("new", "Autumn", "--profile", "sfo-review"): "about one case",
        ("new", "Spring", "--profile", "officer"): "a plan “Spring” already",
        ("keep", tmp_path / "gone.json"): "cannot be read",
        ("keep", write(tmp_path / "1.json", {"format": PLAN})): "profile",
        ("keep", write(tmp_path / "2.json", good | {"redaction": []})): "redaction",
        ("keep", write(tmp_path / "3.json", good | {"name": ""})): "no name",
        ("keep", write(tmp_path / "4.json", good | {"profile": "nobody"})): "no profile",
        (
            "keep",
            write(tmp_path / "5.json", good | {"sections": [{"title": "A", "documents": [{"record": 9}]}]}),
        ): "record 9",
        ("burn", "Spring"): "",
    }
    for words, why in refusals.items():
        said = run_cli("plan", *words, store=one).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
    assert len(run_cli("plan", "list", "--json", store=one).expect(0).json["plans"]) == 1, "what was refused is kept"


@pytest.mark.parametrize("words", [("x" * 81,), ("a\u202eb",), ("Autumn", "--title", "t" * 201)], ids=ascii)
def test_a_plan_that_could_not_be_read_again_is_refused(words: tuple[str, ...], one: Path, run_cli: Run) -> None:
    run_cli("plan", "new", *words, "--profile", "officer", store=one).refused(ExitCode.INPUT)


# bundle --plan


def test_a_bundle_from_a_saved_plan_and_from_a_plan_file(one: Path, tmp_path: Path, run_cli: Run) -> None:
    path, out = tmp_path / "plan.json", tmp_path / "out.pdf"
    run_cli("plan", "new", "Spring", "--profile", "officer", "--out", path, store=one).expect(0)
    for plan in ("Spring", path):
        made = run_cli("bundle", "--plan", plan, "--out", out, "--replace", "--json", store=one).expect(0).json
        assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
        assert made["records_shown"] == 2
        fields = run_cli("show", made["record"], "--json", store=one).expect(0).json["fields"]
        assert fields["plan"] == "Spring"
    assert run_cli("plan", "show", "Spring", "--json", store=one).expect(0).json["as_of"], "the day is not kept"


def test_a_late_section_alone(one: Path, tmp_path: Path, run_cli: Run) -> None:
    out, alone = tmp_path / "out.pdf", tmp_path / "alone.pdf"
    run_cli("plan", "new", "Spring", "--profile", "officer", store=one).expect(0)
    run_cli("bundle", "--plan", "Spring", "--out", out, store=one).expect(0)
    entry = tmp_path / "entry.json"
    run_cli("seal", write(entry, concern("It is late again.")), store=one).expect(0)
    late = run_cli("plan", "late", "Spring", "--late-title", "The answer", "--json", store=one).expect(0).json["late"]
    assert [(each["title"], [document["record"] for document in each["documents"]]) for each in late] == [
        ("The answer", [3])
    ]
    words = ("bundle", "--plan", "Spring", "--out", out, "--section-alone", alone, "--replace")
    made = run_cli(*words, "--json", store=one).expect(0).json
    assert made["section_alone"] == str(alone)
    for path in (out, alone):
        assert run_cli("verify", path, "--json").expect(0).json["verdict"] == "verified"
    assert "The late section by itself is" in run_cli(*words, store=one).expect(0).stdout


def test_bundle_refuses_in_one_sentence_and_leaves_no_file(store: Path, tmp_path: Path, run_cli: Run) -> None:
    out, alone = tmp_path / "out.pdf", tmp_path / "alone.pdf"
    base = {"format": PLAN, "profile": "officer"}
    nothing = base | {"redactions": [{"words": "nowhere at all", "class": "other"}]}
    run_cli("plan", "new", "Spring", "--profile", "officer", store=store).expect(0)
    before = records(run_cli, store)
    refusals: dict[tuple[object, ...], str] = {
        ("--plan", "Autumn"): "no plan “Autumn”",
        ("--plan", tmp_path / "gone.json"): "There is no file gone.json",
        ("--plan", write(tmp_path / "1.json", base | {"late": []} | {"as_of": "spring"})): "spring",
        ("--plan", write(tmp_path / "2.json", nothing)): "Redaction 1",
        ("--plan", write(tmp_path / "3.json", [base])): "",
        ("--plan", "Spring", "--section-alone", alone): "no late section",
        ("--plan", "Spring", "--profile", "officer"): "not allowed",
        ("--profile", "tribunal"): f"“{NAME}” (record 2)",
        (): "required",
    }
    (tmp_path / "4.json").write_bytes(b"\xff\xfe{}")
    refusals["--plan", tmp_path / "4.json"] = "UTF-8"
    (tmp_path / "5.json").write_text('{"format": 1, "format": 2}', encoding="utf-8")
    refusals["--plan", tmp_path / "5.json"] = "twice"
    for words, why in refusals.items():
        said = run_cli("bundle", *words, "--out", out, store=store).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
        assert not out.exists(), f"{words} was refused and left a file"
        assert not alone.exists()
    assert records(run_cli, store) == before, "what was refused is sealed as an export"


# review


def test_review_exits_with_1_while_something_is_undecided(store: Path, tmp_path: Path, run_cli: Run) -> None:
    words = ("review", "--profile", "tribunal", "--json")
    found = run_cli(*words, store=store).expect(ExitCode.BAD_NEWS).json
    assert found["undecided"] == 1
    assert set(found["findings"][0]) == {"words", "sort", "decision", "where", "field", "before", "after"}
    told = {(each["words"], each["sort"], each["decision"], each["where"]) for each in found["findings"]}
    assert ("X000733", "CRN", "withheld", "record 1") in told
    assert (NAME, "possible name", "undecided", "record 2") in told
    kept = run_cli(*words, "--keep", NAME, store=store).expect(0).json
    assert kept["undecided"] == 0
    assert NAME not in {each["words"] for each in kept["findings"]}
    run_cli("bundle", "--profile", "tribunal", "--out", tmp_path / "kept.pdf", store=store).expect(0)
    assert NAME in all_words(tmp_path / "kept.pdf")
    withheld = run_cli(*words, "--withhold", NAME, store=store).expect(0).json
    assert (NAME, "client's name", "withheld") in {
        (each["words"], each["sort"], each["decision"]) for each in withheld["findings"]
    }
    run_cli("bundle", "--profile", "tribunal", "--out", tmp_path / "gone.pdf", store=store).expect(0)
    assert places_of(tmp_path / "gone.pdf", [NAME]) == []


def test_review_prints_one_line_per_finding(store: Path, run_cli: Run) -> None:
    done = run_cli("review", "--profile", "tribunal", store=store).expect(ExitCode.BAD_NEWS)
    (line,) = [line for line in done.stdout.splitlines() if NAME in line]
    assert line.startswith("Undecided: possible name: record 2: ")
    assert "1 undecided." in done.stderr


def test_review_of_a_plan(store: Path, tmp_path: Path, run_cli: Run) -> None:
    only = [{"title": "A", "documents": [{"record": 1}]}]
    path = write(tmp_path / "plan.json", {"format": PLAN, "profile": "tribunal", "sections": only})
    assert run_cli("review", "--plan", path, "--json", store=store).expect(0).json["undecided"] == 0


def test_review_joins_names_to_a_person(store: Path, run_cli: Run) -> None:
    run_cli("review", "--withhold", f"{NAME}; victim", "--same", f"Ms Q={NAME}", store=store).expect(0)
    done = run_cli("review", "--profile", "tribunal", "--json", store=store).expect(0).json
    assert {"person": NAME, "count": 1, "words": [NAME]} in done["people"]
    said = run_cli("settings", "client_names", "--json", store=store).expect(0).stdout
    assert f"{NAME}; Ms Q; victim" in said


def test_review_refuses_in_one_sentence(store: Path, run_cli: Run) -> None:
    refusals: dict[tuple[object, ...], str] = {
        (): "Which bundle?",
        ("--profile", "nobody"): "no profile",
        ("--profile", "sfo-review"): "one case",
        ("--plan", "Autumn"): "no plan",
        ("--keep", " "): "plain text",
        ("--withhold", "a\nb\x1b"): "plain text",
        ("--keep", NAME, "--withhold", NAME.upper()): "both",
        ("--profile", "tribunal", "--plan", "x"): "not allowed",
        ("--same", "Mr Field"): "WORDS=NAME",
        ("--same", "Mr Field=Sam Field"): "is withheld: withhold that name first",
        ("--looked-at", "1:1"): "Which bundle?",
        ("--profile", "tribunal", "--looked-at", "1"): "EXHIBIT:PAGES",
        ("--profile", "tribunal", "--looked-at", "7:1"): "not one that has to be looked at",
    }
    for words, why in refusals.items():
        said = run_cli("review", *words, store=store).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
    assert run_cli("review", "--keep", NAME, "--json", store=store).expect(0).json["done"]


# profiles


def test_a_profile_is_copied_written_out_changed_and_added(one: Path, tmp_path: Path, run_cli: Run) -> None:
    listed = run_cli("profiles", "list", "--json", store=one).expect(0).json["profiles"]
    assert [each["name"] for each in listed] == list(PROFILES)
    made = run_cli("profiles", "copy", "grievance", "my-grievance", "--json", store=one).expect(0).json
    assert (made["name"], made["format"]) == ("my-grievance", "evidence-trail/profile/v1")
    out = tmp_path / "own.json"
    run_cli("profiles", "show", "my-grievance", "--out", out, store=one).expect(0)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written == made == run_cli("profiles", "show", "my-grievance", "--json", store=one).expect(0).json
    changed = written | {"version": "2", "marking": "FOR THE PANEL ALONE"}
    assert run_cli("profiles", "add", write(out, changed), "--json", store=one).expect(0).json == changed
    run_cli("bundle", "--profile", "my-grievance", "--out", tmp_path / "out.pdf", store=one).expect(0)
    said = all_words(tmp_path / "out.pdf")
    assert "FOR THE PANEL ALONE" in said
    assert "my-grievance, version 2" in said
    run_cli("profiles", "remove", "my-grievance", store=one).expect(0)
    assert "my-grievance" not in run_cli("profiles", "list", store=one).expect(0).stdout


def test_profiles_refuse_in_one_sentence(one: Path, tmp_path: Path, run_cli: Run) -> None:
    own = run_cli("profiles", "copy", "grievance", "mine", "--json", store=one).expect(0).json
    files = {
        "an unknown key": (own | {"pseudonym": True}, "pseudonym"),
        "the program's own name": (own | {"name": "tribunal"}, "one of the program's own"),
        "no name": (own | {"name": "My Own"}, "small letters"),
        "no format": (own | {"format": "x"}, "format"),
        "no truth": (own | {"pseudonyms": "yes"}, "“pseudonyms”"),
        "an unknown kind": (own | {"kinds": ["concren"]}, "concren"),
        "an unknown part": (own | {"sections": ["index"]}, "index"),
        "an unknown audience": (own | {"withheld": ["press"]}, "press"),
        "no purpose": (own | {"purpose": " "}, "“purpose”"),
        "hidden characters": (own | {"marking": "a\u202eb"}, "“marking”"),
        "no object": ([own], ""),
    }
    for number, (name, (content, why)) in enumerate(files.items()):
        said = run_cli("profiles", "add", write(tmp_path / f"{number}.json", content), store=one).refused(
            ExitCode.INPUT
        )
        assert why in said, f"{name}: {said}"
    refusals: dict[tuple[object, ...], str] = {
        ("show",): "needs a name",
        ("show", "nobody"): "no profile “nobody”",
        ("copy", "grievance"): "copy's name",
        ("copy", "nobody", "mine-too"): "no profile",
        ("copy", "grievance", "mine"): "already",
        ("copy", "grievance", "tribunal"): "one of the program's own",
        ("copy", "grievance", "Mine Too"): "small letters",
        ("add", tmp_path / "gone.json"): "cannot be read",
        ("remove", "tribunal"): "not a profile of your own",
        ("remove", "nobody"): "not a profile of your own",
    }
    for words, why in refusals.items():
        said = run_cli("profiles", *words, store=one).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
    assert run_cli("profiles", "show", "mine", "--json", store=one).expect(0).json == own


# key-sheet and register


def test_a_key_sheet_resolves_the_pseudonyms(one: Path, tmp_path: Path, run_cli: Run) -> None:
    out, sheet = tmp_path / "out.pdf", tmp_path / "key.pdf"
    made = run_cli("bundle", "--profile", "tribunal", "--out", out, "--json", store=one).expect(0).json
    done = run_cli("key-sheet", made["record"], "--out", sheet, "--json", store=one).expect(0)
    assert "Keep it at work" in done.json["done"]
    said = all_words(sheet)
    assert "KEEP AT WORK" in said
    assert "X000733" in said
    assert made["sha256"] in said.replace(" ", "")
    assert places_of(out, ["X000733"]) == []
    other = (
        run_cli("bundle", "--profile", "officer", "--out", tmp_path / "other.pdf", "--json", store=one).expect(0).json
    )
    for record in (0, 1, other["record"], 999):
        assert "not an export" in run_cli("key-sheet", record, "--out", tmp_path / "x.pdf", store=one).refused(
            ExitCode.INPUT
        )
    run_cli("key-sheet", made["record"], "--out", tmp_path, store=one).refused(ExitCode.INPUT)
    run_cli("key-sheet", made["record"], "--out", tmp_path / "gone" / "x.pdf", store=one).refused(ExitCode.INPUT)
    assert not (tmp_path / "x.pdf").exists()


def test_the_register_has_exports_and_prints(one: Path, tmp_path: Path, run_cli: Run) -> None:
    made = run_cli("bundle", "--profile", "officer", "--out", tmp_path / "out.pdf", "--json", store=one).expect(0).json
    assert "go with --printed" in run_cli("register", "--kept-at", "desk", store=one).refused(2)
    words = ("register", "--printed", made["record"], "--kept-at", "locked drawer", "--copies", 2)
    run_cli(*words, "--json", store=one).expect(0)
    run_cli("register", "--printed", "three letters", "--kept-at", "case file", "--pages", "1-2", store=one).expect(0)
    assert "three letters, pages 1-2; kept: case file" in run_cli("register", store=one).expect(0).stdout
    rows = run_cli("register", "--json", store=one).expect(0).json["register"]
    assert [row["kind"] for row in rows] == ["export", "print", "print"]
    assert (rows[1]["copies"], rows[1]["kept_at"], rows[1]["sha256"]) == (2, "locked drawer", made["sha256"])
    assert (rows[2]["what"], rows[2]["copies"]) == ("three letters", 1)
    assert len(run_cli("register", store=one).expect(0).stdout.splitlines()) == 3


def test_register_refuses_in_one_sentence(one: Path, run_cli: Run) -> None:
    before = records(run_cli, one)
    refusals: dict[tuple[object, ...], str] = {
        ("--printed", "1", "--kept-at", "drawer"): "Record 1 is not an export",
        ("--printed", "99", "--kept-at", "drawer"): "Record 99 is not an export",
        ("--printed", "letters"): "where the paper is kept",
        ("--printed", "letters", "--kept-at", "  "): "where the paper is kept",
        ("--printed", "letters", "--kept-at", "drawer", "--copies", "0"): "between 1 and",
        ("--printed", "letters", "--kept-at", "drawer", "--copies", "1001"): "between 1 and",
        ("--printed", "letters", "--kept-at", "drawer", "--copies", "two"): "two",
        ("--printed", "a\u202eb", "--kept-at", "drawer"): "plain text",
        ("--printed", "x" * 201, "--kept-at", "drawer"): "200",
        ("--printed", "letters", "--kept-at", "drawer", "--pages", "some"): "are not pages in order",
    }
    for words, why in refusals.items():
        said = run_cli("register", *words, store=one).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
    assert records(run_cli, one) == before, "what was refused is sealed"


# replacing files


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(one: Path, tmp_path: Path, run_cli: Run) -> None:
    out = tmp_path / "bundle.pdf"
    words = ("bundle", "--case", CASE, "--for", "The panel", "--out", out)
    run_cli(*words, "--profile", "tribunal", store=one).expect(0)
    first, sealed = out.read_bytes(), records(run_cli, one)
    refused = run_cli(*words, "--profile", "officer", store=one).expect(2)
    assert refused.sentence.startswith("bundle.pdf is there already.")
    assert "--replace" in refused.sentence
    assert (out.read_bytes(), records(run_cli, one)) == (first, sealed), "something was written or sealed"
    replaced = run_cli(*words, "--profile", "officer", "--replace", store=one).expect(0)
    assert out.read_bytes() != first
    assert f"took the place of a bundle of the profile “tribunal” (record {sealed - 1})" in replaced.stderr
    out.write_bytes(b"something else")
    replaced = run_cli(*words, "--profile", "officer", "--replace", store=one).expect(0)
    assert "bundle.pdf took the place of another file." in replaced.stderr


def test_a_late_section_replaces_nothing_unasked(one: Path, tmp_path: Path, run_cli: Run) -> None:
    run_cli("plan", "new", "Spring", "--profile", "officer", "--case", CASE, store=one).expect(0)
    with open_fast(one) as session:
        seal_with(session, concern("It came later."), {})
    run_cli("plan", "late", "Spring", store=one).expect(0)
    alone = tmp_path / "late.pdf"
    alone.write_bytes(b"mine")
    words = ("bundle", "--plan", "Spring", "--out", tmp_path / "whole.pdf", "--section-alone", alone)
    assert run_cli(*words, store=one).expect(2).sentence.startswith("late.pdf is there already.")
    assert alone.read_bytes() == b"mine"
    assert not (tmp_path / "whole.pdf").exists()
