"""Wordings of the statement of truth: one for each sort of bundle, so that nobody is asked to sign what is not so."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

OWN, LATE, OTHERS = "own records", "own records, some late", "records of others"
"""The sorts of bundle: whose records they are, and whether some were written late."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A wording: who signs it, and its paragraphs. `{late}` stands for the late entries in words, `{others}` for the names of the other authors."""

    signed_by: str
    paragraphs: tuple[str, ...]


_DOCUMENTS: Final = "The documents attached to the records are as I received or sent them."
_WITHHELD: Final = "What is left out and what is withheld is listed in it."
STATEMENTS: Final = MappingProxyType(
    {
        OWN: Statement(
            "the person whose records they are",
            (
                (
                    "I have looked through this bundle. The records in it are mine. Each is what I wrote at the time that is printed on it, and what I "
                    f"knew or remembered then of the day that it names. {_DOCUMENTS} {_WITHHELD}"
                ),
                "I believe that the facts stated in my records are true. Where I was not sure, the record says so.",
            ),
        ),
        LATE: Statement(
            "the person whose records they are",
            (
                (
                    "I have looked through this bundle. The records in it are mine. Each is what I wrote at the time that is printed on it. {late}, "
                    f"from what I remembered or had noted elsewhere. {_DOCUMENTS} {_WITHHELD}"
                ),
                "I believe that the facts stated in my records are true. Where I was not sure, the record says so.",
            ),
        ),
        OTHERS: Statement(
            "the person who makes the bundle",
            (
                (
                    "I have looked through this bundle. It has records of {others}, as they were handed over to me. I do not know of my own knowledge "
                    f"that what they say is so; whoever wrote a record can say that of it. {_WITHHELD}"
                ),
                "The records in it that are mine are what I wrote at the time that is printed on them, and I believe that the facts stated in them are true.",
            ),
        ),
    }
)
"""The wordings by the sort of bundle."""


def statement_for(late: int, others: Sequence[str]) -> Statement:
    """Return the wording for a bundle with so many late entries and records of these other authors."""
    chosen = STATEMENTS[OTHERS if others else LATE if late else OWN]
    names = f"{', '.join(others[:-1])} and {others[-1]}" if len(others) > 1 else "".join(others)
    counted = (
        "One of them, marked LATE ENTRY, I wrote later than the day that it names"
        if late == 1
        else f"{late} of them, marked LATE ENTRY, I wrote later than the days that they name"
    )
    return Statement(chosen.signed_by, tuple(each.format(late=counted, others=names) for each in chosen.paragraphs))
