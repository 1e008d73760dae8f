"""Loads what the program would load later, so that processes which are forked from here need not: its modules, and what they import within functions."""

import contextlib
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import evidence_app

LEFT_OUT = (
    "evidence_app.desktop",
    "evidence_app.demo",
    "evidence_app.__main__",
    "evidence_app.documents.workers.worker",
    "evidence_app.documents.recognition_worker",
)
"""Not loaded beforehand: the window, the demonstration, and what runs as a file of its own."""
IMPORT = re.compile(r"^ *(?:import|from) ([A-Za-z]\w+(?:\.\w+)*)(?: import ([\w, ]*))?", re.MULTILINE)


def load_everything() -> None:
    """Import the modules of the program, but for those that are left out, and the modules of others that these name anywhere."""
    names = [
        each.name
        for each in pkgutil.walk_packages(evidence_app.__path__, "evidence_app.")
        if not each.name.startswith(LEFT_OUT)
    ]
    named: set[str] = set()
    for name in names:
        file = importlib.import_module(name).__file__
        named.update(_imported_in(Path(file or "").read_text(encoding="utf-8")))
    for name in sorted(named):
        if not name.startswith(LEFT_OUT):
            # Some are of other systems, some are names within a module, and some need not be installed.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def _imported_in(source: str) -> Iterator[str]:
    """Yield what the import statements of a module may name as modules, those within functions too, where they are of one line."""
    for module, names in IMPORT.findall(source):
        yield module
        yield from (f"{module}.{name}" for name in re.findall(r"\w+", names))
