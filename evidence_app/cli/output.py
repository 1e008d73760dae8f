"""Results go to standard output, everything else to standard error."""

import json
import sys
from itertools import groupby

from evidence_app.proof.encoding.json import Json
from evidence_app.proof.verdicts import Check, Report, Verdict

MARKS = {Verdict.VERIFIED: "ok      ", Verdict.ALTERED: "ALTERED ", Verdict.UNREADABLE: "UNREAD  "}


def print_result(line: str = "") -> None:
    """Print one line of the result, at once."""
    _write(printable(line))


def printable(text: str) -> str:
    """Return text that is safe to show: names and words come from strangers, and a terminal obeys control characters."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def print_json(value: Json) -> None:
    """Print a JSON document on one line, at once."""
    _write(json.dumps(value, ensure_ascii=False, sort_keys=False))


def print_note(line: str) -> None:
    """Tell the person something that is not the result."""
    sys.stderr.write(printable(line) + "\n")
    sys.stderr.flush()


def _likeness(place: int, check: Check) -> tuple[object, ...]:
    """Return what neighbours must share to be printed on one line: they hold, and their numbers run on."""
    stem, _, number = check.name.rpartition(" ")
    if check.verdict is Verdict.VERIFIED and number.isdigit():
        return stem, check.detail, int(number) - place
    return (place,)


def print_report(report: Report, *, as_json: bool) -> None:
    """Print a verdict with every item that was judged."""
    if as_json:
        checks: list[Json] = [check.to_json() for check in report.checks]
        notes: list[Json] = list(report.notes)
        said = {"conclusion": report.conclusion} if report.conclusion else {}
        print_json({"verdict": report.verdict.value, **said, "checks": checks, "notes": notes})
        return
    for _, alike in groupby(enumerate(report.checks), key=lambda item: _likeness(*item)):
        run = [check for _, check in alike]
        name = run[0].name if len(run) == 1 else f"{run[0].name} to {run[-1].name.rpartition(' ')[2]}"
        print_result(f"{MARKS[run[0].verdict]} {name}: {run[0].detail}")
    for note in report.notes:
        print_result(f"         {note}")
    if report.conclusion:
        print_result(f"in words: {report.conclusion}")
    print_result(f"verdict: {report.verdict.value}")
