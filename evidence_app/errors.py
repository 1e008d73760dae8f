"""The program's deliberate errors, each with a sentence for people and an exit code. Any other uncaught exception is a bug."""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the program."""

    DONE = 0
    BAD_NEWS = 1
    INPUT = 2
    ENVIRONMENT = 3
    BUG = 70
    CANCELLED = 130


class EvidenceError(Exception):
    """Base class: an error whose message is one sentence on what is wrong and what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    @property
    def sentence(self) -> str:
        """The sentence for people."""
        return str(self)


class InputError(EvidenceError):
    """Invalid input. Nothing was changed."""

    exit_code = ExitCode.INPUT


class EnvironmentProblem(EvidenceError):
    """A failure of the environment: disk, permission, lock, network or a damaged store. Nothing was changed."""

    exit_code = ExitCode.ENVIRONMENT


class WrongKey(EnvironmentProblem):
    """The passphrase or recovery code opens no key slot of the store."""


class StoreDamaged(EnvironmentProblem):
    """The bytes of the store are damaged or altered."""


class VerificationError(EvidenceError):
    """A failed verification. `reason` is a short stable code, listed in docs/spec."""

    exit_code = ExitCode.BAD_NEWS

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Cancelled(EvidenceError):
    """The user cancelled. Nothing was changed."""

    exit_code = ExitCode.CANCELLED

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was changed.")
