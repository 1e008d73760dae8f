"""Compound files ([MS-CFB]), opened within bounds: no table or stream may claim to be larger than the file."""

import io
from collections import deque
from typing import Any, Final

import olefile
from olefile.olefile import UNKNOWN_SIZE

MAX_STREAMS: Final = 50_000
"""The most streams that are listed."""
MAX_DEPTH: Final = 24
"""The most names in the path of a stream that is listed: an Outlook item in another takes two."""


class CompoundFile(olefile.OleFileIO):
    """An opened compound file; `streams` has its directory entries by path, level by level.

    Raises:
        OSError: it is damaged, or a table or stream is larger than the file.
    """

    # Attributes that olefile sets from the header, and does not annotate.
    num_fat_sectors: Any
    num_difat_sectors: Any
    num_mini_fat_sectors: Any
    sector_size: Any
    _filesize: Any
    root: Any

    def __init__(self, untrusted: bytes) -> None:
        self.size = len(untrusted)
        try:
            super().__init__(io.BytesIO(untrusted), raise_defects=olefile.DEFECT_FATAL)  # type: ignore[no-untyped-call]
        except RecursionError as error:
            # olefile follows the entries of a directory one within the other.
            raise OSError("a directory that is too deep") from error
        self.streams: dict[tuple[str, ...], Any] = {}
        self._gather()

    def _gather(self) -> None:
        # Level by level: however much stands in a storage, what lies above it is not left out for it.
        waiting: deque[tuple[Any, tuple[str, ...]]] = deque([(self.root, ())])
        while waiting:
            entry, path = waiting.popleft()
            for child in entry.kids:
                child_path = (*path, str(child.name))
                if child.entry_type != olefile.STGTY_STREAM:
                    if len(child_path) < MAX_DEPTH:
                        waiting.append((child, child_path))
                elif len(self.streams) < MAX_STREAMS:
                    self.streams.setdefault(child_path, child)

    def storages(self) -> list[str]:
        """Return the names of the storages at the top of the file, more than are listed in `streams` too."""
        return [str(child.name) for child in self.root.kids if child.entry_type != olefile.STGTY_STREAM]

    def beside(self, name: str) -> bytes:
        """Return the bytes of a stream that a file can be read without, as `named`; none where it is not there or is damaged."""
        try:
            return self.named(name)
        except (OSError, KeyError):
            return b""

    def within(self, name: str) -> list[str]:
        """Return the names of the storages in a storage at the top of the file."""
        found = [path[1] for path in self.streams if len(path) > 2 and path[0] == name]
        return list(dict.fromkeys(found))

    def read(self, path: tuple[str, ...]) -> bytes:
        """Return the bytes of the stream at `path`, a key of `streams`."""
        entry = self.streams[path]
        with self._open(entry.isectStart, entry.size) as stream:
            return bytes(stream.read())

    def named(self, name: str) -> bytes:
        """Return the bytes of a stream at the top of the file by its name, in letters of any case, as [MS-CFB], 2.6.4 compares them.

        Raises:
            KeyError: there is none.
        """
        folded = name.casefold()
        for path in self.streams:
            if len(path) == 1 and path[0].casefold() == folded:
                return self.read(path)
        raise KeyError(name)

    def loadfat(self, header: Any) -> None:
        """Refuse tables that exceed the file, before olefile walks them.

        The header states the numbers of FAT, mini FAT and DIFAT sectors ([MS-CFB] 2.2); each takes a sector of the file.
        """
        tables = max(self.num_fat_sectors, self.num_difat_sectors, self.num_mini_fat_sectors)
        if tables * self.sector_size > self._filesize:
            raise OSError("a table of the compound file is larger than the file")
        super().loadfat(header)  # type: ignore[no-untyped-call]

    def _open(self, start: int, size: int = UNKNOWN_SIZE, force_FAT: bool = False) -> Any:  # noqa: N803 - olefile's name
        # A directory entry states the stream's size; olefile follows the chain of sectors for as long as that says.
        if size not in (UNKNOWN_SIZE, None) and size > self._filesize:
            raise OSError("a stream of the compound file is larger than the file")
        return super()._open(start, size, force_FAT)  # type: ignore[no-untyped-call]
