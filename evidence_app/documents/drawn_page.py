"""A page that was drawn, and is recognised in a worker, by the recogniser itself: whoever ends the worker ends both (docs/decisions/0029-foreign-files-in-workers.md)."""

import json
import os
from functools import lru_cache
from typing import Any, ClassVar, Final

from evidence_app.documents import recognition_worker
from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.recognition import NOT_FINISHED, Recognised, recognise_with
from evidence_app.documents.workers.values import Pixels
from evidence_app.files import resource

NICENESS: Final = 5
"""By how much the priority of a reader is lower than the program's, where there are such priorities (nice(2))."""


class DrawnPage:
    """A page as its pixels. Opening it reads it."""

    CALLS: ClassVar = frozenset[str]()

    def __init__(self, pixels: Pixels, dpi: int, languages: str, words_alone: bool) -> None:
        """Read a page that was drawn at so many dots per inch, with languages as the recogniser names them.

        With `words_alone` nobody looks for what was not read.

        Raises:
            CannotShow: the recogniser does not start with these languages.
        """
        _step_back()

        def ask(grey: bytes, width: int, height: int, dpi: int) -> bytes | None:
            api = _recogniser(languages)
            if api is None:
                return None
            quarters, words = recognition_worker.recognise(api, (grey, width, height), dpi)
            api.Clear()
            return json.dumps({"quarters": quarters, "words": words}).encode("ascii")

        found = recognise_with(ask, pixels.picture(), dpi, words_alone=words_alone)
        if found is None:
            raise CannotShow(NOT_FINISHED)
        self._found = found

    def facts(self) -> Recognised:
        """Return the words on it."""
        return self._found


@lru_cache(maxsize=1)
def _step_back() -> None:
    """Let the window have the processor first: pages are read in the background too, on all cores."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


@lru_cache(maxsize=1)
def _recogniser(languages: str) -> Any:
    """Return the recogniser, which takes a third of a second to start; None where it has not all languages."""
    from tesserocr import PSM, PyTessBaseAPI

    api = PyTessBaseAPI(path=str(resource("recognition")), lang=languages, psm=PSM.AUTO)
    # A language whose file is missing is left out without a word.
    return api if list(api.GetLoadedLanguages()) == languages.split("+") else None
