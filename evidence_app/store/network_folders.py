"""Whether a folder lies on another machine: there the locks of a store do not hold, and its journal may be seen late by others."""

import os
import sys
from pathlib import Path, PureWindowsPath
from typing import Final

NETWORK_TYPES: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.rclone",
    }
)
"""Types of file systems that are on other machines, as Linux names them (proc(5), mountinfo)."""
MOUNTS: Final = Path("/proc/self/mountinfo")
REMOTE: Final = 4
"""DRIVE_REMOTE (winbase.h, GetDriveTypeW)."""
ESCAPES: Final = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}
"""How mountinfo writes characters of paths that divide its fields."""


def is_on_network(folder: Path) -> bool:
    """Return whether a folder, which need not be there yet, lies on another machine, as far as the system tells."""
    if sys.platform == "win32":
        return _is_remote_drive(str(folder.absolute()))
    return type_of_file_system(folder.absolute(), _mounts()) in NETWORK_TYPES


def is_share(path: str) -> bool:
    r"""Return whether a path of Windows begins with the name of another machine: \\\\server\\share."""
    drive = PureWindowsPath(path).drive
    return (drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))) or drive.upper().startswith(
        "\\\\?\\UNC\\"
    )


def _is_remote_drive(path: str) -> bool:
    if is_share(path):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{PureWindowsPath(path).drive}\\") == REMOTE)
    return False


def _mounts() -> str:
    try:
        # Paths are bytes of any encoding.
        return os.fsdecode(MOUNTS.read_bytes())
    except OSError:
        return ""


def type_of_file_system(folder: Path, mounts: str) -> str:
    """Return the type of the file system that a folder is on, by the text of mountinfo; an empty string where it does not say."""
    place = os.path.realpath(folder)
    longest, found = "", ""
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = fields[4]
        for written, meant in ESCAPES.items():
            point = point.replace(written, meant)
        is_within = place == point or place.startswith(point.rstrip("/") + "/")
        # Of mounts at one place the last covers the others.
        if is_within and len(point) >= len(longest):
            longest, found = point, after.split(" ")[0]
    return found
