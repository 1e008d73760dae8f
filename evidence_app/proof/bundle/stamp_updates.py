"""Stamp updates: what stands behind a signed bundle for each document time stamp (docs/spec/bundle.md, section 8).

An update is an incremental update of the PDF (ISO 32000-1, 7.5.6) in one spelling, which follows from the file before it, the
certificates, the revocation lists and the time stamp. The verifier spells it anew and compares the bytes: so an update can change
nothing but the list of the form's fields and the document security store, and no reader finds another page, file or record in it.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import new as new_hash
from typing import Any, Final

END: Final = b"%%EOF\n"
"""The last line of every revision of the file."""
STAMPED: Final = b"/SubFilter /ETSI.RFC3161\n"
"""A line of every stamp update, and of nothing else behind a signed file."""
MAX_STAMPS: Final = 32
MAX_PARTS: Final = 64
"""Largest number of certificates, and of revocation lists, in one update."""
RESERVED_DIGITS: Final = 32_768
"""Hexadecimal digits of /Contents in a stamp: the time-stamp token, and zeroes behind it."""
BYTE_RANGE_LENGTH: Final = 60
"""Characters of the line with the byte range, filled up with spaces."""
WIDGET: Final = "/Type /Annot /Subtype /Widget /FT /Sig /F 132 /Rect [ 0 0 0 0 ] /TU (Time stamp over the whole file)"
"""What the form field of every stamp says: it is its own widget, of no size, and stands on no page."""
STREAM: Final = re.compile(
    rb"[0-9]+ 0 obj\n<< /Filter /ASCIIHexDecode /Length ([0-9]{1,9}) >>\nstream\n((?:[0-9A-F]{2})*)>\nendstream\nendobj\n"
)
STORE: Final = re.compile(rb"[0-9]+ 0 obj\n<< /Certs \[ [0-9R ]*\] /CRLs \[ ([0-9R ]*)\] /Type /DSS >>\nendobj\n")
CONTENTS: Final = re.compile(rb"/Contents <([0-9A-F]{%d})>\n" % RESERVED_DIGITS)
TABLE: Final = re.compile(rb"\nstartxref\n([0-9]{1,12})\n%%EOF\n\Z")
SHORTEST: Final = 256
"""The shortest content of a SEQUENCE whose length has two bytes."""
TAIL: Final = 64
"""Bytes at the end of a file in which `TABLE` is looked for."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What the next stamp update follows from: numbers of objects of the file before it, and where its cross-reference table is.

    `trailer` is what the trailer of every update repeats: /ID, /Info and /Root, as they are spelled there. `fields`, `certificates` and
    `lists` are the numbers of the objects that the form's list of fields and the document security store name so far.
    """

    length: int
    size: int
    table_at: int
    trailer: str
    fields_at: int
    fields: tuple[int, ...]
    store_at: int
    certificates: tuple[int, ...] = ()
    lists: tuple[int, ...] = ()
    stamps: int = 0


@dataclass(frozen=True, slots=True)
class StampUpdate:
    """A stamp update: its bytes, the bounds of its gap in the whole file, what it brings (DER), and the revision that it makes."""

    content: bytes
    gap: tuple[int, int]
    certificates: tuple[bytes, ...]
    lists: tuple[bytes, ...]
    token: bytes
    revision: Revision


@dataclass(frozen=True, slots=True)
class StampedFile:
    """A file with stamp updates: how many of its bytes are the file that was signed, and the updates behind them, in order."""

    signed_length: int
    updates: tuple[StampUpdate, ...]


def spell_update(
    revision: Revision, certificates: Sequence[bytes], lists: Sequence[bytes] = (), token: bytes = b""
) -> StampUpdate:
    """Return the update that follows a revision. Without a token its place is all zeroes: such an update is what a request is made for.

    Raises:
        ValueError: there are too many certificates or lists, or the token is too long for its place.
    """
    digits = token.hex().upper()
    if len(digits) > RESERVED_DIGITS or not 0 < len(certificates) <= MAX_PARTS or len(lists) > MAX_PARTS:
        raise ValueError("it does not fit into a stamp update")
    body, places, number = bytearray(), dict[int, int](), revision.size

    def write(at: int, text: str) -> None:
        places[at] = revision.length + len(body)
        body.extend(f"{at} 0 obj\n{text}endobj\n".encode("ascii"))

    for part in (*certificates, *lists):
        stream = part.hex().upper() + ">"
        write(number, f"<< /Filter /ASCIIHexDecode /Length {len(stream)} >>\nstream\n{stream}\nendstream\n")
        number += 1
    middle = revision.size + len(certificates)
    held = (*revision.certificates, *range(revision.size, middle))
    revoked = (*revision.lists, *range(middle, number))
    fields, stamp = (*revision.fields, number), number + 1
    write(revision.fields_at, f"{_references(fields)}\n")
    write(revision.store_at, f"<< /Certs {_references(held)} /CRLs {_references(revoked)} /Type /DSS >>\n")
    name = f"TimeStamp{revision.stamps + 1}"
    write(number, f"<< {WIDGET} /T ({name}) /V {stamp} 0 R >>\n")
    head = "<< /Type /DocTimeStamp /Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/Contents "
    gap_at = revision.length + len(body) + len(f"{stamp} 0 obj\n{head}")
    gap = (gap_at, gap_at + RESERVED_DIGITS + 2)
    blank = " " * BYTE_RANGE_LENGTH
    write(stamp, f"{head}<{digits.ljust(RESERVED_DIGITS, '0')}>\n{blank}\n>>\n")
    table_at = revision.length + len(body)
    body += _table(places, revision, stamp + 1, table_at).encode("ascii")
    behind = revision.length + len(body) - gap[1]
    byte_range = f"/ByteRange [0 {gap[0]} {gap[1]} {behind}]".ljust(BYTE_RANGE_LENGTH).encode("ascii")
    line_at = gap[1] + 1 - revision.length
    body[line_at : line_at + BYTE_RANGE_LENGTH] = byte_range
    after = replace(
        revision,
        length=revision.length + len(body),
        size=stamp + 1,
        table_at=table_at,
        fields=fields,
        certificates=held,
        lists=revoked,
        stamps=revision.stamps + 1,
    )
    return StampUpdate(bytes(body), gap, tuple(certificates), tuple(lists), token, after)


def _references(numbers: Iterable[int]) -> str:
    return f"[ {''.join(f'{number} 0 R ' for number in numbers)}]"


def _table(places: dict[int, int], revision: Revision, size: int, table_at: int) -> str:
    """Return the cross-reference table, the trailer and the end (ISO 32000-1, 7.5.4 and 7.5.5)."""
    lines = ["xref"]
    for first in sorted({revision.fields_at, revision.store_at}):
        lines += [f"{first} 1", f"{places[first]:010} 00000 n "]
    lines.append(f"{revision.size} {size - revision.size}")
    lines += [f"{places[number]:010} 00000 n " for number in range(revision.size, size)]
    lines += ["trailer", f"<< {revision.trailer} /Prev {revision.table_at} /Size {size} >>", "startxref", f"{table_at}"]
    return "\n".join(lines) + "\n" + END.decode("ascii")


def read_stamped(untrusted: bytes) -> StampedFile | None:
    """Return what stamp updates a file ends with, or None: it has none, or one is spelled otherwise than `spell_update` does."""
    signed_length, bounds = _split(untrusted)
    if not bounds:
        return None
    revision = revision_of(untrusted[:signed_length])
    if revision is None:
        return None
    updates = []
    for start, end in bounds:
        update = _read_update(untrusted[start:end], revision)
        if update is None:
            return None
        revision = update.revision
        updates.append(update)
    return StampedFile(signed_length, tuple(updates))


def _split(untrusted: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Return the length of the file without what looks like stamp updates at its end, and their bounds, in order."""
    end, bounds = len(untrusted), list[tuple[int, int]]()
    while len(bounds) < MAX_STAMPS and untrusted.endswith(END, 0, end):
        start = untrusted.rfind(END, 0, end - len(END)) + len(END)
        if start < len(END) or untrusted.find(STAMPED, start, end) < 0:
            break
        bounds.insert(0, (start, end))
        end = start
    return end, bounds


