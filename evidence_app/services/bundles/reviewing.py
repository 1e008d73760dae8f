"""The review before a bundle leaves: everything that identifies somebody, or may, each in its sentence."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from evidence_app.documents.media_types import HEAD_BYTES, MAIL_TYPES, TEXT_TYPES, media_type
from evidence_app.documents.plain_text import decoded
from evidence_app.domain.people.possible_names import CONTEXT, WORD, possible_names
from evidence_app.domain.people.pseudonyms import CLIENT
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.identifiers import ADDRESSING, CORRESPONDENTS
from evidence_app.errors import InputError
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.attestation.cards import known_cards
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings, replace_settings
from evidence_app.services.mail.mail_sheets import mail_sheet

if TYPE_CHECKING:
    from evidence_app.bundle.plan.parts import Exhibit
    from evidence_app.bundle.plan.redaction import RedactionSpan
    from evidence_app.bundle.plan.resolved_plan import Plan

__all__ = [
    "CLIENT",
    "MAY_NAME",
    "UNDECIDED",
    "WITHHELD",
    "ReviewFinding",
    "decide",
    "known_names",
    "require_decided",
    "review",
]

WITHHELD: Final = "withheld"
UNDECIDED: Final = "undecided"
MAY_NAME: Final = "possible name"
MAX_NAMED: Final = 5
MAX_DEPTH: Final = 5
MAX_TEXT_BYTES: Final = 50 * 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """Something that identifies somebody, or may: what sort of thing, in which document, and the words around it."""

    words: str
    sort: str
    decision: str
    where: str
    before: str
    after: str
    field: str = ""

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "words": self.words,
            "sort": self.sort,
            "decision": self.decision,
            "where": self.where,
            "field": self.field,
            "before": self.before,
            "after": self.after,
        }


def review(session: Session, plan: "Plan") -> list[ReviewFinding]:
    """Return what identifies somebody in the documents of a plan, or may, in the order of the documents.

    Words of which it is decided that they may be shown are not among it.
    """
    others = {name for each in plan.shown if each.record.handover for name in _people_of(each.record)}
    known, ordinary = known_names(session) | others, _is_ordinary(_words_in_small_letters(session))
    found: list[ReviewFinding] = []
    # What a member handed over was decided about before it left them: nobody else knows whose names its words are.
    for each in plan.chronological():
        if each.record.handover:
            continue
        for path, value in scalars(each.record.content):
            if isinstance(value, str) and path not in each.withheld.paths and _holds_words(path):
                found += _in_text(plan, f"record {each.record.index}", path, value, known, ordinary)
    for exhibit in plan.exhibits:
        for text in _texts_of(session, plan, exhibit):
            found += _in_exhibit(plan, exhibit, text, known, ordinary)
    return found


@dataclass(frozen=True, slots=True)
class Decided:
    """What the review before an export comes to: warnings about words that nobody has decided about, and the words that are withheld."""

    warnings: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()


def require_decided(session: Session, plan: "Plan") -> Decided:
    """Require that no possible name is undecided, where the profile asks for it; else return a warning about those that are.

    Raises:
        InputError: one is.
    """
    if plan.profile.counts or not (plan.profile.pseudonyms or plan.profile.fails_closed):
        return Decided()
    from evidence_app.bundle.plan.redaction import OTHER_CASE

    findings = review(session, plan)
    # Another case's number is no secret of this bundle: it may stand in a file's name, say, that many cases have in common.
    withheld = frozenset(each.words for each in findings if each.decision == WITHHELD and each.sort != OTHER_CASE)
    open_words: dict[str, str] = {}
    for each in findings:
        if each.decision == UNDECIDED:
            open_words.setdefault(each.words, each.where)
    if not open_words:
        return Decided(withheld=withheld)
    named = ", ".join(f"“{words}” ({where})" for words, where in list(open_words.items())[:MAX_NAMED])
    more = f" and {len(open_words) - MAX_NAMED} more" if len(open_words) > MAX_NAMED else ""
    number = f"{len(open_words)} words may be names" if len(open_words) > 1 else "One word may be a name"
    count = f"{number}, and nobody has decided about that: {named}{more}."
    if plan.profile.fails_closed:
        raise InputError(
            f"{count} No file was written. Decide under Bundles, Review, or with “review --withhold” and “--keep”."
        )
    return Decided((f"{count} It is shown as it is. “review” decides.",), withheld)


def decide(session: Session, *, withhold: Sequence[str] = (), keep: Sequence[str] = ()) -> None:
    """Keep what a person has decided: words that identify a client, and words that may be shown.

    Raises:
        InputError: there is nothing in them, or one stands on both sides.
        EnvironmentProblem: the store cannot be written.
    """
    withhold, keep = ([" ".join(words.split()) for words in side] for side in (withhold, keep))
    if not all((*withhold, *keep)) or any(not words.isprintable() or len(words) > 300 for words in (*withhold, *keep)):
        raise InputError("Say the words as plain text on one line.")
    if {words.casefold() for words in withhold} & {words.casefold() for words in keep}:
        raise InputError("The same words cannot be both withheld and kept.")
    settings = load_settings(session)
    now_kept = {words.casefold() for words in keep}
    now_hidden = {words.casefold() for words in withhold}
    names = [line for line in settings.client_names if line.partition(";")[0].strip().casefold() not in now_kept]
    others = [line for line in settings.other_names if line.casefold() not in now_hidden]
    replace_settings(
        session,
        replace(
            settings,
            client_names=tuple(dict.fromkeys([*names, *withhold])),
            other_names=tuple(dict.fromkeys([*others, *keep])),
        ),
    )


def known_names(session: Session) -> frozenset[str]:
    """Return the names that need no decision: the people of the records, cards and settings, and what was decided to be nobody's secret."""
    settings = load_settings(session)
    names = {
        str(session.owner.get("person", "")),
        str(session.owner.get("role", "")),
        *settings.other_names,
        *settings.people,
        *(each.card.name for each in known_cards(session)),
    }
    for record in session.store.records.select(Selection()):
        names |= set(_people_of(record))
    return frozenset(name for name in names if name)


