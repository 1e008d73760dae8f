"""Sets lines of a page's picture anew around what is withheld, so that neither a gap nor a space tells how long it was.

From the width of a black box alone a name can be picked out of a list of those who may be meant (docs/decisions/0026-width-of-what-is-withheld.md).
So every cover is equally wide, for its height; what stands on the line is moved up to it, with equal spaces between all words. Where that cannot be
done, for a line of a form runs through it, say, the cover goes on to the next column or to the margin.
"""

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from evidence_app.bundle.exhibits.text_rows import TextLine, TextRows
from evidence_app.documents.shown_words import ShownWord

COVER: Final = 2.4
"""Width of a cover, in heights of its line."""
SPACE: Final = 0.5
"""Space between words of a line that is set anew, in heights of the line."""
INK: Final = 90
"""How much darker or lighter than the ground a place is that has something on it, of 255."""
MAX_INK: Final = 0.01
"""Part of the gaps of a line that may have something on it, such as dirt of a scan."""
MARGIN: Final = 0.0025
"""How far paint goes over a word's box, in parts of the page: a box is as tight as the font says, and fonts lie."""
PAGE_END: Final = 0.97
"""Where a cover ends that goes to the margin, in parts of the page."""
MIN_LETTERS: Final = 3
"""Letters from which a word that is taller than wide stands on end."""
LONG: Final = 14.0
"""Least length of a cover of words that stand on end, in widths of theirs."""


def cover_words(image: Any, words: Sequence[ShownWord], hidden: frozenset[int]) -> list[ShownWord]:
    """Cover words on a page's picture, in place. Return the words that are left, where they stand now.

    `hidden` are the places in `words` of those to be withheld.
    """
    on_end = {place for place, word in enumerate(words) if _stands_on_end(word, image)}
    for place in hidden & on_end:
        _cover_on_end(image, words[place])
    lying = [place for place in range(len(words)) if place not in on_end]
    rows = TextRows([words[place] for place in lying], frozenset(n for n, place in enumerate(lying) if place in hidden))
    left = {place: words[place] for place in on_end - hidden}
    for number, row in enumerate(rows.rows):
        for line in row:
            shown = _set_anew(image, rows, number, line)
            left |= {lying[place]: word for place, word in shown.items()}
    # In the order in which they are read.
    return [left[place] for place in sorted(left)]


def _stands_on_end(word: ShownWord, image: Any) -> bool:
    wide, tall = (word.right - word.left) * image.width, (word.bottom - word.top) * image.height
    return len(word.text) >= MIN_LETTERS and tall > 1.5 * wide


def _cover_on_end(image: Any, word: ShownWord) -> None:
    """Cover a word that stands on end, with a cover that is longer than most."""
    from PIL import ImageDraw

    wide, middle = (word.right - word.left) * image.width, (word.top + word.bottom) / 2 * image.height
    half = max(LONG * wide, (word.bottom - word.top) * image.height) / 2 + MARGIN * image.height
    left, right = (word.left - MARGIN) * image.width, (word.right + MARGIN) * image.width
    ImageDraw.Draw(image).rectangle((left, max(0.0, middle - half), right, middle + half), fill=(0, 0, 0))


def _set_anew(image: Any, rows: TextRows, number: int, line: TextLine) -> dict[int, ShownWord]:
    """Set a line anew on the picture, if something on it is withheld. Return its words that are shown, by place, where they stand now."""
    words = {place: rows.words[place] for place in line.places}
    if rows.hidden.isdisjoint(words):
        return words
    width, height = image.size
    tall = rows.height(line) * height
    pieces = _pieces(rows, line)
    spaces = SPACE * tall * (len(pieces) - 1)
    total = spaces + sum(COVER * tall if piece is None else _wide(words[piece], width) for piece in pieces)
    start = rows.start(number, line, total / width) * width
    following = rows.next_line(number, line)
    room = (following.left - MARGIN) * width if following else width
    box = _band(image, list(words.values()))
    if start < 0 or start + total > room or not _is_clear(image, box, list(words.values())):
        return _covered_to_the_end(image, rows, line, following)
    return _redrawn(image, box, [(piece, words.get(-1 if piece is None else piece)) for piece in pieces], start, tall)


def _pieces(rows: TextRows, line: TextLine) -> list[int | None]:
    """Return what stands on a line that is set anew: the places of its words, and None for each cover; neighbours under one cover are one."""
    pieces: list[int | None] = []
    for place in line.places:
        if place not in rows.hidden:
            pieces.append(place)
        elif not pieces or pieces[-1] is not None:
            pieces.append(None)
    return pieces


