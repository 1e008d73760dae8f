"""Right-to-left text and Arabic letters in the order and form in which they are displayed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.bundle.typeset.bidi import joined, visual
from evidence_app.bundle.typeset.fonts import REGULAR, fonts

LETTERS = st.text(st.sampled_from("abc אבגד عمل سلام 0123 ,.:-()%"), max_size=24)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("plain words, 12.5 %", "plain words, 12.5 %"),
        ("אבג", "גבא"),
        ("He said אבג 12 to me", "He said 12 גבא to me"),
        ("אבג 45 דהו", "והד 45 גבא"),
        ("a (ב) c", "a (ב) c"),
        ("אב (גד)", "(דג) בא"),
        ("15% של abc", "abc לש 15%"),
    ],
)
def test_a_line_is_reordered_for_display(line: str, seen: str) -> None:
    assert visual(line) == seen


def test_arabic_letters_take_their_contextual_form() -> None:
    names = [unicodedata.name(character) for character in joined("\u0628\u0628\u0628")]
    assert [name.rsplit(" ", 2)[1] for name in names] == ["INITIAL", "MEDIAL", "FINAL"]


def test_a_non_joining_letter_breaks_the_join() -> None:
    names = [unicodedata.name(character) for character in joined("\u062f\u0628")]
    assert [name.rsplit(" ", 2)[1] for name in names] == ["ISOLATED", "ISOLATED"]


def test_lam_and_alef_form_a_ligature() -> None:
    assert len(joined("\u0644\u0627")) == 1


def test_a_vowel_sign_does_not_break_a_join() -> None:
    first, sign, last = joined("\u0628\u064e\u0628")
    assert (unicodedata.name(first).split()[-2], sign) == ("INITIAL", "\u064e")
    assert "FINAL" in unicodedata.name(last)


@given(LETTERS)
def test_reordering_loses_no_character(line: str) -> None:
    mirrored = str.maketrans("()", "))")
    assert sorted(visual(line).translate(mirrored)) == sorted(joined(line).translate(mirrored).replace("(", ")"))


@given(LETTERS)
def test_a_line_without_right_to_left_letters_is_unchanged(line: str) -> None:
    left = "".join(character for character in line if unicodedata.bidirectional(character) not in {"R", "AL"})
    assert visual(left) == left


@pytest.mark.parametrize("text", ["مرحبا", "שלום", "你好，世界", "日本語", "한국어", "tŷ ŵyr", "Ελληνικά"])
def test_text_in_other_scripts_can_be_drawn(text: str) -> None:
    assert fonts().substitute(text) == (text, 0)
    assert fonts().width(text, REGULAR, 10) > 0


@pytest.mark.parametrize("text", ["a\u202egnp.exe", "\u2067x\u2069"])
def test_what_makes_a_line_read_otherwise_is_replaced(text: str) -> None:
    drawn, missing = fonts().substitute(text)
    assert drawn.count("\ufffd") == missing > 0