def _read_update(untrusted: bytes, revision: Revision) -> StampUpdate | None:
    """Return an update if it is spelled as it must be behind a revision."""
    parts, at = [], 0
    while (stream := STREAM.match(untrusted, at)) is not None:
        parts.append(bytes.fromhex(stream[2].decode("ascii")))
        at = stream.end()
    # The list of fields stands between the streams and the store.
    store = STORE.search(untrusted, at)
    contents = CONTENTS.search(untrusted, at)
    if store is None or contents is None:
        return None
    lists = len(store[1].split(b"R")) - 1 - len(revision.lists)
    if not 0 <= lists < len(parts):
        return None
    middle = len(parts) - lists
    try:
        token = _without_padding(bytes.fromhex(contents[1].decode("ascii")))
        update = spell_update(revision, parts[:middle], parts[middle:], token)
    except ValueError:
        return None
    return update if update.content == untrusted else None


def _without_padding(contents: bytes) -> bytes:
    """Return the DER value that /Contents begins with: a SEQUENCE whose length has two bytes (X.690, section 8.1.3).

    Raises:
        ValueError: it begins with something else.
    """
    length = int.from_bytes(contents[2:4], "big")
    if contents[:2] != b"\x30\x82" or not SHORTEST <= length <= len(contents) - 4:
        raise ValueError("it is no time-stamp token")
    return contents[: 4 + length]


