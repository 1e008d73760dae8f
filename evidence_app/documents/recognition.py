"""Recognises words on pictures with Tesseract, which is a part of the program: English, Welsh and what is set, upright or turned.

Pages of foreign files and of finished bundles are read in workers, several at a time (`drawn_page`, `opening.words_on_page`); `recognise` reads a
picture by a process of its own (`recognition_worker`), within a time limit; one that hangs is ended, and the next picture gets a new one. Pixels and
words pass through pipes: nothing is written to a disk. What was read is remembered, by a digest of the pixels, until `forget` is called: a page is
read for the review, for the bundle and once more when that is finished.
"""

import atexit
import contextlib
import json
import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from evidence_app.documents.shown_words import ShownWord
from evidence_app.documents.unread_marks import has_cut_numbers, has_unread_marks
from evidence_app.documents.workers.interpreter import OPTIONS
from evidence_app.files import resource

if TYPE_CHECKING:
    from subprocess import Popen

LANGUAGES: Final = "cym+eng"
"""In this order: with English first, Welsh letters with a circumflex are not found (docs/decisions/0025-reading-pictures.md)."""
SURE_ENOUGH: Final = 30.0
"""Lowest confidence, in per cent, of a word that is kept; below it there is more noise than words."""
CERTAIN: Final = 60.0
"""Confidence, in per cent, from which a word is taken to be what stands there."""
READABLE: Final = 75.0
"""Mean confidence, in per cent, below which a page is in doubt."""
MAX_SECONDS: Final = 100
"""Time for one picture, in all positions."""
MAX_FAILURES: Final = 3
"""Pictures in a row that were not finished, after which no other is tried until `forget` is called: each may take `MAX_SECONDS`."""
SAMPLE_SIDE: Final = 40
"""Pixels of the side of the picture that a language is tried with."""
MAX_REMEMBERED: Final = 4_000
MAX_SIDE: Final = 4_000
"""Pixels of the longer side of a picture that is read; larger ones are reduced."""
BLANK: Final = 24
"""Difference between the lightest and the darkest place of a picture, of 255, below which nothing is on it."""
MIN_SPREAD: Final = 6
"""The same, below which a picture is left as it is: noise of an empty sheet."""
FULL_SPREAD: Final = 150
"""The same, from which a picture has contrast enough."""
COLOURED: Final = 48
"""Difference between two colours of a pixel, of 255, from which a picture has colours."""
NOT_THERE: Final = "words on pictures cannot be recognised on this machine"
NOT_FINISHED: Final = "its picture could not be read in time"
FAINT: Final = "few of the words on its picture could be read"
AGAIN: Final = 0.8
"""Size at which a picture is read again, through its own: the recogniser cuts other lines then."""
UNREAD: Final = "something on its picture looks like writing and could not be read"
WORDLESS: Final = "no words were found on its picture"


Recogniser = Callable[[bytes, int, int, int], bytes | None]
"""What reads a picture in grey, given its pixels, width, height and dots per inch: it answers as `recognition_worker` does, or None."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words on a picture once it is turned clockwise by so many quarters, and why some may have been missed, if they may."""

    words: tuple[ShownWord, ...] = ()
    quarters: int = 0
    doubt: str = ""


class _Worker:
    """The process that reads pictures, started when the first one comes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.languages = LANGUAGES
        self._process: Popen[bytes] | None = None

    def ask(self, pixels: bytes, width: int, height: int, dpi: int) -> bytes | None:
        """Return what the process says of a picture; None if it fails or takes too long, and is ended."""
        with self.lock:
            process = self._started()
            if process is None or process.stdin is None or process.stdout is None:
                return None
            answers: list[bytes] = []

            def talk(given: IO[bytes], said: IO[bytes]) -> None:
                # Ending the process breaks the pipes, and so ends this.
                with contextlib.suppress(OSError, ValueError):
                    given.write(b"%d %d %d\n" % (width, height, dpi) + pixels)
                    given.flush()
                    answers.append(said.readline())

            talking = threading.Thread(target=talk, args=(process.stdin, process.stdout), daemon=True)
            talking.start()
            talking.join(MAX_SECONDS)
            if talking.is_alive() or not answers or not answers[0].endswith(b"\n"):
                self._end()
                talking.join()
                return None
            return answers[0]

    def stop(self) -> None:
        """End the process, if there is one, also while it reads: whoever waits for it goes on at once."""
        process = self._process
        if process is not None:
            process.kill()
        with self.lock:
            self._end()

    def _started(self) -> "Popen[bytes] | None":
        # A few milliseconds that only whoever has pictures pays.
        import subprocess

        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        worker = Path(__file__).with_name("recognition_worker.py")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this program's own interpreter and file, no shell
                [sys.executable, *OPTIONS, str(worker), str(resource("recognition")), self.languages],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            )
        except OSError:
            return None
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process = None


class _Remembered:
    """What was read, by the digest of the picture, and how many pictures in a row were not finished."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.results: OrderedDict[bytes, Recognised] = OrderedDict()
        self.failures = 0
        self.times_forgotten = 0

    def keep(self, key: bytes, result: Recognised | None, since: int, *, counts: bool) -> None:
        """Keep a result, or where it `counts` that there was none, of what was begun after so many times of forgetting.

        What a closed store held is not remembered, nor that closing it ended what read its pictures.
        """
        with self.lock:
            if since != self.times_forgotten:
                return
            if counts:
                self.failures = self.failures + 1 if result is None else 0
            if result is None:
                return
            self.results[key] = result
            while len(self.results) > MAX_REMEMBERED:
                self.results.popitem(last=False)


