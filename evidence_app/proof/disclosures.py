"""Disclosures: records shown whole or in part, with the proof that they are the sealed ones (docs/spec/record-log.md, section 9).

Form in section 9, verification in section 10. `disclose` makes one, `verify_disclosure` verifies one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.commitment import (
    NAME,
    SALT_SIZE,
    SECRET_SIZE,
    SPACES,
    commit,
    commitment_value,
    digest_of_value,
    digests_of,
    field_digest,
    is_record,
    is_scalar,
    leaf_bytes,
    make_leaf,
    scalars,
    word_digest,
    words_of,
)
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, Scalar, members
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.seal_receipts import read_hashes, read_leaf, require_inclusion

PATH: Final = re.compile(r"(?:/[a-z0-9_]+)+")
"""Form of a path in a disclosure (section 9)."""
WITHHELD_MARK: Final = "[withheld]"
"""Shown to people in place of a withheld word."""
WithheldWords = Mapping[str, frozenset[int]]
"""By path, the positions (from 0) of the words that are withheld."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The parts of a record that are not shown: whole paths, and single words of other paths."""

    paths: frozenset[str] = frozenset()
    words: WithheldWords = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.paths or self.words)


def disclose(
    *, index: int, record: JsonObject, secret: bytes, sealed_at: str, proof: Sequence[bytes], withheld: Withheld
) -> JsonObject:
    """Return the disclosure of the record at position `index`, whole or without what is withheld.

    `proof` is the inclusion proof of its leaf; `sealed_at` is UTC. A whole record is shown with its secret. A partial one
    shows only single salts: from the secret, the salts of the withheld words could be derived and the words guessed.
    """
    commitment = commit(record, secret)
    shown: JsonObject = {
        "index": index,
        "leaf": make_leaf(commitment.value, sealed_at),
        "proof": [base64.encode(digest) for digest in proof],
        "digests": dict(commitment.digests),
    }
    if not withheld:
        return shown | {"secret": base64.encode(secret), "record": record}
    fields: JsonObject = {}
    for path, value in scalars(record):
        if path not in withheld.paths:
            fields[path] = _show_field(value, commitment.salts[path], withheld.words.get(path, frozenset()))
    return shown | {"fields": fields}


def _show_field(value: Scalar, salts: list[bytes], withheld_words: frozenset[int]) -> JsonObject:
    if not withheld_words or not isinstance(value, str):
        return {"value": value, "salts": [base64.encode(salt) for salt in salts]}
    pieces: list[Json] = []
    for position, (word, salt) in enumerate(zip(words_of(value), salts, strict=True)):
        if position in withheld_words:
            pieces.append({"withheld": base64.encode(word_digest(salt, word))})
        else:
            pieces.append({"text": word, "salt": base64.encode(salt)})
    return {"pieces": pieces}


def narrowed(disclosure: JsonObject, paths: frozenset[str]) -> JsonObject:
    """Return a verified disclosure that withholds these paths too. It still verifies.

    A disclosure of a whole record becomes one of fields, since the secret would open the paths that are now withheld.
    """
    if not paths:
        return disclosure
    common: JsonObject = {name: disclosure[name] for name in ("index", "leaf", "proof", "digests")}
    fields = disclosure.get("fields")
    if not isinstance(fields, dict):
        untyped, secret = disclosure["record"], base64.decode(disclosure["secret"], size=SECRET_SIZE)
        record = untyped if isinstance(untyped, dict) else {}
        salts = commit(record, secret).salts
        fields = {path: _show_field(value, salts[path], frozenset()) for path, value in scalars(record)}
    return common | {"fields": {path: shown for path, shown in fields.items() if path not in paths}}


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A verified disclosure. `shown` maps each shown path to its scalar, with "[withheld]" for each withheld word.

    `sealed_at` is UTC, by the sealing machine's clock; `withheld_words` counts the words withheld in the paths shown; `proof` is
    the inclusion proof.
    """

    index: int
    leaf_hash: bytes
    sealed_at: str
    shown: dict[str, Scalar]
    withheld_paths: tuple[str, ...]
    withheld_words: int
    proof: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field of a disclosure that is not as sealed: its path, and the rest of a sentence that begins with its name."""

    path: str
    sentence: str


