"""Python's search through all objects waits until nobody notices it."""

import gc
import weakref

import pytest

from evidence_app.desktop.system.idle_collection import QUIET_SECONDS, ROUNDS, IdleCollection


class Node:
    """An object that refers to itself, which only the search finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.mark.parametrize(("quiet", "goes"), [(QUIET_SECONDS - 1, False), (QUIET_SECONDS, True)])
def test_what_only_refers_to_itself_goes_when_nobody_touches_the_program(opened, quiet, goes):
    collection = IdleCollection(lambda: quiet, opened)
    thresholds = gc.get_threshold()
    gc.collect()
    try:
        node = Node()
        seen = weakref.ref(node)
        for _ in range(ROUNDS):
            gc.collect(1)
        del node
        collection.look()
        assert (seen() is None) is goes
    finally:
        gc.set_threshold(*thresholds)


def test_the_window_leaves_the_search_to_moments_of_quiet(opened, qtbot):
    assert gc.get_threshold()[2] >= 1_000, "otherwise every scan of a large store stops the window"
    assert opened.guard.quiet_seconds() < QUIET_SECONDS, "a store was opened just now"
    opened.lock()
    qtbot.waitUntil(lambda: opened.guard.quiet_seconds() > QUIET_SECONDS)
