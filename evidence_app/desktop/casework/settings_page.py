"""Settings: each with an editor of its sort and what it is for, found by its words, checked and kept when they are saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Choices, Message, button, column, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.settings import SETTINGS, Setting, SettingKind, Settings, changed
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings, replace_settings, set_aside_unreadable

LINES = 3


class LinesSetting(QPlainTextEdit):
    """One value a line."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 18)
        self.setToolTip(tr(setting.help))

    def show_value(self, value: object) -> None:
        """Show a list of lines."""
        lines: Sequence[object] = value if isinstance(value, tuple) else (value,)
        self.setPlainText("\n".join(str(line) for line in lines))

    def values(self) -> list[str]:
        """Return the lines."""
        return self.toPlainText().split("\n")


class NumberSetting(QSpinBox):
    """A whole number of something."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setRange(setting.least, setting.most)
        self.setSuffix(f" {setting.unit}")
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)

    def show_value(self, value: object) -> None:
        """Show a number."""
        self.setValue(value if isinstance(value, int) else self.minimum())

    def values(self) -> list[str]:
        """Return the number."""
        return [str(self.value())]


class SwitchSetting(QCheckBox):
    """Yes or no."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(tr(setting.label))

    def show_value(self, value: object) -> None:
        """Show whether it is so."""
        self.setChecked(bool(value))

    def values(self) -> list[str]:
        """Return yes or no."""
        return ["yes" if self.isChecked() else "no"]


class ChoiceSetting(Choices):
    """One of a few words."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.choices, name=tr(setting.label))
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)

    def show_value(self, value: object) -> None:
        """Show which it is."""
        self.setCurrentText(str(value))

    def values(self) -> list[str]:
        """Return the word."""
        return [self.currentText()]


Editor = LinesSetting | NumberSetting | SwitchSetting | ChoiceSetting
EDITORS: dict[SettingKind, Callable[[Setting], Editor]] = {
    SettingKind.LINES: LinesSetting,
    SettingKind.NUMBER: NumberSetting,
    SettingKind.SWITCH: SwitchSetting,
    SettingKind.CHOICE: ChoiceSetting,
}


class SettingsPage(QWidget):
    """An editor for each setting, with what it is for. `kept` gives the settings as they are now."""

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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(6)
        whole.addWidget(label(tr("Settings"), "title"))
        whole.addWidget(
            label(
                tr("They change what is offered and counted, never what is sealed. In a list one value a line."), "soft"
            )
        )
        whole.addWidget(row(button(tr("Save"), self.save, main=True), button(tr("As they were"), self.load), None))
        whole.addWidget(self.message)
        whole.addWidget(self.search)
        whole.addWidget(self.nothing)
        for setting in SETTINGS:
            whole.addWidget(self._part(setting))
        whole.addStretch(1)

    def _part(self, setting: Setting) -> QWidget:
        box = EDITORS[setting.sort](setting)
        box.setAccessibleName(tr(setting.label))
        box.setAccessibleDescription(tr(setting.help))
        self.boxes[setting.name] = box
        title = None if setting.sort is SettingKind.SWITCH else label(tr(setting.label), "heading")
        explained = tr(setting.help)
        help_text = label(explained[:1].upper() + explained[1:], "soft")
        self._parts[setting.name] = column(*(each for each in (title, box, help_text) if each is not None))
        return self._parts[setting.name]

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for setting in SETTINGS:
            said = f"{tr(setting.label)} {tr(setting.help)}".lower()
            self._parts[setting.name].setVisible(all(word in said for word in words))
        self.nothing.setVisible(all(part.isHidden() for part in self._parts.values()))

    def arrive(self) -> None:
        """Show the settings as they are kept now, unless something was typed and not saved."""
        if not self._changed():
            self.load()

    def _changed(self) -> list[str]:
        """Return the names of the settings that were typed into since they were shown; none before they were."""
        if not self._as_shown:
            return []
        return [name for name, box in self.boxes.items() if tuple(box.values()) != self._as_shown.get(name)]

    def load(self) -> None:
        """Show the settings as they are kept; say so where some could not be read."""

        def work(session: Session) -> tuple[Settings, str]:
            trouble = set_aside_unreadable(session)
            return load_settings(session), trouble

        self._runner.call(work, self._show, self.message.fault, owner=self)

    def _show(self, found: tuple[Settings, str]) -> None:
        settings, trouble = found
        self.message.say(trouble, "warning")
        self._show_values(settings)
        self.kept.emit(settings)

    def _show_values(self, settings: Settings) -> None:
        for name, box in self.boxes.items():
            box.show_value(getattr(settings, name))
        self._as_shown = {name: tuple(box.values()) for name, box in self.boxes.items()}

    def save(self) -> None:
        """Check what was typed and keep all of it, or nothing. What was not typed into stays as it is kept: it may have changed meanwhile."""
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
            now = load_settings(session)
            for name, values in typed.items():
                now = changed(now, name, values)
            replace_settings(session, now)
            return now

        self._runner.call(work, self._saved, self.message.fault, owner=self)

    def _saved(self, settings: Settings) -> None:
        self._show_values(settings)
        self.message.done(tr("Saved."))
        self.kept.emit(settings)

    def wipe(self) -> None:
        """Take everything off the screen. Nothing can be saved until the settings are shown again."""
        self._as_shown = {}
        self.search.clear()
        for setting in SETTINGS:
            if setting.sort is SettingKind.LINES:
                self.boxes[setting.name].show_value(())
        self.message.say("")
