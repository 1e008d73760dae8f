"""Tabs whose pages are made when they are first looked at: all of them together take longer than a person waits for a place."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtWidgets import QTabWidget, QWidget

from evidence_app.desktop.design.widgets import column
from evidence_app.desktop.system.language import tr

AnyPage = TypeVar("AnyPage", bound=QWidget)


class TabsOnDemand(QTabWidget):
    """Tabs by the name of their page, each empty until its page is put there."""

    def __init__(self, name: str, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self._names = list(titles)
        self._holders = {each: column() for each in titles}
        for each, title in titles.items():
            self.addTab(self._holders[each], tr(title))

    def put(self, name: str, page: AnyPage, shown: QWidget | None = None) -> AnyPage:
        """Put a page, or what shows it, into its tab; return the page."""
        layout = self._holders[name].layout()
        if layout is not None:
            layout.addWidget(shown or page)
        return page

    def show_tab(self, name: str) -> None:
        """Go to a tab."""
        self.setCurrentWidget(self._holders[name])

    def current_name(self) -> str:
        """Return the name of the tab that is shown."""
        return self._names[self.currentIndex()]
