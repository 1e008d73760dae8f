"""Plain text from mail bodies, for descriptions and for search. It is an aid: the evidence is the exact bytes."""

import re
from html import unescape
from typing import Final

MAX_TEXT_LENGTH: Final = 150_000
"""The most characters of a body that a description has."""
MAX_HTML_LENGTH: Final = 2_000_000
"""The most characters of an HTML body that are converted."""

_INVISIBLE: Final = re.compile(r"<!--|<(script|style|title)\b", re.IGNORECASE)
_ENDS: Final = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style", "title")}
# Control characters but for tab and line feed, and surrogates, which have no UTF-8 encoding.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# `unescape` converts the number of a character reference, which takes quadratic time in its digits.
_HUGE_REFERENCE: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")
_BREAKS: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|hr)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_BLANKS: Final = re.compile(r"\n\s*\n\s*\n+")


def plain(html: str) -> str:
    """Convert HTML to plain text by removing markup; nothing is fetched, and no script runs."""
    html = _BREAKS.sub("\n", _without_invisible(html[:MAX_HTML_LENGTH]).replace("\r", "").replace("\n", " "))
    text = unescape(_HUGE_REFERENCE.sub("\ufffd", _TAG.sub("", html)))
    return _BLANKS.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))).strip()


def _without_invisible(html: str) -> str:
    """Remove comments, scripts, styles and titles in one pass.

    An element that is never closed stays: text that is shown in error is better than text that is hidden in error.
    """
    # Once an end tag is not found it is not sought again: else the time would be quadratic in the number of start tags.
    pieces, offset = [], 0
    may_close = dict.fromkeys(_ENDS, True)
    while match := _INVISIBLE.search(html, offset):
        pieces.append(html[offset : match.start()])
        name = (match[1] or "").lower()
        end = _end_of(html, name, match.end()) if may_close.get(name, True) else -1
        if end < 0:
            may_close[name] = False
            pieces.append(match[0])
            end = match.end()
        offset = end
    return "".join([*pieces, html[offset:]])


def _end_of(html: str, name: str, offset: int) -> int:
    """Return the offset after the end of an element, or of a comment where `name` is ""; -1 where it is never closed."""
    if not name:
        end = html.find("-->", offset)
        return end + 3 if end >= 0 else -1
    match = _ENDS[name].search(html, offset)
    return match.end() if match else -1


def clean(text: str, limit: int = MAX_TEXT_LENGTH) -> str:
    """Return text fit for a record: line ends as LF, characters that cannot be shown as U+FFFD, at most `limit` characters."""
    text = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSHOWABLE.sub("\ufffd", text).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_line(text: str, limit: int) -> str:
    """Return text for a one-line field: white space made single spaces, at most `limit` characters."""
    return " ".join(clean(text, limit * 2).split())[:limit].strip() if text else ""


def file_name(text: str, otherwise: str = "") -> str:
    """Return the last component of a path, without directories; `otherwise` for a name of dots and spaces alone."""
    name = clean_line(re.split(r"[\\/]", text)[-1], 200).strip()
    return name if name.strip(". ") else otherwise
