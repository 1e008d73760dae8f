"""Parse the manifest of a bundle: records shown with their proofs, exhibits and page digests (docs/spec/bundle.md, section 2).

Only the form is verified here, and the log's signature over the manifest (section 3). What the members mean is verified
in `verify` and `verify_log`.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Final
from unicodedata import category

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.attestations import MAX_ATTESTATIONS, Attestation, read_attestation
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, members, parse
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.prior_checkpoints import PriorCheckpoint, read_prior
from evidence_app.proof.signed_notes import verify_note

FORMAT: Final = "evidence-trail/bundle/v1"  # `format` of a manifest
NOTE_HEAD: Final = "evidence-trail/bundle-manifest/v1"  # first line of the note (section 3)
MANIFEST_FILE: Final = "evidence-trail-manifest.json"
NOTE_FILE: Final = "evidence-trail-manifest.note"
MAX_MANIFEST_BYTES: Final = 1024**3  # of any embedded file
SHA256: Final = re.compile(r"[0-9a-f]{64}")
ENDING: Final = re.compile(r"[a-z0-9]{1,8}")
"""The ending of an embedded file's name."""
SHOWN_AS: Final = frozenset({"placed", "rendered", "image", "text", "slip"})
"""The ways in which an exhibit is shown (`shown_as`)."""


def original_file(number: int, ending: str = "") -> str:
    """Return the neutral name under which an exhibit's exact bytes are embedded, such as ``exhibit-001.pdf``."""
    return f"exhibit-{number:03}.{ending or 'original'}"


@dataclass(frozen=True, slots=True)
class ExhibitFacts:
    """An item of `exhibits`. `records` are positions in the log, `first_page` counts from 1, `how` is the member `shown_as`."""

    number: int
    sha256: str
    records: tuple[int, ...]
    first_page: int
    pages: int
    how: str
    file: str = ""
    handed_over: tuple["ExhibitOfOthers", ...] = ()

    def to_json(self) -> JsonObject:
        """Return the item in the form of section 2."""
        facts: JsonObject = {
            "exhibit": self.number,
            "sha256": self.sha256,
            "records": list(self.records),
            "first_page": self.first_page,
            "pages": self.pages,
            "shown_as": self.how,
        }
        facts |= {"file": self.file} if self.file else {}
        return facts | ({"handed_over": [each.to_json() for each in self.handed_over]} if self.handed_over else {})


@dataclass(frozen=True, slots=True)
class ExhibitOfOthers:
    """An item of an exhibit's `handed_over`: the positions, in another log, of the records that have it as an attachment.

    `handover` names the part of the manifest with that log; `first_page`, from 1, is the page of that hand-over from which on the
    exhibit's pages were taken, or 0 where they were not.
    """

    handover: int
    records: tuple[int, ...]
    first_page: int = 0

    def to_json(self) -> JsonObject:
        """Return the item in the form of section 2."""
        content: JsonObject = {"handover": self.handover, "records": list(self.records)}
        return content | ({"first_page": self.first_page} if self.first_page else {})


def note_text(manifest: bytes) -> str:
    """Return the text of the note that signs a manifest (section 3)."""
    return f"{NOTE_HEAD}\n{base64.encode(sha256(manifest).digest())}\n"


def require_signed(untrusted_manifest: bytes, untrusted_note: bytes, public_key: bytes) -> None:
    """Require that the note is signed by the log and names the SHA-256 of exactly these manifest bytes (section 6, step 2).

    Raises:
        VerificationError: malformed, other-log, bad-signature, manifest.
    """
    try:
        text = verify_note(untrusted_note.decode("utf-8"), public_key)
    except UnicodeDecodeError as error:
        raise malformed("The manifest's note is not UTF-8 text.") from error
    if text != note_text(untrusted_manifest):
        raise VerificationError("manifest", "The manifest is not the one that was signed.")


