"""Which fonts of a document show text, and with which codes: a font that is named and shows nothing need not be embedded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

from evidence_app.documents.resource_limits import DAMAGES

TEXT: Final = "Tf Tj TJ ' \" q Q"
SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
MAX_DEPTH: Final = 12
MAX_DRAWN: Final = 20_000
"""Pages and forms of one document that are looked at."""

Key = tuple[int, int] | int
"""What tells a font from others: its object number, or for one that is none its identity."""


@dataclass(slots=True)
class ShownText:
    """What the streams of a document show: the codes of each font, and the fonts that a stream has and shows nothing in."""

    codes: dict[Key, set[bytes]] = field(default_factory=dict)
    fonts: dict[Key, Any] = field(default_factory=dict)


def key_of(font: Any) -> Key:
    """Return what tells a font from others."""
    return font.objgen if font.is_indirect else id(font)


def drawn_by(pages: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield every page and form that pages may draw, each once, with its resources."""
    seen: set[tuple[int, int]] = set()
    waiting = [(page, page.get("/Resources"), 0) for page in pages]
    count = 0
    while waiting and count < MAX_DRAWN:
        stream, resources, depth = waiting.pop()
        count += 1
        if not isinstance(resources, pikepdf.Dictionary):
            continue
        yield stream, resources
        forms = resources.get("/XObject")
        for form in forms.values() if isinstance(forms, pikepdf.Dictionary) and depth < MAX_DEPTH else ():
            if isinstance(form, pikepdf.Stream) and str(form.get("/Subtype")) == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                # A form without resources of its own uses those of whatever draws it (ISO 32000-1, 7.8.3).
                waiting.append((form, form.get("/Resources", resources), depth + 1))


def shown_text(document: Any) -> ShownText:
    """Return which fonts show text in a document, with the codes as bytes: one a character in simple fonts, two in composite ones."""
    shown = ShownText()
    for stream, resources in drawn_by([page.obj for page in document.pages]):
        fonts = resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            continue
        for font in fonts.values():
            if isinstance(font, pikepdf.Dictionary):
                shown.fonts[key_of(font)] = font
        _add_codes(stream, fonts, shown)
    return shown


def _add_codes(stream: Any, fonts: Any, shown: ShownText) -> None:
    current: Any = None
    stack: list[Any] = []
    for each in pikepdf.parse_content_stream(stream, TEXT):
        operands, name = each.operands, str(each.operator)
        if name == "q":
            stack.append(current)
        elif name == "Q":
            current = stack.pop() if stack else current
        elif name == "Tf" and operands:
            current = fonts.get(str(operands[0]))
        elif name in SHOWS and current is not None:
            texts = operands[-1] if name == "TJ" else [operands[-1]] if operands else []
            codes = shown.codes.setdefault(key_of(current), set())
            wide = str(current.get("/Subtype")) == "/Type0"
            for text in texts:
                if isinstance(text, pikepdf.String):
                    octets = bytes(text)
                    step = 2 if wide else 1
                    codes.update(octets[place : place + step] for place in range(0, len(octets), step))


def drop_unused(document: Any, shown: ShownText, unwanted: set[Key]) -> None:
    """Take fonts that show nothing out of the resources, and out of the content the operators that choose them."""
    for stream, resources in drawn_by([page.obj for page in document.pages]):
        fonts = resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            continue
        names = {
            name
            for name, font in fonts.items()
            if isinstance(font, pikepdf.Dictionary) and key_of(font) in unwanted and not shown.codes.get(key_of(font))
        }
        if not names:
            continue
        _drop_choices(document, stream, names)
        for name in names:
            if name in fonts:
                del fonts[name]


def _drop_choices(document: Any, stream: Any, names: set[str]) -> None:
    """Take the operators that choose some fonts out of a page's or form's content; nothing of it shows text in them."""
    try:
        instructions = list(pikepdf.parse_content_stream(stream))
    except DAMAGES:
        return
    kept = [
        each
        for each in instructions
        if not (str(each.operator) == "Tf" and len(each.operands) and str(each.operands[0]) in names)
    ]
    if len(kept) == len(instructions):
        return
    content = pikepdf.unparse_content_stream(kept)
    if isinstance(stream, pikepdf.Stream):
        stream.write(content)
    else:
        stream.Contents = document.make_stream(content)
