"""Documents and charts that stand in an OpenDocument file as folders of it (ISO/IEC 26300-3, 3.1 and 4.8)."""

import io
import posixpath
import struct
import zipfile
from typing import Final

from evidence_app.documents.office.containers.zip_parts import BROKEN, Element, ZipParts, attribute, local, within
from evidence_app.documents.office.content import CannotRead
from evidence_app.documents.office.embedded.files_within import NamedFile

TYPE: Final = "application/vnd.oasis.opendocument."
ENDINGS: Final = {
    f"{TYPE}text": ".odt",
    f"{TYPE}spreadsheet": ".ods",
    f"{TYPE}presentation": ".odp",
    f"{TYPE}graphics": ".odg",
}
"""Media types of documents, and the ending of the name of each."""
CHARTS: Final = frozenset({f"{TYPE}chart"})
_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{}"/></manifest:manifest>'
)
MAX_PARTS: Final = 2_000
TICKED: Final = frozenset({"checkbox", "radio"})
"""Controls of forms that are ticked or not."""


def kinds_of_objects(parts: ZipParts) -> dict[str, str]:
    """Return the media types of the folders of a file by their names."""
    manifest = parts.xml_if_there("META-INF/manifest.xml")
    entries = within(manifest, "file-entry") if manifest is not None else ()
    named = ((attribute(each, "full-path"), attribute(each, "media-type")) for each in entries)
    return {posixpath.normpath(path): kind for path, kind in named if path.endswith("/") and path != "/"}


def form_controls(root: Element) -> dict[str, str]:
    """Return what the controls of the forms in a document show, by their identifiers (13.5): a tick and its words, what was typed, what was chosen."""
    shown: dict[str, str] = {}
    for form in within(root, "form"):
        for control in form:
            identifier = attribute(control, "id")
            label = attribute(control, "label")
            if local(control) in TICKED:
                states = {attribute(control, "current-state"), attribute(control, "current-selected")}
                state = states & {"checked", "true"} or (not states - {""} and attribute(control, "selected") == "true")
                shown[identifier] = f"{'☒' if state else '☐'} {label}".rstrip()
            else:
                chosen = [each for each in within(control, "option") if attribute(each, "current-selected") == "true"]
                words = [attribute(each, "label") for each in chosen]
                words = words or [attribute(control, "current-value") or attribute(control, "value")]
                shown[identifier] = " ".join(filter(None, (label, ", ".join(filter(None, words)))))
    return shown


def document_of(parts: ZipParts, folder: str, kind: str) -> NamedFile | None:
    """Return the document in a folder as a file of its own, put together of its parts as they are; None where it is none.

    Raises:
        CannotRead: a part of it is damaged or too large.
    """
    ending = ENDINGS.get(kind)
    names = [name for name in parts.names if name.startswith(f"{folder}/")]
    if ending is None or not names or len(names) > MAX_PARTS:
        return None
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(made, "w") as out:
            # The same parts give the same bytes: no time of day is written.
            out.writestr(zipfile.ZipInfo("mimetype"), kind)
            for name in names:
                out.writestr(zipfile.ZipInfo(name.removeprefix(f"{folder}/")), parts.read(name), zipfile.ZIP_DEFLATED)
            out.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), _MANIFEST.format(kind))
    except (ValueError, OverflowError, struct.error, zipfile.LargeZipFile) as error:
        # A name that the library reads and cannot write.
        raise CannotRead(BROKEN) from error
    return f"{posixpath.basename(folder)}{ending}", made.getvalue()
