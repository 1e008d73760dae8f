"""Archives whose bytes follow from their content alone: sorted names, one time for all, no owner of the machine that made them."""

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

EXECUTABLE = 0o755
PLAIN = 0o644
FOLDER = 0o755
FIRST_ZIP_YEAR = 1980


def source_date() -> datetime:
    """Return the time that every file of a package gets: SOURCE_DATE_EPOCH, in seconds since 1970 (reproducible-builds.org)."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)


def files_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files under a folder with their names relative to it, with slashes, sorted by name."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    yield from sorted(found)


def write_zip(folder: Path, into: Path, prefix: str = "") -> None:
    """Write the files under a folder to a zip archive, each name behind a prefix."""
    made = source_date()
    moment = (max(made.year, FIRST_ZIP_YEAR), made.month, made.day, made.hour, made.minute, made.second)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in files_under(folder):
            entry = zipfile.ZipInfo(prefix + name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (PLAIN | 0o100000) << 16
            archive.writestr(entry, path.read_bytes())


def tar_bytes(folder: Path, *, prefix: str = "./") -> bytes:
    """Return a tar archive of the files and folders under a folder, owned by root. What is executable stays so."""
    buffer, made = io.BytesIO(), int(source_date().timestamp())
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        entries = sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())
        for path in entries:
            entry = archive.gettarinfo(str(path), prefix + path.relative_to(folder).as_posix())
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = made, 0, 0, "root", "root"
            is_link = path.is_symlink()
            entry.mode = FOLDER if is_link or path.is_dir() or path.stat().st_mode & 0o100 else PLAIN
            if is_link or path.is_dir():
                archive.addfile(entry)
            else:
                with path.open("rb") as file:
                    archive.addfile(entry, file)
    return buffer.getvalue()


def gzipped(content: bytes) -> bytes:
    """Return bytes compressed by gzip, with the time of all files and no name."""
    return gzip.compress(content, compresslevel=6, mtime=int(source_date().timestamp()))
