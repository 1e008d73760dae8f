"""Many numbers in few words: “3, 7–9”."""

from collections.abc import Iterable

from evidence_app.errors import InputError

DASH = "–"


def in_spans(numbers: Iterable[int]) -> str:
    """Return numbers in words, those that follow each other as a span."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}{DASH}{last}" for first, last in spans)


def read_spans(text: str, below: int) -> frozenset[int]:
    """Return the numbers that a text names, all below a limit.

    Raises:
        InputError: it is not of the shape that `in_spans` gives.
    """
    found: set[int] = set()
    for part in text.split(", ") if text else []:
        first, _, last = part.partition(DASH)
        if not first.isdecimal() or (DASH in part and not last.isdecimal()):
            raise InputError("This is no list of record numbers.")
        if max(int(first[:12]), int((last or first)[:12])) >= below:
            raise InputError("This is no list of record numbers so far.")
        found |= set(range(int(first), int(last or first) + 1))
    if in_spans(found) != text:
        raise InputError("This is no list of record numbers.")
    return frozenset(found)
