"""Objects of an OCFL 1.1 storage root: made whole, and given new versions (ocfl.io/1.1/spec; docs/spec/log-export.md, section 3).

Only what this program writes is read: an object with one inventory, SHA-512 digests, and versions that add files.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.errors import InputError
from evidence_app.files import read_small, sync_folder, system_errors_named, write_whole
from evidence_app.proof.encoding.json import Json, JsonObject

ROOT_FILES: Final = {"0=ocfl_1.1": b"ocfl_1.1\n"}
OBJECT_FILES: Final = {"0=ocfl_object_1.1": b"ocfl_object_1.1\n"}
"""The NAMASTE files that say what a folder is, with their content."""
INVENTORY: Final = "inventory.json"
SIDECAR: Final = "inventory.json.sha512"
INVENTORY_TYPE: Final = "https://ocfl.io/1.1/spec/#inventory"
LAYOUT_FILE: Final = "ocfl_layout.json"
LAYOUT: Final = "0003-hash-and-id-n-tuple-storage-layout"
LAYOUT_WORDS: Final = {
    "extension": LAYOUT,
    "description": "SHA-256 of the identifier in three folders of three characters",
}
MAX_INVENTORY_BYTES: Final = 256 * 1024 * 1024
BESIDE: Final = ".part"
"""End of the name of the folder beside the root in which a version is made."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What a version adds: files by their path in the object, the time of it (RFC 3339, UTC), and what is said of it."""

    files: Mapping[str, bytes]
    created: str
    message: str
    user: JsonObject


def object_path(root: Path, identifier: str) -> Path:
    """Return the folder of an object: three folders of three characters of the identifier's SHA-256, then the identifier.

    An identifier has letters, digits, hyphens and colons; a colon is the one of them that the layout encodes.
    """
    digest = hashlib.sha256(identifier.encode("utf-8")).hexdigest()
    return root / digest[:3] / digest[3:6] / digest[6:9] / identifier.replace(":", "%3a")


def require_root(root: Path) -> None:
    """Make a storage root in a new or empty folder, or require that there is one of this layout.

    Raises:
        InputError: the folder holds something else, or a root of another version or layout.
        EnvironmentProblem: the folder cannot be read or written.
    """
    with system_errors_named("The archive cannot be written"):
        root.mkdir(parents=True, exist_ok=True)
        names = {each.name for each in root.iterdir()}
    if names <= {LAYOUT_FILE}:
        # The file that says what the folder is comes last: without it the root was not finished.
        write_whole(root / LAYOUT_FILE, _spell(LAYOUT_WORDS))
        for name, content in ROOT_FILES.items():
            write_whole(root / name, content)
        return
    if not ROOT_FILES.keys() <= names:
        raise InputError("That folder is neither empty nor the root of an OCFL 1.1 archive. Choose another.")
    layout = _read_json(root / LAYOUT_FILE)
    if layout.get("extension") != LAYOUT:
        raise InputError(f"The archive there has another layout than {LAYOUT}. Choose another folder.")


def files_in(root: Path, identifier: str) -> frozenset[str]:
    """Return the paths of the files in all versions of an object; none where there is no object yet.

    Raises:
        InputError: the object is not as this program writes it.
    """
    folder = object_path(root, identifier)
    if not folder.exists():
        return frozenset()
    manifest = _object(_inventory(folder, identifier), "manifest")
    content_paths = [str(path) for paths in manifest.values() if isinstance(paths, list) for path in paths]
    return frozenset(path.partition("/content/")[2] for path in content_paths)


def add_version(root: Path, identifier: str, version: NewVersion) -> int:
    """Add a version to an object, or make the object; return the number of the version.

    Raises:
        InputError: the object is not as this program writes it, or has such a file already.
        EnvironmentProblem: the archive cannot be written; the object is as it was.
    """
    folder = object_path(root, identifier)
    inventory = _inventory(folder, identifier) if folder.exists() else _first_inventory(identifier)
    number = _head(inventory) + 1
    _extend(inventory, number, version)
    content = _spell(inventory)
    sidecar = f"{hashlib.sha512(content).hexdigest()} {INVENTORY}\n".encode("ascii")
    beside = root.with_name(f".{root.name}.{os.urandom(6).hex()}{BESIDE}")
    with system_errors_named("The archive cannot be written"):
        try:
            _write_version(beside / f"v{number}", version, content, sidecar)
            if number == 1:
                for name, said in (*OBJECT_FILES.items(), (INVENTORY, content), (SIDECAR, sidecar)):
                    write_whole(beside / name, said)
                folder.parent.mkdir(parents=True, exist_ok=True)
                beside.rename(folder)
            else:
                (beside / f"v{number}").rename(folder / f"v{number}")
                write_whole(folder / INVENTORY, content)
                write_whole(folder / SIDECAR, sidecar)
            sync_folder(folder.parent)
        finally:
            with contextlib.suppress(OSError):
                shutil.rmtree(beside)
    return number


