"""Editors for the fields of a record: one class for each type of field, built from the field definitions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QGroupBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.forms.form_grid import FormGrid
from evidence_app.desktop.design.forms.growing_text import GrowingText
from evidence_app.desktop.design.widgets import Choices, button
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.fields import Field, FieldType
from evidence_app.domain.time.spoken_times import spoken_day, spoken_moment
from evidence_app.domain.time.times import as_typed, london_day, typed_day, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json
from evidence_app.services.core.session import SystemClock

PROSE_LINES: Final = 2
MAIN_LINES: Final = 4
"""Least height of a free-text editor, and of that for the main field of a kind, in lines."""
YES_NO: Final = {"yes": True, "no": False}
"""Choices of a yes-or-no field, with their values."""


PERSON: Final = {"person", "role"}
"""The parts of a group that is a person."""


def is_wide(field: Field) -> bool:
    """Return whether a field needs the whole width of a form: text of several lines, or a group."""
    return field.type in (FieldType.PROSE, FieldType.GROUP)


class Editor(QWidget):
    """Base class: editor for one field. `changed`: the user changed the content."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def value(self) -> Json:
        """Return the content as a JSON value, not validated; None if it is empty."""
        raise NotImplementedError

    def load(self, value: Json) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def hint(self, text: str) -> None:
        """Show a text in the field while it is empty, where it has no label."""
        for edit in self.findChildren(QLineEdit):
            edit.setPlaceholderText(text)

    def adopt(self, widget: QWidget) -> None:
        """Add the input widget, set its accessible name and description, and give it the editor's focus."""
        widget.setAccessibleName(tr(self.field.label))
        if self.field.help:
            widget.setAccessibleDescription(tr(self.field.help))
        self.column.addWidget(widget)
        self.setFocusProxy(widget)


class LineEditor(Editor):
    """Editor for a short text; for a field with `many`, a list of texts separated by semicolons."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.edit = DayField(ahead=field.ahead) if field.type is FieldType.DATE else QLineEdit()
        if field.many:
            self.edit.setPlaceholderText(tr("Several? Put a semicolon between them"))
        self.edit.textChanged.connect(self.changed)
        self.adopt(self.edit)

    def value(self) -> Json:
        text = self.edit.text().strip()
        if self.field.many:
            return [part.strip() for part in text.split(";") if part.strip()] or None
        return text or None

    def load(self, value: Json) -> None:
        self.edit.setText("; ".join(str(item) for item in value) if isinstance(value, list) else str(value or ""))


class NumberEditor(LineEditor):
    """Editor for a number. Other text is returned as typed, and refused when sealing."""

    def value(self) -> Json:
        text = self.edit.text().strip()
        try:
            number = float(text.removesuffix("%").strip())
        except ValueError:
            return text or None
        return int(number) if number.is_integer() else number


class TimeEditor(LineEditor):
    """Editor for a day or a moment, typed in words (Europe/London); the value is encoded as in records (UTC).

    Text that cannot be read as a time is returned as typed, and refused when sealing.
    """

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        day = field.type is FieldType.DATE
        hint = "Friday, 24 April 2026" if field.ahead else "yesterday, 3 April 2025"
        self.edit.setPlaceholderText(hint if day else tr("today 14:10, 3 April 2025 9:30"))

    def value(self) -> Json:
        text = self.edit.text().strip()
        if not text:
            return None
        try:
            if self.field.type is FieldType.DATE:
                return spoken_day(text, london_day(SystemClock().now()), ahead=self.field.ahead).isoformat()
            encoded, with_time = spoken_moment(text, SystemClock().now())
        except InputError:
            return text
        return encoded if with_time else text

    def load(self, value: Json) -> None:
        text = str(value or "")
        try:
            if self.field.type is FieldType.DATE:
                text = f"{typed_day(text):%d/%m/%Y}"
            elif text:
                text = as_typed(typed_moment(text))
        except InputError:
            pass
        self.edit.setText(text)


class ProseEditor(Editor):
    """Editor for free text."""

    def __init__(self, field: Field, lines: int = PROSE_LINES, *, lead: bool = False) -> None:
        super().__init__(field)
        self.edit = GrowingText(lines, lead=lead)
        self.edit.textChanged.connect(self.changed)
        self.adopt(self.edit)

    def value(self) -> Json:
        return self.edit.toPlainText().strip() or None

    def load(self, value: Json) -> None:
        self.edit.setPlainText(str(value or ""))
        # The cursor goes to the end, so that typing continues the text.
        self.edit.moveCursor(QTextCursor.MoveOperation.End)


class ChoiceEditor(Editor):
    """Editor for one of several choices, or none yet."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        words = tuple(YES_NO) if field.type is FieldType.BOOLEAN else field.choices
        self.combo = Choices(("", *words), editable=field.open_choice, name=tr(field.label))
        self.combo.setSizeAdjustPolicy(Choices.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(16)
        self.combo.currentTextChanged.connect(self.changed)
        self.adopt(self.combo)

    def offer(self, words: Sequence[str]) -> None:
        """Offer these words and no others; what is chosen or typed stays."""
        text = self.combo.currentText()
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems(["", *words])
        self.combo.setEditText(text)
        self.combo.blockSignals(False)

    def value(self) -> Json:
        text = self.combo.currentText().strip()
        if self.field.type is FieldType.BOOLEAN:
            return YES_NO.get(text)
        if self.field.many:
            return [text] if text else None
        return text or None

    def load(self, value: Json) -> None:
        if isinstance(value, list):
            value = value[0] if value else None
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value or "")
        if self.combo.isEditable():
            self.combo.setEditText(text)
        else:
            self.combo.setCurrentText(text)


