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
MAX_LINE: Final = 400
"""The most characters of the line that says so."""
MAX_JSON_BYTES: Final = 4_096
SOME_SIGN: Final = "a sign that is not named"

# What the one line of such a mail says, in the languages whose words are known: “👍 Kim Dale reacted to your message:”.
_SAYS_SO: Final = re.compile(
    r"(?P<sign>\[described as: [^\]]{1,40}\]|\[[^\]]{1,40}\]|[^\w\s\[\]<>|\"'(]{1,12})?[\s|]*(?P<who>[^\n:|]{1,120}?)[\s|]+"
    r"(?:reacted to (?:your|a) message|reacted via gmail|hat auf (?:ihre|deine) nachricht reagiert|a réagi à votre message"
    r"|ha reaccionado a (?:su|tu) mensaje|ha reagito al (?:tuo|suo) messaggio|heeft gereageerd op (?:uw|je) bericht)"
    r"(?: \(?<?https?://\S{1,300})?\s*[:.]?\s*",
    re.IGNORECASE,
)
# Somebody who writes of a reaction writes more than a name before it.
_MAX_NAME_WORDS: Final = 6
_SPEAKS: Final = re.compile(r"\b(?:i|you|that|who|because|only|have|not)\b", re.IGNORECASE)
_RULE: Final = re.compile(r"<hr\b[^<>]{0,300}>", re.IGNORECASE)
_QUOTATION_TAG: Final = re.compile(r"<(/?)blockquote\b[^<>]{0,2000}>", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\s*(?:>|\|)")
_DIVIDER: Final = re.compile(
    r"\s*(?:_{8,}|-{3,}.*-{3,}|(?:\[?in \w+: )?\*?(?:from|von|de|da|van|från|oddi wrth)\s?:|on .{3,200} wrote:|am .{3,200} schrieb|le .{3,200} a écrit)",
    re.IGNORECASE,
)
# What mail servers put above or below, and nobody wrote.
_BANNER: Final = re.compile(
    r"\s*(?:\[?(?:caution|external|warning|rhybudd)\b|you don['’]t often get e-?mail from|this (?:e-?mail|message) (?:originated|came|was sent) (?:from )?outside"
    r"|learn why this is important|(?:this|the (?:information|contents) (?:in|of) this) (?:e-?mail|message)\b.{0,200}\bconfidential)",
    re.IGNORECASE,
)


def reaction_in(leaves: Sequence[MimePart]) -> str:
    """Return the sign that a mail is a reaction with, or "" where it is none."""
    for part in leaves:
        if part.type == GMAIL:
            return _of_gmail(part.octets())
    texts = {
        kind: next((part.text() for part in leaves if part.type == kind), "") for kind in ("text/plain", "text/html")
    }
    return reaction_in_words(texts["text/plain"], texts["text/html"])


def _of_gmail(untrusted: bytes) -> str:
    try:
        said = json.loads(untrusted[:MAX_JSON_BYTES])
    except (ValueError, RecursionError):
        return SOME_SIGN
    sign = said.get("emoji") if isinstance(said, dict) else None
    return clean_line(sign, MAX_SIGN) or SOME_SIGN if isinstance(sign, str) else SOME_SIGN


def reaction_in_words(plain: str, html: str) -> str:
    """Return the sign of a reaction where the words are the one line that says so, and a quotation; "" where somebody wrote more."""
    own: list[str] = []
    for line in (html_words(_without_quotations(html)) if html.strip() else plain).splitlines():
        if _DIVIDER.match(line):
            break
        if line.strip() and not _QUOTED.match(line) and not _BANNER.match(line):
            own.append(line.strip())
    said = _SAYS_SO.fullmatch(" ".join(own)) if sum(map(len, own)) <= MAX_LINE else None
    if said is None or len(said["who"].split()) > _MAX_NAME_WORDS or _SPEAKS.search(said["who"]):
        return ""
    sign = (said["sign"] or "").removeprefix("[described as: ").strip("[] ")
    return clean_line(sign, MAX_SIGN) or SOME_SIGN


def _without_quotations(html: str) -> str:
    """Return HTML without what stands in quotations, and with a line where it draws one."""
    kept: list[str] = []
    depth = place = 0
    for tag in _QUOTATION_TAG.finditer(html):
        kept += [html[place : tag.start()]] if not depth else []
        depth = max(0, depth - 1) if tag[1] else depth + 1
        place = tag.end()
    kept += [html[place:]] if not depth else []
    return _RULE.sub("<p>________________</p>", " ".join(kept))
