"""Simulated disk faults: a file size limit, and folders that cannot be written."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def file_size_limit(most_bytes: int) -> Iterator[None]:
    """Let every write beyond this position of a file fail, in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def limited_to(most_bytes: int) -> Callable[[], None]:
    """Return what sets the limit in a new process."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


def mount(*words: object) -> bool:
    """Mount something if this user may."""
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[bool]:
    """Make a folder a small disk of its own; yield whether that could be done here."""
    folder.mkdir()
    mounted = mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[Callable[[], None] | None]:
    """Make a folder read-only, by a mount where that is allowed, else by its permissions.

    Yield what the new process must do first to feel it: root feels no permissions, so it becomes nobody.
    """
    if mount("--bind", folder, folder):
        try:
            assert mount("-o", "remount,bind,ro", folder), "a bind mount could not be made read-only"
            yield None
        finally:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)
        return
    root = os.geteuid() == 0
    for path in (*folder.rglob("*"), folder):
        if root:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield (lambda: os.setuid(NOBODY)) if root else None
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
