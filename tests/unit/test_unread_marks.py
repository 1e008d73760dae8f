"""What looks like writing on a picture and was not read: pale words, stamps that lie aslant, writing upside down; not rules, frames and dirt."""

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from evidence_app.documents.opening import words_on_page
from evidence_app.documents.recognition import (
    _REMEMBERED,
    MAX_FAILURES,
    NOT_FINISHED,
    UNREAD,
    as_read,
    forget,
    recognise,
)
from evidence_app.documents.unread_marks import median
from evidence_app.documents.workers.values import pixels_of
from evidence_app.files import resource

LINES = (
    "The supervision plan was agreed at the office on Tuesday",
    "He attended on time and the matters were discussed",
    "The next appointment is at ten in the morning",
)
FONT = str(resource("fonts/NotoSans-Bold.ttf"))


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


def page(add: Callable[[Image.Image, ImageDraw.ImageDraw], None]) -> Image.Image:
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 26)
    for number in range(9):
        draw.text((120, 200 + 50 * number), LINES[number % 3], fill=0, font=font)
    add(image, draw)
    return image


def stamp(degrees: float) -> Callable[[Image.Image, ImageDraw.ImageDraw], None]:
    def add(image: Image.Image, _: ImageDraw.ImageDraw) -> None:
        small = Image.new("L", (460, 140), 255)
        ImageDraw.Draw(small).text((20, 40), "Anwen Prothero", fill=0, font=ImageFont.truetype(FONT, 40))
        image.paste(small.rotate(degrees, expand=True, fillcolor=255), (600, 900))

    return add


def pale(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    del image
    draw.text((130, 950), "Seen with Anwen Prothero at home", fill=208, font=ImageFont.truetype(FONT, 28))


def grainy(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    random.seed(3)
    noise = Image.frombytes("L", (900, 300), random.randbytes(270_000))
    image.paste(noise, (150, 900))
    draw.text((200, 1000), "Anwen Prothero", fill=255, font=ImageFont.truetype(FONT, 40))


@pytest.mark.parametrize("add", [stamp(15), stamp(45), stamp(180), pale, grainy])
def test_writing_that_was_not_read_is_a_doubt(add: Callable[[Image.Image, ImageDraw.ImageDraw], None]) -> None:
    found = recognise(page(add), 150)
    assert "Prothero" not in " ".join(word.text for word in found.words), "it was read: the sample shows nothing"
    assert found.doubt == UNREAD


def test_a_finished_page_is_read_alike_and_not_searched_for_what_was_not_read() -> None:
    drawn = pixels_of(as_read(page(stamp(30))))
    reviewed, finished = words_on_page(drawn, 150), words_on_page(drawn, 150, words_alone=True)
    assert (reviewed.doubt, finished.doubt) == (UNREAD, "")
    assert reviewed.words == finished.words
    assert finished.words


def test_a_finished_page_is_tried_when_others_are_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = pixels_of(as_read(page(stamp(30))))
    monkeypatch.setattr(_REMEMBERED, "failures", MAX_FAILURES)
    assert words_on_page(drawn, 150).doubt == NOT_FINISHED
    assert words_on_page(drawn, 150, words_alone=True).words


def frame(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((60, 60, image.width - 60, image.height - 60), outline=0, width=3)
    for y in range(900, 1300, 60):
        draw.line((120, y, 1100, y), fill=0, width=3)
    for x in (120, 450, 1100):
        draw.line((x, 900, x, 1260), fill=0, width=3)


def dirt(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    random.seed(5)
    for _ in range(150):
        x, y = random.randrange(image.width), random.randrange(image.height)
        draw.ellipse((x, y, x + 1, y + 1), fill=random.randrange(160))


def bar(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((100, 900, image.width - 100, 960), fill=30)


@pytest.mark.parametrize("add", [lambda image, draw: None, frame, dirt, bar])
def test_rules_frames_bars_and_dirt_are_none(add: Callable[[Image.Image, ImageDraw.ImageDraw], None]) -> None:
    assert recognise(page(add), 150).doubt == ""


@given(st.integers(1, 7), st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_median_is_that_of_nine_pixels(width: int, height: int, chance: random.Random) -> None:
    image = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    assert median(image).tobytes() == image.filter(ImageFilter.MedianFilter(3)).tobytes()
