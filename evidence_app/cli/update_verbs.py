"""The verb for update files: whose one is, what it changes, and its packages."""

import argparse
from pathlib import Path

from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.errors import ExitCode


def update(arguments: argparse.Namespace) -> ExitCode:
    """Check an update file, print what it changes, and write its packages where --out says."""
    from evidence_app.services.safekeeping.updates import keys_named, read_update, write_packages

    found = read_update(Path(arguments.file), keys_named(arguments.key) if arguments.key else None)
    written = write_packages(found, Path(arguments.out)) if arguments.out else []
    if arguments.json:
        print_json(
            {
                "version": found.release.version,
                "made": found.release.made,
                "tables": found.release.tables,
                "key": found.key.spell(),
                "packages": [each.name for each in found.packages],
                "changes": found.changes,
                "written": [str(path) for path in written],
            }
        )
        return ExitCode.DONE
    for sentence in found.in_words():
        print_result(sentence)
    print_result()
    print_result(found.changes or "Its changelog says nothing of this version.")
    for path in written:
        print_note(f"Written: {path}. Close Evidence Trail, then start or unpack it yourself.")
    return ExitCode.DONE
