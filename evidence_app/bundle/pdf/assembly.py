"""From drawn pages to one PDF/A-3b file: exhibits placed, metadata set, manifest and originals embedded."""

import io
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Rectangle, pdfa

from evidence_app.bundle.pdf.file_signing import FIELD
from evidence_app.bundle.pdf.form_xobjects import FormMaker
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.release_memory import release_memory
from evidence_app.bundle.pdf.tounicode import clean_to_unicode
from evidence_app.bundle.typeset.page_writer import A4
from evidence_app.bundle.typeset.tag_tree import Structure, add_form, declare_accessible, write_structure
from evidence_app.proof.bundle.manifest import MANIFEST_FILE, NOTE_FILE
from evidence_app.proof.bundle.page_digests import PageDigester

FLAVOUR: Final = "3b"
LANGUAGE: Final = "en-GB"
SIGNATURE: Final = "Signature over the whole file"
PRINTED_AND_LOCKED: Final = 132
"""The flags of a signature's annotation (ISO 32000-1, table 165)."""
AMBIGUOUS_END: Final = re.compile(rb"\r\nendstream")
"""A stream whose last byte is a carriage return: some readers take it for a part of the line end that follows.

A zero byte behind the compressed data, which no reader decodes, tells the two apart.
"""


class NotArchivable(Exception):
    """The assembled file is not PDF/A-3b. `findings` say why, for the program's makers."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("; ".join(findings[:3]))
        self.findings = list(findings)


@dataclass(frozen=True, slots=True)
class Placed:
    """A foreign page to be put on page `page` (from 0) of the bundle."""

    page: int
    document: Any
    placement: Placement


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file embedded in the bundle. Its name says nothing of what it holds."""

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str
    legible: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Drawn pages with the foreign ones on them, and which pages, from 0, those are."""

    content: bytes
    foreign: Sequence[int]


def join(drawn: bytes, placed: Iterable[Placed], structure: Structure, progress: Callable[[], None]) -> Joined:
    """Put foreign pages on the drawn ones. Afterwards the foreign documents are not needed any more. `progress` may raise to stop."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        foreign = place(pdf, placed, progress, structure)
        _tidy(pdf)
        return Joined(_written(pdf), foreign)


def assemble(
    joined: Joined,
    *,
    title: str,
    made_at: datetime,
    seal: Callable[[Sequence[bytes]], tuple[bytes, bytes]],
    structure: Structure,
    originals: Iterable[Embedded] = (),
    progress: Callable[[], None] = lambda: None,
    first_page: int = 1,
) -> bytes:
    """Return the finished, unsigned file.

    `seal` is given the digest of every page and returns the manifest and its note. `progress` may raise to stop. `first_page` is the number of the
    first page.

    Raises:
        NotArchivable: the file would not be PDF/A-3b.
    """
    parts = _Parts(title, made_at, seal, originals, progress, structure, first_page)
    # What each step opened is let go before the next: a library holds some kilobytes for each page of an open file.
    release_memory()
    content, digests = _described(joined.content, parts)
    release_memory()
    _require_archivable(content)
    release_memory()
    content = _completed(content)
    release_memory()
    _require_as_digested(content, digests, joined.foreign)
    return content


@dataclass(frozen=True, slots=True)
class _Parts:
    """What goes into a file beside its pages."""

    title: str
    made_at: datetime
    seal: Callable[[Sequence[bytes]], tuple[bytes, bytes]]
    originals: Iterable[Embedded]
    progress: Callable[[], None]
    structure: Structure
    first_page: int


def _described(content: bytes, parts: _Parts) -> tuple[bytes, list[bytes]]:
    """Return the file before it is checked, with its metadata, structure and embedded files, and the digests of its pages."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _describe(pdf, parts.title, parts.made_at, parts.first_page)
        write_structure(pdf, parts.structure)
        pdfa.prepare(pdf, FLAVOUR)
        digester = PageDigester()
        digests = [digester.digest(page) for page in pdf.pages]
        manifest, note = parts.seal(digests)
        said = "Records shown, with salts and proofs"
        _embed(pdf, Embedded(MANIFEST_FILE, manifest, "application/json", "/Data", said, legible=True))
        _embed(pdf, Embedded(NOTE_FILE, note, "text/plain", "/Data", "Signature of the manifest"))
        for original in parts.originals:
            _embed(pdf, original)
            parts.progress()
        pdfa.prepare(pdf, FLAVOUR)
        return _written(pdf), digests


def _require_as_digested(content: bytes, digests: Sequence[bytes], pages: Iterable[int]) -> None:
    """Require that pages with something foreign on them read, once written, as they were digested.

    Raises:
        NotArchivable: one does not: it would be called altered.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        digester = PageDigester()
        for page in pages:
            if digester.digest(pdf.pages[page]) != digests[page]:
                raise NotArchivable([f"page {page + 1} reads otherwise once it is written"])


