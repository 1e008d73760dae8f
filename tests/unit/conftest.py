"""Fixtures: an officer's and a rep's store with each other's cards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import stores
from tests.support.members import NOW, Pair, make_pair


@pytest.fixture(scope="module")
def pair_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pair")
    make_pair(folder)
    return folder


@pytest.fixture
def pair(pair_folder: Path, tmp_path: Path) -> Iterator[Pair]:
    for name in ("officer", "rep"):
        stores.copy_of(pair_folder / name, tmp_path / name)
    clock = stores.SetClock(NOW)
    with (
        stores.open_fast(tmp_path / "officer", clock=clock) as officer,
        stores.open_fast(tmp_path / "rep", clock=clock) as rep,
    ):
        yield Pair(officer, rep, clock, tmp_path)
