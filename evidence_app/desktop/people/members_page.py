"""Members page of a rep's store: members, their hand-overs, reported deadlines, and advice given. In a manager's store: officers and what they handed over."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.design.lists.tables import Beside, make_list
from evidence_app.desktop.design.widgets import Message, button, column, focus_back, label, row, scrolling, turn
from evidence_app.desktop.people.handed_over import HandoverList
from evidence_app.desktop.people.received_records import ReceivedRecords
from evidence_app.desktop.people.scale_sheet import ask_for_scale
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel, Lane
from evidence_app.desktop.system.language import tr, tr_day, tr_value
from evidence_app.domain.people.members import MemberEntry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.rep_kinds import GET_ADVICE
from evidence_app.errors import EvidenceError, VerificationError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.session import Session
from evidence_app.services.handover.receive import Taken, read_handover_file, take_in
from evidence_app.services.members.members import all_members
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.drafts import new_entry

NOTHING: Final = (
    "There is no member yet. Give them your card (Check, Witnesses…), take in theirs, then take in what they hand over."
)
NO_OFFICER: Final = "No officer has handed anything over yet. Give them your card (Check, Witnesses…), take in theirs, then take in what they hand over."
STAGES: Final = {
    "decrypting": "Opening what was sent",
    "verifying": "Verifying every record and page",
    "clients": "Looking for what identifies a client",
    "sealing": "Sealing that it was received",
}
"""Text shown for each stage that an import reports."""
LOCKED: Final = "The store was locked while a hand-over was taken in: look whether it is there, or take it in again."
ANOTHER_LOG: Final = "two-logs"
"""Reason of the `VerificationError` for a hand-over from a second log of the same member."""


class MembersPage(QWidget):
    """List of members, with everything held about the selected one.

    `record_asked` gives a record's index, `kind_asked` a kind and a prepared entry; `changed`: a hand-over was imported.
    """

    record_asked = Signal(int)
    kind_asked = Signal(str, object)
    changed = Signal()

    def __init__(self, thread: BackgroundRunner) -> None:
        super().__init__()
        self._thread = thread
        self._scan = CachedScan(all_members, thread.give_way)
        self._members: list[MemberEntry] = []
        self._listed: list[MemberEntry] = []
        self._lines: list[int] = []
        self._cancel: Cancel | None = None
        self._by_manager = False
        self.message = Message()
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Find a member"))
        self.finder.setAccessibleName(tr("Find a member"))
        self.finder.setClearButtonEnabled(True)
        self.items = make_list(tr("Members"))
        self.title, self.facts, self.advice = label("", "heading"), label("", "soft"), label(tr(GET_ADVICE), "warning")
        self.held = make_list(tr("Cases, dates and advice"))
        self.held.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.records = ReceivedRecords(thread)
        self.handed = HandoverList(thread)
        self.tabs = QTabWidget()
        self.take = button(tr("Take in a hand-over…"), self._choose, main=True)
        self.stop = button(tr("Cancel"), self._stop)
        self.stop.setEnabled(False)
        self.show_record = button(tr("Show the record"), self._show_record)
        self._arrange()
        self._wire()
        self._list()

    def _arrange(self) -> None:
        left = column(self.finder, self.items)
        for words, page in (
            ("Cases and dates", column(self.held, row(self.show_record, None), margin=6)),
            ("Records handed over", self.records),
            ("Hand-overs", self.handed),
        ):
            self.tabs.addTab(page, tr(words))
        kind_buttons = [
            button(tr(KINDS[name].label), lambda name=name: self._write(name), flat=True)  # type: ignore[misc]
            for name in ("member-case", "deadline", "note", "document")
        ]
        self.kind_row = row(label(tr("Write down:"), "soft", wrap=False), *kind_buttons, None)
        member_panel = column(self.title, self.facts, self.advice, self.kind_row, self.tabs)
        self.split = Beside(left, scrolling(member_panel), (2, 5))
        # The preferred height is ignored, because it would make the page as a whole scroll.
        self.split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.empty = label("", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        self.new = button(tr("New member"), lambda: self.kind_asked.emit("member", new_entry(KINDS["member"], None)))
        self.scale = button(tr("Scale sheet…"), lambda: ask_for_scale(self, self._thread, self.message))
        self.scale.setToolTip(tr("How many cases were changed from what to what, without a name, as a PDF"))
        self.scale.hide()
        whole.addWidget(row(self.take, self.stop, self.new, self.scale, None))
        whole.addWidget(self.message)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.split, 1)

    def _wire(self) -> None:
        self.finder.textChanged.connect(lambda _: self._list())
        self.items.currentRowChanged.connect(lambda _: self._show_selected())
        self.held.itemActivated.connect(lambda _: self._show_record())
        self.handed.record_asked.connect(self.record_asked)
        self._thread.progressed.connect(self._progressed)

    # Showing

    def show_for(self, holder: Holder) -> None:
        """Show what a rep or a manager has here: a manager keeps no members' cases, and counts."""
        self._by_manager = holder is Holder.MANAGER
        for part in (self.new, self.kind_row):
            part.setVisible(not self._by_manager)
        self.scale.setVisible(self._by_manager)
        self.tabs.setTabVisible(0, not self._by_manager)
        self.finder.setPlaceholderText(tr("Find an officer") if self._by_manager else tr("Find a member"))
        self.finder.setAccessibleName(self.finder.placeholderText())
        self.items.setAccessibleName(tr("Officers") if self._by_manager else tr("Members"))
        self.empty.setText(tr(NO_OFFICER if self._by_manager else NOTHING))

    def load(self) -> None:
        """Scan the log for members, in the background."""
        self._thread.call_aside(self._scan, self._show, self.message.fault, owner=self, lane=Lane.OVERVIEW)

    def _show(self, members: list[MemberEntry]) -> None:
        if members is not self._members:
            chosen = self.chosen()
            self._members = members
            self._list(chosen.name if chosen is not None else "")
        focus_back(self.items)

    def _list(self, select: str = "") -> None:
        text = self.finder.text().casefold().strip()
        self._listed = [member for member in self._members if text in member.name.casefold()]
        self.items.blockSignals(True)
        self.items.clear()
        self.items.addItems([f"{member.name}\n{_summary(member)}" for member in self._listed])
        names = [member.name for member in self._listed]
        self.items.setCurrentRow(names.index(select) if select in names else 0 if names else -1)
        self.items.blockSignals(False)
        self.empty.setText(tr(NO_OFFICER if self._by_manager else NOTHING))
        self.empty.setVisible(not self._members)
        self.split.setVisible(bool(self._members))
        self._show_selected()

    def chosen(self) -> MemberEntry | None:
        """Return the selected member, or None."""
        row_number = self.items.currentRow()
        return self._listed[row_number] if 0 <= row_number < len(self._listed) else None

    def _show_selected(self) -> None:
        entry = self.chosen()
        self.title.setText(entry.name if entry is not None else "")
        self.facts.setText(_facts(entry) if entry is not None else "")
        self.advice.setVisible(entry is not None and bool(entry.deadlines))
        lines = list(_held_lines(entry)) if entry is not None else []
        self._lines = [index for index, _ in lines]
        self.held.clear()
        self.held.addItems([words for _, words in lines])
        self.held.setCurrentRow(0 if lines else -1)
        self.show_record.setEnabled(bool(lines))
        self.records.show_of(entry.origins if entry is not None else [])
        self.handed.show_of(entry.handovers if entry is not None else [])

    def _show_record(self) -> None:
        row_number = self.held.currentRow()
        if 0 <= row_number < len(self._lines):
            self.record_asked.emit(self._lines[row_number])

    def _write(self, kind: str) -> None:
        entry = self.chosen()
        draft_entry: JsonObject = new_entry(KINDS[kind], None)
        if entry is not None:
            ref = next((ref for ref, case in entry.cases.items() if case.case_ref), "")
            draft_entry |= {"case_ref": ref} if ref and kind != "member-case" else {}
            if kind != "note":
                draft_entry["fields"] = {"member": {"person": entry.name}}
        self.kind_asked.emit(kind, draft_entry)

    # Receiving hand-overs

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("What was handed over"), "", tr("Hand-overs (*.age);;All files (*)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path, *, new_log: bool = False) -> None:
        """Verify a hand-over file and import it, in the background. `new_log` accepts that it replaces the member's earlier log."""
        cancel = self._cancel = Cancel()
        turn(self.take, self.stop, working=True)
        self.message.say(tr("Opening what was sent") + "…")

        def work(session: Session) -> Taken | VerificationError:
            try:
                return take_in(
                    session, read_handover_file(path), new_log=new_log, progress=self._thread.report, cancel=cancel
                )
            except VerificationError as error:
                # A second log is returned, not raised: the user is asked whether it replaces the first.
                if error.reason != ANOTHER_LOG or new_log:
                    raise
                return error

        self._thread.call_aside(
            work, lambda result: self._import_answered(path, result), self._failed, self._stopped, owner=self
        )

    def _import_answered(self, path: Path, result: Taken | VerificationError) -> None:
        self._end_import()
        if isinstance(result, EvidenceError):
            self.message.fault(result.sentence)
            dialog = Sure(self, tr("Another log under this name"), result.sentence, tr("It takes the other's place"))
            dialog.accepted.connect(lambda: self.take_in(path, new_log=True))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
            return
        self.message.done(tr_value(result.in_words()))
        self.finder.clear()
        self.changed.emit()
        self.load()

    def _progressed(self, what: str, _done: int, _total: int) -> None:
        if what in STAGES and self._cancel is not None and not self._cancel():
            self.message.say(tr(STAGES[what]) + "…")

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()

    def _end_import(self) -> None:
        self._cancel = None
        turn(self.take, self.stop, working=False)

    def _failed(self, sentence: str) -> None:
        self._end_import()
        self.message.fault(sentence)

    def _stopped(self) -> None:
        self._end_import()
        self.message.say(tr("Cancelled. Nothing was taken in."))

    def wipe(self) -> None:
        """Cancel a running import, and clear the page, because the store is being locked."""
        was_taking = self._cancel is not None
        self._stop()
        self._end_import()
        self._scan.wipe()
        self._members = []
        self.finder.clear()
        self._list()
        self.records.wipe()
        self.empty.clear()
        self.message.say(tr(LOCKED) if was_taking else "")


def _summary(entry: MemberEntry) -> str:
    deadline = entry.next_deadline
    parts = [
        tr("1 case open" if len(entry.open_cases) == 1 else "{} cases open", len(entry.open_cases))
        if entry.open_cases
        else "",
        tr("received {}", tr_day(entry.handovers[-1].sealed_at.date())) if entry.handovers else tr("nothing received"),
        tr("date told: {}", tr_day(deadline.falls_on)) if deadline else "",
    ]
    return ", ".join(part for part in parts if part)


def _facts(entry: MemberEntry) -> str:
    about = entry.about.fields if entry.about else {}
    lines = [", ".join(str(about[name]) for name in ("role", "office", "contact") if about.get(name))]
    if entry.handovers:
        compared = entry.handovers[-1].fields.get("compared", "")
        logs = ", ".join(origin.rpartition("/")[2] for origin in entry.origins)
        lines.append(tr("Log {} (words of the card: {})", logs, compared))
    return "\n".join(line for line in lines if line)


def _held_lines(entry: MemberEntry) -> list[tuple[int, str]]:
    lines = [
        (
            deadline.record.index,
            tr(
                "{}: {} (told by: {})",
                tr_day(deadline.falls_on),
                deadline.record.fields["what"],
                deadline.record.fields["told_by"],
            ),
        )
        for deadline in sorted(entry.deadlines, key=lambda deadline: deadline.falls_on)
    ]
    lines += [(case.index, f"{ref}: {case.headline()}") for ref, case in entry.cases.items()]
    lines += [
        (note.index, tr("Advice of {}: {}", tr_day(note.event[0].date()), note.headline(160)))
        for note in reversed(entry.advice)
    ]
    return lines
