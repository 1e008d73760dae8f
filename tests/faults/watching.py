"""Watches what a running program leaves on the disk and in /proc, and searches every byte of it for planted words."""

import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))


def spellings(words: Iterable[str]) -> list[bytes]:
    """Return how the words would look in a file."""
    return [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le")]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def hits_in(folder: Path, wanted: Sequence[bytes], allowed: Sequence[Path] = ()) -> set[str]:
    """Return the files below a folder that hold one of the wanted bytes."""
    paths = [path for path in folder.rglob("*") if path not in allowed]
    return {f"{path}: {word!r}" for path in paths for word in wanted if word in read(path)}


def of_process(pid: int, name: str) -> bytes:
    return read(Path(f"/proc/{pid}/{name}"))


class Watch(threading.Thread):
    """Reads, over and over, every file in some folders, what a process has open, and how it was started."""

    def __init__(
        self,
        process: subprocess.Popen,
        folders: Sequence[Path],
        words: Iterable[str],
        secret: str,
        allowed: Sequence[Path],
    ) -> None:
        super().__init__(daemon=True)
        self.process, self.folders, self.wanted = process, folders, spellings(words)
        self.secret, self.allowed = secret.encode(), allowed
        self.hits: set[str] = set()
        self.rounds = 0
        self.core_limit = ""
        self._before = {path for folder in SHARED for path in folder.glob("*")}

    def run(self) -> None:
        while self.process.poll() is None:
            self.look()
            time.sleep(0.005)
        self.look()

    def look(self) -> None:
        self.rounds += 1
        pid = self.process.pid
        for folder in self.folders:
            self.hits |= hits_in(folder, self.wanted)
        for name in ("cmdline", "environ"):
            if self.secret in of_process(pid, name):
                self.hits.add(f"the passphrase is in the process's {name}")
        limits = of_process(pid, "limits").decode().splitlines()
        self.core_limit = next((line for line in limits if line.startswith("Max core")), self.core_limit)
        self._look_at_open_files(pid)

    def _look_at_open_files(self, pid: int) -> None:
        try:
            opened = {path.resolve() for path in Path(f"/proc/{pid}/fd").iterdir()}
        except OSError:
            return
        for path in opened:
            if any(path.is_relative_to(folder) for folder in self.allowed):
                continue
            if any(path.is_relative_to(folder) for folder in SHARED) and path not in self._before:
                self.hits |= {f"{path}: {word!r}" for word in self.wanted if word in read(path)}
