"""Altered copies of a bundle, made systematically: each is a name and what it makes of the bundle's bytes."""

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, String

Change = Callable[[pikepdf.Pdf], object]
MANIFEST = "evidence-trail-manifest.json"
NOTE = "evidence-trail-manifest.note"


def flipped(content: bytes, place: int, bit: int = 4) -> bytes:
    """Return the bytes with one bit changed."""
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def saved(content: bytes, change: Change = lambda _pdf: None, **how: object) -> bytes:
    """Return the bundle changed and written anew."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def root_of(content: bytes) -> tuple[int, int]:
    """Return the number of the catalogue, and how many objects there are."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.Root.objgen[0], int(pdf.trailer.Size)


def updated(content: bytes, objects: dict[int, bytes], *, trailer: bytes = b"", hidden: bool = False) -> bytes:
    """Return the bundle with an incremental update behind it; a hidden one has objects that its table does not name."""
    root, size = root_of(content)
    previous = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    out, offsets = bytearray(content), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        if not hidden:
            out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max([size, *(number + 1 for number in objects)])
    out += b"trailer\n<</Root %d 0 R /Size %d /Prev %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        size,
        previous,
        trailer,
        start,
    )
    return bytes(out)


def body_of(
    content: bytes, pick: Callable[[pikepdf.Pdf], pikepdf.Object], change: Callable[[pikepdf.Object], object]
) -> tuple[int, bytes]:
    """Return the number of a dictionary and its bytes once it is changed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = pick(pdf)
        number = found.objgen[0]
        change(found)
        return number, found.unparse(resolved=True)


def page_update(content: bytes, page: int, change: Callable[[pikepdf.Object], object], **more: object) -> bytes:
    """Return the bundle with an update that changes the dictionary of a page."""
    number, body = body_of(content, lambda pdf: pdf.pages[page].obj, change)
    return updated(content, {number: body}, **more)


def root_update(content: bytes, change: Callable[[pikepdf.Object], object], **more: object) -> bytes:
    """Return the bundle with an update that changes the catalogue."""
    number, body = body_of(content, lambda pdf: pdf.Root, change)
    return updated(content, {number: body}, **more)


def with_key(body: bytes) -> Callable[[bytes], bytes]:
    """Return what adds some bytes to the catalogue, whatever they are."""

    def change(content: bytes) -> bytes:
        number, old = body_of(content, lambda pdf: pdf.Root, lambda _root: None)
        return updated(content, {number: old.rstrip()[:-2] + body + b" >>"})

    return change


def on_page(body: bytes, page: int = 2) -> Callable[[bytes], bytes]:
    """Return what adds some bytes to the dictionary of a page, whatever they are."""

    def change(content: bytes) -> bytes:
        number, old = body_of(content, lambda pdf: pdf.pages[page].obj, lambda _page: None)
        return updated(content, {number: old.rstrip()[:-2] + body + b" >>"})

    return change


def in_resources(body: bytes, page: int = 2) -> Callable[[bytes], bytes]:
    """Return what adds some bytes to the resources of a page, whatever they are."""

    def change(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            opened = pdf.pages[page].obj
            resources = opened.Resources.unparse(resolved=True).rstrip()[:-2] + body + b" >>"
            del opened.Resources
            number, rest = opened.objgen[0], opened.unparse(resolved=True).rstrip()[:-2]
        return updated(content, {number: rest + b" /Resources " + resources + b" >>"})

    return change


def annotated(**members: object) -> Callable[[bytes], bytes]:
    """Return what adds an annotation to a page."""

    def change(content: bytes) -> bytes:
        def add(page: pikepdf.Object) -> None:
            known = list(page.get("/Annots", Array()))
            page.Annots = Array([*known, Dictionary(Type=Name.Annot, Rect=[10, 10, 200, 60], **members)])

        return page_update(content, 1, add)

    return change


def overlay(pdf: pikepdf.Pdf) -> None:
    """Draw over a page."""
    pdf.pages[1].contents_add(b"0 g 10 10 100 100 re f", prepend=False)


def edited(name: str, change: Callable[[bytes], bytes]) -> Change:
    """Return what changes an embedded file."""

    def apply(pdf: pikepdf.Pdf) -> None:
        tree = pdf.Root.Names.EmbeddedFiles
        for place, each in enumerate(tree.Names):
            if isinstance(each, String) and str(each) == name:
                stream = tree.Names[place + 1].EF.F
                stream.write(change(stream.read_bytes()))

    return apply


def embedded(change: Callable[[pikepdf.Pdf, list], list]) -> Change:
    """Return what changes the list of embedded files."""

    def apply(pdf: pikepdf.Pdf) -> None:
        names = list(pdf.Root.Names.EmbeddedFiles.Names)
        pdf.Root.Names.EmbeddedFiles.Names = Array(change(pdf, names))

    return apply


def another_file(pdf: pikepdf.Pdf, names: list) -> list:
    """Add a file that nobody accounts for."""
    stream = pdf.make_stream(b"more")
    entry = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F="zz.txt", UF="zz.txt", EF=Dictionary(F=stream, UF=stream))
    )
    return [*names, String("zz.txt"), entry]


def twice(pdf: pikepdf.Pdf, names: list) -> list:
    """Name the manifest twice, the second time with other bytes."""
    stream = pdf.make_stream(b"{}")
    entry = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=MANIFEST, UF=MANIFEST, EF=Dictionary(F=stream, UF=stream))
    )
    return [*names, String(MANIFEST), entry]


def entry_changed(change: Callable[[pikepdf.Object], object]) -> Change:
    """Return what changes the first file specification."""
    return lambda pdf: change(pdf.Root.Names.EmbeddedFiles.Names[1])


def deep(levels: int) -> bytes:
    """Return arrays within each other."""
    return b"[" * levels + b"]" * levels


def moved(pdf: pikepdf.Pdf) -> None:
    """Move a page to another place."""
    page = pdf.pages[3]
    del pdf.pages[3]
    pdf.pages.insert(7, page)


def same_twice(pdf: pikepdf.Pdf) -> None:
    """Show a page twice."""
    pdf.pages.append(pdf.pages[4])


def inherited(pdf: pikepdf.Pdf) -> None:
    """Give the media box of all pages to the root of the page tree."""
    boxes = {bytes(page.obj.MediaBox.unparse()) for page in pdf.pages}
    if len(boxes) == 1 and "/MediaBox" in pdf.pages[0].obj:
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        for page in pdf.pages:
            del page.obj.MediaBox


def parents_in_a_circle(pdf: pikepdf.Pdf) -> None:
    """Let the parents of a page lead back."""
    one, other = pdf.make_indirect(Dictionary()), pdf.make_indirect(Dictionary())
    one.Parent, other.Parent = other, one
    pdf.pages[2].obj.Parent = one


def in_a_circle(pdf: pikepdf.Pdf) -> None:
    """Let the resources of a page lead back."""
    circle = pdf.make_indirect(Dictionary())
    circle.Next = circle
    pdf.pages[2].obj.Resources.Circle = circle


def whole_name_tree(pdf: pikepdf.Pdf) -> None:
    """Hang the list of embedded files one level deeper."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    kid = pdf.make_indirect(Dictionary(Names=names, Limits=[names[0], names[-2]]))
    pdf.Root.Names.EmbeddedFiles = Dictionary(Kids=[kid])


