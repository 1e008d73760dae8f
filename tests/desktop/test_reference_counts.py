"""References to None that shiboken loses before Python 3.12, and the work-around (docs/decisions/0009-none-before-python-3-12.md).

Each program runs in its own process, because it may abort.
"""

import subprocess
import sys

import pytest

BARE_APP = """
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
"""
PROGRAMS_APP = """
from evidence_app.desktop.shell.app import make_app
app = make_app()
"""
CALLS_THAT_RETURN_NONE = """
import sys
from PySide6.QtCore import QAbstractListModel

class Empty(QAbstractListModel):
    def rowCount(self, parent=None): return 1
    def data(self, index, role=0): return None

model = Empty()
before = sys.getrefcount(None)
for _ in range(int(sys.argv[1])):
    model.index(0, 0).data()
print("alive", before - sys.getrefcount(None))
"""
FEW = 100
"""Calls that a fresh interpreter survives without the work-around: it begins with about 5,000 references to None."""
MANY = 200_000
"""More calls than a morning of work makes."""


def lost_references(app: str, calls: int) -> int:
    """Run the calls in a new interpreter with this application; return how many references to None were lost."""
    program = app + CALLS_THAT_RETURN_NONE
    done = subprocess.run(
        [sys.executable, "-c", program, str(calls)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-600:]
    assert done.stdout.startswith("alive")
    return int(done.stdout.split()[1])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal (PEP 683)")
def test_shiboken_still_loses_references_to_none():
    lost = lost_references(BARE_APP, FEW)
    assert lost > FEW // 2, "shiboken keeps its references to None: the work-around is no longer needed"


def test_the_interpreter_survives_two_hundred_thousand_calls_that_return_none():
    lost_references(PROGRAMS_APP, MANY)
