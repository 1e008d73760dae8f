"""Detection of words that may be a person's name and are not decided yet (docs/decisions/0011-undecided-names.md)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evidence_app.domain.record.fields import Field
from evidence_app.domain.record.kinds import KINDS, fields_of

TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "pc", "dc", "ds"}
)
"""Titles after which a single capitalised word is a name, even at the beginning of a sentence."""
NEVER_NAMES: Final = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof"})
"""Titles that are nobody's name: alone, beside a name that is decided, there is nothing to ask of them."""
SERVICE_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        """
    accredited act adult advice agency annex appendix approved april arms assessment association audit august authority bail bank board breach british
    building care case casework centre chair chase chief child children christmas civil clinic code college commissioner committee community compliance
    concern constabulary contact coroner council county court covid crime criminal crown custody cymru data day december delius delivery department director
    district division duty rota domestic easter education employment enforcement england english epf exchange family february file force friday gender general
    gmt good google governor government great group head health home hospital house housing human hub i inspectorate integrated intervention it january job
    july june justice law legal level licence line local london magistrate magistrates management manager mappa march marac may mental message microsoft
    minister ministry monday mp national ndelius new nhs no nomis north northern notice november oasys october offender office officer online order
    outlook parliament parole pdf pdu people personal plan policy police post practice premises pre-sentence prison private probation professional programme protection
    psr public recall records reference region regional register registration rehabilitation report reporting requirement reset review risk roads royal safeguarding
    saturday school scotland secretary section secure senior sentence september service services sex sharepoint social south staff standard standards state subject
    sunday supervision support suspended system targets teams team thursday treatment trade training tribunal tuesday unit union unison united unpaid vetting victim
    video visor wales wednesday welsh west whatsapp whistleblowing witness work workload wmt year young youth
    re fw fwd dear hello hi thanks thank regards yours sincerely faithfully kind best please yes ok okay none all any every each this that these those the a an and or but
    if when where who what why how he she it we you they his her its our your their my in on at to for from with without by as of not never always also after before
    i'm i've i'd i'll it's that's there's he's she's we're they're don't can't won't jan feb mar apr jun jul aug sep sept oct nov dec
    mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue wed thu fri sat sun since until while because so then there here now today yesterday tomorrow both either neither only even still just once again more most less least one two three
    ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr dydd nos llun mercher iau gwener sadwrn sul
    mae mae'r oes bydd roedd oedd fod bod wedi yn yr y ym yng ar i'r o'r a'r ac gan gyda wrth dros rhwng drwy heb hyd nid nad ddim ni mi fe hi ef chi nhw eu ei fy dy ein eich
    hwn hon hyn hwnnw honno hynny dyma dyna pan os neu ond felly hefyd cyn ôl am beth pwy ble pam sut pob rhai llawer pryd yna nawr heddiw ddoe yfory diolch annwyl cofion
    cymru cymraeg gymraeg llys prawf gwasanaeth swyddog rheolwr rheolwyr tribiwnlys undeb adroddiad heddlu cyngor
    four five six seven eight nine ten first second third last next other another same such some many few much over under between during about against into out up down off
    """,
    )
)
"""Words that are capitalised in this work, or that often begin a sentence, and are not names."""
WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
"""A word: letters, with apostrophes and hyphens between letters."""
SENTENCE_END: Final = re.compile(r"[.!?:;\n\u2029\"“”‘•–—(\[/]\s*$|^\s*$|^\s*[-*]\s*$|\n\s*$")
"""Text after which a capital is usual: the end of a sentence, an opening mark, a list item or a line break."""
INITIAL: Final = re.compile(r"\b[A-Z]\. $")
"""An initial before a surname."""
CONTEXT: Final = 60
"""Number of characters of context on each side of a possible name."""


