"""E-mail drafting page: recipients, text, warnings, and a file for the officer's own mail program."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.made_file import MadeFile
from evidence_app.desktop.design.widgets import Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.desktop.system.language import tr
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.drafting import TIPS, Drafted, DraftPreview, Wish, preview_draft, write_draft
from evidence_app.services.mail.unsent_mail import UnsentWords, keep_words, kept_words

PAUSE_MS: Final = 600
"""Milliseconds after the last change before the preview is renewed."""
PLACES: Final = "name@office.gov.uk; separate several with a semicolon"
"""Placeholder of the field for recipients."""


class MailOutPage(QWidget):
    """Editable preview of the e-mail for one record. `drafted`: a draft was saved and sealed; `left`: the page was closed."""

    left = Signal()
    drafted = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._record = -1
        self._preview: DraftPreview | None = None
        self._touched = self._recipients_shown = self._days_chosen = False
        self.to, self.cc, self.subject = QLineEdit(), QLineEdit(), QLineEdit()
        self.days, self.body = QSpinBox(), QPlainTextEdit()
        self.days.setRange(1, 260)
        self.to.setPlaceholderText(tr(PLACES))
        self.cc.setPlaceholderText(tr("nobody, if it can be avoided"))
        self.title, self.message, self.warnings = label("", "title"), Message(), Message()
        self.checkpoint_line, self.tips = label("", "caption"), label("", "soft")
        self.own = QLineEdit()
        self.own.setPlaceholderText(tr("needed to ask for a receipt; kept under Settings"))
        self.own.editingFinished.connect(self._keep_own_address)
        self.save = button(tr("Save the e-mail…"), self._ask, main=True)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._arrange()
        for line in (self.to, self.cc):
            line.textEdited.connect(lambda _: self._timer.start())
        self.days.valueChanged.connect(lambda _: self._choose_days())
        self.subject.textEdited.connect(lambda _: self._changed())
        self.body.textChanged.connect(self._changed)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = {
            "To": self.to,
            "Copied to": self.cc,
            "My own address": self.own,
            "Working days to reply in": self.days,
            "Subject": self.subject,
        }
        for name, widget in rows.items():
            widget.setAccessibleName(tr(name))
            form.addRow(label(tr(name), "label"), widget)
        form.setRowVisible(self.own, False)
        self._form = form
        self.body.setAccessibleName(tr("Text"))
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(180)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, tokens.SPACE_S, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(form)
        column.addWidget(self.body, 1)
        column.addWidget(self.checkpoint_line)
        column.addWidget(self.tips)
        column.addWidget(self.warnings)
        self.made = MadeFile(tr("Open it in my mail program"))
        copy = button(tr("Copy the text"), self._copy)
        # The outcome and the buttons stay in sight, however long the e-mail is.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_L, tokens.SPACE_XL, tokens.SPACE_M)
        self.setMaximumWidth(tokens.form_width(self.fontMetrics().height()) + 2 * tokens.SPACE_XL)
        whole.addWidget(scrolling(content), 1)
        whole.addWidget(self.message)
        whole.addWidget(self.made)
        whole.addWidget(
            row(
                copy,
                button(tr("From the template again"), self._reset_to_template),
                None,
                button(tr("Close"), self._leave),
                self.save,
            )
        )

    def begin(self, record: int) -> None:
        """Show the e-mail for a record, with text that was changed and not saved earlier."""
        self.wipe()
        self._record = record
        self.to.setFocus()
        self._runner.call(lambda session: kept_words(session, record), self._restore, self._failed, owner=self)

    def _restore(self, words: UnsentWords | None) -> None:
        if words is not None:
            self._touched = self._recipients_shown = True
            self._preview = None
            for line, text in ((self.to, words.to), (self.cc, words.cc), (self.subject, words.subject)):
                line.setText(text)
            self.body.setPlainText(words.body)
        self._look(fresh=words is None)

    def keep(self) -> None:
        """Store changed text, encrypted in the store, until the e-mail is saved or reset to the template."""
        record = self._record
        if record >= 0 and self._touched:
            words = UnsentWords(self.to.text(), self.cc.text(), self.subject.text(), self.body.toPlainText())
            self._runner.call(
                lambda session: keep_words(session, record, words), lambda _: None, self.message.fault, owner=self
            )

    def _choose_days(self) -> None:
        self._days_chosen = True
        self._timer.start()

    def wish(self, *, with_words: bool) -> Wish:
        """Return the input of the page for the draft; `with_words` includes subject and body instead of the template's."""
        return Wish(
            to=_split(self.to.text()) if self._recipients_shown else None,
            cc=_split(self.cc.text()),
            subject=self.subject.text() if with_words else "",
            body=self.body.toPlainText() if with_words else "",
            reply_days=self.days.value() if self._days_chosen else None,
        )

    def _keep_own_address(self) -> None:
        """Keep the address that was asked for, so that the draft asks for a receipt that can be answered."""
        address = self.own.text().strip()
        if address:
            self._runner.call(
                lambda session: change_setting(session, "own_addresses", [address]),
                lambda _: self._look(),
                self._failed,
                owner=self,
            )

    def _changed(self) -> None:
        if self._preview is not None:
            self._touched = True
            self._timer.start()

    def _look(self, *, fresh: bool = False) -> None:
        record, wish = self._record, self.wish(with_words=self._touched)
        self.keep()
        if record >= 0:
            self._runner.call(
                lambda session: preview_draft(session, record, wish),
                lambda preview: self._show(preview, fresh=fresh),
                self._failed,
                owner=self,
            )

    def _show(self, preview: DraftPreview, *, fresh: bool) -> None:
        if preview.record.index != self._record:
            return
        # No preview while the widgets are filled: so that `_changed` does not take that for typing.
        self._preview = None
        self.title.setText(tr("E-mail for {} {}", preview.record.kind.label.lower(), preview.record.index))
        if not self._touched:
            self.subject.setText(preview.letter.subject)
            self.body.setPlainText(preview.letter.body)
        if fresh:
            self.to.setText("; ".join(each.header for each in preview.to))
        self._recipients_shown = True
        if not self._days_chosen:
            self.days.blockSignals(True)
            self.days.setValue(max(1, preview.reply_days))
            self.days.blockSignals(False)
        self.checkpoint_line.setText(tr("Its last line will be the head of the log: {}", preview.checkpoint_line))
        self._form.setRowVisible(self.own, preview.lacks_own_address)
        self.tips.setText("\n".join(tr(each) for each in TIPS))
        self.warnings.say("\n".join(preview.cautions), "warning")
        if preview.outside and self._touched and preview.replaced:
            self.message.say(tr("What identifies a client will be replaced when the draft is saved."), "warning")
        else:
            self.message.say("")
        self.save.setEnabled(True)
        self._preview = preview

    def _failed(self, sentence: str) -> None:
        self.message.fault(sentence)
        self.save.setEnabled(self._preview is not None)

    def _reset_to_template(self) -> None:
        record = self._record
        self._touched = self._days_chosen = False
        self._runner.call(
            lambda session: keep_words(session, record, None), lambda _: self._look(), self._failed, owner=self
        )

    def _copy(self) -> None:
        """Copy the text as it would be saved now; the preview on the screen may be older than the last key."""
        record, wish = self._record, self.wish(with_words=self._touched)
        self._runner.call(lambda session: preview_draft(session, record, wish), self._copied, self._failed, owner=self)

    def _copied(self, preview: DraftPreview) -> None:
        COPIED.copy(preview.text)
        self.message.done(tr("Copied, as it would be saved. That it was drafted is sealed only when you save it."))

    def _ask(self) -> None:
        if self._preview is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the draft"), self._preview.name, tr("Mail (*.eml)"))
        if chosen:
            path = Path(chosen)
            self.write_to(path if path.suffix else path.with_suffix(".eml"))

    def write_to(self, path: Path) -> None:
        """Write the draft to a file, and seal that it was drafted."""
        record, wish = self._record, self.wish(with_words=self._touched)
        self.save.setEnabled(False)
        self._runner.call(
            lambda session: write_draft(session, record, wish, path), self._written, self._failed, owner=self
        )

    def _written(self, made: Drafted) -> None:
        self.save.setEnabled(True)
        self._touched = False
        self.message.done(
            tr(
                "Saved as {}; that is sealed as record {}, code {}. Open it in your mail program, tick “Request a Read Receipt”, send it, and bring the sent copy in with “Bring in mail…”.",
                made.path.name,
                made.index,
                made.code,
            )
        )
        self.made.offer(made.path)
        self.drafted.emit()

    def _leave(self) -> None:
        self.keep()
        self.wipe()
        self.left.emit()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._timer.stop()
        self._record, self._preview = -1, None
        self._touched = self._recipients_shown = self._days_chosen = False
        for line in (self.to, self.cc, self.subject):
            line.clear()
        self.body.clear()
        self._touched = False
        self.title.setText("")
        self.checkpoint_line.setText("")
        self.message.say("")
        self.warnings.say("")
        self.tips.setText("")
        self.own.clear()
        self._form.setRowVisible(self.own, False)
        self.save.setEnabled(False)
        self.made.offer(None)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;,]", text) if part.strip())
