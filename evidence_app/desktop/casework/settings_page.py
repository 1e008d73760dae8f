"""Settings page: an editor and an explanation for each setting, a search field, and validation on saving."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from evidence_app.desktop.casework.free_days_setting import FreeDaysSetting
from evidence_app.desktop.casework.table_setting import TableSetting
from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.lists.chip import Chip
from evidence_app.desktop.design.widgets import Message, WordChoices, button, column, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.settings import SETTINGS, Setting, SettingKind, Settings, changed
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings, replace_settings, set_aside_unreadable


class NumberSetting(QSpinBox):
    """Editor for a whole number with a unit."""

    edited = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setRange(setting.least, setting.most)
        self.setSuffix(f" {tr(setting.unit)}" if setting.unit else "")
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)
        self.valueChanged.connect(self.edited)

    def show_value(self, value: object) -> None:
        """Show a number."""
        self.setValue(value if isinstance(value, int) else self.minimum())

    def values(self) -> list[str]:
        """Return the number, as the one value."""
        return [str(self.value())]


class SwitchSetting(QCheckBox):
    """Editor for a yes-or-no setting."""

    edited = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__(tr(setting.label))
        self.toggled.connect(self.edited)

    def show_value(self, value: object) -> None:
        """Show yes or no."""
        self.setChecked(bool(value))

    def values(self) -> list[str]:
        """Return `yes` or `no`, as the one value."""
        return ["yes" if self.isChecked() else "no"]


class ChoiceSetting(WordChoices):
    """Editor for one of a few fixed words."""

    edited = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.choices, tr(setting.label))
        self.currentTextChanged.connect(self.edited)
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)

    def show_value(self, value: object) -> None:
        """Show the chosen word."""
        self.choose(str(value))

    def values(self) -> list[str]:
        """Return the chosen word, as the one value."""
        return [self.value()]


Editor = FreeDaysSetting | TableSetting | NumberSetting | SwitchSetting | ChoiceSetting
EDITORS: dict[SettingKind, Callable[[Setting], Editor]] = {
    SettingKind.LINES: TableSetting,
    SettingKind.DAYS: FreeDaysSetting,
    SettingKind.NUMBER: NumberSetting,
    SettingKind.SWITCH: SwitchSetting,
    SettingKind.CHOICE: ChoiceSetting,
}
"""The editor class for each type of setting."""


class SettingsPage(QWidget):
    """Form with all settings. `kept` gives the current settings, whenever they were loaded or saved."""

    kept = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self.boxes: dict[str, Editor] = {}
        self._as_shown: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, QWidget] = {}
        self.message = Message()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a setting"))
        self.search.setAccessibleName(tr("Find a setting"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.nothing = label(tr("No setting has these words."), "soft")
        self.nothing.hide()
        self.unsaved = Chip()
        self.undo = button(tr("As they were"), self.load)
        about = tr("They change what is offered and counted, never what is sealed.")
        head = row(label(tr("Settings"), "title"), None, button(tr("Lists of words…"), self.show_word_lists))
        top = column(head, label(about, "soft"), self.search, self.nothing)
        parts = column(*(self._part(setting) for setting in SETTINGS), None)
        # Both stay in sight: what is changed at the bottom of the list is saved where one is.
        foot = column(self.message, row(self.unsaved, None, self.undo, button(tr("Save"), self.save, main=True)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_XL, tokens.SPACE_L, tokens.SPACE_XL, tokens.SPACE_M)
        for part, stretch in ((top, 0), (scrolling(parts), 1), (foot, 0)):
            part.setMaximumWidth(tokens.form_width(self.fontMetrics().height()))
            whole.addWidget(part, stretch)
        self._show_unsaved()

    def show_word_lists(self) -> None:
        """Open the window of the lists of words to choose from."""
        from evidence_app.desktop.casework.word_lists_window import WordListsWindow

        window = WordListsWindow(self, self._runner)
        window.finished.connect(window.deleteLater)
        window.open()

    def _part(self, setting: Setting) -> QWidget:
        editor = EDITORS[setting.sort](setting)
        editor.setAccessibleName(tr(setting.label))
        editor.setAccessibleDescription(tr(setting.help))
        self.boxes[setting.name] = editor
        editor.edited.connect(self._show_unsaved)
        title = None if setting.sort is SettingKind.SWITCH else label(tr(setting.label), "heading")
        explanation = tr(setting.help)
        help_text = label(explanation[:1].upper() + explanation[1:], "soft")
        self._parts[setting.name] = column(*(each for each in (title, editor, help_text) if each is not None))
        return self._parts[setting.name]

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for setting in SETTINGS:
            searched_text = f"{tr(setting.label)} {tr(setting.help)}".lower()
            self._parts[setting.name].setVisible(all(word in searched_text for word in words))
        self.nothing.setVisible(all(part.isHidden() for part in self._parts.values()))

    def arrive(self) -> None:
        """Load the stored settings, unless there are unsaved changes."""
        if not self._is_being_changed():
            self._read(replacing=False)

    def _show_unsaved(self) -> None:
        """Show which settings are changed and not saved."""
        # Before they are read nothing is known of them, and nothing is said.
        self.unsaved.setVisible(bool(self._as_shown))
        labels = [tr(setting.label) for setting in SETTINGS if setting.name in self._changed()]
        self.unsaved.say(
            tr("Not saved: {}", ", ".join(labels)) if labels else tr("All saved"), "attention" if labels else "plain"
        )
        self.undo.setEnabled(bool(labels))

    def _changed(self) -> list[str]:
        """Return the names of the settings with unsaved changes; none before the settings were loaded."""
        if not self._as_shown:
            return []
        return [name for name, box in self.boxes.items() if tuple(box.values()) != self._as_shown.get(name)]

    def _is_being_changed(self) -> bool:
        """Whether somebody has changed a setting, or is writing in a table at this moment."""
        return bool(self._changed()) or any(
            isinstance(box, TableSetting) and box.is_written_in() for box in self.boxes.values()
        )

    def load(self) -> None:
        """Load and show the stored settings in place of what is changed; show a warning if some could not be read."""
        self._read(replacing=True)

    def _read(self, *, replacing: bool) -> None:
        def work(session: Session) -> tuple[Settings, str]:
            warning = set_aside_unreadable(session)
            return load_settings(session), warning

        self._runner.call(work, lambda result: self._show(result, replacing=replacing), self.message.fault, owner=self)

    def _show(self, result: tuple[Settings, str], *, replacing: bool) -> None:
        settings, warning = result
        self.message.say(warning, "warning")
        # What somebody began to write while they were read is not taken away from under the hand.
        if replacing or not self._is_being_changed():
            self._show_values(settings)
        self.kept.emit(settings)

    def _show_values(self, settings: Settings) -> None:
        for name, box in self.boxes.items():
            box.show_value(getattr(settings, name))
        self._as_shown = {name: tuple(box.values()) for name, box in self.boxes.items()}
        self._show_unsaved()

    def save(self) -> None:
        """Validate all changed settings, then save all of them, or none on an error.

        Unchanged settings are read from the store again, because another page may have changed them meanwhile.
        """
        typed = {name: self.boxes[name].values() for name in self._changed()}
        settings = Settings()
        for setting in SETTINGS:
            if setting.name not in typed:
                continue
            try:
                settings = changed(settings, setting.name, typed[setting.name])
            except InputError as error:
                self.search.clear()
                self.message.fault(f"{tr(setting.label)}: {error.sentence}")
                self.boxes[setting.name].setFocus()
                return

        def work(session: Session) -> Settings:
            current = load_settings(session)
            for name, values in typed.items():
                current = changed(current, name, values)
            replace_settings(session, current)
            return current

        self._runner.call(work, self._saved, self.message.fault, owner=self)

    def _saved(self, settings: Settings) -> None:
        self._show_values(settings)
        self.message.done(tr("Saved."))
        self.kept.emit(settings)

    def wipe(self) -> None:
        """Clear the list settings, which may hold names. Nothing can be saved until the settings are loaded again."""
        self._as_shown = {}
        self._show_unsaved()
        self.search.clear()
        for setting in SETTINGS:
            if setting.many:
                self.boxes[setting.name].show_value(())
        self.message.say("")
