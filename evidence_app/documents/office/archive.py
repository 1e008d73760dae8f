"""Archives (.zip): the files in them by name; a conversation that a telephone exported is read as one."""

from pathlib import PurePosixPath
from typing import Final

from evidence_app.documents.office.containers.zip_parts import ZipParts
from evidence_app.documents.office.content import ContentTable, DocumentContent, Run, plain
from evidence_app.documents.office.conversation import conversation_content

MAX_FILES: Final = 200
"""Files of an archive that are opened; all are named."""
HEADS: Final = ("Number", "Name")
TEXT: Final = ".txt"
MAX_TEXTS: Final = 20
"""Texts that may be the conversation."""


def archive_content(untrusted: bytes) -> DocumentContent:
    """Return what an archive holds: the names of its files, and the files themselves, the conversation of a telephone apart.

    Raises:
        CannotRead: it is damaged, protected by a password, or too large.
    """
    parts = ZipParts(untrusted)
    names = [name for name in dict.fromkeys(parts.names) if not _is_leftover(name)]
    # A conversation may stand behind hundreds of pictures.
    texts = [name for name in names if name.lower().endswith(TEXT)][:MAX_TEXTS]
    talk = next(((name, found) for name in texts if (found := conversation_content(parts.read(name)))), None)
    inside = [name for name in names if talk is None or name != talk[0]]
    files = tuple((_named(name), parts.read(name)) for name in inside[:MAX_FILES])
    rows = tuple(((Run(str(number)),), (Run(name),)) for number, name in enumerate(inside, start=1))
    left = (plain(f"[The first {MAX_FILES} of {len(inside):,} files are opened.]"),) if len(inside) > MAX_FILES else ()
    listed = (ContentTable(rows, HEADS), *left) if rows else ()
    if talk is not None:
        name, found = talk
        return DocumentContent(
            (plain(f"[{name}]"), *found.blocks), (plain("[With these files]"), *listed) if rows else (), files
        )
    return DocumentContent((plain("[An archive with these files]"), *listed), (), files)


def _named(name: str) -> str:
    """Return the name of a file with its folder, if it has one: two files may have one name."""
    path = PurePosixPath(name)
    return path.name if str(path.parent) == "." else f"{path.parent.name}/{path.name}"


def _is_leftover(name: str) -> bool:
    """Whether a file is one that Macintosh computers put into archives beside each file."""
    return name.startswith("__MACOSX/") or name.endswith("/.DS_Store")
