"""Cases, people and workload from the command line."""

from pathlib import Path

import pytest

from evidence_app.demo.make import build_demo
from evidence_app.errors import ExitCode


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "made"
    build_demo(folder, lambda _: None)
    return folder


def test_cases_people_and_workload_of_the_invented_year(demo: Path, run_cli) -> None:
    opening = ("--store", demo / "store", "--passphrase-file", demo / "passphrase.txt")
    cases = {each["ref"]: each for each in run_cli("cases", "--json", *opening).expect(0).json["cases"]}
    people = {each["name"]: each for each in run_cli("people", "--json", *opening).expect(0).json["people"]}
    case = run_cli("cases", "x000412", "--json", *opening).expect(0).json
    assert case == cases["X000412"]
    managers = [each["name"] for each in case["people"] if each["role"] == "Senior probation officer"]
    assert managers == ["J. Marsh", "P. Winter"], "who was the manager in this case, and then who"
    assert run_cli("people", "winter", "--json", *opening).expect(0).json == people["P. Winter"]
    assert len(run_cli("cases", *opening).expect(0).stdout.splitlines()) == len(cases)
    shown = run_cli("cases", "X000412", *opening).expect(0).stdout.splitlines()
    assert "J. Marsh, Senior probation officer: Mon 17 Mar 2025 to Mon 12 May 2025" in shown[1]
    assert "P. Winter" in run_cli("people", *opening).expect(0).stdout
    assert run_cli("people", "P. Winter", *opening).expect(0).stdout.startswith("P. Winter\n")

    workload = run_cli("workload", "--json", *opening).expect(0).json
    assert [each["over_110"] for each in workload["snapshots"]].count(True) == 3
    assert run_cli("workload", *opening).expect(0).stdout.splitlines()[0].startswith("5 snapshots")
    assert all(week["due"] for week in workload["weeks"])


def test_an_unknown_case_or_person_is_reported_in_a_sentence(store_path: Path, run_cli) -> None:
    assert "cases" in run_cli("cases", "X000499", store=store_path).refused(ExitCode.INPUT)
    assert "people" in run_cli("people", "Nobody", store=store_path).refused(ExitCode.INPUT)
    assert run_cli("cases", "--json", store=store_path).expect(0).json == {"cases": []}


def test_views_of_the_list_are_saved_and_narrowed(demo: Path, tmp_path: Path, run_cli) -> None:
    import shutil

    store = tmp_path / "store"
    shutil.copytree(demo / "store", store)
    opening = ("--store", store, "--passphrase-file", demo / "passphrase.txt")

    def listed(*words: object) -> list[int]:
        return [each["index"] for each in run_cli("list", *words, "--json", *opening).expect(0).json["records"]]

    ended = listed("--thread-state", "answered", "--case", "X000412", "--keep-view", "Nothing open")
    assert ended
    assert listed("--thread-state", "overdue") == []
    assert run_cli("list", "--views", "--json", *opening).expect(0).json == {
        "views": {"Nothing open": {"case": "X000412", "thread": "answered"}}
    }
    assert "in a thread that waits for nothing" in run_cli("list", "--views", *opening).expect(0).stdout
    assert listed("--view", "Nothing open") == ended
    concerns = listed("--view", "Nothing open", "--kind", "concern")
    assert concerns
    assert set(concerns) < set(ended)
    assert set(listed("--person", "P. Winter", "--words", "weekly")) <= set(listed("--words", "weekly"))
    for words in (["--view", "Other"], ["--thread-state", "lost"], ["--kind", "poem"], ["--from", "soon"]):
        run_cli("list", *words, *opening).refused(ExitCode.INPUT)
