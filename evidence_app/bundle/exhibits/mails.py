"""Mails as exhibits: the headers, what a receipt shows and does not, and the words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from evidence_app.bundle.exhibits.prepared import PreparedExhibit, caption
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, ITALIC, MONO
from evidence_app.bundle.typeset.page_writer import PageWriter

OTHERS_WORDS = frozenset({"Subject", "Meeting"})
"""Headers that hold somebody's words."""


@dataclass(frozen=True, slots=True)
class MailSheet:
    """What a mail says: its headers as labels and texts, its words, and the remarks on reading it.

    `technical` are labels and texts that nobody reads for what was said: identifiers and the like, which stand in the annex. `shows` and `limit` are for a receipt or report: what it shows, and what it does not. `files` are the names and exact bytes of the files in
    it; `files_withheld` says why they are not shown.
    """

    headers: tuple[tuple[str, str], ...]
    text: str
    shows: str = ""
    limit: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    files_withheld: str = ""
    technical: tuple[tuple[str, str], ...] = ()


def redacted(
    sheet: MailSheet, hide: Callable[[str], str], *, without_words: bool, files_withheld: str = ""
) -> MailSheet:
    """Return a sheet with its texts as a bundle may show them; without its words where they are somebody else's."""
    return replace(
        sheet,
        headers=tuple(
            (label, hide(text)) for label, text in sheet.headers if not (without_words and label in OTHERS_WORDS)
        ),
        text="[The words of others are withheld from this bundle.]" if without_words else hide(sheet.text),
        shows=hide(sheet.shows),
        fields=tuple((label, hide(text)) for label, text in sheet.fields),
        technical=tuple((label, hide(text)) for label, text in sheet.technical),
        files=tuple((hide(name), content) for name, content in sheet.files),
        files_withheld=files_withheld,
    )


def prepare_mail(exhibit: Exhibit, sheet: MailSheet, foot: str) -> PreparedExhibit:
    """Make a mail's pages. The exact bytes are the exhibit; this is what they say."""
    flow = PageWriter(foot)
    flow.space(6)
    for label, text in sheet.headers:
        flow.pair(label, text, label_width=104, size=t.TABLE_SIZE)
    flow.space(2)
    flow.rule(t.TEAL, 0.8)
    flow.space(6)
    if sheet.shows:
        flow.pair("What it shows", sheet.shows, label_width=104, font=BOLD, size=t.TABLE_SIZE)
        flow.pair("What it does not", sheet.limit, label_width=104, font=ITALIC, size=t.TABLE_SIZE)
    for label, text in sheet.fields:
        flow.pair(label, text, label_width=104, font=MONO, size=t.NOTE_SIZE)
    if sheet.shows or sheet.fields:
        flow.space(4)
    for line in sheet.text.split("\n"):
        flow.paragraph(line, after=0)
    if not sheet.text:
        flow.paragraph("It holds no words that can be shown; the original file holds what it holds.", ITALIC)
    for number, page in enumerate(flow.pages, start=1):
        caption(page, exhibit, number, len(flow.pages))
    remarks = [("Remark on reading it", remark) for remark in sheet.remarks]
    technical = [(exhibit.label, label, text) for label, text in (*sheet.technical, *remarks)]
    return PreparedExhibit(exhibit, flow.pages, "text", technical=technical, mail_words=sheet.text)