def revision_of(untrusted_signed: bytes) -> Revision | None:
    """Return what the first stamp update behind a signed file follows from, or None where the file has no place for one.

    The place is a list of fields and a document security store that are objects of their own. Bundles made before have none.
    """
    import pikepdf

    table = TABLE.search(untrusted_signed[-TAIL:])
    if table is None:
        return None
    try:
        with pikepdf.open(io.BytesIO(untrusted_signed), suppress_warnings=True) as pdf:
            return _revision(pdf, len(untrusted_signed), int(table[1]))
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _revision(pdf: Any, length: int, table_at: int) -> Revision:
    import pikepdf

    trailer, root = pdf.trailer, pdf.Root
    first, second = (bytes(each) for each in trailer.ID)
    fields, store = root.AcroForm.Fields, root.DSS
    size = trailer.Size
    if type(size) is not int or not isinstance(fields, pikepdf.Array) or list(store.keys()) != ["/Type"]:
        raise ValueError("it has no place for a stamp")
    same = f"/ID [ <{first.hex().upper()}> <{second.hex().upper()}> ] /Info {_number(trailer.Info)} 0 R /Root {_number(root)} 0 R"
    held = tuple(_number(each) for each in fields if isinstance(each, pikepdf.Dictionary))
    numbers = (_number(trailer.Info), _number(root), _number(fields), _number(store), *held)
    if len(held) != len(fields) or max(numbers) >= size:
        raise ValueError("it has no place for a stamp")
    return Revision(length, size, table_at, same, _number(fields), held, _number(store))


def _number(item: Any) -> int:
    """Return the number of an object of its own, of generation 0."""
    number, generation = item.objgen
    if not item.is_indirect or generation:
        raise ValueError("it is no object of its own")
    return int(number)


def digest_covered(content: bytes, update: StampUpdate, algorithm: str) -> bytes:
    """Return the hash of what a stamp covers: every byte up to the end of its update but its gap. `algorithm` is a name in `hashlib`."""
    covered = memoryview(content)
    digest = new_hash(algorithm)
    digest.update(covered[: update.gap[0]])
    digest.update(covered[update.gap[1] : update.revision.length])
    return digest.digest()
