"""The result of verifying a bundle in words, for whoever is no engineer (docs/spec/bundle.md, last paragraphs of section 6).

The file, the manifest, the log and the pages are distinguished: a note on a page breaks the file's signature only, and
taking pages out alters none of the others. No sentence says *intact* without the log's fingerprint and what vouches for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.proof.verdicts import Report, Verdict

MAX_NAMED: Final = 5  # items named one by one; the others are counted
HEAD: Final = "head in record "
"""The beginning of the name of an item on a head in a record."""
ORIGIN: Final = frozenset({"log key", "certificate", "checkpoint"})
"""The items that show from which log the bundle is."""
BESIDE: Final = frozenset({"whole file", "annotations", "active content"})
"""The items on what stands beside records and pages."""
STAMP: Final = "document time stamp"
"""The beginning of the name of an item on a time stamp over the file."""
PAGING: Final = frozenset({"number of pages", "order of pages"})


AS_SEALED: Final = "every record is as it was sealed"
ASK: Final = "ask for the file as it was handed over"
COULD_NOT: Final = (
    f"It could not be judged: it is damaged, locked, or not a PDF. Nothing shows whether it was altered: {ASK}."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found beside the items: the log's fingerprint and the number of outside clocks that vouch for it; marks on the pages
    and what acts, in words; how many pages were signed and which of them are missing; whether the bytes begin with the whole file as
    it was signed; and how many time stamps of the file hold.
    """

    log: str = ""
    clocks: int = 0
    annotations: str = ""
    acting: str = ""
    pages: int = 0
    missing: tuple[int, ...] = ()
    appended: bool = False
    stamps: int = 0


def conclude(report: Report, found: Found) -> str:
    """Return the result in words."""
    every = [check.name for check in report.checks if check.verdict is not Verdict.VERIFIED]
    # Where the file is altered, its time stamps fail for that alone: what is altered is said.
    faults = [name for name in every if not name.startswith(STAMP)]
    if report.verdict is Verdict.UNREADABLE:
        return COULD_NOT
    if every and not faults:
        their, do = ("its", "does") if len(every) == 1 else ("their", "do")
        said = f"{_named(STAMP, every, f'{do} not hold')}: {their} time is not shown by anything"
        return f"{said[:1].upper()}{said[1:]}. But {AS_SEALED}, and every page is as it was drawn and signed. {_whose(found)}"
    if not faults:
        return f"Intact: not one byte has changed since it was signed. {_whose(found)}"
    if set(faults) <= BESIDE:
        return f"{_added(found) if 'whole file' in faults else _signed_with(found)} {_whose(found)}"
    if set(faults) <= BESIDE | PAGING:
        return f"{_paged(found, faults)} {_whose(found)}"
    if all(name in BESIDE | PAGING or name.startswith("page ") for name in faults):
        beside = _has_beside(found)
        pages = [check.verdict for check in report.checks if check.name.startswith("page ")]
        if Verdict.VERIFIED not in pages:
            return f"No page is as it was drawn: the file was cut short, or made anew. But {AS_SEALED}.{beside} {_whose(found)}"
        return (
            f"{_faulty(faults, found)}. Every other page is as it was drawn, and {AS_SEALED}.{beside} {_whose(found)}"
        )
    return f"{_faulty(faults, found)}."


def why_no_bundle(*, appended: bool, marked: bool) -> str:
    """Return why a PDF without a manifest cannot be judged. It is not called altered: nothing shows that it was.

    `appended` says that it begins with a signed file, `marked` that it has the signature field of a bundle.
    """
    if appended:
        return (
            "It begins with a file that was signed as a bundle, and something else was put over it. “verify FILE --extract OUT” writes "
            "what was signed: verify that."
        )
    if marked:
        return (
            "It looks like a bundle of Evidence Trail without its attachments, on which every proof rests; some programs drop them "
            f"when they save a PDF anew. Nothing shows whether it was altered: {ASK}."
        )
    return "It is not a bundle of Evidence Trail: nothing of one was found in it."


def _whose(found: Found) -> str:
    """Say which log it is of, and what vouches for that."""
    clocks = (
        f"{_counted(found.clocks, 'outside clock')} {'vouches' if found.clocks == 1 else 'vouch'} for the time of a part of that log"
        if found.clocks
        else "no outside clock vouches for that log: its times are the word of its owner's clock"
    )
    stamps = (
        f" The file has {_counted(found.stamps, 'time stamp')}: compare the root certificate of the authority."
        if found.stamps
        else ""
    )
    return (
        f"It is of log {found.log}: compare this with a fingerprint that you received at the time, for nothing else shows whose "
        f"records these are; {clocks}.{stamps}"
    )


