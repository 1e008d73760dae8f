"""Redaction that still proves: which words of a record are withheld, and what stands in their place on the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from evidence_app.bundle.profiles import Profile
from evidence_app.crypto.commitment import words_of
from evidence_app.domain.identifiers import ADDRESSING, CORRESPONDENTS, CRN, PATTERNS
from evidence_app.domain.pseudonyms import Pseudonymiser
from evidence_app.receipts.disclosures import WITHHELD_MARK

Labels = Mapping[int, str]
"""For the position of a withheld word, what is shown in its place; nothing for a word whose place another has taken."""

KEPT: Final = (
    "id",
    "kind",
    "event_at",
    "event_until",
    "event_precision",
    "recorded_at",
    "late_entry",
    "author",
    "links",
)
"""Parts of a record that hold no words about anybody but its author."""
PROVING: Final = frozenset(
    {"type", "match", "format", "direction", "log_key", "certificate_sha256", "quoted_heads", "sha256", "profile"}
)
"""Fields that a bundle without content shows all the same."""


@dataclass
class Redactor:
    """Finds what is to be withheld, the same way for every text of a bundle. `hidden` are the values that were withheld.

    `correspondents` are the addresses, in capitals, of those who wrote to one another: they do not identify a client.
    """

    profile: Profile
    case_ref: str
    names: tuple[str, ...] = ()
    correspondents: frozenset[str] = frozenset()
    hidden: set[str] = field(default_factory=set)
    _pseudonyms: Pseudonymiser = field(init=False)

    def __post_init__(self) -> None:
        kept = {self.case_ref.upper()} if self.profile.keeps_case else set()
        names = tuple(name for name in self.names if name.upper() not in kept)
        self._pseudonyms = Pseudonymiser(names, kept=frozenset(kept) | self.correspondents)

    def words_in(self, path: str, text: str) -> Labels:
        """Return the positions of the words of a field that are withheld, each with what stands in its place."""
        if self.profile.pseudonyms:
            return self._pseudonymised(path, text)
        return dict(self._other_cases(text)) if self.profile.one_case else {}

    def _other_cases(self, text: str) -> Iterator[tuple[int, str]]:
        for position, word in enumerate(words_of(text)):
            found = [match.group().upper() for match in PATTERNS["CRN"].finditer(word)]
            if any(CRN.fullmatch(crn) and crn != self.case_ref.upper() for crn in found):
                yield position, WITHHELD_MARK

    def _pseudonymised(self, path: str, text: str) -> Labels:
        steps = path.split("/")[1:]
        name = steps[1] if len(steps) > 1 and steps[0] == "fields" else steps[0]
        if name in KEPT or name in ADDRESSING or name in {"sha256", "media_type"} or steps[-1] == "sha256":
            return {}
        spans = self._pseudonyms.spans(text, addresses=name not in CORRESPONDENTS)
        labels: dict[int, str] = {}
        place = 0
        for position, word in enumerate(words_of(text)):
            end = place + len(word.rstrip(" \t\n"))
            for start, stop, label in spans:
                if start < end and stop > place:
                    labels.setdefault(position, f"[{label}]" if start >= place else "")
            place += len(word)
        self.hidden.update(text[start:stop] for start, stop, _ in spans)
        return labels

    def key(self) -> list[tuple[str, str]]:
        """Return the key sheet: each pseudonym with what it stands for. It never goes into the bundle."""
        return self._pseudonyms.key()

    def text(self, text: str) -> str:
        """Return other text of the bundle, such as that of a mail shown as an exhibit, with the same pseudonyms."""
        if not self.profile.pseudonyms:
            return text
        self.hidden.update(text[start:stop] for start, stop, _ in self._pseudonyms.spans(text, addresses=False))
        return self._pseudonyms.replace(text, addresses=False)
