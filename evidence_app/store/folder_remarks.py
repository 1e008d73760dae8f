"""What is to be said of the folder that a store lies in: second copies of its files, and programs that synchronise it (docs/spec/store.md)."""

import os
import re
from pathlib import Path
from typing import Final

from evidence_app.store import head_note, network_folders
from evidence_app.store.database import FILE as DATABASE
from evidence_app.store.header_names import COPY
from evidence_app.store.header_names import FILE as HEADER

OWN: Final = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", HEADER, COPY, head_note.FILE, "lock"})
"""The names of a store's own files."""
_SECOND: Final = re.compile(r"(?:records[^/]*\.db(?:-wal|-shm)?|header[^/]*\.json|head[^/]*\.note)", re.IGNORECASE)
"""How the name of a second copy looks: ``records (conflicted copy 2026-01-26).db``, ``records-DESKTOP-7Q.db``, ``header.copy 2.json``."""
_SYNCHRONISED: Final = re.compile(
    r"(?:onedrive|dropbox|google ?drive|googledrive|icloud ?drive|icloud~.*|mobile documents|cloudstorage|nextcloud|owncloud|box sync"
    r"|syncthing|synologydrive|pclouddrive|mega(?:sync)?)(?:[ -].*)?",
    re.IGNORECASE,
)
"""Names of the folders of programs that synchronise."""
_MARKS: Final = (".dropbox", ".dropbox.cache", ".stfolder", ".sync", ".owncloudsync.log", ".tmp.driveupload")
"""Files and folders that such programs put into theirs."""
MAX_NAMED: Final = 5
SECOND_COPIES: Final = (
    "In the store's folder lies what looks like a second copy of its files: {}. A program that synchronises folders makes such copies "
    "where two machines changed the store. What was sealed in the other one is not in this one: copy it into a folder of its own, under "
    "the store's names, and look at it."
)
SYNCHRONISED: Final = (
    "{} is synchronised by another program, it seems. Two machines may then change the store at once, and one loses what it sealed: use a "
    "folder on the local disk that nothing synchronises, and make backups."
)


def second_copies(folder: Path) -> list[str]:
    """Return the names of files that look like second copies of a store's own, in order; none where the folder cannot be read."""
    try:
        names = [each.name for each in folder.iterdir()]
    except OSError:
        return []
    return sorted(name for name in names if name not in OWN and _SECOND.fullmatch(name))


def is_synchronised(folder: Path) -> bool:
    """Whether a folder lies in one that a program synchronises, as far as names and marks tell."""
    places = [folder.absolute(), *folder.absolute().parents]
    named = {os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")} - {""}
    return any(
        str(place) in named or _SYNCHRONISED.fullmatch(place.name) or any((place / mark).exists() for mark in _MARKS)
        for place in places
    )


def remarks_on(folder: Path) -> list[str]:
    """Return what is to be said of a store's folder, as sentences."""
    copies = second_copies(folder)
    shown = [*copies[:MAX_NAMED], *([f"{len(copies) - MAX_NAMED} more"] if len(copies) > MAX_NAMED else [])]
    network = (
        [network_folders.SENTENCE.format(folder.name or str(folder))] if network_folders.is_on_network(folder) else []
    )
    return [*([SECOND_COPIES.format(", ".join(shown))] if copies else []), *network]


def warning_before_making(folder: Path) -> str:
    """Return what is to be said before a store is made in a folder; an empty string where nothing is."""
    return SYNCHRONISED.format(folder.name or str(folder)) if is_synchronised(folder) else ""
