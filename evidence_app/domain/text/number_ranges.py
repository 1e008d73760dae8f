"""Lists of numbers as text with ranges: “3, 7–9”."""

from collections.abc import Iterable

from evidence_app.errors import InputError

DASH = "–"
"""The character between the first and last number of a range: an en dash."""


def in_spans(numbers: Iterable[int]) -> str:
    """Format numbers in ascending order, with consecutive ones as a range."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}{DASH}{last}" for first, last in spans)


def read_spans(text: str, below: int) -> frozenset[int]:
    """Parse the format of `in_spans`. Every number must be less than `below`.

    Raises:
        InputError: it is not exactly in that format, or a number is too large.
    """
    numbers: set[int] = set()
    for part in text.split(", ") if text else []:
        first, _, last = part.partition(DASH)
        if not first.isdecimal() or (DASH in part and not last.isdecimal()):
            raise InputError("This is no list of record numbers.")
        # The limit is tested before a set of the range is made, and on 12 digits at most, which bounds the work.
        if max(int(first[:12]), int((last or first)[:12])) >= below:
            raise InputError("This is no list of record numbers so far.")
        numbers |= set(range(int(first), int(last or first) + 1))
    if in_spans(numbers) != text:
        raise InputError("This is no list of record numbers.")
    return frozenset(numbers)


def read_numbers(text: str, most: int = 1_000_000) -> frozenset[int]:
    """Parse numbers as people type them, from 1: “1, 4-9” or “1,4–9”.

    Raises:
        InputError: it is none of that form, or a number is above `most`.
    """
    numbers: set[int] = set()
    for part in text.replace(DASH, "-").split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        ends = [first, last] if dash else [first]
        if not all(each.isascii() and each.isdigit() and len(each) <= 7 and 0 < int(each) <= most for each in ends):
            raise InputError(f"“{text[:40]}” is no list of numbers such as 1,4-9.")
        if int(ends[0]) > int(ends[-1]):
            raise InputError(f"“{part.strip()[:40]}” runs backwards.")
        numbers |= set(range(int(ends[0]), int(ends[-1]) + 1))
    return frozenset(numbers)
