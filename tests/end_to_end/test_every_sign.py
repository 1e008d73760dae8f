"""Signs that people type: a thumb or a tick may be the whole message. They are drawn, and stand in the text; what cannot be drawn is counted."""

from pathlib import Path

import page as page_validation
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from evidence_app.bundle.typeset.fonts import MISSING_GLYPH, fonts
from evidence_app.domain.record.selection import Selection
from evidence_app.files import resource
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words, concern, seal_with

SIGNS = "👍 👎 ✓ ✔ ✗ ☐ ☑ ☒ → ← ⇒ 😀 🙏 ❤ ✅ ❌ ⚠ 📎 📷 🎤 ① ② ≤ ≥ ≠ ∞ ★ ● ■ สวัสดี"
DIRECTED = "\u202aDarren Wilkenshaw\u202c: \u200e<attached>, at 2\u202fpm, ok\ufeff, ❤\ufe0f, co\u00adoperate"


@pytest.mark.parametrize("sign", SIGNS.split())
def test_a_sign_has_a_font(sign: str) -> None:
    assert fonts().substitute(sign) == (sign, 0)


@pytest.mark.parametrize("file", sorted(resource("fonts").glob("*.ttf")), ids=lambda file: file.name)
def test_a_fonts_widths_are_embedded_as_they_are(file: Path) -> None:
    """Of glyphs that share the last width reportlab embeds another one, unless a font has 1000 units (findings/reportlab-last-widths-in-thousandths.sh)."""
    if file.name.startswith("Liberation"):
        # Put in by pikepdf, not by reportlab.
        return
    with TTFont(file, lazy=True) as font:
        units, written, order = font["head"].unitsPerEm, font["hhea"].numberOfHMetrics, font.getGlyphOrder()
        shared = set(order[written:])
        assert units == 1000 or not [code for code, name in font.getBestCmap().items() if name in shared]


def test_marks_that_show_nothing_are_no_replacement_marks() -> None:
    drawn, missing = fonts().substitute(DIRECTED)
    assert missing == 0
    assert MISSING_GLYPH not in drawn
    assert drawn.replace("\u202f", " ") == "Darren Wilkenshaw: <attached>, at 2 pm, ok, ❤, cooperate"


@pytest.mark.parametrize("text", ["abc\u202edef\u202c", "\u202aשלום\u202c", "\u2067abc\u2069"])
def test_marks_that_change_the_order_are_still_shown(text: str) -> None:
    assert fonts().substitute(text)[1] > 0


def test_signs_stand_on_the_page_and_in_the_text_of_records_and_exhibits(session: Session, tmp_path: Path) -> None:
    talk = f"12/05/2026, 14:01 - A: 👍\n12/05/2026, 14:02 - B: {SIGNS}\n"
    seal_with(session, concern(f"He sent only {SIGNS}"), {"chat.txt": talk.encode()})
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    words = all_words(out)
    assert [sign for sign in SIGNS.split() if words.count(sign) < 2] == []
    assert MISSING_GLYPH not in words
    assert verify_file(out).verdict is Verdict.VERIFIED
    document = pypdfium2.PdfDocument(out)
    try:
        page = next(each for each in document if "A conversation of" in each.get_textpage().get_text_range())
        dark = page.render(scale=2).to_pil().convert("L").crop((400, 235, 1100, 340)).histogram()
    finally:
        document.close()
    assert sum(dark[:100]) > 500, "nothing is drawn where the signs stand"


def test_what_cannot_be_drawn_is_counted_for_exhibits_too(session: Session, tmp_path: Path) -> None:
    seal_with(
        session,
        concern("see the chat"),
        {"chat.txt": "12/05/2026, 14:01 - A: \U00012000\n12/05/2026, 14:02 - B: x".encode()},
    )
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    assert "1 characters are outside the embedded fonts" in all_words(out)


SCRIPTS = {
    "Devanagari": "साप्ताहिक मुलाकातें, क्षत्रिय हिन्दी",
    "Bengali": "আমি আগামীকাল আসব না, সাপ্তাহিক সাক্ষাৎ",
    "Gurmukhi": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ, ਮੈਂ ਕੱਲ੍ਹ ਨਹੀਂ ਆਵਾਂਗਾ",
    "Gujarati": "નમસ્તે, હું કાલે નહીં આવું",
    "Tamil": "வணக்கம், நான் நாளை வரமாட்டேன்",
    "Telugu": "నమస్తే, నేను రేపు రాను",
    "Thai": "ที่นี่ ผมจะไม่มาพรุ่งนี้",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_letters_of_a_script_are_joined_and_take_the_room_that_they_are_drawn_in(script: str) -> None:
    text = SCRIPTS[script]
    assert fonts().substitute(text) == (text, 0)
    (name, piece), *rest = fonts().pieces(text, "Text")
    assert (name, piece, rest) == (f"Text-{script}", text, [])
    glyphs = fonts().shaped(name).shape(text)
    assert sum(glyph.advance for glyph in glyphs) / 1000 == pytest.approx(fonts().width(text, "Text", 1))
    # A vowel that is written before its consonant, or letters that become one sign: not one glyph a letter, in the order of the letters.
    assert [glyph.character for glyph in glyphs] != list(text)


def test_a_mark_that_parts_letters_is_kept_where_it_decides_what_is_drawn() -> None:
    parted, joined = "क्\u200cष", "क्ष"
    assert fonts().substitute(parted) == (parted, 0)
    assert fonts().substitute("co\u200coperate") == ("cooperate", 0)
    shaped = fonts().shaped("Text-Devanagari")
    assert shaped.shape(parted) != shaped.shape(joined)


def test_characters_of_the_private_area_have_no_font() -> None:
    """Glyphs get such characters inside the program; one that stands in a text is still unknown."""
    fonts().shaped("Text-Devanagari").shape(SCRIPTS["Devanagari"])
    assert fonts().substitute("\ue000\ue001\ue002")[1] == 3


def test_scripts_stand_on_the_page_and_in_the_text_and_pass_both_validators(session: Session, tmp_path: Path) -> None:
    said = " / ".join(SCRIPTS.values())
    seal_with(session, concern(f"She wrote: {said}"), {"chat.txt": f"12/05/2026, 14:01 - A: {said}\n".encode()})
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    words = " ".join(all_words(out).split())
    assert [script for script, text in SCRIPTS.items() if words.count(text) < 2] == []
    assert MISSING_GLYPH not in words
    assert verify_file(out).verdict is Verdict.VERIFIED
    for profile in ("3b", "ua1"):
        report = page_validation.validate_pdf(out, profile=profile)
        assert report.is_compliant, [str(each) for each in report.failures][:3]
