#!/usr/bin/env bash
# With SQLCipher's memory security, a full-text search for the beginning of a word takes seconds in descending order.
#
# Library:       sqlcipher3 0.6.4 (SQLCipher 4.19.0 with SQLite 3.53.4, FTS5)
# Expectation:   The ten newest rows with a word that begins so are found about as quickly as the ten oldest; where memory is
#                wiped and locked ("PRAGMA cipher_memory_security = ON"), both take somewhat longer.
# Behaviour:     Ascending they take a few milliseconds. Descending the time grows with the square of the rows, though ten rows
#                are asked for in either case. With the setting off, or where the word is named whole, both orders are quick.
# Why it matters here: a search shows the newest records first. In a store of 100,000 the beginning of a common word took
#                nine seconds.
# The product:   `evidence_app/store/word_search.py` names the words that begin so, where they are few, and otherwise searches
#                in ascending order and turns the result round.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check sqlcipher3==0.6.4 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

cat > "$work/search.py" <<'PY'
import sys
import time

import sqlcipher3.dbapi2 as sqlcipher

setting, rows = sys.argv[1], int(sys.argv[2])
connection = sqlcipher.connect(":memory:", isolation_level=None)
for statement in (
    f"PRAGMA cipher_memory_security = {setting}",
    f"PRAGMA key = \"x'{'ab' * 32}'\"",
    "CREATE VIRTUAL TABLE words USING fts5 (text)",
    "BEGIN",
):
    connection.execute(statement).fetchone()
text = "the officer was told of a visit"
connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", ((number, text) for number in range(rows)))
connection.execute("COMMIT")
for wanted, order in (("officer*", "ASC"), ("officer*", "DESC"), ("officer", "DESC")):
    begun = time.perf_counter()
    query = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid {order} LIMIT 10"
    assert len(connection.execute(query, (wanted,)).fetchall()) == 10
    print(time.perf_counter() - begun)
PY

"$work/venv/bin/python" -I - "$work" <<'PY'
import subprocess
import sys

import sqlcipher3.dbapi2 as sqlcipher

print("sqlcipher3 0.6.4, SQLite", sqlcipher.sqlite_version)
print("Expected: the ten newest rows take about as long as the ten oldest.")


def seconds(setting, rows):
    # A process each: the setting is one of the whole process.
    command = [sys.executable, "-I", f"{sys.argv[1]}/search.py", setting, str(rows)]
    oldest, newest, whole = map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    print(
        f"memory security {setting:3}, {rows:,} rows: oldest of a prefix {oldest * 1000:.1f} ms, newest {newest * 1000:.1f} ms; "
        f"newest of a whole word {whole * 1000:.1f} ms"
    )
    return oldest, newest, whole


seconds("OFF", 10_000)
off = seconds("OFF", 40_000)
few = seconds("ON", 10_000)
many = seconds("ON", 40_000)
if not (off[1] < 10 * off[0] and many[1] > 50 * many[0] and many[1] > 8 * few[1] and many[1] > 50 * many[2]):
    sys.exit("This has changed: the order of a search for a prefix no longer matters so.")
PY
