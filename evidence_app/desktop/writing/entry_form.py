"""Entry form: the draft of one record, saved automatically while it is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.forms.folds import Fold, FoldCard
from evidence_app.desktop.design.forms.form_grid import FormGrid
from evidence_app.desktop.design.lists.chip import Chip
from evidence_app.desktop.design.widgets import Choices, Message, button, column, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_moment
from evidence_app.desktop.writing.draft_files import DraftFiles
from evidence_app.desktop.writing.editors import Editor, FieldEditors, editor_for, is_wide
from evidence_app.desktop.writing.event_editor import EventEditor
from evidence_app.desktop.writing.form_groups import first_fields, groups_of
from evidence_app.desktop.writing.offers import Offers
from evidence_app.domain.record.fields import Field, FieldType
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.vocabularies import ADDENDUM_RELATIONS
from evidence_app.domain.text.identifiers import sorts_in
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft

AUTOSAVE_MS: Final = 1_500
"""Longest time in milliseconds that a change stays unsaved."""
PEOPLE_MS: Final = 100
"""Milliseconds after which the names that are known are read, to be offered."""
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

    def __init__(
        self, runner: BackgroundRunner, draft: Draft, case_refs: list[str], people: Callable[[Session], dict[str, str]]
    ) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.setAcceptDrops(True)
        self._runner = runner
        self.draft = draft
        self.kind = KINDS[draft.kind]
        self.editors = FieldEditors(self._make_field)
        self.unsaved = self.touched = False
        self._loaded: dict[str, tuple[Json, Json]] = {}
        # What makes each fold that was not opened yet, by the name of a field in it.
        self._make_fold_of: dict[str, Callable[[], None]] = {}
        self._timer = QTimer(self, interval=AUTOSAVE_MS, singleShot=True)
        self._timer.timeout.connect(self.save)
        self._identifier_timer = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._identifier_timer.timeout.connect(self._show_identifiers)
        self.state, self.message, self.identifies = Chip(), Message(), label("", "warning")
        self._build(case_refs)
        self._load()
        self._connect_changes()
        self._show_identifiers()
        # When the form is on screen: reading records takes the interpreter from the thread that paints it.
        QTimer.singleShot(PEOPLE_MS, self, lambda: self.offers.ask(runner, people, self.message.fault))

    def _show_identifiers(self) -> None:
        """Show which types of personal identifier the text contains, while it is written."""
        words = ", ".join(f"a {what}" for what in sorts_in(self.entry()["fields"]))
        self.identifies.setText(tr("In it: {}. That identifies somebody.", words) if words else "")
        self.identifies.setVisible(bool(words))

    # Building

    def _build(self, case_refs: list[str]) -> None:
        content = QWidget()
        content.setObjectName("draft")
        page = QVBoxLayout(content)
        page.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_L, tokens.SPACE_XL, tokens.SPACE_L)
        body = QWidget()
        body.setMaximumWidth(tokens.form_width(self.fontMetrics().height()))
        page.addWidget(body)
        parts = QVBoxLayout(body)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(tokens.SPACE_M)
        parts.addWidget(row(label(tr(self.kind.label), "title", wrap=False), self.state, None))
        self._add_link(parts)
        parts.addWidget(self._first_screen(case_refs))
        self.folds = FoldCard()
        for title, fields in groups_of(self.kind):
            self._add_fold(title, fields)
        self._add_files()
        parts.addWidget(self.folds)
        parts.addStretch(1)
        self._area = scrolling(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._foot())

    def _first_screen(self, case_refs: list[str]) -> FormGrid:
        grid = FormGrid()
        main = next(field for field in fields_of(self.kind) if field.name == self.kind.main)
        self._add(grid, main, main=True)
        fields = first_fields(self.kind)
        people = [field for field in fields if field.type is FieldType.GROUP]
        wide = [field for field in fields if is_wide(field) and field not in people]
        short = [field for field in fields if not is_wide(field)]
        for field in people:
            self._add(grid, field)
        self.event_editor = EventEditor(grid)
        self.offers = Offers(self.editors.values, self.event_editor)
        self.when, self.until = self.event_editor.when, self.event_editor.until
        self.precision, self.understood = self.event_editor.precision, self.event_editor.understood
        for field in short[:1]:
            self._add(grid, field)
        self.case = Choices(("", *case_refs), editable=True, name=tr("Case"))
        grid.add(tr("Case"), self.case)
        for field in (*short[1:], *wide):
            self._add(grid, field)
        return grid

    def _add_fold(self, title: str, fields: list[Field]) -> None:
        """Add a fold whose fields are made when it is opened: most forms are sealed with most folds closed, and a field takes long to make."""
        fold = self.folds.add(Fold(tr(title)))

        def make() -> None:
            if fields[0].name not in self._make_fold_of:
                return
            for field in fields:
                del self._make_fold_of[field.name]
            grid = FormGrid()
            editors = [self._add(grid, field) for field in fields]

            def describe() -> None:
                written = sum(editor.value() is not None for editor in editors)
                fold.title.say(tr("{} written", written) if written else "")

            for editor in editors:
                self._load_field(editor)
                editor.changed.connect(describe)
                editor.changed.connect(self._touched)
                self.offers.to(editor)
            describe()
            fold.put(grid)

        self._make_fold_of |= {field.name: make for field in fields}
        fold.opened.connect(make)

    def _make_field(self, name: str) -> None:
        """Make the fold that a field is in."""
        self._make_fold_of[name]()

    def _add_files(self) -> None:
        self.seal_button = button(tr("Seal…"), self._ask_to_seal, main=True)
        self.files = DraftFiles(self._runner, self.draft)
        fold = self.folds.add(Fold(tr("Files"), self.files))

        def describe() -> None:
            number = len(self.draft.attachments)
            fold.title.say(tr("{} files", number) if number else tr("drop them anywhere on the page"))
            if number:
                fold.open()

        def work_began(busy: bool) -> None:
            self.seal_button.setEnabled(not busy)
            if busy:
                fold.open()

        self.files.changed.connect(self._files_changed)
        self.files.changed.connect(lambda _: describe())
        self.files.busy.connect(work_began)
        describe()

    def _foot(self) -> QWidget:
        """Return what stays below the form while it scrolls: what it holds that identifies somebody, errors, and the buttons."""
        self._delete_button = button(tr("Delete the draft"), self._delete, flat=True)
        self._delete_button.setToolTip(tr("It can be brought back for a week, under Drafts"))
        seal_shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        seal_shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        seal_shortcut.activated.connect(self.seal_button.click)
        self.seal_button.setToolTip(tr("Look at it once more, then seal it (Ctrl+Enter)"))
        # Both lines grow upwards, over what scrolls: the buttons stay where they are.
        foot = column(
            self.identifies,
            self.message,
            row(self._delete_button, None, button(tr("Close, keep the draft"), self.close_page), self.seal_button),
        )
        foot.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_S, tokens.SPACE_XL, tokens.SPACE_M)
        foot.setMaximumWidth(tokens.form_width(self.fontMetrics().height()) + 2 * tokens.SPACE_XL)
        return foot

    def _add(self, grid: FormGrid, field: Field, *, main: bool = False) -> Editor:
        editor = editor_for(field, main=main)
        self.editors[field.name] = editor
        needed = "" if not field.required else "  " + tr("(needed)")
        hint = label(tr(field.help), "caption") if field.help else None
        grid.add(tr(field.label) + needed, editor, wide=main or is_wide(field), hint=hint)
        if field.required:
            # On the field itself, which has the focus: a screen reader says nothing of the frame around it.
            (editor.focusProxy() or editor).setAccessibleDescription(tr("needed"))
        return editor

    def _add_link(self, parts: QVBoxLayout) -> None:
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
        parts.addWidget(
            row(label(tr("About record {}. This", first_link["to"]), "label", wrap=False), self.relation, None)
        )

    # Loading and saving

    def _load(self) -> None:
        entry = self.draft.entry
        for editor in self.editors.values():
            self._load_field(editor)
        self.event_editor.load(entry)
        self.case.setEditText(str(entry.get("case_ref") or ""))
        for fold, (_, members) in zip(self.folds.folds, groups_of(self.kind), strict=False):
            # What somebody has begun to write elsewhere, such as an answer to a mail, is in sight, and in the entry: a fold that is not
            # made is one in which nothing was written.
            if any(self._stored(field.name) is not None for field in members):
                fold.open()
        self._show_state()

    def _stored(self, name: str) -> Json:
        fields = self.draft.entry.get("fields")
        return fields.get(name) if isinstance(fields, dict) else None

    def _load_field(self, editor: Editor) -> None:
        value = self._stored(editor.field.name)
        editor.load(value)
        # Both are needed by `_value_of`: what the editor makes of the value, and the value itself.
        self._loaded[editor.field.name] = (editor.value(), value)

    def _connect_changes(self) -> None:
        for name in (self.kind.main, *(field.name for field in first_fields(self.kind))):
            self.editors[name].changed.connect(self._touched)
        self.event_editor.changed.connect(self._touched)
        self.case.currentTextChanged.connect(self._touched)

    def _touched(self) -> None:
        self.unsaved = self.touched = True
        self.state.say("□ " + tr("Draft, not saved yet"), "attention")
        self._identifier_timer.start()
        # The timer is not restarted by further changes: continuous typing must not postpone the saving.
        if not self._timer.isActive():
            self._timer.start()

    def entry(self) -> JsonObject:
        """Return the content of the form as an entry for sealing; it is not validated."""
        values = {name: self._value_of(name, editor) for name, editor in self.editors.items()}
        fields: JsonObject = {name: value for name, value in values.items() if value is not None}
        entry: JsonObject = {"kind": self.kind.name, "fields": fields, **self.event_editor.value()}
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

    def is_blank(self) -> bool:
        """Return whether nobody has put anything into the draft: it was begun, and left as it was."""
        entry = self.entry()
        begun = bool(entry["fields"]) or "case_ref" in entry or "links" in entry
        return not (self.touched or begun or self.draft.attachments or self.files.is_busy)

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
        saved = tr_moment(read_moment(self.draft.saved_at)).rsplit(" ", 1)[1]
        self.state.say("□ " + tr("Draft, saved {}, only you can see it", saved), "attention")

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

    def _labels_by_path(self) -> dict[str, str]:
        """Return the label of each part of the record, by its path."""
        labels = {f"fields.{field.name}": field.label for field in fields_of(self.kind)}
        return labels | {"event_at": "When it happened", "event_until": "Until", "case_ref": "Case"}

    def show_field(self, path: str) -> None:
        """Bring the editor of a part of the record into view, and give it the focus."""
        if path not in self._labels_by_path():
            return
        others: dict[str, QWidget] = {"event_at": self.when, "event_until": self.until, "case_ref": self.case}
        editor = others[path] if path in others else self.editors[path.removeprefix("fields.")]
        fold = self.folds.fold_of(editor)
        if fold is not None:
            fold.open()
        editor.setFocus()
        self._area.ensureWidgetVisible(editor)

    def explain(self, sentence: str) -> None:
        """Show an error from sealing, with the field's path replaced by its label, and focus that field."""
        for path, label_text in self._labels_by_path().items():
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
            self.unsaved = self.touched = False
            self.deleted.emit(identity)
            self.left.emit()

        self._runner.call(work, done, self._not_saved, owner=self)