def verify_disclosure(untrusted: Json, checkpoint: Checkpoint) -> tuple[Disclosed, list[FieldFault]]:
    """Verify a disclosure against a verified checkpoint (record-log.md, section 10).

    The faults (reason code `field` in the specification) name every field that is not as sealed; `shown` holds the others.
    The comments number the steps of that section.

    Raises:
        VerificationError: malformed, not-included, commitment.
    """
    # 1. The members of section 9 and no others, each of its form.
    form = well_formed(lambda: _read_form(untrusted))
    index = form["index"]
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise malformed("A disclosure's position is not a number.")
    leaf, proof = read_leaf(form["leaf"]), read_hashes(form["proof"])
    digests = _read_digests(form["digests"])
    # 2. The leaf is in the tree (RFC 9162, section 2.1.3.2).
    digest = merkle.leaf_hash(leaf_bytes(leaf))
    require_inclusion(digest, index, proof, checkpoint)
    # 3. The digest map is the one that the leaf commits to.
    if base64.encode(commitment_value(digests)) != leaf["commitment"]:
        raise VerificationError("commitment", f"The digests of record {index} are not those that were sealed.")
    # 4. (whole record) and 5. (part of a record): each field has the digest that the map gives its path.
    shown, faults, words = _check_whole(form, digests) if "record" in form else _check_part(form["fields"], digests)
    withheld = tuple(path for path in digests if path not in shown and path not in {fault.path for fault in faults})
    return Disclosed(index, digest, str(leaf["sealed_at"]), shown, withheld, words, tuple(proof)), faults


def _read_form(untrusted: Json) -> JsonObject:
    common = {"index", "leaf", "proof", "digests"}
    # One form or the other: a disclosure with both `record` and `fields` could show two values for one path.
    whole = isinstance(untrusted, dict) and "record" in untrusted
    return members(untrusted, common | ({"secret", "record"} if whole else {"fields"}), what="A disclosure")


def _read_digests(untrusted: Json) -> dict[str, str]:
    if not isinstance(untrusted, dict) or not untrusted:
        raise malformed("The digests are not an object, or there are none.")
    well_formed(lambda: [base64.decode(digest, size=merkle.HASH_SIZE) for digest in untrusted.values()])
    if not all(PATH.fullmatch(path) for path in untrusted):
        raise malformed("A path is malformed.")
    digests = {path: str(digest) for path, digest in untrusted.items()}
    # Section 4: no path is the beginning of another, such as /a and /a/b, or one path could mean two things.
    # With "/" appended, such a path sorts directly before those that it begins, so neighbours are enough to compare.
    ordered = sorted(f"{path}/" for path in digests)
    if any(later.startswith(earlier) for earlier, later in pairwise(ordered)):
        raise malformed("One path is the beginning of another.")
    _require_places(digests)
    return digests


def _require_places(paths: Iterable[str]) -> None:
    """Require paths that a record can have: a step is a member's name, or one of the positions 0, 1, 2 … of a list (section 2)."""
    steps: dict[str, set[str]] = {}
    for path in paths:
        parent = ""
        for step in path.split("/")[1:]:
            steps.setdefault(parent, set()).add(step)
            parent = f"{parent}/{step}"
    for parent, below in steps.items():
        are_names = all(NAME.fullmatch(step) for step in below)
        are_places = bool(parent) and below == {str(place) for place in range(len(below))}
        if not are_names and not are_places:
            raise malformed("No record has such paths.")


Checked = tuple[dict[str, Scalar], list[FieldFault], int]
"""Scalars as sealed by path, faults, and the number of words withheld."""


def _check_whole(form: JsonObject, digests: dict[str, str]) -> Checked:
    """Verify a record shown whole (section 10, step 4): derive every digest again from the record and its secret."""
    secret = well_formed(lambda: base64.decode(form["secret"], size=SECRET_SIZE))
    record = form["record"]
    if not isinstance(record, dict) or not is_record(record):
        raise malformed("A record is not of the form that records have.")
    values = dict(scalars(record))
    recomputed = digests_of(record, secret)
    if recomputed == digests:
        return values, [], 0
    # The paths must be the same in both directions: none missing, none added.
    faults = [FieldFault(path, "is missing from the record") for path in digests if path not in values]
    faults += [FieldFault(path, "was not sealed") for path in values if path not in digests]
    faults += [
        FieldFault(path, "is not what was sealed")
        for path, digest in sorted(recomputed.items())
        if path in digests and digests[path] != digest
    ]
    faulty_paths = {fault.path for fault in faults}
    return {path: value for path, value in values.items() if path not in faulty_paths}, faults, 0


def _check_part(untrusted: Json, digests: dict[str, str]) -> Checked:
    """Verify a record shown in part (section 10, step 5): derive each shown field's digest from its pieces and salts."""
    if not isinstance(untrusted, dict):
        raise malformed("The shown fields are not an object.")
    shown: dict[str, Scalar] = {}
    faults: list[FieldFault] = []
    withheld_words = 0
    for path, untrusted_field in untrusted.items():
        if PATH.fullmatch(path) is None:
            raise malformed("A path is malformed.")
        if path not in digests:
            faults.append(FieldFault(path, "was not sealed"))
            continue
        value, digest, withheld = _read_field(untrusted_field)
        if base64.encode(digest) == digests[path]:
            shown[path] = value
            withheld_words += withheld
        else:
            faults.append(FieldFault(path, "is not what was sealed"))
    return shown, faults, withheld_words


