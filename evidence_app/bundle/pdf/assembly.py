"""Assembles a PDF/A-3b file from drawn pages: places exhibits, writes metadata and the tag tree, embeds manifest and originals.

The order of the steps is docs/decisions/0006-what-pdfa-check-knows.md: the file is checked as PDF/A before the parts are added that the
check does not know. Pages are counted from 0 throughout.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Rectangle, pdfa

from evidence_app.bundle.pdf.file_signing import add_signature_field
from evidence_app.bundle.pdf.form_xobjects import FormMaker
from evidence_app.bundle.pdf.page_labels import page_labels
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.release_memory import release_memory
from evidence_app.bundle.pdf.tounicode import clean_to_unicode
from evidence_app.bundle.typeset.page_numbers import PageNumbers
from evidence_app.bundle.typeset.page_writer import A4
from evidence_app.bundle.typeset.tag_tree import Structure, declare_accessible, write_structure
from evidence_app.proof.bundle.manifest import MANIFEST_FILE, NOTE_FILE
from evidence_app.proof.bundle.page_digests import PageDigester

FLAVOUR: Final = "3b"
"""PDF/A part 3, conformance level B (ISO 19005-3, 6.6.4)."""
LANGUAGE: Final = "en-GB"
LARGE: Final = 4 * 1024 * 1024
"""Bytes of drawn pages above which memory is released between the steps: some 1,500 pages of text. Below it, looking for what can be released takes as long as all of the rest."""
NEVER_LEFT: Final = (
    "JPEG 2000",
    "cannot read CFF",
    "cannot read Type 1",
    "cannot read head",
    "cannot read maxp",
    "eexec",
    "CIDFontType0 with a",
)
"""What of the unchecked findings of the first validator is never left to the second."""
ENDED: Final = frozenset(
    {"pikepdf:internal", "pikepdf:depth", "pikepdf:structure-size", "pikepdf:content-budget", "pikepdf:form-depth"}
)
"""Rules under which the first validator says that it went no further: then parts of the file were looked at by nobody."""
PROGRAMMED: Final = frozenset({"/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"})
"""Types of fonts whose programs are embedded."""
FONT_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
AMBIGUOUS_END: Final = re.compile(rb"\r\nendstream")
"""The end of a stream whose last byte is a carriage return.

The end-of-line marker before `endstream` is no part of the stream (ISO 32000-1, 7.3.8; ISO 19005-3, 6.1.7.1), and some readers take that
byte for a part of the marker. A zero byte appended to the compressed data, which no reader decodes, removes the ambiguity.
"""


class NotArchivable(Exception):
    """The assembled file is not PDF/A-3b. `findings` are the validator's messages, for developers."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("; ".join(findings[:3]))
        self.findings = list(findings)


@dataclass(frozen=True, slots=True)
class Placed:
    """A foreign page of `document`, an opened PDF, to be drawn on page `page` (from 0) of the bundle."""

    page: int
    document: Any
    placement: Placement


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file embedded in the bundle, under a neutral name.

    `relationship` is its /AFRelationship; `legible` files are stored uncompressed.
    """

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str
    legible: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Drawn pages with the foreign ones on them. `foreign` are the indexes, from 0, of the pages that show a foreign one."""

    content: bytes
    foreign: Sequence[int]


def join(drawn: bytes, placed: Iterable[Placed], structure: Structure, progress: Callable[[], None]) -> Joined:
    """Draw foreign pages on the drawn ones. Afterwards the foreign documents may be closed.

    `progress` is called after each page and may raise to stop. The content of foreign pages is added to `structure`.
    """
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
    numbers: PageNumbers,
) -> bytes:
    """Return the finished, unsigned file.

    `seal` is called with the digest of every page and returns the manifest and its note. `made_at` is in UTC. `progress` is called after
    each embedded original and may raise to stop. `numbers` are the printed numbers of the pages.

    Raises:
        NotArchivable: the file would not be PDF/A-3b.
    """
    parts = _Parts(title, made_at, seal, originals, progress, structure, numbers)
    # Each step opens the file anew and releases it: an open file takes some kilobytes of memory for each page.
    release = release_memory if len(joined.content) > LARGE else lambda: None
    release()
    content, digests = _described(joined.content, parts)
    release()
    require_archivable(content)
    release()
    content = completed(content)
    release()
    _require_as_digested(content, digests, joined.foreign)
    return content


@dataclass(frozen=True, slots=True)
class _Parts:
    """The contents of a file other than its pages."""

    title: str
    made_at: datetime
    seal: Callable[[Sequence[bytes]], tuple[bytes, bytes]]
    originals: Iterable[Embedded]
    progress: Callable[[], None]
    structure: Structure
    numbers: PageNumbers


