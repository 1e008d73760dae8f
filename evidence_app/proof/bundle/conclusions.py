"""The result of verifying a bundle in one sentence (docs/spec/bundle.md, last paragraphs of section 6).

The file, the manifest and the pages are distinguished: an annotation added later breaks the file's signature only.
"""

from collections.abc import Sequence
from typing import Final

from evidence_app.proof.verdicts import Report, Verdict

MAX_NAMED: Final = 5  # items named one by one; the others are counted
ORIGIN: Final = frozenset({"log key", "certificate", "checkpoint"})
"""The items that show from which log the bundle is."""


def conclude(report: Report, *, appended: bool, annotations: int) -> str:
    """Return the result in one sentence.

    `appended` is true if the bytes begin with the whole file as it was signed; `annotations` is the number of notes and
    marks on its pages.
    """
    if report.verdict is Verdict.UNREADABLE:
        return "It could not be judged."
    faults = [check.name for check in report.checks if check.verdict is not Verdict.VERIFIED]
    if not faults:
        return "Intact: not one byte has changed."
    if faults == ["whole file"]:
        return f"Evidence intact; {_added(annotations)}" if appended else CHANGED_OUTSIDE
    parts = [
        _named("page", faults),
        _named("record", faults),
        _named("exhibit", faults),
        _named("outside clock", faults),
        _named("earlier head", faults),
    ]
    if "manifest" in faults:
        parts.append("manifest altered")
    if ORIGIN & set(faults):
        parts.append("not shown to be from the log that it names")
    if {"positions", "number of pages", "embedded files"} & set(faults):
        parts.append("something was added or taken away")
    words = "; ".join(part for part in parts if part) or "altered"
    return f"{words[:1].upper()}{words[1:]}."


CHANGED_OUTSIDE: Final = "Evidence intact: every record and page is as it was. The file was changed after signing, outside its pages and records."


def _added(annotations: int) -> str:
    if annotations:
        return f"{annotations} {'annotation' if annotations == 1 else 'annotations'} added after signing."
    return "something was added to the file after signing, outside its pages and records."


def _named(stem: str, faults: Sequence[str]) -> str:
    """Name the faulty items whose names begin with `stem`: ``pages 4 and 7 altered``."""
    numbers = [name.removeprefix(f"{stem} ") for name in faults if name.startswith(f"{stem} ")]
    if not numbers:
        return ""
    shown = numbers[:MAX_NAMED] + ([f"{len(numbers) - MAX_NAMED} more"] if len(numbers) > MAX_NAMED else [])
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"{stem}{'' if len(numbers) == 1 else 's'} {listed} altered"
