"""Policy for rep's stores: nothing that has the form of a client's identifier (docs/decisions/0019-the-reps-store.md).

Identifiers are found by their form, such as a CRN or a date of birth (`find_identifiers`). Files are searched as far as their text
can be extracted.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.opening import content_of_foreign
from evidence_app.documents.read_file import HEIC_TYPES, IMAGE_TYPES, read_file
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.text.identifiers import MACHINE_MADE, OF_CLIENTS, find_identifiers
from evidence_app.domain.text.misread_numbers import corrected
from evidence_app.errors import InputError
from evidence_app.mail.opening import read_foreign_mail
from evidence_app.mail.reading import HEAD, Container, container_of
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.quoted_checkpoints import without_quoted_checkpoints

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

MAX_READ_BYTES: Final = 64 * 1024 * 1024
"""Maximum size of a file that is searched, in bytes; a larger one is left to a person."""
MAX_DEPTH: Final = 8
"""Maximum nesting of mails attached to mails."""
TAG: Final = re.compile(r"<[^<>]{0,2000}>")
"""A tag of HTML or XML, at most 2,000 characters long."""
ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
"""A Unicode escape of JSON (RFC 8259, section 7)."""
PLAIN_ENDINGS: Final = frozenset({".txt", ".csv", ".md", ".log"})
"""File name endings of plain text."""
MARKED_UP: Final = frozenset({".html", ".htm", ".xml", ".json", ".svg"})
"""File name endings of text with markup or escapes."""


def client_sorts(texts: Iterable[str]) -> list[str]:
    """Return the kinds of client identifiers found in some texts, sorted by name."""
    return sorted({found.what for text in texts for found in find_identifiers(text)} & OF_CLIENTS)


def require_none(texts: Iterable[str], where: str) -> None:
    """Require texts without client identifiers. `where` names their source in the error message.

    Raises:
        InputError: a text contains something that looks like a client identifier.
    """
    kinds = client_sorts(texts)
    if kinds:
        raise InputError(
            f"A rep's store holds nothing that identifies a client, and {where} holds what looks like a {kinds[0]}. "
            "Use a pseudonym or take it out. Nothing was sealed."
        )


def texts_of(value: Json) -> Iterator[str]:
    """Yield every text in a JSON value, except members with machine-made values (`MACHINE_MADE`). Quoted checkpoints are removed."""
    content: JsonObject = value if isinstance(value, dict) else {"value": value}
    for path, text in scalars(content):
        if isinstance(text, str) and not {*path.split("/")} & MACHINE_MADE:
            yield without_quoted_checkpoints(text)


def require_client_free(session: "Session", value: Json, where: str) -> None:
    """In a rep's store, require a value without client identifiers before it is stored. An officer's store may hold anything.

    Raises:
        InputError: a text in the value looks like a client identifier.
    """
    if session.holder is Holder.REP:
        require_none(texts_of(value), where)


@dataclass(frozen=True, slots=True)
class TextsOfFile:
    """Texts extracted from a file. `whole` is true if the file cannot show anything else: only for plain text and plain mails."""

    texts: tuple[str, ...]
    whole: bool


def words_of_file(name: str, untrusted: bytes, deep: int = 0) -> TextsOfFile:
    """Extract the texts of a file: plain text, markup, mails with their attachments, PDFs and pictures. `deep` is the nesting depth in mails."""
    if len(untrusted) > MAX_READ_BYTES or deep > MAX_DEPTH:
        return TextsOfFile((), whole=False)
    type_name = media_type(untrusted[:HEAD_BYTES], name)
    if type_name == "application/pdf":
        return _texts_of_pdf(untrusted)
    if type_name in IMAGE_TYPES | HEIC_TYPES:
        return TextsOfFile(tuple(_texts_shown(type_name, untrusted)), whole=False)
    said = _texts_of_document(type_name, name, untrusted, deep)
    if said is not None:
        return said
    container = container_of(untrusted[:HEAD], name)
    if container not in {Container.NONE, Container.MBOX}:
        return _texts_of_mail(untrusted, container, deep)
    ending = PurePath(name).suffix.lower()
    texts = tuple(_decodings(untrusted))
    if type_name.startswith("text/") or ending in PLAIN_ENDINGS:
        return TextsOfFile(texts, whole=_is_plain(untrusted))
    return TextsOfFile(texts if ending in MARKED_UP or b"\x00" not in untrusted[:HEAD] else (), whole=False)


def _texts_of_document(type_name: str, name: str, untrusted: bytes, deep: int) -> TextsOfFile | None:
    """Return the texts of a document of words with those of the files in it, and of its bytes; None if a file is none. A person must check it."""
    try:
        said = content_of_foreign(type_name, name, untrusted)
    except CannotRead:
        said = None
    if said is None:
        return None
    within = (text for inner, content in said.files for text in words_of_file(inner, content, deep + 1).texts)
    names = (inner for inner, _ in said.files)
    binary = untrusted.startswith(b"PK")
    texts = (said.text(), *(text for _, text in said.properties), *names, *within)
    return TextsOfFile((*texts, *(() if binary else _decodings(untrusted))), whole=False)


def _decodings(untrusted: bytes) -> Iterator[str]:
    """Yield all plausible decodings of bytes: UTF-8, UTF-16 and UTF-32, without tags and entities, without JSON escapes."""
    text = untrusted.decode("utf-8-sig", "replace")
    yield text
    # A NUL byte in text is a sign of UTF-16 or UTF-32 without a byte order mark, so all four are tried.
    if b"\x00" in untrusted:
        for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            yield untrusted.decode(code, "replace")
        return
    if "<" in text or "&" in text:
        # An identifier may be split by tags (“A12<b>34</b>”) or stand inside one, as an attribute.
        yield html.unescape(TAG.sub("", text))
        yield from (html.unescape(each) for each in TAG.findall(text))
    if "\\u" in text:
        yield ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _is_plain(untrusted: bytes) -> bool:
    """Whether bytes are UTF-8 text without NUL bytes and tags."""
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and TAG.search(text) is None


def _texts_of_mail(untrusted: bytes, container: Container, deep: int) -> TextsOfFile:
    mail = read_foreign_mail(untrusted, container)
    attached = [words_of_file(file.name, file.content, deep + 1) for file in mail.files]
    texts = (mail.subject, mail.sender, *mail.to, *mail.cc, mail.text, *(file.name for file in mail.files))
    within = (*(text for each in attached for text in each.texts), *_decodings(untrusted))
    header, _, _ = untrusted.partition(b"\r\n\r\n" if b"\r\n\r\n" in untrusted else b"\n\n")
    # Only a mail of one plain-text part without transfer encoding (RFC 2045) or encoded words (RFC 2047) shows nothing but the
    # characters of its source. Any other may hide text from this search, so a person must check it.
    plain = (
        container is Container.INTERNET and not mail.files and b"multipart" not in header and not _is_encoded(header)
    )
    return TextsOfFile((*texts, *within), mail.readable and plain and _is_plain(untrusted))


def _is_encoded(header: bytes) -> bool:
    """Whether the header of a mail names an encoding, an encoded word, or a content type other than plain text."""
    lowered = header.lower()
    coded = b"base64" in lowered or b"quoted-printable" in lowered or b"=?" in lowered
    return coded or (b"content-type:" in lowered and b"text/plain" not in lowered)


def _texts_shown(type_name: str, untrusted: bytes) -> Iterator[str]:
    """Yield what each page of a file shows: its text, and what is recognised on its pictures."""
    for page in read_file(type_name, untrusted):
        for reading in page.readings:
            yield reading.text
            if reading.recognised:
                yield corrected(reading.text)


def _texts_of_pdf(untrusted: bytes) -> TextsOfFile:
    """Extract what a PDF's pages show and the strings in its objects. Never `whole`: recognition may miss words; a person must check them."""
    import pikepdf

    texts = list(_texts_shown("application/pdf", untrusted))
    try:
        # Strings outside page content: document information, annotations, form fields, bookmarks, names of embedded files.
        with pikepdf.open(BytesIO(untrusted), suppress_warnings=True) as pdf:
            for item in pdf.objects:
                texts += _strings_of(item)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        pass
    return TextsOfFile(tuple(texts), whole=False)


def _strings_of(item: Any) -> Iterator[str]:
    """Yield the strings directly in a PDF object, and the text of metadata and embedded-file streams (ISO 32000)."""
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        yield from (str(each) for each in item if isinstance(each, pikepdf.String))
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from (str(each) for each in dict(item.items()).values() if isinstance(each, pikepdf.String))
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type")) in {"/Metadata", "/EmbeddedFile"}:
            yield from _decodings(item.read_bytes())
