"""The vectors of the record log, made from fixed secrets with the program's own code and compared in the tests.

Each file holds what a verifier is given and what it must say. `expect` is "verified" or a reason code.
"""

import copy
import json
from hashlib import sha256
from pathlib import Path

from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.commitment import (
    commit,
    commitment_value,
    digest_of_value,
    field_digest,
    leaf_bytes,
    make_leaf,
    word_digest,
    words_of,
)
from evidence_app.proof.disclosures import Withheld, disclose
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.crockford import short_code
from evidence_app.proof.encoding.json import canonical
from evidence_app.proof.seal_receipts import make_receipt
from evidence_app.proof.signed_notes import sign_note
from evidence_app.proof.signing import LogKey

HERE = Path(__file__).parent
SPECIFICATION = HERE.parents[1] / "docs" / "spec" / "record-log.md"

KEY = LogKey(sha256(b"the log key of the vectors").digest())
OTHER_KEY = LogKey(sha256(b"another log key").digest())
SEALED_AT = "2025-04-14T13:42:07Z"

EXAMPLE = {
    "case_ref": "X000412",
    "event_at": "2025-04-14T13:10:00Z",
    "fields": {
        "exact_words": "Move him to monthly, J. Marsh said.",
        "given_by": {"person": "J. Marsh", "role": "Senior probation officer"},
    },
    "kind": "instruction",
    "late_entry": False,
}


def secret(number: int) -> bytes:
    return sha256(b"record secret %d" % number).digest()


def record(number: int) -> dict:
    if number == 1:
        return EXAMPLE
    return {
        "kind": "note",
        "fields": {"text": f"Record {number}:\n\n  two spaces,\ta tab, ŵ and 😀", "count": number, "share": number / 4},
        "flags": [True, False],
    }


NOTHING = Withheld()


class SmallLog:
    """A log of a few records, made as record-log.md says."""

    def __init__(self, size: int, key: LogKey = KEY) -> None:
        self.size, self.key, self.nodes = size, key, {}
        self.leaves = [make_leaf(commit(record(n), secret(n)).value, SEALED_AT) for n in range(size)]
        for index, leaf in enumerate(self.leaves):
            digest = merkle.leaf_hash(leaf_bytes(leaf))
            for level, place, node in merkle.completed_by(index, digest, self.node):
                self.nodes[level, place] = node

    def node(self, level: int, place: int) -> bytes:
        return self.nodes[level, place]

    def checkpoint(self) -> str:
        root = merkle.root(self.size, self.node)
        return sign_note(self.key, Checkpoint(self.key.origin, self.size, root).text)

    def proof(self, index: int) -> list[bytes]:
        return merkle.inclusion_proof(index, self.size, self.node)

    def receipt(self, index: int) -> str:
        return make_receipt(
            index=index,
            leaf=self.leaves[index],
            proof=self.proof(index),
            signed_checkpoint=self.checkpoint(),
            public_key=self.key.public,
        )

    def disclosure(self, index: int, withheld: Withheld = NOTHING) -> dict:
        return disclose(
            index=index,
            record=record(index),
            secret=secret(index),
            sealed_at=SEALED_AT,
            proof=self.proof(index),
            withheld=withheld,
        )


PART = Withheld(
    paths=frozenset({"/fields/given_by/person", "/event_at"}), words={"/fields/exact_words": frozenset({4, 5})}
)


class ForgedLog:
    """A log of one true record and of one whose digest map is made here, from fields as a disclosure shows them; every proof is valid."""

    def __init__(self, fields: dict[str, dict], hidden: tuple[str, ...] = ()) -> None:
        digests = {path: base64.encode(_digest_of(shown)) for path, shown in fields.items()}
        digests |= {path: base64.encode(sha256(path.encode()).digest()) for path in hidden}
        leaves = [SmallLog(1).leaves[0], make_leaf(commitment_value(digests), SEALED_AT)]
        hashes = [merkle.leaf_hash(leaf_bytes(leaf)) for leaf in leaves]
        self.checkpoint = sign_note(KEY, Checkpoint(KEY.origin, 2, merkle.node_hash(*hashes)).text)
        self.disclosure: dict = {
            "index": 1,
            "leaf": leaves[1],
            "proof": [base64.encode(hashes[0])],
            "digests": digests,
            "fields": fields,
        }


