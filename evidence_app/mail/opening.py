"""Reads foreign mails in workers; one that ends its worker is described by its headers alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from evidence_app.documents.workers.sessions import Refused, WorkerEnded, opened_in_worker
from evidence_app.mail.mail_headers import read_headers
from evidence_app.mail.reading import Container
from evidence_app.mail.values import Mail

ENDED: Final = "It took too long, or broke what read it: only its headers were read."
UNREADABLE: Final = "It took too long, or broke what read it; the original holds what it holds."
BATCH_SECONDS: Final = 30.0
"""Time for several mails together, after which each is read by itself and has its own."""


def read_foreign_mail(untrusted: bytes, container: Container, tick: Callable[[], None] = lambda: None) -> Mail:
    """Read one mail in a format that `container_of` found. Raises nothing but what `tick` does, which is called while a worker is waited for."""
    try:
        with opened_in_worker("mail", sha256(untrusted).digest(), untrusted, container.value, tick=tick) as session:
            mail: Mail = session.facts
            return mail
    except (Refused, WorkerEnded):
        if container in {Container.OUTLOOK, Container.TNEF}:
            return Mail(has_headers=False, remarks=(UNREADABLE,))
        headers = read_headers(untrusted)
        return replace(headers, remarks=(*headers.remarks, ENDED))


def read_foreign_mails(
    untrusted_mails: Sequence[tuple[bytes, Container]], tick: Callable[[], None] = lambda: None
) -> list[Mail]:
    """Read several mails in one worker, in their order; where that fails, each by itself. Raises nothing but what `tick` does."""
    if len(untrusted_mails) > 1:
        given = [(untrusted, container.value) for untrusted, container in untrusted_mails]
        digest = sha256(b"".join(sha256(untrusted).digest() for untrusted, _ in given)).digest()
        try:
            with opened_in_worker("mails", digest, given, tick=tick, seconds=BATCH_SECONDS) as session:
                mails: Sequence[Mail] = session.facts
            if len(mails) == len(given) and all(isinstance(each, Mail) for each in mails):
                return list(mails)
        except (Refused, WorkerEnded, TypeError):
            # One of them is the reason: the others are read all the same.
            pass
    return [read_foreign_mail(untrusted, container, tick) for untrusted, container in untrusted_mails]
