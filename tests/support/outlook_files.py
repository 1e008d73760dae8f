"""Writers of Outlook's files: compound files ([MS-CFB]) with the streams of [MS-OXMSG], and TNEF ([MS-OXTNEF])."""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

Value = str | bytes | int | bool | datetime
Properties = Mapping[int, Value]

SECTOR = 512
MINI = 64
CUTOFF = 4096
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NO_ENTRY = 0xFFFFFFFF
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Tree = dict[str, "bytes | Tree"]

MESSAGE_CLASS, SUBJECT, BODY = 0x001A, 0x0037, 0x1000
SUBMIT_TIME, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0039, 0x0C1A, 0x0C1F, 0x5D01
CONVERSATION_INDEX, CONVERSATION_TOPIC, TRANSPORT_HEADERS = 0x0071, 0x0070, 0x007D
MESSAGE_ID, IN_REPLY_TO, ORIGINAL_MESSAGE_ID = 0x1035, 0x1042, 0x1046
ORIGINAL_SUBJECT, ORIGINAL_SUBMIT_TIME, REPORT_TEXT = 0x0049, 0x004E, 0x1001
DISPOSITION, DISPOSITION_MODE = 0x0080, 0x0081
RECIPIENT_TYPE, STATUS_CODE, DISPLAY_NAME, SMTP_ADDRESS = 0x0C15, 0x0C20, 0x3001, 0x39FE
ATTACH_DATA, ATTACH_NAME = 0x3701, 0x3707
READ_REQUESTED, MESSAGE_FLAGS = 0x0029, 0x0E07
SENT_FOR_NAME, SENT_FOR_ADDRESS, SENT_FOR_SMTP, CREATOR_SMTP = 0x0042, 0x0065, 0x5D02, 0x5D0A
DELIVERY_TIME, LAST_CHANGED, RTF, HTML, EMAIL_ADDRESS = 0x0E06, 0x3008, 0x1009, 0x1013, 0x3003
ATTACH_METHOD = 0x3705
APPOINTMENT, TASK, ADDRESS = 0x00062002, 0x00062003, 0x00062004
"""Property sets of named properties ([MS-OXPROPS] 1.3.2), by the first part of their GUIDs."""
Named = Mapping[tuple[int, int], Value]
"""Named properties by their set and their number in it."""


def ticks(moment: datetime) -> int:
    """Return a moment as Outlook counts it."""
    return int((moment - EPOCH).total_seconds()) * 10_000_000


def _padded(octets: bytes, unit: int) -> bytes:
    return octets + bytes(-len(octets) % unit)