@dataclass(frozen=True, slots=True)
class PossibleName:
    """Words that may be a name, with up to `CONTEXT` characters of text before and after them, and where they start and end."""

    words: str
    before: str
    after: str
    start: int
    end: int


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return the words of the program's own kinds, fields and vocabularies and `SERVICE_WORDS`, in lower case."""
    texts: list[str] = []
    for kind in KINDS.values():
        texts += [kind.label, kind.purpose]
        for field in fields_of(kind):
            texts += _texts(field)
    return frozenset(match.group().casefold() for text in texts for match in WORD.finditer(text)) | SERVICE_WORDS


def _texts(field: Field) -> Iterator[str]:
    yield field.label
    yield from field.choices
    for part in field.parts:
        yield from _texts(part)


@lru_cache(maxsize=4)
def _decided(known: frozenset[str]) -> frozenset[str]:
    return known_words() | {_plain(match.group()) for each in known for match in WORD.finditer(each)}


def possible_names(
    text: str, known: Iterable[str] = (), is_ordinary: Callable[[str], bool] = lambda _word: True
) -> Iterator[PossibleName]:
    """Yield the runs of capitalised words in a text that may be names.

    `known` are names and words that are decided already: their words are left out. A single word at the beginning of a
    sentence is left out if `is_ordinary` returns true for it.
    """
    decided = _decided(frozenset(known))
    run: list[re.Match[str]] = []
    # Adjoining words are collected in a run. The None at the end ends the last run.
    for word in [*WORD.finditer(text), None]:
        if word is not None and not _stands_alone(text, word):
            continue
        if word is not None and _may_name(word.group(), decided) and (not run or _adjoins(text, run[-1], word)):
            run.append(word)
            continue
        yield from _as_name(text, run, is_ordinary)
        run = [word] if word is not None and _may_name(word.group(), decided) else []


def _may_name(word: str, decided: frozenset[str] | set[str]) -> bool:
    """Return whether a word is capitalised, not all capitals (an abbreviation), and not decided, whole or in its parts."""
    parts = [part for part in re.split(r"['-]", _plain(word)) if len(part) > 1]
    return (
        word[:1].isupper()
        and not word.isupper()
        and _plain(word) not in decided
        and not all(part in decided for part in parts)
    )


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _stands_alone(text: str, word: re.Match[str]) -> bool:
    """Return whether a word is not part of an address, a path or a code: no letter, digit, @, / or the like adjoins it."""
    before, after = text[max(0, word.start() - 1) : word.start()], text[word.end() : word.end() + 1]
    return not (
        before.isalnum() or before in {"_", "@", "/", "+", "="} or after.isalnum() or after in {"_", "@", "/", "+", "="}
    )


def _adjoins(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Return whether two words belong to one run: a space or line break between them, or ``. `` after an initial."""
    return text[before.end() : after.start()] in {" ", "\n", ". "} and (
        text[before.end() : after.start()] != ". " or len(before.group()) == 1
    )


def _as_name(text: str, run: list[re.Match[str]], is_ordinary: Callable[[str], bool]) -> Iterator[PossibleName]:
    """Yield a run as a possible name, unless it is one ordinary word whose capital begins a sentence."""
    if not run or (len(run) == 1 and _plain(run[0].group()) in NEVER_NAMES):
        return
    start, end = run[0].start(), run[-1].end()
    before = text[max(0, start - CONTEXT) : start]
    titled = WORD.findall(before)[-1:] and WORD.findall(before)[-1].casefold() in TITLES
    begins = SENTENCE_END.search(text[:start][-4:] if start else "") is not None
    initial = INITIAL.search(before) is not None
    if begins and len(run) == 1 and not titled and not initial and is_ordinary(_plain(run[0].group())):
        return
    words = text[start:end].removesuffix("’s").removesuffix("'s")
    if len(words) > 1:
        yield PossibleName(
            " ".join(words.split()),
            before.replace("\n", " "),
            text[end : end + CONTEXT].replace("\n", " "),
            start,
            end,
        )
