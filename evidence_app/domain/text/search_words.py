"""The words of a text as the search of a store compares them: letters folded as in names (docs/spec/names.md, section 1)."""

import re
from typing import Final

from evidence_app.domain.text.name_matching import compared

BROKEN: Final = re.compile(r"(?<!\w)(\w+)- ?\s(\w+)")
"""A word with a hyphen at the end of a line."""


def words_for_search(text: str) -> str:
    """Return a text with its letters folded; a word that is broken at a line's end is added whole at the end."""
    folded = compared(text)
    if "-" not in folded:
        return folded
    whole = (f"{match[1]}{match[2]}" for match in BROKEN.finditer(folded))
    return " ".join((folded, *whole))