class _Compound:
    """A compound file of version 3 in the making."""

    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.entries: list[tuple[str, int, int, int, int, int, int]] = []

    def store(self, octets: bytes) -> int:
        """Store bytes in whole sectors and return the first."""
        if not octets:
            return END
        first, count = len(self.sectors), -(-len(octets) // SECTOR)
        whole = _padded(octets, SECTOR)
        self.sectors += [whole[place : place + SECTOR] for place in range(0, len(whole), SECTOR)]
        self.fat += [*range(first + 1, first + count), END]
        return first

    def store_small(self, octets: bytes) -> int:
        """Store bytes in the mini stream and return their first mini sector."""
        if not octets:
            return END
        first, count = len(self.mini) // MINI, -(-len(octets) // MINI)
        self.mini += _padded(octets, MINI)
        self.mini_fat += [*range(first + 1, first + count), END]
        return first

    def add(self, name: str, node: "bytes | Tree") -> int:
        """Add a stream, or a storage and all in it, to the directory; return its place there."""
        place = len(self.entries)
        if isinstance(node, bytes):
            start = self.store(node) if len(node) >= CUTOFF else self.store_small(node)
            self.entries.append((name, 2, NO_ENTRY, NO_ENTRY, NO_ENTRY, start, len(node)))
            return place
        self.entries.append((name, 1 if place else 5, NO_ENTRY, NO_ENTRY, NO_ENTRY, 0, 0))
        inside = [(each, self.add(each, content)) for each, content in node.items()]
        inside.sort(key=lambda pair: (len(pair[0]), pair[0].upper()))
        self._set(place, child=self._balanced([found for _, found in inside]))
        return place

    def _set(self, place: int, **fields: int) -> None:
        name, kind, left, right, child, start, size = self.entries[place]
        known = {"left": left, "right": right, "child": child, "start": start, "size": size} | fields
        self.entries[place] = (name, kind, *known.values())

    def _balanced(self, places: Sequence[int]) -> int:
        if not places:
            return NO_ENTRY
        middle = len(places) // 2
        left, right = self._balanced(places[:middle]), self._balanced(places[middle + 1 :])
        self._set(places[middle], left=left, right=right)
        return places[middle]

    def finish(self) -> bytes:
        mini_start = self.store(self.mini)
        self._set(0, start=mini_start, size=len(self.mini))
        mini_fat = struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat)
        mini_fat += b"\xff" * (-len(mini_fat) % SECTOR)
        mini_fat_start = self.store(mini_fat)
        directory_start = self.store(_padded(b"".join(_entry(*each) for each in self.entries), SECTOR))
        count = 1
        while (len(self.fat) + count) * 4 > count * SECTOR:
            count += 1
        first = len(self.sectors)
        fat = [*self.fat, *[FAT_SECTOR] * count]
        fat += [FREE] * (count * SECTOR // 4 - len(fat))
        difat = [*range(first, first + count), *[FREE] * (109 - count)]
        numbers = (0, 0, 0, count, directory_start, 0, CUTOFF, mini_fat_start, len(mini_fat) // SECTOR, END, 0)
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack("<HI9I", *numbers) + struct.pack("<109I", *difat)
        return header + b"".join(self.sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    head = spelled.ljust(64, b"\0") + struct.pack("<HBB3I", len(spelled), kind, 1, left, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(tree: Tree) -> bytes:
    """Return a compound file that holds a tree of streams."""
    making = _Compound()
    making.add("Root Entry", tree)
    return making.finish()


def _property_streams(properties: Properties, header: bytes, codepage: str | None) -> Tree:
    rows, streams = b"", dict[str, "bytes | Tree"]()
    for number, value in properties.items():
        if isinstance(value, str | bytes):
            kind = 0x0102 if isinstance(value, bytes) else 0x001E if codepage else 0x001F
            octets = value if isinstance(value, bytes) else value.encode(codepage or "utf-16-le")
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = octets
            rows += struct.pack("<HHIII", kind, number, 6, len(octets), 0)
        elif isinstance(value, bool):
            rows += struct.pack("<HHIQ", 0x000B, number, 6, value)
        elif isinstance(value, int):
            rows += struct.pack("<HHIQ", 0x0003, number, 6, value)
        else:
            rows += struct.pack("<HHIQ", 0x0040, number, 6, ticks(value))
    return streams | {"__properties_version1.0": header + rows}


def msg(
    properties: Properties,
    recipients: Sequence[Properties] = (),
    files: Sequence[Properties] = (),
    enclosed: Properties | None = None,
    codepage: str | None = None,
    named: Named | None = None,
    by_string: dict[str, Value] | None = None,
) -> bytes:
    """Return an Outlook item. `enclosed` is another item inside it; `codepage` makes its strings 8-bit ones; `named` are named properties,
    `by_string` those whose names are strings."""
    values = [*(named or {}).values(), *(by_string or {}).values()]
    numbered = {0x8000 + place: value for place, value in enumerate(values)}
    tree = _property_streams({**properties, **numbered}, bytes(32), codepage)
    for number, each in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _property_streams(each, bytes(8), codepage)
    for number, each in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = _property_streams(each, bytes(8), codepage)
    if enclosed is not None:
        inner = _property_streams({ATTACH_NAME: "enclosed"}, bytes(8), codepage)
        inner["__substg1.0_3701000D"] = _property_streams(enclosed, bytes(24), codepage)
        tree[f"__attach_version1.0_#{len(files):08X}"] = inner
    sets = list(dict.fromkeys(each for each, _ in named or {}))
    entries = [
        struct.pack("<IHH", number, (3 + sets.index(each)) << 1, place)
        for place, (each, number) in enumerate(named or {})
    ]
    texts = b""
    for place, name in enumerate(by_string or {}, start=len(entries)):
        entries.append(struct.pack("<IHH", len(texts), 1 | 1 << 1, place))
        octets = name.encode("utf-16-le")
        texts += struct.pack("<I", len(octets)) + _padded(octets, 4)
    tree["__nameid_version1.0"] = {
        "__substg1.0_00020102": b"".join(_guid(each) for each in sets),
        "__substg1.0_00030102": b"".join(entries),
        "__substg1.0_00040102": texts,
    }
    return compound_file(tree)


def _guid(property_set: int) -> bytes:
    return struct.pack("<IHH", property_set, 0, 0) + bytes.fromhex("c000000000000046")


def rich_text(text: bytes) -> bytes:
    """Return rich text as Outlook packs it ([MS-OXRTFCP]), with every byte a literal."""
    runs = b"".join(b"\0" + text[place : place + 8] for place in range(0, len(text), 8))
    return struct.pack("<II4sI", len(runs) + 12, len(text), b"LZFu", 0) + runs


def _tnef_properties(properties: Properties) -> bytes:
    rows = struct.pack("<I", len(properties))
    for number, value in properties.items():
        if isinstance(value, str | bytes):
            kind = 0x0102 if isinstance(value, bytes) else 0x001F
            octets = value if isinstance(value, bytes) else (value + "\0").encode("utf-16-le")
            rows += struct.pack("<HHII", kind, number, 1, len(octets)) + _padded(octets, 4)
        elif isinstance(value, bool):
            rows += struct.pack("<HHI", 0x000B, number, value)
        elif isinstance(value, int):
            rows += struct.pack("<HHI", 0x0003, number, value)
        else:
            rows += struct.pack("<HHQ", 0x0040, number, ticks(value))
    return rows


def _attribute(identity: int, content: bytes, level: int = 1) -> bytes:
    return struct.pack("<BII", level, identity, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def tnef(
    message_class: str,
    properties: Properties | None = None,
    recipients: Sequence[Properties] = (),
    files: Sequence[tuple[str, bytes]] = (),
    enclosed: bytes = b"",
) -> bytes:
    """Return a TNEF file: an attribute for the class, one for the properties, and those of recipients and files.

    `enclosed` is the TNEF of an item inside it.
    """
    whole = struct.pack("<IH", 0x223E9F78, 1)
    whole += _attribute(0x00089006, struct.pack("<I", 0x00010000)) + _attribute(0x00069007, struct.pack("<II", 1252, 0))
    if message_class:
        whole += _attribute(0x00078008, message_class.encode() + b"\0")
    whole += _attribute(0x00069003, _tnef_properties(properties or {}))
    if recipients:
        table = struct.pack("<I", len(recipients)) + b"".join(_tnef_properties(each) for each in recipients)
        whole += _attribute(0x00069004, table)
    for name, content in files:
        whole += _attribute(0x00069002, bytes(14), 2) + _attribute(0x00018010, name.encode() + b"\0", 2)
        whole += _attribute(0x0006800F, content, 2)
    if enclosed:
        held = bytes.fromhex("0703020000000000c000000000000046") + enclosed
        properties = struct.pack("<IHHII", 2, 0x000D, ATTACH_DATA, 1, len(held)) + _padded(held, 4)
        properties += struct.pack("<HHI", 0x0003, ATTACH_METHOD, 5)
        whole += _attribute(0x00069002, bytes(14), 2) + _attribute(0x00018010, b"What was said\0", 2)
        whole += _attribute(0x00069005, properties, 2)
    return whole
