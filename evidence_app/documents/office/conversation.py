"""Conversations that a telephone exports as text (WhatsApp, both forms of lines): one row a message, with when and who."""

import re
from typing import Final

from evidence_app.documents.office.content import Cell, ContentTable, DocumentContent, Run, plain
from evidence_app.documents.plain_text import decoded

UNSEEN: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Marks of direction, which such files have before and in their lines."""
DAY: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
TIME: Final = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?"
START: Final = re.compile(rf"[{UNSEEN}]*(?:\[({DAY}),? ({TIME})\] |({DAY}),? ({TIME}) - )")
"""What a message begins with: the form of iPhones, in brackets, and that of other telephones, with a dash."""
WHO: Final = re.compile(r"([^:\n]{1,200}): ?")
MIN_MESSAGES: Final = 2
MIN_SHARE: Final = 0.2
"""Part of the lines of a text that begin a message, from which it is a conversation: messages may have many lines."""
HEADS: Final = ("When, as the telephone wrote it", "Who", "What")


def conversation_content(untrusted: bytes) -> DocumentContent | None:
    """Return a conversation as a table of its messages, or None if a text is none."""
    return messages_content(decoded(untrusted))


def messages_content(text: str) -> DocumentContent | None:
    """Return a text as a table of messages, or None if it is no conversation."""
    # Empty lines before the first message belong to none.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n").split("\n")
    starts = [START.match(line) for line in lines]
    count = sum(match is not None for match in starts)
    filled = sum(bool(line.strip()) for line in lines)
    first = next((match for match, line in zip(starts, lines, strict=True) if line.strip()), None)
    if count < MIN_MESSAGES or first is None or count < MIN_SHARE * filled:
        return None
    rows: list[list[str]] = []
    for line, match in zip(lines, starts, strict=True):
        if match is None and rows:
            rows[-1][2] += f"\n{line}"
            continue
        if match is None:
            # A line of spaces alone before the first message.
            continue
        day, time = match[1] or match[3], match[2] or match[4]
        rest = line[match.end() :]
        named = WHO.match(rest)
        rows.append([f"{day}, {time}", named[1] if named else "", rest[named.end() :] if named else rest])
    cells = tuple(tuple(_cell(text.rstrip("\n")) for text in row) for row in rows)
    head = plain(
        f"[A conversation of {count} message{'' if count == 1 else 's'}, {rows[0][0]} to {rows[-1][0]}. A line without a name is the telephone's own.]"
    )
    return DocumentContent((head, ContentTable(cells, HEADS)))


def _cell(text: str) -> Cell:
    return (Run(text),) if text else ()
