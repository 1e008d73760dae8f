"""Addresses that no person writes from: those of mail servers, and those that take no answer."""

import re
from typing import Final

_LOCAL_PART: Final = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]daemon|mail[-_. ]delivery[-_. ](?:sub)?system|maildelivery|mdaemon|bounces?"
    r"|(?:no|do[-_.]?not)[-_.]?reply|microsoftexchange[0-9a-f]{16,})",
    re.IGNORECASE,
)
_DISPLAYED: Final = re.compile(
    r"\s*[\"']?\s*(?:mail delivery (?:sub)?system|mailer[- ]daemon)\s*[\"']?\s*(?:<[^<>]*>)?\s*", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"<([^<>]*)>\s*$")


def is_machine(person: str) -> bool:
    """Whether ``Name <address>`` is a mail server or another machine, by its address, or by a server's usual name."""
    bracketed = _BRACKETED.search(person)
    address = (bracketed[1] if bracketed else person).strip().strip("\"'")
    return (
        _LOCAL_PART.fullmatch(address.partition("@")[0].strip()) is not None or _DISPLAYED.fullmatch(person) is not None
    )
