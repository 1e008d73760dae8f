"""The licences of all parts of a package, in one file."""

import shutil
from email.parser import HeaderParser
from pathlib import Path

from tools.packages.fetching import ROOT

RULE = "=" * 78
LICENCE_FILES = ("licen", "copying", "notice", "authors")


def write_licences(site: Path, cpython: Path | None, out: Path) -> None:
    """Write what the program and each of its parts is licensed under, with the texts that the parts carry."""
    parts = [_titled("Evidence Trail", "MIT", (ROOT / "LICENSE").read_text(encoding="utf-8"))]
    if cpython is not None:
        parts.append(_titled("CPython", "Python Software Foundation License", cpython.read_text(encoding="utf-8")))
    for folder in sorted(site.glob("*.dist-info")):
        if not folder.name.startswith("evidence_trail-"):
            parts.append(_of_package(folder))
    for path in sorted((site / "evidence_app" / "resources").rglob("LICEN*")):
        parts.append(
            _titled(f"Evidence Trail: {path.parent.name}", "", path.read_text(encoding="utf-8", errors="replace"))
        )
    text = "The parts of Evidence Trail, and their licences.\n\n" + "\n\n".join(parts) + "\n"
    out.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8", newline="\r\n")


def shorten_metadata(site: Path) -> None:
    """Keep of what packages say of themselves the headers alone: their licences are in one file, and nobody reads their manuals here."""
    for folder in site.glob("*.dist-info"):
        shutil.rmtree(folder / "licenses", ignore_errors=True)
        facts = (folder / "METADATA").read_text(encoding="utf-8")
        (folder / "METADATA").write_text(facts.partition("\n\n")[0] + "\n", encoding="utf-8", newline="\n")


def _of_package(folder: Path) -> str:
    facts = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    classified = [
        each.rpartition(" :: ")[2] for each in facts.get_all("Classifier", []) if each.startswith("License ::")
    ]
    licence = facts.get("License-Expression") or ", ".join(classified) or (facts.get("License") or "").splitlines()[:1]
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name.lower().startswith(LICENCE_FILES)
    ]
    words = licence if isinstance(licence, str) else " ".join(licence)
    return _titled(f"{facts['Name']} {facts['Version']}", words, "\n\n".join(texts))


def _titled(name: str, licence: str, text: str) -> str:
    return f"{RULE}\n{name}{f': {licence}' if licence else ''}\n{RULE}\n\n{text.strip() or 'The package carries no text of its licence.'}"