def _digest_of(shown: dict) -> bytes:
    if "value" in shown:
        return digest_of_value(shown["value"], [base64.decode(salt) for salt in shown["salts"]])
    return field_digest(
        [
            word_digest(base64.decode(piece["salt"]), piece["text"])
            if "text" in piece
            else base64.decode(piece["withheld"])
            for piece in shown["pieces"]
        ]
    )


def in_pieces(*texts: str) -> dict:
    """A field whose words are shown in just these pieces; an empty one is withheld."""
    return {
        "pieces": [
            {"text": text, "salt": base64.encode(sha256(b"salt %d" % at).digest()[:16])}
            if text
            else {"withheld": base64.encode(sha256(b"withheld %d" % at).digest())}
            for at, text in enumerate(texts)
        ]
    }


def value_of(value: str) -> dict:
    salts = [base64.encode(sha256(b"salt %d" % at).digest()[:16]) for at in range(len(words_of(value)))]
    return {"value": value, "salts": salts}


FORGED = {
    "words in pieces": (ForgedLog({"/a": in_pieces("one ", "", "two")}), "verified"),
    "white space first": (ForgedLog({"/a": in_pieces("  ", "", "two\n")}), "verified"),
    "pieces of which none is withheld": (ForgedLog({"/a": in_pieces("one ", "two")}), "verified"),
    "one piece of white space": (ForgedLog({"/a": in_pieces(" ")}), "verified"),
    "a word cut in two pieces": (ForgedLog({"/a": in_pieces("no", "te ", "two")}), "malformed"),
    "a word cut before a withheld piece": (ForgedLog({"/a": in_pieces("no", "")}), "malformed"),
    "white space in the middle": (ForgedLog({"/a": in_pieces("one ", " ", "two")}), "malformed"),
    "white space at the end": (ForgedLog({"/a": in_pieces("one ", " ")}), "malformed"),
    "white space twice at the beginning": (ForgedLog({"/a": in_pieces(" ", " ", "two")}), "malformed"),
    "no field shown": (ForgedLog({}, ("/a", "/b/0", "/b/1")), "verified"),
    "places of a list": (ForgedLog({"/a/0": value_of("x"), "/a/1/b": value_of("y")}, ("/c",)), "verified"),
    "more than ten places": (ForgedLog({}, tuple(f"/a/{at}" for at in range(12))), "verified"),
    "a place in no list": (ForgedLog({"/0": value_of("x")}), "malformed"),
    "a place with a leading zero": (ForgedLog({"/a/00": value_of("x")}), "malformed"),
    "a place and a name": (ForgedLog({"/a/0": value_of("x")}, ("/a/b",)), "malformed"),
    "a list with a hole": (ForgedLog({"/a/0": value_of("x")}, ("/a/2",)), "malformed"),
    "a list without its beginning": (ForgedLog({"/a/1": value_of("x")}), "malformed"),
    "a name that begins with a digit": (ForgedLog({"/1st": value_of("x")}), "malformed"),
}
"""Records in part as no program of this kind seals them, each with what a verifier says of it."""


def nested(levels: int) -> dict:
    """A record of so many levels, its one scalar among them."""
    value: object = "x"
    for _ in range(levels - 1):
        value = {"a": value}
    return value if isinstance(value, dict) else {}


class DeepLog(ForgedLog):
    """A log with a record of so many levels, shown whole."""

    def __init__(self, levels: int) -> None:
        made = commit(nested(levels), secret(1))
        super().__init__({})
        leaves = [SmallLog(1).leaves[0], make_leaf(made.value, SEALED_AT)]
        hashes = [merkle.leaf_hash(leaf_bytes(leaf)) for leaf in leaves]
        self.checkpoint = sign_note(KEY, Checkpoint(KEY.origin, 2, merkle.node_hash(*hashes)).text)
        self.disclosure = {
            "index": 1,
            "leaf": leaves[1],
            "proof": [base64.encode(hashes[0])],
            "digests": dict(made.digests),
            "secret": base64.encode(secret(1)),
            "record": nested(levels),
        }


