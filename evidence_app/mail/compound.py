"""Compound files ([MS-CFB]) opened with bounds: a table cannot be larger than its file, nor a stream be walked for ever."""

import io
from typing import Any, Final

import olefile
from olefile.olefile import UNKNOWN_SIZE

MAX_STREAMS: Final = 5_000
MAX_DEPTH: Final = 8


class CompoundFile(olefile.OleFileIO):
    """An opened compound file with its streams by path."""

    num_fat_sectors: Any
    num_difat_sectors: Any
    num_mini_fat_sectors: Any
    sector_size: Any
    _filesize: Any

    def __init__(self, untrusted: bytes) -> None:
        super().__init__(io.BytesIO(untrusted), raise_defects=olefile.DEFECT_FATAL)  # type: ignore[no-untyped-call]
        self.streams: dict[tuple[str, ...], Any] = {}
        self._gather(self.root, ())

    def _gather(self, entry: Any, path: tuple[str, ...]) -> None:
        for kid in entry.kids:
            if len(self.streams) >= MAX_STREAMS:
                return
            where = (*path, str(kid.name))
            if kid.entry_type == olefile.STGTY_STREAM:
                self.streams.setdefault(where, kid)
            elif len(where) < MAX_DEPTH:
                self._gather(kid, where)

    def read(self, path: tuple[str, ...]) -> bytes:
        """Return the bytes of a stream."""
        entry = self.streams[path]
        with self._open(entry.isectStart, entry.size) as stream:
            return bytes(stream.read())

    def loadfat(self, header: Any) -> None:
        """Refuse tables that the header says are larger than the file, before they are walked."""
        tables = max(self.num_fat_sectors, self.num_difat_sectors, self.num_mini_fat_sectors)
        if tables * self.sector_size > self._filesize:
            raise OSError("a table of the compound file is larger than the file")
        super().loadfat(header)  # type: ignore[no-untyped-call]

    def _open(self, start: int, size: int = UNKNOWN_SIZE, force_FAT: bool = False) -> Any:  # noqa: N803 - olefile's name
        if size not in (UNKNOWN_SIZE, None) and size > self._filesize:
            raise OSError("a stream of the compound file is larger than the file")
        return super()._open(start, size, force_FAT)  # type: ignore[no-untyped-call]
