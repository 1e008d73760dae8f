"""Blocks: text for a file, an e-mail or a QR code, with a checksum against accidents (docs/spec/exchange.md, section 1)."""

import hashlib
import re
from enum import StrEnum
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64

LINE: Final = 64
"""Length of a line of base64, in characters."""
MAX_BLOCK_LENGTH: Final = 65_536
"""Maximum length of a block after its first line, in characters."""
# The first bytes of the content's SHA-256.
_CHECK_BYTES: Final = 4
_BEGIN: Final = re.compile(r"-----BEGIN EVIDENCE TRAIL ([A-Z]{1,20}(?: [A-Z]{1,20})?)-----")
# Characters that mail programs and people insert when they quote or wrap lines.
_BETWEEN: Final = re.compile(r"[\s>|\u00a0]+")
CUT: Final = "It was cut off or changed on the way. Ask for it again."


class Label(StrEnum):
    """The type of a block's content, as in its first and last line."""

    CARD = "CARD"
    REQUEST = "WITNESS REQUEST"
    COSIGNED = "COSIGNED CHECKPOINT"
    REFUSAL = "WITNESS REFUSAL"
    RECEIPT = "RECEIPT"


_NAMES: Final = {
    Label.CARD: "a card",
    Label.REQUEST: "a witness request",
    Label.COSIGNED: "a cosigned checkpoint",
    Label.REFUSAL: "a witness's refusal",
    Label.RECEIPT: "a receipt for a hand-over",
}


def write_block(label: Label, content: str) -> str:
    """Encode content as a block, in lines."""
    raw = content.encode("utf-8")
    encoded = base64.encode(hashlib.sha256(raw).digest()[:_CHECK_BYTES] + raw)
    lines = [encoded[start : start + LINE] for start in range(0, len(encoded), LINE)]
    return "\n".join((f"-----BEGIN EVIDENCE TRAIL {label}-----", *lines, f"-----END EVIDENCE TRAIL {label}-----", ""))


def on_one_line(block: str) -> str:
    """Return a block without line breaks, for a QR code."""
    return block.replace("\n", "")


def find_block(untrusted_text: str) -> tuple[Label, str]:
    """Return the label and the content of the first block in a text. The content is untrusted: the checksum is no signature.

    Raises:
        InputError: there is none, or it is cut off or altered.
    """
    begin = _BEGIN.search(untrusted_text)
    if begin is None:
        raise InputError("There is no card, witness request or answer of Evidence Trail in it.")
    try:
        label = Label(" ".join(begin[1].split()))
    except ValueError as error:
        raise InputError("It holds something that this version of the program does not know.") from error
    rest = untrusted_text[begin.end() : begin.end() + MAX_BLOCK_LENGTH]
    encoded, end, _ = rest.partition(f"-----END EVIDENCE TRAIL {label}-----")
    if not end:
        raise InputError(f"This is only the beginning of {_NAMES[label]}. {CUT}")
    try:
        raw = base64.decode(_BETWEEN.sub("", encoded))
        content = raw[_CHECK_BYTES:].decode("utf-8")
    except (InputError, UnicodeDecodeError) as error:
        raise InputError(f"This is {_NAMES[label]} that cannot be read. {CUT}") from error
    if len(raw) <= _CHECK_BYTES or hashlib.sha256(raw[_CHECK_BYTES:]).digest()[:_CHECK_BYTES] != raw[:_CHECK_BYTES]:
        raise InputError(f"This is {_NAMES[label]} that does not fit its checksum. {CUT}")
    return label, content


def has_block(untrusted_text: str) -> bool:
    """Return whether a block begins anywhere in a text."""
    return _BEGIN.search(untrusted_text) is not None


def after_block(untrusted_text: str) -> str:
    """Return the text after the first block, which the caller has read; empty if there is no block."""
    begin = _BEGIN.search(untrusted_text)
    if begin is None:
        return ""
    label = " ".join(begin[1].split())
    return untrusted_text[begin.end() :].partition(f"-----END EVIDENCE TRAIL {label}-----")[2]


def read_block(untrusted_text: str, wanted: Label) -> str:
    """Return the content of the first block in a text, which must have the label `wanted`.

    Raises:
        InputError: there is none, it is cut off or altered, or it has another label.
    """
    label, content = find_block(untrusted_text)
    if label is not wanted:
        raise InputError(f"This is {_NAMES[label]}, and {_NAMES[wanted]} is needed here.")
    return content
