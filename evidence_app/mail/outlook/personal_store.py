"""Outlook's data files (.pst, .ost; [MS-PST]): the items in their folders, each as a .msg file of its own.

They are read by libpff (LGPL 3 or later), where its Python module is installed; it is not part of the program. It runs in a
worker, which opens the file by its path: such files are too large to be passed on.
"""

import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Final

from evidence_app.documents.office.containers.compound_writer import Tree, compound_file
from evidence_app.documents.office.content import CannotRead
from evidence_app.mail.outlook.message_parts import ITEM_IDENTITY
from evidence_app.mail.outlook.properties import ATTACH_DATA, ATTACH_METHOD, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE: Final = b"!BDN"
"""The first bytes of a data file ([MS-PST] 2.2.2.6, dwMagic)."""
MODULE: Final = "pypff"
"""The Python module of libpff; the package is called libpff-python."""
NEEDED: Final = (
    "is a data file of Outlook. The program reads it where libpff-python is installed (evidence-trail[pst]). Without it: open "
    "the file in Outlook, choose the messages, drag them into a folder of the disk, and bring that folder in."
)
DAMAGED: Final = "cannot be read as a data file of Outlook"
MAX_ITEMS: Final = 200_000
MAX_FOLDERS: Final = 10_000
MAX_DEPTH: Final = 50
"""The most folders within one another that are followed."""
MAX_PARTS: Final = 2_000
"""The most recipients, and the most files, of an item that are taken out."""
MAX_VALUE_BYTES: Final = 64 * 1024 * 1024
MAX_ITEM_BYTES: Final = 256 * 1024 * 1024

_ROW_TYPES: Final = frozenset({0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0A, 0x0B, 0x14, 0x40})
"""Types whose values stand in the row itself ([MS-OXMSG] 2.4.2.1)."""
_STREAM_TYPES: Final = frozenset({0x1E, 0x1F, 0x102, 0x48})
_NAME_STREAMS: Final = {0x0002: "__substg1.0_00020102", 0x0003: "__substg1.0_00030102", 0x0004: "__substg1.0_00040102"}
"""The streams of the names of named properties: in the data file ([MS-PST] 2.4.7) by number, in a .msg file by name."""
_READABLE_WRITABLE: Final = 6
EMBEDDED: Final = 5
"""afEmbeddedMessage, the value of PidTagAttachMethod of an enclosed item."""


@dataclass(frozen=True, slots=True)
class StoredItem:
    """Where an item stands in a data file: its number, the folder's path, its subject, its sender's name, and when it was sent, in UTC."""

    number: int
    folder: str
    subject: str
    sender: str
    sent_at: datetime | None


def can_read() -> bool:
    """Whether libpff is installed."""
    return find_spec(MODULE) is not None


class PersonalStore:
    """An opened data file."""

    CALLS: ClassVar = frozenset({"item"})

    def __init__(self, path: str) -> None:
        """Open the file at a path.

        Raises:
            CannotRead: libpff cannot read it.
        """
        import pypff

        self._file = pypff.file()
        try:
            self._file.open(path)
            self._names = _names_of(self._file)
            self._items = list(_items_in(self._file.get_root_folder()))
        except (OSError, RuntimeError, MemoryError, ValueError, TypeError, AttributeError) as error:
            raise CannotRead(DAMAGED) from error

    def facts(self) -> "Sequence[StoredItem]":
        """Return what stands in it, in the order of its folders."""
        return [
            StoredItem(number, folder, _without_mark(_said(item, "subject")), _said(item, "sender_name"), _moment(item))
            for number, (folder, item) in enumerate(self._items)
        ]

    def item(self, number: int) -> bytes:
        """Return an item as a .msg file. The same item gives the same bytes.

        Raises:
            CannotRead: it cannot be read.
        """
        try:
            tree = {**_item_tree(self._items[number][1], bytes(8), 0), "__nameid_version1.0": self._names}
            return compound_file(tree, ITEM_IDENTITY)
        except (OSError, RuntimeError, MemoryError, ValueError, TypeError, AttributeError, IndexError) as error:
            raise CannotRead(DAMAGED) from error

    def close(self) -> None:
        """Close it."""
        self._file.close()


def _names_of(file: Any) -> dict[str, bytes]:
    """Return the streams of names as a .msg file holds them: both formats have the same."""
    found = {entry.entry_type: entry.data or b"" for entry in _entries(file.name_to_id_map)}
    return {name: found.get(number, b"") for number, name in _NAME_STREAMS.items()}


