"""Opening the store that the command line names."""

import argparse
from typing import TYPE_CHECKING

from evidence_app.cli import options

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session


def open_session(arguments: argparse.Namespace, *, writable: bool) -> "Session":
    """Open the store that the options name, with the passphrase or the recovery code. The caller closes the session.

    Raises:
        InputError: no store is named, or the secret cannot be read.
        WrongKey: no key slot opens with the secret.
        EnvironmentProblem: the store is locked by another program, damaged or not reachable.
    """
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session

    folder = options.store_folder(arguments)
    secret, is_code = options.secret(arguments)
    return Session.open(folder, secret, opens_with=RECOVERY if is_code else PASSPHRASE, writable=writable)
