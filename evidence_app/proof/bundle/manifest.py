"""Read the manifest of a bundle: what is shown, with its proofs, and the digest of every page (docs/spec/bundle.md, section 2)."""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Final

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.attestations import MAX_ATTESTATIONS, Attestation, read_attestation
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, members, parse
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.prior_checkpoints import PriorCheckpoint, read_prior
from evidence_app.proof.signed_notes import verify_note

FORMAT: Final = "evidence-trail/bundle/v1"
NOTE_HEAD: Final = "evidence-trail/bundle-manifest/v1"
MANIFEST_FILE: Final = "evidence-trail-manifest.json"
NOTE_FILE: Final = "evidence-trail-manifest.note"
MAX_MANIFEST_BYTES: Final = 1024**3
SHA256: Final = re.compile(r"[0-9a-f]{64}")
SHOWN_AS: Final = frozenset({"placed", "rendered", "image", "text", "slip"})


def original_file(number: int) -> str:
    """Return the neutral name under which an exhibit's exact bytes are embedded."""
    return f"exhibit-{number:03}.original"


@dataclass(frozen=True, slots=True)
class ExhibitFacts:
    """What the manifest says of an exhibit: where its pages are, and under which name its exact bytes are embedded."""

    number: int
    sha256: str
    records: tuple[int, ...]
    first_page: int
    pages: int
    how: str
    file: str = ""

    def to_json(self) -> JsonObject:
        facts: JsonObject = {
            "exhibit": self.number,
            "sha256": self.sha256,
            "records": list(self.records),
            "first_page": self.first_page,
            "pages": self.pages,
            "shown_as": self.how,
        }
        return facts | ({"file": self.file} if self.file else {})


def note_text(manifest: bytes) -> str:
    """Return the text of the note that signs a manifest (section 3)."""
    return f"{NOTE_HEAD}\n{base64.encode(sha256(manifest).digest())}\n"


def require_signed(untrusted_manifest: bytes, untrusted_note: bytes, public_key: bytes) -> None:
    """Require that the log has signed these very bytes.

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
OPTIONAL: Final = frozenset({"outside_clocks", "goes_on_from", "labels", "handed_over"})
PART: Final = {"handover", "log_key", "checkpoint", "records", "left_out"}
DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,14}")
MAX_LABEL_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Manifest:
    """A parsed manifest. What it says means nothing before it is verified."""

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
    """What a manifest shows of another log, which was handed over as the record at `handover`."""

    handover: int
    log_key: bytes
    checkpoint: str
    records: list[Json]
    left_out: list[tuple[int, int]]


def parse_manifest(untrusted: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        VerificationError: malformed.
    """
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
        left_out=[_run(item) for item in left_out],
        exhibits=well_formed(lambda: _exhibits(exhibits)),
        pages=well_formed(lambda: [base64.decode(item, size=32) for item in pages]),
        clocks=_clocks(content["outside_clocks"]) if "outside_clocks" in content else [],
        earlier=_earlier(content["goes_on_from"]) if "goes_on_from" in content else [],
        labels=_labels(content["labels"], records) if "labels" in content else {},
        bundle=content["bundle"] if isinstance(content["bundle"], dict) else {},
        reasons=left_out,
        handed_over=_parts(content["handed_over"]) if "handed_over" in content else [],
    )


def _parts(untrusted: Json) -> list[HandoverPart]:
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The hand-overs of the manifest are malformed.")
    found = [_part(item) for item in untrusted]
    if any(one.handover >= other.handover for one, other in pairwise(found)):
        raise malformed("The positions of the hand-overs do not rise.")
    return found


def _part(untrusted: Json) -> HandoverPart:
    part = well_formed(lambda: members(untrusted, PART, frozenset({"labels"}), what="A hand-over in the manifest"))
    records, left_out, handover = part["records"], part["left_out"], part["handover"]
    if not isinstance(records, list) or not isinstance(left_out, list) or not isinstance(handover, int):
        raise malformed("A hand-over in the manifest is malformed.")
    if isinstance(handover, bool) or handover < 1 or not isinstance(part["checkpoint"], str):
        raise malformed("A hand-over in the manifest is malformed.")
    if "labels" in part:
        _labels(part["labels"], records)
    key = well_formed(lambda: base64.decode(part["log_key"], size=32))
    return HandoverPart(handover, key, part["checkpoint"], records, [_run(item) for item in left_out])


