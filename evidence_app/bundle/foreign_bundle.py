"""Verifies a bundle or a seal receipt in a worker, where a file that was made to take all memory or all day takes neither (decision 29)."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.workers.sessions import Refused, WorkerEnded, opened_in_worker
from evidence_app.domain.record.kinds import label_of_path
from evidence_app.proof.bundle.conclusions import COULD_NOT
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.known_log import KnownLog, KnownNodes
from evidence_app.proof.verdicts import Report
from evidence_app.proof.verify import look_at

MORE_MEMORY: Final = 1024**3
"""Bytes that verifying one file may take beside what the worker has anyway."""
SECONDS: Final = 60.0
SECONDS_A_BYTE: Final = 1 / (2 * 1024 * 1024)
"""The time for a file: a minute, and a second for each two megabytes."""
MAX_WORDS: Final = 20_000
"""Characters of the first page that are read."""
TOO_MUCH: Final = "It takes more time or memory than a bundle of its size does: it is damaged, or was made to. It was not judged to its end."


class ForeignBundle:
    """A bundle or receipt that was verified, in a worker. `source` is its bytes, or its path."""

    CALLS: Final = frozenset({"log", "first_page"})

    def __init__(self, source: bytes | str) -> None:
        """Verify it.

        Raises:
            CannotShow: it cannot be read, or takes more memory than is given to it.
        """
        try:
            with _little_memory():
                self._untrusted = Path(source).read_bytes() if isinstance(source, str) else source
                self._report, self._log = look_at(self._untrusted, label_of_path)
        except (MemoryError, OSError) as error:
            raise CannotShow(TOO_MUCH) from error

    def facts(self) -> Report:
        """Return the report."""
        return self._report

    def log(self) -> Any:
        """Return what it shows of its log, as `_log_of` reads it; None where it shows nothing."""
        if self._log is None:
            return None
        places = [[level, position] for (level, position), _ in self._log.nodes.items()]
        hashes = b"".join(digest for _, digest in self._log.nodes.items())
        return [
            self._log.checkpoint,
            list(self._log.extended),
            places,
            hashes,
            list(self._log.signed),
            list(self._log.others),
        ]

    def first_page(self) -> str:
        """Return the words of a PDF's first page; an empty string where it cannot be read."""
        import pypdfium2

        try:
            with _little_memory():
                document = pypdfium2.PdfDocument(self._untrusted)
                return str(document[0].get_textpage().get_text_range())[:MAX_WORDS]
        except (pypdfium2.PdfiumError, IndexError, MemoryError):
            return ""


@contextlib.contextmanager
def _little_memory() -> Iterator[None]:
    """Give what runs within this process at most `MORE_MEMORY` beside what it has, where the system lets it."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * os.sysconf("SC_PAGE_SIZE") + MORE_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class Verified:
    """What a worker said of a file: the report, what it shows of its log, and the words of its first page."""

    def __init__(self, report: Report, log: KnownLog | None = None, first_page: str = "") -> None:
        self.report, self.log, self.first_page = report, log, first_page


def verified_in_worker(source: bytes | Path, size: int) -> Verified:
    """Verify a bundle or a receipt of some bytes in a worker. Whatever it does there, a report comes back."""
    sent = str(source.absolute()) if isinstance(source, Path) else source
    digest = sha256(sent.encode("utf-8", "surrogateescape") if isinstance(sent, str) else sent).digest()
    seconds = SECONDS + size * SECONDS_A_BYTE
    try:
        with opened_in_worker("bundle", digest, sent, seconds=seconds, anew=True) as session:
            # Lists come back as tuples.
            report = Report(list(session.facts.checks), list(session.facts.notes), session.facts.conclusion)
            log = _log_of(session.ask("log", seconds=seconds))
            return Verified(report, log, str(session.ask("first_page", seconds=seconds)) if log else "")
    except (Refused, WorkerEnded):
        report = Report(conclusion=COULD_NOT)
        report.unreadable("file", TOO_MUCH)
        return Verified(report)


def _log_of(said: Sequence[Any] | None) -> KnownLog | None:
    if said is None:
        return None
    checkpoint: Checkpoint = said[0]
    hashes: bytes = said[3]
    nodes = KnownNodes(checkpoint.size)
    for place, (level, position) in enumerate(said[2]):
        nodes.put(level, position, hashes[32 * place : 32 * place + 32])
    return KnownLog(checkpoint, nodes, tuple(said[1]), tuple(said[4]), tuple(said[5]))