_REMEMBERED: Final = _Remembered()
_WORKER: Final = _Worker()
atexit.register(_WORKER.stop)


def forget() -> None:
    """Forget what was read, and end the process that read it: a store is closed."""
    _WORKER.stop()
    with _REMEMBERED.lock:
        _REMEMBERED.results.clear()
        _REMEMBERED.failures = 0
        _REMEMBERED.times_forgotten += 1


def use_languages(paths: Sequence[str]) -> None:
    """Read pictures with further languages, besides English and Welsh: data files of Tesseract. Those that are not there are left out."""
    languages = "+".join((LANGUAGES, *(name for path in paths if (name := _language_name(path)))))
    if languages != _WORKER.languages:
        forget()
        _WORKER.languages = languages


def languages_in_use() -> str:
    """Return the languages that pictures are read with, as the recogniser names them."""
    return _WORKER.languages


def use_languages_named(languages: str) -> None:
    """Read pictures with languages as the recogniser names them."""
    if languages != _WORKER.languages:
        forget()
        _WORKER.languages = languages


def reads_with(paths: Sequence[str]) -> bool:
    """Return whether the recogniser starts with further languages."""
    before = _WORKER.languages
    use_languages(paths)
    try:
        if _WORKER.languages == LANGUAGES:
            return False
        return _WORKER.ask(bytes(SAMPLE_SIDE * SAMPLE_SIDE), SAMPLE_SIDE, SAMPLE_SIDE, 200) is not None
    finally:
        forget()
        _WORKER.languages = before


def _language_name(path: str) -> str:
    """Return how Tesseract names a data file outside its folder, or "" if it is not there or cannot be named: it takes relative paths alone."""
    file = Path(path)
    if not file.is_file():
        return ""
    try:
        return os.path.relpath(file.with_suffix(""), resource("recognition"))
    except ValueError:
        # On another drive, under Windows.
        return ""


def can_recognise() -> bool:
    """Return whether words on pictures can be recognised: there is no wheel of Tesseract for every system."""
    from importlib.util import find_spec

    return find_spec("tesserocr") is not None


def recognise(image: Any, dpi: int = 200) -> Recognised:
    """Return the words on a Pillow image, which may lie on its side or upside down. It never fails: what could not be read is a doubt."""
    grey, colours = _prepared(image)
    if all(_is_blank(each) for each in (grey, *colours)):
        return Recognised()
    if not can_recognise():
        return Recognised(doubt=NOT_THERE)
    pixels = grey.tobytes()
    key = sha256(b"%d %d %d " % (grey.width, grey.height, dpi) + pixels)
    for each in colours:
        key.update(each.tobytes())
    return remembered(key.digest(), lambda: _read(_WORKER.ask, grey, colours, dpi))


def recognise_with(ask: Recogniser, image: Any, dpi: int, *, words_alone: bool = False) -> Recognised | None:
    """Return the words on a Pillow image, as `recognise` does, with another recogniser, and without remembering; None where it does not finish.

    With `words_alone` nobody looks for what was not read.
    """
    grey, colours = _prepared(image)
    if all(_is_blank(each) for each in (grey, *colours)):
        return Recognised()
    return _read(ask, grey, colours, dpi, words_alone=words_alone) if can_recognise() else Recognised(doubt=NOT_THERE)


def _read(
    ask: Recogniser, grey: Any, colours: Sequence[Any], dpi: int, *, words_alone: bool = False
) -> Recognised | None:
    """Return what a recogniser reads; None where it does not finish."""
    searched = () if words_alone else (grey, *colours)
    answer = ask(grey.tobytes(), grey.width, grey.height, dpi)
    result = _read_answer(answer, grey, searched) if answer is not None else None
    if result is not None and has_cut_numbers(turned_upright(grey, result.quarters), result.words):
        result = _read_again(ask, grey, searched, result, dpi)
    return result


