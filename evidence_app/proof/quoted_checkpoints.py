"""Heads of logs quoted in text: the checkpoint line that a drafted e-mail ends in (docs/spec/mail.md, section 5)."""

import re
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.merkle import HASH_SIZE

MAX_CHECKPOINTS: Final = 50
# A mail program may wrap the line, quote it with > or | and put a space in front.
_BETWEEN: Final = r"[\s>|\u00a0]{1,40}"
_HEAD: Final = re.compile(
    rf"(evidence-trail/[a-z2-7]{{32}}){_BETWEEN}(0|[1-9][0-9]{{0,17}}){_BETWEEN}([A-Za-z0-9+/]{{43}}=)(?![A-Za-z0-9+/=])"
)


def find_quoted_checkpoints(untrusted_text: str) -> list[Checkpoint]:
    """Return the heads that a text quotes, in its order, each once. That a head is quoted proves nothing by itself."""
    found: dict[Checkpoint, None] = {}
    for match in _HEAD.finditer(untrusted_text):
        try:
            root = base64.decode(match[3], size=HASH_SIZE)
        except InputError:
            continue
        found[Checkpoint(match[1], int(match[2]), root)] = None
        if len(found) >= MAX_CHECKPOINTS:
            break
    return list(found)


def without_quoted_checkpoints(text: str) -> str:
    """Return a text without the heads that it quotes: what looks like an identifier in a hash is none."""
    return _HEAD.sub(" ", text)


def read_checkpoint_line(untrusted_line: str) -> Checkpoint | None:
    """Return the head on a line that holds nothing else, or None."""
    found = find_quoted_checkpoints(untrusted_line)
    return found[0] if len(found) == 1 and found[0].line == untrusted_line else None
