"""Options that verbs share, and reading passphrases and recovery codes, which are never taken from the command line itself."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import NoReturn

from evidence_app.errors import InputError
from evidence_app.files import read_small

STORE_VARIABLE = "EVIDENCE_TRAIL_STORE"
"""Environment variable that names the store where --store does not."""
MAX_SECRET_BYTES = 4096
"""Longest passphrase or recovery code that is read, with its line end."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `InputError` instead of printing its usage and exiting."""

    def error(self, message: str) -> NoReturn:
        """Raise argparse's complaint as an `InputError`."""
        raise InputError(f"{message[:1].upper()}{message[1:]}. “evidence-trail --help” shows the verbs.")


def shared() -> Parser:
    """Return a parent parser with the option of every verb, --json."""
    parser = Parser(add_help=False)
    # SUPPRESS: the default of a verb's parser would overwrite what was given before the verb.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    return parser


def unlocking() -> Parser:
    """Return a parent parser with the options of the verbs that open a store."""
    parser = Parser(add_help=False)
    parser.add_argument("--store", metavar="DIR", default=argparse.SUPPRESS, help=f"the store (or {STORE_VARIABLE})")
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="read the passphrase from FILE, - for stdin",
    )
    parser.add_argument(
        "--recovery-code-file", metavar="FILE", default=argparse.SUPPRESS, help="open with the recovery code in FILE"
    )
    return parser


def store_folder(arguments: argparse.Namespace) -> Path:
    """Return the store's folder, from --store or from the environment.

    Raises:
        InputError: neither names one.
    """
    named = getattr(arguments, "store", None) or os.environ.get(STORE_VARIABLE)
    if not named:
        raise InputError(f"Which store? Name it with --store DIR or in {STORE_VARIABLE}.")
    return Path(named)


def secret(arguments: argparse.Namespace) -> tuple[str, bool]:
    """Return the passphrase or recovery code, and whether it is a recovery code, from a file or asked for at the terminal.

    Raises:
        InputError: the file holds none, or there is no terminal to ask at.
    """
    code_file = getattr(arguments, "recovery_code_file", None)
    if code_file:
        from evidence_app.services.safekeeping.unlocking import read_recovery_code

        return read_recovery_code(secret_from(code_file, "recovery code")), True
    file = getattr(arguments, "passphrase_file", None)
    return (secret_from(file, "passphrase") if file else ask("Passphrase: ")), False


def secret_from(file: str, what: str) -> str:
    """Read a secret from a file that holds it on one line, or for “-” from one line of standard input.

    `what` names the secret in errors.

    Raises:
        InputError: there is no line, more than one, or no UTF-8 text.
    """
    untrusted = (
        sys.stdin.buffer.readline(MAX_SECRET_BYTES)
        if file == "-"
        else read_small(Path(file), what=f"The {what} file", limit=MAX_SECRET_BYTES)
    )
    try:
        # An editor of Windows begins a file with a byte order mark, which no keyboard types.
        text = untrusted.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(f"The {what} is not UTF-8 text.") from error
    if not text or "\n" in text:
        raise InputError(f"The {what} file must hold the {what} on one line.")
    return text


def ask(prompt: str) -> str:
    """Ask for a secret at the terminal, with echo off; the prompt goes to standard error.

    Raises:
        InputError: there is no terminal.
    """
    if not sys.stdin.isatty():
        raise InputError("There is no terminal to ask at: use --passphrase-file FILE.")
    return getpass.getpass(prompt, stream=sys.stderr)


def new_passphrase(file: str | None) -> str:
    """Return a new passphrase from a file, or asked for twice at the terminal.

    Raises:
        InputError: the file holds none, there is no terminal, or the two differ.
    """
    if file:
        return secret_from(file, "passphrase")
    first = ask("New passphrase: ")
    if ask("The same again: ") != first:
        raise InputError("The two passphrases differ. Nothing was changed.")
    return first


def position(text: str) -> int:
    """Parse the number of a record (its position in the log) or another count, for argparse.

    Raises:
        argparse.ArgumentTypeError: it is not 1 to 12 ASCII digits.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not the number of a record")
    return int(text)


def days(text: str) -> int:
    """Parse a number of working days, for argparse.

    Raises:
        argparse.ArgumentTypeError: it is not a number from 1 to 260, which is a year of working days.
    """
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:4]) <= 260:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not a number of working days from 1 to 260")
    return int(text[:4])
