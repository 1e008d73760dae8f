"""Mails that may have been receipts, and in which a converter or a program left nothing."""

import re
from typing import Final

from evidence_app.mail.values import Mail, MailKind

_READ: Final = re.compile(
    r"(?:not read|read|gelesen|nicht gelesen|lu|non lu|leído|no leído|letto|non letto|gelezen|niet gelezen|lido|darllenwyd)\s*:",
    re.IGNORECASE,
)
"""How the subject of a receipt begins in the languages that are known; it decides nothing but what an empty mail may have been."""


def is_emptied_receipt(mail: Mail) -> bool:
    """Whether a mail has a receipt's subject, and neither a word nor a file."""
    empty = not mail.text.strip() and not mail.files and not mail.unsent and mail.receipt is None
    return empty and mail.kind is MailKind.MESSAGE and _READ.match(mail.subject) is not None
