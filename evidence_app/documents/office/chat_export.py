"""Conversations that Teams and Skype export as JSON: one row a message, with when and who.

Two forms: messages of Microsoft Graph (`chatMessage`), and the personal export (`conversations` with a `MessageList`).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from evidence_app.documents.office.content import MAX_ROWS, Block, Cell, ContentTable, DocumentContent, Run, plain
from evidence_app.documents.office.web_page import web_page_content

HEADS: Final = ("When, as the file says", "Who", "What")
MAX_BYTES: Final = 64 * 1024 * 1024
Message = tuple[str, str, str]
"""When a message was sent, who sent it, and what it says."""


def chat_export_content(untrusted: bytes) -> DocumentContent | None:
    """Return the conversations of an export as tables of their messages, or None if a file is none."""
    if len(untrusted) > MAX_BYTES:
        return None
    try:
        read = json.loads(untrusted.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    blocks: list[Block] = []
    for title, messages in _conversations(read):
        if not messages:
            continue
        if title:
            blocks.append(plain(title, 2))
        blocks.append(plain(f"[A conversation of {len(messages):,} message{'' if len(messages) == 1 else 's'}.]"))
        rows = tuple(tuple(_cell(text) for text in message) for message in messages[:MAX_ROWS])
        blocks.append(ContentTable(rows, HEADS))
        if len(messages) > MAX_ROWS:
            blocks.append(plain(f"[The first {MAX_ROWS:,} messages. The whole is in the original file.]"))
    return DocumentContent(tuple(blocks)) if blocks else None


def _cell(text: str) -> Cell:
    return (Run(text),) if text else ()


def _conversations(read: Any) -> Iterator[tuple[str, list[Message]]]:
    """Yield the conversations in what was read: their titles, and their messages from the first to the last."""
    if isinstance(read, dict) and isinstance(read.get("conversations"), list):
        for each in read["conversations"]:
            if isinstance(each, dict) and isinstance(each.get("MessageList"), list):
                yield _text(each.get("displayName")), _in_order(_exported(message) for message in each["MessageList"])
        return
    messages = read.get("value", read.get("messages")) if isinstance(read, dict) else read
    if isinstance(messages, list) and messages and all(_is_message(each) for each in messages):
        yield "", _in_order(_of_graph(message) for message in messages)


def _is_message(each: Any) -> bool:
    return isinstance(each, dict) and "createdDateTime" in each and "body" in each


def _in_order(messages: Iterator[Message | None]) -> list[Message]:
    # The newest stand first in both forms. Times are in one form and one zone, so that their texts sort as they do.
    return sorted((message for message in messages if message is not None), key=lambda message: message[0])


def _exported(message: Any) -> Message | None:
    if not isinstance(message, dict):
        return None
    who = _text(message.get("displayName")) or _text(message.get("from"))
    return _text(message.get("originalarrivaltime")), who, _words(_text(message.get("content")))


def _of_graph(message: dict[str, Any]) -> Message:
    body, files = message["body"], message.get("attachments")
    content = _text(body.get("content")) if isinstance(body, dict) else ""
    words = _words(content) if isinstance(body, dict) and body.get("contentType") == "html" else content
    names = [_text(each.get("name")) for each in files if isinstance(each, dict)] if isinstance(files, list) else []
    parts = [words, *(f"[attached: {name}]" for name in names if name)]
    if message.get("deletedDateTime"):
        parts.append(f"[deleted, {_text(message['deletedDateTime'])}]")
    elif message.get("lastEditedDateTime"):
        parts.append(f"[changed, {_text(message['lastEditedDateTime'])}]")
    return _text(message["createdDateTime"]), _sender(message.get("from")), "\n".join(part for part in parts if part)


def _sender(sender: Any) -> str:
    """Return who sent a message: a person, an application or a device."""
    for each in sender.values() if isinstance(sender, dict) else ():
        name = _text(each.get("displayName")) if isinstance(each, dict) else ""
        if name:
            return name
    return ""


def _words(content: str) -> str:
    """Return the words of a message that is written as a web page, or as it stands."""
    return web_page_content(content.encode()).text().strip("\n") if "<" in content or "&" in content else content


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
