"""Parser for the fields of receipts (RFC 8098) and delivery reports (RFC 3464), tolerant of what real programs write."""

import re
from typing import Final

MAX_BLOCK_LENGTH: Final = 256 * 1024
"""The most characters of a text that are parsed."""
MAX_BLOCKS: Final = 1_000
"""The most blocks (of recipients) that are parsed."""

# SquirrelMail puts a space before the colon.
_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(.*)", re.DOTALL)
_LINE: Final = re.compile(r"\r\n|\r|\n")

Fields = dict[str, str]
"""Field values by lower-case name."""


def read_fields(text: str) -> Fields:
    """Parse one block of fields. Folded lines are joined (RFC 5322, section 2.2.3); of two with one name the first counts."""
    fields: Fields = {}
    name = ""
    for line in _LINE.split(text[:MAX_BLOCK_LENGTH]):
        if line[:1] in {" ", "\t"}:
            if name:
                fields[name] = f"{fields[name]} {line.strip()}".strip()
            continue
        match = _FIELD.fullmatch(line)
        name = match[1].lower() if match else ""
        if match and name not in fields:
            fields[name] = match[2].strip()
        else:
            # Lines that continue an ignored field are ignored too.
            name = ""
    return fields


def values_of(text: str, name: str) -> list[str]:
    """Return the values of every field with a lower-case name, in all blocks of a text, repetitions included."""
    values = []
    # Split at line ends that no white space follows, so that a folded field stays whole.
    for field in re.split(r"\n(?![ \t])", _LINE.sub("\n", text[:MAX_BLOCK_LENGTH])):
        match = _FIELD.fullmatch(field.rstrip("\n"))
        if match and match[1].lower() == name:
            values.append(" ".join(match[2].split()))
    return values


def read_blocks(text: str) -> list[Fields]:
    """Parse the blocks of fields in a text, which blank lines separate: of a delivery report one for each recipient."""
    blocks: list[Fields] = []
    current: list[str] = []
    for line in [*_LINE.split(text[:MAX_BLOCK_LENGTH]), ""]:
        if line.strip():
            current.append(line)
        elif current:
            blocks.append(read_fields("\n".join(current)))
            current = []
            if len(blocks) >= MAX_BLOCKS:
                break
    return [block for block in blocks if block]


def without_type(value: str) -> str:
    """Return a typed value such as ``rfc822;a@b`` (RFC 3464, section 2.1.2) without its type, which some programs omit."""
    address_type, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and re.fullmatch(r"\s*[A-Za-z0-9-]{1,30}\s*", address_type) else value.strip()
