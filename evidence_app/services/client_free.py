"""What a rep's store may hold: nothing that identifies a client by its form (docs/decisions/0019-the-reps-store.md)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from evidence_app.domain.identifiers import OF_CLIENTS, find_identifiers
from evidence_app.domain.media import HEAD_BYTES, media_type
from evidence_app.errors import InputError
from evidence_app.mail.reading import HEAD, Container, container_of, read_mail

READ_LIMIT: Final = 64 * 1024 * 1024
DEEPEST: Final = 8
PICTURE: Final = 3
"""What PDFium calls FPDF_PAGEOBJ_IMAGE."""


def client_sorts(texts: Iterable[str]) -> list[str]:
    """Return the sorts of what identifies a client in some texts, in the order of the alphabet."""
    return sorted({found.what for text in texts for found in find_identifiers(text)} & OF_CLIENTS)


def require_none(texts: Iterable[str], where: str) -> None:
    """Require that texts identify no client by their form.

    Raises:
        InputError: they do.
    """
    found = client_sorts(texts)
    if found:
        raise InputError(
            f"A rep's store holds nothing that identifies a client, and {where} holds what looks like a {found[0]}. "
            "Use a pseudonym or take it out. Nothing was sealed."
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a file, and whether that is all that a person would see in it."""

    texts: tuple[str, ...]
    whole: bool


def words_of_file(name: str, untrusted: bytes, deep: int = 0) -> Words:
    """Return what can be read of a file: text, mails with what is in them, PDFs whose pages have words and no pictures."""
    if len(untrusted) > READ_LIMIT or deep > DEEPEST:
        return Words((), whole=False)
    sort = media_type(untrusted[:HEAD_BYTES], name)
    if sort == "application/pdf":
        return _words_of_pdf(untrusted)
    container = container_of(untrusted[:HEAD], name)
    if container not in {Container.NONE, Container.MBOX}:
        return _words_of_mail(untrusted, container, deep)
    if sort.startswith("text/") or PurePath(name).suffix.lower() in {".txt", ".json", ".html", ".xml"}:
        try:
            return Words((untrusted.decode("utf-8-sig"),), whole=True)
        except UnicodeDecodeError:
            return Words((untrusted.decode("latin-1"),), whole=False)
    return Words((), whole=False)


def _words_of_mail(untrusted: bytes, container: Container, deep: int) -> Words:
    mail = read_mail(untrusted, container)
    inside = [words_of_file(file.name, file.content, deep + 1) for file in mail.files]
    texts = (
        mail.subject,
        mail.text,
        *(file.name for file in mail.files),
        *(text for each in inside for text in each.texts),
    )
    return Words(texts, mail.readable and all(each.whole for each in inside))


def _words_of_pdf(untrusted: bytes) -> Words:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return Words((), whole=False)
    try:
        texts, whole = [], True
        for text, pictures in _pages(document):
            texts.append(text)
            whole = whole and bool(text.strip()) and not pictures
        return Words(tuple(texts), whole and not document.count_attachments() if texts else False)
    except pypdfium2.PdfiumError:
        return Words((), whole=False)
    finally:
        document.close()


def _pages(document: "object") -> Iterator[tuple[str, bool]]:
    for page in document:  # type: ignore[attr-defined]
        shapes = page.get_objects(filter=(PICTURE,), max_depth=DEEPEST)
        yield page.get_textpage().get_text_range(), next(shapes, None) is not None
        page.close()
