"""The options that verbs share, and how a passphrase comes in."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import NoReturn

from evidence_app.errors import InputError
from evidence_app.files import read_small

STORE_VARIABLE = "EVIDENCE_TRAIL_STORE"
MAX_SECRET_BYTES = 4096


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are the program's own errors."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}. “evidence-trail --help” shows the verbs.")


def shared() -> Parser:
    """Return the options that every verb takes."""
    parser = Parser(add_help=False)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    return parser


def unlocking() -> Parser:
    """Return the options of the verbs that open a store."""
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
    """Return the folder of the store.

    Raises:
        InputError: none was named.
    """
    named = getattr(arguments, "store", None) or os.environ.get(STORE_VARIABLE)
    if not named:
        raise InputError(f"Which store? Name it with --store DIR or in {STORE_VARIABLE}.")
    return Path(named)


def secret(arguments: argparse.Namespace) -> tuple[str, bool]:
    """Return the passphrase or recovery code, and whether it is a recovery code. It never comes from argv.

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
    """Read a secret from a file, or one line of standard input.

    Raises:
        InputError: there is none.
    """
    untrusted = (
        sys.stdin.buffer.readline(MAX_SECRET_BYTES)
        if file == "-"
        else read_small(Path(file), what=f"The {what} file", limit=MAX_SECRET_BYTES)
    )
    try:
        text = untrusted.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(f"The {what} is not UTF-8 text.") from error
    if not text or "\n" in text:
        raise InputError(f"The {what} file must hold the {what} on one line.")
    return text


def ask(prompt: str) -> str:
    """Ask for a secret at the terminal, without showing it.

    Raises:
        InputError: there is no terminal.
    """
    if not sys.stdin.isatty():
        raise InputError("There is no terminal to ask at: use --passphrase-file FILE.")
    return getpass.getpass(prompt, stream=sys.stderr)


def new_passphrase(file: str | None) -> str:
    """Return a new passphrase from a file, or asked for twice.

    Raises:
        InputError: the two differ.
    """
    if file:
        return secret_from(file, "passphrase")
    first = ask("New passphrase: ")
    if ask("The same again: ") != first:
        raise InputError("The two passphrases differ. Nothing was changed.")
    return first


def position(text: str) -> int:
    """Read the number of a record."""
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not the number of a record")
    return int(text)


def days(text: str) -> int:
    """Read a number of working days."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:4]) <= 260:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not a number of working days from 1 to 260")
    return int(text[:4])
