"""A manager's store in the window: made there, hand-overs taken in there, and the scale sheet saved."""

from pathlib import Path

from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import NAME, place_number
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.selection import Selection
from evidence_app.services.attestation import cards
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import hand_over
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support import stores
from tests.support.bundles import all_words, seal_with

INSTRUCTION = {
    "kind": "instruction",
    "event_at": "2026-01-20",
    "event_precision": "date only",
    "fields": {
        "exact_words": "All on monthlies.",
        "type": "move to lower frequency",
        "cases": ["X100001", "X100002", "X100003"],
    },
}


def test_a_manager_takes_hand_overs_in_and_saves_the_scale_sheet(qtbot, tmp_path: Path) -> None:
    stores.make_store(tmp_path / "spo", owner="P. Winter", holder=Holder.MANAGER)
    stores.make_store(tmp_path / "officer", owner="R. Hale")
    with stores.open_fast(tmp_path / "officer") as officer, stores.open_fast(tmp_path / "spo") as spo:
        cards.take_card(officer, cards.own_card(spo).block, "face to face")
        cards.take_card(spo, cards.own_card(officer).block, "face to face")
        seal_with(officer, INSTRUCTION)
        to = cards.find_card(officer, "P. Winter")
        hand_over(officer, SavedPlan("scale"), tmp_path / "out.age", Choice(Selection()), to)
    window = MainWindow(tmp_path / "spo")
    window.show()
    unlock(window, qtbot, stores.WORDS)
    inside = window.inside
    qtbot.waitUntil(lambda: "Members" in inside.offered(), timeout=WAIT)
    assert "Over time" not in inside.offered()
    shown = inside.places.item(place_number("Members"))
    assert shown.text() == "Officers"
    assert shown.data(NAME) == "Members"
    inside.go_to("Members")
    page = inside.members
    assert "No officer has handed anything over yet" in page.empty.text()
    assert page.new.isHidden()
    page.take_in(tmp_path / "out.age")
    qtbot.waitUntil(lambda: "taken in and hold" in page.message.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: page.title.text() == "R. Hale", timeout=WAIT)
    assert not page.tabs.isTabVisible(0)
    assert page.scale.isVisible()
    from evidence_app.desktop.people.scale_sheet import save_scale

    out = tmp_path / "scale.pdf"
    save_scale(page, page._thread, out, page.message)
    qtbot.waitUntil(lambda: "Cases that instructions covered: 3; logs: 1" in page.message.text(), timeout=WAIT)
    words = all_words(out)
    assert "move to lower frequency" in words
    assert "X1000" not in words
    window.close()


def test_a_managers_store_is_made_from_the_window(qtbot, tmp_path: Path) -> None:
    window = MainWindow(None)
    window.show()
    window.stack.setCurrentWidget(window.create_page)
    form = window.create_page
    form.folder.setText(str(tmp_path / "store"))
    form.owner.setText("P. Winter")
    form.holder.setCurrentIndex(form.holder.findData(Holder.MANAGER))
    form.typed.first.setText(PASSPHRASE)
    form.typed.second.setText(PASSPHRASE)
    form.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    window.close()
    with Session.open(tmp_path / "store", PASSPHRASE, writable=False) as session:
        assert session.holder is Holder.MANAGER
        assert "by a manager" in str(session.store.records.get(0).fields["statement"])
