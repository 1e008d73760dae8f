"""Prepares the pages of a foreign PDF for a bundle: sanitised, within resource limits, without annotations and their own tags.

Pages for which this fails are rendered as images instead.
"""

import base64
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
from pikepdf import pdfa, sanitize

from evidence_app.bundle.exhibits.mending.mend import Mended, mend
from evidence_app.bundle.pdf.strip_tags import TooManyTags, has_mute_fonts, untag
from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.jpeg_remarks import without_remarks
from evidence_app.documents.resource_limits import DAMAGES, ResourceLimitExceeded, require_within_limits
from evidence_app.proof.bundle.page_digests import CircularPage, PageDigester

ASCII85: Final = frozenset({"/ASCII85Decode", "/A85"})
FLAVOUR: Final = "3b"
"""PDF/A part 3, conformance level B."""
MIN_SIDE: Final = 3
"""Shortest side of a page, in points (ISO 32000-1, annex C.2)."""
MUTE: Final = "a font of it does not say which characters it shows"
DAMAGED_IN_PART: Final = "a part of it is damaged"
TOO_MUCH: Final = "a page of it draws more than a reader can draw"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What came of preparing a document: why its pages cannot be placed, or "" if they can, and what was mended in it."""

    why: str = ""
    mended: Mended = field(default_factory=Mended)


def prepared_for_placing(document: Any) -> Readiness:
    """Prepare an opened document in place, mending what leaves it looking as it did. Return why its pages cannot be placed, if they cannot.

    Raises:
        CannotShow: a page exceeds the resource limits, so that it cannot be rendered either.
    """
    try:
        _sanitise(document)
        why = _why_not_its_pages(document)
        if why:
            return Readiness(why)
        # Before any other step that decodes content streams: this one stops at a decompression bomb.
        require_within_limits(document.pages)
        # A page without a digest (docs/spec/bundle.md, section 4) could not be verified: a trial run finds it now.
        _spell_names(document)
        digester = PageDigester()
        for page in document.pages:
            digester.digest(page)
        untag(document)
        mended = mend(document)
        pdfa.prepare(document, FLAVOUR)
        return Readiness(MUTE if has_mute_fonts(page.obj for page in document.pages) else "", mended)
    except CircularPage:
        return Readiness("its parts refer to themselves, or unfold without end")
    except TooManyTags:
        return Readiness("its tags are too many to take out")
    except ResourceLimitExceeded as error:
        raise CannotShow(TOO_MUCH) from error
    except DAMAGES:
        return Readiness(DAMAGED_IN_PART)


def _sanitise(document: Any) -> None:
    """Remove active and hidden content: scripts, external references, attachments, multimedia, private data, thumbnails."""
    for clean in (
        sanitize.remove_javascript,
        sanitize.remove_external_access,
        sanitize.remove_attachments,
        sanitize.remove_multimedia,
        sanitize.remove_private_app_data,
        sanitize.remove_thumbnails,
    ):
        clean(document)
    for item in document.objects:
        if isinstance(item, pikepdf.Stream):
            _clean_jpeg(item)


def _spell_names(document: Any) -> None:
    """Spell names anew that are not in UTF-8, such as those of fonts: such a name is for the eye alone, and a digest needs its characters."""
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key, value in item.items():
            if isinstance(value, pikepdf.Name):
                try:
                    str(value)
                except UnicodeDecodeError:
                    item[key] = pikepdf.Name("/" + value.unparse()[1:].decode("ascii").replace("#", "x"))


def _clean_jpeg(stream: Any) -> None:
    """Take out of a JPEG stream, in place, what it says beside its picture, and text encodings around it."""
    filters = stream.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if not names or names[-1] != "/DCTDecode" or len(names) > 2 or (len(names) == 2 and names[0] not in ASCII85):
        return
    content = stream.read_raw_bytes()
    if len(names) == 2:
        try:
            content = base64.a85decode(content.strip().removesuffix(b"~>"))
        except ValueError:
            return
    bare = without_remarks(content)
    if bare is not None:
        parameters = stream.get("/DecodeParms")
        settings = parameters[-1] if isinstance(parameters, pikepdf.Array) else parameters
        kept = settings if isinstance(settings, pikepdf.Dictionary) else None
        stream.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=kept)


def _why_not_its_pages(document: Any) -> str:
    """Take out annotations and set the page boxes. Return why a page cannot be placed, or an empty string."""
    if any(float(side) < MIN_SIDE for page in document.pages for side in seen_size(page)):
        return "a page of it has no size"
    if any(float(page.obj.get("/UserUnit", 1)) != 1 for page in document.pages):
        return "its pages count in a unit of their own"
    for page in document.pages:
        # What notes and forms show was drawn into the page before; what remains, such as a link, shows nothing.
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for page in document.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]
        # A page becomes a form that is clipped to its trim box: exactly what a reader shows is to remain.
        page.obj.CropBox = page.obj.TrimBox = pikepdf.Array(_seen_box(page))
    return ""


def pages_that_speak(document: Any) -> set[int]:
    """Return the indexes, from 0, of the pages of a sanitised document whose fonts map all glyphs to characters (ISO 14289-1, 7.21.7)."""
    return {number for number, page in enumerate(document.pages) if not has_mute_fonts([page.obj])}


def seen_size(page: Any) -> tuple[float, float]:
    """Return width and height of a page in points as it is shown, cropped and rotated."""
    x0, y0, x1, y1 = _seen_box(page)
    width, height = x1 - x0, y1 - y0
    sideways = int(page.rotation) % 180 == 90
    return (height, width) if sideways else (width, height)


def _seen_box(page: Any) -> tuple[float, float, float, float]:
    """Return the visible area of a page: its crop box, clipped to the media box (ISO 32000-1, 14.11.2).

    Where the two do not overlap, it is the media box.
    """
    media, crop = (_upright_box(box) for box in (page.mediabox, page.cropbox))
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _upright_box(box: Any) -> tuple[float, float, float, float]:
    """Return a rectangle from its lower left to its upper right corner: files may give any two opposite ones (ISO 32000-1, 7.9.5)."""
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