def remembered(key: bytes, read: Callable[[], Recognised | None], *, counts: bool = True) -> Recognised:
    """Return what was read of the picture with a key, or what `read` reads now; it returns None where it does not finish.

    After some pictures in a row that were not finished none is read that `counts`.
    """
    known = _REMEMBERED.results.get(key)
    if known is not None:
        return known
    if counts and _REMEMBERED.failures >= MAX_FAILURES:
        return Recognised(doubt=NOT_FINISHED)
    since = _REMEMBERED.times_forgotten
    result = read()
    _REMEMBERED.keep(key, result, since, counts=counts)
    return result if result is not None else Recognised(doubt=NOT_FINISHED)


def _read_again(ask: Recogniser, grey: Any, searched: Sequence[Any], first: Recognised, dpi: int) -> Recognised:
    """Return what is read at another size of a picture on which a number seems to be cut; of two readings the one with more letters."""
    other = grey.resize((max(1, int(grey.width * AGAIN)), max(1, int(grey.height * AGAIN))))
    answer = ask(other.tobytes(), other.width, other.height, dpi)
    second = _read_answer(answer, other, searched) if answer is not None else None
    best = first
    if second is not None and _letters(second) > _letters(first):
        best = second
    if not best.doubt and has_cut_numbers(turned_upright(grey, best.quarters), best.words):
        return Recognised(best.words, best.quarters, UNREAD)
    return best


def _letters(read: Recognised) -> int:
    return sum(len(word.text) for word in read.words)


def as_read(image: Any) -> Any:
    """Return a picture with all that is read of it, and no more: not larger, and in grey where it has no colours."""
    from PIL import ImageChops

    small = image.convert("RGB") if image.mode not in {"L", "1"} else image.convert("L")
    small.thumbnail((MAX_SIDE, MAX_SIDE))
    if small.mode == "L":
        return small
    spread = max(int(ImageChops.difference(one, other).getextrema()[1]) for one, other in pairwise(small.split()))  # type: ignore[arg-type]
    return small if spread >= COLOURED else small.convert("L")


def _prepared(image: Any) -> tuple[Any, list[Any]]:
    """Return a picture in grey as it is read, and its colours one by one if it has any: red on green of the same lightness is no grey."""
    small = as_read(image)
    colours = small.split() if small.mode == "RGB" else ()
    return _stretched(small.convert("L")), [_stretched(each) for each in colours]


def _stretched(grey: Any) -> Any:
    """Return a picture of little contrast with all of it: pale words on white, a dark photograph."""
    darkest, lightest = grey.getextrema()
    if not MIN_SPREAD <= lightest - darkest < FULL_SPREAD:
        return grey
    scale = 255 / (lightest - darkest)
    return grey.point(lambda level: (level - darkest) * scale)


def turned_upright(image: Any, quarters: int) -> Any:
    """Return a Pillow image turned clockwise by quarters."""
    return image.rotate(-90 * quarters, expand=True) if quarters % 4 else image


def _is_blank(grey: Any) -> bool:
    darkest, lightest = grey.getextrema()
    return bool(lightest - darkest < BLANK)


def _read_answer(untrusted: bytes, grey: Any, searched: Sequence[Any]) -> Recognised | None:
    """Return the words that a worker found on a picture, in fractions of the upright picture; None if it answered in another form.

    The pictures that are `searched`, of the same, are looked through for what was not read.
    """
    try:
        content = json.loads(untrusted)
        quarters = int(content["quarters"]) % 4
        found = [
            (int(left), int(top), int(right), int(bottom), float(sure), str(text))
            for left, top, right, bottom, sure, text in content["words"]
        ]
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    width, height = (grey.height, grey.width) if quarters % 2 else (grey.width, grey.height)
    words: list[ShownWord] = []
    certain: list[ShownWord] = []
    letters, confidence = 0, 0.0
    for left, top, right, bottom, sure, text in found:
        letters += len(text)
        confidence += len(text) * sure
        word = ShownWord(left / width, top / height, right / width, bottom / height, text)
        if sure >= SURE_ENOUGH:
            words.append(word)
        if sure >= CERTAIN:
            certain.append(word)
    if not words:
        return Recognised(doubt=WORDLESS)
    doubt = "" if confidence / letters >= READABLE else FAINT
    if not doubt and any(has_unread_marks(turned_upright(each, quarters), certain) for each in searched):
        doubt = UNREAD
    return Recognised(tuple(words), quarters, doubt)
