"""Words on pictures: recognised upright and turned, in English and Welsh; a picture that cannot be read is in doubt, and nothing else suffers."""

import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_app.documents import drawn_page, recognition, recognition_worker
from evidence_app.documents.picture_pages import PicturePages
from evidence_app.documents.recognition import (
    FAINT,
    NOT_FINISHED,
    NOT_THERE,
    WORDLESS,
    forget,
    recognise,
    turned_upright,
)
from evidence_app.documents.shown_words import ShownWord
from evidence_app.documents.unread_marks import has_cut_numbers
from evidence_app.errors import InputError
from evidence_app.files import resource
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings, reset_setting
from tests.support.sample_documents import scan

LINES = ("The kitchen window was mended", "in the morning, and Siân Llŷr", "came to see the two chairs")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


def page(*lines: str, size: int = 40) -> Image.Image:
    image = Image.new("L", (1000, 600), 255)
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), size)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((80, 80 + 90 * number), line, font=font, fill=0)
    return image


@pytest.mark.parametrize(("quarters", "readings"), [(0, 1), (1, 2), (2, 2), (3, 3)])
def test_the_first_reading_says_which_way_to_turn_a_page(
    quarters: int, readings: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = turned_upright(page(*LINES), -quarters % 4).convert("L")
    read, turns = recognition_worker.read, []

    def counted(api: Any, picture: tuple[bytes, int, int], dpi: int) -> list[recognition_worker.Word]:
        turns.append(picture[1:])
        return read(api, picture, dpi)

    monkeypatch.setattr(recognition_worker, "read", counted)
    api = drawn_page._recogniser(recognition.LANGUAGES)
    found, words = recognition_worker.recognise(api, (lying.tobytes(), lying.width, lying.height), 150)
    assert (found, " ".join(word[5] for word in words)) == (quarters, " ".join(LINES))
    assert len(turns) == readings


@pytest.mark.parametrize("line", ["0161 496 0123", "SIÂN HOHN", "6861/1996/1609"])
@pytest.mark.parametrize("quarters", [1, 3])
def test_what_is_read_upside_down_too_is_returned_upright(line: str, quarters: int) -> None:
    lying = turned_upright(page(line, size=60), -quarters % 4)
    found = recognise(lying, 150)
    assert (found.quarters, " ".join(word.text for word in found.words)) == (quarters, line)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_read_however_it_lies(quarters: int) -> None:
    upright = page(*LINES)
    found = recognise(turned_upright(upright, -quarters % 4), 150)
    assert " ".join(word.text for word in found.words) == " ".join(LINES)
    assert (found.quarters, found.doubt) == (quarters, "")
    first, last = found.words[0], found.words[-1]
    # Boxes are those of the upright page.
    assert first.top < 0.3 < last.top
    assert first.left < 0.12


def test_a_drawing_that_reads_badly_on_its_head_stays_as_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scribbles and logos have a few letters, hardly legible, whichever way they are turned; what was read is where it is."""
    upright = (b"\1" + bytes(199), 20, 10)

    def read(_api: Any, picture: tuple[bytes, int, int], _dpi: int) -> list[recognition_worker.Word]:
        return [] if picture == upright else [(1, 2, 9, 5, 40.0, "pueus")]

    monkeypatch.setattr(recognition_worker, "read", read)
    assert recognition_worker.recognise(None, upright, 150) == (0, [(11, 5, 19, 8, 40.0, "pueus")])


@pytest.mark.parametrize("quarters", range(4))
def test_boxes_turned_back_are_where_the_words_lie(quarters: int) -> None:
    lying = Image.new("L", (90, 50))
    ImageDraw.Draw(lying).rectangle((12, 7, 40, 19), fill=255)
    box = turned_upright(lying, quarters).getbbox()
    assert box is not None
    word = (*box, 90.0, "word")
    assert recognition_worker.turned_back([word], quarters, *lying.size) == [(*(lying.getbbox() or ()), 90.0, "word")]


def test_a_blank_picture_shows_nothing_and_is_not_in_doubt() -> None:
    assert recognise(Image.new("RGB", (600, 800), "white")) == recognition.Recognised()
    assert recognise(Image.new("L", (1, 1), 0)) == recognition.Recognised()


def test_a_picture_without_words_is_in_doubt() -> None:
    image = Image.new("L", (400, 400), 255)
    ImageDraw.Draw(image).ellipse((60, 60, 340, 340), fill=0)
    assert recognise(image).doubt == WORDLESS


def test_a_picture_of_noise_is_in_doubt() -> None:
    random.seed(4)
    image = Image.frombytes("L", (500, 500), random.randbytes(250_000))
    assert recognise(image).doubt in {WORDLESS, FAINT}


def test_a_picture_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = recognise(page(*LINES))
    monkeypatch.setattr(recognition._WORKER, "ask", lambda *_: pytest.fail("it was read again"))
    assert recognise(page(*LINES)) == first


def test_what_was_read_is_forgotten() -> None:
    recognise(page(*LINES))
    forget()
    assert not recognition._REMEMBERED.results
    assert recognition._WORKER._process is None


def test_a_picture_that_takes_too_long_is_in_doubt_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr(recognition, "MAX_SECONDS", 0.01)
        began = time.monotonic()
        assert recognise(page(*LINES)).doubt == NOT_FINISHED
        assert time.monotonic() - began < 20
    assert recognise(page(*LINES)).words, "a picture that was not finished is remembered as read"


def test_a_recogniser_that_dies_takes_nothing_down() -> None:
    recognise(page("first words here"))
    process: Any = recognition._WORKER._process
    os.kill(process.pid, 9)
    process.wait()
    assert recognise(page(*LINES)).words


def test_after_three_in_a_row_no_other_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(recognition._WORKER, "ask", lambda *_: asked.append(1))
    for number in range(5):
        assert recognise(page(f"page {number}")).doubt == NOT_FINISHED
    assert len(asked) == recognition.MAX_FAILURES


def test_where_there_is_no_recogniser_every_picture_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "can_recognise", lambda: False)
    assert recognise(page(*LINES)) == recognition.Recognised(doubt=NOT_THERE)


def test_a_language_whose_data_is_missing_is_no_silent_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition._WORKER, "languages", "cym+eng+xyz")
    assert recognise(page(*LINES)).doubt == NOT_FINISHED


def test_a_further_language_is_set_used_and_kept(session: Session, tmp_path: Path) -> None:
    """The data of Welsh under another name stands for that of any language."""
    data = tmp_path / "data of mine" / "xyz.traineddata"
    data.parent.mkdir()
    data.write_bytes(resource("recognition/cym.traineddata").read_bytes())
    change_setting(session, "further_languages", [str(data)])
    assert recognition._WORKER.languages.split("+")[2].endswith("xyz")
    assert "window" in {word.text for word in recognise(page(*LINES)).words}
    with session.beside():
        assert recognition._WORKER.languages.count("+") == 2
    data.unlink()
    with session.beside():
        assert recognition._WORKER.languages == recognition.LANGUAGES
    reset_setting(session, "further_languages")
    assert recognition._WORKER.languages == recognition.LANGUAGES


@pytest.mark.parametrize("content", [None, b"", b"no data of a language" * 400])
def test_a_language_that_cannot_be_used_is_refused(content: bytes | None, session: Session, tmp_path: Path) -> None:
    data = tmp_path / "xyz.traineddata"
    if content is not None:
        data.write_bytes(content)
    with pytest.raises(InputError, match="xyz"):
        change_setting(session, "further_languages", [str(data)])
    assert load_settings(session).further_languages == ()
    assert "window" in {word.text for word in recognise(page(*LINES)).words}


def test_closing_a_store_does_not_wait_for_a_picture() -> None:
    """Else the window would stay open on a hard picture while it should lock."""
    random.seed(6)
    hard = Image.frombytes("L", (2500, 3000), random.randbytes(7_500_000))
    found: list[recognition.Recognised] = []
    reading = threading.Thread(target=lambda: found.append(recognise(hard)))
    reading.start()
    while recognition._WORKER._process is None:
        time.sleep(0.01)
    forget()
    reading.join()
    assert found[0].doubt == NOT_FINISHED, "it was waited for"
    assert not recognition._REMEMBERED.results, "what a closed store held is remembered"


@pytest.mark.parametrize(
    "answer", [b"\n", b"{}\n", b"[]\n", b'{"quarters": 0}\n', b'{"quarters": 0, "words": [[1]]}\n', b"\xff\n"]
)
def test_an_answer_of_another_form_is_a_picture_that_was_not_read(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition._WORKER, "ask", lambda *_: answer)
    assert recognise(page(*LINES)).doubt == NOT_FINISHED


def test_the_end_of_a_line_that_the_recogniser_drops_is_read_at_another_size() -> None:
    """At the size of this page the last words of the line are lost, without a word: a number would stand open."""
    with PicturePages(scan(["a letter came to the office today “AB 48 57 08 C”"], 90), "image/png") as pages:
        found = recognise(pages.page(0), 150)
    assert " ".join(word.text for word in found.words).endswith("AB 48 57 08 C”")
    assert found.doubt == ""


def test_rules_of_a_table_beside_its_numbers_are_no_cut_numbers() -> None:
    picture = Image.new("L", (1200, 800), 255)
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 34)
    words = []
    for row in range(6):
        for column in range(4):
            left, top = 40 + 280 * column, 40 + 110 * row
            draw.rectangle((left, top, left + 280, top + 110), outline=0, width=2)
            text = str(1000 + 37 * row * column)
            draw.text((left + 90, top + 30), text, 0, letters)
            x0, y0, x1, y1 = draw.textbbox((left + 90, top + 30), text, letters)
            words.append(ShownWord(x0 / 1200, y0 / 800, x1 / 1200, y1 / 800, text))
    assert not has_cut_numbers(picture, words)
    assert has_cut_numbers(
        picture, [ShownWord(*words[0][:2], words[0][0] + 0.4 * (words[0][2] - words[0][0]), words[0][3], "10")]
    )
