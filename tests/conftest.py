"""Fixtures of every test: a guard against sockets and warnings, cheap stores, and the program as a subprocess."""

import logging
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from evidence_app.demo.make import Demo, build_demo
from evidence_app.documents.workers import sessions
from evidence_app.documents.workers.sessions import end_workers
from evidence_app.services.core.session import Session
from tests.support import nursery, stores
from tests.support.entries import sample_entry
from tests.support.key_derivation import keep_keys
from tests.support.offline import run_offline
from tests.support.program import REPOSITORY, SPARING, Result, run

pytest_plugins = ["tests.support.authority_server"]
"""Fixtures that stand with what they start."""

settings.register_profile("usual", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("usual"), max_examples=400)
settings.load_profile("usual")

SOCKET_EVENTS: list[str] = []


def _note_sockets(event: str, arguments: tuple) -> None:
    if event.startswith("socket."):
        SOCKET_EVENTS.append(f"{event} {arguments!r:.120}")


sys.addaudithook(_note_sockets)


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name} {record.levelname}: {record.getMessage()}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="also run the larger fault and fuzz tests, and every case of each"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        settings.load_profile("long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    left_out = {item for item in items if item.get_closest_marker("long")} | beyond_usual(items)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def beyond_usual(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Return the cases that tests marked `cases(n)` have besides n of them, which are spread evenly, the first and the last among them."""
    of_test: dict[tuple[Path, str, int], list[pytest.Item]] = {}
    for item in items:
        marker = item.get_closest_marker("cases")
        if marker is not None:
            of_test.setdefault((item.path, item.name.partition("[")[0], marker.args[0]), []).append(item)
    beyond: set[pytest.Item] = set()
    for (_, _, usual), cases in of_test.items():
        last = len(cases) - 1
        kept = {round(place * last / (usual - 1)) if usual > 1 else 0 for place in range(usual)}
        beyond |= {case for number, case in enumerate(cases) if number not in kept}
    return beyond


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether all there is to try is tried (--long), or what is enough for every change."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(autouse=True)
def guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that opens a socket or logs a warning. One that is marked `sockets` talks to a server of its own, on this machine."""
    handler, root = _Warnings(), logging.getLogger()
    root.addHandler(handler)
    SOCKET_EVENTS.clear()
    yield
    root.removeHandler(handler)
    sockets = [] if request.node.get_closest_marker("sockets") else list(SOCKET_EVENTS)
    assert not sockets, f"a socket was touched: {sockets}"
    assert not handler.said, f"something was logged: {handler.said}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program, in this process too, a home folder of its own."""
    folder = tmp_path / "home"
    for each in (folder, folder / "state"):
        each.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.delenv("EVIDENCE_TRAIL_STORE", raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def nothing_is_done_twice(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let all processes that share the tests derive each key once, and load what workers load once."""
    if SPARING:
        keep_keys(shared_folder(tmp_path_factory) / "derived-keys")
        nursery.use()


@pytest.fixture
def own_workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start workers as the program does, and begin and end without one."""
    monkeypatch.setattr(sessions, "start", nursery.START)
    end_workers()
    yield
    end_workers()


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all processes that share the tests: each of several has one of its own in it."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of files that other programs made (tests/samples/README.md)."""
    return REPOSITORY / "tests" / "samples"


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with record 0 alone, made once. Not to be changed: `store_path` is a copy."""
    folder = tmp_path_factory.mktemp("new") / "store"
    stores.make_store(folder)
    return folder


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory, new_store: Path) -> Path:
    """A store with a record of every kind and three attachments, made once. Not to be changed."""
    folder = stores.copy_of(new_store, tmp_path_factory.mktemp("filled") / "store")
    with stores.open_fast(folder) as session:
        stores.fill(session)
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration, built once for all processes that share the tests. Not to be changed."""
    return made_once(
        shared_folder(tmp_path_factory) / "demo-is-built", lambda shared: build_demo(shared / "demo", lambda _: None)
    )


@pytest.fixture(scope="session")
def demo_by_command(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The folder of the demonstration with the rep's store, and what the command said that built it, without a network. Not to be changed."""

    def by_command(shared: Path) -> tuple[Path, Result]:
        out = shared / "demo-by-command"
        # What a run left that failed would be refused as a demonstration that is there already.
        shutil.rmtree(out, ignore_errors=True)
        words = ("demo", "--rep", "--out", out)
        return out, run_offline(shared / "hook", *words, home=tmp_path_factory.mktemp("home"))

    return made_once(shared_folder(tmp_path_factory) / "demo-by-command-is-built", by_command)


Made = TypeVar("Made")


def made_once(path: Path, make: Callable[[Path], Made]) -> Made:
    """Return what was made once for all processes that share the tests; `make` gets the folder that they share."""
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            path.write_bytes(pickle.dumps(make(path.parent)))
        made: Made = pickle.loads(path.read_bytes())
        return made


@pytest.fixture
def store_path(new_store: Path, tmp_path: Path) -> Path:
    """A store with record 0 alone, for this test."""
    return stores.copy_of(new_store, tmp_path / "store")


@pytest.fixture
def filled_path(filled_store: Path, tmp_path: Path) -> Path:
    """A store with a record of every kind, for this test."""
    return stores.copy_of(filled_store, tmp_path / "filled")


@pytest.fixture
def session(store_path: Path) -> Iterator[Session]:
    """An unlocked store with record 0 alone, for this test."""
    with stores.open_fast(store_path) as opened:
        yield opened


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A file with the passphrase of the stores above."""
    path = tmp_path / "passphrase.txt"
    path.write_text(stores.WORDS + "\n", encoding="utf-8")
    return path


Run = Callable[..., Result]


@pytest.fixture
def run_cli(home: Path, passphrase_file: Path) -> Run:
    """Run the program in a process of its own. `store` names a store, which is opened with its passphrase."""

    def go(*words: object, store: Path | None = None, **more: object) -> Result:
        opening = ("--store", store, "--passphrase-file", passphrase_file) if store else ()
        return run(*words, *opening, home=home, **more)

    return go


@pytest.fixture
def entry() -> Callable[..., dict]:
    """Return what makes an invented entry of a kind."""
    return sample_entry


@pytest.fixture
def offline(tmp_path: Path, home: Path, passphrase_file: Path) -> Callable[..., Result]:
    """Run the program; fail where it touches a socket."""

    def go(*words: object, store: Path | None = None, **more: object) -> Result:
        opening = ("--store", store, "--passphrase-file", passphrase_file) if store else ()
        return run_offline(tmp_path / "hook", *words, *opening, home=home, **more)

    return go
