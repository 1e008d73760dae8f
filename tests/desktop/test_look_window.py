"""A file that is opened with a double click: its verdict in a window, without a store."""

from pathlib import Path

import pytest

from evidence_app.cli.main import main
from evidence_app.desktop.checking.look_window import LookWindow
from evidence_app.domain.record.selection import Selection
from evidence_app.errors import ExitCode
from evidence_app.services.bundles.exporting import export
from tests.desktop.conftest import WAIT
from tests.support import stores
from tests.support.entries import note


@pytest.fixture
def bundle(store_path: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.pdf"
    with stores.open_fast(store_path) as session:
        stores.seal_entry(session, note("Monthly is unsafe."))
        export(session, "officer", path, Selection())
    return path


def test_the_verdict_is_shown(qtbot, bundle: Path) -> None:
    window = LookWindow(bundle)
    qtbot.addWidget(window)
    window.show()
    window.judge()
    qtbot.waitUntil(window.verdict.isVisible, timeout=WAIT)
    assert window.verdict.sentence.text() == "Verified: every item holds."
    assert "whole file" in window.items.item(0).text()


def test_what_is_wrong_comes_first(qtbot, bundle: Path) -> None:
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    window = LookWindow(bundle)
    qtbot.addWidget(window)
    window.show()
    window.judge()
    qtbot.waitUntil(window.verdict.isVisible, timeout=WAIT)
    assert window.verdict.sentence.text().startswith("Altered")
    assert window.items.item(0).text().startswith("✗ altered – whole file")


def test_a_file_that_is_not_there_is_said(qtbot, tmp_path: Path) -> None:
    window = LookWindow(tmp_path / "nothing.pdf")
    qtbot.addWidget(window)
    window.show()
    window.judge()
    qtbot.waitUntil(lambda: "cannot be read" in window.message.text(), timeout=WAIT)


def test_the_verb_gives_the_file_to_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[Path] = []

    def show(path: Path) -> ExitCode:
        seen.append(path)
        return ExitCode.BAD_NEWS

    assert main(["look", "a.tlog-proof"], show_file=show) is ExitCode.BAD_NEWS
    assert seen == [Path("a.tlog-proof")]
    assert main(["look", "a.tlog-proof"]) is ExitCode.INPUT
    assert "opens a window" in capsys.readouterr().err
