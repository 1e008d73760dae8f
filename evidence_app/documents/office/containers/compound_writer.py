"""Writes compound files ([MS-CFB], version 4), for what stands in one as a storage and is to be a file of its own."""

import struct
from collections.abc import Mapping
from typing import Final, Union

SECTOR: Final = 4_096
MINI: Final = 64
CUTOFF: Final = 4_096
"""Streams of fewer bytes stand in the mini stream."""
END, FAT_SECTOR, FREE, NO_ENTRY = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
MAX_FAT_SECTORS: Final = 109
"""The FAT sectors that the header itself lists: enough for 400 MiB."""
ROOT, STORAGE, STREAM = 5, 1, 2

Tree = Mapping[str, Union[bytes, "Tree"]]
"""Streams and storages by name."""


def compound_file(tree: Tree, identity: bytes = bytes(16)) -> bytes:
    """Return a compound file that holds a tree of streams; `identity` is the class of its root ([MS-CFB] 2.6.1). The same tree gives the same bytes.

    Raises:
        ValueError: it would be larger than `MAX_FAT_SECTORS` can list.
    """
    return _Writer().whole(tree, identity)


class _Writer:
    def __init__(self) -> None:
        self._sectors: list[bytes] = []
        self._fat: list[int] = []
        self._mini = bytearray()
        self._mini_fat: list[int] = []
        # Name, kind, left, right, child, first sector, size.
        self._entries: list[list[int | str]] = []

    def whole(self, tree: Tree, identity: bytes) -> bytes:
        self._add("Root Entry", tree, ROOT)
        self._entries[0][5:] = [self._stored(bytes(self._mini)), len(self._mini)]
        mini_fat = _numbers(self._mini_fat)
        mini_start = self._stored(mini_fat)
        directory = b"".join(
            _entry(each, identity if not place else bytes(16)) for place, each in enumerate(self._entries)
        )
        directory_start = self._stored(directory)
        count = 1
        while len(self._fat) + count > count * SECTOR // 4:
            count += 1
        if count > MAX_FAT_SECTORS:
            raise ValueError("too large for a compound file without further tables")
        first = len(self._sectors)
        fat = [*self._fat, *[FAT_SECTOR] * count]
        fat += [FREE] * (count * SECTOR // 4 - len(fat))
        table = [*range(first, first + count), *[FREE] * (MAX_FAT_SECTORS - count)]
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 4, 0xFFFE, 12, 6)
        head += struct.pack(
            "<9I", _sectors_in(directory), count, directory_start, 0, CUTOFF, mini_start, _sectors_in(mini_fat), END, 0
        )
        head += struct.pack(f"<{MAX_FAT_SECTORS}I", *table)
        return b"".join([head.ljust(SECTOR, b"\0"), *self._sectors, struct.pack(f"<{len(fat)}I", *fat)])

    def _stored(self, octets: bytes) -> int:
        """Store bytes in whole sectors, and return the first."""
        if not octets:
            return END
        first, count = len(self._sectors), _sectors_in(octets)
        self._sectors += [
            octets[place : place + SECTOR].ljust(SECTOR, b"\0") for place in range(0, len(octets), SECTOR)
        ]
        self._fat += [*range(first + 1, first + count), END]
        return first

    def _stored_small(self, octets: bytes) -> int:
        if not octets:
            return END
        first, count = len(self._mini) // MINI, -(-len(octets) // MINI)
        self._mini += octets.ljust(count * MINI, b"\0")
        self._mini_fat += [*range(first + 1, first + count), END]
        return first

    def _add(self, name: str, node: "bytes | Tree", kind: int) -> int:
        place = len(self._entries)
        if isinstance(node, bytes):
            start = self._stored(node) if len(node) >= CUTOFF else self._stored_small(node)
            self._entries.append([name, STREAM, NO_ENTRY, NO_ENTRY, NO_ENTRY, start, len(node)])
            return place
        self._entries.append([name, kind, NO_ENTRY, NO_ENTRY, NO_ENTRY, 0, 0])
        # Names are ordered by their length, then by their letters as capitals ([MS-CFB] 2.6.4).
        inside = sorted(node.items(), key=lambda pair: (len(pair[0]), pair[0].upper()))
        self._entries[place][4] = self._as_tree([self._add(each, inner, STORAGE) for each, inner in inside])
        return place

    def _as_tree(self, places: list[int]) -> int:
        """Link the entries of a storage as a balanced tree, and return its root."""
        if not places:
            return NO_ENTRY
        middle = len(places) // 2
        self._entries[places[middle]][2:4] = [self._as_tree(places[:middle]), self._as_tree(places[middle + 1 :])]
        return places[middle]


def _sectors_in(octets: bytes) -> int:
    return -(-len(octets) // SECTOR)


def _numbers(numbers: list[int]) -> bytes:
    octets = struct.pack(f"<{len(numbers)}I", *numbers)
    return octets + b"\xff" * (-len(octets) % SECTOR)


def _entry(given: list[int | str], identity: bytes) -> bytes:
    name, kind, left, right, child, start, size = given
    spelled = str(name).encode("utf-16-le") + b"\0\0"
    # Every entry is black: a balanced tree of one colour keeps the rules that readers check.
    head = spelled.ljust(64, b"\0") + struct.pack("<HBB3I", len(spelled), kind, 1, left, right, child)
    return head + identity + bytes(20) + struct.pack("<IQ", start, size)