def _described(content: bytes, parts: _Parts) -> tuple[bytes, list[bytes]]:
    """Return the file with metadata, tag tree and embedded files, and the digests of its pages."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _describe(pdf, parts.title, parts.made_at, parts.numbers)
        write_structure(pdf, parts.structure)
        # Preparing for PDF/A may rewrite resources of a page, such as font encodings: digests are taken after it.
        pdfa.prepare(pdf, FLAVOUR)
        digester = PageDigester()
        digests = [digester.digest(page) for page in pdf.pages]
        manifest, note = parts.seal(digests)
        description = "Records shown, with salts and proofs"
        _embed(pdf, Embedded(MANIFEST_FILE, manifest, "application/json", "/Data", description, legible=True))
        _embed(pdf, Embedded(NOTE_FILE, note, "text/plain", "/Data", "Signature of the manifest"))
        for original in parts.originals:
            _embed(pdf, original)
            parts.progress()
        return _written(pdf), digests


def _require_as_digested(content: bytes, digests: Sequence[bytes], pages: Iterable[int]) -> None:
    """Require that the pages with foreign content have the same digest in the written file as in the manifest.

    Raises:
        NotArchivable: one has another, and a verifier would report it as altered.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        digester = PageDigester()
        for page in pages:
            if digester.digest(pdf.pages[page]) != digests[page]:
                raise NotArchivable([f"page {page + 1} reads otherwise once it is written"])


def merge(drawn: bytes, placed: Iterable[Placed], progress: Callable[[], None]) -> bytes:
    """Return drawn pages with foreign pages on them, without metadata, tags and embedded files: for previews."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        place(pdf, placed, progress)
        buffer = io.BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()


def alone(document: pikepdf.Pdf, placements: Sequence[Placement]) -> bytes:
    """Return a bundle of foreign pages alone, to be validated: neither checked nor completed."""
    structure = Structure(len(placements))
    with pikepdf.new() as pdf:
        for page in range(len(placements)):
            pdf.add_blank_page(page_size=A4)
            pdf.pages[page].obj.Contents = pdf.make_stream(b"")
        placed = (Placed(page, document, placement) for page, placement in enumerate(placements))
        place(pdf, placed, lambda: None, structure)
        _tidy(pdf)
        _describe(pdf, "Judged", datetime(2000, 1, 1, tzinfo=UTC), PageNumbers(tuple(range(1, len(placements) + 1))))
        write_structure(pdf, structure)
        pdfa.prepare(pdf, FLAVOUR)
        return _written(pdf)


def unsigned(drawn: bytes, structure: Structure, title: str, made_at: datetime, numbers: PageNumbers) -> bytes:
    """Return drawn pages as a PDF/A-3b file with their tags (PDF/UA-1) and without a signature: for papers that are no bundles.

    Raises:
        NotArchivable: it is not PDF/A-3b.
    """
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _tidy(pdf)
        _describe(pdf, title, made_at, numbers)
        write_structure(pdf, structure)
        pdfa.prepare(pdf, FLAVOUR)
        content = _written(pdf)
    require_archivable(content)
    return completed(content, is_signed=False)


def place(
    pdf: pikepdf.Pdf, placed: Iterable[Placed], progress: Callable[[], None], structure: Structure | None = None
) -> list[int]:
    """Draw foreign pages on the bundle's, each as one marked-content sequence. Return the indexes, from 0, of the bundle's pages."""
    foreign: list[int] = []
    forms = FormMaker(pdf)
    for item in placed:
        foreign.append(item.page)
        x, y, width, height = item.placement.area
        page = pdf.pages[item.page]
        form = forms.make(item.document, item.placement.source)
        name = page.add_resource(form, Name.XObject)
        area = Rectangle(x, y, x + width, y + height)
        drawing = page.calc_form_xobject_placement(
            form, name, area, invert_transformations=True, allow_shrink=True, allow_expand=True
        )
        if structure is not None:
            drawing = _marked(drawing, item.placement.tag.role, structure.add_content(item.page, item.placement.tag))
        # What was drawn before stands between q and Q, so that no state of it applies to the form (ISO 32000-1, 8.4.2).
        contents = page.obj.Contents
        contents.write(b"q\n" + contents.read_bytes() + b"\nQ\n" + drawing)
        progress()
    return foreign


def _marked(drawing: bytes, role: str, mcid: int) -> bytes:
    """Return content-stream code as one marked-content sequence with an identifier (ISO 32000-1, 14.6 and 14.7.4.2)."""
    return f"/{role} <</MCID {mcid}>> BDC\n".encode("ascii") + drawing + b"EMC\n"


def _tidy(pdf: pikepdf.Pdf) -> None:
    """Remove what reportlab writes and the checks of PDF/A and PDF/UA refuse: page transitions, and glyphs mapped to no character."""
    cleaned: set[tuple[int, int]] = set()
    for page in pdf.pages:
        # reportlab writes an empty /Trans on each page, which the PDF/A check refuses.
        if "/Trans" in page.obj:
            del page.obj["/Trans"]
        for font in _fonts_of(page):
            if font.objgen not in cleaned:
                cleaned.add(font.objgen)
                clean_to_unicode(font)


def _fonts_of(page: pikepdf.Page) -> list[Any]:
    """Return the fonts in a page's own resources."""
    resources = page.obj.get("/Resources")
    fonts = resources.get("/Font") if resources is not None else None
    return list(fonts.values()) if fonts is not None else []