DEEP = {"64 levels": (DeepLog(64), "verified"), "65 levels": (DeepLog(65), "malformed")}


def receipts() -> list[dict]:
    log, found = SmallLog(7), []

    def add(name: str, text: str, expect: str) -> None:
        found.append({"name": name, "receipt": text, "expect": expect})

    for size in (1, 2, 3, 7):
        for index in range(size):
            add(f"record {index} of {size}", SmallLog(size).receipt(index), "verified")
    good = log.receipt(3)
    lines = good.split("\n")
    add("another index", good.replace("index 3\n", "index 2\n"), "not-included")
    add("an index beyond the log", good.replace("index 3\n", "index 7\n"), "not-included")
    add("an index with a leading zero", good.replace("index 3\n", "index 03\n"), "malformed")
    add("a proof cut short", "\n".join([*lines[:3], *lines[4:]]), "not-included")
    add("a proof hash too many", "\n".join([*lines[:4], lines[3], *lines[4:]]), "not-included")
    add("a proof hash changed", good.replace(lines[3], base64.encode(bytes(32))), "not-included")
    add("the leaf of another record", "\n".join([lines[0], log.receipt(4).split("\n")[1], *lines[2:]]), "not-included")
    add("a checkpoint of another size", good.replace("\n7\n", "\n8\n"), "bad-signature")
    other = SmallLog(7, OTHER_KEY)
    add("the checkpoint of another log", good.split("\n\n", 1)[0] + "\n\n" + other.checkpoint(), "other-log")
    add("the key of another log", "\n".join([lines[0], other.receipt(3).split("\n")[1], *lines[2:]]), "other-log")
    add("CRLF line ends", good.replace("\n", "\r\n"), "malformed")
    add("no extra line", "\n".join([lines[0], *lines[2:]]), "malformed")
    add("no newline at the end", good.rstrip("\n"), "malformed")
    line = f"— a.witness.example {base64.encode(bytes(range(36)))}\n"
    add("another signature line", good + line, "verified")
    add("a control character in the name of a signature", good + line.replace("a.", "a\x7f."), "malformed")
    add("white space in the name of a signature", good + line.replace("a.", "a\u00a0."), "malformed")
    add("a plus in the name of a signature", good + line.replace("a.", "a+"), "malformed")
    add("two spaces in a signature line", good + line.replace("— ", "—  "), "malformed")
    add("a signature of four bytes", good + f"— a.witness.example {base64.encode(bytes(4))}\n", "malformed")
    add("the log's own signature twice", good + good.splitlines(keepends=True)[-1], "bad-signature")
    add("base64 without padding", good.replace(lines[3], lines[3].rstrip("=")), "malformed")
    spaced = json.dumps(
        {"format": "evidence-trail/seal-receipt/v1", "leaf": log.leaves[3], "log_key": base64.encode(KEY.public)}
    )
    add(
        "extra data not in canonical form",
        good.replace(lines[1], "extra " + base64.encode(spaced.encode())),
        "malformed",
    )
    return found


