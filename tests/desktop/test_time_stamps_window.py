"""Time stamps in the window: an authority added, a request saved, its answer imported, and wrong files refused."""

from datetime import UTC, datetime
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