def deep_name_tree(levels: int) -> Change:
    """Return what hangs the list of embedded files so many levels deeper."""

    def apply(pdf: pikepdf.Pdf) -> None:
        names = pdf.Root.Names.EmbeddedFiles.Names
        node = pdf.make_indirect(Dictionary(Names=names, Limits=[names[0], names[-2]]))
        for _ in range(levels):
            node = pdf.make_indirect(Dictionary(Kids=[node], Limits=[names[0], names[-2]]))
        pdf.Root.Names.EmbeddedFiles = node

    return apply


def set_on(key: str, value: object, page: int | None = None) -> Change:
    """Return what sets a key of the catalogue or of a page."""
    return lambda pdf: (pdf.Root if page is None else pdf.pages[page].obj).__setitem__(Name(key), value)


def decoded_contents(filters: list[str]) -> Change:
    """Return what writes the content of a page with other filters."""

    def apply(pdf: pikepdf.Pdf) -> None:
        data = pdf.pages[2].Contents.read_bytes()
        if filters == ["/ASCIIHexDecode"]:
            stream = Stream(pdf, data.hex().encode() + b">")
            stream.Filter = Name.ASCIIHexDecode
        elif filters == ["/RunLengthDecode"]:
            runs = b"".join(
                bytes([len(data[at : at + 100]) - 1]) + data[at : at + 100] for at in range(0, len(data), 100)
            )
            stream = Stream(pdf, runs + b"\x80")
            stream.Filter = Name.RunLengthDecode
        else:
            stream = Stream(pdf, data)
        pdf.pages[2].obj.Contents = pdf.make_indirect(stream)

    return apply


