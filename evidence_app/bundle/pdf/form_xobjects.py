"""Foreign pages as form XObjects, which a page of the bundle can draw (ISO 32000-1, 8.10)."""

from typing import Any

import pikepdf
from pikepdf import Array, Name


class FormMaker:
    """Makes form XObjects of foreign pages in one document.

    pikepdf's `as_form_xobject` holds about fifteen kilobytes of memory for each page, too much for bundles of ten thousand. Most pages are
    one stream, upright, with the same resources as the page before: their form is made here with a third of that.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        # Holding each document keeps its `id` from being given to another one, which `_resources` relies on.
        self._documents: dict[int, pikepdf.Pdf] = {}
        self._resources: dict[tuple[int, bytes], Any] = {}

    def make(self, document: pikepdf.Pdf, number: int) -> Any:
        """Return the page at index `number`, from 0, of a foreign document as a form XObject of this one."""
        page = document.pages[number]
        if not _is_plain(page):
            return self._pdf.copy_foreign(page.as_form_xobject())
        # The encoded bytes are copied with their filter: nothing is decoded or compressed anew.
        content = page.obj.Contents
        form = pikepdf.Stream(self._pdf, content.read_raw_bytes())
        if "/Filter" in content:
            form.Filter = content.Filter
        # A form clips to its /BBox, in its own space (ISO 32000-1, 8.10.2): the trim box, as `as_form_xobject` does too.
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([float(side) for side in page.trimbox])
        form.Resources = self._shared(document, page.obj.Resources)
        return form

    def _shared(self, document: pikepdf.Pdf, resources: Any) -> Any:
        """Return foreign resources copied into this document; equal resources of one document are copied once."""
        self._documents[id(document)] = document
        identity = (id(document), resources.unparse())
        copied = self._resources.get(identity)
        if copied is None:
            if not resources.is_indirect:
                # `copy_foreign` takes indirect objects alone.
                resources = document.make_indirect(resources)
            copied = self._resources[identity] = self._pdf.copy_foreign(resources)
        return copied


def _is_plain(page: pikepdf.Page) -> bool:
    """Return true for a page of one stream, deflated or not encoded, upright, with its own resources and no transparency group."""
    content = page.obj.get("/Contents")
    return (
        isinstance(content, pikepdf.Stream)
        and content.get("/Filter") in (None, Name.FlateDecode)
        and "/DecodeParms" not in content
        and isinstance(page.obj.get("/Resources"), pikepdf.Dictionary)
        and "/Group" not in page.obj
        and int(page.rotation) == 0
    )
