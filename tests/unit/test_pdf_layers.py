"""Layers of a PDF that are off: nothing of them is left, whatever rule turns them off; everything else is."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Operator

from evidence_app.documents.pdf.as_drawn import as_drawn
from tests.support.sample_documents import letter

SECRET, OPEN = "hidden remark", "open words"


def layered(default: dict[str, Any], membership: Any = None, *, as_form: bool = False, usage: str = "") -> bytes:
    """Return a PDF with words in a layer and words outside it. `membership` makes a rule of the layer."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter([SECRET, OPEN]))) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("draft")))
        if usage:
            layer.Usage = Dictionary(View=Dictionary(ViewState=Name(usage)))
        other = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("other")))
        known = {"layer": Array([layer]), "other": Array([other]), "both": Array([layer, other])}
        spelled = {name: known.get(value, value) for name, value in default.items()}
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer, other]), D=Dictionary(**spelled))
        if usage:
            pdf.Root.OCProperties.D.AS = Array(
                [Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([layer]))]
            )
        page = pdf.pages[0]
        named = membership(layer, other) if membership else layer
        instructions = list(pikepdf.parse_content_stream(page))
        first = next(place for place, each in enumerate(instructions) if str(each.operator) == "BT")
        last = next(place for place, each in enumerate(instructions) if str(each.operator) == "ET")
        inside = instructions[first : last + 1]
        if as_form:
            form = pdf.make_stream(pikepdf.unparse_content_stream(inside))
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
            form.Resources, form.OC = page.obj.Resources, pdf.make_indirect(named)
            page.obj.Resources.XObject = Dictionary(Draft=form)
            inside = [pikepdf.ContentStreamInstruction([Name.Draft], Operator("Do"))]
        else:
            page.obj.Resources.Properties = Dictionary(L1=pdf.make_indirect(named))
            opening = pikepdf.ContentStreamInstruction([Name.OC, Name.L1], Operator("BDC"))
            inside = [opening, *inside, pikepdf.ContentStreamInstruction([], Operator("EMC"))]
        content = [*instructions[:first], *inside, *instructions[last + 1 :]]
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))
        pdf.save(out)
    return out.getvalue()


def words_in(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def rule(policy: str) -> Any:
    return lambda layer, other: Dictionary(Type=Name.OCMD, OCGs=Array([layer, other]), P=Name(policy))


def expression(*parts: Any) -> Any:
    def made(layer: Any, other: Any) -> Any:
        named = {"layer": layer, "other": other}
        return Dictionary(Type=Name.OCMD, VE=Array([named.get(part, part) for part in parts]))

    return made


OFF: dict[str, dict[str, Any]] = {
    "named off": {"default": {"OFF": "layer"}},
    "all off": {"default": {"BaseState": Name.OFF}},
    "all off but another": {"default": {"BaseState": Name.OFF, "ON": "other"}},
    "off for viewing": {"default": {}, "usage": "/OFF"},
    "in a form": {"default": {"OFF": "layer"}, "as_form": True},
    "all must be on": {"default": {"OFF": "layer"}, "membership": rule("/AllOn")},
    "one must be on": {"default": {"OFF": "both"}, "membership": rule("/AnyOn")},
    "one must be off": {"default": {}, "membership": rule("/AnyOff")},
    "all must be off": {"default": {"OFF": "other"}, "membership": rule("/AllOff")},
    "an expression": {"default": {"OFF": "other"}, "membership": expression(Name.And, "layer", "other")},
    "not": {"default": {}, "membership": expression(Name.Not, "layer")},
}
ON: dict[str, dict[str, Any]] = {
    "nothing said": {"default": {}},
    "another off": {"default": {"OFF": "other"}},
    "on after all": {"default": {"BaseState": Name.OFF, "ON": "layer"}},
    "one is on": {"default": {"OFF": "other"}, "membership": rule("/AnyOn")},
    "or": {"default": {"OFF": "other"}, "membership": expression(Name.Or, "layer", "other")},
    "on for viewing": {"default": {"OFF": "layer"}, "usage": "/ON"},
}


@pytest.mark.parametrize("case", OFF)
def test_words_in_a_layer_that_is_off_are_gone(case: str) -> None:
    before = layered(**OFF[case])
    assert SECRET in words_in(before), "the sample has no such words"
    after = words_in(as_drawn(before))
    assert SECRET not in after
    assert OPEN in after


@pytest.mark.parametrize("case", ON)
def test_words_in_a_layer_that_is_on_stay(case: str) -> None:
    assert SECRET in words_in(as_drawn(layered(**ON[case])))


def test_a_file_without_layers_and_notes_is_the_same_file() -> None:
    content = letter([OPEN])
    assert as_drawn(content) is content


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", letter([OPEN])[:900]])
def test_a_damaged_file_is_no_fault(content: bytes) -> None:
    assert isinstance(as_drawn(content), bytes)
