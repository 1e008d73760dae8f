"""What the editors of a form offer: people that the records name, and the words in use on the day of the event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from evidence_app.desktop.system.background_runner import BackgroundRunner, Failed
from evidence_app.desktop.writing.editors import Editor, offer_people, offer_words
from evidence_app.desktop.writing.event_editor import EventEditor
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import WordList
from evidence_app.domain.time.times import london_day
from evidence_app.services.attestation.word_lists import word_lists
from evidence_app.services.core.session import Session, SystemClock


class Offers:
    """Offers to the editors that there are, and to each that is made later. `lists` are all words by the name of their list."""

    def __init__(self, editors: Callable[[], Iterable[Editor]], event: EventEditor) -> None:
        self._editors, self._event = editors, event
        self._people: dict[str, str] = {}
        self.lists: Mapping[str, WordList] = WORD_LISTS
        self._words: Mapping[str, Sequence[str]] = {}
        # The day of which the words are offered.
        self._day: date | None = None

    def ask(self, runner: BackgroundRunner, people: Callable[[Session], dict[str, str]], failed: Failed) -> None:
        """Read people and lists in the thread of the store, and offer them."""
        runner.call(people, self._take_people, failed, owner=self._event)
        runner.call(word_lists, self._take_lists, failed, owner=self._event)

    def to(self, editor: Editor) -> None:
        """Offer to an editor what is known."""
        offer_people(editor, self._people)
        offer_words(editor, self._words)

    def _take_people(self, people: dict[str, str]) -> None:
        self._people = people
        for editor in self._editors():
            offer_people(editor, people)

    def _take_lists(self, lists: Mapping[str, WordList]) -> None:
        self.lists = lists
        self._offer_words()
        self._event.changed.connect(self._offer_words)

    def _offer_words(self) -> None:
        """Offer the words that are in use on the day of the event, or today where it cannot be read."""
        day = self._event.day() or london_day(SystemClock().now())
        if self._day != day:
            self._day, self._words = day, {name: each.in_use(day) for name, each in self.lists.items()}
            for editor in self._editors():
                offer_words(editor, self._words)
