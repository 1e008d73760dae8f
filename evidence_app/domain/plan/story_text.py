"""The story of a plan as lines of plain text, to be changed in any editor and read in again (docs/spec/bundle-plan.md, `story`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.records import RecordKey, RecordRef
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.errors import InputError

LINE: Final = re.compile(r"(asked|page )?(-|\d{1,9}(?:/\d{1,9})?)?: *(.*)")
HELP: Final = (
    "# What happened: a line each, after the number of the record that it rests on; “-” where it rests on none.",
    "# What is asked: one line after “asked:”.",
    "# The pages that matter: “page 14: The instruction”.",
)
"""What stands above the lines."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """What a plan says of its matter: lines of what happened, what is asked, and the pages that matter."""

    lines: tuple[StoryLine, ...]
    asked: str
    matters: tuple[StoryLine, ...]


def story_as_text(story: StoryText) -> str:
    """Return a story as text."""
    return "\n".join(
        (*HELP, *_spelled("", story.lines), f"asked: {story.asked}", *_spelled("page ", story.matters), "")
    )


def _spelled(before: str, lines: Sequence[StoryLine]) -> Iterator[str]:
    for line in lines:
        yield f"{before}{'-' if line.record is None else line.record}: {line.text}"


def read_story_text(untrusted: str) -> StoryText:
    """Read a story from text. Empty lines and those that begin with # are passed over.

    Raises:
        InputError: a line has another form; the sentence names it.
    """
    lines: list[StoryLine] = []
    matters: list[StoryLine] = []
    asked = ""
    for number, raw in enumerate(untrusted.splitlines(), start=1):
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        match = LINE.fullmatch(text)
        if match is None or (match[1] == "asked") != (match[2] is None):
            raise InputError(
                f"Line {number} of the story has no number before it: write “14: what happened”, “-: …”, “asked: …” or “page 14: …”."
            )
        if match[1] == "asked":
            asked = match[3]
        elif match[3]:
            (matters if match[1] else lines).append(StoryLine(match[3], _key(match[2])))
    return StoryText(tuple(lines), asked, tuple(matters))


def _key(text: str) -> RecordKey | None:
    if text == "-":
        return None
    handover, slash, position = text.partition("/")
    return RecordRef(int(handover), int(position)) if slash else int(handover)
