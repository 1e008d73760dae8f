"""What a document of words says: paragraphs, tables, the pictures in it, and what stands beside its page, such as comments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

BETWEEN_CELLS: Final = "\t"
BETWEEN_LINES: Final = "\n"
MAX_ROWS: Final = 2_000
"""Rows of a sheet or list that are shown; how many there are is said."""
MAX_COLUMNS: Final = 200
PICTURE: Final = "picture {} in it"
"""What stands on the page for a picture, by its number among the files of a document."""


class Change(StrEnum):
    """Why words are not simply on the page: somebody put them in or took them out and it was tracked, or they are hidden."""

    NONE = ""
    INSERTED = "inserted"
    DELETED = "deleted"
    HIDDEN = "hidden"
    STRUCK = "struck out"
    """Words that everybody sees, with a line through them."""


GONE: Final = frozenset({Change.DELETED, Change.HIDDEN})
"""Changes of words that are not on the page as it stands."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another. `by` and `at` are who changed them and when, as the file says; empty if it does not.

    `look` says what tells them apart from the words around them, such as “in red”, where that means something.
    """

    text: str
    change: Change = Change.NONE
    by: str = ""
    at: str = ""
    look: str = ""

    def said(self) -> str:
        """Return the words as they are printed: what was changed, hidden or told apart says so."""
        if (self.change is Change.NONE and not self.look) or not self.text:
            return self.text
        who = f" by {self.by}" if self.by else ""
        when = f", {self.at}" if self.at else ""
        marks = ", ".join(each for each in (f"{self.change}{who}{when}", self.look) if each)
        return f"[{marks}: {self.text}]"


Cell = tuple[Run, ...]


def said(runs: Iterable[Run]) -> str:
    """Return runs as one printed text."""
    return "".join(run.said() for run in joined(runs))


def joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs with those that follow one another and differ in their words alone as one."""
    # Pieces are joined once for each merged run: some readers give a run for every character.
    merged: list[tuple[Run, list[str]]] = []
    for run in runs:
        if merged and _alike(merged[-1][0], run):
            merged[-1][1].append(run.text)
        elif run.text:
            merged.append((run, [run.text]))
    return [run if len(texts) == 1 else replace(run, text="".join(texts)) for run, texts in merged]


def _alike(one: Run, other: Run) -> bool:
    return one.look == other.look and one.change == other.change and one.by == other.by and one.at == other.at


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `level` is that of a heading, from 1, or 0; `indent` counts steps to the right."""

    runs: tuple[Run, ...]
    level: int = 0
    indent: int = 0


@dataclass(frozen=True, slots=True)
class ContentTable:
    """A table: rows of cells from left to right. `heads` are the names of its columns if the program gives them, such as A, B, C."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[str, ...] = ()


Block = Paragraph | ContentTable


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """What a document says. `beside` is what stands beside its pages, such as comments and notes; `files` are the pictures and files in it, by name.

    `properties` are what the file says of itself, such as its author: labels and texts. `remarks` are sentences on how it was read.
    """

    blocks: tuple[Block, ...]
    beside: tuple[Block, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def page_alone(self) -> "DocumentContent":
        """Return the document without what stands beside its pages: of tracked changes the words that stand now, and nothing hidden."""
        standing = replace(self, blocks=tuple(_standing(block) for block in self.blocks), beside=())
        # A picture goes with the words that it stands among: one that was taken out, or is on a hidden sheet, is left out too.
        whole, kept = self.text(), standing.text()
        marks = [PICTURE.format(number) for number in range(1, len(self.files) + 1)]
        files = (file for file, mark in zip(self.files, marks, strict=True) if mark in kept or mark not in whole)
        return replace(standing, files=tuple(files))

    def pieces(self) -> list[str]:
        """Return every paragraph, and every cell of a table, as printed, in the order of the pages."""
        return [text for block in (*self.blocks, *self.beside) for row in texts_of(block) for text in row]

    def text(self) -> str:
        """Return all words as one text: a tab between cells, a line's end between rows and paragraphs."""
        return "".join(text + separator for text, separator in pieces_apart(self))


def _standing(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=_standing_runs(block.runs))
    return replace(block, rows=tuple(tuple(_standing_runs(cell) for cell in row) for row in block.rows))


def _standing_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    kept = {Change.NONE: Change.NONE, Change.INSERTED: Change.NONE, Change.STRUCK: Change.STRUCK}
    return tuple(Run(run.text, kept[run.change], look=run.look) for run in runs if run.change in kept)


def as_changed(block: Block, change: Change, by: str = "", at: str = "") -> Block:
    """Return a block whose plain words are changed words: a text box that was taken out, a row that is hidden."""

    def runs(given: Iterable[Run]) -> tuple[Run, ...]:
        # What is gone or hidden is so whatever was done to its words before.
        return tuple(Run(run.text, change, by, at) if run.change not in GONE else run for run in given)

    if isinstance(block, Paragraph):
        return replace(block, runs=runs(block.runs))
    return replace(block, rows=tuple(tuple(runs(cell) for cell in row) for row in block.rows))


def in_one_cell(blocks: Iterable[Block]) -> Cell:
    """Return blocks as the runs of one cell, each on a line of its own; of a table within, each row on one."""
    runs: list[Run] = []
    for block in blocks:
        runs += [Run("\n")] if runs else []
        if isinstance(block, Paragraph):
            runs += block.runs
            continue
        for number, row in enumerate(block.rows):
            runs += [Run("\n")] if number else []
            for place, cell in enumerate(row):
                runs += [Run("; "), *cell] if place else cell
    return tuple(runs)


def texts_of(block: Block) -> Iterator[Sequence[str]]:
    """Yield the rows of a block, each as the texts of its cells; a paragraph is one row of one cell."""
    if isinstance(block, Paragraph):
        yield [said(block.runs)]
    else:
        for row in block.rows:
            yield [said(cell) for cell in row]


def pieces_apart(content: DocumentContent) -> Iterator[tuple[str, str]]:
    """Yield every piece of a document with what stands behind it."""
    for block in (*content.blocks, *content.beside):
        for row in texts_of(block):
            for place, text in enumerate(row, start=1):
                yield text, BETWEEN_CELLS if place < len(row) else BETWEEN_LINES


def plain(text: str, level: int = 0) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Run(text),), level)


class CannotRead(Exception):
    """A document cannot be read. The message says why, as a slip sheet prints it after “it”."""
