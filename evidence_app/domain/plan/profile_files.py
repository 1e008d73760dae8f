"""Profiles as JSON files, which an officer can copy, edit and import (docs/spec/profile.md)."""

import re
from dataclasses import MISSING, fields, replace
from typing import Any, Final

from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.fields import Audience
from evidence_app.domain.record.kinds import KINDS
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject, members

FORMAT: Final = "evidence-trail/profile/v1"
"""Value of `format` in a profile file."""
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""Form of a profile's name."""
MAX_TEXT_LENGTH: Final = 600
"""Maximum length of a text in a profile, in characters."""
PART_TITLES: Final = {
    "story": "What happened",
    "people": "People",
    "questions": "Questions to prepare for",
    "open": "What is open",
    "counts": "Counts",
    "glance": "At a glance",
    "calendar": "The year, day by day",
    "cases": "Each case on a line",
    "knowledge": "Who knew what, when",
    "chronology": "Chronology",
    "threads": "Threads",
    "records": "Records and exhibits",
    "statement": "Statement of truth",
    "annex": "Integrity annex",
    "conformance": "Conformance sheet",
}
"""The parts of a bundle that a profile may name, by key, and what each is called."""
PARTS: Final = frozenset(PART_TITLES) - {"annex", "conformance"}
ADVICE: Final = frozenset({"union advice", "legal advice"})
KNOWN_ITEMS: Final = {"kinds": frozenset(KINDS), "restricted": ADVICE, "sections": PARTS | {"annex", "conformance"}}
WITHHELD_ITEMS: Final = frozenset(audience.value for audience in Audience if audience is not Audience.ANYONE)
MUST_BE: Final = ("name", "version", "title", "audience", "purpose", "marking")
"""Required members of a profile file, besides `format`."""


def profile_to_json(profile: Profile) -> JsonObject:
    """Return a profile in the JSON form of a file."""
    content: JsonObject = {"format": FORMAT}
    for member in fields(profile):
        value: Any = getattr(profile, member.name)
        if isinstance(value, frozenset):
            value = sorted(item.value if isinstance(item, Audience) else item for item in value)
        content[member.name] = value
    return content


def read_profile(untrusted: Json) -> Profile:
    """Parse a profile of the officer's own.

    Raises:
        InputError: it does not have the form of a profile; the sentence names the member.
    """
    optional = frozenset(each.name for each in fields(Profile)) - set(MUST_BE)
    given = members(untrusted, {"format", *MUST_BE}, optional, what="The profile")
    if given["format"] != FORMAT:
        raise InputError("The profile is not of a format known here.")
    read: dict[str, Any] = {}
    for member in fields(Profile):
        if member.name in given:
            default = member.default_factory() if member.default_factory is not MISSING else member.default
            read[member.name] = _value(member.name, given[member.name], default)
    profile = Profile(**read)
    if NAME.fullmatch(profile.name) is None:
        raise InputError("The profile's name is small letters, digits and hyphens, such as my-review.")
    if profile.name in PROFILES:
        raise InputError(f"“{profile.name}” is the name of one of the program's own profiles: give yours another.")
    return profile


def _value(name: str, value: Json, default: object) -> object:
    """Parse a member by the type of its default value: a set, a boolean, or else text."""
    if isinstance(default, frozenset):
        return _items(name, value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise InputError(f"“{name}” in the profile is neither true nor false.")
        return value
    if not isinstance(value, str) or len(value) > MAX_TEXT_LENGTH or not value.isprintable():
        raise InputError(
            f"“{name}” in the profile is not plain text of at most {MAX_TEXT_LENGTH} characters on one line."
        )
    if name in MUST_BE and not value.strip():
        raise InputError(f"“{name}” in the profile is empty.")
    return value


def _items(name: str, value: Json) -> frozenset[object]:
    if not isinstance(value, list):
        raise InputError(f"“{name}” in the profile is not a list.")
    if name == "withheld":
        known = {audience.value: audience for audience in Audience if audience is not Audience.ANYONE}
        unknown = [item for item in value if str(item) not in known]
        items: frozenset[object] = frozenset(known[str(item)] for item in value if str(item) in known)
    else:
        unknown = [item for item in value if str(item) not in KNOWN_ITEMS[name]]
        items = frozenset(str(item) for item in value)
    if unknown:
        raise InputError(f"“{name}” in the profile has “{str(unknown[0])[:40]}”, which is not known here.")
    return items


def copied(profile: Profile, name: str) -> Profile:
    """Return a copy of a profile under another name, with version 1, for editing."""
    return replace(profile, name=name, version="1", title=profile.title)
