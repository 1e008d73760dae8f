"""What the program is made of: its version, the parts beside it, and their licences."""

import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

import evidence_app

LICENCES: Final = "LICENCES.txt"
"""The file that every package carries, in a folder above the program (tools/packages/licences.py)."""
FOLDERS_ABOVE: Final = 6


def licences() -> str:
    """Return the parts and their licences: the file of the package that was installed; in a clone, what the parts say of themselves."""
    above = Path(evidence_app.__file__).resolve().parents[:FOLDERS_ABOVE]
    found = next((folder / LICENCES for folder in above if (folder / LICENCES).is_file()), None)
    if found is not None:
        return found.read_text(encoding="utf-8", errors="replace")
    return "\n".join(sorted(_parts(), key=str.casefold))


def _parts() -> list[str]:
    said = {f"Python {sys.version.split()[0]}: Python Software Foundation License"}
    for each in distributions():
        facts = each.metadata
        classified = [
            word.rpartition(" :: ")[2] for word in facts.get_all("Classifier", []) if word.startswith("License ::")
        ]
        licence = facts["License-Expression"] or ", ".join(classified) or (facts["License"] or "").partition("\n")[0]
        said.add(f"{facts['Name']} {facts['Version']}: {licence or 'see its own files'}")
    return list(said)
