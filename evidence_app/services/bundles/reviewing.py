"""The review before a bundle leaves: everything that identifies somebody, or may, each in its sentence and at its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from evidence_app.domain.people.pseudonyms import IdentifierFinder
from evidence_app.domain.plan.saved_plan import read_ranges
from evidence_app.domain.text.identifiers import ADDRESSING, CORRESPONDENTS, MACHINE_MADE
from evidence_app.errors import InputError
from evidence_app.proof.commitment import scalars
from evidence_app.services.bundles.decisions import known_names, look_at, looked_at
from evidence_app.services.bundles.exhibit_words import pages_of_exhibits
from evidence_app.services.bundles.findings import IN_DOUBT, NEARLY, UNDECIDED, WITHHELD, ReviewFinding, TextJudge
from evidence_app.services.core.name_knowledge import ordinary_words, people_of, words_in_small_letters
from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_pages import FilePage

if TYPE_CHECKING:
    from evidence_app.bundle.plan.resolved_plan import Plan

MAX_NAMED: Final = 5
MAIL_WRITTEN: Final = (ADDRESSING - MACHINE_MADE) | CORRESPONDENTS | {"reporting_ua"}
"""Fields that mail programs write: names of those who are withheld are asked about there."""
NAMELESS: Final = frozenset(
    {
        "program",
        "log_key",
        "certificate_sha256",
        "format",
        "reporting_ua",
        "action_mode",
        "sending_mode",
        "modifiers",
        "letter",
        "warnings",
    }
)
"""Fields that programs write."""


def review(session: Session, plan: "Plan", tick: Callable[[], None] = lambda: None) -> list[ReviewFinding]:
    """Return what identifies somebody in the documents of a plan, or may, in the order of the documents.

    Words of which it is decided that they may be shown, and pages that somebody looked at, are not among it. `tick` is called while files are read,
    and may raise to stop.
    """
    others = {name for each in plan.shown if each.record.handover for name in people_of(each.record)}
    finder = plan.rules.finder if plan.rules else IdentifierFinder()
    ordinary, everyday = ordinary_words(words_in_small_letters(session)), ordinary_words(frozenset())
    judge = TextJudge(finder, known_names(session) | others, ordinary, everyday)
    found: list[ReviewFinding] = []
    # What a member handed over was decided about before it left them: nobody else knows whose names its words are.
    for each in plan.chronological():
        if each.record.handover:
            continue
        for path, value in scalars(each.record.content):
            if isinstance(value, str) and path not in each.withheld.paths and _may_name(path):
                found += _in_record(plan, judge, each.record.index, path, value)
    seen = looked_at(session)
    for exhibit, pages in pages_of_exhibits(session, plan, tick):
        for page in pages:
            found += _on_page(plan, judge, exhibit.facts.sha256, page)
            if page.shown.doubt and page.number not in seen.get(page.digest, frozenset()):
                found.append(
                    ReviewFinding(
                        "",
                        IN_DOUBT,
                        UNDECIDED,
                        f"exhibit {page.label}",
                        page.shown.doubt,
                        "",
                        page=page.number,
                        digest=page.digest,
                        quarters=page.shown.quarters,
                    )
                )
    return found


def look_at_pages(session: Session, findings: Iterable[ReviewFinding], given: str) -> None:
    """Keep that somebody looked at pages: an exhibit as it is printed and its pages, such as ``3:2,5`` or ``4.1:1-3``.

    Raises:
        InputError: it has another form, or a page is not one to look at.
        EnvironmentProblem: the store cannot be written.
    """
    label, colon, pages = given.partition(":")
    wanted = {page for first, last in read_ranges(pages) for page in range(first, last + 1)}
    if not colon or not wanted:
        raise InputError(f"“{given[:40]}” does not say which pages: write EXHIBIT:PAGES, such as 3:2,5.")
    doubts = {
        each.page: each.digest
        for each in findings
        if each.sort == IN_DOUBT and each.where == f"exhibit {label.strip()}"
    }
    missing = sorted(wanted - set(doubts))
    if missing:
        raise InputError(f"Page {missing[0]} of exhibit {label.strip()[:20]} is not one that has to be looked at.")
    for page in sorted(wanted):
        look_at(session, doubts[page], [page])


@dataclass(frozen=True, slots=True)
class Decided:
    """What the review before an export comes to: warnings about words that nobody has decided about, and the words that are withheld."""

    warnings: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()


def require_decided(session: Session, plan: "Plan", tick: Callable[[], None] = lambda: None) -> Decided:
    """Require that no possible name is undecided and no page in doubt, where the profile asks for it; else return warnings about those that are.

    `tick` is called while files are read, and may raise to stop.

    Raises:
        InputError: one is.
    """
    if plan.profile.counts or not (plan.profile.pseudonyms or plan.profile.fails_closed):
        return Decided()
    from evidence_app.bundle.plan.redaction import OTHER_CASE

    findings = review(session, plan, tick)
    # Another case's number is no secret of this bundle: it may stand in a file's name, say, that many cases have in common.
    # Nor is what is only nearly a name: the program's own pages may hold such a word.
    withheld = frozenset(
        each.words for each in findings if each.decision == WITHHELD and each.sort not in {OTHER_CASE, NEARLY}
    )
    open_words: dict[str, str] = {}
    for each in findings:
        if each.decision == UNDECIDED and each.words:
            open_words.setdefault(each.words, each.place)
    doubts = [each for each in findings if each.sort == IN_DOUBT]
    sentences = [*([_about_words(open_words)] if open_words else []), *([_about_pages(doubts)] if doubts else [])]
    if sentences and plan.profile.fails_closed:
        ways = ["“review --withhold”, “--keep” and “--same”"] if open_words else []
        ways += ["“review --looked-at”"] if doubts else []
        raise InputError(
            f"{' '.join(sentences)} No file was written. Decide under Bundles, Review, or with {' and with '.join(ways)}: “review” lists each in its "
            "sentence, with the same --profile or --plan and --looked-through."
        )
    warnings = []
    if open_words:
        warnings.append(f"{_about_words(open_words)} It is shown as it is. “review” decides.")
    if doubts:
        warnings.append(f"{_about_pages(doubts)} {'They are' if len(doubts) > 1 else 'It is'} shown all the same.")
    return Decided(tuple(warnings), withheld)


def _about_words(open_words: dict[str, str]) -> str:
    named = ", ".join(f"“{words}” ({where})" for words, where in list(open_words.items())[:MAX_NAMED])
    more = f" and {len(open_words) - MAX_NAMED} more" if len(open_words) > MAX_NAMED else ""
    number = f"{len(open_words)} words may be names" if len(open_words) > 1 else "One word may be a name"
    return f"{number}, and nobody has decided about that: {named}{more}."


def _about_pages(doubts: list[ReviewFinding]) -> str:
    named = ", ".join(f"{each.place} ({each.before})" for each in doubts[:MAX_NAMED])
    more = f" and {len(doubts) - MAX_NAMED} more" if len(doubts) > MAX_NAMED else ""
    pages, it = (f"{len(doubts)} pages", "them") if len(doubts) > 1 else ("one page", "it")
    return f"On {pages} names may have been missed, and nobody has looked at {it}: {named}{more}."


def _may_name(path: str) -> bool:
    """Whether a field has words, or was written by a mail program that puts names in, as in the comment of a date."""
    return _holds_words(path) or (path.startswith("/fields/") and path.split("/")[2] in MAIL_WRITTEN)


def _holds_words(path: str) -> bool:
    steps = path.split("/")[1:]
    name = steps[1] if len(steps) > 1 and steps[0] == "fields" else steps[0]
    if steps[0] == "attachments":
        return steps[-1] == "name"
    return steps[0] in {"fields", "case_ref"} and name not in ADDRESSING | CORRESPONDENTS | NAMELESS


def _in_record(plan: "Plan", judge: TextJudge, index: int, path: str, text: str) -> Iterator[ReviewFinding]:
    from evidence_app.bundle.plan.redaction import merged

    spans = merged(plan.rules.in_field(index, path, text)) if plan.rules else []
    field = path.split("/")[2] if path.startswith("/fields/") else path.split("/")[1]
    is_head = not _holds_words(path)
    yield from (finding for finding, _, _ in judge.judge(text, spans, f"record {index}", field, is_head=is_head))


def _on_page(plan: "Plan", judge: TextJudge, exhibit: str, page: FilePage) -> Iterator[ReviewFinding]:
    """Yield the findings of a page; what two readings of it have at one place, once."""
    from evidence_app.bundle.plan.redaction import merged

    before: list[ReviewFinding] = []
    for reading in page.shown.readings:
        found: list[ReviewFinding] = []
        spans = (
            merged(plan.rules.in_exhibit(exhibit, reading.text, recognised=reading.recognised)) if plan.rules else []
        )
        for finding, start, end in judge.judge(reading.text, spans, f"exhibit {page.label}", is_head=page.is_head):
            box = reading.box(start, end)
            placed = replace(
                finding,
                page=page.number,
                box=box,
                recognised=reading.recognised,
                digest=page.digest,
                quarters=page.shown.quarters,
            )
            if not _is_known(placed, before):
                found.append(placed)
        before += found
        yield from found


def _is_known(finding: ReviewFinding, before: Iterable[ReviewFinding]) -> bool:
    """Whether another reading of the page has found this already: something withheld there, or the same words."""
    if finding.box is None:
        return False
    across, down = (finding.box[0] + finding.box[2]) / 2, (finding.box[1] + finding.box[3]) / 2
    return any(
        other.box is not None
        and other.box[0] <= across <= other.box[2]
        and other.box[1] <= down <= other.box[3]
        and (other.decision == WITHHELD or other.words.casefold() == finding.words.casefold())
        for other in before
    )
