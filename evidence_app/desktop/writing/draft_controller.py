"""Controls one draft in the window: create or open, edit, review, seal."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.writing.entry_form import EntryForm
from evidence_app.desktop.writing.seal_dialogs import SealDialog, SealedDialog
from evidence_app.domain.record.fields import Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.core.sealing import Sealed
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.directory import known_people
from evidence_app.services.records.drafts import Draft, PreparedDraft, new_entry
from evidence_app.services.records.reading import record_at

FIRST: Final = {
    Holder.OFFICER: KINDS["instruction"],
    Holder.REP: KINDS["member"],
    Holder.MANAGER: KINDS["instruction"],
}
NOTE: Final = KINDS["note"]
WELCOME: Final = (
    "Your store is ready. Write down something that you were told, in its exact words; nothing is fixed until you press Seal. "
    "For something else press Ctrl+N; F1 is the guide."
)

WELCOME_REP: Final = (
    "Your store is ready. Write down whom you support, by the name on their card; nothing is fixed until you press Seal. "
    "Nothing here may identify a client; F1 is the guide."
)


class DraftController(QObject):
    """Owns the page of the draft that is open, if one is. `failed` gives a sentence, `deleted` the identity of a draft."""

    left = Signal()
    opened = Signal()
    sealed = Signal(int)
    draft_asked = Signal(int)
    lock_asked = Signal()
    deleted = Signal(str)
    failed = Signal(str)

    def __init__(self, runner: BackgroundRunner, place: QStackedWidget, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._place, self._window = runner, place, window
        self._left_open, self._was_attaching = "", False
        self.page: EntryForm | None = None
        self.cases: list[str] = []
        self.known_people = CachedScan(lambda session, _: known_people(session))

    def begin(self, kind: Kind, links: list[Json] | None = None, entry: JsonObject | None = None) -> None:
        """Begin a draft of a kind, empty or from an entry that something else has begun."""
        entry = entry or new_entry(kind, links)
        self._runner.call(lambda session: drafts.begin_draft(session, kind.name, entry), self.open, self.failed.emit)

    def keep_sentence(self, words: str, kept: Callable[[Draft], None]) -> None:
        """Keep a sentence as the draft of a note without opening it, then call `kept`."""
        entry = new_entry(NOTE, None) | {"fields": {NOTE.main: words}}
        self._runner.call(lambda session: drafts.begin_draft(session, NOTE.name, entry), kept, self.failed.emit)

    def begin_first(self) -> None:
        """Begin the first draft of a new store, and say how it goes on from here."""

        def begun(session: Session) -> Draft:
            kind = FIRST[session.holder]
            return drafts.begin_draft(session, kind.name, new_entry(kind, None))

        def opened(draft: Draft) -> None:
            self.open(draft)
            if self.page is not None:
                rep = draft.kind == FIRST[Holder.REP].name
                self.page.message.say(tr(WELCOME_REP if rep else WELCOME))

        self._runner.call(begun, opened, self.failed.emit)

    def bring_back(self, identity: str) -> None:
        """Bring a deleted draft back, and open it."""

        def work(session: Session) -> Draft:
            drafts.bring_back(session, identity)
            return drafts.draft_of(session, identity)

        self._runner.call(work, self.open, self.failed.emit)

    def add_to(self, index: int) -> None:
        """Begin an addendum to a record."""

        def work(session: Session) -> Draft:
            about = record_at(session, index)
            entry = new_entry(NOTE, [{"to": index, "as": "adds to"}])
            return drafts.begin_draft(
                session, NOTE.name, entry | ({"case_ref": about.case_ref} if about.case_ref else {})
            )

        self._runner.call(work, self.open, self.failed.emit)

    def begin_linked(self, kind_name: str, index: int, relation: str) -> None:
        """Begin a record of a kind that names another by a relation, and is about the same case."""

        def work(session: Session) -> Draft:
            about, kind = record_at(session, index), KINDS[kind_name]
            entry = new_entry(kind, [{"to": index, "as": relation}])
            return drafts.begin_draft(
                session, kind.name, entry | ({"case_ref": about.case_ref} if about.case_ref else {})
            )

        self._runner.call(work, self.open, self.failed.emit)

    def open(self, draft: Draft) -> None:
        """Open a draft in its form, unless files are still being taken into the one that is open."""
        if self.page is not None and self.page.files.is_busy:
            self.page.close_page()
            return
        self.drop()
        page = EntryForm(self._runner, draft, self.cases, self.known_people)
        page.left.connect(self._leave)
        page.deleted.connect(self.deleted)
        page.seal_asked.connect(self._seal)
        self.page = page
        self._place.addWidget(page)
        self._place.setCurrentWidget(page)
        page.editors[page.kind.main].setFocus()
        self.opened.emit()

    def wipe(self) -> None:
        """Close the draft that is open and forget who is known, because the store is being locked."""
        self.drop(keep_blank=True)
        self.known_people.wipe()

    def save(self) -> None:
        """Keep what is written in the open draft. Files that are being taken in are stopped: they would hold it up."""
        if self.page is not None:
            self.page.files.stop_now()
            self.page.save()

    def lay_aside(self) -> None:
        """Keep the open draft, and remember that it was open."""
        if self.page is not None:
            self._was_attaching = self.page.files.is_busy
            self.save()
            self._left_open = self.page.draft.identity

    def take_up(self) -> None:
        """Open the draft again that was open when the store was locked."""
        (identity, self._left_open), (attaching, self._was_attaching) = (
            (self._left_open, ""),
            (self._was_attaching, False),
        )

        def opened(draft: Draft) -> None:
            self.open(draft)
            if attaching and self.page is not None:
                self.page.message.fault(
                    tr("Attaching was stopped when the store was locked: look which files are there.")
                )

        if identity:
            self._runner.call(lambda session: drafts.draft_of(session, identity), opened, self.failed.emit)

    def close_page(self) -> bool:
        """Close the open page as its own button would; tell whether there was one."""
        if self.page is None:
            return False
        self.page.close_page()
        return True

    def drop(self, *, keep_blank: bool = False) -> None:
        """Take the page off the window; what is not yet saved is saved. A draft in which nobody wrote anything is not left behind, unless
        `keep_blank` says that it is opened again after a lock.
        """
        if self.page is not None:
            page, self.page = self.page, None
            if page.unsaved:
                page.save()
            elif page.is_blank() and not keep_blank:
                identity = page.draft.identity
                self._runner.call(
                    lambda session: drafts.discard_blank(session, identity), lambda _: None, self.failed.emit
                )
            self._place.removeWidget(page)
            page.deleteLater()

    def _leave(self) -> None:
        self.drop()
        self.left.emit()

    def _seal(self, page: EntryForm) -> None:
        """Have the record composed that the draft would become, and show it."""
        identity = page.draft.identity
        self._runner.call(
            lambda session: drafts.prepare_draft(session, identity),
            lambda prepared: self._ask_to_seal(page, prepared),
            page.explain,
            owner=page,
        )

    def _ask_to_seal(self, page: EntryForm, prepared: PreparedDraft) -> None:
        dialog = SealDialog(self._window, prepared.record, page.offers.lists)
        dialog.accepted.connect(
            lambda: self._runner.call(
                lambda session: drafts.seal_prepared_draft(session, prepared), self._sealed, page.message.fault
            )
        )
        dialog.add_asked.connect(page.show_field)
        self._show(dialog)

    def _sealed(self, sealed: Sealed) -> None:
        self.drop()
        self.sealed.emit(sealed.index)
        dialog = SealedDialog(self._window, sealed)
        dialog.draft_asked.connect(self.draft_asked)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        QShortcut(QKeySequence("Ctrl+L"), dialog).activated.connect(self.lock_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
