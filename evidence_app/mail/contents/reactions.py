"""Reactions: a thumb or another sign that a mail program sends as a mail of its own. A reaction is no answer."""

import json
import re
from collections.abc import Sequence
from typing import Final

from evidence_app.mail.contents.words import html_words
from evidence_app.mail.mime import MimePart
from evidence_app.mail.text import clean_line

GMAIL: Final = "text/vnd.google.email-reaction+json"
"""The media type of Gmail's reactions (developers.google.com/gmail, “Email reactions”): an object with `version` and `emoji`."""
MAX_SIGN: Final = 40
"""The most characters of a reaction."""
MAX_JSON_BYTES: Final = 4_096
SOME_SIGN: Final = "a sign that is not named"

# Outlook's mail, in the languages whose words are known: “… reacted to your message” in the subject and in its first line.
_SAYS_SO: Final = re.compile(
    r"reacted to (?:your|a) message|hat auf (?:ihre|deine) nachricht reagiert|a réagi à votre message"
    r"|ha reaccionado a (?:su|tu) mensaje|ha reagito al (?:tuo|suo) messaggio|heeft gereageerd op (?:uw|je) bericht",
    re.IGNORECASE,
)
_FIRST_LINE: Final = re.compile(r"\s*([^\w\s<>|]{1,12})?\s*(?P<rest>.*)", re.DOTALL)
_QUOTATION: Final = re.compile(r"<blockquote\b.*</blockquote\s*>", re.IGNORECASE | re.DOTALL)
_QUOTED: Final = re.compile(r"\s*(?:>|\|)")
_DIVIDER: Final = re.compile(r"\s*(?:_{8,}|-{3,}.*-{3,}|from:|on .{3,200} wrote:)", re.IGNORECASE)


def reaction_in(leaves: Sequence[MimePart], subject: str) -> str:
    """Return the sign that a mail is a reaction with, or "" where it is none."""
    for part in leaves:
        if part.type == GMAIL:
            return _of_gmail(part.octets())
    if not _SAYS_SO.search(subject):
        return ""
    return _of_outlook(next((part for part in leaves if part.type in {"text/html", "text/plain"}), None))


def _of_gmail(untrusted: bytes) -> str:
    try:
        said = json.loads(untrusted[:MAX_JSON_BYTES])
    except (ValueError, RecursionError):
        return SOME_SIGN
    sign = said.get("emoji") if isinstance(said, dict) else None
    return clean_line(sign, MAX_SIGN) or SOME_SIGN if isinstance(sign, str) else SOME_SIGN


def _of_outlook(part: MimePart | None) -> str:
    """Return the sign where the words are the one line that says so, and a quotation; somebody's own words make it a reply."""
    if part is None:
        return ""
    return reaction_in_words(
        part.text() if part.type == "text/plain" else "", part.text() if part.type == "text/html" else ""
    )


def reaction_in_words(plain: str, html: str) -> str:
    """Return the sign of a reaction in Outlook's form, or "" where the words are somebody's own."""
    text = html_words(_QUOTATION.sub(" ", html, count=1)) if html.strip() else plain
    own: list[str] = []
    for line in text.splitlines():
        if _DIVIDER.match(line):
            break
        if line.strip() and not _QUOTED.match(line):
            own.append(line.strip())
    if len(own) != 1 or not _SAYS_SO.search(own[0]):
        return ""
    match = _FIRST_LINE.fullmatch(own[0])
    return clean_line(match[1] or "", MAX_SIGN) or SOME_SIGN if match else SOME_SIGN


def reaction_in_item(subject: str, plain: str, html: str) -> str:
    """Return the sign that an Outlook item is a reaction with, or "" where it is none."""
    return reaction_in_words(plain, html) if _SAYS_SO.search(subject) else ""
