"""The one way to write a file, and where the program's own resources are."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_app.errors import EnvironmentProblem, InputError

OWNER_ONLY = 0o600


def resource(name: str) -> Path:
    """Return the path of a file that ships with the program, such as ``fonts/NotoSans-Regular.ttf`` or ``docs/user-guide.md``."""
    package = Path(__file__).resolve().parent
    for root in (package / "resources", package.parent / "resources", package.parent):
        if (root / name).exists():
            return root / name
    raise EnvironmentProblem(f"The program's own file {name} is missing: install it again.")


@contextlib.contextmanager
def system_errors_named(action: str) -> Iterator[None]:
    """Turn an operating system's refusal into one sentence. `action` completes "could not be …"."""
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem(f"{action}: {reason(error)}.") from error


def reason(error: OSError) -> str:
    """Say in plain words why the operating system refused. Never holds content."""
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EFBIG: "the file would be larger than is allowed here",
        errno.EACCES: "permission was refused",
        errno.EPERM: "permission was refused",
        errno.EROFS: "the folder or drive is read-only",
        errno.ENOENT: "it is not there",
        errno.EISDIR: "it is a folder",
        errno.ENOTDIR: "part of the path is not a folder",
        errno.EIO: "the drive reported an error",
    }
    return words.get(error.errno or 0, (error.strerror or "the system refused").lower())


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file so that it is there whole, or not at all, even when the power fails.

    The bytes go to a new file beside `path` with the owner's permissions alone, are flushed to the disk,
    take the name in one step, and the folder is flushed too. On any failure nothing is left behind.

    Raises:
        EnvironmentProblem: the system refused; `path` is as it was.
    """
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")
    chunks = (content,) if isinstance(content, bytes) else content
    with system_errors_named(f"{path.name} could not be written"):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)  # noqa: PTH105 - pathlib has no other spelling of the same call
            sync_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_small(path: Path, *, what: str, limit: int) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises:
        InputError: it is not there, cannot be read, or is larger.
    """
    try:
        with path.open("rb") as file:
            untrusted = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{what} {path.name} cannot be read: {reason(error)}.") from error
    if len(untrusted) > limit:
        raise InputError(f"{what} {path.name} is larger than {limit:,} bytes, more than is accepted here.")
    return untrusted


def file_name(text: str) -> str:
    """Return a text as the name of a file on every system: without what Windows takes in none."""
    return " ".join("".join(" " if each in '<>:"/\\|?*' or not each.isprintable() else each for each in text).split())