def _read_field(untrusted: Json) -> tuple[Scalar, bytes, int]:
    """Read a shown field in either form of section 9. Return its value, its digest and the number of words withheld."""
    if isinstance(untrusted, dict) and "pieces" in untrusted:
        return _read_pieces(well_formed(lambda: members(untrusted, {"pieces"}, what="A field"))["pieces"])
    field = well_formed(lambda: members(untrusted, {"value", "salts"}, what="A field"))
    value, untrusted_salts = field["value"], field["salts"]
    if isinstance(value, dict | list) or value is None or not is_scalar(value) or not isinstance(untrusted_salts, list):
        raise malformed("A shown field has no value or no salts.")
    salts = well_formed(lambda: [base64.decode(salt, size=SALT_SIZE) for salt in untrusted_salts])
    try:
        return value, digest_of_value(value, salts), 0
    except ValueError as error:
        raise malformed("A shown field has another number of salts than of words.") from error


def _read_pieces(untrusted: Json) -> tuple[Scalar, bytes, int]:
    """Read a string with withheld words. Return the text with marks, its digest and the number of words withheld."""
    if not isinstance(untrusted, list) or not untrusted:
        raise malformed("The pieces of a field are not a list, or there are none.")
    texts: list[str] = []
    digests: list[bytes] = []
    withheld = 0
    for untrusted_piece in untrusted:
        if isinstance(untrusted_piece, dict) and set(untrusted_piece) == {"withheld"}:
            # Only the digest of a withheld word is given; the field's digest needs no more (section 4).
            digests.append(_decode(untrusted_piece["withheld"], merkle.HASH_SIZE))
            texts.append(f"{WITHHELD_MARK} ")
            withheld += 1
        elif isinstance(untrusted_piece, dict) and set(untrusted_piece) == {"text", "salt"}:
            word = untrusted_piece["text"]
            # Exactly one piece as section 3 splits: words joined or divided in another way are refused. In its place: white
            # space alone stands first only, and a word that another piece follows ends in white space.
            if not isinstance(word, str) or not is_scalar(word) or words_of(word) != [word]:
                raise malformed("A piece of a field is not one word.")
            is_first, is_last = not digests, len(digests) + 1 == len(untrusted)
            if not (is_first or word.strip(SPACES)) or not (is_last or word.endswith(tuple(SPACES))):
                raise malformed("A word of a field is cut in pieces.")
            digests.append(word_digest(_decode(untrusted_piece["salt"], SALT_SIZE), word))
            texts.append(word)
        else:
            raise malformed("A piece of a field is neither shown nor withheld.")
    return "".join(texts), field_digest(digests), withheld


def _decode(untrusted: Json, size: int) -> bytes:
    return well_formed(lambda: base64.decode(untrusted, size=size))


def as_shown(disclosed: Disclosed, untrusted: Json, labels: Mapping[str, Mapping[int, str]]) -> JsonObject:
    """Rebuild the record of a verified disclosure as an object, without what is withheld.

    `labels` maps a path and the position of a withheld word to the text shown instead (docs/spec/bundle.md, section 2).
    """
    fields = untrusted.get("fields") if isinstance(untrusted, dict) else None
    shown = dict(disclosed.shown)
    for path, labels_of_path in labels.items():
        field_shown = fields.get(path) if isinstance(fields, dict) else None
        pieces = field_shown.get("pieces") if isinstance(field_shown, dict) else None
        if path in shown and isinstance(pieces, list):
            shown[path] = "".join(
                _label_or_word(piece, labels_of_path.get(position)) for position, piece in enumerate(pieces)
            ).rstrip()
    # From paths back to nested objects: a step that is a number was a list position, and is an object key for now.
    tree: dict[str, Any] = {}
    for path, value in shown.items():
        *parents, last = path.split("/")[1:]
        node = tree
        for step in parents:
            node = node.setdefault(step, {})
        node[last] = value
    record = _with_lists(tree)
    return record if isinstance(record, dict) else {}


def _label_or_word(piece: Json, label: str | None) -> str:
    if isinstance(piece, dict) and "text" in piece:
        return str(piece["text"])
    if label is None:
        return f"{WITHHELD_MARK} "
    return f"{label} " if label else ""


def _with_lists(node: Any) -> Json:
    # An object whose keys are all numbers was a list; withheld items are left out of it.
    if not isinstance(node, dict):
        scalar: Scalar = node
        return scalar
    if node and all(step.isdigit() for step in node):
        return [_with_lists(node[step]) for step in sorted(node, key=int)]
    return {step: _with_lists(each) for step, each in node.items()}
