"""Reads foreign mails in workers; one that ends its worker is described by its headers alone."""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from evidence_app.documents.workers.sessions import Refused, WorkerEnded, opened_in_worker
from evidence_app.mail.mail_headers import read_headers
from evidence_app.mail.reading import Container
from evidence_app.mail.values import Mail

ENDED: Final = "It took too long, or broke what read it: only its headers were read."
UNREADABLE: Final = "It took too long, or broke what read it; the original holds what it holds."


def read_foreign_mail(untrusted: bytes, container: Container) -> Mail:
    """Read one mail in a format that `container_of` found. Never raises."""
    try:
        with opened_in_worker("mail", sha256(untrusted).digest(), untrusted, container.value) as session:
            mail: Mail = session.facts
            return mail
    except (Refused, WorkerEnded):
        if container in {Container.OUTLOOK, Container.TNEF}:
            return Mail(has_headers=False, remarks=(UNREADABLE,))
        headers = read_headers(untrusted)
        return replace(headers, remarks=(*headers.remarks, ENDED))