def contents_in_two(pdf: pikepdf.Pdf) -> None:
    """Cut the content of a page in two at a line's end."""
    data = pdf.pages[2].Contents.read_bytes()
    cut = data.find(b"\n", len(data) // 2)
    pdf.pages[2].obj.Contents = Array([pdf.make_stream(data[:cut]), pdf.make_stream(data[cut + 1 :])])


def action_in_outlines(pdf: pikepdf.Pdf) -> None:
    """Let an entry of the outlines open something."""
    pdf.Root.Outlines.First.A = Dictionary(S=Name.URI, URI="https://example.org/")


UPDATES: dict[str, Callable[[bytes], bytes]] = {
    "an empty update": lambda content: updated(content, {}),
    "a highlight": annotated(Subtype=Name.Highlight, QuadPoints=[10, 60, 200, 60, 10, 10, 200, 10]),
    "a stamp": annotated(Subtype=Name.Stamp, Name=Name.Approved),
    "a text note": annotated(Subtype=Name.Text, Contents="well"),
    "a popup": annotated(Subtype=Name.Popup),
    "a link out": annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://example.org/")),
    "a link that goes on": annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=[0])),
    "a link with a border": annotated(Subtype=Name.Link, Dest=[0], Border=[0, 0, 1]),
    "a link within": annotated(Subtype=Name.Link, Dest=[0], Border=[0, 0, 0]),
    "a link with a border of other zeroes": annotated(Subtype=Name.Link, Dest=[0], Border=[0, 0.0, 0]),
    "a file on a page": annotated(Subtype=Name.FileAttachment),
    "a visible signature": annotated(Subtype=Name.Widget, FT=Name.Sig),
    "an annotation without a sort": annotated(),
    "an annotation that is null": lambda content: page_update(
        content, 1, lambda page: page.__setitem__("/Annots", Array([None]))
    ),
    "annotations that are no list": on_page(b"/Annots 7", 0),
    "a hidden object": lambda content: page_update(
        content, 1, lambda page: page.__setitem__("/Rotate", 90), hidden=True
    ),
    "a page turned": lambda content: page_update(content, 1, lambda page: page.__setitem__("/Rotate", 90)),
    "a page turned by nought": lambda content: page_update(content, 1, lambda page: page.__setitem__("/Rotate", 0)),
    "an action on opening": lambda content: root_update(
        content, lambda root: root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="1"))
    ),
    "a place on opening": lambda content: root_update(
        content, lambda root: root.__setitem__("/OpenAction", Array([0]))
    ),
    "actions of the document": lambda content: root_update(content, lambda root: root.__setitem__("/AA", Dictionary())),
    "actions that are null": with_key(b"/AA null"),
    "a collection": with_key(b"/Collection <<>>"),
    "a form with XFA": lambda content: root_update(
        content, lambda root: root.AcroForm.__setitem__("/XFA", String("x"))
    ),
    "scripts": lambda content: root_update(content, lambda root: root.Names.__setitem__("/JavaScript", Dictionary())),
    "actions of a page": on_page(b"/AA <<>>"),
    "files of a page": on_page(b"/AF []"),
    "a key twice in the catalogue": with_key(b"/Lang (en) /Lang (cy)"),
    "a key twice in a page": on_page(b"/Rotate 0 /Rotate 90"),
    "a key twice in an object that is not read": lambda content: updated(
        content, {root_of(content)[1]: b"<</A 1/A 2>>"}
    ),
    "a hybrid trailer": lambda content: updated(content, {}, trailer=b"/XRefStm 10"),
    "the word of hybrid files": lambda content: updated(content, {root_of(content)[1]: b"(/XRefStm)"}),
    "a free object": lambda content: freed(content),
    "a page that is null": lambda content: updated(content, {page_number(content, 1): b"null"}),
    "two values for one object": lambda content: updated(
        updated(content, {root_of(content)[1]: b"1"}), {root_of(content)[1]: b"2"}
    ),
}

