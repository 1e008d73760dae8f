#!/usr/bin/env bash
# On Linux a screen reader hears the value of a combo box as its name, whatever accessible name was set.
#
# Library:       PySide6 (Essentials) 6.12.0, the offscreen platform, on Linux
# Expectation:   QWidget.setAccessibleName sets the name by which assistive technology knows a widget, of a combo box too.
# Behaviour:     the name of a combo box is its current text; what was set is not given anywhere. A line edit, a spin box and a
#                check box have the name that was set. The name of a combo box is found only in the relation to a label whose
#                buddy it is.
# Why it matters here: a form has a dozen choices. "about" was read out where "This time is" was meant, and every empty choice
#                had no name at all.
# The product:   evidence_app/desktop/design/forms/form_grid.py makes the label of a field the buddy of what has the focus;
#                tests/desktop/test_reading_and_drafts.py asks for the relation.
set -euo pipefail
if [ "$(uname -s)" != Linux ]; then
    echo "This is not Linux: names come from elsewhere here, and nothing was tried." >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pyside6-essentials==6.12.0 shiboken6==6.12.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

QT_QPA_PLATFORM=offscreen "$work/venv/bin/python" -I - <<'PY'
import sys
from importlib.metadata import version

try:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox
except ImportError as error:
    print(f"Qt does not start here ({error}): nothing was tried.", file=sys.stderr)
    sys.exit(2)

app = QApplication([])
box = QComboBox()
box.addItems(["about", "exact"])
others = [QLineEdit("about"), QSpinBox(), QCheckBox("a text of its own")]
for widget in (box, *others):
    widget.setAccessibleName("This time is")


def name(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def labels(widget):
    found = QAccessible.queryAccessibleInterface(widget).relations(QAccessible.RelationFlag.Label)
    return [interface.object().text() for interface, _ in found]


print("PySide6", version("PySide6_Essentials"))
print("Expected: every widget is called “This time is”, which was set.")
for widget in (box, *others):
    print(f"{type(widget).__name__:10} is called “{name(widget)}”")
before = labels(box)
label = QLabel("This time is")
label.setBuddy(box)
print("Labels of the combo box before and after it is the buddy of one:", before, labels(box))
if name(box) != "about" or any(name(widget) != "This time is" for widget in others) or labels(box) != ["This time is"]:
    sys.exit("This has changed: a combo box is called otherwise.")
PY
