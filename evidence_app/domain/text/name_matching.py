"""Where a name stands in a text, however it is written there (docs/spec/names.md)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from evidence_app.domain.text.folding import UNSEEN
from evidence_app.domain.text.identifiers import without_digests

STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart, as people type them who do not have them on the keyboard."""
LIKE_OTHERS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u02bc\u2032\u02b9`\u00b4\uff07", "'"),
        # PDFium gives U+FFFE for a hyphen at the end of a line.
        # In names of files an underscore stands for a space.
        "_": " ",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d\ufffe", "-"),
    }
)
SPACE: Final = re.compile(r"\s*[\r\n][\s>|]*|\s+")
"""White space, with the marks before the lines of a quoted mail."""
SOFT_BREAK: Final = re.compile("\u00ad(?=\\s)")
WITHIN_WORD: Final = re.compile(r"'?|- ?")
AT_APOSTROPHE: Final = re.compile(r"'? ?|- ?")
BETWEEN_WORDS: Final = re.compile(r" ?[-'.,]? ?")
AFTER_INITIAL: Final = re.compile(r"\. ?| ")
BEFORE_FORENAME: Final = re.compile(r",? ?")
BEFORE_INITIAL: Final = re.compile(r", ?")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, folded, with the offset in the text from which each comes."""

    text: str
    letters: str
    offsets: Sequence[int]

    def between(self, index: int) -> str:
        """Return what stands between a letter and the next, in its compared form: nothing too if both come from one ligature."""
        return _between(self.text[self.offsets[index] + 1 : self.offsets[index + 1]])

    def is_word(self, first: int, last: int) -> bool:
        """Return whether no letter stands directly before the first or after the last."""
        return (first == 0 or bool(self.between(first - 1))) and (
            last == len(self.letters) - 1 or bool(self.between(last))
        )

    def is_capital(self, index: int) -> bool:
        """Return whether a letter is a capital in the text."""
        return self.text[self.offsets[index]].isupper()


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a name: its letters, what may stand behind each but the last, and which of them must be capitals."""

    letters: str
    gaps: tuple[re.Pattern[str], ...]
    capitals: tuple[int, ...] = ()


def find_words(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each occurrence of a name in a text, in order (docs/spec/names.md, sections 1 to 3)."""
    form = form_of(name)
    if form is not None:
        yield from find_forms((form,), letters_of(text))


def find_person(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each occurrence of a person's name in any form (docs/spec/names.md, section 4)."""
    yield from find_forms(forms_of_person(name), letters_of(text))


def find_forms(forms: Sequence[Form], read: Letters) -> Iterator[tuple[int, int]]:
    """Yield start and end of each occurrence of forms of a name, form by form, none over one of an earlier form."""
    # “Ann Lee, Ann Lee” holds “Lee, Ann” too, which would make one of two. Marked letter by letter: a name may stand in thousands of places.
    taken = bytearray(len(read.letters))
    for form in forms:
        length = len(form.letters)
        first = read.letters.find(form.letters)
        while first >= 0:
            if not any(taken[first : first + length]) and _is_match(form, read, first):
                taken[first : first + length] = b"\x01" * length
                yield read.offsets[first], _end(read.text, read.offsets[first + length - 1] + 1)
            first = read.letters.find(form.letters, first + 1)


def _is_match(form: Form, read: Letters, first: int) -> bool:
    """Return whether the letters of a form, which stand at a place of the text, stand there as a name."""
    if not read.is_word(first, first + len(form.letters) - 1):
        return False
    if not all(read.is_capital(first + place) for place in form.capitals):
        return False
    gaps = (read.between(first + place) for place in range(len(form.gaps)))
    return all(allowed.fullmatch(gap) for allowed, gap in zip(form.gaps, gaps, strict=True))


def letters_of(text: str) -> Letters:
    """Return the letters of a text (docs/spec/names.md, section 1), without those of digests."""
    # In an address of the web a space is spelled so.
    text = without_digests(text).replace("%20", "   ")
    if text.isascii():
        ascii_offsets = [offset for offset, character in enumerate(text) if character.isalnum()]
        return Letters(text, "".join(text[offset] for offset in ascii_offsets).lower(), ascii_offsets)
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for letter in _folded(character):
            letters.append(letter)
            offsets.append(offset)
    return Letters(text, "".join(letters), offsets)


def compared(text: str) -> str:
    """Return a text with its letters folded as in `letters_of`, and what is between them in its compared form."""
    if text.isascii():
        return text.lower()
    seen = (_folded(each) or each for each in SOFT_BREAK.sub("-", text) if unicodedata.category(each) != "Mn")
    return "".join(each for each in seen if each not in UNSEEN).translate(LIKE_OTHERS)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in UNSEEN or ord(character) in LIKE_OTHERS:
        return ""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()).translate(STROKES)
    return "".join(each for each in parts if each.isalnum())


def _between(text: str) -> str:
    """Return what stands between letters in its compared form."""
    # A soft hyphen is seen where the line breaks behind it.
    seen = (each for each in SOFT_BREAK.sub("-", text) if each not in UNSEEN and unicodedata.category(each) != "Mn")
    return SPACE.sub(" ", "".join(seen).translate(LIKE_OTHERS))


def _end(text: str, end: int) -> int:
    """Return the end of a match with the combining marks behind its last letter."""
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end


def form_of(name: str) -> Form | None:
    """Return the form in which a name is set, or None if it has no letters."""
    read = letters_of(name)
    if not read.letters:
        return None
    return Form(read.letters, tuple(_allowed(read.between(place)) for place in range(len(read.letters) - 1)))


def _allowed(gap: str) -> re.Pattern[str]:
    """Return what may stand in a text where this stands in a name (docs/spec/names.md, section 2)."""
    if not gap:
        return WITHIN_WORD
    if gap == "'":
        return AT_APOSTROPHE
    if gap.strip(" ") in {"", "-"}:
        return BETWEEN_WORDS
    return re.compile(" ?" + " ?".join(re.escape(each) for each in gap if each != " ") + " ?")


def forms_of_person(name: str) -> tuple[Form, ...]:
    """Return the forms in which a person's name may be written (docs/spec/names.md, section 4); of one word there is one."""
    whole = form_of(name)
    words = [form for word in name.split() if (form := form_of(word))]
    if whole is None or len(words) < 2:
        return (whole,) if whole else ()
    *fore, last = words
    initials = [Form(word.letters[0], (), (0,)) for word in fore]
    capital = Form(last.letters, last.gaps, (0,))
    return (
        whole,
        _joined([last, *fore], [BEFORE_FORENAME, *[BETWEEN_WORDS] * (len(fore) - 1)]),
        _joined([fore[0], last], [BETWEEN_WORDS]),
        _joined([*initials, capital], [AFTER_INITIAL] * len(initials)),
        _joined([initials[0], capital], [AFTER_INITIAL]),
        _joined([capital, initials[0]], [BEFORE_INITIAL]),
    )


def _joined(parts: Sequence[Form], gaps: Sequence[re.Pattern[str]]) -> Form:
    """Return forms as one, with a gap between each two."""
    whole = parts[0]
    for (_, part), gap in zip(pairwise(parts), gaps, strict=True):
        capitals = (*whole.capitals, *(len(whole.letters) + place for place in part.capitals))
        whole = Form(whole.letters + part.letters, (*whole.gaps, gap, *part.gaps), capitals)
    return whole
