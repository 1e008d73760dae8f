"""The program's front door: `evidence-trail`, and `python -m evidence_app`."""

import sys
from typing import NoReturn

from evidence_app import VERSION


def run() -> NoReturn:
    """Run the program. Its version is told without loading anything else."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"evidence-trail {VERSION}\n")
        raise SystemExit(0)
    from evidence_app.cli.main import run as run_command

    run_command()


if __name__ == "__main__":
    run()