def _describe(pdf: pikepdf.Pdf, title: str, made_at: datetime, numbers: PageNumbers) -> None:
    """Write the metadata: document information and XMP, language, page labels and how the file is shown.

    Both kinds of metadata state the same, so that no reader shows another title or date. PDF/UA requires a title that is displayed instead
    of the file's name (ISO 14289-1, 7.1), and a language (7.2).
    """
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
    root.PageLabels = Dictionary(Nums=pikepdf.Array(list(page_labels(numbers))))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = [LANGUAGE]
        metadata["pdf:Producer"] = "Evidence Trail"
        metadata["xmp:CreateDate"] = made_at.isoformat()
        metadata["xmp:ModifyDate"] = made_at.isoformat()


def _embed(pdf: pikepdf.Pdf, file: Embedded) -> None:
    """Embed a file under its name, with media type and relationship (ISO 19005-3, 6.8). The library lists it in /AF, too."""
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
        # Deflate at level 0 stores the bytes as they are, so that a damaged byte damages one record, which can be named.
        stream = specification.obj.EF.F
        stream.write(zlib.compress(file.content, 0), filter=Name.FlateDecode)


def require_archivable(content: bytes) -> None:
    """Require that a written file, before it is completed, is PDF/A-3b by pikepdf's validator.

    It does not check patterns, shadings, Type 3 fonts and some programs of fonts, and says so. Pages that have them were checked by the second
    validator (docs/decisions/0013-two-judges.md); what that one may miss within them, fonts that are not in the file, is looked for here.

    Raises:
        NotArchivable: it is not.
    """
    report = pdfa.validate_written(io.BytesIO(content), FLAVOUR)
    findings = list(report.violations)
    if not findings and not report.passed:
        findings = [each for each in report.unsupported if _is_never_left(each)]
        findings = findings or ([] if _has_every_font(content) else list(report.unsupported))
    if findings:
        raise NotArchivable([f"{finding.rule} {finding.where}: {finding.message}" for finding in findings])


def _is_never_left(finding: pdfa.Finding) -> bool:
    """Whether a finding of the first validator, on what it did not check, must not be left to the second."""
    return finding.rule in ENDED or any(word in finding.message for word in NEVER_LEFT)


def _has_every_font(content: bytes) -> bool:
    """Whether every font that is named anywhere in a file is in it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or str(item.get("/Subtype")) not in PROGRAMMED:
                continue
            descriptor = item.get("/FontDescriptor")
            is_font = str(item.get("/Type", "/Font")) == "/Font" and "/BaseFont" in item
            if is_font and not (isinstance(descriptor, Dictionary) and any(key in descriptor for key in FONT_PROGRAMS)):
                return False
    return True


def completed(content: bytes, *, is_signed: bool = True) -> bytes:
    """Return a written file with the parts that the PDF/A check does not know (docs/decisions/0006-what-pdfa-check-knows.md).

    One that is to be signed gets the field for it.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        # A form and an opening destination are allowed: ISO 19005-3, 6.4.1 and 6.5.1 forbid actions of fields, appearances
        # made anew and some types of action. The validator knows neither, nor the extension schema of PDF/UA.
        declare_accessible(pdf)
        if is_signed:
            add_signature_field(pdf)
        # A destination, not an action: the top left of page 1 as it is, at 100 % (ISO 32000-1, 12.3.2.2).
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, Name.XYZ, None, None, 1])
        if AMBIGUOUS_END.search(content) is not None:
            _end_streams_unambiguously(pdf)
        return _written(pdf)


def _end_streams_unambiguously(pdf: pikepdf.Pdf) -> None:
    """Append a zero byte to each deflated stream that ends with a carriage return (see `AMBIGUOUS_END`)."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Filter") == Name.FlateDecode:
            raw = item.read_raw_bytes()
            if raw.endswith(b"\r"):
                parms: Any = item.get("/DecodeParms")
                item.write(raw + b"\0", filter=Name.FlateDecode, decode_parms=parms)


def _written(pdf: pikepdf.Pdf) -> bytes:
    """Return the file's bytes, saved with the settings that PDF/A requires."""
    # Without object streams (ISO 32000-1, 7.5.7) a damaged byte damages one object, so the verifier can name the page.
    settings: dict[str, Any] = pdfa.resolve_save_kwargs(
        FLAVOUR, object_stream_mode=pikepdf.ObjectStreamMode.disable, min_version="1.7"
    )
    buffer = io.BytesIO()
    pdf.save(buffer, **settings)
    return buffer.getvalue()