MEMBERS: Final = {"format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages"}
ABOUT: Final = {"title", "profile", "profile_version", "marking", "prepared_for", "made_at"}
"""The members of `bundle`."""
OPTIONAL: Final = frozenset({"outside_clocks", "goes_on_from", "labels", "handed_over"})
PART: Final = {"handover", "log_key", "checkpoint", "records", "left_out"}
PART_OPTIONAL: Final = frozenset({"outside_clocks", "goes_on_from", "labels"})
"""The members of a manifest that must be present and that may be, and those of an item of `handed_over`."""
DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,14}")
MAX_LABEL_LENGTH: Final = 200  # characters
UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"})
"""The general categories (Unicode, section 4.5) of characters that no label has, but for the space."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A parsed manifest. Its form is verified, and nothing else.

    `records` are disclosures, not parsed yet; `left_out` are runs of positions (first, last), and `reasons` the same list
    with its reasons, unparsed; `clocks` is `outside_clocks` and `earlier` is `goes_on_from`. `labels` maps a record's
    position, a path and the position of a withheld word to its label.
    """

    log_key: bytes
    checkpoint: str
    records: list[Json]
    left_out: list[tuple[int, int]]
    exhibits: list[ExhibitFacts]
    pages: list[bytes]
    clocks: list[Attestation]
    earlier: list[PriorCheckpoint]
    labels: dict[int, dict[str, dict[int, str]]]
    bundle: JsonObject
    reasons: list[Json]
    handed_over: list["HandoverPart"]


@dataclass(frozen=True, slots=True)
class HandoverPart:
    """An item of `handed_over`: records of another log, which was received as the record at position `handover` of this one."""

    handover: int
    log_key: bytes
    checkpoint: str
    records: list[Json]
    left_out: list[tuple[int, int]]
    clocks: list[Attestation]
    earlier: list[PriorCheckpoint]


def parse_manifest(untrusted: bytes) -> Manifest:
    """Parse a manifest and verify its form (section 2).

    Raises:
        VerificationError: malformed.
    """
    # Exactly the known members: an unknown one would be signed, and shown by some later reader, but not verified here.
    content = well_formed(lambda: members(parse(untrusted, "The manifest"), MEMBERS, OPTIONAL, what="The manifest"))
    if content["format"] != FORMAT:
        raise malformed("The manifest is not of a format known here.")
    records, left_out, exhibits, pages = (content[name] for name in ("records", "left_out", "exhibits", "pages"))
    if not (isinstance(records, list) and isinstance(left_out, list) and isinstance(exhibits, list)):
        raise malformed("A list of the manifest is missing.")
    if not isinstance(pages, list):
        raise malformed("The manifest lists no pages.")
    return Manifest(
        log_key=well_formed(lambda: base64.decode(content["log_key"], size=32)),
        checkpoint=str(content["checkpoint"]),
        records=records,
        # The form of `records` and `checkpoint` belongs to their own items (section 6): they are parsed there.
        left_out=[_run(item) for item in left_out],
        exhibits=well_formed(lambda: _exhibits(exhibits)),
        pages=well_formed(lambda: [base64.decode(item, size=32) for item in pages]),
        clocks=_clocks(content["outside_clocks"]) if "outside_clocks" in content else [],
        earlier=_earlier(content["goes_on_from"]) if "goes_on_from" in content else [],
        labels=_labels(content["labels"], records) if "labels" in content else {},
        bundle=_about(content["bundle"]),
        reasons=left_out,
        handed_over=_parts(content["handed_over"]) if "handed_over" in content else [],
    )


def _about(untrusted: Json) -> JsonObject:
    """Parse `bundle`: what the bundle is called, and for whom and when it was made. Nothing in it is proved."""
    about = well_formed(lambda: members(untrusted, ABOUT, what="What the manifest says of the bundle"))
    if not all(isinstance(value, str) for value in about.values()):
        raise malformed("What the manifest says of the bundle is malformed.")
    return about


def _parts(untrusted: Json) -> list[HandoverPart]:
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The hand-overs of the manifest are malformed.")
    parts = [_part(item) for item in untrusted]
    if any(earlier.handover >= later.handover for earlier, later in pairwise(parts)):
        raise malformed("The positions of the hand-overs do not rise.")
    return parts


