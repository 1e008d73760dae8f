"""Finds on a picture what looks like writing and was not read: stamps that lie aslant, pale words, handwriting, signatures, crests."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from evidence_app.documents.shown_words import ShownWord

SIDE: Final = 1_200
"""Pixels of the longer side at which a picture is looked at: about 100 an inch of an A4 page."""
AROUND: Final = 14
"""Radius, in pixels, of what a pixel is compared with: paper is not evenly lit."""
CONTRAST: Final = 10
"""Difference from its surroundings, of 255, from which a pixel is a mark."""
DARK: Final = 110
"""Mean of its surroundings, of 255, below which a pixel stands on a dark ground."""
TILE: Final = 12
"""Side of the tiles in which marks are counted, in pixels: about the height of a line."""
MIN_CHANGES: Final = 22
"""Changes between mark and ground in a tile, of 255, in both directions: rules and frames change in one alone."""
MIN_TILES: Final = 4
WINDOW: Final = 6, 2
"""So many tiles with marks among so many beside and below one another are taken for writing: specks of dirt are not."""
READ_AROUND: Final = 0.4
"""How far around a word's box its letters may reach, in heights of the box."""

BESIDE: Final = 0.2, 3.0
"""Where beside a word the rest of its number would stand, from and to, in heights of its box."""
MIN_INK: Final = 0.03
"""Part of the place beside a word that is ink, from which something stands there."""


def has_cut_numbers(grey: Any, words: Sequence[ShownWord]) -> bool:
    """Return whether beside a word with figures, on its line, stands ink that no word has: the recogniser drops the ends of some lines.

    `grey` is a grey Pillow image that stands upright.
    """
    return any(
        _stands_alone(place, words) and _has_ink(grey, place)
        for word in words
        if any(character.isdigit() for character in word.text)
        for place in _beside(word, grey.height / max(grey.width, 1))
    )


def _beside(word: ShownWord, form: float) -> Iterator[ShownWord]:
    """Yield the places to the right and to the left of a word; `form` is the height of the picture through its width."""
    high = (word.bottom - word.top) * form
    near, far = BESIDE[0] * high, BESIDE[1] * high
    yield ShownWord(word.right + near, word.top, min(1.0, word.right + far), word.bottom, "")
    yield ShownWord(max(0.0, word.left - far), word.top, word.left - near, word.bottom, "")


def _stands_alone(place: ShownWord, words: Sequence[ShownWord]) -> bool:
    """Whether no word reaches into a place."""
    return place.right > place.left and not any(
        word.left < place.right and word.right > place.left and word.top < place.bottom and word.bottom > place.top
        for word in words
    )


def _has_ink(grey: Any, place: ShownWord) -> bool:
    box = (
        int(place.left * grey.width),
        int(place.top * grey.height),
        max(int(place.left * grey.width) + 1, int(place.right * grey.width)),
        max(int(place.top * grey.height) + 1, int(place.bottom * grey.height)),
    )
    counts = grey.crop(box).histogram()
    return bool(sum(counts[:DARK]) > MIN_INK * sum(counts))


def has_unread_marks(grey: Any, words: Sequence[ShownWord]) -> bool:
    """Return whether a grey Pillow image that stands upright shows what looks like writing outside the boxes of the words that were read."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    small = grey.copy()
    small.thumbnail((SIDE, SIDE))
    small = median(small)
    mean = small.filter(ImageFilter.BoxBlur(AROUND))
    # Darker than its surroundings; on a dark ground, lighter: there the paper beside dark letters would be a mark itself.
    dark = ImageChops.subtract(mean, small).point(lambda level: 255 if level > CONTRAST else 0)
    light = ImageChops.subtract(small, mean).point(lambda level: 255 if level > CONTRAST else 0)
    marks = ImageChops.lighter(dark, ImageChops.darker(light, mean.point(lambda level: 255 if level < DARK else 0)))
    draw = ImageDraw.Draw(marks)
    for word in words:
        around = READ_AROUND * (word.bottom - word.top) * small.height
        draw.rectangle(
            (
                word.left * small.width - around,
                word.top * small.height - around,
                word.right * small.width + around,
                word.bottom * small.height + around,
            ),
            fill=0,
        )
    across, down = max(1, small.width // TILE), max(1, small.height // TILE)
    changes = [
        ImageChops.difference(marks, ImageChops.offset(marks, x, y)).resize((across, down), Image.Resampling.BOX)
        for x, y in ((1, 0), (0, 1))
    ]
    lively = ImageChops.darker(*changes).point(lambda level: 1 if level >= MIN_CHANGES else 0).tobytes()
    if lively.count(1) < MIN_TILES:
        return False
    rows = [lively[start : start + across] for start in range(0, across * down, across)]
    wide, high = WINDOW
    return any(
        sum(sum(row[left : left + wide]) for row in rows[top : top + high]) >= MIN_TILES
        for top in range(max(1, down - high + 1))
        for left in range(max(1, across - wide + 1))
    )


def median(grey: Any) -> Any:
    """Return a grey Pillow image with each pixel the median of the nine around it, as `ImageFilter.MedianFilter(3)` does in twice the time.

    The three pixels of each column are put in order first; then the median is that of the largest of the small ones, the middle one of
    the middle ones, and the smallest of the large ones. The picture goes on at its edges with the pixels of the edge.
    """
    from PIL import ImageChops

    lesser, greater = ImageChops.darker, ImageChops.lighter

    def middle_of(one: Any, two: Any, three: Any) -> Any:
        return greater(lesser(one, two), lesser(greater(one, two), three))

    edged, (width, height) = _with_edge(grey), grey.size
    above, at, below = (edged.crop((0, top, width + 2, top + height)) for top in range(3))
    columns = (lesser(lesser(above, at), below), middle_of(above, at, below), greater(greater(above, at), below))
    small, middle, large = ([each.crop((left, 0, left + width, height)) for left in range(3)] for each in columns)
    return middle_of(
        greater(greater(small[0], small[1]), small[2]),
        middle_of(*middle),
        lesser(lesser(large[0], large[1]), large[2]),
    )


def _with_edge(grey: Any) -> Any:
    """Return a grey Pillow image with one pixel more on each side, of the colour of the edge."""
    from PIL import Image

    width, height = grey.size
    edged = Image.new("L", (width + 2, height + 2))
    edged.paste(grey, (1, 1))
    edged.paste(grey.crop((0, 0, width, 1)), (1, 0))
    edged.paste(grey.crop((0, height - 1, width, height)), (1, height + 1))
    edged.paste(edged.crop((1, 0, 2, height + 2)), (0, 0))
    edged.paste(edged.crop((width, 0, width + 1, height + 2)), (width + 1, 0))
    return edged
