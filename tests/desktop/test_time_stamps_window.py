"""Time stamps in the window: an authority added, a request saved, its answer imported, and wrong files refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.desktop.checking.time_stamps_page import AddAuthority, TimeStampsPage
from tests.desktop.conftest import WAIT
from tests.support.authority import Authority


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Invented Stamps")


@pytest.fixture
def page(opened, qtbot) -> TimeStampsPage:
    opened.inside.go_to("Check")
    opened.inside.check_page.stamps.click()
    made = opened.inside.time_stamps
    qtbot.waitUntil(lambda: "two are better" in made.advice.text(), timeout=WAIT)
    assert made.isVisible()
    return made


def trust(page: TimeStampsPage, authority: Authority, folder: Path, qtbot, address: str = "") -> None:
    (folder / "root.pem").write_text(authority.pem)
    page.add_from(folder / "root.pem")
    dialog = page.findChild(AddAuthority)
    dialog.ok.click()
    assert "Give it a name" in dialog.message.text()
    dialog.name.setText(authority.name)
    dialog.address.setText(address)
    dialog.ok.click()
    qtbot.waitUntil(lambda: page.items.count() == 1, timeout=WAIT)


def test_a_checkpoint_is_time_stamped_by_file(
    page: TimeStampsPage, authority: Authority, opened, qtbot, tmp_path: Path
) -> None:
    assert not page.save.isEnabled()
    trust(page, authority, tmp_path, qtbot)
    assert "has stamped nothing yet" in page.items.item(0).text()
    assert not page.send.isEnabled()
    page.save_to(tmp_path / "request.tsq")
    qtbot.waitUntil(lambda: "its answer is not here yet" in page.items.item(0).text(), timeout=WAIT)
    (tmp_path / "cut.tsr").write_bytes(b"0\x82")
    page.take_from(tmp_path / "cut.tsr")
    qtbot.waitUntil(lambda: "no answer of a time-stamping authority" in page.message.text(), timeout=WAIT)
    answer = authority.answer((tmp_path / "request.tsq").read_bytes(), datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    (tmp_path / "answer.tsr").write_bytes(answer)
    page.take_from(tmp_path / "answer.tsr")
    qtbot.waitUntil(lambda: "by its clock" in page.items.item(0).text(), timeout=WAIT)
    assert page.message.text() == "✓ The time stamp holds, and is sealed."
    assert "second authority" in page.advice.text()
    qtbot.waitUntil(lambda: "outside clock up to record" in opened.inside.status.text(), timeout=WAIT)


def test_files_that_hold_no_certificates(page: TimeStampsPage, qtbot, tmp_path: Path) -> None:
    (tmp_path / "root.der").write_bytes(b"\x30\x82\xff\xfe")
    page.add_from(tmp_path / "root.der")
    assert "is no text" in page.message.text()
    page.add_from(tmp_path / "nothing.pem")
    assert "cannot be read" in page.message.text()
    (tmp_path / "words.pem").write_text("no certificate")
    page.add_from(tmp_path / "words.pem")
    dialog = page.findChild(AddAuthority)
    dialog.name.setText("Stamps")
    dialog.ok.click()
    qtbot.waitUntil(lambda: "no certificates in PEM" in dialog.message.text(), timeout=WAIT)
    assert dialog.isVisible(), "what was typed is lost"


def test_network_requests_need_the_setting(
    page: TimeStampsPage, authority: Authority, opened, qtbot, tmp_path: Path
) -> None:
    trust(page, authority, tmp_path, qtbot, "http://stamps.invalid/tsa")
    assert not page.send.isEnabled()
    assert "switched off" in page.send.toolTip()
    opened.lock()
    assert page.items.count() == 0


def test_a_bundle_that_was_made_is_stamped_by_file(
    page: TimeStampsPage, authority: Authority, opened, qtbot, tmp_path: Path
) -> None:
    trust(page, authority, tmp_path, qtbot)
    opened.inside.go_to("Bundles")
    export = opened.inside.bundles.export
    export.export_to(tmp_path / "bundle.pdf")
    qtbot.waitUntil(export.made.isVisible, timeout=WAIT)
    next(each for each in export.made.more if each.text() == "Time-stamp it…").click()
    qtbot.waitUntil(page.isVisible, timeout=WAIT)
    assert page.subject.text() == "To be stamped: bundle.pdf"
    page.save_to(tmp_path / "request.tsq")
    qtbot.waitUntil(lambda: "Saved as" in page.message.text(), timeout=WAIT)
    before = (tmp_path / "bundle.pdf").read_bytes()
    (tmp_path / "answer.tsr").write_bytes(
        authority.answer((tmp_path / "request.tsq").read_bytes(), datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    )
    page.take_from(tmp_path / "answer.tsr")
    qtbot.waitUntil(lambda: "the time stamp is in the file" in page.message.text(), timeout=WAIT)
    after = (tmp_path / "bundle.pdf").read_bytes()
    assert after.startswith(before)
    assert len(after) > len(before)
    page.log.click()
    assert page.subject.text() == "To be stamped: the head of the log"
    assert not page.log.isVisible()


def test_what_is_to_be_renewed_leads_to_the_time_stamps(page: TimeStampsPage, opened, qtbot, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    ending = Authority("Ending Stamps", until=now + timedelta(days=20))
    trust(page, ending, tmp_path, qtbot)
    page.save_to(tmp_path / "request.tsq")
    qtbot.waitUntil(lambda: "Saved as" in page.message.text(), timeout=WAIT)
    (tmp_path / "answer.tsr").write_bytes(ending.answer((tmp_path / "request.tsq").read_bytes(), now))
    page.take_from(tmp_path / "answer.tsr")
    qtbot.waitUntil(lambda: "is sealed" in page.message.text(), timeout=WAIT)
    opened.inside.go_to("Home")
    home = opened.inside.casework.home
    qtbot.waitUntil(lambda: any(each.sort == "renewal" for each in home._listed), timeout=WAIT)
    home.items.setCurrentRow(next(at for at, each in enumerate(home._listed) if each.sort == "renewal"))
    assert "Time stamp by Ending Stamps" in home.chosen().words
    assert home.way.text() == "Time stamps…"
    home.way.click()
    qtbot.waitUntil(page.isVisible, timeout=WAIT)
    assert page.subject.text() == "To be stamped: the head of the log"
