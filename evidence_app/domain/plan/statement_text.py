"""The witness statement of a plan as plain text: a paragraph a line, references in square brackets (docs/spec/bundle-plan.md, `statement`)."""

import re
from collections.abc import Sequence
from typing import Final

REFERENCE: Final = re.compile(r"\[(?:(\d{1,9}(?:/\d{1,9})?)|exhibit ([^\[\]]{1,120}))\]")
"""A reference: the number of a record, or a part of an exhibit's title."""
HELP: Final = (
    "# A paragraph a line; they are numbered when the statement is made.",
    "# [14] becomes the page of record 14, [exhibit letter of 4 March] that of the exhibit with these words in its title.",
)
"""What stands above the lines."""


def statement_as_text(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as text."""
    return "\n".join((*HELP, *paragraphs, ""))


def read_statement_text(untrusted: str) -> tuple[str, ...]:
    """Read paragraphs from text. Empty lines and those that begin with # are passed over."""
    lines = (" ".join(line.split()) for line in untrusted.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
