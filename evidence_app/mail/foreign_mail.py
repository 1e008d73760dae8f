"""A foreign mail that is open in a worker (docs/decisions/0029-foreign-files-in-workers.md)."""

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
