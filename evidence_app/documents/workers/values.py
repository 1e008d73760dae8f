"""Values as they go through the pipe to a worker and back: JSON, with bytes beside it, moments, and the classes of one table by name and fields."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

CLASSES: Final = {
    "ShownWord": "evidence_app.documents.shown_words",
    "Reading": "evidence_app.documents.shown_words",
    "TextOfPage": "evidence_app.documents.pdf.words",
    "ShownPage": "evidence_app.documents.shown_words",
    "WordSource": "evidence_app.documents.shown_words",
    "Recognised": "evidence_app.documents.recognition",
    "Run": "evidence_app.documents.office.content",
    "Change": "evidence_app.documents.office.content",
    "Paragraph": "evidence_app.documents.office.content",
    "ContentTable": "evidence_app.documents.office.content",
    "DocumentContent": "evidence_app.documents.office.content",
    "Pixels": "evidence_app.documents.workers.values",
    "PdfFacts": "evidence_app.documents.foreign_pdf",
    "PictureFacts": "evidence_app.documents.foreign_picture",
    "StoredPicture": "evidence_app.bundle.typeset.page_writer",
    "TakenOut": "evidence_app.bundle.exhibits.handover_pages",
    "Placing": "evidence_app.bundle.exhibits.placeable_pdf",
    "Mail": "evidence_app.mail.values",
    "MailKind": "evidence_app.mail.values",
    "MailReceipt": "evidence_app.mail.values",
    "Delivery": "evidence_app.mail.values",
    "AttachedFile": "evidence_app.mail.values",
    "Report": "evidence_app.proof.verdicts",
    "Check": "evidence_app.proof.verdicts",
    "Verdict": "evidence_app.proof.verdicts",
    "Checkpoint": "evidence_app.proof.checkpoints",
    "StoredItem": "evidence_app.mail.outlook.personal_store",
}
"""The classes that may go through the pipe, and where they are: data classes, named tuples and enumerations, which hold nothing but values."""


class MalformedValue(Exception):
    """Something that is no value of these came through the pipe."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as its pixels, row by row: `mode` is L (grey) or RGB, eight bits a colour."""

    mode: str
    width: int
    height: int
    content: bytes

    def picture(self) -> Any:
        """Return it as a Pillow image."""
        from PIL import Image

        return Image.frombytes(self.mode, (self.width, self.height), self.content)


def pixels_of(image: Any) -> Pixels:
    """Return a Pillow image, grey or in colours, as its pixels."""
    plain = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    return Pixels(plain.mode, plain.width, plain.height, plain.tobytes())


def encode(value: Any, blobs: list[bytes]) -> Any:
    """Return a value as JSON; bytes in it are added to `blobs`, and their place among them stands in their stead.

    Raises:
        MalformedValue: it holds something that does not go through the pipe.
    """
    if isinstance(value, Enum):
        return {"enum": [_name_of(value), value.value]}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, bytes | bytearray | memoryview):
        blobs.append(bytes(value))
        return {"blob": len(blobs) - 1}
    if isinstance(value, dict):
        return {"map": [[encode(key, blobs), encode(each, blobs)] for key, each in value.items()]}
    if isinstance(value, set | frozenset):
        return {"set": [encode(each, blobs) for each in value]}
    if is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in fields(value)]
        return {"class": [_name_of(value), [encode(each, blobs) for each in parts]]}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {"class": [_name_of(value), [encode(each, blobs) for each in value]]}
    if isinstance(value, list | tuple):
        return [encode(each, blobs) for each in value]
    raise MalformedValue(type(value).__name__)


def _name_of(value: Any) -> str:
    name = type(value).__name__
    if CLASSES.get(name) != type(value).__module__:
        raise MalformedValue(name)
    return name


def decode(untrusted: Any, blobs: list[bytes]) -> Any:
    """Return the value of JSON; lists become tuples.

    Raises:
        MalformedValue: it is none.
    """
    if untrusted is None or isinstance(untrusted, bool | int | float | str):
        return untrusted
    if isinstance(untrusted, list):
        return tuple(decode(each, blobs) for each in untrusted)
    if not isinstance(untrusted, dict) or len(untrusted) != 1:
        raise MalformedValue
    ((kind, held),) = untrusted.items()
    try:
        if kind == "blob":
            return blobs[held]
        if kind == "moment":
            return datetime.fromisoformat(held)
        if kind == "map":
            return {decode(key, blobs): decode(each, blobs) for key, each in held}
        if kind == "set":
            return frozenset(decode(each, blobs) for each in held)
        name, given = held
        if kind == "enum":
            return _class(name)(given)
        if kind == "class":
            return _class(name)(*(decode(each, blobs) for each in given))
    except (TypeError, ValueError, KeyError, IndexError, RecursionError) as error:
        raise MalformedValue from error
    raise MalformedValue


@lru_cache(maxsize=32)
def _class(name: str) -> Any:
    return getattr(import_module(CLASSES[name]), name)
