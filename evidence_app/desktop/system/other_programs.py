"""Hands a file to another program of the computer, as a double click in a file manager does."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.desktop.system.language import tr


def open_file(path: Path) -> str:
    """Open a file in the program that the computer has for it. Return what is to be said if that failed, or ""."""
    if not path.exists():
        return tr("{} is not there any more.", path.name)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return ""
    return tr(
        "This computer has no program that opens {}, or it could not be started. The file is in {}.",
        path.name,
        path.parent,
    )


def show_in_folder(path: Path) -> str:
    """Open the folder of a file in the computer's file manager. Return what is to be said if that failed, or ""."""
    if not path.parent.exists():
        return tr("{} is not there any more.", path.parent)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        return ""
    return tr("The file manager could not be started. The file is in {}.", path.parent)
