"""Plain text from mail bodies, for descriptions and for search. It is an aid: the evidence is the exact bytes."""

import re
from typing import Final

MAX_TEXT_LENGTH: Final = 150_000
"""The most characters of a body that a description has."""

MAX_NAME_LENGTH: Final = 200
"""The most characters of a file's name; a longer one is cut before its ending."""
MAX_WRITTEN_NAME: Final = 8_192
MAX_ENDING_LENGTH: Final = 16
"""The most characters of what counts as the ending of a name."""

# Control characters but for tab and line feed, and surrogates, which have no UTF-8 encoding.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean(text: str, limit: int = MAX_TEXT_LENGTH) -> str:
    """Return text fit for a record: line ends as LF, characters that cannot be shown as U+FFFD, at most `limit` characters."""
    text = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSHOWABLE.sub("\ufffd", text).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_line(text: str, limit: int) -> str:
    """Return text for a one-line field: white space made single spaces, at most `limit` characters."""
    return " ".join(clean(text, limit * 2).split())[:limit].strip() if text else ""


def file_name(text: str, otherwise: str = "") -> str:
    """Return the last component of a path, without directories; `otherwise` for a name of dots and spaces alone.

    A name that is too long is cut before its ending, which says what the file is.
    """
    name = clean_line(re.split(r"[\\/]", text)[-1], MAX_WRITTEN_NAME).strip()
    if len(name) > MAX_NAME_LENGTH:
        stem, ending = _at_ending(name)
        name = f"{stem[: MAX_NAME_LENGTH - len(ending) - 1]}…{ending}"
    return name if name.strip(". ") else otherwise


def is_cut(name: str) -> bool:
    """Whether `file_name` cut a name."""
    return len(name) == MAX_NAME_LENGTH and "…" in name[-MAX_ENDING_LENGTH - 2 :]


def _at_ending(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and len(ending) <= MAX_ENDING_LENGTH else (name, "")
