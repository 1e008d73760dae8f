"""Bundles in the window: plans with their preview, drawn redactions, review, profiles, printing and the print register."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QTableWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from evidence_app.desktop.bundles.bundles_page import BundlesPage
from evidence_app.desktop.bundles.dialogs import LeaveOut, NewPlan, PrintForm, WithholdArea, WithholdWords, WordsDialog
from evidence_app.desktop.bundles.plan_papers import CoverAndStory, StatementText
from evidence_app.desktop.bundles.plan_tree import ROLE, HeldDocument
from evidence_app.desktop.casework.thread_pages import save_thread
from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.plan import edits
from evidence_app.domain.plan.saved_plan import Document, SavedPlan
from evidence_app.domain.record.entries import read_entry
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles import printing, saved_plans
from evidence_app.services.bundles.profiles import all_profiles
from evidence_app.services.core.sealing import seal, sources_of
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_file
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support.sample_documents import letter

TABS = {"Export": 0, "Plans": 1, "Review": 2, "Register": 3, "Profiles": 4}


def ask(window: MainWindow, qtbot, work):
    found: list = []
    window.thread_of_store.call(work, found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    return found[0]


def seal_note(window: MainWindow, qtbot, text: str) -> None:
    entry = {"kind": "note", "event_at": "2025-06-01T09:00", "event_precision": "exact", "case_ref": "X000412"}
    ask(window, qtbot, lambda session: seal(session, read_entry(entry | {"fields": {"text": text}})).index)


def go(window: MainWindow, qtbot, tab: str) -> BundlesPage:
    window.inside.go_to("Bundles")
    window.inside.bundles.tabs.setCurrentIndex(TABS[tab])
    qtbot.wait(50)
    return window.inside.bundles


def dialog(window: MainWindow, qtbot, sort: type):
    qtbot.waitUntil(lambda: bool(window.inside.bundles.findChildren(sort)), timeout=WAIT)
    return window.inside.bundles.findChildren(sort)[-1]


@pytest.fixture
def planned(opened, qtbot, tmp_path) -> MainWindow:
    """A window with a plan of three records, one of which has a letter."""
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(letter(["Mill Lane 7 is where she lives."]))
    entry = {
        "kind": "concern",
        "event_at": "2025-04-18T09:00",
        "event_precision": "exact",
        "case_ref": "X000412",
        "fields": {"concern": "The letter names the house."},
        "attachments": [str(paper)],
    }

    def work(session: Session) -> int:
        read = read_entry(entry)
        return seal(session, read, sources_of(read, tmp_path)).index

    ask(opened, qtbot, work)
    page = go(opened, qtbot, "Plans")
    page.plans.new.click()
    form = dialog(opened, qtbot, NewPlan)
    form.name.setText("Spring")
    form.case.setEditText("X000412")
    form.ok.click()
    qtbot.waitUntil(lambda: page.plans.preview.ready, timeout=WAIT)
    return opened


def kept(window: MainWindow, qtbot) -> SavedPlan:
    qtbot.waitUntil(lambda: not window.inside.bundles.plans._keep_soon.isActive(), timeout=WAIT)
    return ask(window, qtbot, lambda session: saved_plans.plan_named(session, "Spring"))


def choose(tree: QTreeWidget, words: str) -> None:
    for top in range(tree.topLevelItemCount()):
        for place in range(tree.topLevelItem(top).childCount()):
            if words in tree.topLevelItem(top).child(place).text(0):
                tree.setCurrentItem(tree.topLevelItem(top).child(place))
                return
    pytest.fail(f"no document with {words!r} in the plan")


def test_a_plan_lists_its_documents_and_shows_their_pages(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "letter.pdf")
    qtbot.waitUntil(lambda: "Draw over" in page.preview.where.text(), timeout=WAIT)
    assert page.preview.view._image is not None
    assert [section.title for section in kept(planned, qtbot).sections] == ["Records in full", "Exhibits"]


def test_documents_are_moved_with_the_keyboard_saved_and_undone(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    before = kept(planned, qtbot)
    choose(page.tree, "Just do your best")
    planned.activateWindow()
    page.tree.setFocus()
    qtbot.waitUntil(page.tree.hasFocus, timeout=WAIT)
    qtbot.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    first = [each.record for each in kept(planned, qtbot).sections[0].documents]
    assert first.index(2) == [each.record for each in before.sections[0].documents].index(2) - 1
    page.undo.click()
    assert kept(planned, qtbot).sections == before.sections


def test_a_section_is_added_named_and_filled(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    page.section.click()
    page.details.title.setText("What was said")
    page.details.title.editingFinished.emit()
    choose(page.tree, "Do not breach")
    for _ in range(6):
        page.down.click()
    plan = kept(planned, qtbot)
    assert plan.sections[-1].title == "What was said"
    assert 3 in [each.record for each in plan.sections[-1].documents]


def test_a_title_a_date_and_pages_are_set(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "letter.pdf")
    page.details.title.setText("The letter")
    page.details.date.setText("about April")
    page.details.pages.setText("1")
    page.details.pages.editingFinished.emit()
    found = next(each for each in kept(planned, qtbot).documents() if each.exhibit)
    assert (found.title, found.date, found.pages) == ("The letter", "about April", ((1, 1),))
    choose(page.tree, "The letter")
    page.details.pages.setText("3-1")
    page.details.pages.editingFinished.emit()
    assert "are not pages in order" in page.message.text()


def test_a_document_is_left_out_with_its_reason(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "Just do your best")
    page.out.click()
    form = dialog(planned, qtbot, LeaveOut)
    form.reason.setText("said twice")
    form.ok.click()
    plan = kept(planned, qtbot)
    assert [(left.record, left.reason) for left in plan.left_out] == [(2, "said twice")]
    assert 2 not in [each.record for each in plan.documents()]


def test_a_drawn_area_is_redacted_in_the_bundle(planned, qtbot, tmp_path) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "letter.pdf")
    qtbot.waitUntil(lambda: page.preview.view.drawing_allowed, timeout=WAIT)
    view, area = page.preview.view, page.preview.view.page_area()
    corners = [
        QPoint(int(area.left() + area.width() * x), int(area.top() + area.height() * y))
        for x, y in ((0.02, 0.02), (0.98, 0.6))
    ]
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=corners[0])
    qtbot.mouseMove(view, corners[1])
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corners[1])
    dialog(planned, qtbot, WithholdArea).ok.click()
    redaction = kept(planned, qtbot).redactions[0]
    assert redaction.area is not None
    assert redaction.page == 1
    done: list = []
    page.exported.connect(done.append)
    page.making.make_bundle(tmp_path / "spring.pdf")
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    document = pypdfium2.PdfDocument(tmp_path / "spring.pdf")
    words = " ".join(each.get_textpage().get_text_range() for each in document)
    document.close()
    assert "Mill Lane" not in words
    assert "Redaction schedule" in words
    assert verify_file(tmp_path / "spring.pdf").verdict is Verdict.VERIFIED


def test_words_are_withheld_from_the_form(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    page.withhold.click()
    form = dialog(planned, qtbot, WithholdWords)
    form.ok.click()
    assert "Say which words" in form.message.text()
    form.words.setText("the house")
    form.ok.click()
    assert [each.words for each in kept(planned, qtbot).redactions] == ["the house"]
    qtbot.waitUntil(lambda: page.preview.ready, timeout=WAIT)
    assert not page.preview.message.text()


def test_words_that_do_not_occur_are_reported(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    page.withhold.click()
    form = dialog(planned, qtbot, WithholdWords)
    form.words.setText("Quillfether")
    form.ok.click()
    qtbot.waitUntil(lambda: page.preview.ready, timeout=WAIT)
    assert "found nowhere in this bundle: “Quillfether”" in page.preview.message.text()


def test_late_documents_are_put_at_the_end(planned, qtbot, tmp_path) -> None:
    page = planned.inside.bundles.plans
    seal_note(planned, qtbot, "A late note.")
    page.late.click()
    dialog(planned, qtbot, WordsDialog).ok.click()
    qtbot.waitUntil(lambda: bool(page._plan and page._plan.late), timeout=WAIT)
    done: list = []
    page.exported.connect(done.append)
    page.making.make_bundle(tmp_path / "spring.pdf")
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    assert (tmp_path / "spring-late.pdf").is_file(), "the late section alone was not written"
    assert kept(planned, qtbot).late[0].as_of, "the day from which it looks back is not kept"


def test_a_cancelled_bundle_leaves_no_file(planned, qtbot, tmp_path) -> None:
    page = planned.inside.bundles.plans
    page.making.make_bundle(tmp_path / "spring.pdf")
    page.making.stop.click()
    qtbot.waitUntil(lambda: "Cancelled" in page.making.message.text(), timeout=WAIT)
    assert not list(tmp_path.glob("spring*"))


def test_a_plan_is_removed(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    page.remove.click()
    dialog(planned, qtbot, Sure).ok.click()
    qtbot.waitUntil(lambda: page.chosen.count() == 0, timeout=WAIT)
    assert ask(planned, qtbot, lambda session: [saved_plans.saved_plans(session)]) == [{}]


def test_a_possible_name_is_decided_in_the_review(opened, qtbot) -> None:
    seal_note(opened, qtbot, "I rang Tamsin Orrell twice.")
    page = go(opened, qtbot, "Review").review
    qtbot.waitUntil(lambda: page.about.count() > 0, timeout=WAIT)
    page.about.setCurrentIndex(page.about.findText("Union rep, for casework"))
    page.look.click()
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=WAIT)
    assert page.current().words == "Tamsin Orrell"
    assert "I rang" in page.sentence.text(), "the words around it are not shown"
    page.withhold.click()
    qtbot.waitUntil(lambda: "nothing is undecided" in page.message.text(), timeout=WAIT)


def test_a_profile_is_copied_changed_and_offered(opened, qtbot) -> None:
    bundles = go(opened, qtbot, "Profiles")
    page = bundles.profiles
    qtbot.waitUntil(lambda: page.chosen.count() >= 12, timeout=WAIT)
    assert not page.save.isEnabled(), "the program's own profile can be changed"
    page.copy_as("manager", "my-manager")
    qtbot.waitUntil(lambda: page.chosen.currentData() == "my-manager", timeout=WAIT)
    page.editors["marking"].setText("")
    page.save.click()
    assert "“marking” in the profile is empty" in page.message.text()
    page.editors["marking"].setText("OFFICIAL")
    page.editors["audience"].setText("My manager")
    page.save.click()
    qtbot.waitUntil(
        lambda: bool(bundles.export.profile.findItems("My manager", Qt.MatchFlag.MatchContains)), timeout=WAIT
    )
    assert ask(opened, qtbot, all_profiles)["my-manager"].marking == "OFFICIAL"


def test_a_bundle_is_printed_and_that_is_sealed(planned, qtbot, tmp_path) -> None:
    page = planned.inside.bundles.plans
    done: list = []
    page.exported.connect(done.append)
    page.making.make_bundle(tmp_path / "spring.pdf")
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    register = go(planned, qtbot, "Register").register
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    register.print_file(tmp_path / "spring.pdf", printer)
    form = dialog(planned, qtbot, PrintForm)
    form.ok.click()
    assert "Say where the paper is kept" in form.message.text()
    form.kept_at.setText("locked cabinet")
    form.ok.click()
    qtbot.waitUntil(lambda: "Sealed as record" in register.message.text(), timeout=WAIT)
    paper, made = (pypdfium2.PdfDocument(tmp_path / name) for name in ("paper.pdf", "spring.pdf"))
    assert len(paper) == len(made), "not every page came out"
    paper.close()
    made.close()
    rows = ask(planned, qtbot, printing.register)
    assert [row.kind.name for row in rows] == ["export", "print"]
    assert rows[1].fields["kept_at"] == "locked cabinet"
    assert rows[1].links == [(rows[0].index, "about")]


def test_a_file_that_was_not_exported_here_is_not_printed(opened, qtbot, tmp_path) -> None:
    register = go(opened, qtbot, "Register").register
    (tmp_path / "other.pdf").write_bytes(letter(["Not ours."]))
    register.print_file(tmp_path / "other.pdf")
    qtbot.waitUntil(lambda: "not a bundle that this store exported" in register.message.text(), timeout=WAIT)


def test_locking_takes_every_page_of_bundles_off_the_screen(planned, qtbot) -> None:
    planned.lock()
    bundles = planned.inside.bundles
    assert bundles.plans.tree.topLevelItemCount() == 0
    assert bundles.plans.preview.view._image is None
    assert bundles.review.table.rowCount() == 0
    assert bundles.register.table.rowCount() == 0


@pytest.mark.parametrize("tab", TABS)
def test_every_control_of_bundles_has_a_name(tab: str, opened, qtbot) -> None:
    page = go(opened, qtbot, tab).tabs.currentWidget()
    nameless = [
        type(each).__name__
        for sort in (QLineEdit, QComboBox, QTableWidget, QTreeWidget, QAbstractButton)
        for each in page.findChildren(sort)
        if each.isVisible() and each.focusPolicy() and not (each.accessibleName() or _words(each))
    ]
    assert not nameless, f"without a name for screen readers: {nameless}"


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_a_plan_that_cannot_be_saved_is_reported(planned: MainWindow, qtbot, tmp_path: Path) -> None:
    page = planned.inside.bundles.plans
    page.making.make_bundle(tmp_path / "nowhere" / "spring.pdf")
    qtbot.waitUntil(lambda: "is not there: make it first" in page.making.message.text(), timeout=WAIT)


def test_the_preview_shows_the_last_of_two_changes(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "Just do your best")
    page.down.click()
    qtbot.waitUntil(lambda: page.preview._cancel is not None, timeout=WAIT)
    page.down.click()
    qtbot.waitUntil(lambda: page.preview.ready, timeout=WAIT)
    assert page.preview._made_of == page._plan, "the preview shows a plan that was changed since"


def test_a_lock_while_a_bundle_is_made_leaves_a_page_that_works(planned, qtbot, tmp_path) -> None:
    page = planned.inside.bundles.plans
    page.making.make_bundle(tmp_path / "spring.pdf")
    planned.lock()
    unlock(planned, qtbot)
    go(planned, qtbot, "Plans")
    qtbot.waitUntil(lambda: page.making.make.isEnabled(), timeout=WAIT)
    assert page.split.isEnabled()
    assert not page.making.bar.isVisible()


def test_a_section_dropped_among_omitted_documents_keeps_them_left_out(planned, qtbot) -> None:
    """What is left out stays left out, wherever a section is dropped."""
    page = planned.inside.bundles.plans
    plan = edits.leaving_out(kept(planned, qtbot), Document(record=2), "said twice")
    page._change(edits.leaving_out(plan, Document(record=3), "said twice"))
    tree = page.tree
    left_out = next(
        tree.topLevelItem(n) for n in range(tree.topLevelItemCount()) if "Left out" in tree.topLevelItem(n).text(0)
    )
    left_out.insertChild(1, tree.takeTopLevelItem(0))
    tree.settle()
    after = tree.plan()
    assert {left.record for left in after.left_out} == {2, 3}
    assert {each.key for each in after.documents()} == {each.key for each in plan.documents()} - {3}


def test_the_last_change_is_kept_when_the_window_is_closed(planned, qtbot, store) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "letter.pdf")
    page.details.title.setText("The last word")
    page.details.title.editingFinished.emit()
    planned.close()
    with Session.open(store, PASSPHRASE) as session:
        found = saved_plans.plan_named(session, "Spring")
    assert "The last word" in [each.title for each in found.documents()]


@pytest.mark.parametrize("typed", ["not\u00a0relied on", "a\u202eb", "  twice \t said "])
def test_invisible_characters_are_removed_from_a_reason(typed: str, planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    choose(page.tree, "Just do your best")
    page.out.click()
    form = dialog(planned, qtbot, LeaveOut)
    form.reason.setText(typed)
    form.ok.click()
    reason = kept(planned, qtbot).left_out[0].reason
    assert reason.isprintable()
    assert reason == " ".join(reason.split())


def test_a_refused_plan_name_is_asked_for_again_with_the_typed_text(opened, qtbot) -> None:
    page = opened.inside.bundles.plans
    opened.inside.go_to("Bundles")
    opened.inside.bundles.tabs.setCurrentIndex(1)
    page.begin()
    form = dialog(opened, qtbot, NewPlan)
    form.name.setText("Tribunal X000412")
    form.profile.setCurrentIndex(form.profile.findData("tribunal"))
    form.recipient.setText("The tribunal's office")
    form.case.setEditText("X000412")
    form._ok()
    qtbot.waitUntil(lambda: form.isVisible() and "identifies a client" in form.message.text(), timeout=WAIT)
    assert form.recipient.text() == "The tribunal's office"
    form.name.setText("Tribunal")
    form._ok()
    qtbot.waitUntil(lambda: page.chosen.currentText() == "Tribunal", timeout=WAIT)


def test_the_focus_moves_to_what_stops_an_export_and_back(opened, qtbot, tmp_path) -> None:
    opened.inside.go_to("Bundles")
    page = opened.inside.bundles.export
    page.start.setFocus()
    page.export_to(tmp_path / "bundle.pdf")
    assert page.stop.hasFocus(), "the next key goes to the list of places"
    page.stop.click()
    qtbot.waitUntil(lambda: page.start.isEnabled(), timeout=60_000)
    assert page.start.hasFocus()


def test_cover_and_story_are_written_in_the_window_and_undone(planned, qtbot) -> None:
    page = go(planned, qtbot, "Plans").plans
    page.making.papers.cover.click()
    form = dialog(planned, qtbot, CoverAndStory)
    made = form.story.toPlainText()
    assert "The letter names the house." in made
    form.court.setText("Employment Tribunal")
    form.parties.setPlainText("S. Rowe\n\nThe Secretary of State\n")
    form.story.setPlainText("no number: nothing\n")
    form.ok.click()
    assert "has no number before it" in form.message.text()
    form.story.setPlainText(made + "\n-: And nothing came.\n")
    form.ok.click()
    qtbot.waitUntil(lambda: kept(planned, qtbot).cover.court == "Employment Tribunal", timeout=WAIT)
    plan = kept(planned, qtbot)
    assert plan.cover.parties == ("S. Rowe", "The Secretary of State")
    assert plan.story[-1].text == "And nothing came."
    page.undo.click()
    qtbot.waitUntil(lambda: not kept(planned, qtbot).story, timeout=WAIT)


def test_a_story_that_nobody_changed_stays_the_programs(planned, qtbot) -> None:
    page = go(planned, qtbot, "Plans").plans
    page.making.papers.cover.click()
    form = dialog(planned, qtbot, CoverAndStory)
    form.asked.setText("Weekly again.")
    form.ok.click()
    qtbot.waitUntil(lambda: kept(planned, qtbot).asked == "Weekly again.", timeout=WAIT)
    assert kept(planned, qtbot).story == ()


def test_a_paper_for_word_is_made_in_the_window(planned, qtbot, tmp_path) -> None:
    papers = go(planned, qtbot, "Plans").plans.making.papers
    assert [each.text() for each in papers.papers.menu().actions()][:2] == ["Index…", "Chronology…"]
    papers.make("chronology", tmp_path / "chronology.docx")
    qtbot.waitUntil(lambda: "chronology.docx" in papers.message.text(), timeout=WAIT)
    assert (tmp_path / "chronology.docx").read_bytes().startswith(b"PK")
    papers.make("statement", tmp_path / "statement.csv")
    qtbot.waitUntil(lambda: "no table" in papers.message.text(), timeout=WAIT)
    assert not (tmp_path / "statement.csv").exists()


def test_the_statement_is_written_in_the_window(planned, qtbot) -> None:
    page = go(planned, qtbot, "Plans").plans
    page.making.papers.statement.click()
    form = dialog(planned, qtbot, StatementText)
    form.text.setPlainText("I wrote it down.\n\n# a remark\nAnd I kept it.")
    form.ok.click()
    qtbot.waitUntil(lambda: bool(kept(planned, qtbot).statement), timeout=WAIT)
    assert kept(planned, qtbot).statement == ("I wrote it down.", "And I kept it.")


def test_a_thread_is_saved_printed_and_entered_in_the_register(planned, qtbot, tmp_path) -> None:
    planned.inside.go_to("Threads")
    threads = planned.inside.casework.threads
    qtbot.waitUntil(lambda: threads.threads.count() > 0, timeout=WAIT)
    casework = planned.inside.casework
    index = threads.thread_shown().root.index
    save_thread(planned.thread_of_store, threads, index, casework._saved, tmp_path / "thread.pdf")
    form = dialog(planned, qtbot, PrintForm)
    assert verify_file(tmp_path / "thread.pdf").verdict is Verdict.VERIFIED
    assert "thread.pdf" in form.windowTitle()
    assert planned.inside.bundles.tabs.currentIndex() == TABS["Register"]
    form.reject()


def test_an_exhibit_shows_its_first_page_in_the_list_and_keeps_it_when_the_plan_changes(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    tree = page.tree

    def exhibits() -> list[QTreeWidgetItem]:
        held = [(item, item.data(0, ROLE)) for item in tree._all_items()]
        return [item for item, data in held if isinstance(data, HeldDocument) and data.document.exhibit]

    tree.scrollToBottom()
    qtbot.waitUntil(lambda: bool(exhibits()) and not exhibits()[0].icon(0).isNull(), timeout=WAIT)
    picture = exhibits()[0].icon(0).pixmap(30, 42).toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert len(seen) > 3, "the picture is empty"
    page.section.click()
    assert not exhibits()[0].icon(0).isNull(), "the picture goes while the pages are made anew"
    planned.lock()
    assert not tree._pictures


def test_the_review_stands_beside_the_plan_and_follows_its_changes(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    page.new.click()
    form = dialog(planned, qtbot, NewPlan)
    form.name.setText("For the union")
    form.profile.setCurrentIndex(form.profile.findData("union-casework"))
    form.ok.click()
    qtbot.waitUntil(lambda: page._plan is not None and page._plan.name == "For the union", timeout=WAIT)
    qtbot.waitUntil(lambda: page.preview.ready, timeout=WAIT)
    review = page.side.review
    assert review.table.rowCount() == 0, "it is made when it is looked at"
    assert not review.about.isVisible(), "what is reviewed is the plan"
    page.side.setCurrentWidget(review)
    qtbot.waitUntil(lambda: review.table.rowCount() > 0, timeout=WAIT)
    rows = review.table.rowCount()
    assert "X000412" in {review.table.item(row, 0).text() for row in range(rows)}
    choose(page.tree, "letter names the house")
    page.out.click()
    leave = dialog(planned, qtbot, LeaveOut)
    leave.reason.setText("not needed")
    leave.ok.click()
    qtbot.waitUntil(lambda: page.preview.ready and review.table.rowCount() < rows, timeout=WAIT)
    planned.lock()
    assert review.table.rowCount() == 0


def test_a_plan_that_comes_back_is_reviewed_again(planned, qtbot) -> None:
    page = planned.inside.bundles.plans
    side, plan = page.side, page._plan
    side.setCurrentWidget(side.review)
    qtbot.waitUntil(lambda: side._reviewed == plan, timeout=WAIT)
    side.show_plan(None)
    side.show_plan(plan)
    assert side._reviewed is None, "its findings were cleared, and it would not be looked through again"
    qtbot.waitUntil(lambda: side._reviewed == plan, timeout=WAIT)
