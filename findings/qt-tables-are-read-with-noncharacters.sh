#!/usr/bin/env bash
# The accessible text of a rich text with a table holds noncharacters, U+FDD0 and U+FDD1, for its cells.
#
# Library:       PySide6 (Essentials) 6.12.0, the offscreen platform
# Expectation:   what a screen reader is given of a text view are the words that it shows; `toPlainText` gives line breaks
#                between the cells of a table.
# Behaviour:     the accessible text interface gives U+FDD0 before each cell and U+FDD1 after the table, which are Qt's own
#                marks for the beginning and the end of a frame. The accessible value of the same view has line breaks.
# Why it matters here: the facts of a record (happened, written, sealed) stood in a table, and a screen reader met a sign
#                that nobody wrote for each of its cells.
# The product:   evidence_app/desktop/design/record_text.py sets facts as paragraphs; tests/desktop/test_reading_and_drafts.py.
set -euo pipefail
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
    from PySide6.QtWidgets import QApplication, QTextBrowser
except ImportError as error:
    print(f"Qt does not start here ({error}): nothing was tried.", file=sys.stderr)
    sys.exit(2)

app = QApplication([])


def read_out(html):
    """Return what assistive technology reads of a text, its value, and what the view gives as plain text."""
    view = QTextBrowser()
    view.setHtml(html)
    interface = QAccessible.queryAccessibleInterface(view)
    text = interface.textInterface()
    return text.text(0, text.characterCount()), interface.text(QAccessible.Text.Value), view.toPlainText()


marks = {"\ufdd0", "\ufdd1"}
table = read_out("<table><tr><td>Happened</td><td>today</td></tr></table><p>after it</p>")
paragraphs = read_out("<p>Happened today</p><p>after it</p>")
print("PySide6", version("PySide6_Essentials"))
print("Expected: no sign in the text that is read out which the view does not show.")
for what, (read, value, plain) in (("a table", table), ("paragraphs", paragraphs)):
    print(f"{what:10} read out: {ascii(read)}  value: {ascii(value)}  plain text: {ascii(plain)}")
if not marks <= set(table[0]) or marks & set(table[1] + table[2]) or marks & set(paragraphs[0]):
    sys.exit("This has changed: a table is read out otherwise.")
PY
