"""Folders in which no store is made: on a network, synchronised by another program, or with too long a path for Windows (docs/spec/store.md)."""

import os
import re
from pathlib import Path
from typing import Final

from evidence_app.errors import InputError
from evidence_app.store.network_folders import is_on_network

_SYNCHRONISED: Final = re.compile(
    r"(?:onedrive|dropbox|google ?drive|googledrive|icloud ?drive|icloud~.*|mobile documents|cloudstorage|nextcloud|owncloud|box sync"
    r"|syncthing|synologydrive|pclouddrive|mega(?:sync)?)(?:[ -].*)?",
    re.IGNORECASE,
)
"""Names of the folders of programs that synchronise."""
_MARKS: Final = (".dropbox", ".dropbox.cache", ".stfolder", ".sync", ".owncloudsync.log", ".tmp.driveupload")
"""Files and folders that such programs put into theirs."""
ON_NETWORK: Final = (
    "{} is on a network. A store needs a disk of this machine: over a network its locks do not hold, and what was sealed can be lost. "
    "Choose a folder on this machine, and make backups to the network."
)
SYNCHRONISED: Final = (
    "{} is synchronised by another program, it seems. Two machines may then change the store at once, and one loses what it sealed: use a "
    "folder on the local disk that nothing synchronises, and make backups."
)
WINDOWS: Final = os.name == "nt"
MAX_WINDOWS_PATH: Final = 190
"""Characters of a folder's whole path on Windows: its paths have 259 (MAX_PATH), and a store has names of up to 69 within, such as a file that is half written in a copy before its tables change."""
TOO_LONG: Final = "The path of {} is too long for Windows: {} characters, where a store may have {}. Choose a folder nearer to the drive."


def why_unfit(folder: Path) -> str:
    """Return why no store is made in a folder, which need not be there yet, as a sentence; an empty string where one may be made."""
    name = folder.name or str(folder)
    if is_on_network(folder):
        return ON_NETWORK.format(name)
    if is_synchronised(folder):
        return SYNCHRONISED.format(name)
    length = len(str(folder.absolute()))
    return TOO_LONG.format(name, length, MAX_WINDOWS_PATH) if WINDOWS and length > MAX_WINDOWS_PATH else ""


def require_fit(folder: Path) -> None:
    """Require that a store may be made in a folder.

    Raises:
        InputError: it is on a network, synchronised, or has too long a path.
    """
    unfit = why_unfit(folder)
    if unfit:
        raise InputError(unfit)


def is_synchronised(folder: Path) -> bool:
    """Whether a folder lies in one that a program synchronises, as far as names and marks tell."""
    places = [folder.absolute(), *folder.absolute().parents]
    named = {os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")} - {""}
    return any(
        str(place) in named or _SYNCHRONISED.fullmatch(place.name) or any((place / mark).exists() for mark in _MARKS)
        for place in places
    )
