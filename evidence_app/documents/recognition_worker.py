"""Recognises the words of one picture after another, in a process of its own: a picture that hangs or breaks the recogniser takes nothing else down.

Started by `recognition` as a file, not as a module: it needs nothing of this program. Its words on the command line are the folder with the data
files and the languages in their order. On standard input comes, for each picture, a line with its width and height in pixels and its resolution in
dots per inch, and then the pixels, one byte of grey each, row by row. It answers each with a line of JSON on standard output: how many quarter turns
clockwise make the picture upright, and the words on it then, each with left, top, right, bottom in pixels of the upright picture, its confidence in
per cent, and the text. It ends when standard input does.
"""

import json
import sys
from typing import Any, Final

MAX_MILLISECONDS: Final = 60_000
"""Time for one reading of the picture; words that were found until then are kept."""
READABLE: Final = 75.0
"""Mean confidence, in per cent, from which a page is taken to be the right way up: upside down, pages of print reach 35 to 55, upright 90 and more."""
MIN_LETTERS: Final = 12
MARGIN: Final = 15.0
"""Letters that must be read on a picture for it to be turned where it reads badly, and by how much better, in per cent, it must read then."""
MIN_LONG: Final = 4
"""Letters from which a word's box says how it lies."""
Word = tuple[int, int, int, int, float, str]


def turned(pixels: bytes, width: int, height: int, quarters: int) -> tuple[bytes, int, int]:
    """Return a picture turned clockwise by quarters, with its width and height."""
    for _ in range(quarters % 4):
        pixels = b"".join(pixels[column::width][::-1] for column in range(width))
        width, height = height, width
    return pixels, width, height


def mean_confidence(words: list[Word]) -> float:
    """Return the mean confidence of words, each counted by its letters; 0 where there are none."""
    letters = sum(len(word[5]) for word in words)
    return sum(word[4] * len(word[5]) for word in words) / letters if letters else 0.0


def is_lying(words: list[Word]) -> bool:
    """Return true if most of the longer words are taller than wide: the recogniser reads lines that stand on end, too."""
    tall = wide = 0
    for left, top, right, bottom, _, text in words:
        if len(text) >= MIN_LONG:
            tall += bottom - top > right - left
            wide += bottom - top <= right - left
    return tall > wide


def read(api: Any, picture: tuple[bytes, int, int], dpi: int) -> list[Word]:
    """Return the words on a picture, as it lies."""
    from tesserocr import RIL, iterate_level

    pixels, width, height = picture
    api.SetImageBytes(pixels, width, height, 1, width)
    api.SetSourceResolution(dpi)
    api.Recognize(MAX_MILLISECONDS)
    results = api.GetIterator()
    words: list[Word] = []
    for each in iterate_level(results, RIL.WORD) if results is not None else ():
        try:
            text = each.GetUTF8Text(RIL.WORD).strip()
        except RuntimeError:
            # What it took for a word has no letters.
            continue
        box = each.BoundingBox(RIL.WORD)
        if text and box:
            words.append((*box, each.Confidence(RIL.WORD), text))
    return words


def recognise(api: Any, picture: tuple[bytes, int, int], dpi: int) -> tuple[int, list[Word]]:
    """Return the quarter turns clockwise that make a picture upright, and its words then.

    Lines that stand on end are read too, words that go down as well as if they lay, and those that go up badly: so the first reading says
    which way to turn it. Figures and some capitals are read either way, so that of lines that were read on end both ways are tried.
    """
    best: tuple[float, int, list[Word]] = (-1.0, 0, [])
    upright = 0.0
    waiting, tried, on_end = [0, 2], set[int](), False
    while waiting:
        quarters = waiting.pop(0)
        if quarters in tried:
            continue
        tried.add(quarters)
        words = read(api, turned(*picture, quarters), dpi)
        confidence, lies = mean_confidence(words), is_lying(words)
        if confidence >= READABLE and lies and quarters in {0, 2}:
            # They are read once more lying, so that every box is one of the upright page.
            waiting, on_end = [(quarters + 3) % 4, (quarters + 1) % 4], True
            continue
        upright = confidence if quarters == 0 else upright
        best = max(best, (confidence, quarters, words), key=lambda each: each[0])
        if confidence >= READABLE and not on_end:
            break
        if quarters == 0 and lies:
            waiting = [1, 2]
    confidence, quarters, words = best
    if quarters and not says_how_it_lies(words, confidence, upright):
        return 0, turned_back(words, quarters, picture[1], picture[2])
    return quarters, words


def says_how_it_lies(words: list[Word], confidence: float, upright: float) -> bool:
    """Return whether a reading of a turned picture is reason to turn it: a logo, a drawing or a signature reads as badly on its head."""
    letters = sum(len(word[5]) for word in words)
    return confidence >= READABLE or (letters >= MIN_LETTERS and confidence >= upright + MARGIN)


def turned_back(words: list[Word], quarters: int, width: int, height: int) -> list[Word]:
    """Return the words of a picture that was turned clockwise by quarters with their boxes on the picture as it lies, of this width and height."""
    return [(*_box_turned_back(word, quarters, width, height), word[4], word[5]) for word in words]


def _box_turned_back(word: Word, quarters: int, width: int, height: int) -> tuple[int, int, int, int]:
    left, top, right, bottom, _, _ = word
    match quarters % 4:
        case 1:
            return top, height - right, bottom, height - left
        case 2:
            return width - right, height - bottom, width - left, height - top
        case 3:
            return width - bottom, left, width - top, right
        case _:
            return left, top, right, bottom


def main(arguments: list[str]) -> int:
    """Read pictures from standard input and write their words to standard output. Returns 3 if a language is not there."""
    from tesserocr import PSM, PyTessBaseAPI

    folder, languages = arguments
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    with PyTessBaseAPI(path=folder, lang=languages, psm=PSM.AUTO) as api:
        # A language whose file is missing is left out without a word.
        if list(api.GetLoadedLanguages()) != languages.split("+"):
            return 3
        while line := given.readline():
            width, height, dpi = (int(number) for number in line.split())
            quarters, words = recognise(api, (given.read(width * height), width, height), dpi)
            answers.write(json.dumps({"quarters": quarters, "words": words}).encode("ascii") + b"\n")
            answers.flush()
            api.Clear()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
