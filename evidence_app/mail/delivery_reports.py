"""Parser for delivery reports: RFC 3464, and bounces of mail servers that follow no standard (docs/spec/mail.md, section 2)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evidence_app.mail.fields import Fields, read_blocks, without_type
from evidence_app.mail.headers import addresses, decoded, message_ids
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import NOT_STATED, WORST_FIRST, Delivery, MailReceipt

ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
"""The values of Action (RFC 3464, section 2.3.3)."""
MAX_ROWS: Final = 500
"""The most recipients of a report that are read."""
LINE: Final = 300
"""The most characters of a value."""

_ACTION: Final = re.compile(r"\s*([A-Za-z]+)(?![A-Za-z0-9_.-])")
# A status code x.y.z of RFC 3463; its class is 2 (success), 4 (temporary) or 5 (permanent).
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_QUOTED_MESSAGE_ID: Final = re.compile(r"^[>\s|]{0,10}Message-ID:\s*(<[^<>\s]{1,480}>)", re.IGNORECASE | re.MULTILINE)


def read_report(text: str) -> MailReceipt:
    """Parse the fields of a delivery report: one row for each recipient, in their order.

    A block without any per-recipient field is the per-message block (RFC 3464, section 2.2), and is skipped.
    """
    rows = [
        _delivery_of(block)
        for block in read_blocks(text)
        if {"final-recipient", "original-recipient", "action"} & block.keys()
    ][:MAX_ROWS]
    return of_rows(rows)


def of_rows(rows: Sequence[Delivery], format_name: str = "DSN") -> MailReceipt:
    """Build a report from its rows. The worst state is the state of the whole (`WORST_FIRST`)."""
    states = {row.state for row in rows}
    worst = next((state for state in WORST_FIRST if state in states), NOT_STATED)
    recipients = list(dict.fromkeys(row.recipient for row in rows if row.recipient))
    return MailReceipt(
        format=format_name,
        state=worst,
        final_recipient=clean_line(", ".join(recipients), LINE),
        rows=tuple(rows),
        of_delivery=True,
    )


def _delivery_of(block: Fields) -> Delivery:
    """Build a row from the fields of one recipient (RFC 3464, section 2.3)."""
    action = _ACTION.match(block.get("action", ""))
    name = action[1].lower() if action else ""
    status = _STATUS.search(block.get("status", ""))
    final = _address(block.get("final-recipient", ""))
    original = _address(block.get("original-recipient", ""))
    return Delivery(
        recipient=final or original,
        state=name if name in ACTIONS else NOT_STATED,
        original_recipient=original if final and original != final else "",
        status=status[1] if status else "",
        diagnostic=clean_line(decoded(without_type(block.get("diagnostic-code", ""))), LINE),
        remote_mta=clean_line(without_type(block.get("remote-mta", "")), LINE),
    )


def _address(value: str) -> str:
    people = addresses([without_type(value)]) if value else ()
    return clean_line(people[0], LINE) if people else ""


def unstandard_report(failed_recipients: Sequence[str]) -> MailReceipt:
    """Build a report from a bounce without RFC 3464 fields; its X-Failed-Recipients header names the recipients, if any."""
    rows = [Delivery(clean_line(address, LINE), "failed") for address in addresses(failed_recipients)]
    return replace(of_rows(rows[:MAX_ROWS]), guessed=True)


def quoted_message_id(text: str) -> str:
    """Return the Message-ID that a report's text quotes, or "" where it quotes none or several different ones."""
    identifiers = {
        identifier for quoted_value in _QUOTED_MESSAGE_ID.findall(text) for identifier in message_ids(quoted_value)
    }
    return identifiers.pop() if len(identifiers) == 1 else ""