def merge(drawn: bytes, placed: Iterable[Placed], progress: Callable[[], None]) -> bytes:
    """Return drawn pages with foreign pages on them, and nothing else: for looking at."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        place(pdf, placed, progress)
        buffer = io.BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()


def alone(document: pikepdf.Pdf, placements: Sequence[Placement]) -> bytes:
    """Return a bundle of foreign pages and nothing else: for judging them.

    Raises:
        NotArchivable: it is not PDF/A-3b.
    """
    structure = Structure(len(placements))
    with pikepdf.new() as pdf:
        for page in range(len(placements)):
            pdf.add_blank_page(page_size=A4)
            pdf.pages[page].obj.Contents = pdf.make_stream(b"")
        placed = (Placed(page, document, placement) for page, placement in enumerate(placements))
        place(pdf, placed, lambda: None, structure)
        _tidy(pdf)
        _describe(pdf, "Judged", datetime(2000, 1, 1, tzinfo=UTC), 1)
        write_structure(pdf, structure)
        pdfa.prepare(pdf, FLAVOUR)
        content = _written(pdf)
    _require_archivable(content)
    return _completed(content)


def place(
    pdf: pikepdf.Pdf, placed: Iterable[Placed], progress: Callable[[], None], structure: Structure | None = None
) -> list[int]:
    """Put foreign pages on ours, each as one piece of the bundle's structure. Return which of ours, from 0."""
    foreign: list[int] = []
    forms = FormMaker(pdf)
    for each in placed:
        foreign.append(each.page)
        x, y, width, height = each.placement.area
        page = pdf.pages[each.page]
        form = forms.make(each.document, each.placement.source)
        name = page.add_resource(form, Name.XObject)
        area = Rectangle(x, y, x + width, y + height)
        drawing = page.calc_form_xobject_placement(
            form, name, area, invert_transformations=True, allow_shrink=True, allow_expand=True
        )
        if structure is not None:
            drawing = _marked(drawing, each.placement.tag.role, structure.add_content(each.page, each.placement.tag))
        contents = page.obj.Contents
        contents.write(b"q\n" + contents.read_bytes() + b"\nQ\n" + drawing)
        progress()
    return foreign


def _marked(drawing: bytes, role: str, mcid: int) -> bytes:
    """Mark what draws another file's page as one piece of content."""
    return f"/{role} <</MCID {mcid}>> BDC\n".encode("ascii") + drawing + b"EMC\n"


def _add_field(pdf: pikepdf.Pdf) -> None:
    """Make the signature's field ahead of the signature, so that it has its place in the structure."""
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String(FIELD),
            TU=pikepdf.String(SIGNATURE),
            Rect=pikepdf.Array([0, 0, 0, 0]),
            F=PRINTED_AND_LOCKED,
            P=page,
        )
    )
    if Name.Annots not in page:
        page.Annots = pikepdf.Array()
    page.Annots.append(field)
    pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
    add_form(pdf, page, field, SIGNATURE)


def _tidy(pdf: pikepdf.Pdf) -> None:
    cleaned: set[tuple[int, int]] = set()
    for page in pdf.pages:
        # reportlab writes an empty transition on each page, which PDF/A refuses.
        if "/Trans" in page.obj:
            del page.obj["/Trans"]
        for font in _fonts_of(page):
            if font.objgen not in cleaned:
                cleaned.add(font.objgen)
                clean_to_unicode(font)


def _fonts_of(page: pikepdf.Page) -> list[Any]:
    resources = page.obj.get("/Resources")
    fonts = resources.get("/Font") if resources is not None else None
    return list(fonts.values()) if fonts is not None else []


def _describe(pdf: pikepdf.Pdf, title: str, made_at: datetime, first_page: int) -> None:
    root, stamp = pdf.Root, made_at.strftime("D:%Y%m%d%H%M%S+00'00'")
    for name in list(pdf.docinfo.keys()):
        del pdf.docinfo[name]
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = "Evidence Trail"
    pdf.docinfo["/CreationDate"] = stamp
    pdf.docinfo["/ModDate"] = stamp
    root.Lang = pikepdf.String(LANGUAGE)
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=pikepdf.Array([0, Dictionary(S=Name.D, St=first_page)]))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = [LANGUAGE]
        metadata["pdf:Producer"] = "Evidence Trail"
        metadata["xmp:CreateDate"] = made_at.isoformat()
        metadata["xmp:ModifyDate"] = made_at.isoformat()


def _embed(pdf: pikepdf.Pdf, file: Embedded) -> None:
    specification = AttachedFileSpec(
        pdf,
        file.content,
        description=file.description,
        filename=file.name,
        mime_type=file.media_type,
        relationship=Name(file.relationship),  # type: ignore[call-arg,unused-ignore]
    )
    pdf.attachments[file.name] = specification
    if file.legible:
        # Stored and not compressed, so that a damaged byte damages one record and can be named.
        stream = specification.obj.EF.F
        stream.write(zlib.compress(file.content, 0), filter=Name.FlateDecode)


def _require_archivable(content: bytes) -> None:
    """Require that a file is PDF/A.

    Raises:
        NotArchivable: it is not.
    """
    report = pdfa.validate_written(io.BytesIO(content), FLAVOUR)
    if not report.passed:
        raise NotArchivable([f"{finding.rule} {finding.where}: {finding.message}" for finding in report.findings])


def _completed(content: bytes) -> bytes:
    """Return a checked file with what the check of PDF/A does not know."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        # Both are allowed (ISO 19005-3, 6.4.1 and 6.5.1 forbid actions and appearances made anew), but the validator knows
        # neither a form nor a destination to open at.
        declare_accessible(pdf)
        _add_field(pdf)
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, Name.XYZ, None, None, 1])
        if AMBIGUOUS_END.search(content) is not None:
            _end_plainly(pdf)
        return _written(pdf)


def _end_plainly(pdf: pikepdf.Pdf) -> None:
    """Let no stream end so that readers disagree where."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Filter") == Name.FlateDecode:
            raw = item.read_raw_bytes()
            if raw.endswith(b"\r"):
                parms: Any = item.get("/DecodeParms")
                item.write(raw + b"\0", filter=Name.FlateDecode, decode_parms=parms)


def _written(pdf: pikepdf.Pdf) -> bytes:
    # Without object streams a damaged byte damages one object, so the verifier can name the place.
    settings: dict[str, Any] = pdfa.resolve_save_kwargs(
        FLAVOUR, object_stream_mode=pikepdf.ObjectStreamMode.disable, min_version="1.7"
    )
    buffer = io.BytesIO()
    pdf.save(buffer, **settings)
    return buffer.getvalue()
