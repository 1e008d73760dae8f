"""Run by the Windows program's own Python: import every module of the program, and all that any of them imports anywhere, and say what fails."""

import ast
import ctypes
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import evidence_app

ONLY_ELSEWHERE = {"resource", "fcntl", "pypff"}
"""Modules of other systems, and one that is never inside: what imports them expects that they may be missing."""


def imported() -> Iterator[str]:
    """Yield the modules of the program, and the names of what they import, also within functions."""
    (folder,) = (Path(each) for each in evidence_app.__path__)
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        if parts[-1] != "__main__":
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


FAILED = []
for name in sorted(set(imported()) - ONLY_ELSEWHERE):
    try:
        importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
        FAILED.append(f"{name}: {type(error).__name__} {error}")
from evidence_app.cli.main import NO_ERROR_REPORTING, _forbid_core_dumps  # noqa: E402 - what is missing is said first

_forbid_core_dumps()
if sys.platform == "win32" and ctypes.windll.kernel32.GetErrorMode() & NO_ERROR_REPORTING != NO_ERROR_REPORTING:
    FAILED.append("dumps of a crash are not forbidden")
sys.stdout.write("\n".join(FAILED))
raise SystemExit(bool(FAILED))
