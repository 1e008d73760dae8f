"""The error for input that does not have the specified form: `VerificationError` with the reason code `malformed`."""

from collections.abc import Callable
from typing import TypeVar

from evidence_app.errors import InputError, VerificationError

Read = TypeVar("Read")


def malformed(sentence: str) -> VerificationError:
    """Return the error for input that does not have the specified form."""
    return VerificationError("malformed", sentence)


def well_formed(read: Callable[[], Read]) -> Read:
    """Call a parser of untrusted input and convert its `InputError` to the error `malformed`."""
    try:
        return read()
    except InputError as error:
        raise malformed(error.sentence) from error


def read_decimal(untrusted: str) -> int:
    """Parse a whole number of at most 18 ASCII digits without sign and without leading zeroes (record-log.md, section 7).

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