def _items_in(root: Any) -> Iterator[tuple[str, Any]]:
    waiting = [("", root, 0)]
    count = folders = 0
    while waiting:
        path, folder, depth = waiting.pop(0)
        folders += 1
        for place in range(folder.number_of_sub_messages):
            item = folder.get_sub_message(place)
            # Settings of Outlook's own stand among the items, without a subject and a class of mail.
            if hasattr(item, "subject"):
                count += 1
                yield path, item
            if count >= MAX_ITEMS:
                return
        if depth < MAX_DEPTH and folders < MAX_FOLDERS:
            waiting += [(f"{path}/{inner.name or ''}".lstrip("/"), inner, depth + 1) for inner in folder.sub_folders]


def _entries(item: Any) -> Iterator[Any]:
    for record_set in list(item.record_sets)[:1]:
        yield from record_set.entries


def _item_tree(item: Any, more_header: bytes, depth: int) -> dict[str, "bytes | Tree"]:
    """Return the streams and storages of an item ([MS-OXMSG] 2.2): its properties, its recipients, its files."""
    recipients = [*_recipients(item)][:MAX_PARTS]
    files = [item.get_attachment(place) for place in range(min(item.number_of_attachments, MAX_PARTS))]
    counts = struct.pack("<8x4I", len(recipients), len(files), len(recipients), len(files))
    tree = _property_streams([*_entries(item)], counts + more_header)
    for number, record_set in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _property_streams([*record_set.entries], bytes(8))
    for number, file in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = _file_tree(file, depth)
    return tree


def _recipients(item: Any) -> Iterator[Any]:
    table = item.recipients
    yield from table.record_sets if table is not None else ()


def _file_tree(file: Any, depth: int) -> dict[str, "bytes | Tree"]:
    entries = [*_entries(file)]
    tree = _property_streams([each for each in entries if each.entry_type != ATTACH_DATA], bytes(8))
    method = next((each.data for each in entries if each.entry_type == ATTACH_METHOD), None)
    if method and int.from_bytes(method[:4], "little") == EMBEDDED:
        if depth < MAX_DEPTH and file.number_of_sub_items:
            tree["__substg1.0_3701000D"] = _item_tree(file.get_sub_item(0), b"", depth + 1)
        return tree
    # libpff refuses to say the size of a file that is kept elsewhere, such as a link to a cloud: it has no bytes here.
    with contextlib.suppress(OSError):
        size = min(file.get_size(), MAX_VALUE_BYTES)
        tree["__substg1.0_37010102"] = file.read_buffer(size) if size else b""
    return tree


def _property_streams(entries: "Sequence[Any]", header: bytes) -> dict[str, "bytes | Tree"]:
    """Return the stream of a storage's properties and those of their values. Properties with several values are left out."""
    rows: list[bytes] = []
    streams: dict[str, bytes | Tree] = {}
    for entry in entries:
        kind, number, value = entry.value_type, entry.entry_type, entry.data or b""
        if len(value) > MAX_VALUE_BYTES:
            continue
        if kind in _ROW_TYPES:
            rows.append(struct.pack("<HHI", kind, number, _READABLE_WRITABLE) + value[:8].ljust(8, b"\0"))
        elif kind in _STREAM_TYPES:
            if number == SUBJECT and value.startswith(b"\x01"):
                value = value[4:] if kind == 0x1F else value[2:]
            streams.setdefault(f"__substg1.0_{number:04X}{kind:04X}", value)
            rows.append(struct.pack("<HHIII", kind, number, _READABLE_WRITABLE, len(value), 0))
    return streams | {"__properties_version1.0": header + b"".join(rows)}


def _without_mark(subject: str) -> str:
    """Return a subject without the two characters that a data file puts before it: how long its prefix is ([MS-PST] 2.5.3.1.1.1)."""
    return subject[2:] if subject.startswith("\x01") else subject


def _said(item: Any, name: str) -> str:
    try:
        return str(getattr(item, name) or "")[:480]
    except (OSError, ValueError, AttributeError):
        return ""


def _moment(item: Any) -> datetime | None:
    try:
        at = item.client_submit_time or item.delivery_time
    except (OSError, ValueError, AttributeError):
        return None
    return at.replace(tzinfo=UTC, microsecond=0) if isinstance(at, datetime) else None
