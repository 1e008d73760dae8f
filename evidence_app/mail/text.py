"""Readable text out of a body: for describing a mail and finding words in it. The bytes are the evidence."""

import re
from html import unescape
from typing import Final

MAX_TEXT_LENGTH: Final = 150_000
"""The most characters of a body that are described."""
MAX_HTML_LENGTH: Final = 2_000_000

_UNSEEN: Final = re.compile(r"<!--|<(script|style|title)\b", re.IGNORECASE)
_ENDS: Final = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style", "title")}
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_HUGE_REFERENCE: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")
_BREAKS: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|hr)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_BLANKS: Final = re.compile(r"\n\s*\n\s*\n+")


def plain(html: str) -> str:
    """Return the text of HTML: tags are taken out, nothing is fetched and nothing is run."""
    html = _BREAKS.sub("\n", _without_unseen(html[:MAX_HTML_LENGTH]).replace("\r", "").replace("\n", " "))
    text = unescape(_HUGE_REFERENCE.sub("\ufffd", _TAG.sub("", html)))
    return _BLANKS.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))).strip()


def _without_unseen(html: str) -> str:
    """Cut out comments and what a reader never sees, in one pass. What is never closed is left: better shown than hidden."""
    kept, place = [], 0
    closed = dict.fromkeys(_ENDS, True)
    while match := _UNSEEN.search(html, place):
        kept.append(html[place : match.start()])
        name = (match[1] or "").lower()
        end = _end_of(html, name, match.end()) if closed.get(name, True) else -1
        if end < 0:
            closed[name] = False
            kept.append(match[0])
            end = match.end()
        place = end
    return "".join([*kept, html[place:]])


def _end_of(html: str, name: str, place: int) -> int:
    if not name:
        end = html.find("-->", place)
        return end + 3 if end >= 0 else -1
    found = _ENDS[name].search(html, place)
    return found.end() if found else -1


def clean(text: str, limit: int = MAX_TEXT_LENGTH) -> str:
    """Return text that a record can hold: line ends made one, characters that cannot be shown replaced, cut at a limit."""
    text = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSHOWABLE.sub("\ufffd", text).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_line(text: str, limit: int) -> str:
    """Return text for a one-line field."""
    return " ".join(clean(text, limit * 2).split())[:limit].strip() if text else ""


def file_name(text: str, otherwise: str = "") -> str:
    """Return the last part of a path as a name that leads nowhere else."""
    name = clean_line(re.split(r"[\\/]", text)[-1], 200).strip()
    return name if name.strip(". ") else otherwise
