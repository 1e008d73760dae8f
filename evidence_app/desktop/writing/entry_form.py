"""Entry form: the draft of one record, saved automatically while it is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Choices, Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.writing.draft_files import DraftFiles
from evidence_app.desktop.writing.editors import Editor, GroupEditor, ListEditor, editor_for
from evidence_app.domain.record.fields import Field, FieldType, Kind
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.vocabularies import ADDENDUM_RELATIONS, PRECISIONS
from evidence_app.domain.text.identifiers import sorts_in
from evidence_app.domain.time.spoken_times import EXAMPLES, spoken_moment
from evidence_app.domain.time.times import as_typed, typed_day, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import day_in_words, in_words, read_moment
from evidence_app.services.core.session import Session, SystemClock
from evidence_app.services.records import drafts
from evidence_app.services.records.directory import known_people
from evidence_app.services.records.drafts import Draft

AUTOSAVE_MS: Final = 1_500
"""Longest time in milliseconds that a change stays unsaved."""
LOOK_MS: Final = 400
"""Milliseconds after the last change before the text is searched for identifiers."""


class EntryForm(QWidget):
    """Form for one draft.

    `seal_asked` gives the form itself; `saved`: the draft was saved; `deleted` gives its identity; `left`: the form was closed.
    """

    seal_asked = Signal(object)
    deleted = Signal(str)
    left = Signal()
    saved = Signal()

    def __init__(self, runner: BackgroundRunner, draft: Draft, case_refs: list[str]) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.setAcceptDrops(True)
        self._runner = runner
        self.draft = draft
        self.kind = KINDS[draft.kind]
        self.editors: dict[str, Editor] = {}
        self.unsaved = False
        self._loaded: dict[str, tuple[Json, Json]] = {}
        self._loaded_times: dict[str, Json] = {}
        self._timer = QTimer(self, interval=AUTOSAVE_MS, singleShot=True)
        self._timer.timeout.connect(self.save)
        self._identifier_timer = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._identifier_timer.timeout.connect(self._show_identifiers)
        self.state, self.message, self.identifies = label("", "soft"), Message(), label("", "warning")
        self._build(case_refs)
        self._load()
        self._connect_changes()
        self._show_identifiers()
        runner.call(known_people, self._offer_people, self.message.fault, owner=self)

    def _offer_people(self, people: dict[str, str]) -> None:
        for editor in self.editors.values():
            if isinstance(editor, GroupEditor | ListEditor):
                editor.offer_people(people)

    def _show_identifiers(self) -> None:
        """Show which types of personal identifier the text contains, while it is written."""
        words = ", ".join(f"a {what}" for what in sorts_in(self.entry()["fields"]))
        self.identifies.setText(tr("In it: {}. That identifies somebody.", words) if words else "")
        self.identifies.setVisible(bool(words))

    # Building

    def _build(self, case_refs: list[str]) -> None:
        content = QWidget()
        content.setObjectName("draft")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        column.addWidget(label(tr("Draft: {}", tr(self.kind.label).lower()), "title"))
        self._add_link(column)
        column.addWidget(self.state)
        main = next(field for field in fields_of(self.kind) if field.name == self.kind.main)
        form = _form()
        self._add(form, main, main=True)
        self._add_when_and_case(form, case_refs)
        for field in fields_of(self.kind):
            if field is not main and not field.folded:
                self._add(form, field)
        column.addLayout(form)
        self._folded = QWidget()
        folded = _form(self._folded)
        for field in fields_of(self.kind):
            if field is not main and field.folded:
                self._add(folded, field)
        self._folded.setVisible(False)
        self._more = button(tr("More fields"), self._toggle_folded, flat=True)
        column.addWidget(self._more)
        column.addWidget(self._folded)
        self.seal_button = button(tr("Seal…"), self._ask_to_seal, main=True)
        self.files = DraftFiles(self._runner, self.draft)
        self.files.changed.connect(self._files_changed)
        self.files.busy.connect(lambda busy: self.seal_button.setEnabled(not busy))
        column.addWidget(self.files)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(content)
        outer.addWidget(self._area, 1)
        self._delete_button = button(tr("Delete the draft"), self._delete)
        self._delete_button.setToolTip(tr("It can be brought back for a week, under Drafts"))
        bar = row(button(tr("Close, keep the draft"), self.close_page), self._delete_button, None, self.seal_button)
        bar.setContentsMargins(24, 8, 24, 12)
        self.identifies.setContentsMargins(24, 0, 24, 0)
        outer.addWidget(self.identifies)
        seal_shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        seal_shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        seal_shortcut.activated.connect(self.seal_button.click)
        self.seal_button.setToolTip(tr("Look at it once more, then seal it (Ctrl+Enter)"))
        self.message.setContentsMargins(24, 4, 24, 0)
        outer.addWidget(self.message)
        outer.addWidget(bar)

    def _add(self, form: QFormLayout, field: Field, *, main: bool = False) -> None:
        editor = editor_for(field, main=main)
        self.editors[field.name] = editor
        needed = "" if not field.required else "  " + tr("(needed)")
        text = label(tr(field.label) + needed, "label")
        text.setBuddy(editor)
        if field.type in (FieldType.PROSE, FieldType.GROUP):
            form.addRow(text)
            form.addRow(editor)
        else:
            form.addRow(text, editor)
        if field.required:
            editor.setAccessibleDescription(tr("needed"))
        if field.help:
            form.addRow(label(tr(field.help), "soft"))

    def _add_link(self, column: QVBoxLayout) -> None:
        """Show which record the draft is an addendum to, and offer to correct that record instead."""
        self.relation = Choices(name=tr("What it does to that record"))
        links = self.draft.entry.get("links")
        first_link = links[0] if isinstance(links, list) and links else None
        if not isinstance(first_link, dict) or first_link.get("as") not in ADDENDUM_RELATIONS:
            return
        self.relation.addItem(tr("adds to it"), "adds to")
        self.relation.addItem(tr("corrects it"), "corrects")
        self.relation.setCurrentIndex(max(0, self.relation.findData(first_link["as"])))
        self.relation.currentIndexChanged.connect(self._touched)
        column.addWidget(
            row(label(tr("About record {}. This", first_link["to"]), "label", wrap=False), self.relation, None)
        )

    def _add_when_and_case(self, form: QFormLayout, case_refs: list[str]) -> None:
        self.when, self.until, self.understood = QLineEdit(), QLineEdit(), label("", "soft")
        self.precision, self.case = (
            Choices(PRECISIONS, name=tr("This time is")),
            Choices(("", *case_refs), editable=True, name=tr("Case")),
        )
        self.when.setPlaceholderText(tr("today 14:10, yesterday, 3 April 2025 9:30"))
        self.until.setPlaceholderText(tr("the last moment of the period"))
        rows = {"When it happened": self.when, "This time is": self.precision, "Until": self.until, "Case": self.case}
        for name, widget in rows.items():
            widget.setAccessibleName(tr(name))
            form.addRow(label(tr(name), "label"), widget)
            if widget is self.when:
                form.addRow("", self.understood)
        self._until_label = form.labelForField(self.until)
        self.precision.currentTextChanged.connect(self._show_until)

    def _show_until(self) -> None:
        period = self.precision.currentText() == "period"
        self.until.setVisible(period)
        if self._until_label is not None:
            self._until_label.setVisible(period)

    def _show_time(self) -> None:
        """Show how the time was interpreted, while it is typed: after sealing, only another record can correct it."""
        when, day_only = self._time_of(self.when.text())
        try:
            words = ""
            if when and day_only:
                words = day_in_words(typed_day(when))
            elif when:
                words = in_words(typed_moment(when))
        except InputError:
            words = tr("This cannot be read as a time: {}.", EXAMPLES)
        self.understood.setText(words)

    def _toggle_folded(self) -> None:
        shown = not self._folded.isVisible()
        self._folded.setVisible(shown)
        self._more.setText(tr("Fewer fields") if shown else tr("More fields"))

    # Loading and saving

    def _load(self) -> None:
        entry = self.draft.entry
        fields = entry.get("fields")
        for name, editor in self.editors.items():
            value = fields.get(name) if isinstance(fields, dict) else None
            editor.load(value)
            # Both are needed by `_value_of`: what the editor makes of the value, and the value itself.
            self._loaded[name] = (editor.value(), value)
        precision = str(entry.get("event_precision") or "exact")
        self.precision.setCurrentText(precision)
        self.when.setText(_as_typed(str(entry.get("event_at") or "")))
        self.until.setText(_as_typed(str(entry.get("event_until") or "")))
        self._loaded_times = {self.when.text(): entry.get("event_at"), self.until.text(): entry.get("event_until")}
        self.case.setEditText(str(entry.get("case_ref") or ""))
        self._show_time()
        self._show_until()
        self._show_state()

    def _connect_changes(self) -> None:
        for editor in self.editors.values():
            editor.changed.connect(self._touched)
        for line in (self.when, self.until):
            line.textChanged.connect(self._touched)
        self.when.textChanged.connect(self._show_time)
        for combo in (self.precision, self.case):
            combo.currentTextChanged.connect(self._touched)

    def _touched(self) -> None:
        self.unsaved = True
        self.state.setText(tr("Draft, not saved yet"))
        self._identifier_timer.start()
        # The timer is not restarted by further changes: continuous typing must not postpone the saving.
        if not self._timer.isActive():
            self._timer.start()

    def entry(self) -> JsonObject:
        """Return the content of the form as an entry for sealing; it is not validated."""
        values = {name: self._value_of(name, editor) for name, editor in self.editors.items()}
        fields: JsonObject = {name: value for name, value in values.items() if value is not None}
        precision = self.precision.currentText()
        entry: JsonObject = {"kind": self.kind.name, "event_precision": precision, "fields": fields}
        when, day_only = self._time_of(self.when.text())
        entry["event_at"] = when
        if day_only and precision in ("exact", "about"):
            entry["event_precision"] = "date only"
        if precision == "period":
            entry["event_until"] = self._time_of(self.until.text())[0]
        if self.case.currentText().strip():
            entry["case_ref"] = self.case.currentText().strip()
        links: Json = self.draft.entry.get("links")
        if isinstance(links, list) and self.relation.currentData():
            links = [
                link | {"as": self.relation.currentData()} if isinstance(link, dict) and not position else link
                for position, link in enumerate(links)
            ]
        return entry | ({"links": links} if links else {})

    def _value_of(self, name: str, editor: Editor) -> Json:
        """Return the value of a field; an untouched field returns exactly what was loaded, which the editor may show less precisely."""
        shown, loaded = self._loaded.get(name, (None, None))
        value = editor.value()
        return loaded if loaded is not None and value == shown else value

    def _time_of(self, text: str) -> tuple[str, bool]:
        """Return the encoded time for a text, and whether it is a day alone. An untouched text returns the loaded time."""
        loaded = self._loaded_times.get(text)
        if text and isinstance(loaded, str) and loaded:
            return loaded, len(loaded) == len("2025-04-14")
        return _encoded_time(text)

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Save the draft now, then call `then`."""
        self._timer.stop()
        entry, identity = self.entry(), self.draft.identity

        def done(draft: Draft) -> None:
            self.draft, self.unsaved = draft, False
            self._show_state()
            self.saved.emit()
            then()

        self._runner.call(
            lambda session: drafts.save_draft(session, identity, entry), done, self._not_saved, owner=self
        )

    def _not_saved(self, sentence: str) -> None:
        self.message.fault(tr("{} The words are still here: do not close the window.", sentence))

    def _show_state(self) -> None:
        saved = in_words(read_moment(self.draft.saved_at)).rsplit(" ", 1)[1]
        self.state.setText(tr("Draft, saved {}. Only you can see it, and it is in no proof.", saved))

    # Files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files that are dragged in."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach files that are dropped."""
        self.files.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _files_changed(self, draft: Draft) -> None:
        self.draft = draft

    # Leaving

    def _ask_to_seal(self) -> None:
        self.message.say("")
        self.save(lambda: self.seal_asked.emit(self))

    def _fields_by_path(self) -> dict[str, tuple[str, QWidget]]:
        """Return the label and the editor of each part of the record, by its path."""
        fields_by_path: dict[str, tuple[str, QWidget]] = {
            f"fields.{name}": (editor.field.label, editor) for name, editor in self.editors.items()
        }
        return fields_by_path | {
            "event_at": ("When it happened", self.when),
            "event_until": ("Until", self.until),
            "case_ref": ("Case", self.case),
        }

    def show_field(self, path: str) -> None:
        """Bring the editor of a part of the record into view, and give it the focus."""
        found = self._fields_by_path().get(path)
        if found is not None:
            if not self._folded.isVisible() and self._folded.isAncestorOf(found[1]):
                self._toggle_folded()
            found[1].setFocus()
            self._area.ensureWidgetVisible(found[1])

    def explain(self, sentence: str) -> None:
        """Show an error from sealing, with the field's path replaced by its label, and focus that field."""
        for path, (label_text, _) in self._fields_by_path().items():
            if f"“{path}”" in sentence or f"“{path}." in sentence or f"“{path}[" in sentence:
                sentence = sentence.replace(f"“{path}” ({label_text})", f"“{path}”")
                sentence = sentence.replace(f"“{path}”", f"“{tr(label_text)}”")
                self.show_field(path)
                break
        self.message.fault(sentence)

    def close_page(self) -> None:
        """Save and close the form; refused while files are being attached, because their errors could not be shown any more."""
        if self.files.is_busy:
            self.message.fault(tr("Files are still being attached: wait for them, or press Cancel."))
        else:
            self.save(self.left.emit)

    def _delete(self) -> None:
        """Delete the draft, with everything that is typed kept in what can be brought back."""
        identity, entry = self.draft.identity, self.entry()
        self.files.stop_now()
        self._timer.stop()

        def work(session: Session) -> None:
            drafts.save_draft(session, identity, entry)
            drafts.delete_draft(session, identity)

        def done(_: None) -> None:
            self.unsaved = False
            self.deleted.emit(identity)
            self.left.emit()

        self._runner.call(work, done, self._not_saved, owner=self)


def _form(parent: QWidget | None = None) -> QFormLayout:
    form = QFormLayout(parent) if parent is not None else QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def _encoded_time(text: str) -> tuple[str, bool]:
    """Return a typed time as records encode it, and whether it is a day alone; unreadable text is returned stripped.

    Times are typed in Europe/London and encoded in UTC (YYYY-MM-DDTHH:MM:SSZ, or YYYY-MM-DD for a day).
    """
    if not text.strip():
        return "", False
    try:
        encoded, with_time = spoken_moment(text, SystemClock().now())
    except InputError:
        return text.strip(), False
    return encoded, not with_time


def _as_typed(encoded: str) -> str:
    """Return an encoded time as a user would type it, in Europe/London; other text unchanged."""
    try:
        return as_typed(typed_moment(encoded))
    except InputError:
        return encoded


def new_entry(kind: Kind, links: list[Json] | None = None) -> JsonObject:
    """Return the entry of a new draft, with the current minute (UTC) as the approximate time of the event."""
    now = SystemClock().now().replace(second=0)
    entry: JsonObject = {
        "kind": kind.name,
        "event_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "event_precision": "about",
        "fields": {},
    }
    return entry | ({"links": links} if links else {})
