"""Archives (.zip): the files in them by name; a conversation that a telephone exported is read as one."""

from pathlib import PurePosixPath
from typing import Final

from evidence_app.documents.office.content import ContentTable, DocumentContent, Run, plain
from evidence_app.documents.office.conversation import conversation_content
from evidence_app.documents.office.zip_parts import ZipParts

MAX_FILES: Final = 200
"""Files of an archive that are opened; all are named."""
HEADS: Final = ("Number", "Name")
TEXT: Final = ".txt"


def archive_content(untrusted: bytes) -> DocumentContent:
    """Return what an archive holds: the names of its files, and the files themselves, the conversation of a telephone apart.

    Raises:
        CannotRead: it is damaged, protected by a password, or too large.
    """
    parts = ZipParts(untrusted)
    files = [(name, parts.read(name)) for name in parts.names[:MAX_FILES] if not _is_leftover(name)]
    talk = next(
        ((name, found) for name, content in files if name.endswith(TEXT) and (found := conversation_content(content))),
        None,
    )
    if talk is not None:
        name, found = talk
        rest = tuple((PurePosixPath(each).name, content) for each, content in files if each != name)
        return DocumentContent((plain(f"[{name}]"), *found.blocks), (), rest)
    rows = tuple(((Run(str(number)),), (Run(name),)) for number, name in enumerate(parts.names, start=1))
    left = (
        (plain(f"[The first {MAX_FILES} of {len(parts.names):,} files are opened.]"),)
        if len(parts.names) > MAX_FILES
        else ()
    )
    named = tuple((name, content) for name, content in files)
    return DocumentContent((plain("[An archive with these files]"), ContentTable(rows, HEADS), *left), (), named)


def _is_leftover(name: str) -> bool:
    """Whether a file is one that Macintosh computers put into archives beside each file."""
    return name.startswith("__MACOSX/") or name.endswith("/.DS_Store")