def _wide(word: ShownWord, width: int) -> float:
    return (word.right - word.left) * width


def _band(image: Any, words: Sequence[ShownWord]) -> tuple[int, int, int, int]:
    """Return the box of the words of a line in pixels, with its margin."""
    return (
        max(0, int((min(word.left for word in words) - MARGIN) * image.width)),
        max(0, int((min(word.top for word in words) - MARGIN) * image.height)),
        min(image.width, int((max(word.right for word in words) + MARGIN) * image.width) + 1),
        min(image.height, int((max(word.bottom for word in words) + MARGIN) * image.height) + 1),
    )


def _is_clear(image: Any, box: tuple[int, int, int, int], words: Sequence[ShownWord]) -> bool:
    """Whether nothing stands on a line but its words: no rule of a form, no picture, no signature."""
    from PIL import Image, ImageDraw

    part = image.crop(box).convert("L")
    gaps = Image.new("1", part.size, 1)
    draw = ImageDraw.Draw(gaps)
    for word in words:
        left, top = (word.left - MARGIN) * image.width - box[0], (word.top - MARGIN) * image.height - box[1]
        right, bottom = (word.right + MARGIN) * image.width - box[0], (word.bottom + MARGIN) * image.height - box[1]
        draw.rectangle((left, top, right, bottom), fill=0)
    counts = part.histogram(gaps)
    total = sum(counts)
    if not total:
        return True
    ground = max(range(256), key=counts.__getitem__)
    ink = sum(count for value, count in enumerate(counts) if abs(value - ground) > INK)
    return bool(ink / total <= MAX_INK)


def _ground(part: Any) -> tuple[int, ...]:
    """Return the colour that most of a picture has."""
    small = part.convert("RGB").quantize(8).convert("RGB")
    colours = small.getcolors(part.width * part.height + 1) or [(1, (255, 255, 255))]
    return tuple(max(colours)[1])


def _redrawn(
    image: Any,
    box: tuple[int, int, int, int],
    pieces: Sequence[tuple[int | None, ShownWord | None]],
    start: float,
    tall: float,
) -> dict[int, ShownWord]:
    from PIL import ImageDraw
    from PIL.Image import Resampling

    width, height = image.size
    before = image.crop(box)
    draw = ImageDraw.Draw(image)
    draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=_ground(before))
    shown: dict[int, ShownWord] = {}
    # Neither size nor place of a cover may come from the words under it.
    middles = [(word.top + word.bottom) / 2 * height for _, word in pieces if word is not None] or [
        (box[1] + box[3]) / 2
    ]
    top = median(middles) - tall / 2
    across = start
    for place, piece in pieces:
        if place is None or piece is None:
            draw.rectangle((across, top, across + COVER * tall, top + tall), fill=(0, 0, 0))
            across += (COVER + SPACE) * tall
            continue
        # Half a space around a word belongs to it: its box may be tighter than its letters.
        edge = min(SPACE * tall / 2, MARGIN * width)
        wide_pixels = int(_wide(piece, width) + 2 * edge) + 1
        # Moved by parts of a pixel, so that where it lands does not follow from where it stood.
        left = piece.left * width - edge - box[0] - (across - edge - int(across - edge))
        first = min(max(0.0, left), max(0.0, before.width - wide_pixels))
        last = min(first + wide_pixels, before.width)
        cut = before.resize((wide_pixels, before.height), Resampling.BICUBIC, box=(first, 0, last, before.height))
        image.paste(cut, (int(across - edge), box[1]))
        wide = _wide(piece, width)
        shown[place] = ShownWord(across / width, piece.top, (across + wide) / width, piece.bottom, piece.text)
        across += wide + SPACE * tall
    return shown


def _covered_to_the_end(image: Any, rows: TextRows, line: TextLine, following: TextLine | None) -> dict[int, ShownWord]:
    """Cover a line from the first word that is withheld to the next column, or to the margin. Return the words before that."""
    from PIL import ImageDraw

    words = [rows.words[place] for place in line.places]
    first = next(number for number, place in enumerate(line.places) if place in rows.hidden)
    _, top, _, bottom = _band(image, words)
    left = (words[first].left - 2 * MARGIN) * image.width
    right = (following.left - MARGIN if following else max(PAGE_END, line.right + MARGIN)) * image.width
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), fill=(0, 0, 0))
    return dict(zip(line.places[:first], words, strict=False))