class GroupEditor(Editor):
    """Editor for a group of fields, as one JSON object."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.parts = {part.name: editor_for(part) for part in field.parts}
        self._lay_out(field)
        for part in field.parts:
            editor = self.parts[part.name]
            editor.changed.connect(self.changed)
            for widget in editor.findChildren(QWidget):
                if widget.accessibleName() == tr(part.label):
                    widget.setAccessibleName(f"{tr(field.label)}: {tr(part.label)}")
        if self.parts:
            self.setFocusProxy(next(iter(self.parts.values())))

    def _lay_out(self, field: Field) -> None:
        if set(self.parts) == PERSON:
            # Name and role stand on one line, and say in themselves what they are.
            line = QHBoxLayout()
            line.setSpacing(tokens.SPACE_L)
            for part in field.parts:
                editor = self.parts[part.name]
                editor.hint(tr(part.label))
                line.addWidget(editor, 1)
            self.column.addLayout(line)
            return
        grid = FormGrid()
        for part in field.parts:
            grid.add(tr(part.label), self.parts[part.name], wide=is_wide(part))
        self.column.addWidget(grid)

    def value(self) -> Json:
        values = {name: editor.value() for name, editor in self.parts.items()}
        return {name: value for name, value in values.items() if value is not None} or None

    def load(self, value: Json) -> None:
        for name, editor in self.parts.items():
            editor.load(value.get(name) if isinstance(value, dict) else None)

    def offer_people(self, people: Mapping[str, str]) -> None:
        """Offer names as completions, and fill in the known role of the chosen person. `people` maps names to roles."""
        name, role = self.parts.get("person"), self.parts.get("role")
        if not isinstance(name, LineEditor):
            return
        completer = QCompleter(sorted(people), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        name.edit.setCompleter(completer)

        def chosen(text: str) -> None:
            if role is not None and not role.value() and people.get(text):
                role.load(people[text])

        completer.activated.connect(chosen)


class ListEditor(Editor):
    """Editor for a list of groups, one below the other. What is offered in one is offered in those that are added later too."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._group_field = Field(field.name, field.label, field.type, parts=field.parts)
        self.items: list[GroupEditor] = []
        self._people: Mapping[str, str] = {}
        self._words: Mapping[str, Sequence[str]] = {}
        self._boxes = QVBoxLayout()
        self.column.addLayout(self._boxes)
        self._add = button(tr("Add to: {}", tr(field.label).lower()), self._add_one, flat=True)
        self.column.addWidget(self._add)
        self.setFocusProxy(self._add)

    def _add_one(self) -> None:
        self._append(None)
        self.items[-1].setFocus()

    def _append(self, value: Json) -> None:
        editor = GroupEditor(self._group_field)
        editor.load(value)
        editor.offer_people(self._people)
        offer_words(editor, self._words)
        editor.changed.connect(self.changed)
        box = QGroupBox(f"{len(self.items) + 1}")
        box_layout = QVBoxLayout(box)
        box_layout.addWidget(editor)
        self.items.append(editor)
        self._boxes.addWidget(box)

    def value(self) -> Json:
        values = [editor.value() for editor in self.items]
        return [value for value in values if value is not None] or None

    def offer_words(self, words: Mapping[str, Sequence[str]]) -> None:
        """Offer the words of lists, by the name of each list, in every group."""
        self._words = words
        for editor in self.items:
            offer_words(editor, words)

    def offer_people(self, people: Mapping[str, str]) -> None:
        """Offer names as completions in every group."""
        self._people = people
        for editor in self.items:
            editor.offer_people(people)

    def load(self, value: Json) -> None:
        for item in value if isinstance(value, list) else []:
            self._append(item)


_MAKERS: Final[dict[FieldType, Callable[[Field], Editor]]] = {
    FieldType.LINE: LineEditor,
    FieldType.PROSE: ProseEditor,
    FieldType.CHOICE: ChoiceEditor,
    FieldType.DATE: TimeEditor,
    FieldType.MOMENT: TimeEditor,
    FieldType.INTEGER: NumberEditor,
    FieldType.NUMBER: NumberEditor,
    FieldType.BOOLEAN: ChoiceEditor,
    FieldType.GROUP: GroupEditor,
}


def editor_for(field: Field, *, main: bool = False) -> Editor:
    """Return a new editor for a field; that of a kind's main field is larger."""
    if field.type is FieldType.PROSE:
        return ProseEditor(field, MAIN_LINES if main else PROSE_LINES, lead=main)
    if field.type is FieldType.GROUP and field.many:
        return ListEditor(field)
    return _MAKERS[field.type](field)


class FieldEditors(dict[str, Editor]):
    """Editors by the name of their field. One in a closed fold is made, by `make`, when it is asked for."""

    def __init__(self, make: Callable[[str], None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Editor:
        self._make(name)
        return self[name]


def offer_people(editor: Editor, people: dict[str, str]) -> None:
    """Offer the names and roles of people that are known, where an editor takes a person."""
    if isinstance(editor, GroupEditor | ListEditor):
        editor.offer_people(people)


def offer_words(editor: Editor, words: Mapping[str, Sequence[str]]) -> None:
    """Offer the words of lists, by the name of each list, wherever an editor takes one."""
    if isinstance(editor, GroupEditor):
        for part in editor.parts.values():
            offer_words(part, words)
    elif isinstance(editor, ListEditor):
        editor.offer_words(words)
    elif isinstance(editor, ChoiceEditor) and editor.field.word_list is not None:
        offered = words.get(editor.field.word_list.name)
        if offered is not None:
            editor.offer(offered)
