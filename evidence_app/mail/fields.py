"""The field blocks of receipts and delivery reports, read as loosely as real programs write them."""

import re
from typing import Final

MAX_BLOCK_LENGTH: Final = 256 * 1024
MAX_BLOCKS: Final = 1_000

# SquirrelMail puts a space before the colon.
_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(.*)", re.DOTALL)
_LINE: Final = re.compile(r"\r\n|\r|\n")

Fields = dict[str, str]


def read_fields(text: str) -> Fields:
    """Return the fields of a block by lower-case name. Folded lines are joined; of two with one name the first wins."""
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
            name = ""
    return fields


def values_of(text: str, name: str) -> list[str]:
    """Return the values of every field with a name, in all blocks of a text."""
    found = []
    for block in re.split(r"\n(?![ \t])", _LINE.sub("\n", text[:MAX_BLOCK_LENGTH])):
        match = _FIELD.fullmatch(block.rstrip("\n"))
        if match and match[1].lower() == name:
            found.append(" ".join(match[2].split()))
    return found


def read_blocks(text: str) -> list[Fields]:
    """Return the blocks of fields in a text that blank lines divide."""
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
    """Return an address field such as ``rfc822;a@b`` without its type, which not every program writes."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and re.fullmatch(r"\s*[A-Za-z0-9-]{1,30}\s*", kind) else value.strip()
