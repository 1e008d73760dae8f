"""Profiles: look at each, copy one, and change the copy."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.bundles.dialogs import WordsDialog
from evidence_app.desktop.design.dialogs import plain
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profile_files import KNOWN_ITEMS, WITHHELD_ITEMS, profile_to_json, read_profile
from evidence_app.domain.plan.profiles import MEANINGS, PROFILES, Profile
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.bundles import profiles as service
from evidence_app.services.core.session import Session

Editor = QLineEdit | QCheckBox | QListWidget


class ProfilesPage(QWidget):
    """A form for each profile; the program's own can be read and copied, an officer's own can be changed."""

    changed = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._profiles: Mapping[str, Profile] = {}
        self.chosen, self.message = Choices(name=tr("Profile")), Message()
        self.chosen.setMinimumContentsLength(26)
        self.copy = button(tr("Copy…"), self._copy)
        self.save = button(tr("Save"), self._save, main=True)
        self.remove = button(tr("Remove"), self._remove)
        self.editors: dict[str, Editor] = {}
        form_page = QWidget()
        form = QFormLayout(form_page)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for each in fields(Profile):
            editor = self._editor(each.name)
            self.editors[each.name] = editor
            words = MEANINGS[each.name]
            editor.setAccessibleName(words)
            if isinstance(editor, QCheckBox):
                form.addRow(editor)
            else:
                form.addRow(label(tr(words), "label"), editor)
        area = scrolling(form_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(row(label(tr("Profile"), "label"), self.chosen, self.copy, self.save, self.remove, None))
        column.addWidget(self.message)
        column.addWidget(area, 1)
        self.chosen.activated.connect(lambda _: self._show())

    def _editor(self, name: str) -> Editor:
        usual = getattr(PROFILES["officer"], name)
        if isinstance(usual, bool):
            return QCheckBox(MEANINGS[name])
        if isinstance(usual, str):
            line = QLineEdit()
            line.setReadOnly(name == "name")
            return line
        found = QListWidget()
        for item in sorted(WITHHELD_ITEMS if name == "withheld" else KNOWN_ITEMS[name]):
            entry = QListWidgetItem(item)
            entry.setCheckState(Qt.CheckState.Unchecked)
            found.addItem(entry)
        found.setFixedHeight(self.fontMetrics().lineSpacing() * min(7, found.count() + 1) + 12)
        return found

    def load(self) -> None:
        """Show which profiles there are."""
        self._runner.call(service.all_profiles, self._listed, self.message.fault, owner=self)

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.chosen.clear()
        self._profiles = {}
        self.message.say("")
        self._show()

    def _listed(self, found: Mapping[str, Profile]) -> None:
        chosen = self.chosen.currentData()
        self._profiles = found
        self.chosen.clear()
        for profile in found.values():
            own = "" if profile.name in PROFILES else " (your own)"
            self.chosen.addItem(f"{profile.name}{own}", profile.name)
        self.chosen.setCurrentIndex(max(0, self.chosen.findData(chosen)))
        self._show()

    def _show(self) -> None:
        profile = self._profiles.get(str(self.chosen.currentData()))
        own = profile is not None and profile.name not in PROFILES
        self.save.setEnabled(own)
        self.remove.setEnabled(own)
        self.copy.setEnabled(profile is not None)
        content: JsonObject = profile_to_json(profile) if profile is not None else {}
        for name, editor in self.editors.items():
            value = content.get(name)
            if isinstance(editor, QCheckBox):
                editor.setChecked(value is True)
                editor.setEnabled(own)
            elif isinstance(editor, QLineEdit):
                editor.setText(str(value or ""))
                editor.setCursorPosition(0)
                editor.setReadOnly(not own or name == "name")
            else:
                _check(editor, value if isinstance(value, list) else [])
                editor.setEnabled(own)

    def content(self) -> JsonObject:
        """Return the profile as the form has it, in the form of a file."""
        found: JsonObject = {"format": profile_to_json(PROFILES["officer"])["format"]}
        for name, editor in self.editors.items():
            if isinstance(editor, QCheckBox):
                found[name] = editor.isChecked()
            elif isinstance(editor, QLineEdit):
                found[name] = editor.text().strip()
            else:
                found[name] = list(_checked(editor))
        return found

    def _copy(self) -> None:
        source = str(self.chosen.currentData())
        dialog = WordsDialog(self, f"Copy {source}", "Name of the copy", f"my-{source}"[:40])
        dialog.accepted.connect(lambda: self.copy_as(source, plain(dialog.words)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def copy_as(self, source: str, name: str) -> None:
        """Copy a profile under a new name, and show the copy."""

        def work(session: Session) -> Mapping[str, Profile]:
            service.copy_profile(session, source, name)
            return service.all_profiles(session)

        self._runner.call(
            work, lambda found: self._kept(found, name, "Copied. Change it and save."), self.message.fault, owner=self
        )

    def _save(self) -> None:
        try:
            profile = read_profile(self.content())
        except InputError as error:
            self.message.fault(error.sentence)
            return

        def work(session: Session) -> Mapping[str, Profile]:
            service.keep_profile(session, profile)
            return service.all_profiles(session)

        self._runner.call(
            work,
            lambda found: self._kept(found, profile.name, "Saved. Give it a new version when you change it again."),
            self.message.fault,
            owner=self,
        )

    def _remove(self) -> None:
        name = str(self.chosen.currentData())

        def work(session: Session) -> Mapping[str, Profile]:
            service.remove_profile(session, name)
            return service.all_profiles(session)

        self._runner.call(
            work, lambda found: self._kept(found, "officer", f"“{name}” is removed."), self.message.fault, owner=self
        )

    def _kept(self, found: Mapping[str, Profile], name: str, words: str) -> None:
        self._listed(found)
        self.chosen.setCurrentIndex(max(0, self.chosen.findData(name)))
        self._show()
        self.message.done(words)
        self.changed.emit()


def _check(editor: QListWidget, wanted: Sequence[object]) -> None:
    for number in range(editor.count()):
        item = editor.item(number)
        item.setCheckState(Qt.CheckState.Checked if item.text() in wanted else Qt.CheckState.Unchecked)


def _checked(editor: QListWidget) -> list[str]:
    items = (editor.item(number) for number in range(editor.count()))
    return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
