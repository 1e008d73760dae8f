#!/usr/bin/env bash
# In Welsh the short name of Tuesday and the short name of March are the same word.
#
# Libraries:     PySide6 (Essentials) 6.12.0 (QLocale) and Babel 2.19.0, each with its own copy of the Unicode locale data (CLDR)
# Expectation:   the short names of the days and of the months of one language have no word in common, so that the day of the week can
#                be told from the month, and taken out of a short date, by its name alone. In English, French, Irish and Scottish
#                Gaelic it is so.
# Behaviour:     in Welsh “Maw” is Tuesday (Mawrth) and March (Mawrth): 4 March 2025 is “Maw 4 Maw 2025”. The long names differ by
#                one word alone, “Dydd”, which Babel and Qt put in front of the days.
# Why it matters here: a list takes the day of the week out of a short date, where there is no room for it. To take out every word
#                that is the name of a day would make “4 2025” of a Tuesday in March, and lose the month of every date in March.
# The product:   evidence_app/desktop/timeline/timeline_page.py takes out the name of a day in front of a day's number alone;
#                tests/desktop/test_language.py goes through a year in every language of the window.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pyside6-essentials==6.12.0 shiboken6==6.12.0 babel==2.19.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

QT_QPA_PLATFORM=offscreen "$work/venv/bin/python" -I - <<'PY'
import sys
from datetime import date
from importlib.metadata import version

from babel import Locale
from babel.dates import format_date

try:
    from PySide6.QtCore import QDate, QLocale
except ImportError as error:
    print(f"Qt does not start here ({error}): nothing was tried.", file=sys.stderr)
    sys.exit(2)


def in_babel(code):
    names = Locale.parse(code)
    return set(names.days["format"]["abbreviated"].values()) & set(names.months["format"]["abbreviated"].values())


def in_qt(code):
    locale, short = QLocale(code), QLocale.FormatType.ShortFormat
    days = {locale.dayName(number, short) for number in range(1, 8)}
    return days & {locale.monthName(number, short) for number in range(1, 13)}


print("PySide6", version("PySide6_Essentials"), "· Babel", version("babel"))
print("Expected: no short name of a day is that of a month.")
found = {}
for code in ("en_GB", "fr", "ga", "gd", "cy"):
    found[code] = in_babel(code), in_qt(code)
    print(f"{code:6} in both: Babel {sorted(found[code][0])}, Qt {sorted(found[code][1])}")
tuesday = date(2025, 3, 4)
shown = {
    format_date(tuesday, "EEE d MMM yyyy", locale="cy"),
    QLocale("cy").toString(QDate(2025, 3, 4), "ddd d MMM yyyy"),
}
print("Tuesday 4 March 2025 in short Welsh:", *shown)
as_described = found["cy"] == ({"Maw"}, {"Maw"}) and shown == {"Maw 4 Maw 2025"}
if not as_described or any(words for code in found if code != "cy" for words in found[code]):
    sys.exit("This has changed: the short names are other ones.")
PY
