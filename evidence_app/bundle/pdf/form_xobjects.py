"""A foreign page as a form, which one of ours can draw."""

from typing import Any

import pikepdf
from pikepdf import Array, Name


class FormMaker:
    """Makes forms of foreign pages in one document.

    A library's own way holds some fifteen kilobytes of memory for each page, which bundles of ten thousand feel. What most pages are made of,
    one stream, upright, with the same resources as the page before, becomes a form with a third of that.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._documents: dict[int, pikepdf.Pdf] = {}
        self._resources: dict[tuple[int, bytes], Any] = {}

    def make(self, document: pikepdf.Pdf, number: int) -> Any:
        """Return a page of a document, from 0, as a form."""
        page = document.pages[number]
        if not _is_plain(page):
            return self._pdf.copy_foreign(page.as_form_xobject())
        content = page.obj.Contents
        form = pikepdf.Stream(self._pdf, content.read_raw_bytes())
        if "/Filter" in content:
            form.Filter = content.Filter
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([float(side) for side in page.trimbox])
        form.Resources = self._shared(document, page.obj.Resources)
        return form

    def _shared(self, document: pikepdf.Pdf, resources: Any) -> Any:
        """Return resources as an object of ours, the same for the same."""
        self._documents[id(document)] = document
        spelled = (id(document), resources.unparse())
        found = self._resources.get(spelled)
        if found is None:
            if not resources.is_indirect:
                resources = document.make_indirect(resources)
            found = self._resources[spelled] = self._pdf.copy_foreign(resources)
        return found


def _is_plain(page: pikepdf.Page) -> bool:
    """Whether a page is one stream in the plainest coding, upright, with resources of its own and nothing else to be drawn by."""
    content = page.obj.get("/Contents")
    return (
        isinstance(content, pikepdf.Stream)
        and content.get("/Filter") in (None, Name.FlateDecode)
        and "/DecodeParms" not in content
        and isinstance(page.obj.get("/Resources"), pikepdf.Dictionary)
        and "/Group" not in page.obj
        and int(page.rotation) == 0
    )
