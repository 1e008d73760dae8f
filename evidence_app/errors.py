"""Every deliberate error: its sentence for people and its exit code. Anything else that escapes is a bug."""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the program tells the shell."""

    DONE = 0
    BAD_NEWS = 1
    INPUT = 2
    ENVIRONMENT = 3
    BUG = 70
    CANCELLED = 130


class EvidenceError(Exception):
    """An error with one sentence that says what is wrong and what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    @property
    def sentence(self) -> str:
        """The sentence for people."""
        return str(self)


class InputError(EvidenceError):
    """The caller's input cannot be taken as it is. Nothing was changed."""

    exit_code = ExitCode.INPUT


class EnvironmentProblem(EvidenceError):
    """The disk, a permission, a lock or a damaged store stands in the way. Nothing was changed."""

    exit_code = ExitCode.ENVIRONMENT


class WrongKey(EnvironmentProblem):
    """No key slot opens with the passphrase or recovery code that was given."""


class StoreDamaged(EnvironmentProblem):
    """The store's bytes are not what the program wrote."""


class VerificationError(EvidenceError):
    """Something does not verify. `reason` is a short stable code, named in docs/spec."""

    exit_code = ExitCode.BAD_NEWS

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Cancelled(EvidenceError):
    """The person cancelled. Everything is as it was."""

    exit_code = ExitCode.CANCELLED

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was changed.")
