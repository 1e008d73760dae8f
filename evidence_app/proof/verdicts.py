"""The report of a verification: a verdict for each item, and one for the whole file (docs/spec/bundle.md, section 6)."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from evidence_app.proof.encoding.json import JsonObject

NOT_COMPARED: Final = "not compared"
"""Value of `compared` where nobody compared the words of somebody's card (docs/spec/exchange.md, section 2)."""


class Verdict(Enum):
    """The result of verifying a file or an item of it."""

    VERIFIED = "verified"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Check:
    """One verified item: its name, the verdict, and one sentence."""

    name: str
    verdict: Verdict
    detail: str

    def to_json(self) -> JsonObject:
        """Return the check in the JSON that the command line prints."""
        return {"name": self.name, "verdict": self.verdict.value, "detail": self.detail}


@dataclass
class Report:
    """All items of a verification. `notes` are sentences on what the verdict depends on and what it does not cover.

    `conclusion` is the result of a bundle in one sentence; empty for other files.
    """

    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conclusion: str = ""

    def add(self, name: str, ok: bool, detail: str) -> bool:
        """Add an item that is verified or altered, and return `ok`."""
        self.checks.append(Check(name, Verdict.VERIFIED if ok else Verdict.ALTERED, detail))
        return ok

    def unreadable(self, name: str, detail: str) -> None:
        """Add an item that could not be read at all."""
        self.checks.append(Check(name, Verdict.UNREADABLE, detail))

    @property
    def verdict(self) -> Verdict:
        """The verdict on the file: verified only if there is at least one item and every item verified."""
        verdicts = {check.verdict for check in self.checks}
        if Verdict.ALTERED in verdicts:
            return Verdict.ALTERED
        if Verdict.UNREADABLE in verdicts or not verdicts:
            return Verdict.UNREADABLE
        return Verdict.VERIFIED
