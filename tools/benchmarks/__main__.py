"""Print every duration as a ratio to a floor measured in the same run: python3 dev.py bench [--full] [GROUP ...]

With --full the sizes are 100,000 records and 1 GB; without it about a tenth of that.
"""

import sys
import tempfile
from pathlib import Path

from tools.benchmarks import branch, bundles, commands, exhibits, frames, large, mailing, staying, verifying, windows
from tools.benchmarks import storing as stores


def main() -> None:
    """Run the groups of benchmarks that are named on the command line, or all."""
    full = "--full" in sys.argv
    names = [word for word in sys.argv[1:] if not word.startswith("-")]
    records, megabytes = (100_000, 1024) if full else (10_000, 128)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        groups = {
            "seal": lambda: [stores.seal_one(folder)],
            "store": lambda: stores.many(folder, records),
            "attach": lambda: [stores.attach(folder, megabytes)],
            "bundle": lambda: [bundles.record_pages(), bundles.exhibit_pages(), large.whole_bundle()],
            "exhibits": exhibits.exhibits,
            "mail": lambda: mailing.all_of_them(folder, 10_000 if full else 1_000),
            "commands": lambda: commands.all_of_them(folder),
            "verify": lambda: verifying.verifying(folder),
            "branch": lambda: branch.branch(folder, *((500, 300) if full else (50, 60))),
            "window": lambda: [
                *windows.start_up(folder, records),
                *frames.frames(folder / "window", records),
                staying.staying(folder / "window", records),
            ],
        }
        for group, measure in groups.items():
            if not names or group in names:
                for result in measure():
                    print(result.line(), flush=True)


if __name__ == "__main__":
    main()
