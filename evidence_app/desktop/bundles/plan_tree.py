"""Tree of a plan: sections with documents, documents left out, redactions. Items are moved by dragging or with keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.edits import NEW_SECTION, NO_REASON
from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, Redaction, SavedPlan, Section, ranges_in_words
from evidence_app.domain.record.records import RecordKey

ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""Item role with the `Group`, `HeldDocument` or `Redaction` of an item."""
SECTION, LATE, LEFT_OUT, WITHHELD = "section", "late section", "left out", "withheld"
Names = Mapping[RecordKey | str, str]
FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
MOVABLE: Final = FIXED | Qt.ItemFlag.ItemIsDragEnabled
"""Flags of items that cannot be moved, and of those that can."""


@dataclass(frozen=True, slots=True)
class Group:
    """Group of documents. `sort` is its kind: a section, a late section, documents left out, or redactions."""

    sort: str
    section: Section = field(default_factory=lambda: Section(""))


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """Document in the tree, with the reason if it is left out."""

    document: Document
    reason: str = ""


class PlanTree(QTreeWidget):
    """Shows a plan and lets the user reorder it. `changed`: the user changed the plan; `plan` returns it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sections and documents"))
        self.setHeaderLabels([tr("Document"), tr("Date"), tr("Pages")])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIndentation(16)
        self._plan = SavedPlan("officer")
        self._names: Names = {}
        self._pictures: dict[str, QIcon] = {}

    def exhibits_in_sight(self) -> list[str]:
        """Return the SHA-256 of each exhibit that can be seen now, from above."""
        height = self.viewport().height()
        rows = ((item, self.visualItemRect(item)) for item in self._all_items())
        seen = [item for item, area in rows if area.isValid() and area.bottom() >= 0 and area.top() <= height]
        return [held for item in seen if (held := _exhibit(item))]

    def set_picture(self, exhibit: str, picture: QIcon) -> None:
        """Show a picture in front of an exhibit, now and whenever the tree is filled again."""
        self._pictures[exhibit] = picture
        for item in self._all_items():
            if _exhibit(item) == exhibit:
                item.setIcon(0, picture)

    def load(self, plan: SavedPlan, names: Names) -> None:
        """Show a plan. `names` gives the title of each record and exhibit."""
        self._plan, self._names = plan, names
        self.clear()
        for section in plan.sections or ():
            self._add_section(Group(SECTION, section), section.title)
        for section in plan.late:
            self._add_section(Group(LATE, section), tr("Late: {}", section.title))
        left_out = self._group(Group(LEFT_OUT), tr("Left out ({})", len(plan.left_out)))
        left_out.setFlags(FIXED | Qt.ItemFlag.ItemIsDropEnabled)
        for omission in plan.left_out:
            self._add_document(left_out, Document(omission.record, omission.exhibit), omission.reason)
        withheld = self._group(Group(WITHHELD), tr("Withheld by hand ({})", len(plan.redactions)))
        for redaction in plan.redactions:
            item = QTreeWidgetItem(withheld, [self._redaction_in_words(redaction), "", redaction.category])
            item.setData(0, ROLE, redaction)
            item.setFlags(FIXED)
        self.expandAll()

    def plan(self) -> SavedPlan:
        """Return the plan that the tree shows, wherever items were dropped."""
        return _plan_from([(item.data(0, ROLE), _depth(item)) for item in self._all_items()], self._plan)

    def wipe(self) -> None:
        """Clear the tree and forget the plan, because the store is being locked."""
        self._plan, self._names, self._pictures = SavedPlan("officer"), {}, {}
        self.clear()

    def held(self) -> object:
        """Return the data of the current item: a `Group`, `HeldDocument` or `Redaction`; None without one."""
        item = self.currentItem()
        return item.data(0, ROLE) if item is not None else None

    # Items

    def _top_items(self) -> Iterator[QTreeWidgetItem]:
        for index in range(self.topLevelItemCount()):
            item = self.topLevelItem(index)
            if item is not None:
                yield item

    def _all_items(self) -> Iterator[QTreeWidgetItem]:
        """Yield every item in display order (depth first), however deep a drop has nested it."""
        stack = list(reversed(list(self._top_items())))
        while stack:
            item = stack.pop()
            yield item
            stack += reversed(_children(item))

    def _group(self, data: Group, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [text, "", ""])
        item.setData(0, ROLE, data)
        item.setFlags(FIXED)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 10))
        return item

    def _add_section(self, group: Group, text: str) -> None:
        item = self._group(group, text)
        item.setFlags(MOVABLE | Qt.ItemFlag.ItemIsDropEnabled)
        for document in group.section.documents:
            self._add_document(item, document)

    def _add_document(self, parent: QTreeWidgetItem, document: Document, reason: str = "") -> None:
        item = QTreeWidgetItem(parent)
        item.setFlags(MOVABLE)
        self.set_document(item, document, reason)

    def set_document(self, item: QTreeWidgetItem, document: Document, reason: str = "") -> None:
        """Set the document of an item, and its texts."""
        item.setData(0, ROLE, HeldDocument(document, reason))
        name = document.title or self._names.get(document.key, tr("{} (not there any more)", document.key))
        item.setText(0, f"{name} – {reason}" if reason else name)
        item.setText(1, document.date)
        item.setText(2, ranges_in_words(document.pages))
        item.setToolTip(0, item.text(0))
        if document.exhibit:
            item.setSizeHint(0, QSize(0, self.iconSize().height() + 6))
            if document.exhibit in self._pictures:
                item.setIcon(0, self._pictures[document.exhibit])

    def _redaction_in_words(self, redaction: Redaction) -> str:
        target = redaction.exhibit if redaction.record is None else redaction.record
        if redaction.area:
            words = tr("An area on page {}", redaction.page)
        else:
            words = f"“{redaction.words}”" if redaction.words else tr("The field {}", redaction.field)
        return tr("{} in {}", words, self._names.get(target, str(target))) if target != "" else words

    # Moving

    def dropEvent(self, event: QDropEvent) -> None:
        """Perform the drop, then normalise the tree: Qt may have nested items where a plan cannot have them."""
        super().dropEvent(event)
        self.settle()
        self.changed.emit()

    def settle(self) -> None:
        """Normalise the tree: documents in sections, sections at the top level, late ones after the others, fixed groups last."""
        current = self._key_of(self.currentItem())
        self.load(self.plan(), self._names)
        self.select(current)

    def move_by(self, step: int) -> None:
        """Move the current document or section up (-1) or down (1). A document at the end of its section enters the next one."""
        item = self.currentItem()
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            return
        parent = item.parent()
        if parent is None:
            index = self.indexOfTopLevelItem(item)
            self.takeTopLevelItem(index)
            self.insertTopLevelItem(max(0, index + step), item)
        elif not self._move_document(parent, item, step):
            return
        self.setCurrentItem(item)
        self.settle()
        self.changed.emit()

    def _move_document(self, parent: QTreeWidgetItem, item: QTreeWidgetItem, step: int) -> bool:
        index = parent.indexOfChild(item)
        if 0 <= index + step < parent.childCount():
            parent.takeChild(index)
            parent.insertChild(index + step, item)
            return True
        neighbour = self.topLevelItem(self.indexOfTopLevelItem(parent) + step)
        if neighbour is None or not neighbour.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            # Keys must not move a document into the group of those left out, which needs a reason.
            return False
        parent.takeChild(index)
        neighbour.insertChild(0 if step > 0 else neighbour.childCount(), item)
        return True

    def _key_of(self, item: QTreeWidgetItem | None) -> object:
        data = item.data(0, ROLE) if item is not None else None
        if isinstance(data, Group):
            return data.section.title or data.sort
        return data.document.key if isinstance(data, HeldDocument) else data

    def select(self, key: object) -> None:
        """Select the item of a document (by its key) or of a section (by its title)."""
        for top in self._top_items():
            for item in (top, *_children(top)):
                if key is not None and self._key_of(item) == key:
                    self.setCurrentItem(item)
                    return


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(index) for index in range(item.childCount()))
    return [child for child in children if child is not None]


def _depth(item: QTreeWidgetItem) -> int:
    depth, parent = 0, item.parent()
    while parent is not None:
        depth, parent = depth + 1, parent.parent()
    return depth


class _PlanRebuilder:
    """Builds a plan from the items of a tree in display order, with their depth.

    A document belongs to the innermost group that is still open, that is, the last one before it of smaller depth.
    """

    def __init__(self) -> None:
        self.groups: list[tuple[Group, list[HeldDocument]]] = []
        self.redactions: list[Redaction] = []
        # Stack of the enclosing groups (depth, documents), and documents that were dropped before the first section.
        self._open: list[tuple[int, list[HeldDocument]]] = []
        self._stray: list[HeldDocument] = []

    def take(self, item: object, depth: int) -> None:
        """Add the next item."""
        # Groups of the same or a greater depth have ended.
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        if isinstance(item, Group):
            documents: list[HeldDocument] = []
            self.groups.append((item, documents))
            self._open.append((depth, documents))
        elif isinstance(item, Redaction):
            self.redactions.append(item)
        elif isinstance(item, HeldDocument):
            target = self._open[-1][1] if self._open else self._last_section()
            target.append(item)

    def _last_section(self) -> list[HeldDocument]:
        """Return the list for a document dropped at the top level: the last section before it, or else the strays."""
        sections = [documents for group, documents in self.groups if group.section.title]
        return sections[-1] if sections else self._stray

    def sections(self, sort: str) -> tuple[Section, ...]:
        """Return the sections of a kind. Stray documents go to the start of the first ordinary section."""
        result = [
            replace(group.section, documents=tuple(held.document for held in documents))
            for group, documents in self.groups
            if group.sort == sort
        ]
        if sort == SECTION and self._stray:
            first = Section(NEW_SECTION) if not result else result[0]
            stray = tuple(held.document for held in self._stray)
            result[:1] = [replace(first, documents=(*stray, *first.documents))]
        return tuple(result)

    def left_out(self) -> tuple[LeftOutByHand, ...]:
        """Return the documents left out; those dropped on the redactions count as left out as well."""
        return tuple(
            LeftOutByHand(held.document.record, held.document.exhibit, held.reason or NO_REASON)
            for group, documents in self.groups
            if group.sort in {LEFT_OUT, WITHHELD}
            for held in documents
        )


def _exhibit(item: QTreeWidgetItem) -> str:
    """Return the SHA-256 of an item's exhibit; an empty string for any other item."""
    held = item.data(0, ROLE)
    return held.document.exhibit if isinstance(held, HeldDocument) else ""


def _plan_from(items: Sequence[tuple[object, int]], plan: SavedPlan) -> SavedPlan:
    """Return a copy of a plan with the sections, omissions and redactions of the tree's items, each given with its depth."""
    rebuilder = _PlanRebuilder()
    for item, depth in items:
        rebuilder.take(item, depth)
    return replace(
        plan,
        sections=rebuilder.sections(SECTION),
        late=rebuilder.sections(LATE),
        left_out=rebuilder.left_out(),
        redactions=tuple(rebuilder.redactions),
    )
