"""A rep's store in the window, and an officer's store that hands over to it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.design.tiles import Tile
from evidence_app.desktop.people.members_page import MembersPage
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import place_number
from evidence_app.desktop.writing.seal_dialogs import SealDialog
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.rep_kinds import GET_ADVICE
from evidence_app.proof.encoding.blocks import Label, read_block
from evidence_app.proof.handover_receipts import read_receipt
from evidence_app.services.attestation import cards
from evidence_app.services.core.session import Session
from evidence_app.services.handover import receive
from evidence_app.services.members.handover_log import handovers, write_receipt
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support import stores
from tests.support.bundles import all_words, concern, seal_with
from tests.support.members import OFFICER, SAID, Pair, instruction, make_pair, pretend_received

QUOTED = "Just do your best, and put nothing in writing."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("members")
    make_pair(folder)
    return folder


@pytest.fixture
def sent(made: Path, tmp_path: Path) -> Path:
    """Two stores that can be opened, and a hand-over that was sent: hand-over-1.age."""
    for name in ("officer", "rep"):
        shutil.copytree(made / name, tmp_path / name)
    with stores.open_fast(tmp_path / "officer") as officer, stores.open_fast(tmp_path / "rep") as rep:
        Pair(officer, rep, stores.SetClock(rep.clock.now()), tmp_path).hand_over()
    return tmp_path


@pytest.fixture
def page(qtbot, sent: Path):
    window = MainWindow(sent / "rep")
    window.show()
    unlock(window, qtbot, stores.WORDS)
    qtbot.waitUntil(lambda: "Members" in window.inside.offered(), timeout=WAIT)
    window.inside.go_to("Members")
    yield window.inside.members
    window.close()


def take_in(page: MembersPage, path: Path, qtbot) -> None:
    page.take_in(path)
    qtbot.waitUntil(lambda: page.message.text().startswith("✓"), timeout=WAIT)
    qtbot.waitUntil(lambda: page.items.count() > 0 and page.records.table.rowCount() > 0, timeout=WAIT)


def test_a_rep_has_their_own_pages_and_kinds(page: MembersPage, qtbot) -> None:
    inside = page.window().inside
    assert "Over time" not in inside.offered()
    words = [action.text().replace("&", "") for action in inside.new.menu().actions()]
    assert "Deadline" in words
    assert "Instruction" not in words
    said = [each.text() for each in inside.casework.home.findChildren(Tile)]
    assert "Member's case" in said
    assert "Instruction" not in said
    QTest.keyClick(page.window(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert inside.places.currentRow() == place_number("Home")
    QTest.keyClick(page.window(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert inside.places.currentRow() == place_number("Members")


def test_an_officer_has_no_members(opened, qtbot) -> None:
    assert "Members" not in opened.inside.offered()
    assert opened.inside.places.item(place_number("Members")).isHidden()
    QTest.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.inside.places.currentRow() == place_number("Timeline")


def test_a_hand_over_is_received_shown_and_answered(page: MembersPage, sent: Path, qtbot) -> None:
    take_in(page, sent / "hand-over-1.age", qtbot)
    assert f"3 records of {OFFICER} are taken in" in page.message.text()
    assert page.chosen().name == OFFICER
    page.tabs.setCurrentIndex(1)
    page.records.finder.setText("not write")
    qtbot.waitUntil(lambda: page.records.table.rowCount() == 1, timeout=WAIT)
    assert SAID in page.records.text.toPlainText()
    assert "position 2 of their log" in page.records.text.toPlainText()
    page.tabs.setCurrentIndex(2)
    qtbot.waitUntil(page.handed.receipt.save.isEnabled, timeout=WAIT)
    page.handed.receipt.save_to(sent / "receipt.txt")
    with stores.open_fast(sent / "rep", writable=False) as rep:
        (handover,) = handovers(rep)
        content = read_block((sent / "receipt.txt").read_text(), Label.RECEIPT)
        assert read_receipt(content, rep.log_key.public).record == handover.index
    assert "Left out: 3" in page.handed.items.item(0).text()


def test_a_refused_hand_over_is_reported_and_not_stored(page: MembersPage, sent: Path, qtbot) -> None:
    cut = sent / "cut.age"
    cut.write_bytes((sent / "hand-over-1.age").read_bytes()[:-50])
    page.take_in(cut)
    qtbot.waitUntil(lambda: "cut off or changed" in page.message.text(), timeout=WAIT)
    assert page.items.count() == 0
    assert page.take.isEnabled()
    assert not page.empty.isHidden()


def test_a_second_log_under_one_name_needs_confirmation(page: MembersPage, sent: Path, qtbot) -> None:
    take_in(page, sent / "hand-over-1.age", qtbot)
    with stores.open_fast(sent / "rep", writable=False) as rep:
        rep_card = cards.own_card(rep).block
    stores.make_store(sent / "second", owner=OFFICER)
    with stores.open_fast(sent / "second") as second:
        seal_with(second, concern("From my new machine."))
        cards.take_card(second, rep_card, "by telephone")
        card = cards.own_card(second).block
        Pair(second, second, stores.SetClock(second.clock.now()), sent, made=7).hand_over()
    done = []
    page._thread.call(lambda session: cards.take_card(session, card, "by telephone"), done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    page.take_in(sent / "hand-over-8.age")
    qtbot.waitUntil(lambda: page.findChild(Sure) is not None, timeout=WAIT)
    assert "came from another log before" in page.message.text()
    page.findChild(Sure).ok.click()
    qtbot.waitUntil(lambda: page.message.text().startswith("✓"), timeout=WAIT)
    qtbot.waitUntil(lambda: len(page.chosen().origins) == 2, timeout=WAIT)


def test_a_lock_cancels_an_import_and_wipes_the_page(page: MembersPage, sent: Path, qtbot) -> None:
    take_in(page, sent / "hand-over-1.age", qtbot)
    page.take_in(sent / "hand-over-1.age")
    page.window().lock()
    assert page.items.count() == 0
    assert page.records.text.toPlainText() == ""
    assert "locked while a hand-over was taken in" in page.message.text()


def test_a_members_deadline_is_written_from_the_page(page: MembersPage, sent: Path, qtbot) -> None:
    take_in(page, sent / "hand-over-1.age", qtbot)
    assert page.advice.isHidden()
    page._write("deadline")
    capture = page.window().inside.capture
    qtbot.waitUntil(lambda: capture.page is not None, timeout=WAIT)
    editors = capture.page.editors
    assert editors["member"].value() == {"person": OFFICER}
    editors["what"].edit.setText("Interview")
    editors["falls_on"].edit.setText("5 February 2027")
    editors["told_by"].edit.setText("The letter of 23 January")
    capture.page.seal_button.click()
    qtbot.waitUntil(lambda: page.window().findChild(SealDialog) is not None, timeout=WAIT)
    page.window().findChild(SealDialog).accept()
    qtbot.waitUntil(lambda: page.window().inside.timeline.isVisible(), timeout=WAIT)
    for dialog in page.window().findChildren(QDialog):
        dialog.close()
    page.window().inside.go_to("Members")
    qtbot.waitUntil(lambda: "Interview" in (page.held.item(0).text() if page.held.count() else ""), timeout=WAIT)
    assert page.advice.text() == GET_ADVICE
    assert page.advice.isVisible()


def test_an_officer_hands_over_and_imports_the_receipt(qtbot, sent: Path) -> None:
    window = MainWindow(sent / "officer")
    window.show()
    unlock(window, qtbot, stores.WORDS)
    window.inside.go_to("Bundles")
    export = window.inside.bundles.export
    qtbot.waitUntil(lambda: export.card.count() == 2, timeout=WAIT)
    export.profile.choose("officer")
    assert not export.card.isEnabled()
    export.card.setCurrentIndex(1)
    assert export.given_to() is None, "a bundle that names clients would be handed over"
    export.profile.choose("union-casework")
    assert export.card.isEnabled()
    export.export_to(sent / "again.age")
    qtbot.waitUntil(lambda: "The export is record" in export.message.text(), timeout=WAIT)
    with stores.open_fast(sent / "rep") as rep:
        taken = receive.take_in(rep, (sent / "again.age").read_bytes())
        receipt = write_receipt(rep, taken.record.index)
    window.inside.go_to("Check")
    window.inside.check_page.witnesses.click()
    page = window.inside.witnesses
    page.sent.setPlainText(receipt)
    page.go.click()
    qtbot.waitUntil(lambda: "A. Brandt received it" in page.message.text(), timeout=WAIT)
    window.close()


def test_one_members_records_make_a_bundle_from_the_window(page: MembersPage, qtbot, sent: Path) -> None:
    take_in(page, sent / "hand-over-1.age", qtbot)
    inside = page.window().inside
    inside.go_to("Bundles")
    export = inside.bundles.export
    qtbot.waitUntil(lambda: export.member.findData(OFFICER) > 0, timeout=WAIT)
    export.profile.choose("casework")
    assert export.member.isVisible()
    assert not export.quoted.isVisible()
    export.member.setCurrentIndex(export.member.findData(OFFICER))
    export.export_to(sent / "casework.pdf")
    qtbot.waitUntil(lambda: "The export is record" in export.message.text(), timeout=WAIT)
    assert SAID in all_words(sent / "casework.pdf")


def test_words_are_quoted_in_a_collective_bundle_from_the_window(page: MembersPage, qtbot, sent: Path) -> None:
    inside = page.window().inside
    inside.go_to("Bundles")
    export = inside.bundles.export
    qtbot.waitUntil(
        lambda: bool(export.profile.findItems("collective matter", Qt.MatchFlag.MatchContains)), timeout=WAIT
    )
    export.profile.choose("union-collective")
    qtbot.waitUntil(export.quoted.isVisible, timeout=WAIT)
    assert not export.member.isVisible()
    for quoted, says in (("", "Only 0 members"), ("x", "Only 0 members")):
        export.quoted.setText(quoted)
        export.export_to(sent / "counts.pdf")
        qtbot.waitUntil(lambda says=says: says in export.message.text(), timeout=WAIT)
    page.window().close()
    with stores.open_fast(sent / "rep") as rep:
        numbers = [
            pretend_received(rep, f"Member {letter}", "Easthaven", [instruction(QUOTED)], number)
            for number, letter in enumerate("abcde")
        ]
    window = MainWindow(sent / "rep")
    window.show()
    unlock(window, qtbot, stores.WORDS)
    window.inside.go_to("Bundles")
    export = window.inside.bundles.export
    qtbot.waitUntil(lambda: export.member.findData("Member a") > 0, timeout=WAIT)
    export.profile.choose("union-collective")
    export.quoted.setText(f"{numbers[0]}/7")
    export.export_to(sent / "counts.pdf")
    qtbot.waitUntil(lambda: "does not show position 7" in export.message.text(), timeout=WAIT)
    export.quoted.setText(f"{numbers[0]}/1, {numbers[1]}/1")
    export.export_to(sent / "counts.pdf")
    qtbot.waitUntil(lambda: "The export is record" in export.message.text(), timeout=WAIT)
    assert QUOTED in all_words(sent / "counts.pdf")
    window.close()


def test_an_officer_is_not_asked_for_members(opened, qtbot) -> None:
    opened.inside.go_to("Bundles")
    export = opened.inside.bundles.export
    qtbot.waitUntil(lambda: export.card.count() > 0, timeout=WAIT)
    for place in range(export.profile.count()):
        export.profile.setCurrentRow(place)
        assert not export.member.isVisible()
        assert not export.quoted.isVisible()


def test_a_reps_store_is_made_from_the_window(qtbot, tmp_path: Path) -> None:
    window = MainWindow(None)
    window.show()
    window.stack.setCurrentWidget(window.create_page)
    form = window.create_page
    form.folder.setText(str(tmp_path / "store"))
    form.owner.setText("A. Brandt")
    form.holder.setCurrentIndex(1)
    form.typed.first.setText(PASSPHRASE)
    form.typed.second.setText(PASSPHRASE)
    form.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    for box in window.recovery.code.findChildren(type(window.unlock.by_code)):
        box.setChecked(True)
    window.recovery.next.click()
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    assert "Nothing here may identify a client" in window.inside.capture.page.message.text()
    assert "name" in window.inside.capture.page.editors
    window.close()
    with Session.open(tmp_path / "store", PASSPHRASE, writable=False) as session:
        assert session.holder is Holder.REP
