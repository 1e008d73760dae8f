"""Cases, people and workload from the command line."""

from pathlib import Path

from evidence_app.demo.make import Demo
from evidence_app.errors import ExitCode


def test_cases_people_and_workload_of_the_invented_year(demo: Demo, run_cli) -> None:
    opening = ("--store", demo.folder / "store", "--passphrase-file", demo.folder / "passphrase.txt")
    cases = {each["ref"]: each for each in run_cli("cases", "--json", *opening).expect(0).json["cases"]}
    people = {each["name"]: each for each in run_cli("people", "--json", *opening).expect(0).json["people"]}
    case = run_cli("cases", "x000412", "--json", *opening).expect(0).json
    assert case == cases["X000412"]
    managers = [each["name"] for each in case["people"] if each["role"] == "Senior probation officer"]
    assert managers == ["J. Marsh", "P. Winter"], "who was the manager in this case, and then who"
    assert run_cli("people", "winter", "--json", *opening).expect(0).json == people["P. Winter"]
    assert len(run_cli("cases", *opening).expect(0).stdout.splitlines()) == len(cases)
    shown = run_cli("cases", "X000412", *opening).expect(0).stdout.splitlines()
    assert "under a hold of record" in shown[1]
    people_of_case = [line for line in shown[1:] if "under a hold" not in line]
    assert "J. Marsh, Senior probation officer: Mon 17 Mar 2025 to Mon 12 May 2025" in people_of_case[0]
    assert "P. Winter" in run_cli("people", *opening).expect(0).stdout
    assert run_cli("people", "P. Winter", *opening).expect(0).stdout.startswith("P. Winter\n")

    workload = run_cli("workload", "--json", *opening).expect(0).json
    assert [each["over_110"] for each in workload["snapshots"]].count(True) == 4
    printed = run_cli("workload", *opening).expect(0).stdout.splitlines()
    assert printed[0].startswith("8 snapshots")
    assert "The cases took more hours than are contracted in 3 of 3." in printed[0]
    assert any(line.strip().startswith("made of: ") and "MAPPA 7" in line for line in printed)
    assert all(week["due"] for week in workload["weeks"])


def test_the_calendar_says_what_happened_when_and_how_long_nothing_came(demo: Demo, run_cli) -> None:
    opening = ("--store", demo.folder / "store", "--passphrase-file", demo.folder / "passphrase.txt")
    marks = run_cli("calendar", "--json", *opening).expect(0).json["marks"]
    assert marks == sorted(marks, key=lambda mark: mark["first"])
    silent = [mark for mark in marks if mark["sort"] == "silence"]
    assert silent
    assert all(mark["first"] < mark["last"] for mark in silent)
    april = run_cli("calendar", "--json", "--from", "1 April 2025", "--to", "30 April 2025", *opening).expect(0).json
    assert {mark["first"][:7] for mark in april["marks"]} == {"2025-04"}
    of_case = run_cli("calendar", "--case", "X000412", "--json", *opening).expect(0).json["marks"]
    assert all("X000412" in (mark["case"], *mark["covers"]) for mark in of_case)
    assert any(not mark["case"] for mark in of_case), "what covers it among others is in its time, too"
    lines = run_cli("calendar", "--case", "X000412", *opening).expect(0).stdout.splitlines()
    assert lines[0].startswith("From Mon 17 Mar 2025")
    assert "March 2025" in lines
    assert len([line for line in lines if "Silences  " in line]) == sum(mark["sort"] == "silence" for mark in of_case)
    nothing = run_cli("calendar", "--case", "X000499", *opening).expect(0).stdout
    assert nothing == "Nothing is recorded yet.\n"
    run_cli("calendar", "--from", "soon", *opening).refused(ExitCode.INPUT)


def test_an_unknown_case_or_person_is_reported_in_a_sentence(store_path: Path, run_cli) -> None:
    assert "cases" in run_cli("cases", "X000499", store=store_path).refused(ExitCode.INPUT)
    assert "people" in run_cli("people", "Nobody", store=store_path).refused(ExitCode.INPUT)
    assert run_cli("cases", "--json", store=store_path).expect(0).json == {"cases": []}


def test_views_of_the_list_are_saved_and_narrowed(demo: Demo, tmp_path: Path, run_cli) -> None:
    import shutil

    store = tmp_path / "store"
    shutil.copytree(demo.folder / "store", store)
    opening = ("--store", store, "--passphrase-file", demo.folder / "passphrase.txt")

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
    times = {
        order: [
            each["event_at"] for each in run_cli("list", "--order", order, "--json", *opening).expect(0).json["records"]
        ]
        for order in ("latest", "earliest")
    }
    assert times["earliest"] == sorted(times["earliest"])
    assert times["latest"] == times["earliest"][::-1]
    assert listed("--order", "sealed") == sorted(listed(), reverse=True)
    assert listed() == sorted(listed()), "without an order in that of sealing"
    for words in (
        ["--order", "size"],
        ["--view", "Other"],
        ["--thread-state", "lost"],
        ["--kind", "poem"],
        ["--from", "soon"],
    ):
        run_cli("list", *words, *opening).refused(ExitCode.INPUT)
