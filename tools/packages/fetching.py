"""Wheels of the locked requirements, fetched for a platform and unpacked. Every file's SHA-256 is that of the lock, or nothing is built."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tools.packages.problems import CannotBuild

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "requirements.txt"


@dataclass(frozen=True)
class Platform:
    """What pip is told of a platform: its tags, and the version of CPython as major and minor."""

    tags: tuple[str, ...]
    python: str

    @property
    def words(self) -> list[str]:
        """The options of pip."""
        abi = f"cp{self.python.replace('.', '')}"
        tags = [word for tag in self.tags for word in ("--platform", tag)]
        abis = [word for each in (abi, "abi3", "none") for word in ("--abi", each)]
        return [*tags, "--python-version", self.python, "--implementation", "cp", *abis]


def fetch_wheels(platform: Platform, into: Path, lock: Path = LOCK) -> list[Path]:
    """Download the wheels of a lock file for a platform; return them, sorted by name.

    Raises:
        CannotBuild: one cannot be had, or its hash is not the one of the lock.
    """
    into.mkdir(parents=True, exist_ok=True)
    words = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    done = _pip(*words, "--require-hashes", *platform.words, "-r", str(lock), "-d", str(into))
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise CannotBuild(f"A package's hash is not the one in {lock.name}: nothing was built. {_named(done.stderr)}")
    if done.returncode:
        raise CannotBuild(f"The packages in {lock.name} could not be fetched: {_last(done.stderr)}")
    return sorted(into.glob("*.whl"))


def unpack_wheels(platform: Platform, wheels: Sequence[Path], into: Path) -> None:
    """Lay wheels out as they are installed, without scripts and byte code.

    Raises:
        CannotBuild: pip refuses one.
    """
    words = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-compile",
        "--no-index",
        "--upgrade",
    ]
    done = _pip(*words, *platform.words, "--only-binary", ":all:", "--target", str(into), *map(str, wheels))
    if done.returncode:
        raise CannotBuild(f"The packages could not be unpacked: {_last(done.stderr)}")
    shutil.rmtree(into / "bin", ignore_errors=True)


def build_own_wheel(into: Path) -> Path:
    """Build the program's own wheel.

    Raises:
        CannotBuild: hatchling fails.
    """
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"The program's own wheel could not be built: {_last(done.stderr)}")
    (wheel,) = into.glob("evidence_trail-*.whl")
    return wheel


def require_digest(path: Path, expected: str) -> bytes:
    """Return the bytes of a file that has this SHA-256, in lower-case hexadecimal.

    Raises:
        CannotBuild: it has another one, or is not there.
    """
    if not path.is_file():
        raise CannotBuild(f"{path.name} is not there.")
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != expected:
        raise CannotBuild(f"{path.name} has the SHA-256 {found}, and {expected} is pinned: nothing was built.")
    return content


def _pip(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)


def _last(text: str) -> str:
    lines = (
        [line for line in text.splitlines() if line.startswith("ERROR")] or text.splitlines() or ["no reason was given"]
    )
    return lines[-1][:300]


def _named(text: str) -> str:
    """Return the line of pip's complaint that names the package."""
    return next((line.strip()[:200] for line in text.splitlines() if " from " in line or "==" in line), "")