def _write_version(folder: Path, version: NewVersion, inventory: bytes, sidecar: bytes) -> None:
    for path, content in version.files.items():
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    write_whole(folder / INVENTORY, inventory)
    write_whole(folder / SIDECAR, sidecar)


def _first_inventory(identifier: str) -> JsonObject:
    return {
        "id": identifier,
        "type": INVENTORY_TYPE,
        "digestAlgorithm": "sha512",
        "head": "v0",
        "contentDirectory": "content",
        "manifest": {},
        "versions": {},
    }


def _extend(inventory: JsonObject, number: int, version: NewVersion) -> None:
    """Add a version to an inventory. Its state has its own files alone: with those before, the inventories would grow with the cube of versions."""
    manifest, versions = _object(inventory, "manifest"), _object(inventory, "versions")
    state: dict[str, list[str]] = {}
    for path, content in version.files.items():
        digest = hashlib.sha512(content).hexdigest()
        listed = manifest.setdefault(digest, [])
        if isinstance(listed, list):
            listed.append(f"v{number}/content/{path}")
        state.setdefault(digest, []).append(path)
    inventory["head"] = f"v{number}"
    spelled_state: JsonObject = {digest: [*sorted(paths)] for digest, paths in state.items()}
    versions[f"v{number}"] = {
        "created": version.created,
        "message": version.message,
        "user": version.user,
        "state": spelled_state,
    }


def _inventory(folder: Path, identifier: str) -> JsonObject:
    """Read the inventory of an object, after putting right what a power cut may have left.

    Raises:
        InputError: it is not as this program writes it.
    """
    content = read_small(folder / INVENTORY, what="The archive's", limit=MAX_INVENTORY_BYTES)
    inventory = _parsed(content)
    head = _head(inventory)
    if inventory.get("id") != identifier or head < 1 or inventory.get("digestAlgorithm") != "sha512":
        raise _unknown(folder)
    with system_errors_named("The archive cannot be written"):
        sidecar = f"{hashlib.sha512(content).hexdigest()} {INVENTORY}\n".encode("ascii")
        if (folder / SIDECAR).read_bytes() != sidecar:
            # The inventory was replaced and its digest was not: then the version has a copy of both.
            if (folder / f"v{head}" / INVENTORY).read_bytes() != content:
                raise _unknown(folder)
            write_whole(folder / SIDECAR, sidecar)
        # A version that no inventory has was renamed into the object just before a power cut.
        beyond = folder / f"v{head + 1}"
        if beyond.exists():
            shutil.rmtree(beyond)
        expected = {INVENTORY, SIDECAR, *OBJECT_FILES, *(f"v{number}" for number in range(1, head + 1))}
        if {each.name for each in folder.iterdir()} != expected:
            raise _unknown(folder)
    return inventory


def _head(inventory: JsonObject) -> int:
    head = str(inventory.get("head", ""))
    if not head.startswith("v") or not head[1:].isdigit():
        raise InputError("An inventory in the archive is malformed.")
    return int(head[1:])


def _object(parent: JsonObject, name: str) -> JsonObject:
    value = parent.get(name)
    if not isinstance(value, dict):
        raise InputError("An inventory in the archive is malformed.")
    return value


def _unknown(folder: Path) -> InputError:
    return InputError(
        f"The object {folder.name} in the archive is not as this program left it. Nothing was written; look what changed it."
    )


def _read_json(path: Path) -> JsonObject:
    return _parsed(read_small(path, what="The archive's", limit=MAX_INVENTORY_BYTES))


def _parsed(content: bytes) -> JsonObject:
    try:
        value: Json = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError("A file of the archive that should be JSON cannot be read.") from error
    if not isinstance(value, dict):
        raise InputError("A file of the archive that should be JSON cannot be read.")
    return value


def _spell(value: Mapping[str, Json]) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
