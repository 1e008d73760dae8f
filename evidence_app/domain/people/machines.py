"""Addresses that no person writes from: those of mail servers, and those that take no answer."""

import re
from typing import Final

_SERVER: Final = re.compile(
    r"mailer[-_.]?daemon|mail[-_.]daemon|mail[-_. ]delivery[-_. ](?:sub)?system|maildelivery|mdaemon|microsoftexchange[0-9a-f]{16,}",
    re.IGNORECASE,
)
_NO_ANSWER: Final = re.compile(r"(?:no|do[-_.]?not)[-_.]?reply|bounces?", re.IGNORECASE)
_DISPLAYED: Final = re.compile(
    r"\s*[\"']?\s*(?:mail delivery (?:sub)?system|mailer[- ]daemon)\s*[\"']?\s*(?:<[^<>]*>)?\s*", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"<([^<>]*)>\s*$")


def is_mail_server(person: str) -> bool:
    """Whether ``Name <address>`` is a mail server, by its address or its usual name; the null reverse-path (RFC 5321, section 4.5.5) is one."""
    if not person.strip(" <>\"'"):
        return bool(person.strip())
    return _SERVER.fullmatch(_local_part(person)) is not None or _DISPLAYED.fullmatch(person) is not None


def is_machine(person: str) -> bool:
    """Whether ``Name <address>`` is a mail server, or an address that takes no answer."""
    return is_mail_server(person) or _NO_ANSWER.fullmatch(_local_part(person)) is not None


def _local_part(person: str) -> str:
    bracketed = _BRACKETED.search(person)
    return (bracketed[1] if bracketed else person).strip().strip("\"'").partition("@")[0].strip()