def _added(found: Found) -> str:
    """Say what was changed in a file of which every record and page is as it was: what may mislead first."""
    if not _beside(found):
        what = "Something was added to the file" if found.appended else "The file was saved anew or changed"
        said = f"{what} after signing, outside its pages and records"
    elif found.appended:
        said = f"After signing was added: {_beside(found)}"
    else:
        said = f"The file was changed after signing, and has {_beside(found)}"
    back = "“verify FILE --extract OUT” writes the file as it was signed" if found.appended else f"A{ASK[1:]}"
    beneath = ", also beneath that," if found.annotations else ""
    return (
        f"{said}.{_misleads(found)} Evidence intact: every page{beneath} is as it was drawn, and {AS_SEALED}. {back}."
    )


def _beside(found: Found) -> str:
    return "; ".join(each for each in (found.annotations, found.acting) if each)


def _has_beside(found: Found) -> str:
    return f" It has {_beside(found)}.{_misleads(found)}" if _beside(found) else ""


def _misleads(found: Found) -> str:
    """Say how what stands beside the pages may mislead who looks at them."""
    covers = " What was put on a page may cover words." if found.annotations else ""
    shows = (
        " Programs may show other things than the pages: do not rely on what the screen shows." if found.acting else ""
    )
    return covers + shows


def _signed_with(found: Found) -> str:
    """Say what the log's owner signed that this program never makes."""
    return f"It was signed with {_beside(found)}, which no bundle of this program has.{_misleads(found)}"


def _paged(found: Found, faults: Sequence[str]) -> str:
    """Say that pages were taken out or put in another order, and that those that are left are as they were."""
    said = []
    if found.missing:
        said.append(
            f"{_listed('page', spans(found.missing))} of {found.pages} {'is' if len(found.missing) == 1 else 'are'} missing"
        )
    if "order of pages" in faults:
        said.append("the pages are in another order, or one stands twice")
    if not said:
        said.append("one page or more stands twice")
    beside = _has_beside(found)
    words = "; ".join(said)
    inside = ", also those of pages that are missing" if found.missing else ""
    return (
        f"{words[:1].upper()}{words[1:]}. Every page that is there is as it was drawn, and the records are all inside{inside}: "
        f"{AS_SEALED}.{beside}"
    )


def spans(places: Iterable[int]) -> list[str]:
    """Return rising numbers as runs: ``1 to 9``, ``21``."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return [f"{first}" if first == last else f"{first} to {last}" for first, last in runs]


def _faulty(faults: Sequence[str], found: Found) -> str:
    altered_in_place = all(f"page {place}" in faults for place in found.missing)
    were_added = altered_in_place and any(_is_behind(name, found) for name in faults)
    parts = [
        f"the file can be read in two ways, and programs may show other words than those that were signed: {ASK}"
        if "one reading" in faults
        else "",
        _named("page", [name for name in faults if not _is_behind(name, found)], "altered"),
        _named("page", [name for name in faults if _is_behind(name, found)], "added"),
        *(_named(stem, faults) for stem in ("record", "exhibit", "outside clock", "earlier head")),
        _rewritten(faults),
    ]
    if any(name.startswith("hand-over ") and HEAD not in name for name in faults):
        parts.append("records that were handed over altered")
    if "manifest" in faults:
        parts.append("manifest altered")
    if ORIGIN & set(faults):
        parts.append("not shown to be from the log that it names")
    explained = PAGING if were_added else frozenset()
    if ({"positions", "embedded files", *PAGING} - explained) & set(faults):
        parts.append("something was added or taken away")
    words = "; ".join(part for part in parts if part) or "altered"
    return f"{words[:1].upper()}{words[1:]}"


def _is_behind(name: str, found: Found) -> bool:
    """Whether an item is of a page behind the last that was signed."""
    place = name.removeprefix("page ")
    return place.isdigit() and int(place) > found.pages > 0


def _named(stem: str, faults: Sequence[str], what: str = "altered") -> str:
    """Name the faulty items whose names begin with `stem`: ``pages 4 and 7 altered``."""
    numbers = [name.removeprefix(f"{stem} ") for name in faults if name.startswith(f"{stem} ")]
    return f"{_listed(stem, numbers)} {what}" if numbers else ""


def _rewritten(faults: Sequence[str]) -> str:
    """Name the records that hold a head which their log did not have."""
    numbers = [name.rpartition(" ")[2] for name in faults if HEAD in name]
    if not numbers:
        return ""
    shows, its = ("shows", "its") if len(numbers) == 1 else ("show", "their")
    return f"{_listed('record', numbers)} {shows} that the log was rewritten: {its} earlier head is not one that it had"


def _listed(stem: str, numbers: Sequence[str]) -> str:
    shown = [*numbers[:MAX_NAMED], *([f"{len(numbers) - MAX_NAMED} more"] if len(numbers) > MAX_NAMED else [])]
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"{stem}{'' if len(numbers) == 1 and numbers[0].isdigit() else 's'} {listed}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
