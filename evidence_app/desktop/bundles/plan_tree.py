"""The documents of a plan as a tree: sections, what is left out, what is withheld. Dragged, or moved with the keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.edits import NEW_SECTION, NO_REASON
from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, Redaction, SavedPlan, Section, ranges_in_words
from evidence_app.domain.record.records import RecordKey

ROLE: Final = int(Qt.ItemDataRole.UserRole)
SECTION, LATE, LEFT_OUT, WITHHELD = "section", "late section", "left out", "withheld"
Names = Mapping[RecordKey | str, str]
FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
MOVABLE: Final = FIXED | Qt.ItemFlag.ItemIsDragEnabled


@dataclass(frozen=True, slots=True)
class Group:
    """A group of documents: a section in front, a late one, what is left out, or what is withheld."""

    sort: str
    section: Section = field(default_factory=lambda: Section(""))


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document in the tree, and the reason for which it is left out."""

    document: Document
    reason: str = ""


class PlanTree(QTreeWidget):
    """Shows a plan and takes changes of its order. `changed` says that the plan is another now."""

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
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self._plan = SavedPlan("officer")
        self._names: Names = {}

    def load(self, plan: SavedPlan, names: Names) -> None:
        """Show a plan. `names` say what each record and exhibit is called."""
        self._plan, self._names = plan, names
        self.clear()
        for section in plan.sections or ():
            self._add_section(Group(SECTION, section), section.title)
        for section in plan.late:
            self._add_section(Group(LATE, section), f"Late: {section.title}")
        left_out = self._group(Group(LEFT_OUT), f"Left out ({len(plan.left_out)})")
        left_out.setFlags(FIXED | Qt.ItemFlag.ItemIsDropEnabled)
        for left in plan.left_out:
            self._add_document(left_out, Document(left.record, left.exhibit), left.reason)
        withheld = self._group(Group(WITHHELD), f"Withheld by hand ({len(plan.redactions)})")
        for redaction in plan.redactions:
            item = QTreeWidgetItem(withheld, [self._redaction_in_words(redaction), "", redaction.category])
            item.setData(0, ROLE, redaction)
            item.setFlags(FIXED)
        self.expandAll()

    def plan(self) -> SavedPlan:
        """Return the plan as the tree shows it."""
        return _settled([(item.data(0, ROLE), _depth(item)) for item in self._all()], self._plan)

    def wipe(self) -> None:
        """Take everything off the screen, and out of memory."""
        self._plan, self._names = SavedPlan("officer"), {}
        self.clear()

    def held(self) -> object:
        """Return what the current item holds: a group, a document or a redaction."""
        item = self.currentItem()
        return item.data(0, ROLE) if item is not None else None

    # Items

    def _tops(self) -> Iterator[QTreeWidgetItem]:
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            if item is not None:
                yield item

    def _all(self) -> Iterator[QTreeWidgetItem]:
        """Yield every item in the order in which it stands, however deep."""
        waiting = list(reversed(list(self._tops())))
        while waiting:
            item = waiting.pop()
            yield item
            waiting += reversed(_children(item))

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
        """Give an item its document, and the words for it."""
        item.setData(0, ROLE, HeldDocument(document, reason))
        name = document.title or self._names.get(document.key, f"{document.key} (not there any more)")
        item.setText(0, f"{name} – {reason}" if reason else name)
        item.setText(1, document.date)
        item.setText(2, ranges_in_words(document.pages))
        item.setToolTip(0, item.text(0))

    def _redaction_in_words(self, redaction: Redaction) -> str:
        where = redaction.exhibit if redaction.record is None else redaction.record
        place = f" in {self._names.get(where, str(where))}" if where != "" else ""
        if redaction.area:
            return f"An area on page {redaction.page}{place}"
        return f"“{redaction.words}”{place}" if redaction.words else f"The field {redaction.field}{place}"

    # Moving

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a drop, and put right what stands where it cannot."""
        super().dropEvent(event)
        self.settle()
        self.changed.emit()

    def settle(self) -> None:
        """Put documents into sections, sections at the top, late ones behind the others, and the two fixed groups last."""
        current = self._key_of(self.currentItem())
        self.load(self.plan(), self._names)
        self.select(current)

    def move_by(self, step: int) -> None:
        """Move the current document or section up or down; a document goes on into the next section."""
        item = self.currentItem()
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            return
        parent = item.parent()
        if parent is None:
            place = self.indexOfTopLevelItem(item)
            self.takeTopLevelItem(place)
            self.insertTopLevelItem(max(0, place + step), item)
        elif not self._moved_within(parent, item, step):
            return
        self.setCurrentItem(item)
        self.settle()
        self.changed.emit()

    def _moved_within(self, parent: QTreeWidgetItem, item: QTreeWidgetItem, step: int) -> bool:
        place = parent.indexOfChild(item)
        if 0 <= place + step < parent.childCount():
            parent.takeChild(place)
            parent.insertChild(place + step, item)
            return True
        beside = self.topLevelItem(self.indexOfTopLevelItem(parent) + step)
        if beside is None or not beside.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            # With the keys nothing slips into what is left out: that asks for a reason.
            return False
        parent.takeChild(place)
        beside.insertChild(0 if step > 0 else beside.childCount(), item)
        return True

    def _key_of(self, item: QTreeWidgetItem | None) -> object:
        data = item.data(0, ROLE) if item is not None else None
        if isinstance(data, Group):
            return data.section.title or data.sort
        return data.document.key if isinstance(data, HeldDocument) else data

    def select(self, key: object) -> None:
        """Make the item of a document (by its key) or of a section (by its title) the current one."""
        for top in self._tops():
            for item in (top, *_children(top)):
                if key is not None and self._key_of(item) == key:
                    self.setCurrentItem(item)
                    return


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(number) for number in range(item.childCount()))
    return [child for child in found if child is not None]


def _depth(item: QTreeWidgetItem) -> int:
    depth, parent = 0, item.parent()
    while parent is not None:
        depth, parent = depth + 1, parent.parent()
    return depth


class _Settling:
    """Puts documents into the group that they stand in, wherever a section was dropped among them."""

    def __init__(self) -> None:
        self.groups: list[tuple[Group, list[HeldDocument]]] = []
        self.redactions: list[Redaction] = []
        self._open: list[tuple[int, list[HeldDocument]]] = []
        self._astray: list[HeldDocument] = []

    def take(self, item: object, depth: int) -> None:
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        if isinstance(item, Group):
            documents: list[HeldDocument] = []
            self.groups.append((item, documents))
            self._open.append((depth, documents))
        elif isinstance(item, Redaction):
            self.redactions.append(item)
        elif isinstance(item, HeldDocument):
            home = self._open[-1][1] if self._open else self._last_section()
            home.append(item)

    def _last_section(self) -> list[HeldDocument]:
        """Return where a document goes that was dropped beside all groups: behind the last section before it."""
        sections = [documents for group, documents in self.groups if group.section.title]
        return sections[-1] if sections else self._astray

    def sections(self, sort: str) -> tuple[Section, ...]:
        found = [
            replace(group.section, documents=tuple(held.document for held in documents))
            for group, documents in self.groups
            if group.sort == sort
        ]
        if sort == SECTION and self._astray:
            first = Section(NEW_SECTION) if not found else found[0]
            astray = tuple(held.document for held in self._astray)
            found[:1] = [replace(first, documents=(*astray, *first.documents))]
        return tuple(found)

    def left_out(self) -> tuple[LeftOutByHand, ...]:
        return tuple(
            LeftOutByHand(held.document.record, held.document.exhibit, held.reason or NO_REASON)
            for group, documents in self.groups
            if group.sort in {LEFT_OUT, WITHHELD}
            for held in documents
        )


def _settled(items: Sequence[tuple[object, int]], plan: SavedPlan) -> SavedPlan:
    """Return the plan that the items of a tree make up, each with its depth, wherever they were dropped."""
    settling = _Settling()
    for item, depth in items:
        settling.take(item, depth)
    return replace(
        plan,
        sections=settling.sections(SECTION),
        late=settling.sections(LATE),
        left_out=settling.left_out(),
        redactions=tuple(settling.redactions),
    )