def disclosures() -> list[dict]:
    log, found = SmallLog(5), []

    def add(name: str, value: dict, expect: str, faults: list[str] | None = None) -> None:
        found.append({"name": name, "disclosure": value, "expect": expect, "faults": faults or []})

    add("a whole record", log.disclosure(1), "verified")
    add("every sort of value", log.disclosure(3), "verified")
    part = log.disclosure(1, PART)
    add("a record in part", part, "verified")

    def changed(base: dict, change) -> dict:
        value = copy.deepcopy(base)
        change(value)
        return value

    whole = log.disclosure(1)
    words = "/fields/exact_words"
    add(
        "a word changed",
        changed(whole, lambda d: d["record"]["fields"].update(exact_words="Move him to weekly, J. Marsh said.")),
        "field",
        [words],
    )
    add(
        "a field added",
        changed(whole, lambda d: d["record"]["fields"].update(place="Easthaven")),
        "field",
        ["/fields/place"],
    )
    add("a field taken away", changed(whole, lambda d: d["record"].pop("case_ref")), "field", ["/case_ref"])
    add("a boolean as text", changed(whole, lambda d: d["record"].update(late_entry="false")), "field", ["/late_entry"])
    add(
        "a shown word changed",
        changed(part, lambda d: d["fields"][words]["pieces"][0].update(text="Keep ")),
        "field",
        [words],
    )
    add(
        "a withheld word revealed as another",
        changed(
            part,
            lambda d: d["fields"][words]["pieces"].__setitem__(4, {"text": "T. ", "salt": base64.encode(bytes(16))}),
        ),
        "field",
        [words],
    )
    add("a withheld word left away", changed(part, lambda d: d["fields"][words]["pieces"].pop(4)), "field", [words])
    add(
        "a digest changed",
        changed(part, lambda d: d["digests"].update({"/event_at": base64.encode(bytes(32))})),
        "commitment",
    )
    add("a path left away", changed(part, lambda d: d["digests"].pop("/event_at")), "commitment")
    add("another position", changed(whole, lambda d: d.update(index=2)), "not-included")
    add(
        "another time of sealing",
        changed(whole, lambda d: d["leaf"].update(sealed_at="2025-04-14T13:42:08Z")),
        "not-included",
    )
    add(
        "a salt too many",
        changed(part, lambda d: d["fields"]["/kind"]["salts"].append(base64.encode(bytes(16)))),
        "malformed",
    )
    add("a null added", changed(whole, lambda d: d["record"].update(withdrawn=None)), "malformed")
    add("an empty list added", changed(whole, lambda d: d["record"].update(withdrawn=[])), "malformed")
    add(
        "a list shown as an object",
        changed(log.disclosure(3), lambda d: d["record"].update(flags={"0": True, "1": False})),
        "malformed",
    )
    add("a name with a slash", changed(whole, lambda d: d["record"].update({"fields/given_by": "x"})), "malformed")
    add("a path without a slash", changed(part, lambda d: d["fields"].update(kind=d["fields"]["/kind"])), "malformed")
    add(
        "two words in one piece",
        changed(part, lambda d: d["fields"][words]["pieces"][0].update(text="Move him ")),
        "malformed",
    )
    add("no pieces", changed(part, lambda d: d["fields"][words].update(pieces=[])), "malformed")
    add("a control character", changed(whole, lambda d: d["record"].update(kind="instruction\u0007")), "malformed")
    add(
        "one path the beginning of another",
        changed(whole, lambda d: d["digests"].update({"/kind/sub": d["digests"]["/kind"]})),
        "malformed",
    )
    add(
        "a word added",
        changed(whole, lambda d: d["record"]["fields"].update(exact_words="Move him to monthly, J. Marsh said. Now.")),
        "field",
        [words],
    )
    add("an unknown member", changed(whole, lambda d: d.update(note="x")), "malformed")
    for name, (forged, expect) in (FORGED | DEEP).items():
        found.append(
            {
                "name": name,
                "checkpoint": forged.checkpoint,
                "disclosure": forged.disclosure,
                "expect": expect,
                "faults": [],
            }
        )
    return found


ABOUT = {
    "title": "Audit trail",
    "profile": "officer",
    "profile_version": "1",
    "marking": "",
    "prepared_for": "",
    "made_at": SEALED_AT,
}
LABELLED = {"1": {"/fields/exact_words": {"4": "client A"}}}


def manifest(**changes: object) -> dict:
    """A manifest of a log of five records, of which it shows two; with members changed, or taken away where they are None."""
    log = SmallLog(5)
    content = {
        "format": "evidence-trail/bundle/v1",
        "bundle": ABOUT,
        "log_key": base64.encode(KEY.public),
        "checkpoint": log.checkpoint(),
        "records": [log.disclosure(0), log.disclosure(1, PART)],
        "left_out": [{"first": 2, "last": 4, "reason": "another matter"}],
        "exhibits": [],
        "pages": [base64.encode(bytes(32))],
    }
    return {name: value for name, value in (content | changes).items() if value is not None}


