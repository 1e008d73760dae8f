"""Foreign mails that are open in a worker (docs/decisions/0029-foreign-files-in-workers.md)."""

from collections.abc import Sequence
from typing import ClassVar

from evidence_app.mail.reading import Container, read_mail
from evidence_app.mail.values import Mail


class ForeignMail:
    """A mail that was read."""

    CALLS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, untrusted: bytes, container: str) -> None:
        """Read a mail in a format, the value of a `Container`."""
        self._mail = read_mail(untrusted, Container(container))

    def facts(self) -> Mail:
        """Return what it says."""
        return self._mail


class ForeignMails:
    """Several mails that were read, one after the other."""

    CALLS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, untrusted_mails: Sequence[tuple[bytes, str]]) -> None:
        """Read mails, each in a format, the value of a `Container`."""
        self._mails = [read_mail(untrusted, Container(container)) for untrusted, container in untrusted_mails]

    def facts(self) -> list[Mail]:
        """Return what they say, in their order."""
        return self._mails
