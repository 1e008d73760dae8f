"""The words of an Outlook item: its plain text, its HTML, or its rich text ([MS-OXCMSG] 2.2.1.58, [MS-OXRTFCP], [MS-OXRTFEX])."""

from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.office.rich_text import rich_text_content
from evidence_app.mail.contents.words import is_marked, shown_words
from evidence_app.mail.outlook.compressed_rtf import MAX_BYTES, unpacked
from evidence_app.mail.outlook.encapsulated_html import html_within, text_within
from evidence_app.mail.outlook.properties import BODY, HTML, REPORT_TEXT, RTF, Properties, text_in

RICH_TEXT: Final = "Its words are in Outlook's rich text, which could not be read; the original holds them."
"""The remark on an item whose words were lost."""
CUT: Final = "Its rich text is longer than is read; the original holds the rest."


@dataclass(frozen=True, slots=True)
class Body:
    """The words of an item, and what has to be said of how they were read."""

    text: str
    remarks: tuple[str, ...] = ()


def body_of(properties: Properties) -> Body:
    """Return the words that a mail program showed (`shown_words`): of the plain text, a report's, the HTML or the rich text."""
    plain, html = text_in(properties, BODY, REPORT_TEXT), text_in(properties, HTML)
    rich_text = b"" if html.strip() else _rich_text_in(properties)
    html = html or html_within(rich_text)
    plain = plain if plain.strip() else text_within(rich_text)
    if html.strip() or not rich_text or (plain.strip() and text_within(rich_text)):
        lost = not plain.strip() and not html.strip() and _has_rich_text(properties)
        return Body(shown_words(plain, html), (RICH_TEXT,) if lost else ())
    try:
        content = rich_text_content(rich_text)
    except CannotRead:
        return Body(plain, () if plain.strip() else (RICH_TEXT,))
    text = content.text().strip() if is_marked(content) or not plain.strip() else plain
    return Body(text, (CUT,) if len(rich_text) >= MAX_BYTES else ())


def _has_rich_text(properties: Properties) -> bool:
    packed = properties.get(RTF)
    return isinstance(packed, bytes) and bool(packed.strip(b"\0"))


def _rich_text_in(properties: Properties) -> bytes:
    packed = properties.get(RTF)
    # Outlook ends it with a zero byte.
    return unpacked(packed).rstrip(b"\0") if isinstance(packed, bytes) else b""
