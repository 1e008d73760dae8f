"""Verdicts: what a verification says, item by item, and as a whole."""

from dataclasses import dataclass, field
from enum import Enum

from evidence_app.proof.encoding.json import JsonObject


class Verdict(Enum):
    """What can be said of a file or of a part of it."""

    VERIFIED = "verified"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Check:
    """One item that was judged: its name, the verdict, and one sentence."""

    name: str
    verdict: Verdict
    detail: str

    def to_json(self) -> JsonObject:
        """Return the check as the command line prints it."""
        return {"name": self.name, "verdict": self.verdict.value, "detail": self.detail}


@dataclass
class Report:
    """The verdict on a file, with every item that was judged. `notes` say what the verdict rests on, and what it does not say.

    `conclusion` is the whole in one sentence, where there is more to say than the verdict.
    """

    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conclusion: str = ""

    def add(self, name: str, ok: bool, detail: str) -> bool:
        """Add an item and return whether it verified."""
        self.checks.append(Check(name, Verdict.VERIFIED if ok else Verdict.ALTERED, detail))
        return ok

    def unreadable(self, name: str, detail: str) -> None:
        """Add an item that could not be read at all."""
        self.checks.append(Check(name, Verdict.UNREADABLE, detail))

    @property
    def verdict(self) -> Verdict:
        """The whole: verified only if there is something to verify and all of it verified."""
        verdicts = {check.verdict for check in self.checks}
        if Verdict.ALTERED in verdicts:
            return Verdict.ALTERED
        if Verdict.UNREADABLE in verdicts or not verdicts:
            return Verdict.UNREADABLE
        return Verdict.VERIFIED
