"""Checkpoints quoted in text: the line at the end of a drafted e-mail, and in replies to it (docs/spec/mail.md, section 5)."""

import re
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.merkle import HASH_SIZE

MAX_CHECKPOINTS: Final = 50  # taken from one text
# A mail program may wrap the line, quote it with > or | and put a space in front.
_BETWEEN: Final = r"[\s>|\u00a0]{1,40}"
_HEAD: Final = re.compile(
    rf"(evidence-trail/[a-z2-7]{{32}}){_BETWEEN}(0|[1-9][0-9]{{0,17}}){_BETWEEN}([A-Za-z0-9+/]{{43}}=)(?![A-Za-z0-9+/=])"
)


def find_quoted_checkpoints(untrusted_text: str) -> list[Checkpoint]:
    """Return the checkpoints that a text quotes, in order, each once. A quoted checkpoint is unsigned and proves nothing by itself."""
    checkpoints: dict[Checkpoint, None] = {}
    for match in _HEAD.finditer(untrusted_text):
        try:
            root = base64.decode(match[3], size=HASH_SIZE)
        except InputError:
            continue
        checkpoints[Checkpoint(match[1], int(match[2]), root)] = None
        if len(checkpoints) >= MAX_CHECKPOINTS:
            break
    return list(checkpoints)


def without_quoted_checkpoints(text: str) -> str:
    """Return a text without its checkpoint lines, since a hash may contain what looks like a personal identifier by chance."""
    return _HEAD.sub(" ", text)


def read_checkpoint_line(untrusted_line: str) -> Checkpoint | None:
    """Return the checkpoint on a line of exactly the specified form and nothing else, or None."""
    checkpoints = find_quoted_checkpoints(untrusted_line)
    return checkpoints[0] if len(checkpoints) == 1 and checkpoints[0].line == untrusted_line else None
