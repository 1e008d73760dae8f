"""Plans page: edit the plan of a bundle (order, titles, redactions) with a live preview, and make the bundle."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from evidence_app.desktop.bundles import dialogs
from evidence_app.desktop.bundles.document_pictures import DocumentPictures
from evidence_app.desktop.bundles.making import MakeRow
from evidence_app.desktop.bundles.plan_details import PlanDetails
from evidence_app.desktop.bundles.plan_side import PlanSide
from evidence_app.desktop.bundles.plan_tree import LATE, SECTION, Group, HeldDocument, Names, PlanTree
from evidence_app.desktop.design.dialogs import Sure, plain
from evidence_app.desktop.design.forms.folds import Fold, FoldCard
from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.widgets import Choices, Message, button, column, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan import edits
from evidence_app.domain.plan.preview import PictureOf
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan
from evidence_app.domain.record.kinds import fields_of
from evidence_app.errors import InputError
from evidence_app.services.bundles import plans, saved_plans
from evidence_app.services.bundles.exporting import Exported
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.core.session import Session

KEPT_AFTER = 400
"""Milliseconds after the last change at which a plan is saved."""
TREE_HEIGHT = 180
"""Least height of the list of documents, in pixels."""


class PlansPage(QWidget):
    """Editor for plans. `exported` gives the export; `plan_kept`: the plan was saved."""

    exported = Signal(object)
    plan_kept = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._plan: SavedPlan | None = None
        self._names: Names = {}
        self._undo_stack, self._cases = list[SavedPlan](), list[str]()
        self._is_loading = False
        self.chosen = Choices(name=tr("Plan"))
        self.chosen.setMinimumContentsLength(26)
        self.tree, self.side, self.message = PlanTree(), PlanSide(runner), Message()
        self.preview, self.pictures = self.side.preview, DocumentPictures(self.tree, runner)
        self.details = PlanDetails()
        self._keep_soon = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._keep_soon.timeout.connect(self._keep)
        self._arrange()
        self._wire()
        self._enable()

    # Building

    def _arrange(self) -> None:
        self.new, self.late = button(tr("New plan…"), self.begin), button(tr("Add what came late…"), self._late)
        self.remove = button(tr("Remove plan"), self._remove)
        self.up = button(tr("Up"), lambda: self.tree.move_by(-1))
        self.down = button(tr("Down"), lambda: self.tree.move_by(1))
        self.section, self.out = button(tr("New section"), self._new_section), button(tr("Leave out…"), self._leave_out)
        self.withhold, self.undo = button(tr("Withhold…"), self._withhold), button(tr("Undo"), self._undo)
        self.making = MakeRow(self._runner)
        self.tree.setMinimumHeight(TREE_HEIGHT)
        acts = row(self.up, self.down, self.section, self.out, self.withhold, self.undo, None)
        # What changes the plan rests while its bundle is made; the button that stops it does not.
        self._editing = (self.tree, acts, self.details, self.side)
        about = FoldCard()
        self.about = about.add(Fold(tr("Title, date, pages and marks"), self.details))
        self.message.give_way()
        left = column(self.tree, acts, about, self.message, self.making)
        # The tree has the room that the rest does not need: how long a plan is nobody knows.
        left.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.split = Beside(left, self.side, (1, 1))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 10)
        outer.setSpacing(8)
        outer.addWidget(row(label(tr("Plan"), "label"), self.chosen, self.new, self.late, self.remove, None))
        outer.addWidget(self.split, 1)

    def _wire(self) -> None:
        self.chosen.activated.connect(lambda _: self._open(self.chosen.currentText()))
        self.tree.changed.connect(lambda: self._change(self.tree.plan()))
        self.tree.currentItemChanged.connect(lambda *_: self._show_details())
        self.details.document_set.connect(self._document_set)
        self.details.title_set.connect(self._title_set)
        self.details.refused.connect(self.message.fault)
        self.preview.made.connect(lambda pages: self.pictures.show_pages(pages, self.preview.page_of))
        self.preview.area_drawn.connect(self._withhold_area)
        self.making.made.connect(self._made)
        self.making.working.connect(self._working)
        self.making.changed.connect(lambda plan: self._change(plan))
        for keys, action in (("Alt+Up", self.up), ("Alt+Down", self.down), ("Delete", self.out)):
            shortcut = QShortcut(QKeySequence(keys), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action.click)
        back = QShortcut(QKeySequence("Ctrl+Z"), self, self.undo.click)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Loading and saving

    def load(self, cases: list[str]) -> None:
        """Load the list of plans. `cases` are the case references offered for a new plan."""
        self._cases = cases
        self._runner.call(saved_plans.saved_plans, self._listed, self.message.fault, owner=self)

    def _listed(self, plans_by_name: dict[str, SavedPlan]) -> None:
        current = self._plan.name if self._plan is not None else ""
        self.chosen.clear()
        self.chosen.addItems(list(plans_by_name))
        self.chosen.setCurrentText(current)
        if current in plans_by_name:
            return
        self._plan = None
        if plans_by_name:
            self._open(next(iter(plans_by_name)))
        else:
            self.side.show_plan(None)
            self._enable()

    def wipe(self) -> None:
        """Save the current plan if that is still pending, then clear the page, because the store is being locked."""
        self.keep_now()
        self._plan, self._undo_stack, self._names = None, [], {}
        self.tree.wipe()
        self.pictures.wipe()
        self.chosen.clear()
        self.side.wipe()
        self.making.wipe()
        self.details.show_held(None)
        self.message.say("")
        self._enable()

    def keep_now(self) -> None:
        """Save a change now whose delayed saving is still pending."""
        if self._keep_soon.isActive():
            self._keep()

    def _open(self, name: str) -> None:
        self.keep_now()

        def work(session: Session) -> tuple[SavedPlan, Names]:
            plan = saved_plans.plan_named(session, name)
            return plan, plans.document_names(session, plan)

        self._runner.call(work, self._opened, self.message.fault, owner=self)

    def _opened(self, result: tuple[SavedPlan, Names]) -> None:
        self._plan, self._names = result
        self._undo_stack = []
        self.chosen.setCurrentText(self._plan.name)
        self.tree.load(self._plan, self._names)
        self.side.show_plan(self._plan)
        self._enable()

    def _change(self, plan: SavedPlan, select: object = None) -> None:
        """Apply a plan that the user changed; the earlier one can be restored with Undo."""
        if self._plan is None or plan == self._plan:
            return
        self._undo_stack.append(self._plan)
        self._apply(plan, select)

    def _apply(self, plan: SavedPlan, select: object) -> None:
        """Show and preview a plan, and save it after a moment. `select` is the key of the item to select."""
        self._plan = plan
        current = self.tree.held()
        key = select if select is not None else getattr(getattr(current, "document", None), "key", None)
        if key is None and isinstance(current, Group):
            key = current.section.title or current.sort
        # While this is set, selecting the item again does not turn the preview to its first page.
        self._is_loading = True
        self.tree.load(plan, self._names)
        self.tree.select(key)
        self._is_loading = False
        self.side.show_plan(plan)
        self._keep_soon.start()
        self._enable()

    def _keep(self) -> None:
        self._keep_soon.stop()
        plan = self._plan
        if plan is not None:
            self._runner.call(
                lambda session: saved_plans.keep_plan(session, plan),
                lambda _: self.plan_kept.emit(),
                self.message.fault,
                owner=self,
            )

    def _undo(self) -> None:
        if self._undo_stack:
            self._apply(self._undo_stack.pop(), None)

    # Actions of the user

    def begin(self) -> None:
        """Open the form for a new plan."""
        self._runner.call(
            all_profiles, lambda found: self._ask_new(list(found.values())), self.message.fault, owner=self
        )

    def _ask_new(self, profiles: Sequence[Profile]) -> None:
        dialog = dialogs.NewPlan(
            self, profiles, self._cases, [self.chosen.itemText(n) for n in range(self.chosen.count())]
        )
        dialog.accepted.connect(lambda: self.begin_from(dialog))
        dialog.rejected.connect(dialog.deleteLater)
        dialog.open()

    def begin_from(self, form: dialogs.NewPlan) -> None:
        """Create the plan that a form describes, and open it; on an error the form is shown again."""
        name, profile = plain(form.name), str(form.profile.currentData())
        choice = form.choice()

        def work(session: Session) -> tuple[SavedPlan, Names]:
            if name in saved_plans.saved_plans(session):
                raise InputError(f"There is a plan “{name}” already: give this one another name.")
            plan = saved_plans.keep_plan(session, plans.begin_plan(session, name, profile, choice))
            return plan, plans.document_names(session, plan)

        def done(result: tuple[SavedPlan, Names]) -> None:
            self.message.say("")
            form.deleteLater()
            self.chosen.addItem(result[0].name)
            self._opened(result)

        self._runner.call(work, done, form.ask_again, owner=form)

    def _late(self) -> None:
        dialog = dialogs.WordsDialog(self, tr("What came late"), "Title of the section", tr("Late documents"))
        self._show(dialog, lambda: self._add_late(plain(dialog.words)))

    def _add_late(self, title: str) -> None:
        plan = self._plan
        if plan is None:
            return

        def work(session: Session) -> tuple[SavedPlan, Names]:
            extended = plans.add_late(session, plan, title)
            return extended, plans.document_names(session, extended)

        def done(result: tuple[SavedPlan, Names]) -> None:
            if self._plan is None or self._plan.name != plan.name:
                return
            self._names = result[1]
            self.message.say(tr("They stand at the end; what was handed over keeps its page numbers."))
            self._change(edits.with_late_of(self._plan, result[0]), title)

        self._runner.call(work, done, self.message.fault, owner=self)

    def _remove(self) -> None:
        plan = self._plan
        if plan is None:
            return
        dialog = Sure(
            self,
            tr("Remove the plan “{}”?", plan.name),
            tr("Its order, titles and redactions are gone then. Bundles made of it are not touched."),
            tr("Remove"),
        )
        self._show(dialog, lambda: self._remove_now(plan))

    def _remove_now(self, plan: SavedPlan) -> None:
        self._keep_soon.stop()
        self._plan = None
        self.tree.clear()

        def done(_: None) -> None:
            self.message.done(tr("The plan “{}” is removed. Bundles made of it are not touched.", plan.name))
            self.load(self._cases)

        self._runner.call(
            lambda session: saved_plans.remove_plan(session, plan.name), done, self.message.fault, owner=self
        )

    def _new_section(self) -> None:
        if self._plan is not None:
            plan, title = edits.with_new_section(self._plan)
            self._change(plan, title)
            self.details.title.setFocus()
            self.details.title.selectAll()

    def _leave_out(self) -> None:
        held, plan = self.tree.held(), self._plan
        if plan is None:
            return
        if isinstance(held, Redaction):
            self._change(edits.without_redaction(plan, held))
        elif isinstance(held, Group) and held.section.documents:
            self.message.fault(tr("Move its documents into another section first, or leave them out one by one."))
        elif isinstance(held, Group) and held.sort in {SECTION, LATE}:
            self._change(edits.without_section(plan, held.section))
        elif isinstance(held, HeldDocument):
            dialog = dialogs.LeaveOut(self, held.reason)
            document = held.document
            self._show(dialog, lambda: self._left_out(document, plain(dialog.reason)))

    def _left_out(self, document: Document, reason: str) -> None:
        if self._plan is not None:
            self._change(edits.leaving_out(self._plan, document, reason))

    def _withhold(self) -> None:
        held = self.tree.held()
        document = held.document if isinstance(held, HeldDocument) else None

        def work(session: Session) -> list[tuple[str, str]]:
            if document is None or document.record is None:
                return []
            record = plans.record_of(session, document.record)
            return [(each.name, each.label) for each in fields_of(record.kind) if each.name in record.fields]

        def done(fields: list[tuple[str, str]]) -> None:
            dialog = dialogs.WithholdWords(self, document, fields)
            self._show(dialog, lambda: self._add_redaction(dialog.redaction()))

        self._runner.call(work, done, self.message.fault, owner=self)

    def _withhold_area(self, picture: PictureOf, area: tuple[float, float, float, float]) -> None:
        dialog = dialogs.WithholdArea(self)
        self._show(
            dialog,
            lambda: self._add_redaction(
                Redaction(
                    dialog.category.currentText(),
                    plain(dialog.why),
                    exhibit=picture.exhibit,
                    page=picture.page,
                    area=area,
                )
            ),
        )

    def _add_redaction(self, redaction: Redaction) -> None:
        if self._plan is not None:
            self._change(edits.with_redaction(self._plan, redaction))

    # Details

    def _show_details(self) -> None:
        held = self.tree.held()
        self.details.show_held(held)
        self._enable()
        if isinstance(held, HeldDocument) and not self._is_loading:
            self.preview.go_to(held.document.key)

    def _document_set(self, document: Document) -> None:
        if self._plan is not None:
            self.message.say("")
            self._change(edits.with_document(self._plan, document))

    def _title_set(self, title: str) -> None:
        held = self.tree.held()
        if self._plan is None or not isinstance(held, Group):
            return
        if title in {section.title for sections in self._plan.stages for section in sections}:
            self.message.fault(tr("There is a section “{}” already: give this one another title.", title))
            self.details.show_held(held)
        else:
            self._change(edits.renamed(self._plan, held.section, title), title)

    def _enable(self) -> None:
        has_plan, held = self._plan is not None, self.tree.held()
        for plan_button in (self.late, self.remove, self.section, self.withhold):
            plan_button.setEnabled(has_plan)
        movable = isinstance(held, HeldDocument) or (isinstance(held, Group) and held.sort in {SECTION, LATE})
        self.up.setEnabled(movable)
        self.down.setEnabled(movable)
        self.out.setEnabled(movable or isinstance(held, Redaction))
        self.out.setText(tr("Show again") if isinstance(held, Redaction) else tr("Leave out…"))
        self.undo.setEnabled(bool(self._undo_stack))
        self.making.show_plan(self._plan)

    def _show(self, dialog: QDialog, accepted: Callable[[], None]) -> None:
        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _working(self, on: bool) -> None:
        if on:
            # Saved before the export, which stores the plan again with its date: a later save would overwrite that.
            self.keep_now()
        for each in self._editing:
            each.setEnabled(not on)

    def _made(self, exported: Exported, plan: SavedPlan) -> None:
        if self._plan is not None and plan.name == self._plan.name:
            self._plan = plan
            self.tree.load(plan, self._names)
            # Undo must keep the date of the export: it is copied into every earlier version.
            self._undo_stack = [edits.dated_as(earlier, plan) for earlier in self._undo_stack]
            self.side.show_plan(plan)
        self.exported.emit(exported)
