"""Printing: results to standard output, everything else to standard error."""

import argparse
import json
import sys
from itertools import groupby

from evidence_app.errors import ExitCode
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.verdicts import Check, Report, Verdict

MARKS = {Verdict.VERIFIED: "ok      ", Verdict.ALTERED: "ALTERED ", Verdict.UNREADABLE: "UNREAD  "}
"""The first column of a report, eight characters wide."""


def print_result(line: str = "") -> None:
    """Print one line to standard output and flush it, control characters replaced."""
    _write(printable(line))


def printable(text: str) -> str:
    """Replace unprintable characters other than line feeds by U+FFFD.

    Names and words come from strangers, and a terminal obeys the escape sequences in them.
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def print_json(value: Json) -> None:
    """Print a JSON document on one line and flush it; characters outside ASCII stay as they are."""
    _write(json.dumps(value, ensure_ascii=False, sort_keys=False))


def print_note(line: str) -> None:
    """Print to standard error a line for the person that is not part of the result."""
    sys.stderr.write(printable(line) + "\n")
    sys.stderr.flush()


def say_done(arguments: argparse.Namespace, sentence: str) -> ExitCode:
    """Print a sentence that reports what was done, with --json as the member `done`."""
    if arguments.json:
        print_json({"done": sentence})
    else:
        print_result(sentence)
    return ExitCode.DONE


def _run_key(index: int, check: Check) -> tuple[object, ...]:
    """Return a key that adjacent checks share if they fit on one line: all verified, same detail, consecutive numbers."""
    stem, _, number = check.name.rpartition(" ")
    if check.verdict is Verdict.VERIFIED and number.isdigit():
        # In a run of consecutive numbers, number minus index stays the same.
        return stem, check.detail, int(number) - index
    return (index,)


def print_report(report: Report, *, as_json: bool) -> None:
    """Print a report: every check, the notes, the conclusion if there is one, and the verdict."""
    if as_json:
        checks: list[Json] = [check.to_json() for check in report.checks]
        notes: list[Json] = list(report.notes)
        conclusion = {"conclusion": report.conclusion} if report.conclusion else {}
        print_json({"verdict": report.verdict.value, **conclusion, "checks": checks, "notes": notes})
        return
    for _, indexed_checks in groupby(enumerate(report.checks), key=lambda item: _run_key(*item)):
        run = [check for _, check in indexed_checks]
        name = run[0].name if len(run) == 1 else f"{run[0].name} to {run[-1].name.rpartition(' ')[2]}"
        print_result(f"{MARKS[run[0].verdict]} {name}: {run[0].detail}")
    for note in report.notes:
        print_result(f"         {note}")
    if report.conclusion:
        print_result(f"in words: {report.conclusion}")
    print_result(f"verdict: {report.verdict.value}")


def finish(report: Report, arguments: argparse.Namespace) -> ExitCode:
    """Print a report and return its exit code: 0 only if everything verified, otherwise 1."""
    print_report(report, as_json=arguments.json)
    return ExitCode.DONE if report.verdict is Verdict.VERIFIED else ExitCode.BAD_NEWS
