"""Build what people install: `python3 dev.py package [--windows] [--linux] [--approval] [--release] [--check] [--cpython FILE]`; without an option the wheel alone.

What is built appears in dist/ when it is whole, with the SHA-256 of each file beside it. `--check` also runs what was built.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from evidence_app import VERSION
from tools.packages.fetching import ROOT, build_own_wheel
from tools.packages.problems import CannotBuild

DIST = ROOT / "dist"
NEEDED_BYTES = 3 * 1000**3
"""Free space that building one system's packages takes."""
SUMS = "SHA256SUMS"


def main() -> int:
    """Build what the command line asks for. Return 0, or 3 where it cannot be built."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument(
        "--windows", action="store_true", help="a portable zip, an installer and an MSI, made on Debian"
    )
    parser.add_argument("--linux", action="store_true", help="a .deb, and a file that unpacks itself and needs no root")
    parser.add_argument(
        "--approval", action="store_true", help="what an employer's security team asks, as a PDF, of what is in dist/"
    )
    parser.add_argument(
        "--release", action="store_true", help="what is signed of the packages in dist/; with --note the update files"
    )
    parser.add_argument("--note", metavar="FILE", type=Path, help="the signed note of that")
    parser.add_argument(
        "--check", action="store_true", help="also run what was built: under Wine, and in a fresh Debian"
    )
    parser.add_argument("--cpython", metavar="FILE", type=Path, help="the pinned embeddable CPython for Windows")
    arguments = parser.parse_args()
    _set_source_date()
    makers: list[Callable[[Path, argparse.Namespace], list[Path]]] = []
    makers += [_windows] if arguments.windows else []
    makers += [_linux] if arguments.linux else []
    makers += [_approval] if arguments.approval else []
    try:
        for make in makers or ([] if arguments.release else [_wheel]):
            _make(make, arguments)
        if arguments.release:
            _release(arguments.note)
    except CannotBuild as problem:
        sys.stderr.write(f"{problem}\n")
        return 3
    return 0


def _make(make: Callable[[Path, argparse.Namespace], list[Path]], arguments: argparse.Namespace) -> None:
    """Build into a folder of its own, and move what is whole to dist/. Nothing is left of what is not."""
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES:
        raise CannotBuild(f"There is too little space: building takes {NEEDED_BYTES // 1000**3} GB.")
    with tempfile.TemporaryDirectory(prefix=".package-", dir=ROOT) as folder:
        made = make(Path(folder), arguments)
        DIST.mkdir(exist_ok=True)
        for path in made:
            path.replace(DIST / path.name)
    _write_sums()
    for path in made:
        size = (DIST / path.name).stat().st_size
        sys.stdout.write(f"dist/{path.name}: {size / 1000**2:.1f} MB\n")


def _wheel(work: Path, _: argparse.Namespace) -> list[Path]:
    return [build_own_wheel(work)]


def _windows(work: Path, arguments: argparse.Namespace) -> list[Path]:
    from tools.packages import windows, wine

    tree = windows.build_tree(work, arguments.cpython)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    sys.stdout.write(f"unpacked: {size / 1000**2:.1f} MB\n")
    stem = f"evidence-trail-{VERSION}-windows"
    made = [
        work / f"{stem}-{end}"
        for end in ("portable.zip", "setup.exe", "installer.msi", "left-out.txt", "sbom.cdx.json")
    ]
    windows.write_portable(tree, made[0])
    windows.write_installer(tree, made[1], work, VERSION)
    windows.write_msi(tree, made[2], work, VERSION)
    (work / "left-out.txt").replace(made[3])
    (work / "sbom.cdx.json").replace(made[4])
    if arguments.check:
        (work / "wine").mkdir()
        for line in wine.check(tree, made[1], work / "wine"):
            sys.stdout.write(f"under Wine: {line}\n")
    return made


def _linux(work: Path, arguments: argparse.Namespace) -> list[Path]:
    from tools.packages import linux

    made = linux.build(work, VERSION)
    if arguments.check:
        for line in linux.check(made, work):
            sys.stdout.write(f"{line}\n")
    return made


def _approval(work: Path, _: argparse.Namespace) -> list[Path]:
    from tools.packages import approval

    return approval.build(work, DIST)


def _release(note: Path | None) -> None:
    from tools.packages.release import write_release

    for path in write_release(DIST, note):
        sys.stdout.write(f"dist/{path.name}: {path.stat().st_size / 1000**2:.1f} MB\n")
    _write_sums()


def _set_source_date() -> None:
    """Give every file of a package the time of the last commit, unless SOURCE_DATE_EPOCH says another (reproducible-builds.org)."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        words = ["git", "log", "-1", "--format=%ct"]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        os.environ["SOURCE_DATE_EPOCH"] = done.stdout.strip() or "0"


def _write_sums() -> None:
    """Write the SHA-256 of every file in dist/ as `sha256sum --check` reads them."""
    lines = []
    for path in sorted(DIST.iterdir()):
        if path.name != SUMS and path.is_file():
            with path.open("rb") as file:
                lines.append(f"{file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (DIST / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
