"""A release: its version, its files with their digests, and what its changelog says (docs/spec/release.md)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import read_moment

FORMAT: Final = "evidence-trail/release/v1"
CHANGELOG: Final = "CHANGELOG.md"
EVERY_SYSTEM: Final = "all"
SYSTEMS: Final = {
    "windows-x86_64": "Windows",
    "debian-12-x86_64": "Debian 12",
    "debian-13-x86_64": "Debian 13",
    "linux-x86_64": "Linux",
    EVERY_SYSTEM: "every system",
}
"""Each system that a package may be for, with its name for people."""
MAX_FILES: Final = 64
_NUMBER: Final = r"(?:0|[1-9][0-9]{0,11})"
_VERSION: Final = re.compile(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})")
_NAME: Final = r"[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,99}"
_FILE_LINE: Final = re.compile(rf"sha256 ([0-9a-f]{{64}}) ({_NUMBER}) ({'|'.join(SYSTEMS)}) ({_NAME})")
_HEADS: Final = (
    re.compile(re.escape(FORMAT)),
    re.compile(r"version (\S+)"),
    re.compile(r"made ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"),
    re.compile(rf"tables ({_NUMBER})"),
)
_SECTION: Final = re.compile(r"^## +([0-9]+\.[0-9]+\.[0-9]+)\b", re.MULTILINE)
MALFORMED: Final = "This is no release note of Evidence Trail, or of a kind that this version does not know."

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release: SHA-256 in hexadecimal, size in bytes, a key of `SYSTEMS`, and its name."""

    sha256: str
    size: int
    system: str
    name: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a release note says. `made` is in UTC; `tables` is the version of a store's tables that the release writes."""

    version: str
    made: str
    tables: int
    files: tuple[ReleaseFile, ...]

    def spell(self) -> str:
        """Return the text of the note, which is what is signed."""
        lines = [FORMAT, f"version {self.version}", f"made {self.made}", f"tables {self.tables}"]
        files = sorted(self.files, key=lambda file: file.name)
        lines += [f"sha256 {each.sha256} {each.size} {each.system} {each.name}" for each in files]
        return "\n".join(lines) + "\n"

    def file(self, name: str) -> ReleaseFile | None:
        """Return the file of a name, or None."""
        return next((each for each in self.files if each.name == name), None)


def read_version(text: str) -> Version:
    """Return a version as numbers.

    Raises:
        InputError: it is none.
    """
    match = _VERSION.fullmatch(text)
    if match is None:
        raise InputError(MALFORMED)
    return int(match[1]), int(match[2]), int(match[3])


def read_release(text: str) -> Release:
    """Return what the text of a release note says. Its signature has to be verified before.

    Raises:
        InputError: it is written otherwise than the specification says.
    """
    lines = text.removesuffix("\n").split("\n")
    heads = [pattern.fullmatch(line) for pattern, line in zip(_HEADS, lines, strict=False)]
    rest = [_FILE_LINE.fullmatch(line) for line in lines[len(_HEADS) :]]
    if len(heads) != len(_HEADS) or not 0 < len(rest) <= MAX_FILES:
        raise InputError(MALFORMED)
    said = [match[1] for match in heads[1:] if match]
    files = tuple(ReleaseFile(match[1], int(match[2]), match[3], match[4]) for match in rest if match)
    changelogs = [each for each in files if each.name == CHANGELOG and each.system == EVERY_SYSTEM]
    if len(said) != len(_HEADS) - 1 or len(files) != len(rest) or len(changelogs) != 1:
        raise InputError(MALFORMED)
    read_version(said[0])
    read_moment(said[1])
    release = Release(said[0], said[1], int(said[2]), files)
    if len({each.name for each in files}) != len(files) or release.spell() != text:
        raise InputError(MALFORMED)
    return release


def changes_between(changelog: str, after: str, up_to: str) -> str:
    """Return the sections of a changelog for versions newer than one and not newer than another, as they stand in it."""
    heads = [*_SECTION.finditer(changelog)]
    ends = [*(match.start() for match in heads[1:]), len(changelog)]
    low, high = read_version(after), read_version(up_to)
    wanted = (
        changelog[match.start() : end].strip()
        for match, end in zip(heads, ends, strict=True)
        if low < read_version(match[1]) <= high
    )
    return "\n\n".join(wanted)


def named(systems: Iterable[str]) -> str:
    """Return the names of systems for people, without those that are for every system."""
    return ", ".join(dict.fromkeys(SYSTEMS[each] for each in systems if each != EVERY_SYSTEM))