def _people_of(record: SealedRecord) -> Iterator[str]:
    for name, value in record.fields.items():
        if name in CORRESPONDENTS:
            yield from (str(text) for _, text in scalars({"x": value}))
        yield from _persons_in(value)


def _persons_in(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("person"), str):
            yield str(value["person"])
        for item in value.values():
            yield from _persons_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _persons_in(item)


def _holds_words(path: str) -> bool:
    steps = path.split("/")[1:]
    name = steps[1] if len(steps) > 1 and steps[0] == "fields" else steps[0]
    if steps[0] == "attachments":
        return steps[-1] == "name"
    return steps[0] in {"fields", "case_ref"} and name not in ADDRESSING | CORRESPONDENTS | NAMELESS


def _in_text(
    plan: "Plan", where: str, path: str, text: str, known: frozenset[str], ordinary: Callable[[str], bool]
) -> Iterator[ReviewFinding]:
    spans = _withheld(plan.rules.in_field(int(where.removeprefix("record ")), path, text)) if plan.rules else []
    field = path.split("/")[2] if path.startswith("/fields/") else path.split("/")[1]
    yield from _judged(text, spans, where, field, known, ordinary)


def _in_exhibit(
    plan: "Plan", exhibit: "Exhibit", text: str, known: frozenset[str], ordinary: Callable[[str], bool]
) -> Iterator[ReviewFinding]:
    spans = _withheld(plan.rules.in_exhibit(exhibit.facts.sha256, text)) if plan.rules else []
    yield from _judged(text, spans, f"exhibit {exhibit.number}", "", known, ordinary)


def _withheld(found: "Sequence[RedactionSpan]") -> list[tuple[int, int, str]]:
    """Return the parts of a text that are withheld, in order and without overlaps, each with its kind."""
    from evidence_app.bundle.plan.redaction import merged

    return [(span.start, span.end, span.category) for span in merged(found)]


def _judged(
    text: str,
    spans: Iterable[tuple[int, int, str]],
    where: str,
    field: str,
    known: frozenset[str],
    ordinary: Callable[[str], bool],
) -> Iterator[ReviewFinding]:
    rest = text
    for start, end, sort in spans:
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        yield ReviewFinding(text[start:end], sort, WITHHELD, where, _one_line(before), _one_line(after), field)
        # What is withheld is no longer there to be asked about, and ends no sentence.
        rest = rest[:start] + "x" * (end - start) + rest[end:]
    for each in possible_names(rest, known, ordinary):
        yield ReviewFinding(each.words, MAY_NAME, UNDECIDED, where, each.before, each.after, field)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _texts_of(session: Session, plan: "Plan", exhibit: "Exhibit") -> Iterator[str]:
    """Yield the words of an exhibit as far as the bundle shows them: mails, text files, and PDFs that somebody has looked through."""
    facts = exhibit.facts
    if not facts.kept or not facts.size or facts.size > MAX_TEXT_BYTES:
        return
    content = b"".join(session.store.attachments.stream(facts.sha256))
    seen = exhibit.chosen.looked_through or not plan.profile.look_first
    received = any(
        each.record.fields.get("direction") != "sent" for each in plan.shown if each.record.key in exhibit.records
    )
    yield from _words_shown(facts, content, files=seen, words=not (plan.profile.own_words and received))


def _words_shown(facts: AttachmentFacts, content: bytes, *, files: bool, words: bool, depth: int = 0) -> Iterator[str]:
    """Yield the words of a file: of mails with what is in them, text files, PDFs; without `files` those of the mail alone."""
    if facts.media_type in MAIL_TYPES:
        sheet = mail_sheet(facts, content)
        if sheet is None:
            return
        if words:
            yield next((text for label, text in sheet.headers if label == "Subject"), "")
            yield sheet.text
        for name, inside in sheet.files if files and depth < MAX_DEPTH else ():
            yield name
            inner = AttachmentFacts(name, "", len(inside), media_type(inside[:HEAD_BYTES], name))
            yield from _words_shown(inner, inside, files=True, words=words, depth=depth + 1)
    elif facts.media_type in TEXT_TYPES and (files or depth):
        yield decoded(content)
    elif facts.media_type == "application/pdf" and (files or depth):
        yield from _pdf_texts(content)


def _pdf_texts(untrusted: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return
    try:
        for page in document:
            yield page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()


def _words_in_small_letters(session: Session) -> frozenset[str]:
    """Return the words that the author writes with a small letter somewhere: at the beginning of a sentence they name nobody."""
    found: set[str] = set()
    for record in session.store.records.select(Selection()):
        for _, value in scalars(record.content):
            if isinstance(value, str):
                found.update(word for word in WORD.findall(value) if word.islower())
    return frozenset(found)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return the words of English. The lists hold each word where it is most frequent: as a word or as a name."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["english_wikipedia"]) | frozenset(FREQUENCY_LISTS["us_tv_and_film"])


def _is_ordinary(small: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether a word is one that everybody uses, or that stands in `small` letters elsewhere."""
    words = _common_words() | small

    def ordinary(word: str) -> bool:
        return any(stem in words for part in re.split("['-]", word) for stem in _stems(part))

    return ordinary


def _stems(word: str) -> Iterator[str]:
    """Yield a word and what it may come from: deferring, defer."""
    yield word
    for ending in ("s", "es", "ed", "ing", "ly", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
