"""Results go to standard output, everything else to standard error."""

import json
import sys

from evidence_app.domain.fields import Json
from evidence_app.receipts.verdicts import Report, Verdict

MARKS = {Verdict.VERIFIED: "ok      ", Verdict.ALTERED: "ALTERED ", Verdict.UNREADABLE: "UNREAD  "}


def say(line: str = "") -> None:
    """Print one line of the result, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say_json(value: Json) -> None:
    """Print a JSON document on one line, at once."""
    say(json.dumps(value, ensure_ascii=False, sort_keys=False))


def tell(line: str) -> None:
    """Tell the person something that is not the result."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def say_report(report: Report, *, as_json: bool) -> None:
    """Print a verdict with every item that was judged."""
    if as_json:
        checks: list[Json] = [check.to_json() for check in report.checks]
        notes: list[Json] = list(report.notes)
        say_json({"verdict": report.verdict.value, "checks": checks, "notes": notes})
        return
    for check in report.checks:
        say(f"{MARKS[check.verdict]} {check.name}: {check.detail}")
    for note in report.notes:
        say(f"         {note}")
    say(f"verdict: {report.verdict.value}")
