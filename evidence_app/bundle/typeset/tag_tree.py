"""The logical structure of a bundle: what each piece of a page is, for readers who do not see it (PDF/UA-1, ISO 14289-1)."""

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


@dataclass(eq=False, slots=True)
class Element:
    """A structure element: a paragraph, a heading, a table, a cell, a link, a figure. `alt` describes what is no text.

    Its content and its own elements take their places in the order in which they are drawn. `hung` says that the element
    itself has its place.
    """

    role: str
    parent: "Element | None" = None
    alt: str = ""
    kids: list["Element | Content | Annotation"] = field(default_factory=list)
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of marked content: the number of its page and its identifier there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation by its place in the list of its page."""

    page: int
    place: int


class Structure:
    """The tree of a bundle while its pages are drawn. Pages are counted from 0."""

    def __init__(self, pages: int) -> None:
        self.root = Element("Document")
        self.content: list[list[Element]] = [[] for _ in range(pages)]
        self.annotations: list[list[Element]] = [[] for _ in range(pages)]

    def add_content(self, page: int, element: Element) -> int:
        """Say that the next piece of a page belongs to an element; return its identifier."""
        self._hang_up(element)
        mcid = len(self.content[page])
        self.content[page].append(element)
        element.kids.append(Content(page, mcid))
        return mcid

    def add_annotation(self, page: int, element: Element) -> None:
        """Say that the next annotation of a page belongs to an element."""
        self._hang_up(element)
        element.kids.append(Annotation(page, len(self.annotations[page])))
        self.annotations[page].append(element)

    def _hang_up(self, element: Element) -> None:
        if element.hung or element is self.root:
            return
        parent = element.parent or self.root
        self._hang_up(parent)
        parent.kids.append(element)
        element.hung = True


def write_structure(pdf: Any, structure: Structure) -> None:
    """Write the tree into an opened file whose pages are those that were drawn."""
    from pikepdf import Array, Dictionary, Name

    pages = [page.obj for page in pdf.pages]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    written: dict[int, Any] = {}
    for element in _all(structure.root):
        parent = tree if element is structure.root else written[id(element.parent or structure.root)]
        written[id(element)] = pdf.make_indirect(_dictionary(element, parent))
    for element in _all(structure.root):
        home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
        if home is not None:
            written[id(element)].Pg = pages[home]
        kids = [_kid(pages, written, kid, home) for kid in element.kids]
        written[id(element)].K = kids[0] if len(kids) == 1 and element is not structure.root else Array(kids)
    numbers: list[Any] = []
    for number, page in enumerate(pages):
        page.StructParents = number
        page.Tabs = Name.S
        owners = Array([written[id(element)] for element in structure.content[number]])
        numbers += [number, pdf.make_indirect(owners)]
    following = len(pages)
    for number, page in enumerate(pages):
        for place, element in enumerate(structure.annotations[number]):
            annotation = page.Annots[place]
            annotation.StructParent = following
            annotation.Contents = _words_of(element)
            numbers += [following, written[id(element)]]
            following += 1
    tree.K = Array([written[id(structure.root)]])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = following
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def add_form(pdf: Any, page: Any, field: Any, words: str) -> None:
    """Give a form's field its place at the end of a tree that is already written."""
    from pikepdf import Array, Dictionary, Name, String

    tree = pdf.Root.StructTreeRoot
    document, number = tree.K[0], int(tree.ParentTreeNextKey)
    reference = Dictionary(Type=Name.OBJR, Pg=page, Obj=field)
    form = Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Alt=String(words), K=Array([reference]))
    form = pdf.make_indirect(form)
    document.K.append(form)
    field.StructParent = number
    tree.ParentTree.Nums.extend([number, form])
    tree.ParentTreeNextKey = number + 1


def _all(element: Element) -> Iterator[Element]:
    waiting = [element]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += [kid for kid in current.kids if isinstance(kid, Element)]


def _dictionary(element: Element, parent: Any) -> Any:
    from pikepdf import Dictionary, Name, String

    made = Dictionary(S=Name(f"/{element.role}"), P=parent)
    if element.alt:
        made.Alt = String(element.alt)
    if element.role == "TH":
        made.A = Dictionary(O=Name.Table, Scope=Name.Column)
    return made


def _kid(pages: list[Any], written: dict[int, Any], kid: "Element | Content | Annotation", home: int | None) -> Any:
    from pikepdf import Dictionary, Name

    if isinstance(kid, Element):
        return written[id(kid)]
    if isinstance(kid, Content):
        if kid.page == home:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.mcid)
    return Dictionary(Type=Name.OBJR, Pg=pages[kid.page], Obj=pages[kid.page].Annots[kid.place])


def _words_of(element: Element) -> Any:
    from pikepdf import String

    return String(element.alt or "Link")


def declare_accessible(pdf: Any) -> None:
    """Say in the metadata that the file keeps to PDF/UA-1, with the extension schema that PDF/A asks for (ISO 19005-3, 6.6.2.3)."""
    stream = pdf.Root.Metadata
    before, mark, after = stream.read_bytes().rpartition(b"</rdf:RDF>")
    if mark:
        stream.write(before + IDENTIFIER.encode("utf-8") + mark + after)
