"""Readable text out of a body: for describing a mail and finding words in it. The bytes are the evidence."""

import re
from html import unescape
from typing import Final

TEXT_LIMIT: Final = 150_000
"""The most characters of a body that are described."""
HTML_LIMIT: Final = 2_000_000

_UNSEEN: Final = re.compile(r"<(script|style|head|title)\b", re.IGNORECASE)
_BREAKS: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|hr)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_BLANKS: Final = re.compile(r"\n\s*\n\s*\n+")


def plain(html: str) -> str:
    """Return the text of HTML: tags are taken out, nothing is fetched and nothing is run."""
    html = _BREAKS.sub("\n", _without_unseen(html[:HTML_LIMIT]).replace("\r", "").replace("\n", " "))
    text = unescape(_TAG.sub("", html))
    return _BLANKS.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))).strip()


def _without_unseen(html: str) -> str:
    """Cut out what a reader never sees. Each search goes on where the last one ended."""
    kept, place, lowered = [], 0, html.lower()
    while match := _UNSEEN.search(html, place):
        kept.append(html[place : match.start()])
        end = lowered.find(f"</{match[1].lower()}", match.end())
        if end < 0:
            place = len(html)
            break
        place = end
    while (start := html.find("<!--", place)) >= 0:
        kept.append(html[place:start])
        end = html.find("-->", start)
        place = len(html) if end < 0 else end + 3
    kept.append(html[place:])
    return "".join(kept)


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return text that a record can hold: line ends made one, characters that cannot be shown replaced, cut at a limit."""
    text = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(character if _can_be_shown(character) else "\ufffd" for character in text)
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_line(text: str, limit: int) -> str:
    """Return text for a one-line field."""
    return " ".join(clean(text, limit * 2).split())[:limit].strip() if text else ""


def _can_be_shown(character: str) -> bool:
    code = ord(character)
    return character in "\n\t" or (code >= 0x20 and code != 0x7F and not 0xD800 <= code <= 0xDFFF)
