"""What the window remembers outside a store, and only if its user wishes it: where stores are, and the window's size and place."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evidence_app.bug_log import log_folder
from evidence_app.errors import EnvironmentProblem, EvidenceError
from evidence_app.files import write_whole

MAX_STORES: Final = 5
"""How many stores are remembered: the last ones that were opened."""
MAX_BYTES: Final = 64_000
"""Size of the largest file that is read; the program writes a few hundred bytes."""
Rectangle = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the virtual desktop."""


@dataclass(frozen=True, slots=True)
class WindowMemory:
    """What is remembered. `stores` are folders, the last one opened first. Nothing that is in a store is ever here."""

    stores: tuple[Path, ...] = ()
    place: Rectangle | None = None
    maximised: bool = False

    def with_store(self, folder: Path) -> "WindowMemory":
        """Return this with a store at the head of the list."""
        others = tuple(each for each in self.stores if each != folder)
        return replace(self, stores=(folder, *others)[:MAX_STORES])

    def without_store(self, folder: Path) -> "WindowMemory":
        """Return this without a store."""
        return replace(self, stores=tuple(each for each in self.stores if each != folder))


def memory_file() -> Path:
    """Return the file in which this is kept, in the folder of this operating system's convention."""
    return log_folder() / "window.json"


def recall() -> WindowMemory:
    """Return what is remembered. A file that is missing, damaged or of another version counts for what can be understood of it."""
    try:
        with memory_file().open("rb") as file:
            untrusted = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return WindowMemory()
    if not isinstance(untrusted, dict):
        return WindowMemory()
    stores = untrusted.get("stores")
    place = untrusted.get("place")
    return WindowMemory(
        stores=tuple(
            Path(each) for each in (stores if isinstance(stores, list) else []) if isinstance(each, str) and each
        )[:MAX_STORES],
        place=_rectangle(place),
        maximised=untrusted.get("maximised") is True,
    )


def _rectangle(untrusted: object) -> Rectangle | None:
    if not isinstance(untrusted, list) or len(untrusted) != 4:
        return None
    numbers = [
        each for each in untrusted if isinstance(each, int) and not isinstance(each, bool) and abs(each) < 1 << 20
    ]
    if len(numbers) != len(untrusted):
        return None
    left, top, width, height = numbers
    return (left, top, width, height) if width > 0 and height > 0 else None


def remember(memory: WindowMemory) -> None:
    """Keep this in the file; with no store in it, remove the file, so that nothing at all is left.

    Raises:
        EnvironmentProblem: the file cannot be written or removed.
    """
    path = memory_file()
    try:
        if not memory.stores:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        value = {"stores": [str(each) for each in memory.stores], "place": memory.place, "maximised": memory.maximised}
        write_whole(path, (json.dumps(value, indent=1) + "\n").encode("utf-8"))
    except (OSError, EvidenceError) as error:
        raise EnvironmentProblem("The place of the store could not be remembered on this computer.") from error
