#!/usr/bin/env bash
# Every call of Qt whose result is None takes one reference away from None, on Python 3.11.
#
# Library:       PySide6 (Essentials) 6.12.0 with shiboken6 6.12.0, on CPython 3.11
# Expectation:   who returns None hands over a reference to it; the count of references to None is the same before and after.
# Behaviour:     the count falls by one for each call, from Python, of a Qt function whose result is None: one without a result,
#                `parent()` of an object without a parent, `data()` of an index for which a model in Python returns None. A
#                call with another result loses nothing, though it runs the same method of the model in between, and a call
#                of that method by Python itself loses nothing. From Python 3.12 on None is immortal (PEP 683), and the
#                count means nothing.
# Why it matters here: a window makes such calls all the time, every setter is one, and Python 3.11 is supported.
# The product:   evidence_app/desktop/shell/app.py (`_pin_singletons`) adds 2 to the power of 40 references when it starts on
#                3.11 (docs/decisions/0009-none-before-python-3-12.md).
set -euo pipefail
if python3 -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
    echo "This is $(python3 --version): None is immortal here (PEP 683), and there is nothing to see. It takes CPython 3.11." >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pyside6-essentials==6.12.0 shiboken6==6.12.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import sys
from importlib.metadata import version

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject

CALLS = 50  # A fresh interpreter has thousands of references to None.


class Empty(QAbstractListModel):
    """A list of one row without any content."""

    def rowCount(self, parent=None):
        return 1

    def data(self, index, role=0):
        return None


def lost(call):
    """Return how many references to None fewer there are after the calls."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


app = QCoreApplication([])
model, alone = Empty(), QObject()
index = model.index(0, 0)
loses = {
    "setObjectName(), no result": lambda: alone.setObjectName("alone"),
    "parent(), None": lambda: alone.parent(),
    "index.data(), None from the model": lambda: index.data(),
}
keeps = {
    "model.data(), called by Python": lambda: model.data(index),
    "model.match(), a list, calls model.data()": lambda: model.match(index, 0, "word"),
    "blockSignals(), False": lambda: alone.blockSignals(False),
}

print("PySide6", version("PySide6_Essentials"), "and shiboken6", version("shiboken6"), "on Python", sys.version.split()[0])
print(f"Expected: after {CALLS} calls there are as many references to None as before.")
results = {name: lost(call) for name, call in (loses | keeps).items()}
for name, count in results.items():
    print(f"References lost, {name:42}: {count}")
few, many = CALLS // 10, CALLS - CALLS // 10  # The interpreter itself takes and gives some.
if min(results[name] for name in loses) < many or max(results[name] for name in keeps) > few:
    sys.exit("This has changed: references to None are counted in another way.")
PY
