"""Controller of the casework pages (home, threads, mail, settings): creates, connects and refreshes them."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from evidence_app.desktop.casework.home_page import HomePage
from evidence_app.desktop.casework.threads_page import ThreadsPage
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.next_steps import Move, NextStep
from evidence_app.domain.thread.threads import Thread
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.sealing import Sealed
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings, set_aside_unreadable
from evidence_app.services.records import threads
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.external_attestations import last_outside_clock
from evidence_app.services.records.threads import Today
from evidence_app.services.safekeeping.unlocking import remarks_on

if TYPE_CHECKING:
    from evidence_app.desktop.casework.mail_in import MailInPage
    from evidence_app.desktop.casework.mail_out import MailOutPage
    from evidence_app.desktop.casework.settings_page import SettingsPage
    from evidence_app.services.bundles.exporting import Exported

NOTICE_MS: Final = 8_000
"""Time in milliseconds for which a notification is shown."""
MakeEntry = Callable[[Session], JsonObject]
"""Function that prepares the entry of a new draft."""


def _settings_of(session: Session) -> tuple[Settings, str]:
    """Return the settings, and a warning where some could not be read."""
    warning = set_aside_unreadable(session)
    return load_settings(session), warning


class CaseworkController(QObject):
    """Owns the casework pages and connects their buttons to actions.

    `shown` asks the window to show a page, `left` to leave it; `record_asked` to show a record by its index; `entry_asked` to
    open a draft (kind, entry). `changed`: the store has changed. `clock_found` gives the extent of the latest attestation in words.
    `print_asked` gives a bundle to be printed, `settings_kept` the settings whenever they were read or saved.
    """

    shown = Signal(QWidget)
    left = Signal()
    record_asked = Signal(int)
    entry_asked = Signal(str, object)
    changed = Signal()
    clock_found = Signal(str)
    print_asked = Signal(Path)
    settings_kept = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._today = CachedScan(threads.look, runner.give_way)
        self._shown: Today | None = None
        self._notified_on: object = None
        self._tray: QSystemTrayIcon | None = None
        self.home, self.threads = HomePage(), ThreadsPage()
        self._wire()

    @cached_property
    def settings(self) -> "SettingsPage":
        """Settings page; created on first use."""
        from evidence_app.desktop.casework.settings_page import SettingsPage

        page = SettingsPage(self._runner)
        page.kept.connect(self.settings_kept)
        return page

    @cached_property
    def mail_in(self) -> "MailInPage":
        """Page for importing mail; created on first use."""
        from evidence_app.desktop.casework.mail_in import MailInPage

        page = MailInPage(self._runner)
        page.taken.connect(self.changed)
        page.left.connect(self.left)
        page.thread_asked.connect(self.show_thread)
        self._runner.progressed.connect(
            lambda what, done, total: page.bar.show_progress(done, total) if what == "mail" else None
        )
        return page

    @cached_property
    def mail_out(self) -> "MailOutPage":
        """Page for drafting an e-mail; created on first use."""
        from evidence_app.desktop.casework.mail_out import MailOutPage

        page = MailOutPage(self._runner)
        page.drafted.connect(self.changed)
        page.left.connect(self.left)
        return page

    def _wire(self) -> None:
        self.home.absence_asked.connect(self.seal_absence)
        self.home.outcome_asked.connect(self.seal_outcome)
        self.home.import_asked.connect(self.bring_in)
        self.home.thread_asked.connect(self.show_thread)
        self.threads.step_asked.connect(self._take_step)
        self.threads.record_asked.connect(self.record_asked)
        self.threads.draft_asked.connect(self.draft)
        self.threads.threads.currentRowChanged.connect(lambda _: self.threads.message.say(""))
        self.threads.repeat_asked.connect(self._repeat)
        self.threads.pages_asked.connect(self._save_thread)
        self.threads.agenda_asked.connect(self._copy_agenda)
        self.threads.extract_asked.connect(self._copy_extract)
        self.settings_kept.connect(lambda _: self.changed.emit())

    def _copy_agenda(self) -> None:
        self._runner.call(
            lambda session: threads.agenda_of(session).text,
            self.threads.take_agenda,
            self.threads.message.fault,
            owner=self,
        )

    def _copy_extract(self, index: int) -> None:
        self._runner.call(
            lambda session: threads.learning_extract_of(session, index),
            self.threads.take_extract,
            self.threads.message.fault,
            owner=self,
        )

    def _save_thread(self, index: int) -> None:
        from evidence_app.desktop.casework.thread_pages import save_thread

        save_thread(self._runner, self.threads, index, self._saved)

    def _saved(self, exported: "Exported") -> None:
        self.changed.emit()
        self.threads.message.done(tr_value(exported.in_words()))
        self.print_asked.emit(exported.path)

    # Showing

    def refresh(self) -> None:
        """Scan the log in the background for the home and threads pages; unchanged results are not shown again."""

        def work(session: Session) -> tuple[Today, str]:
            attestation = last_outside_clock(session)
            coverage = (
                tr("outside clock up to record {}", attestation.checkpoint.size - 1)
                if attestation
                else tr("no outside clock yet")
            )
            return self._today(session), coverage

        self._runner.call_aside(work, self._refreshed, self.home.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _refreshed(self, result: tuple[Today, str]) -> None:
        today, coverage = result
        self.clock_found.emit(coverage)
        # CachedScan returns the same object while the store is unchanged: an identity check is enough.
        if today is self._shown:
            return
        self._shown = today
        self.home.show_chasers(today.day, today.due_items)
        self.threads.show_threads(today.threads)
        self._notice(today)

    def _notice(self, today: Today) -> None:
        """Show one tray notification a day if something is overdue; it names nobody, because bystanders may see it."""
        overdue = sum(1 for each in today.due_items if each.overdue_by)
        app = QApplication.instance()
        if not overdue or self._notified_on == today.day or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None and isinstance(app, QApplication):
            icon = app.windowIcon()
            fallback_icon = app.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
            self._tray = QSystemTrayIcon(fallback_icon if icon.isNull() else icon, self)
        if self._tray is not None:
            self._notified_on = today.day
            self._tray.show()
            words = f"{overdue} {'thing needs' if overdue == 1 else 'things need'} chasing."
            self._tray.showMessage("Evidence Trail", words, self._tray.icon(), NOTICE_MS)

    def show_thread(self, record: int) -> None:
        """Show the thread diagram of the thread that contains a record; without a thread, the record itself."""
        if self.threads.choose(record):
            self.shown.emit(self.threads)
        else:
            self.record_asked.emit(record)

    # Acting

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Show the mail import page, and inspect files at once if any are given."""
        self.shown.emit(self.mail_in)
        self.mail_in.look(paths or [])

    def draft(self, record: int) -> None:
        """Show the page that drafts the e-mail for a record."""
        self.shown.emit(self.mail_out)
        self.mail_out.begin(record)

    def seal_absence(self, identity: str) -> None:
        """Seal that a reply or a mail receipt has not arrived. The buttons are disabled, so that it is sealed once.

        `identity` is that of the due item, such as `reply-12`.
        """
        self.home.way.setEnabled(False)
        self.threads.next.setEnabled(False)
        self._runner.call(
            lambda session: threads.seal_absence(session, identity), self._sealed, self.home.message.fault, owner=self
        )

    def seal_outcome(self, identity: str, state: str) -> None:
        """Open a draft on the outcome (`done` or `not done`) of an action, review, deadline or drafted e-mail, for review before sealing."""
        self._begin_entry(lambda session: threads.outcome_draft(session, identity, state))

    def _sealed(self, sealed: Sealed) -> None:
        self.home.message.done(tr("Sealed. Record {}, code {}.", sealed.index, sealed.code))
        self.threads.message.done(tr("Sealed. Record {}, code {}.", sealed.index, sealed.code))
        self.changed.emit()

    def _take_step(self, thread: Thread, step: NextStep) -> None:
        match step.move:
            case Move.SEAL_SILENCE:
                self.seal_absence(f"reply-{step.record}")
            case Move.SEAL_NO_RECEIPT:
                self.seal_absence(f"receipt-{step.record}")
            case Move.BRING_SENT_COPY:
                self.bring_in()
            case Move.DRAFT | Move.CONFIRM_BACK:
                self.draft(step.record)
            case Move.SAY_ANSWER:
                self._begin_entry(lambda session: threads.answer_draft(session, step.record))
            case Move.ESCALATE:
                self._begin_entry(lambda session: threads.escalation_draft(session, thread, step))

    def _repeat(self, record: int) -> None:
        self._begin_entry(lambda session: threads.repeat_draft(session, record))

    def _begin_entry(self, make: MakeEntry) -> None:
        self._runner.call(
            make,
            lambda entry: self.entry_asked.emit(str(entry["kind"]), entry),
            self.threads.message.fault,
            owner=self,
        )

    def enter(self) -> None:
        """Take up a store that was just opened: its settings, and what is to be said of its folder."""
        if "settings" in self.__dict__:
            self.settings.arrive()
        else:
            self._runner.call(_settings_of, self._settings_read, self.home.message.fault, owner=self)
        self._runner.call(remarks_on, self.home.say_of_the_folder, self.home.message.fault)

    def _settings_read(self, result: tuple[Settings, str]) -> None:
        settings, warning = result
        if warning:
            self.home.message.say(warning, "warning")
        self.settings_kept.emit(settings)

    def keep(self) -> None:
        """Save the text of an e-mail that is being written."""
        # A cached_property is in the instance's dictionary only once the page was created.
        if "mail_out" in self.__dict__:
            self.mail_out.keep()

    def wipe(self) -> None:
        """Clear all casework pages and cached results, because the store is being locked."""
        self._today.wipe()
        self._shown = None
        for page in (self.home, self.threads):
            page.wipe()
        for name in ("settings", "mail_in", "mail_out"):
            if name in self.__dict__:
                self.__dict__[name].wipe()
        if self._tray is not None:
            self._tray.hide()
