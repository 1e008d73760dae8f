"""Programs of other makers with which tests compare the product: in .venv-peers, which `python3 dev.py peers` makes."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / ".venv-peers" / ("Scripts" if os.name == "nt" else "bin")


def peer(name: str) -> Path:
    """Return a program of another maker, or skip the test where it is not there."""
    for each in (FOLDER / name, FOLDER / f"{name}.exe"):
        if each.exists():
            return each
    pytest.skip(f"{name} is not there: “python3 dev.py peers” installs it where there is Python 3.12 or newer")
