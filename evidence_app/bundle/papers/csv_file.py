"""Writes a paper's table as CSV (RFC 4180), in UTF-8 with a mark by which spreadsheets know it."""

import csv
import io
from typing import Final

from evidence_app.bundle.papers.paper import Paper
from evidence_app.errors import InputError

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet may take for a formula."""


def as_csv(paper: Paper) -> bytes:
    """Return a paper's table. A title of rows stands in the first column.

    Raises:
        InputError: the paper has no table.
    """
    if not paper.columns:
        raise InputError(f"“{paper.title}” is no table: write it as Word, to a file that ends in .docx.")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.title for column in paper.columns])
    for row in paper.rows:
        writer.writerow([_inert(cell) for cell in (*row, *[""] * (len(paper.columns) - len(row)))])
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """Return a text that no spreadsheet reckons with: what somebody wrote into a mail may begin like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
