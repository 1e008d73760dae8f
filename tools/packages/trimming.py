"""What of the installed packages is left out (packaging/left-out.txt)."""

import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from tools.packages.fetching import ROOT

STAND_INS = ROOT / "packaging" / "stand-ins"
LIST = ROOT / "packaging" / "left-out.txt"


def is_left_out(name: str, rules: list[tuple[bool, str]]) -> bool:
    """Return whether a path in site-packages, with slashes, is left out: the last rule that fits counts."""
    left_out = False
    for out, pattern in rules:
        if fnmatchcase(name, pattern):
            left_out = out
    return left_out


def read_rules(path: Path = LIST) -> list[tuple[bool, str]]:
    """Return the rules: whether what fits is left out, and the pattern."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [(line[0] == "-", line[1:].strip()) for line in lines if line]


def trim(folder: Path) -> list[str]:
    """Delete from site-packages what is left out, and folders that are empty then. Return the names of what was deleted, sorted."""
    rules = read_rules()
    deleted = []
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
            continue
        name = path.relative_to(folder).as_posix()
        if is_left_out(name, rules):
            path.unlink()
            deleted.append(name)
    return sorted(deleted)


def of_packages(names: list[str]) -> Iterator[str]:
    """Yield names of what was left out, those in one folder together with their number."""
    counts: dict[str, int] = {}
    for name in names:
        top = "/".join(name.split("/")[:2]) if name.startswith("PySide6/") else name.split("/")[0]
        counts[top] = counts.get(top, 0) + 1
    for top in sorted(counts):
        yield f"{top}: {counts[top]} files" if counts[top] > 1 else top


def add_stand_ins(folder: Path) -> None:
    """Put into site-packages what stands in for packages that are imported and never used (packaging/stand-ins)."""
    shutil.copytree(STAND_INS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