def manifests() -> list[dict]:
    """The form of a manifest (bundle.md, section 2); each as the text of its bytes."""
    found: list[dict] = []

    def add(name: str, content: dict | str, expect: str) -> None:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        found.append({"name": name, "manifest": text, "expect": expect})

    def about(**changes: object) -> dict:
        return {name: value for name, value in (ABOUT | changes).items() if value is not None}

    def labelled(label: object) -> dict:
        return manifest(labels={"1": {"/fields/exact_words": {"4": label}}})

    add("a manifest", manifest(), "verified")
    add("a manifest of spaces and escapes", json.dumps(manifest(), indent=3, ensure_ascii=True), "verified")
    add("a member more", manifest(note="x"), "malformed")
    add("a member less", manifest(pages=None), "malformed")
    add("a name twice", json.dumps(manifest())[:-1] + ', "pages": []}', "malformed")
    add("a byte order mark", "\ufeff" + json.dumps(manifest()), "malformed")
    add("of the bundle: a member more", manifest(bundle=about(note="x")), "malformed")
    add("of the bundle: a member less", manifest(bundle=about(marking=None)), "malformed")
    add("of the bundle: nothing", manifest(bundle={}), "malformed")
    add("of the bundle: a number", manifest(bundle=about(profile_version=1)), "malformed")
    add("of the bundle: no object", manifest(bundle="Audit trail"), "malformed")
    add("a run without a reason", manifest(left_out=[{"first": 2, "last": 4}]), "malformed")
    add("a run with an empty reason", manifest(left_out=[{"first": 2, "last": 4, "reason": ""}]), "verified")
    add("a run whose reason is a number", manifest(left_out=[{"first": 2, "last": 4, "reason": 1}]), "malformed")
    add("a run of one", manifest(left_out=[{"first": 2, "last": 2, "reason": "x"}]), "verified")
    add("a run that goes back", manifest(left_out=[{"first": 4, "last": 2, "reason": "x"}]), "malformed")
    add("a run from 2.0", manifest(left_out=[{"first": 2.0, "last": 4, "reason": "x"}]), "malformed")
    add("a label", manifest(labels=LABELLED), "verified")
    add("an empty label", labelled(""), "verified")
    add("a label of 200 characters", labelled("x" * 200), "verified")
    add("a label of 201 characters", labelled("x" * 201), "malformed")
    add("a label with letters of Wales", labelled("tŷ bach"), "verified")
    add("a label with a no-break space", labelled("client\u00a0A"), "malformed")
    add("a label that turns what follows", labelled("client \u202eA"), "malformed")
    add("a label with a control character", labelled("client\u0007"), "malformed")
    add("a label with a private character", labelled("client \ue000"), "malformed")
    add("a label that is a number", labelled(1), "malformed")
    add("no labels", manifest(labels={}), "malformed")
    add("labels of no path", manifest(labels={"1": {}}), "malformed")
    add("labels of no word", manifest(labels={"1": {"/fields/exact_words": {}}}), "malformed")
    add("a label of a word that is shown", manifest(labels={"1": {"/fields/exact_words": {"0": "x"}}}), "malformed")
    add("a label of a record that is not shown", manifest(labels={"3": LABELLED["1"]}), "malformed")
    add("a position with a leading zero", manifest(labels={"01": LABELLED["1"]}), "malformed")
    text = json.dumps(manifest())
    add("half a character", text.replace("Audit trail", "Audit \\ud800"), "malformed")
    add("two halves of a character", text.replace("Audit trail", "Audit \\ud83d\\ude00"), "verified")
    large = manifest(records=[*manifest()["records"], {"index": 2, "x": "LARGE"}])
    add("the largest whole number", json.dumps(large).replace('"LARGE"', str(2**53 - 1)), "verified")
    add("a whole number too large", json.dumps(large).replace('"LARGE"', str(2**53)), "malformed")
    add("a whole number too small", json.dumps(large).replace('"LARGE"', str(-(2**53))), "malformed")
    add("a large number with an exponent", json.dumps(large).replace('"LARGE"', "1e16"), "verified")
    add("a number beyond all", json.dumps(large).replace('"LARGE"', "1e999"), "malformed")
    add("not a number", json.dumps(large).replace('"LARGE"', "NaN"), "malformed")
    return found


