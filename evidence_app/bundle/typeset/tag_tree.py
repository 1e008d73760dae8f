"""The tag tree of a bundle: the role of each piece of a page, for screen readers (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, ISO 14289-1).

While pages are drawn, `Structure` collects elements with their marked content and annotations. `write_structure` then writes two views of
the same relation: the tree itself, from each element down to its content, and the parent tree, from each piece of content up to its
element. Pages are counted from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

NAMESPACE: Final = "http://www.aiim.org/pdfua/ns/id/"
IDENTIFIER: Final = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{NAMESPACE}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""XMP: the PDF/UA identifier (ISO 14289-1, 5), and the extension schema that PDF/A requires for properties it does not predefine
(ISO 19005-3, 6.6.2.3)."""


@dataclass(eq=False, slots=True)
class Element:
    """A structure element: a paragraph, heading, table, cell, link or figure (`role`: ISO 32000-1, 14.8.4). `alt` describes non-text.

    `kids` are its content and child elements in the order in which they are drawn, which is the reading order. `parent` None stands for the
    document itself. `hung` is true once the element is among its parent's kids.
    """

    role: str
    parent: "Element | None" = None
    alt: str = ""
    kids: list["Element | Content | Annotation"] = field(default_factory=list)
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence: the index of its page, from 0, and its identifier (MCID) on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation: the index of its page, from 0, and its index in the page's /Annots."""

    page: int
    place: int


class Structure:
    """The tag tree of a bundle while its pages are drawn.

    `content` and `annotations` hold for each page the element of each MCID and of each annotation: the parent tree to be.
    """

    def __init__(self, pages: int) -> None:
        self.root = Element("Document")
        self.content: list[list[Element]] = [[] for _ in range(pages)]
        self.annotations: list[list[Element]] = [[] for _ in range(pages)]

    def add_content(self, page: int, element: Element) -> int:
        """Add the next marked-content sequence of a page to an element; return its identifier (MCID), unique on the page."""
        self._attach(element)
        mcid = len(self.content[page])
        self.content[page].append(element)
        element.kids.append(Content(page, mcid))
        return mcid

    def add_annotation(self, page: int, element: Element) -> None:
        """Add the next annotation of a page to an element."""
        self._attach(element)
        element.kids.append(Annotation(page, len(self.annotations[page])))
        self.annotations[page].append(element)

    def _attach(self, element: Element) -> None:
        """Add an element, and its ancestors, to their parents' kids when its first content is drawn: empty ones never enter the tree."""
        if element.hung or element is self.root:
            return
        parent = element.parent or self.root
        self._attach(parent)
        parent.kids.append(element)
        element.hung = True


def write_structure(pdf: Any, structure: Structure) -> None:
    """Write tag tree and parent tree into an opened file whose pages are those that were drawn."""
    from pikepdf import Array, Dictionary, Name

    pages = [page.obj for page in pdf.pages]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    # First every element as an object with its parent (parents come before their kids), so that the kids can refer to it.
    written: dict[int, Any] = {}
    for element in _all(structure.root):
        parent = tree if element is structure.root else written[id(element.parent or structure.root)]
        written[id(element)] = pdf.make_indirect(_dictionary(element, parent))
    for element in _all(structure.root):
        # /Pg names the page of those kids that are bare MCIDs (ISO 32000-1, 14.7.4.2); content on other pages names its own.
        own_page = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
        if own_page is not None:
            written[id(element)].Pg = pages[own_page]
        kids = [_kid(pages, written, kid, own_page) for kid in element.kids]
        written[id(element)].K = kids[0] if len(kids) == 1 and element is not structure.root else Array(kids)
    # The parent tree is a number tree (ISO 32000-1, 7.9.7) of keys and values in ascending order (14.7.4.4). A page's key,
    # /StructParents, leads to an array of elements indexed by MCID; an annotation's key, /StructParent, to one element.
    numbers: list[Any] = []
    for number, page in enumerate(pages):
        page.StructParents = number
        page.Tabs = Name.S  # Tab order follows the structure (ISO 14289-1, 7.18.3).
        owners = Array([written[id(element)] for element in structure.content[number]])
        numbers += [number, pdf.make_indirect(owners)]
    next_key = len(pages)
    for number, page in enumerate(pages):
        for index, element in enumerate(structure.annotations[number]):
            annotation = page.Annots[index]
            annotation.StructParent = next_key
            annotation.Contents = _description_of(element)
            numbers += [next_key, written[id(element)]]
            next_key += 1
    tree.K = Array([written[id(structure.root)]])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = next_key
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def add_form(pdf: Any, page: Any, field: Any, words: str) -> None:
    """Add a form field, with an element of role Form, to the end of a tag tree that is already written (ISO 14289-1, 7.18.4).

    `words` describe the field; `page` and `field` are indirect objects.
    """
    from pikepdf import Array, Dictionary, Name, String

    tree = pdf.Root.StructTreeRoot
    document, number = tree.K[0], int(tree.ParentTreeNextKey)
    reference = Dictionary(Type=Name.OBJR, Pg=page, Obj=field)
    form = Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Alt=String(words), K=Array([reference]))
    form = pdf.make_indirect(form)
    # Both directions again: the document's kids, and the next free key of the parent tree.
    document.K.append(form)
    field.StructParent = number
    tree.ParentTree.Nums.extend([number, form])
    tree.ParentTreeNextKey = number + 1


def _all(element: Element) -> Iterator[Element]:
    """Yield an element and its descendants, parents before their kids."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += [kid for kid in current.kids if isinstance(kid, Element)]


def _dictionary(element: Element, parent: Any) -> Any:
    """Return a structure element dictionary without its kids (ISO 32000-1, table 323)."""
    from pikepdf import Dictionary, Name, String

    dictionary = Dictionary(S=Name(f"/{element.role}"), P=parent)
    if element.alt:
        dictionary.Alt = String(element.alt)
    if element.role == "TH":
        # Heading cells say which cells they head (ISO 14289-1, 7.5; ISO 32000-1, 14.8.5.7).
        dictionary.A = Dictionary(O=Name.Table, Scope=Name.Column)
    return dictionary


def _kid(pages: list[Any], written: dict[int, Any], kid: "Element | Content | Annotation", own_page: int | None) -> Any:
    """Return one kid as an element, a bare MCID, an MCR (content of another page) or an OBJR (annotation) (ISO 32000-1, 14.7.4)."""
    from pikepdf import Dictionary, Name

    if isinstance(kid, Element):
        return written[id(kid)]
    if isinstance(kid, Content):
        if kid.page == own_page:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.mcid)
    return Dictionary(Type=Name.OBJR, Pg=pages[kid.page], Obj=pages[kid.page].Annots[kid.place])


def _description_of(element: Element) -> Any:
    """Return a link's alternate description, which its annotation repeats in /Contents (ISO 14289-1, 7.18.5)."""
    from pikepdf import String

    return String(element.alt or "Link")


def declare_accessible(pdf: Any) -> None:
    """Declare PDF/UA-1 conformance in the XMP metadata, with the extension schema that PDF/A requires (ISO 19005-3, 6.6.2.3).

    The text is inserted before the end tag of the RDF, so that nothing else in the packet is encoded anew.
    """
    stream = pdf.Root.Metadata
    before, mark, after = stream.read_bytes().rpartition(b"</rdf:RDF>")
    if mark:
        stream.write(before + IDENTIFIER.encode("utf-8") + mark + after)
