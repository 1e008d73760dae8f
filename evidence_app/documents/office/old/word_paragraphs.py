"""Paragraphs and tables of a Word document as it was before 2007, made of its characters and their marks ([MS-DOC], 2.4.1 and 2.4.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.content import Block, Cell, Change, ContentTable, Paragraph, Run
from evidence_app.documents.office.markup.signs import shown_by_code

PICTURE_MARK: Final = "\x01"
"""The character that stands for a picture, or for a field of a form."""
MAX_CODE: Final = 2_000
"""Characters of the code of a field that are looked at."""
FIELD, RESULT, END_OF_FIELD = "\x13", "\x14", "\x15"
CELL: Final = "\x07"
MARKS: Final = str.maketrans(
    {
        "\x0b": "\n",
        "\x0c": "\n",
        "\x0e": "\n",
        "\x1e": "\u2011",
        "\x1f": "\u00ad",
        "\x08": "[drawing]",
    }
    | {chr(code): None for code in (2, 3, 4, 5, 6)}
)
"""Special characters (2.4.1): ends of lines and pages, hyphens, and marks of notes, which show nothing of their own."""


@dataclass(frozen=True, slots=True)
class ShownByMark:
    """What is printed for a mark; the state of a field of a form is so although it stands in the field's code."""

    text: str = ""
    is_state: bool = False


NOTHING: Final = ShownByMark()


@dataclass(slots=True)
class _Code:
    """The code of a field that is open, and whether it goes on."""

    text: str = ""
    goes_on: bool = True


def blocks_of(runs: Sequence[Run], label: str, named: Iterator[ShownByMark]) -> Iterator[Block]:
    """Yield the paragraphs and tables of a part; `label` stands before each paragraph, and `named` gives what stands for each picture."""
    made = _Paragraphs(label, named)
    for run in runs:
        for character in run.text:
            made.add(character, run.change)
    made.end()
    yield from made.blocks


class _Paragraphs:
    """Makes paragraphs and tables of characters: the cells of a row follow each other, and an empty one ends it (2.4.3)."""

    def __init__(self, label: str, named: Iterator[ShownByMark]) -> None:
        self._named = named
        self.blocks: list[Block] = []
        self._label = label
        # What was done to words, and the words in pieces: there may be one for each character.
        self._paragraph: list[tuple[Change, list[str]]] = []
        self._cells: list[Cell] = []
        self._rows: list[tuple[Cell, ...]] = []
        # For each field that is open, whether its code goes on: that says how it is made, not what it shows (2.8.25).
        self._codes: list[_Code] = []

    def add(self, character: str, change: Change) -> None:
        """Add a character to which something was done."""
        shown = next(self._named, NOTHING) if character == PICTURE_MARK else NOTHING
        if character == FIELD:
            self._codes.append(_Code())
        elif character == RESULT and self._codes:
            self._codes[-1].goes_on = False
        elif character == END_OF_FIELD and self._codes:
            ended = self._codes.pop()
            self._say(shown_by_code(ended.text) if ended.goes_on else "", change)
        elif any(each.goes_on for each in self._codes):
            # A tick box stands in the code of its field.
            self._say(shown.text if shown.is_state else "", change)
            if len(self._codes[-1].text) < MAX_CODE:
                self._codes[-1].text += character
        elif character == CELL:
            self._end_cell()
        elif character == "\r":
            self._end_paragraph()
        else:
            self._say(shown.text or character.translate(MARKS), change)

    def _say(self, text: str, change: Change) -> None:
        if self._paragraph and self._paragraph[-1][0] is change:
            self._paragraph[-1][1].append(text)
        elif text:
            self._paragraph.append((change, [text]))

    def _said(self) -> tuple[Run, ...]:
        """Return the words of the paragraph, which begins anew."""
        runs = tuple(Run("".join(texts), change) for change, texts in self._paragraph)
        self._paragraph = []
        return runs

    def end(self) -> None:
        """End what is open."""
        if self._paragraph:
            self._end_paragraph()
        if self._cells:
            self._rows.append(tuple(self._cells))
        self._end_table()

    def _end_cell(self) -> None:
        if not self._paragraph and self._cells:
            self._rows.append(tuple(self._cells))
            self._cells = []
        else:
            self._cells.append(self._said())

    def _end_paragraph(self) -> None:
        if self._cells:
            # A paragraph within a cell that has several.
            self._cells.append(self._said())
        else:
            self._end_table()
            if self._paragraph or not self._label:
                label = (Run(self._label),) if self._label else ()
                self.blocks.append(Paragraph((*label, *self._said())))

    def _end_table(self) -> None:
        if self._rows:
            self.blocks.append(ContentTable(tuple(self._rows)))
            self._rows = []
