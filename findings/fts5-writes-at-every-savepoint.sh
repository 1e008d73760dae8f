#!/usr/bin/env bash
# A savepoint inside a transaction makes the full-text index write what it had gathered in memory.
#
# Library:       sqlcipher3 0.6.4 (SQLCipher with SQLite 3.53.4, FTS5)
# Expectation:   Rows that share a transaction are put into an FTS5 index about as quickly whether or not each of them has
#                a savepoint, which only says where to go back to: the index gathers words in memory and writes them when
#                the transaction ends.
# Behaviour:     Releasing a savepoint writes them: the table behind the index has new segments after every row, which are
#                merged again and again, and written to the journal. Without savepoints it has none before the end.
# Why it matters here: mails that are brought in together share a transaction. With a savepoint for each, so that one bad
#                mail would cost no other, a group took nearly as long as its mails in transactions of their own.
# The product:   `Store.together` in evidence_app/store/store.py has no savepoints: where one fails, the group is undone and
#                each of it tried by itself (docs/decisions/0047-groups-that-share-a-commit.md).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check sqlcipher3==0.6.4 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - "$work" <<'PY'
import sys
import time
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

ROWS = 2_000


def filled(name, savepoints):
    path = Path(sys.argv[1]) / name
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for statement in (
        f"PRAGMA key = \"x'{'ab' * 32}'\"",
        "PRAGMA journal_mode = WAL",
        "CREATE VIRTUAL TABLE words USING fts5 (text, content='')",
        "BEGIN IMMEDIATE",
    ):
        connection.execute(statement).fetchone()
    begun = time.perf_counter()
    for number in range(ROWS):
        if savepoints:
            connection.execute("SAVEPOINT one")
        text = f"on day {number} the manager told the officer to visit weekly, because of {number % 97} reports"
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, text))
        if savepoints:
            connection.execute("RELEASE one")
    behind = connection.execute("SELECT count(*) FROM words_data").fetchone()[0]
    connection.execute("COMMIT")
    return behind, Path(f"{path}-wal").stat().st_size, time.perf_counter() - begun


print("sqlcipher3 0.6.4, SQLite", sqlcipher.sqlite_version)
print("Expected: before the end of the transaction the table behind the index is as it was, in both cases.")
plain, apart = filled("plain.db", False), filled("apart.db", True)
for what, (behind, journal, seconds) in (("without savepoints", plain), ("with one for each row", apart)):
    print(f"{what:22}: {behind} rows behind the index before the end; journal {journal:,} bytes; {seconds:.2f} s")
if not (plain[0] == 2 and apart[0] > 4 and apart[1] > plain[1]):
    sys.exit("This has changed: a savepoint no longer decides when the index is written.")
PY