def _earlier(untrusted: Json) -> list[PriorCheckpoint]:
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The earlier heads of the manifest are malformed.")
    found = [read_prior(item) for item in untrusted]
    if any(one.checkpoint.size >= other.checkpoint.size for one, other in pairwise(found)):
        raise malformed("The sizes of the earlier heads do not rise.")
    return found


def _labels(untrusted: Json, records: list[Json]) -> dict[int, dict[str, dict[int, str]]]:
    """Read what stands on the pages instead of withheld words, and require that just such words are named."""
    if not isinstance(untrusted, dict) or not untrusted:
        raise malformed("The labels of the manifest are malformed.")
    fields = {
        item["index"]: item.get("fields") for item in records if isinstance(item, dict) and _is_place(item.get("index"))
    }
    found: dict[int, dict[str, dict[int, str]]] = {}
    for position, untrusted_paths in untrusted.items():
        shown = fields.get(_decimal(position))
        if not isinstance(untrusted_paths, dict) or not untrusted_paths or not isinstance(shown, dict):
            raise malformed("A label names no record of which words are withheld.")
        found[_decimal(position)] = {
            path: _label_words(each, shown.get(path)) for path, each in untrusted_paths.items()
        }
    return found


def _label_words(untrusted: Json, untrusted_field: Json) -> dict[int, str]:
    pieces = untrusted_field.get("pieces") if isinstance(untrusted_field, dict) else None
    if not isinstance(untrusted, dict) or not untrusted or not isinstance(pieces, list):
        raise malformed("A label names no field of which words are withheld.")
    found: dict[int, str] = {}
    for place, label in untrusted.items():
        number = _decimal(place)
        piece = pieces[number] if number < len(pieces) else None
        if (
            not isinstance(label, str)
            or len(label) > MAX_LABEL_LENGTH
            or not label.isprintable()
            or not isinstance(piece, dict)
            or "withheld" not in piece
        ):
            raise malformed("A label names a word that is not withheld.")
        found[number] = label
    return found


def _decimal(untrusted: str) -> int:
    if DECIMAL.fullmatch(untrusted) is None:
        raise malformed("A place in the labels is no plain number.")
    return int(untrusted)


def _is_place(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _clocks(untrusted: Json) -> list[Attestation]:
    if not isinstance(untrusted, list) or not 0 < len(untrusted) <= MAX_ATTESTATIONS:
        raise malformed("The outside clocks of the manifest are malformed.")
    return [read_attestation(item) for item in untrusted]


def _run(untrusted: Json) -> tuple[int, int]:
    run = well_formed(lambda: members(untrusted, {"first", "last", "reason"}, what="A run of positions"))
    first, last = run["first"], run["last"]
    if not isinstance(first, int) or not isinstance(last, int) or isinstance(first, bool) or not 0 <= first <= last:
        raise malformed("A run of positions is malformed.")
    return first, last


def _exhibits(untrusted: list[Json]) -> list[ExhibitFacts]:
    found: list[ExhibitFacts] = []
    for item in untrusted:
        found.append(_exhibit(item, before=found[-1].number if found else 0))
    return found


def _exhibit(untrusted: Json, before: int) -> ExhibitFacts:
    names = {"exhibit", "sha256", "records", "first_page", "pages", "shown_as"}
    facts = members(untrusted, names, frozenset({"file"}), what="An exhibit")
    records, file, digest = facts["records"], facts.get("file", ""), facts["sha256"]
    if not all(_is_count(facts[name]) for name in ("exhibit", "first_page", "pages")):
        raise InputError("An exhibit lacks its number or its pages.")
    number = int(str(facts["exhibit"]))
    if number <= before:
        raise InputError("The numbers of the exhibits do not rise.")
    if (
        not isinstance(records, list)
        or not records
        or not all(_is_count(n) or (n == 0 and not isinstance(n, bool)) for n in records)
    ):
        raise InputError("An exhibit belongs to no record.")
    positions = tuple(int(str(n)) for n in records)
    if len(set(positions)) != len(positions):
        raise InputError("An exhibit names a record twice.")
    how = facts["shown_as"]
    if (
        not isinstance(digest, str)
        or SHA256.fullmatch(digest) is None
        or not isinstance(how, str)
        or how not in SHOWN_AS
    ):
        raise InputError("An exhibit is malformed.")
    if "file" in facts and file != original_file(number):
        raise InputError("An exhibit names a file that is not its own.")
    first, pages = (int(str(facts[name])) for name in ("first_page", "pages"))
    return ExhibitFacts(number, digest, positions, first, pages, how, str(file))


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
