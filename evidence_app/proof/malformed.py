"""The one error for bytes that do not have the form they must have: reason code `malformed`."""

from collections.abc import Callable
from typing import TypeVar

from evidence_app.errors import InputError, VerificationError

Read = TypeVar("Read")


def malformed(sentence: str) -> VerificationError:
    """Return the error for bytes that do not have the form they must have."""
    return VerificationError("malformed", sentence)


def well_formed(read: Callable[[], Read]) -> Read:
    """Read a part of something that is to be verified; what cannot be read is malformed."""
    try:
        return read()
    except InputError as error:
        raise malformed(error.sentence) from error


def read_decimal(untrusted: str) -> int:
    """Read a decimal number without leading zeroes.

    Raises:
        VerificationError: malformed.
    """
    if (
        not (untrusted.isascii() and untrusted.isdigit())
        or (untrusted[0] == "0" and untrusted != "0")
        or len(untrusted) > 18
    ):
        raise malformed("A number is not a plain decimal.")
    return int(untrusted)
