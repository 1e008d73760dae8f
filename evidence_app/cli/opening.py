"""Opening the store that the command line names."""

import argparse
from typing import TYPE_CHECKING

from evidence_app.cli import options
from evidence_app.cli.output import print_note

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_app.services.core.session import Session


def open_session(arguments: argparse.Namespace, *, writable: bool) -> "Session":
    """Open the store that the options name, with the passphrase or the recovery code. The caller closes the session.

    Raises:
        InputError: no store is named, or the secret cannot be read.
        WrongKey: no key slot opens with the secret.
        EnvironmentProblem: the store is locked by another program, damaged or not reachable.
    """
    # Asked for first: whoever names no store need not be asked for its secret.
    folder = options.store_folder(arguments)
    return _opened(folder, *options.secret(arguments), writable=writable)


def open_session_with(arguments: argparse.Namespace, secret: str, is_code: bool, *, writable: bool) -> "Session":
    """Open the store that the options name, as `open_session` does, with a secret that was read before."""
    return _opened(options.store_folder(arguments), secret, is_code, writable=writable)


def open_for_upkeep(arguments: argparse.Namespace) -> "Session":
    """Open the store for work that notes something in it where it can: writable, or read-only if another program has it open.

    Raises:
        InputError, WrongKey, StoreDamaged, EnvironmentProblem: as `open_session` says.
    """
    from evidence_app.errors import EnvironmentProblem, StoreDamaged, WrongKey

    folder = options.store_folder(arguments)
    # Read once: it may come from a pipe.
    secret, is_code = options.secret(arguments)
    try:
        return _opened(folder, secret, is_code, writable=True)
    except (StoreDamaged, WrongKey):
        raise
    except EnvironmentProblem:
        return _opened(folder, secret, is_code, writable=False)


def _opened(folder: "Path", secret: str, is_code: bool, *, writable: bool) -> "Session":
    from evidence_app.services.safekeeping.unlocking import open_loading_meanwhile, remarks_on

    session = open_loading_meanwhile(folder, secret, by_code=is_code, writable=writable)
    for remark in remarks_on(session):
        print_note(remark)
    return session
