"""Profiles page: view profiles, copy one, and edit the copy."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final

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
from evidence_app.desktop.bundles.profile_words import audience_of
from evidence_app.desktop.design.dialogs import plain
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row, scrolling
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.profile_files import (
    KNOWN_ITEMS,
    PART_TITLES,
    WITHHELD_ITEMS,
    profile_to_json,
    read_profile,
)
from evidence_app.domain.plan.profile_meanings import MEANINGS
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.kinds import KINDS
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.bundles import profiles as service
from evidence_app.services.core.session import Session

NAME: Final = Qt.ItemDataRole.UserRole
"""Item role with the name by which a profile's file has an item."""
ITEM_NAMES: Final = {
    "union": "Fields for the union",
    "legal": "Fields for lawyers",
    "union advice": "Union advice",
    "legal advice": "Legal advice",
}
"""What the items of the other members are called."""
Editor = QLineEdit | QCheckBox | QListWidget


class ProfilesPage(QWidget):
    """Form for one profile at a time. Built-in profiles are read-only; copies can be edited. `changed`: profiles were changed."""

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
        for profile_field in fields(Profile):
            editor = self._editor(profile_field.name)
            self.editors[profile_field.name] = editor
            meaning = tr(MEANINGS[profile_field.name])
            editor.setAccessibleName(meaning)
            if isinstance(editor, QCheckBox):
                form.addRow(editor)
            else:
                form.addRow(label(meaning, "label"), editor)
        scroll_area = scrolling(form_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(row(label(tr("Profile"), "label"), self.chosen, self.copy, self.save, self.remove, None))
        column.addWidget(self.message)
        column.addWidget(scroll_area, 1)
        self.chosen.activated.connect(lambda _: self._show())

    def _editor(self, name: str) -> Editor:
        default = getattr(PROFILES["officer"], name)
        if isinstance(default, bool):
            return QCheckBox(tr(MEANINGS[name]))
        if isinstance(default, str):
            line_edit = QLineEdit()
            line_edit.setReadOnly(name == "name")
            return line_edit
        check_list = QListWidget()
        for item in sorted(WITHHELD_ITEMS if name == "withheld" else KNOWN_ITEMS[name]):
            list_item = QListWidgetItem(tr(_called(name, item)))
            list_item.setData(NAME, item)
            list_item.setCheckState(Qt.CheckState.Unchecked)
            check_list.addItem(list_item)
        check_list.setFixedHeight(self.fontMetrics().lineSpacing() * min(7, check_list.count() + 1) + 12)
        return check_list

    def load(self) -> None:
        """Load the list of profiles."""
        self._runner.call(service.all_profiles, self._listed, self.message.fault, owner=self)

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.chosen.clear()
        self._profiles = {}
        self.message.say("")
        self._show()

    def _listed(self, profiles: Mapping[str, Profile]) -> None:
        chosen = self.chosen.currentData()
        self._profiles = profiles
        self.chosen.clear()
        for profile in profiles.values():
            own = "" if profile.name in PROFILES else " " + tr("(your own: {})", profile.name)
            self.chosen.addItem(f"{audience_of(profile)}{own}", profile.name)
        self.chosen.setCurrentIndex(max(0, self.chosen.findData(chosen)))
        self._show()

    def _show(self) -> None:
        profile = self._profiles.get(str(self.chosen.currentData()))
        is_own = profile is not None and profile.name not in PROFILES
        self.save.setEnabled(is_own)
        self.remove.setEnabled(is_own)
        self.copy.setEnabled(profile is not None)
        content: JsonObject = profile_to_json(profile) if profile is not None else {}
        for name, editor in self.editors.items():
            value = content.get(name)
            if isinstance(editor, QCheckBox):
                editor.setChecked(value is True)
                editor.setEnabled(is_own)
            elif isinstance(editor, QLineEdit):
                editor.setText(str(value or ""))
                editor.setCursorPosition(0)
                editor.setReadOnly(not is_own or name == "name")
            else:
                _check(editor, value if isinstance(value, list) else [])
                editor.setEnabled(is_own)

    def content(self) -> JsonObject:
        """Return the content of the form as a profile file (docs/spec/profile.md)."""
        content: JsonObject = {"format": profile_to_json(PROFILES["officer"])["format"]}
        for name, editor in self.editors.items():
            if isinstance(editor, QCheckBox):
                content[name] = editor.isChecked()
            elif isinstance(editor, QLineEdit):
                content[name] = editor.text().strip()
            else:
                content[name] = list(_checked(editor))
        return content

    def _copy(self) -> None:
        source = str(self.chosen.currentData())
        dialog = WordsDialog(self, tr("Copy {}", source), "Name of the copy", f"my-{source}"[:40])
        dialog.accepted.connect(lambda: self.copy_as(source, plain(dialog.words)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def copy_as(self, source: str, name: str) -> None:
        """Copy a profile under a new name, and select the copy."""

        def work(session: Session) -> Mapping[str, Profile]:
            service.copy_profile(session, source, name)
            return service.all_profiles(session)

        self._runner.call(
            work,
            lambda profiles: self._saved(profiles, name, tr("Copied. Change it and save.")),
            self.message.fault,
            owner=self,
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
            lambda profiles: self._saved(
                profiles, profile.name, tr("Saved. Give it a new version when you change it again.")
            ),
            self.message.fault,
            owner=self,
        )

    def _remove(self) -> None:
        name = str(self.chosen.currentData())

        def work(session: Session) -> Mapping[str, Profile]:
            service.remove_profile(session, name)
            return service.all_profiles(session)

        self._runner.call(
            work,
            lambda profiles: self._saved(profiles, "officer", tr("“{}” is removed.", name)),
            self.message.fault,
            owner=self,
        )

    def _saved(self, profiles: Mapping[str, Profile], name: str, words: str) -> None:
        self._listed(profiles)
        self.chosen.setCurrentIndex(max(0, self.chosen.findData(name)))
        self._show()
        self.message.done(words)
        self.changed.emit()


def _called(member: str, item: str) -> str:
    """Return what an item of a member of a profile is called: a kind and a part of the bundle by their titles."""
    if member == "kinds":
        return KINDS[item].label
    return PART_TITLES[item] if member == "sections" else ITEM_NAMES[item]


def _check(editor: QListWidget, ticked: Sequence[object]) -> None:
    for index in range(editor.count()):
        item = editor.item(index)
        item.setCheckState(Qt.CheckState.Checked if item.data(NAME) in ticked else Qt.CheckState.Unchecked)


def _checked(editor: QListWidget) -> list[str]:
    items = (editor.item(index) for index in range(editor.count()))
    return [str(item.data(NAME)) for item in items if item.checkState() is Qt.CheckState.Checked]
