"""Print every duration as a ratio to a floor measured in the same run: python3 dev.py bench [--full] [--against REV] [GROUP ...]

With --full the sizes are 100,000 records and 1 GB; without it about a tenth of that. With --against the same measures are
taken of another revision, each group of both in turn (docs/performance.md).
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.benchmarks import (
    against,
    branch,
    bundles,
    commands,
    exhibits,
    frames,
    growth,
    large,
    mailing,
    staying,
    verifying,
    windows,
)
from tools.benchmarks import storing as stores
from tools.benchmarks.measuring import Result

Groups = dict[str, Callable[[], Iterable[Result]]]


def groups_in(folder: Path, *, full: bool) -> Groups:
    """Return the groups of measures by name. They work in a folder."""
    records, megabytes = (100_000, 1024) if full else (10_000, 128)
    return {
        "seal": lambda: (measure(folder) for measure in (stores.seal_one, stores.seal_many)),
        "store": lambda: stores.many(folder, records),
        "attach": lambda: [stores.attach(folder, megabytes)],
        "bundle": lambda: (measure() for measure in (bundles.record_pages, bundles.exhibit_pages, large.whole_bundle)),
        "exhibits": exhibits.exhibits,
        "mail": lambda: mailing.all_of_them(folder, 10_000 if full else 1_000),
        "commands": lambda: commands.all_of_them(folder),
        "verify": lambda: verifying.verifying(folder),
        "branch": lambda: branch.branch(folder, *((500, 300) if full else (50, 60))),
        "growth": lambda: growth.growth(folder, *((100_000, 1_000_000) if full else (5_000, 50_000))),
        "window": lambda: [
            *windows.start_up(folder, records),
            *frames.frames(folder / "window", records),
            staying.staying(folder / "window", records),
        ],
    }


def main() -> None:
    """Run the groups of benchmarks that are named on the command line, or all."""
    words = sys.argv[1:]
    revision = ""
    if "--against" in words[:-1]:
        place = words.index("--against")
        _, revision = words.pop(place), words.pop(place)
    names = [word for word in words if not word.startswith("-")]
    if not set(words) <= {"--full", "--json", *names}:
        raise SystemExit(__doc__)
    full, as_json = "--full" in words, "--json" in words
    with tempfile.TemporaryDirectory() as temporary:
        groups = groups_in(Path(temporary), full=full)
        if not set(names) <= set(groups):
            raise SystemExit(f"{__doc__}\nGroups: {', '.join(groups)}")
        wanted = [group for group in groups if not names or group in names]
        if revision:
            against.compare(revision, wanted, Path(temporary), full=full)
            return
        for group in wanted:
            for result in groups[group]():
                print(result.to_json() if as_json else result.line(), flush=True)


if __name__ == "__main__":
    main()