def _part(untrusted: Json) -> HandoverPart:
    """Parse an item of `handed_over`. Its labels are verified and not returned: only the pages show them."""
    part = well_formed(lambda: members(untrusted, PART, PART_OPTIONAL, what="A hand-over in the manifest"))
    records, left_out, handover = part["records"], part["left_out"], part["handover"]
    if not isinstance(records, list) or not isinstance(left_out, list) or not isinstance(handover, int):
        raise malformed("A hand-over in the manifest is malformed.")
    if isinstance(handover, bool) or handover < 0:
        raise malformed("A hand-over in the manifest is malformed.")
    if "labels" in part:
        _labels(part["labels"], records)
    key = well_formed(lambda: base64.decode(part["log_key"], size=32))
    clocks = _clocks(part["outside_clocks"]) if "outside_clocks" in part else []
    earlier = _earlier(part["goes_on_from"]) if "goes_on_from" in part else []
    runs = [_run(item) for item in left_out]
    return HandoverPart(handover, key, str(part["checkpoint"]), records, runs, clocks, earlier)


def _earlier(untrusted: Json) -> list[PriorCheckpoint]:
    """Parse `goes_on_from`: sizes rise strictly, so that the items, which are named by size, have different names."""
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The earlier heads of the manifest are malformed.")
    priors = [read_prior(item) for item in untrusted]
    if any(smaller.checkpoint.size >= larger.checkpoint.size for smaller, larger in pairwise(priors)):
        raise malformed("The sizes of the earlier heads do not rise.")
    return priors


def _labels(untrusted: Json, records: list[Json]) -> dict[int, dict[str, dict[int, str]]]:
    """Parse `labels`: by position and path, the text shown on the pages instead of each withheld word.

    Labels are the owner's word and are not proved. They may name withheld words only, so that no proved word is replaced.
    """
    if not isinstance(untrusted, dict) or not untrusted:
        raise malformed("The labels of the manifest are malformed.")
    fields = {
        item["index"]: item.get("fields") for item in records if isinstance(item, dict) and _is_int(item.get("index"))
    }
    labels: dict[int, dict[str, dict[int, str]]] = {}
    for position, untrusted_paths in untrusted.items():
        shown = fields.get(_decimal(position))
        if not isinstance(untrusted_paths, dict) or not untrusted_paths or not isinstance(shown, dict):
            raise malformed("A label names no record of which words are withheld.")
        labels[_decimal(position)] = {
            path: _label_words(untrusted_words, shown.get(path)) for path, untrusted_words in untrusted_paths.items()
        }
    return labels


def _label_words(untrusted: Json, untrusted_field: Json) -> dict[int, str]:
    """Parse the labels of one path, by the position of the withheld word in the field's `pieces`."""
    pieces = untrusted_field.get("pieces") if isinstance(untrusted_field, dict) else None
    if not isinstance(untrusted, dict) or not untrusted or not isinstance(pieces, list):
        raise malformed("A label names no field of which words are withheld.")
    labels: dict[int, str] = {}
    for untrusted_position, label in untrusted.items():
        position = _decimal(untrusted_position)
        piece = pieces[position] if position < len(pieces) else None
        if (
            not isinstance(label, str)
            or len(label) > MAX_LABEL_LENGTH
            or not is_printable(label)
            or not isinstance(piece, dict)
            or "withheld" not in piece
        ):
            raise malformed("A label names a word that is not withheld.")
        labels[position] = label
    return labels


def is_printable(text: str) -> bool:
    """Whether no character of a text is a control, format or private one, half of one, or white space other than the space (section 2)."""
    return all(character == " " or category(character) not in UNPRINTABLE for character in text)


def _decimal(untrusted: str) -> int:
    if DECIMAL.fullmatch(untrusted) is None:
        raise malformed("A place in the labels is no plain number.")
    return int(untrusted)


def _is_int(value: Json) -> bool:
    """Return whether a value is a JSON integer. In Python, true and false are integers too."""
    return isinstance(value, int) and not isinstance(value, bool)