RESOURCES = {
    "deep arrays": b"/X " + deep(150),
    "arrays too deep": b"/X " + deep(250),
    "arrays far too deep": b"/X " + deep(3000),
    "a huge number": b"/X 1" + b"0" * 500,
    "a number of too many digits": b"/X 1." + b"1" * 1200,
    "decimals": b"/X [1.000004 1.000005 1.000015 -0.000001 -0 +3 00.5 .5 5. 1.0]",
    "a name with signs": b"/X /a#20b#2Fc",
    "a name that is no UTF-8": b"/X /a#FF",
    "a key that is no UTF-8": b"/a#FF 1",
    "strings": b"/X [(a\\(b\\)c\\\\ \\101\\12\\r\\q) <4a 4B5> (two\r\nlines \\\njoined)]",
    "a null": b"/X null",
    "a reference to nothing": b"/X 999999 0 R",
    "a word that is nothing": b"/X nothing",
}

REWRITTEN: dict[str, tuple[Change, dict[str, object]]] = {
    "written anew": (lambda _pdf: None, {}),
    "object streams": (lambda _pdf: None, {"object_stream_mode": ObjectStreamMode.generate}),
    "no object streams": (lambda _pdf: None, {"object_stream_mode": ObjectStreamMode.disable}),
    "linearised": (lambda _pdf: None, {"linearize": True}),
    "uncompressed": (
        lambda _pdf: None,
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    ),
    "laid open": (lambda _pdf: None, {"qdf": True}),
    "content normalised": (lambda _pdf: None, {"normalize_content": True}),
    "recompressed": (lambda _pdf: None, {"recompress_flate": True}),
    "encrypted": (lambda _pdf: None, {"encryption": pikepdf.Encryption(owner="o", user="u")}),
    "encrypted without a password": (lambda _pdf: None, {"encryption": pikepdf.Encryption(owner="o", user="")}),
    "text over a page": (overlay, {}),
    "a page taken out": (lambda pdf: pdf.pages.__delitem__(3), {}),
    "a page put in": (lambda pdf: pdf.add_blank_page(page_size=(300, 300)), {}),
    "a page moved": (moved, {}),
    "a page twice": (same_twice, {}),
    "pages back to front": (lambda pdf: pdf.pages.reverse(), {}),
    "a blank page for a page": (lambda pdf: pdf.pages.__setitem__(2, pdf.pages[0]), {}),
    "inherited boxes": (inherited, {}),
    "parents in a circle": (parents_in_a_circle, {}),
    "resources in a circle": (in_a_circle, {}),
    "content in two streams": (contents_in_two, {}),
    "content in hexadecimal": (decoded_contents(["/ASCIIHexDecode"]), {"compress_streams": False}),
    "content in runs": (decoded_contents(["/RunLengthDecode"]), {"compress_streams": False}),
    "content without a filter": (decoded_contents([]), {"compress_streams": False}),
    "the manifest with a space more": (edited(MANIFEST, lambda data: data + b" "), {}),
    "the manifest with another title": (edited(MANIFEST, lambda data: data.replace(b'"title":"', b'"title":"x')), {}),
    "the manifest cut short": (edited(MANIFEST, lambda data: data[:-10]), {}),
    "the manifest with a digest changed": (edited(MANIFEST, lambda data: flipped_digest(data)), {}),
    "the note changed": (edited(NOTE, lambda data: flipped(data, 60, 1)), {}),
    "the note without its end": (edited(NOTE, lambda data: data[:-1]), {}),
    "a file more": (embedded(another_file), {}),
    "a name twice": (embedded(twice), {}),
    "no files": (embedded(lambda _pdf, _names: []), {}),
    "the note taken out": (embedded(lambda _pdf, names: names[:2]), {}),
    "a file renamed": (embedded(lambda _pdf, names: [*names[:2], String("other.note"), *names[3:]]), {}),
    "a file with /RF": (entry_changed(lambda entry: entry.__setitem__("/RF", Dictionary())), {}),
    "a file with another /UF": (entry_changed(lambda entry: entry.__setitem__("/UF", String("x"))), {}),
    "a file without /UF": (entry_changed(lambda entry: entry.__delitem__("/UF")), {}),
    "a file without /UF of its stream": (
        entry_changed(lambda entry: entry.EF.__delitem__("/UF") if "/UF" in entry.EF else None),
        {},
    ),
    "a file of another system": (entry_changed(lambda entry: entry.EF.__setitem__("/DOS", entry.EF.F)), {}),
    "no associated files": (lambda pdf: pdf.Root.__delitem__("/AF"), {}),
    "an associated file twice": (lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0]), {}),
    "a deeper name tree": (whole_name_tree, {}),
    "a name tree of 20 levels": (deep_name_tree(20), {}),
    "a name tree of 22 levels": (deep_name_tree(22), {}),
    "an outline that opens something": (action_in_outlines, {}),
    "a page with a user unit": (set_on("/UserUnit", 2, 1), {}),
    "a page with a crop box": (set_on("/CropBox", Array([0, 0, 100, 100]), 1), {}),
    "no form": (lambda pdf: pdf.Root.__delitem__("/AcroForm"), {}),
}


