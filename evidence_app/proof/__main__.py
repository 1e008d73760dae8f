"""Verify a bundle or a seal receipt with this package alone: ``python -m evidence_app.proof FILE``.

Prints each item with its verdict and one sentence, then the notes and the verdict. Exit codes: 0 verified, 1 not
verified, 2 the file cannot be read.
"""

import os
import sys
from pathlib import Path

from evidence_app.errors import ExitCode
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.proof.verify import verify

USAGE = "usage: python -m evidence_app.proof FILE"


def lines_of(report: Report) -> list[str]:
    """Return a report as lines of text: items, notes, the conclusion if there is one, and the verdict."""
    conclusion = [f"in words: {report.conclusion}"] if report.conclusion else []
    return [
        *(f"{check.verdict.value:11}{check.name}: {check.detail}" for check in report.checks),
        *(f"note       {note}" for note in report.notes),
        *conclusion,
        f"verdict: {report.verdict.value}",
    ]


def main(arguments: list[str]) -> ExitCode:
    """Verify the one file that the arguments name, print the report, and return the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{USAGE}\n")
        return ExitCode.INPUT
    path = Path(arguments[0])
    try:
        untrusted = path.read_bytes()
    except OSError as error:
        sys.stderr.write(f"{path.name} cannot be read: {error.strerror or 'the system refused'}.\n")
        return ExitCode.INPUT
    report = verify(untrusted)
    # Text from the file is untrusted: control characters in it could send commands to the terminal.
    for line in lines_of(report):
        sys.stdout.write("".join(character if character.isprintable() else "\ufffd" for character in line) + "\n")
    return ExitCode.DONE if report.verdict is Verdict.VERIFIED else ExitCode.BAD_NEWS


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has gone. Python flushes again at exit, and that must go somewhere that accepts it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.ENVIRONMENT
    raise SystemExit(int(code))
