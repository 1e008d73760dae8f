"""Reading pane of the mail import page: headers, words and files of what was found, as plain text, before anything is kept."""

from typing import Final

from PySide6.QtWidgets import QPlainTextEdit

from evidence_app.desktop.system.language import tr, tr_moment, tr_value
from evidence_app.services.mail.import_items import Item

MAX_SHOWN: Final = 40_000
"""Longest text of a mail that is shown, in characters."""


class MailReading(QPlainTextEdit):
    """Shows one item. Nothing of it is run, fetched or drawn: a mail is shown as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("What the mail says"))
        self.setPlaceholderText(tr("Choose a line above: what the mail says stands here, before anything is kept."))
        self.setMinimumHeight(90)

    def show_item(self, item: Item | None) -> None:
        """Show an item, or nothing."""
        self.setPlainText("\n".join(lines_of(item)) if item is not None else "")


def lines_of(item: Item) -> list[str]:
    """Return what is known of an item and what it says, line by line: what it is, its headers, its words, and the files in it."""
    if item.found is None:
        return [item.origin.name, "", *([item.fault] if item.fault else [tr_value(item.described())])]
    mail = item.found.mail
    sent = tr_moment(mail.sent_at) if mail.sent_at is not None else tr_value(item.when)
    headers = {
        "From": mail.sender,
        "To": "; ".join(mail.to),
        "Copied to": "; ".join(mail.cc),
        "Copied unseen": "; ".join(mail.bcc),
        "Sent": sent,
        "Subject": mail.subject,
    }
    remarks = [each for each in item.remarks() if isinstance(each, str)]
    known = [tr_value(each) for each in (item.described(), item.match_in_words(), *remarks)]
    lines = [f"– {each}" for each in known if each] + [""]
    lines += [f"{tr(name)}: {value}" for name, value in headers.items() if value]
    lines += [f"{label}: {text}" for label, text in mail.details]
    lines += ["", mail.text[:MAX_SHOWN] or tr("It has no words of its own.")]
    if len(mail.text) > MAX_SHOWN:
        lines.append(tr("…and {:,} characters more, which are kept too.", len(mail.text) - MAX_SHOWN))
    if mail.files:
        lines += ["", tr("Files in it:")]
        lines += [f"  {each.name} ({len(each.content):,} bytes)" for each in mail.files]
    return lines
