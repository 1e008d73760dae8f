"""The gallery of whom a bundle is for: one row for each profile, with what it is and whether it leaves the employer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt, Signal

from evidence_app.desktop.bundles.profile_words import audience_of, purpose_of
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profile import Profile

NAME: Final = Qt.ItemDataRole.UserRole
"""Item role with the name of a profile."""
ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "officer": "archive",
        "sfo-review": "search",
        "interview": "user",
        "manager": "users",
        "thread": "printer",
        "union-casework": "handshake",
        "casework": "briefcase",
        "grievance": "scale",
        "tribunal": "scale",
        "disclosure": "share",
        "coroner": "scale",
        "subject-access": "user",
        "integrity": "shield-check",
        "union-collective": "users",
        "handover": "send",
    }
)
"""The icon of each profile that the program brings along; one's own have that of a file."""


class ProfileGallery(RowList):
    """List of profiles. `changed`: another one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Whom it is for"))
        self.currentRowChanged.connect(lambda _: self.changed.emit())
        self.setMinimumHeight(220)
        # Room for a name in any size of the text; where that is not beside the form, the gallery stands above it.
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)

    def show_profiles(self, profiles: Mapping[str, Profile]) -> None:
        """Show these profiles; the chosen one stays chosen, else the first is."""
        chosen = self.chosen()
        self.blockSignals(True)
        self.clear()
        for profile in profiles.values():
            text = RowText(
                title=audience_of(profile),
                facts=purpose_of(profile),
                icon=ICONS.get(profile.name, "file-text"),
                # In words, not by colour alone: what is taken outside is looked through with other eyes.
                chip=tr("leaves the employer") if profile.fails_closed else "",
                tone="attention",
            )
            item = self.add_row(text)
            item.setData(NAME, profile.name)
            item.setToolTip(f"{audience_of(profile)}\n{purpose_of(profile)}")
        self.blockSignals(False)
        self.choose(chosen)

    def chosen(self) -> str:
        """Return the name of the chosen profile; an empty text where there is none."""
        item = self.currentItem() if self.count() else None
        return str(item.data(NAME)) if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose a profile by its name; one that is not there leaves the first."""
        for row in range(self.count()):
            if self.item(row).data(NAME) == name:
                self.setCurrentRow(row)
                return
        self.setCurrentRow(0)
