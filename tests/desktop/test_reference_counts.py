"""The window lives through more calls than a morning makes."""

import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QAbstractListModel
from evidence_app.desktop.shell.app import make_app
app = make_app()

class Empty(QAbstractListModel):
    def rowCount(self, parent=None): return 1
    def data(self, index, role=0): return None

model = Empty()
before = sys.getrefcount(None)
for _ in range(200_000):
    model.index(0, 0).data()
print("alive", before - sys.getrefcount(None))
"""


def test_none_outlives_two_hundred_thousand_calls_that_return_nothing():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-600:]
    assert done.stdout.startswith("alive")
