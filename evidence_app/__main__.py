"""The program's entry point: `evidence-trail`, and `python -m evidence_app`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from evidence_app import VERSION

if TYPE_CHECKING:
    from evidence_app.errors import ExitCode


def run() -> NoReturn:
    """Run the program. ``--version`` is answered without importing the rest of it."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"evidence-trail {VERSION}\n")
        raise SystemExit(0)
    from evidence_app.cli.main import run as run_command

    run_command(open_window, show_file)


def open_window(folder: Path | None) -> "ExitCode":
    """Open the desktop window, with the store in `folder` if one is given, and return its exit code.

    Raises:
        EnvironmentProblem: a library that Qt needs is missing.
    """
    with _libraries_named():
        from evidence_app.desktop.shell.app import open_window as open_qt_window
    return open_qt_window(folder)


def show_file(path: Path) -> "ExitCode":
    """Verify a bundle, a seal receipt or a time stamp in a window of its own, and return its exit code.

    Raises:
        EnvironmentProblem: a library that Qt needs is missing.
    """
    with _libraries_named():
        from evidence_app.desktop.shell.app import show_file as show_in_qt_window
    return show_in_qt_window(path)


@contextmanager
def _libraries_named() -> Iterator[None]:
    """Say in a sentence what is missing where Qt cannot be imported."""
    from evidence_app.errors import EnvironmentProblem

    try:
        yield
    except ImportError as error:
        raise EnvironmentProblem(
            "The window cannot open: a system library that Qt needs is missing. “python3 dev.py setup” names it."
        ) from error


if __name__ == "__main__":
    run()
