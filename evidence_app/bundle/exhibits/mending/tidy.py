"""Takes out of a copy what readers pass over: instructions that do nothing, keys that screens do not use, pictures in a coding of their own."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Name

from evidence_app.bundle.exhibits.mending.shown_text import SHOWS, drawn_by
from evidence_app.documents.resource_limits import DAMAGES

LANGUAGE: Final = """
    b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri
    s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
OPERATORS: Final = frozenset({*LANGUAGE.split(), "INLINE IMAGE"})
"""The operators of content streams (ISO 32000-1, annex A), and pikepdf's name for a picture within one."""
COUNTS: Final = {
    **dict.fromkeys(
        ("b", "B", "b*", "B*", "BT", "ET", "f", "F", "f*", "h", "n", "q", "Q", "s", "S", "W", "W*", "T*"), 0
    ),
    **dict.fromkeys(
        ("cs", "CS", "Do", "gs", "g", "G", "i", "j", "J", "M", "w", "ri", "sh", "Tc", "TL", "Tr", "Ts", "Tw", "Tz"), 1
    ),
    **dict.fromkeys(("Tj", "TJ", "'"), 1),
    **dict.fromkeys(("d", "l", "m", "Td", "TD", "Tf", "BDC"), 2),
    **dict.fromkeys(("rg", "RG", '"'), 3),
    **dict.fromkeys(("k", "K", "re", "v", "y"), 4),
    **dict.fromkeys(("c", "cm", "Tm"), 6),
}
"""How many operands an operator takes."""
NAMED: Final = {"Do": "/XObject", "gs": "/ExtGState", "Tf": "/Font", "sh": "/Shading"}
"""Operators that name a resource, and the kind of it."""
TEXT_ALONE: Final = frozenset({"Tj", "TJ", "'", '"', "Td", "TD", "Tm", "T*"})
"""Operators that do something between BT and ET alone."""
UNSEEN: Final = ("/TR", "/TR2")
"""Curves of printing machines, which screens do not apply."""
JPEG_2000: Final = "/JPXDecode"
MODES: Final = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def tidy(document: Any) -> None:
    """Tidy the pages of a document and what they draw, in place."""
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and str(item.get("/Subtype")) == "/Image":
            _tidy_picture(item)
        elif isinstance(item, pikepdf.Dictionary):
            for key in UNSEEN:
                if key in item:
                    del item[key]
            if "/BaseFont" in item and "/Subtype" in item and "/Type" not in item:
                item.Type = Name.Font
            backdrop = item.get("/BC")
            if isinstance(backdrop, Array) and backdrop.is_indirect:
                item.BC = Array([*backdrop])
    for stream, resources in drawn_by([page.obj for page in document.pages]):
        if "/ProcSet" in resources:
            # No reader looks at it (ISO 32000-1, 14.2).
            del resources["/ProcSet"]
        _tidy_content(document, stream, resources)


def _tidy_content(document: Any, stream: Any, resources: Any) -> None:
    try:
        instructions = list(pikepdf.parse_content_stream(stream))
        kept = list(_with_effect(instructions, resources))
        if len(kept) == len(instructions) and all(one is other for one, other in zip(kept, instructions, strict=True)):
            return
        content = pikepdf.unparse_content_stream(kept)
    except (TypeError, *DAMAGES):
        return
    if isinstance(stream, pikepdf.Stream):
        stream.write(content)
    else:
        stream.Contents = document.make_stream(content)


def _with_effect(instructions: list[Any], resources: Any) -> Iterator[Any]:
    """Yield the instructions that do something; states and texts that are left open are closed."""
    depth, in_text, font, fonts = 0, False, False, [False]
    for each in instructions:
        name = str(each.operator)
        if not _is_whole(each, name, resources) or (name == "Q" and not depth) or (name == "ET" and not in_text):
            continue
        if (name == "BT" and in_text) or (name in TEXT_ALONE and not in_text) or (name in SHOWS and not font):
            continue
        if name == "q":
            depth, fonts = depth + 1, [*fonts, font]
        elif name == "Q":
            depth, font = depth - 1, fonts.pop()
        elif name in {"BT", "ET"}:
            in_text = name == "BT"
        elif name == "Tf":
            font = True
        yield each
    if in_text:
        yield _instruction("ET")
    yield from (_instruction("Q") for _ in range(depth))


def _is_whole(instruction: Any, name: str, resources: Any) -> bool:
    """Whether an instruction is one of the language, has its operands, and names what is there."""
    if name not in OPERATORS:
        return False
    if name in COUNTS and len(instruction.operands) != COUNTS[name]:
        return False
    kind = NAMED.get(name)
    if kind is None:
        return True
    there = resources.get(kind)
    return isinstance(there, pikepdf.Dictionary) and str(instruction.operands[0]) in there


def _instruction(operator: str) -> Any:
    return pikepdf.ContentStreamInstruction([], pikepdf.Operator(operator))


def _tidy_picture(item: Any) -> None:
    """Write a JPEG 2000 picture in a coding that every reader of PDF/A has, and take away what is no mask."""
    for key in ("/SMask", "/Mask"):
        if isinstance(item.get(key), pikepdf.Name):
            del item[key]
    coding = item.get("/Filter")
    names = [str(each) for each in coding] if isinstance(coding, Array) else [str(coding)]
    if names != [JPEG_2000] or "/SMaskInData" in item:
        return
    from PIL import Image

    try:
        with Image.open(io.BytesIO(item.read_raw_bytes()), formats=["JPEG2000"]) as picture:
            if picture.mode not in MODES or picture.size != (int(item.Width), int(item.Height)):
                return
            content, mode = picture.tobytes(), picture.mode
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, *DAMAGES):
        return
    item.write(content)
    item.BitsPerComponent = 8
    if "/ColorSpace" not in item:
        item.ColorSpace = MODES[mode]
