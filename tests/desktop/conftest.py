"""Fixtures of the window tests: a window on a small store, which is made once and copied."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from evidence_app.crypto.keys import KdfCost
from evidence_app.desktop.design import theme
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.domain.record.entries import read_entry
from evidence_app.services.core.sealing import seal
from evidence_app.services.safekeeping.creating import create_store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSPHRASE = "four invented words here"
WAIT = 60_000
"""Milliseconds that a test of the window waits at most: on a busy machine a step of a second may take many."""


@pytest.fixture(scope="session")
def qapp(qapp_args):
    return make_app()


@pytest.fixture(autouse=True)
def no_window_left(qapp):
    """Leave no window and no theme of its own behind: a hundred hidden windows would be restyled by each change of it."""
    usual = theme.colours()
    yield
    for each in qapp.topLevelWidgets():
        each.close()
        each.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    size_changed = theme.text_size() != theme.WHOLE
    theme.choose_text_size(theme.WHOLE)
    if theme.choose("") or size_changed or qapp.palette().window().color().name() != usual.ground:
        theme.apply(qapp)


@pytest.fixture(scope="session")
def made_store(tmp_path_factory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("window") / "store"
    made = create_store(folder, PASSPHRASE, owner="Sam Rowe", role="Probation officer", cost=KdfCost(64 * 1024, 3, 1))
    with made.session as session:
        for number, words in enumerate(("Move him to monthly.", "Just do your best.", "Do not breach him.")):
            entry = {
                "kind": "instruction",
                "event_at": f"2025-04-{14 + number}T14:10",
                "event_precision": "exact",
                "case_ref": "X000412",
                "fields": {"exact_words": words},
            }
            seal(session, read_entry(entry))
    return folder, made.recovery_code


@pytest.fixture
def store(made_store, tmp_path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(made_store[0], folder)
    return folder


@pytest.fixture
def window(qtbot, store):
    window = MainWindow(store)
    window.show()
    yield window
    window.close()


@pytest.fixture
def opened(window, qtbot):
    unlock(window, qtbot)
    return window


def unlock(window: MainWindow, qtbot, secret: str = PASSPHRASE) -> None:
    window.unlock.secret.setText(secret)
    window.unlock.unlock.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.inside, timeout=WAIT)
    qtbot.waitUntil(lambda: window.inside.timeline.shown is not None, timeout=WAIT)


def settle(widget: QWidget, thread: BackgroundRunner, qtbot) -> None:
    """Wait until nothing that was asked for is still to arrive: delayed work has begun, and the store thread has answered.

    Twice, because an answer may ask for more: a list that arrives selects a row, whose record is then read.
    """

    def no_timer_runs() -> bool:
        return not any(timer.isSingleShot() and timer.isActive() for timer in widget.findChildren(QTimer))

    def answer_arrives() -> None:
        answers: list[bool] = []
        thread.run(lambda: True, answers.append, pytest.fail)
        qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)

    for _ in range(2):
        qtbot.waitUntil(no_timer_runs, timeout=WAIT)
        answer_arrives()
