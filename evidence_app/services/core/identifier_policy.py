"""What a rep's store may hold: nothing that identifies a client by its form (docs/decisions/0019-the-reps-store.md)."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.text.identifiers import MACHINE_MADE, OF_CLIENTS, find_identifiers
from evidence_app.errors import InputError
from evidence_app.mail.reading import HEAD, Container, container_of, read_mail
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.quoted_checkpoints import without_quoted_checkpoints

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

MAX_READ_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 8
TAG: Final = re.compile(r"<[^<>]{0,2000}>")
ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
PLAIN_ENDINGS: Final = frozenset({".txt", ".csv", ".md", ".log"})
MARKED_UP: Final = frozenset({".html", ".htm", ".xml", ".json", ".svg"})


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


def texts_of(value: Json) -> Iterator[str]:
    """Yield every text of a record, an entry or what is kept, but for those that machines make."""
    content: JsonObject = value if isinstance(value, dict) else {"value": value}
    for path, text in scalars(content):
        if isinstance(text, str) and not {*path.split("/")} & MACHINE_MADE:
            yield without_quoted_checkpoints(text)


def require_client_free(session: "Session", value: Json, where: str) -> None:
    """Require that what is about to be kept in a rep's store identifies no client by its form; in an officer's store anything may.

    Raises:
        InputError: it does.
    """
    if session.holder is Holder.REP:
        require_none(texts_of(value), where)


@dataclass(frozen=True, slots=True)
class TextsOfFile:
    """The texts of a file, and whether that is all that a person could see in it: of plain text and plain mails alone it is."""

    texts: tuple[str, ...]
    whole: bool


def words_of_file(name: str, untrusted: bytes, deep: int = 0) -> TextsOfFile:
    """Return what can be read of a file: text, mails with what is in them, PDFs. Where something may hide, it is not said to be whole."""
    if len(untrusted) > MAX_READ_BYTES or deep > MAX_DEPTH:
        return TextsOfFile((), whole=False)
    sort = media_type(untrusted[:HEAD_BYTES], name)
    if sort == "application/pdf":
        return _words_of_pdf(untrusted)
    container = container_of(untrusted[:HEAD], name)
    if container not in {Container.NONE, Container.MBOX}:
        return _words_of_mail(untrusted, container, deep)
    ending = PurePath(name).suffix.lower()
    texts = tuple(_readings(untrusted))
    if sort.startswith("text/") or ending in PLAIN_ENDINGS:
        return TextsOfFile(texts, whole=_is_plain(untrusted))
    return TextsOfFile(texts if ending in MARKED_UP or b"\x00" not in untrusted[:HEAD] else (), whole=False)


def _readings(untrusted: bytes) -> Iterator[str]:
    """Yield what bytes may say: as they are, in two bytes a letter, and with marks and escapes undone."""
    text = untrusted.decode("utf-8-sig", "replace")
    yield text
    if b"\x00" in untrusted:
        for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            yield untrusted.decode(code, "replace")
        return
    if "<" in text or "&" in text:
        yield html.unescape(TAG.sub("", text))
        yield from (html.unescape(each) for each in TAG.findall(text))
    if "\\u" in text:
        yield ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _is_plain(untrusted: bytes) -> bool:
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and TAG.search(text) is None


def _words_of_mail(untrusted: bytes, container: Container, deep: int) -> TextsOfFile:
    mail = read_mail(untrusted, container)
    inside = [words_of_file(file.name, file.content, deep + 1) for file in mail.files]
    texts = (mail.subject, mail.sender, *mail.to, *mail.cc, mail.text, *(file.name for file in mail.files))
    within = (*(text for each in inside for text in each.texts), *_readings(untrusted))
    head, _, _ = untrusted.partition(b"\r\n\r\n" if b"\r\n\r\n" in untrusted else b"\n\n")
    # A mail of one plain part holds nothing that its own bytes do not say; any other is for a person to look through.
    plain = container is Container.INTERNET and not mail.files and b"multipart" not in head and not _is_coded(head)
    return TextsOfFile((*texts, *within), mail.readable and plain and _is_plain(untrusted))


def _is_coded(head: bytes) -> bool:
    lowered = head.lower()
    coded = b"base64" in lowered or b"quoted-printable" in lowered or b"=?" in lowered
    return coded or (b"content-type:" in lowered and b"text/plain" not in lowered)


def _words_of_pdf(untrusted: bytes) -> TextsOfFile:
    """Return the words on a PDF's pages and in its strings. Pictures, drawn letters and fonts that lie are for a person to look at."""
    import pikepdf
    import pypdfium2

    texts: list[str] = []
    try:
        document = pypdfium2.PdfDocument(untrusted)
        try:
            for page in document:
                texts.append(page.get_textpage().get_text_range())
                page.close()
        finally:
            document.close()
        with pikepdf.open(BytesIO(untrusted), suppress_warnings=True) as pdf:
            for item in pdf.objects:
                texts += _strings_of(item)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, RuntimeError, ValueError):
        pass
    return TextsOfFile(tuple(texts), whole=False)


def _strings_of(item: Any) -> Iterator[str]:
    """Yield the strings directly in an object of a PDF, and what its metadata says."""
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        yield from (str(each) for each in item if isinstance(each, pikepdf.String))
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from (str(each) for each in dict(item.items()).values() if isinstance(each, pikepdf.String))
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type")) in {"/Metadata", "/EmbeddedFile"}:
            yield from _readings(item.read_bytes())
