"""The place of a finding as a picture: the part of an exhibit's page around it."""

from typing import TYPE_CHECKING, Any, Final

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.documents.opening import opened_pdf, opened_picture
from evidence_app.documents.picture_pages import PictureDamaged, PictureTooLarge
from evidence_app.documents.pictures import reads_heic
from evidence_app.documents.read_file import HEIC_TYPES, IMAGE_TYPES
from evidence_app.documents.recognition import turned_upright
from evidence_app.documents.workers.values import Pixels
from evidence_app.services.bundles.findings import ReviewFinding
from evidence_app.services.bundles.previewing import PagePixels
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from evidence_app.documents.shown_words import Box

DPI: Final = 150
AROUND: Final = 0.18, 0.05
"""How much of the page is shown beside, and above and below, a place: parts of its width and height."""
MARK: Final = (190, 30, 45)


def picture_of_place(session: Session, finding: ReviewFinding) -> PagePixels | None:
    """Return the part of the page around a finding, which is framed; the whole page of one to look at; None where it has no page, or none is kept.

    A file inside a mail is not kept by itself: its pages are looked at in the preview.
    """
    if not finding.page or session.store.attachments.size_of(finding.digest) < 0:
        return None
    content = b"".join(session.store.attachments.stream(finding.digest))
    image = _page(content, finding.page - 1)
    if image is None:
        return None
    image = _part(turned_upright(image, finding.quarters), finding.box)
    return PagePixels(image.width, image.height, image.tobytes())


def _page(untrusted: bytes, number: int) -> Any:
    """Return a page of a PDF, or a frame of a picture, counted from 0, as an RGB image; None if it cannot be shown."""
    kind = media_type(untrusted[:HEAD_BYTES], "")
    pixels: Pixels | None = None
    try:
        if kind == "application/pdf":
            with opened_pdf(untrusted) as pdf:
                pixels = pdf.ask("picture", number, DPI / 72)
        elif kind in IMAGE_TYPES or (kind in HEIC_TYPES and reads_heic()):
            with opened_picture(untrusted, kind) as picture:
                pixels = picture.ask("picture", number, 0) if number < picture.facts.count else None
    except (CannotShow, PictureDamaged, PictureTooLarge):
        return None
    return pixels.picture() if pixels is not None else None


def _part(image: Any, box: "Box | None") -> Any:
    """Return the part of a page around a box, with the box framed."""
    from PIL import ImageDraw

    if box is None:
        return image
    left, top, right, bottom = box[0] * image.width, box[1] * image.height, box[2] * image.width, box[3] * image.height
    ImageDraw.Draw(image).rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=MARK, width=3)
    across, down = AROUND[0] * image.width, AROUND[1] * image.height
    return image.crop(
        (
            max(0, int(left - across)),
            max(0, int(top - down)),
            min(image.width, int(right + across)),
            min(image.height, int(bottom + down)),
        )
    )
