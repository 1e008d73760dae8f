#!/usr/bin/env bash
# A wrong key is not only an exception: lines appear on the terminal, and another connection decides whether they do.
#
# Library:       sqlcipher3 0.6.4 (SQLCipher 4.19.0 community), seen on Linux
# Expectation:   a wrong key raises an exception, and a PRAGMA is a setting of the connection that it was given to.
# Behaviour:     the exception is raised, and three lines of a log go to the standard error output of the process, past
#                Python's `sys.stderr`: redirecting that does not catch them. PRAGMA cipher_log_level = NONE stops them, for the
#                whole process: given to a connection in memory that is closed again, it also holds for a connection that was
#                opened later and never heard of it.
# Why it matters here: a program that promises what it prints, and never logs anything, prints and logs; and a test of it
#                passes or fails by what ran before in the same process.
# The product:   evidence_app/store/database.py (`_unlock`) gives the PRAGMA to every connection, before the key.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check sqlcipher3==0.6.4 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

cat >"$work/open.py" <<'PY'
import contextlib
import io
import sys

import sqlcipher3.dbapi2 as sqlcipher

path, byte, *steps = sys.argv[1:]
if "another-is-silenced" in steps:
    another = sqlcipher.connect(":memory:")
    another.execute("PRAGMA cipher_log_level = NONE")
    another.close()
connection = sqlcipher.connect(path)
connection.execute(f"PRAGMA key = \"x'{byte * 32}'\"")
caught = io.StringIO()
with contextlib.redirect_stderr(caught):
    try:
        if "create" in steps:
            connection.execute("CREATE TABLE words (word TEXT)")
        print("opened,", *connection.execute("SELECT count(*) FROM sqlite_schema").fetchone(), "table", end="; ")
    except sqlcipher.DatabaseError as error:
        print(f"{type(error).__name__}: {error}", end="; ")
print("lines caught by redirect_stderr:", len(caught.getvalue().splitlines()), end="; ")
PY
"$work/venv/bin/python" -I - "$work/open.py" "$work/words.db" <<'PY'
import subprocess
import sys
from importlib.metadata import version

import sqlcipher3.dbapi2 as sqlcipher


def run(*steps):
    """Open the database in a process of its own; return what it says, and what is on its standard error output."""
    done = subprocess.run([sys.executable, "-I", *sys.argv[1:], *steps], capture_output=True, text=True, check=True)
    lines = done.stderr.splitlines()
    return f"{done.stdout}lines on the process's: {len(lines)}", lines


right, _ = run("11", "create")
wrong, lines = run("22")
silenced, none = run("22", "another-is-silenced")
(cipher,) = sqlcipher.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
print("sqlcipher3", version("sqlcipher3"), "with SQLCipher", cipher)
print("Expected: an exception for the wrong key, nothing else, and no connection that speaks for another.")
print("Right key:                               ", right)
print("Wrong key:                               ", wrong)
for line in lines:
    print("   ", line)
print("Wrong key, another connection was silenced:", silenced)
if not lines or none or not all("DatabaseError" in each for each in (wrong, silenced)):
    sys.exit("This has changed: a wrong key writes nothing, or the setting is one of the connection alone.")
PY