def _clocks(untrusted: Json) -> list[Attestation]:
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The outside clocks of the manifest are malformed.")
    return [read_attestation(item) for item in untrusted]


def _run(untrusted: Json) -> tuple[int, int]:
    """Parse an item of `left_out`: its first and last position."""
    run = well_formed(lambda: members(untrusted, {"first", "last", "reason"}, what="A run of positions"))
    first, last = run["first"], run["last"]
    if not isinstance(run["reason"], str):
        raise malformed("A run of positions has no reason.")
    if not isinstance(first, int) or not isinstance(last, int) or isinstance(first, bool) or not 0 <= first <= last:
        raise malformed("A run of positions is malformed.")
    return first, last


def _exhibits(untrusted: list[Json]) -> list[ExhibitFacts]:
    exhibits: list[ExhibitFacts] = []
    for item in untrusted:
        exhibits.append(_exhibit(item, before=exhibits[-1].number if exhibits else 0))
    return exhibits


def _exhibit(untrusted: Json, before: int) -> ExhibitFacts:
    """Parse an item of `exhibits` or raise InputError; `before` is the number of the exhibit before it."""
    names = {"exhibit", "sha256", "records", "first_page", "pages", "shown_as"}
    facts = members(untrusted, names, frozenset({"file", "handed_over"}), what="An exhibit")
    file, digest = facts.get("file", ""), facts["sha256"]
    others = _of_others(facts["handed_over"]) if "handed_over" in facts else ()
    if not all(_is_count(facts[name]) for name in ("exhibit", "first_page", "pages")):
        raise InputError("An exhibit lacks its number or its pages.")
    number = int(str(facts["exhibit"]))
    if number <= before:
        raise InputError("The numbers of the exhibits do not rise.")
    positions = _positions(facts["records"])
    if not positions and not others:
        raise InputError("An exhibit belongs to no record.")
    how = facts["shown_as"]
    if (
        not isinstance(digest, str)
        or SHA256.fullmatch(digest) is None
        or not isinstance(how, str)
        or how not in SHOWN_AS
    ):
        raise InputError("An exhibit is malformed.")
    _, _, ending = file.rpartition(".") if isinstance(file, str) else ("", "", "")
    if "file" in facts and (file != original_file(number, ending) or ENDING.fullmatch(ending) is None):
        raise InputError("An exhibit names a file that is not its own.")
    first, pages = (int(str(facts[name])) for name in ("first_page", "pages"))
    return ExhibitFacts(number, digest, positions, first, pages, how, str(file), others)


def _of_others(untrusted: Json) -> tuple[ExhibitOfOthers, ...]:
    """Parse an exhibit's `handed_over` or raise InputError."""
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise InputError("The hand-overs of an exhibit are malformed.")
    found: list[ExhibitOfOthers] = []
    for item in untrusted:
        one = members(item, {"handover", "records"}, frozenset({"first_page"}), what="A hand-over of an exhibit")
        positions = _positions(one["records"])
        if not positions or not _is_position(one["handover"]) or not _is_count(one.get("first_page", 1)):
            raise InputError("The hand-overs of an exhibit are malformed.")
        handover = int(str(one["handover"]))
        if found and handover <= found[-1].handover:
            raise InputError("The positions of an exhibit's hand-overs do not rise.")
        found.append(ExhibitOfOthers(handover, positions, int(str(one.get("first_page", 0)))))
    return tuple(found)


def _positions(untrusted: Json) -> tuple[int, ...]:
    """Parse a list of positions of which none stands twice, or raise InputError."""
    if not isinstance(untrusted, list) or not all(_is_position(each) for each in untrusted):
        raise InputError("An exhibit belongs to no record.")
    positions = tuple(int(str(each)) for each in untrusted)
    if len(set(positions)) != len(positions):
        raise InputError("An exhibit names a record twice.")
    return positions


def _is_position(value: Json) -> bool:
    return _is_int(value) and int(str(value)) >= 0


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
