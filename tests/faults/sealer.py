"""Helper process of `test_kill.py`: seals records until it is killed.

It unlocks a store once, then for each line on standard input (a number of milliseconds) forks a child. The child opens
the store afresh and seals record after record, some with attachments and some together, writing an acknowledgement into a pipe as
`seal --json` does. After its first acknowledgement it is left alone for those milliseconds and then killed with SIGKILL.
One JSON line lists what was acknowledged.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from evidence_app.domain.record.entries import read_entry
from evidence_app.services.core.sealing import Source, seal, seal_together
from tests.support.entries import note
from tests.support.stores import open_fast


def seal_without_end(folder: Path, acknowledge: int, seed: int) -> None:
    """Seal until killed."""
    chance = random.Random(seed)
    with open_fast(folder) as session:
        while True:
            text = f"Record of run {seed}: " + " ".join(f"word{chance.randrange(10_000)}" for _ in range(60))
            files = []
            if chance.random() < 0.4:
                files = [Source("paper.bin", content=chance.randbytes(chance.randrange(50_000, 500_000)))]
            if not files and chance.random() < 0.3:
                together = [read_entry(note(f"{text} part {part}")) for part in range(chance.randrange(2, 20))]
                sealed = seal_together(session, together)
            else:
                sealed = [seal(session, read_entry(note(text)), files)]
            for each in sealed:
                os.write(acknowledge, json.dumps(each.to_json()).encode() + b"\n")


def one_round(folder: Path, milliseconds: float, seed: int) -> list[dict]:
    """Let a child seal for a while, kill it, and return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            seal_without_end(folder, writing, seed)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()
        time.sleep(milliseconds / 1000)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the child ended by itself: {status}")
    # What was cut in the middle was not acknowledged.
    return [json.loads(line) for line in (first + rest).split(b"\n")[:-1]]


def main() -> None:
    folder = Path(sys.argv[1])
    open_fast(folder, writable=False).close()
    for number, line in enumerate(sys.stdin):
        acknowledged = one_round(folder, float(line), int(sys.argv[2]) * 10_000 + number)
        print(json.dumps(acknowledged), flush=True)


if __name__ == "__main__":
    main()
