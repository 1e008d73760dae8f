"""Findings of the review: what identifies somebody, or may, in a text, each with its sentence and its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from evidence_app.documents.shown_words import PARAGRAPH, Box
from evidence_app.domain.people.possible_names import CONTEXT, TITLES, WORD, possible_names
from evidence_app.domain.people.pseudonyms import CLIENT, IdentifierFinder
from evidence_app.proof.encoding.json import Json, JsonObject

if TYPE_CHECKING:
    from evidence_app.bundle.plan.redaction import RedactionSpan

WITHHELD: Final = "withheld"
UNDECIDED: Final = "undecided"
MAY_NAME: Final = "possible name"
NEARLY: Final = "nearly a name"
SURNAME: Final = "surname alone"
SMALL: Final = "name in small letters"
IN_DOUBT: Final = "page to look at"


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """Something that identifies somebody, or may: what sort of thing, in which document, and the words around it.

    `person` is who is withheld there, or may be meant. In an exhibit `page` counts its pages from 1, `box` is the place on that page, upright, in
    fractions, `recognised` is true where the words were read off a picture, `digest` is
    the file's SHA-256, and `quarters` the turns clockwise by which the page was turned. A page to look at has no words: `before`
    says why some on it may have been missed.
    """

    words: str
    sort: str
    decision: str
    where: str
    before: str
    after: str
    field: str = ""
    person: str = ""
    page: int = 0
    box: Box | None = None
    recognised: bool = False
    digest: str = ""
    quarters: int = 0

    @property
    def place(self) -> str:
        """The document, and the page of an exhibit that has pages."""
        return f"{self.where}, page {self.page}" if self.page else self.where

    def in_words(self) -> str:
        """Return it as one line: what it is, where, and its sentence."""
        if self.sort == IN_DOUBT:
            return f"{self.sort}: {self.place}: {self.before}"
        meant = f" ({self.person}?)" if self.person and self.decision == UNDECIDED else ""
        read = ", read off a picture" if self.recognised else ""
        return f"{self.sort}{meant}: {self.place}{read}: …{self.before[-40:]}»{self.words}«{self.after[:40]}…"

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        found: JsonObject = {
            "words": self.words,
            "sort": self.sort,
            "decision": self.decision,
            "where": self.where,
            "field": self.field,
            "before": self.before,
            "after": self.after,
        }
        if self.person:
            found["person"] = self.person
        if self.page:
            found |= {"page": self.page, "recognised": self.recognised}
        return found | ({"box": list(self.box)} if self.box else {})


@dataclass(frozen=True, slots=True)
class PersonFindings:
    """Everything that is withheld about one person, or by one kind of identifier where it is nobody's by name."""

    person: str
    findings: tuple[ReviewFinding, ...]

    def in_words(self) -> str:
        """Say who is withheld, and in how many places."""
        count = len(self.findings)
        return f"Withheld: {self.person}, in {count} place{'' if count == 1 else 's'}"

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        words: list[Json] = [*sorted({each.words for each in self.findings})]
        return {
            "person": self.person,
            "count": len(self.findings),
            "words": words,
        }


def by_person(findings: Iterable[ReviewFinding]) -> list[PersonFindings]:
    """Return what is withheld by whom it is about, in the order in which they are met."""
    people: dict[str, list[ReviewFinding]] = {}
    for each in findings:
        if each.decision == WITHHELD:
            people.setdefault(each.person or each.words, []).append(each)
    return [PersonFindings(person, tuple(found)) for person, found in people.items()]


@dataclass(frozen=True, slots=True)
class TextJudge:
    """Finds in a text what is withheld and what may be a name.

    `known` are names that need no decision. `ordinary` tells words that need no capital elsewhere, `everyday` those of the language: a name that the
    author writes in small letters is one of the former.
    """

    finder: IdentifierFinder
    known: frozenset[str]
    ordinary: Callable[[str], bool]
    everyday: Callable[[str], bool]

    def judge(
        self, text: str, spans: "Sequence[RedactionSpan]", where: str, field: str = "", *, is_head: bool = False
    ) -> Iterator[tuple[ReviewFinding, int, int]]:
        """Yield the findings of a text with start and end of their words. `spans` are what is withheld in it, in order.

        Of who wrote to whom (`is_head`) only names of those who are withheld are asked about, though the correspondents are known.
        """
        rest = text
        for span in spans:
            before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
            words = text[span.start : span.end]
            person = span.value if span.by_hand is None and span.category == CLIENT else ""
            sort = NEARLY if span.near and span.category == CLIENT else span.category
            yield (
                ReviewFinding(words, sort, WITHHELD, where, _one_line(before), _one_line(after), field, person),
                span.start,
                span.end,
            )
            # What is withheld is no longer there to be asked about, and ends no sentence.
            rest = rest[: span.start] + "x" * (span.end - span.start) + rest[span.end :]
        asked: list[tuple[int, int]] = []
        finder = self.finder
        sorts = (
            (NEARLY, finder.find_near(rest)),
            (SURNAME, finder.find_surnames(rest)),
            (SMALL, finder.find_small(rest)),
        )
        for sort, found in sorts:
            for each in found:
                words = rest[each.start : each.end]
                if sort == SMALL and self.everyday(words) and not _is_titled(rest, each.start):
                    continue
                is_known = not is_head and self._is_part_of_known(rest, each.start, each.end)
                if _meets(each.start, each.end, asked) or is_known:
                    continue
                asked.append((each.start, each.end))
                before, after = text[max(0, each.start - CONTEXT) : each.start], text[each.end : each.end + CONTEXT]
                yield (
                    ReviewFinding(
                        " ".join(words.split()),
                        sort,
                        UNDECIDED,
                        where,
                        _one_line(before),
                        _one_line(after),
                        field,
                        each.value,
                    ),
                    each.start,
                    each.end,
                )
        for name in () if is_head else possible_names(rest, self.known, self.ordinary):
            if not _meets(name.start, name.end, asked):
                before, after = text[max(0, name.start - CONTEXT) : name.start], text[name.end : name.end + CONTEXT]
                yield (
                    ReviewFinding(name.words, MAY_NAME, UNDECIDED, where, _one_line(before), _one_line(after), field),
                    name.start,
                    name.end,
                )

    def _is_part_of_known(self, text: str, start: int, end: int) -> bool:
        """Whether words stand in a name that needs no decision, or are one."""
        words = text[start:end].casefold()
        around = (text[max(0, start - CONTEXT) : end + CONTEXT]).casefold()
        return any(words in name and name in around for name in (each.casefold() for each in self.known))


def _is_titled(text: str, start: int) -> bool:
    """Whether a title stands before a word: mr field is no field."""
    before = WORD.findall(text[max(0, start - CONTEXT) : start])
    return bool(before) and before[-1].casefold() in TITLES


def _meets(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and end > other_start for other_start, other_end in spans)


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace(PARAGRAPH, " ")