def flipped_digest(data: bytes) -> bytes:
    """Change one digit of the first digest of a page."""
    at = data.index(b'"pages":[') + 15
    return data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]


def page_number(content: bytes, page: int) -> int:
    """Return the number of the object of a page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.pages[page].obj.objgen[0]


def freed(content: bytes) -> bytes:
    """Return the bundle with an update that says that a page's object is free."""
    number = page_number(content, 1)
    root, size = root_of(content)
    previous = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    table = b"xref\n%d 1\n0000000000 00001 f \ntrailer\n<</Root %d 0 R /Size %d /Prev %d>>\n" % (
        number,
        root,
        size,
        previous,
    )
    return content + table + b"startxref\n%d\n%%%%EOF\n" % len(content)


def of_bytes(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Return copies with bytes changed, cut away or added."""
    for share in range(0, 100, 5):
        place = min(len(content) - 1, len(content) * share // 100 + 3)
        yield f"a bit changed at {share} percent", flipped(content, place)
    for share in (1, 20, 40, 60, 80, 95, 99):
        yield f"cut to {share} percent", content[: len(content) * share // 100]
    for count in (1, 3, 8, 20, 60):
        yield f"cut by {count} bytes", content[:-count]
    at = content.rfind(b"/ByteRange")
    yield "a digit of the byte range changed", flipped(content, content.find(b"[", at) + 4, 1)
    gap = content.find(b"/Contents", at)
    yield "a digit of the signature changed", flipped(content, gap + 300, 1)
    yield "lower-case hexadecimal", content[: gap + 40] + content[gap + 40 : gap + 400].lower() + content[gap + 400 :]
    yield "a line more at the end", content + b"\n"
    yield "noise at the end", content + b"x" * 3000
    yield "noise before", b"noise\n" + content
    yield "another place of the table", re.sub(rb"startxref\s+\d+\s+%%EOF\s*$", b"startxref\n17\n%%EOF\n", content)
    yield "no place of the table", content[: content.rfind(b"startxref")]


def altered_copies(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Return every altered copy of a bundle, with its name."""
    yield from of_bytes(content)
    for name, change in UPDATES.items():
        yield name, change(content)
    for name, body in RESOURCES.items():
        yield name, in_resources(body)(content)
    for name, (apply, how) in REWRITTEN.items():
        yield name, saved(content, apply, **how)
