"""Countersigned by a witness of another maker, aics-witness, on the loopback (docs/spec/exchange.md, section 9)."""

import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidence_app.errors import EnvironmentProblem
from evidence_app.services.attestation import other_witnesses
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import stores
from tests.support.entries import note
from tests.support.peers import peer

NAME = "witness.example/w1"
WAIT_SECONDS = 20

pytestmark = pytest.mark.sockets


@dataclass
class Running:
    """A witness that runs: its folder, its key, and where it answers."""

    folder: Path
    vkey: str
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        command = [str(peer("aics-witness")), *words, "-c", str(self.folder / "witness.json")]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=self.folder).stdout

    def serve(self) -> None:
        """Start it, or start it anew, which is how it learns of a log."""
        self.stop()
        command = [str(peer("aics-witness")), "serve", "-c", str(self.folder / "witness.json")]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the witness does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(WAIT_SECONDS)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    folder = tmp_path / "witness"
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Running(folder, "", port)
    said = found.run("init", "--name", NAME, "--listen", f"127.0.0.1:{port}")
    found.vkey = next(word for word in said.split() if word.startswith(f"{NAME}+"))
    found.serve()
    yield found
    found.stop()


@pytest.fixture
def session(store_path: Path) -> Iterator[Session]:
    with stores.open_fast(store_path) as opened:
        stores.seal_entry(opened, note("One."))
        change_setting(opened, "time_stamps_over_network", ["yes"])
        yield opened


def test_it_countersigns_over_the_network_and_by_file(running: Running, session: Session, tmp_path: Path) -> None:
    other_witnesses.trust(session, running.vkey, "Example", running.address)
    with pytest.raises(EnvironmentProblem, match="does not know this log"):
        other_witnesses.send(session, "Example")
    running.run("add-log", "--origin", session.log_key.origin, "--vkey", other_witnesses.log_vkey(session))
    running.serve()
    for _ in range(3):
        stores.seal_entry(session, note("More."))
        (sealed,) = other_witnesses.send(session, "Example")
        assert session.store.records.get(sealed.index).fields["size"] == sealed.index
    stores.seal_entry(session, note("And more."))
    # By its address alone the program does not know where the witness stands: it is told so with 409, and follows.
    assert len(other_witnesses.send(session, running.address)) == 1
    export(session, "officer", tmp_path / "own.pdf", choose())
    judged = {check.name: check.verdict.value for check in verify_bytes((tmp_path / "own.pdf").read_bytes()).checks}
    assert [judged[f"outside clock {number}"] for number in range(1, 5)] == ["verified"] * 4
    assert session.log_key.origin in running.run("status"), "it remembers the log"
