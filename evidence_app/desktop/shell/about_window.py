"""About: which version this is, on what it runs, who may sign its updates, and the licences of all its parts."""

import platform
from typing import Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app import VERSION
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import button, label, row
from evidence_app.desktop.system.language import tr
from evidence_app.services.core.parts import licences
from evidence_app.services.safekeeping.updates import trusted_keys

SIZE: Final = QSize(700, 560)
NO_KEY: Final = "This program carries no release key: it takes in no update file by itself."
NO_ADVICE: Final = "It is tamper-evident, and it gives no legal advice."


class AboutWindow(QDialog):
    """The facts in sentences, and the licences to read through and copy."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Evidence Trail"))
        system = f"{platform.system()} {platform.release()}"
        keys = ", ".join(key.in_words for key in trusted_keys())
        self.facts = label(
            "\n".join(
                (
                    tr(
                        "Version {}, with Qt {} and Python {}, on {}.",
                        VERSION,
                        qt_version,
                        platform.python_version(),
                        system,
                    ),
                    tr("Its updates are signed by {}.", keys) if keys else tr(NO_KEY),
                    tr(NO_ADVICE),
                )
            )
        )
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setAccessibleName(tr("Licences of all parts"))
        self.licences.setTabChangesFocus(True)
        self.licences.setPlainText(licences())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.addWidget(label(tr("About Evidence Trail"), "title"))
        column.addWidget(self.facts)
        column.addWidget(label(tr("Licences of all parts"), "heading"))
        column.addWidget(self.licences, 1)
        column.addWidget(row(None, button(tr("Close"), self.accept, main=True)))
        self.resize(fitting(self, SIZE))