def steps() -> dict:
    """Every intermediate value of the worked example."""
    commitment = commit(EXAMPLE, secret(1))
    leaf = make_leaf(commitment.value, SEALED_AT)
    digest = merkle.leaf_hash(leaf_bytes(leaf))
    return {
        "record": EXAMPLE,
        "secret": base64.encode(secret(1)),
        "salts": {path: [base64.encode(salt) for salt in salts] for path, salts in commitment.salts.items()},
        "digests": commitment.digests,
        "digest_map": canonical(dict(commitment.digests)).decode(),
        "commitment": base64.encode(commitment.value),
        "leaf": leaf_bytes(leaf).decode(),
        "leaf_hash": digest.hex(),
        "short_code": short_code(digest),
        "private_key": base64.encode(sha256(b"the log key of the vectors").digest()),
        "public_key": base64.encode(KEY.public),
        "origin": KEY.origin,
        "checkpoint": SmallLog(2).checkpoint(),
    }


def files() -> dict[str, object]:
    log = SmallLog(5)
    return {
        "steps.json": steps(),
        "seal-receipts.json": receipts(),
        "disclosures.json": {
            "log_key": base64.encode(KEY.public),
            "checkpoint": log.checkpoint(),
            "cases": disclosures(),
        },
        "manifests.json": manifests(),
    }


def spelled(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def by_the_line(value: dict) -> str:
    """One member a line, and one line for each shown field."""
    lines = []
    for name, member in value.items():
        if name == "fields":
            inner = ",\n".join(f"  {json.dumps(path)}: {json.dumps(field)}" for path, field in member.items())
            lines.append(f' "fields": {{\n{inner}\n }}')
        elif name == "digests":
            lines.append(' "digests": {"/case_ref": "39B7w…", …as above…}')
        else:
            lines.append(f" {json.dumps(name)}: {json.dumps(member)}")
    return "{\n" + ",\n".join(lines) + "\n}"


def example_text() -> str:
    """The worked example as it stands on the first screen of the specification."""
    known, log = steps(), SmallLog(2)
    digests = "\n".join(f'  "{path}": "{digest}"' for path, digest in known["digests"].items())
    first_salt = known["salts"]["/fields/exact_words"][0]
    return f"""A record and its secret:

```
{canonical(EXAMPLE).decode()}
secret      {known["secret"]}
```

Each word is hashed with a salt of its own (that of the first of the exact words is `{first_salt}`), and each field's digests are hashed again:

```
{digests}
```

The digest map's hash is the commitment; with the time of sealing it is the leaf:

```
{known["leaf"]}
leaf hash   {known["leaf_hash"]}
short code  {known["short_code"]}
```

This record is at position 1 of a log of two. Its **seal receipt** is a file that proves so by itself:

```
{log.receipt(1)}```

And this **disclosure** shows the record without two of its fields and without the name in its words:

```json
{by_the_line(log.disclosure(1, PART))}
```"""


def specification_with_example(text: str) -> str:
    before, _, rest = text.partition("<!-- example -->\n")
    _, _, after = rest.partition("<!-- /example -->")
    return f"{before}<!-- example -->\n{example_text()}\n<!-- /example -->{after}"


def write_all() -> None:
    for name, content in files().items():
        (HERE / name).write_text(spelled(content), encoding="utf-8")
    text = SPECIFICATION.read_text(encoding="utf-8")
    SPECIFICATION.write_text(specification_with_example(text), encoding="utf-8")
