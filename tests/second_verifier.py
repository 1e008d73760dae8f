"""A second verifier, written from the specification pages alone; it shares no code with the program.

docs/spec/record-log.md: sections 1 (conventions), 2 to 4 (record, pieces, digests), 5 to 8 (leaf, log, checkpoint, seal
receipt), 9 and 10 (disclosure, verifying). docs/spec/bundle.md: sections 2 to 6 (manifest, note, page digest, signature,
verifying). C2SP signed-note, tlog-checkpoint, tlog-proof; RFC 9162 section 2.1.3.2; RFC 8785; RFC 5652; RFC 5035.
"""

import base64
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path
from typing import Any

import pikepdf
import rfc8785
from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

NATURAL = re.compile(r"0|[1-9][0-9]*")
PATH = re.compile(r"(/[a-z0-9_]+)+")
ATTACHED = re.compile(r"/attachments/(0|[1-9][0-9]*)/sha256")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
WORDS = re.compile(r"[^ \t\n]+[ \t\n]*|[ \t\n]+")
TEXT = re.compile(r"[^\x00-\x08\x0b-\x1f\ud800-\udfff]+")
LOSSLESS = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
EXHIBIT_MEMBERS = ("exhibit", "sha256", "records", "first_page", "pages", "shown_as")
SHOWN_AS = {"placed", "rendered", "image", "text", "slip"}
MANIFEST, NOTE = "evidence-trail-manifest.json", "evidence-trail-manifest.note"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P25519 = 2**255 - 19
MANIFEST_MEMBERS = ("format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages")
FAULTS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError, pikepdf.PdfError)


class Refused(Exception):
    """A check that failed: its reason code."""


def outcome(check: Callable[[], Any]) -> tuple[str, Any]:  # Reason code and finding
    try:
        return "verified", check()
    except Refused as refused:
        return refused.args[0], None
    except InvalidSignature:
        return "bad-signature", None
    except FAULTS:
        return "malformed", None


def require(condition: object, reason: str = "malformed") -> None:
    if not condition:
        raise Refused(reason)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text: str, length: int | None = None) -> bytes:
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text and length in {None, len(data)})
    return data


def parse_json(data: bytes) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        require(len(dict(pairs)) == len(pairs))
        return dict(pairs)

    def whole(text: str) -> int:
        require(len(text) <= 17 and abs(int(text)) < 2**53)
        return int(text)

    return json.loads(data.decode(), object_pairs_hook=unique, parse_int=whole, parse_constant=lambda _: require(False))


def is_natural(value: Any, least: int = 0) -> bool:
    return type(value) is int and value >= least


def members(value: dict[str, Any], *names: str) -> None:
    require(isinstance(value, dict) and set(value) == set(names))


def small_order(key: bytes) -> bool:
    """Eight times the point is the neutral one: three doublings, for which y (and x squared, from y) is enough."""
    y, d = int.from_bytes(key, "little") % 2**255 % P25519, -121665 * pow(121666, -1, P25519)
    for _ in range(3):
        xx = (y * y - 1) * pow(d * y * y + 1, -1, P25519) % P25519
        y = (y * y + xx) * pow(1 - d * xx * y * y, P25519 - 2, P25519) % P25519
    return y == 1


def origin_of(key: bytes) -> str:
    return "evidence-trail/" + base64.b32encode(sha256(key)[:20]).decode().lower()


def open_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:  # record-log.md section 10, checkpoint, step 1
    end = note.rfind("\n\n")
    require(len(note) <= 65536)
    require(end >= 0 and note.endswith("\n") and not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", note))
    lines = [re.fullmatch(r"— ([^\s+]+) (\S+)", line) for line in note[end + 2 : -1].split("\n")]
    signatures = [(line[1], unbase64(line[2])) for line in lines if line]
    require(all(lines) and len(lines) <= 16 and all(len(signature) >= 5 for _, signature in signatures))
    return note[: end + 1], signatures


def check_signature(text: str, signatures: list[tuple[str, bytes]], key: bytes) -> None:
    origin = origin_of(key)
    key_id = sha256(origin.encode(), b"\n\x01", key)[:4]
    ours = [signature[4:] for name, signature in signatures if name == origin and signature[:4] == key_id]
    require(not small_order(key), "bad-signature")
    require(ours, "other-log")
    require(len(ours) == 1, "bad-signature")
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(ours[0], text.encode())


def check_checkpoint(checkpoint: str, key: bytes) -> tuple[int, bytes]:  # record-log.md section 10, checkpoint
    text, signatures = open_note(checkpoint)
    origin, size, root, rest = text.split("\n")
    require(not rest and NATURAL.fullmatch(size) and len(size) <= 18)
    head = int(size), unbase64(root, 32)
    require(origin == origin_of(key), "other-log")
    check_signature(text, signatures, key)
    return head


def check_included(leaf: bytes, index: int, proof: list[bytes], size: int, root: bytes) -> None:
    require(index < size, "not-included")
    first, last, node = index, size - 1, sha256(b"\x00", leaf)
    for sibling in proof:
        require(last > 0, "not-included")
        if first & 1 or first == last:
            node = sha256(b"\x01", sibling, node)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            node = sha256(b"\x01", node, sibling)
        first, last = first >> 1, last >> 1
    require(last == 0 and node == root, "not-included")


def check_leaf(leaf: dict[str, Any]) -> tuple[bytes, bytes]:  # record-log.md section 5
    members(leaf, "commitment", "format", "sealed_at")
    require(leaf["format"] == "evidence-trail/record/v1" and TIME.fullmatch(leaf["sealed_at"]))
    datetime.strptime(leaf["sealed_at"], "%Y-%m-%dT%H:%M:%S%z")
    return rfc8785.dumps(leaf), unbase64(leaf["commitment"], 32)


def check_receipt(data: bytes) -> None:  # record-log.md sections 8 and 10, seal receipt
    require(len(data) <= 65536)
    head, gap, checkpoint = data.decode().partition("\n\n")
    first, extra_line, index_line, *proof_lines = head.split("\n")
    require(gap and first == "c2sp.org/tlog-proof@v1" and len(proof_lines) <= 64)
    require(extra_line.startswith("extra ") and index_line.startswith("index "))
    extra = parse_json(unbase64(extra_line[6:]))
    require(rfc8785.dumps(extra) == unbase64(extra_line[6:]))
    members(extra, "format", "leaf", "log_key")
    require(extra["format"] == "evidence-trail/seal-receipt/v1" and NATURAL.fullmatch(index_line[6:]))
    leaf, proof = check_leaf(extra["leaf"])[0], [unbase64(line, 32) for line in proof_lines]
    check_included(leaf, int(index_line[6:]), proof, *check_checkpoint(checkpoint, unbase64(extra["log_key"], 32)))


def verify_receipt(data: bytes) -> str:
    """record-log.md section 10, seal receipt: "verified" or the reason code."""
    return outcome(lambda: check_receipt(data))[0]


def pieces_of(value: str | float) -> list[tuple[bytes, bytes]]:  # record-log.md sections 3 and 4
    require(TEXT.fullmatch(value) if isinstance(value, str) else isinstance(value, int | float))
    words = WORDS.findall(value) if isinstance(value, str) else []
    return [(b"\x10", word.encode()) for word in words] or [(b"\x11", rfc8785.dumps(value))]


def scalars(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # record-log.md section 2
    if not isinstance(value, dict | list):
        yield path, value
        return
    require(value)
    for name, item in value.items() if isinstance(value, dict) else enumerate(value):
        require(isinstance(name, int) or re.fullmatch(r"[a-z_][a-z0-9_]*", name))
        yield from scalars(item, f"{path}/{name}")


def salts_of(secret: bytes, path: str, count: int) -> list[bytes]:  # record-log.md section 3
    stream = io.BytesIO(hashlib.shake_256(b"evidence-trail/salts/v1\n" + secret + path.encode()).digest(16 * count))
    return [stream.read(16) for _ in range(count)]


def whole_fields(record: dict[str, Any], secret: bytes) -> dict[str, tuple[bytes, Any]]:  # record-log.md section 4
    require(isinstance(record, dict))
    made: dict[str, tuple[bytes, Any]] = {}
    for path, value in scalars(record):
        pieces = pieces_of(value)
        salts = salts_of(secret, path, len(pieces))
        digests = [sha256(tag, salt, data) for (tag, data), salt in zip(pieces, salts, strict=True)]
        made[path] = sha256(b"\x12", *digests), value
    return made


def salted(value: Any, salts: list[str]) -> list[bytes]:
    return [sha256(tag, unbase64(s, 16), data) for (tag, data), s in zip(pieces_of(value), salts, strict=True)]


def shown_field(field: dict[str, Any]) -> tuple[bytes, Any]:  # record-log.md section 9
    if set(field) != {"pieces"}:
        members(field, "value", "salts")
        return sha256(b"\x12", *salted(field["value"], field["salts"])), field["value"]
    digests: list[bytes] = []
    require(isinstance(field["pieces"], list))
    for piece in field["pieces"]:
        members(piece, *(("withheld",) if "withheld" in piece else ("text", "salt")))
        require(all(isinstance(part, str) for part in piece.values()))
        digests += salted(piece["text"], [piece["salt"]]) if "text" in piece else [unbase64(piece["withheld"], 32)]
    require(digests)
    shown = all("text" in piece for piece in field["pieces"])
    return sha256(b"\x12", *digests), "".join(piece["text"] for piece in field["pieces"]) if shown else None


def check_disclosure(
    disclosure: dict[str, Any], size: int, root: bytes
) -> tuple[set[str], dict[str, Any]]:  # record-log.md section 10: the paths at fault, and the values of the others
    whole = "fields" not in disclosure
    members(disclosure, "index", "leaf", "proof", "digests", *(("secret", "record") if whole else ("fields",)))
    leaf, commitment = check_leaf(disclosure["leaf"])
    require(is_natural(disclosure["index"]) and isinstance(disclosure["proof"], list))
    require(len(disclosure["proof"]) <= 64)
    proof = [unbase64(node, 32) for node in disclosure["proof"]]
    digests = {path: unbase64(digest, 32) for path, digest in disclosure["digests"].items()}
    require(digests and all(PATH.fullmatch(path) for path in digests))
    steps = [path.split("/") for path in digests]
    beginnings = {"/".join(step[:count]) for step in steps for count in range(1, len(step))}
    require(not beginnings & set(digests))
    if whole:
        made = whole_fields(disclosure["record"], unbase64(disclosure["secret"], 32))
    else:
        made = {path: shown_field(field) for path, field in disclosure["fields"].items()}
        require(all(PATH.fullmatch(path) for path in made))
    check_included(leaf, disclosure["index"], proof, size, root)
    require(sha256(b"\x13", rfc8785.dumps(disclosure["digests"])) == commitment, "commitment")
    faults = set(digests) - set(made) if whole else set()
    faults |= {path for path, (digest, _) in made.items() if digests.get(path) != digest}
    return faults, {path: value for path, (_, value) in made.items() if path not in faults}


def verify_disclosure(disclosure: dict[str, Any], checkpoint: str, log_key: str) -> tuple[str, list[str]]:
    """record-log.md section 10, disclosure: "verified" or the reason code, and the paths at fault."""
    reason, found = outcome(lambda: check_disclosure(disclosure, *check_checkpoint(checkpoint, unbase64(log_key, 32))))
    return ("field", sorted(found[0])) if found and found[0] else (reason, [])


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1)
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def spell_cms(certificate: x509.Certificate, raw: bytes, signature: bytes, digest: bytes) -> tuple[bytes, bytes]:
    """bundle.md section 5: the only spelling of the SignedData, and the signed attributes as they are signed."""
    oids = ("1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4")
    data, signed_data, content_type, message_digest = (core.ObjectIdentifier(dotted).dump() for dotted in oids)
    oids = ("1.2.840.113549.1.9.16.2.47", "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2")
    signing_certificate, sha_256, ecdsa = (core.ObjectIdentifier(dotted).dump() for dotted in oids)
    algorithm, number = der(0x30, sha_256, der(5)), certificate.serial_number
    attributes = der(0x30, content_type, der(0x31, data)) + der(0x30, message_digest, der(0x31, der(4, digest)))
    attributes += der(0x30, signing_certificate, der(0x31, der(0x30, der(0x30, der(0x30, der(4, sha256(raw)))))))
    signer = der(0x30, certificate.issuer.public_bytes(), der(2, number.to_bytes(number.bit_length() // 8 + 1)))
    signed = (der(0xA0, attributes), der(0x30, ecdsa), der(4, signature))
    info = der(0x31, der(0x30, der(2, b"\x01"), signer, algorithm, *signed))
    body = der(0x30, der(2, b"\x01"), der(0x31, algorithm), der(0x30, data), der(0xA0, raw), info)
    return der(0x30, signed_data, der(0xA0, body)), der(0x31, attributes)


def covered(data: bytes) -> tuple[list[int], bytes]:  # bundle.md section 5: the range and what stands in its gap
    pattern = rb"/ByteRange\s*\[\s*0\s+([0-9]{1,12})\s+([0-9]{1,12})\s+([0-9]{1,12})\s*\]"
    found = re.match(pattern, data[max(data.rfind(b"/ByteRange"), 0) :])
    start, end, rest = map(int, found.groups() if found else ())
    hexadecimal = re.fullmatch(rb"<((?:[0-9A-F]{2})+)>", data[start:end])
    require(hexadecimal)
    return [0, start, end, rest], bytes.fromhex(hexadecimal[1].decode() if hexadecimal else "")


def signer_of(data: bytes) -> tuple[bytes, bytes]:  # The certificate and the signature
    signed = cms.ContentInfo.load(covered(data)[1])["content"]
    return signed["certificates"][0].dump(), signed["signer_infos"][0]["signature"].native


def check_file(data: bytes) -> None:  # bundle.md section 5
    (_, start, end, rest), container = covered(data)
    require(end + rest == len(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields.as_list()
        require(list(map(int, field.V.ByteRange.as_list())) == [0, start, end, rest])
    raw, signature = signer_of(data)
    certificate = x509.load_der_x509_certificate(raw)
    spelled, attributes = spell_cms(certificate, raw, signature, sha256(data[:start], data[end:]))
    require(container == spelled + bytes(max(len(container) - len(spelled), 0)))
    require(utils.encode_dss_signature(*utils.decode_dss_signature(signature)) == signature)
    require(utils.decode_dss_signature(signature)[1] <= P256_ORDER // 2)
    key = certificate.public_key()
    require(isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1))
    key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))


class Speller:
    """bundle.md section 4: the spelling of a page's objects, each reference spelled once."""

    def __init__(self) -> None:
        self.done: dict[tuple[int, int], bytes | None] = {}
        self.depth = 0

    @staticmethod
    def text(mark: bytes, data: bytes) -> bytes:
        return mark + str(len(data)).encode() + b":" + data

    def spell(self, value: Any) -> bytes:
        if not (isinstance(value, pikepdf.Object) and value.is_indirect):
            self.depth += 1
            require(self.depth <= 200)
            spelled = self.direct(value)
            self.depth -= 1
            return spelled
        if value.objgen not in self.done:
            self.done[value.objgen] = None
            self.depth += 1
            require(self.depth <= 200)
            self.done[value.objgen] = b"R" + sha256(self.direct(value))
            self.depth -= 1
        require(self.done[value.objgen])
        return self.done[value.objgen] or b""

    def direct(self, value: Any) -> bytes:
        if value is None or isinstance(value, bool):
            return {None: b"n", True: b"t", False: b"f"}[value]
        if isinstance(value, int | Decimal):
            require(len(Decimal(value).as_tuple().digits) <= 1000)
            with localcontext(prec=2000):
                number = f"{Decimal(value).quantize(Decimal('0.00001'), ROUND_HALF_EVEN):f}".rstrip("0").rstrip(".")
            return b"D" + (b"0" if number == "-0" else number.encode()) + b";"
        if isinstance(value, pikepdf.Name):
            return self.text(b"N", str(value)[1:].encode())
        if isinstance(value, pikepdf.String):
            return self.text(b"S", bytes(value))
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(map(self.spell, value.as_list())) + b"]"
        if isinstance(value, pikepdf.Stream):
            filters = value.get("/Filter", [])
            lossless = LOSSLESS.issuperset(map(str, [filters] if isinstance(filters, pikepdf.Name) else filters))
            data = value.read_bytes() if lossless else value.read_raw_bytes()
            return (
                b"B"
                + self.entries(value, {"/Length", *(("/Filter", "/DecodeParms") if lossless else ())})
                + sha256(data)
            )
        require(isinstance(value, pikepdf.Dictionary))
        return self.entries(value, set())

    def entries(self, holder: Any, without: set[str]) -> bytes:
        names = sorted(set(holder.keys()) - without, key=str.encode)
        return b"<" + b"".join(self.text(b"N", n[1:].encode()) + self.spell(holder[n]) for n in names) + b">"

    def page(self, page: Any) -> bytes:
        spelled = b"page\n"
        holders = [page]
        while "/Parent" in holders[-1]:
            holders.append(holders[-1]["/Parent"])
            require(len(holders) <= 200)
        for name, values in [(name, [holder[name] for holder in holders if name in holder]) for name in PAGE_KEYS]:
            spelled += self.text(b"N", name[1:].encode()) + self.spell(values[0]) if values else b""
        contents = page.get("/Contents", [])
        streams = [contents] if isinstance(contents, pikepdf.Stream) else contents
        return sha256(spelled, sha256(b"\n".join(stream.read_bytes() for stream in streams)))


def check_manifest(manifest: dict[str, Any]) -> bytes:  # bundle.md section 2
    members(manifest, *MANIFEST_MEMBERS)
    require(manifest["format"] == "evidence-trail/bundle/v1" and isinstance(manifest["checkpoint"], str))
    require(all(isinstance(manifest[name], list) for name in ("records", "left_out", "exhibits", "pages")))
    require(all(isinstance(one, dict) and is_natural(one.get("index")) for one in manifest["records"]))
    for run in manifest["left_out"]:
        members(run, "first", "last", "reason")
        require(is_natural(run["first"]) and is_natural(run["last"], run["first"]) and isinstance(run["reason"], str))
    for number, exhibit in enumerate(manifest["exhibits"], 1):
        members(exhibit, *EXHIBIT_MEMBERS, *(("file",) if "file" in exhibit else ()))
        records = exhibit["records"]
        require(is_natural(exhibit["exhibit"], 1) and exhibit["exhibit"] == number)
        require(re.fullmatch(r"[0-9a-f]{64}", exhibit["sha256"]) and exhibit["shown_as"] in SHOWN_AS)
        require(isinstance(records, list) and all(map(is_natural, records)) and 0 < len(records) == len(set(records)))
        require(is_natural(exhibit["first_page"], 1) and is_natural(exhibit["pages"], 1))
        require(exhibit.get("file") in {None, f"exhibit-{number:03}.original"} and exhibit.get("file", "") is not None)
    require(all(unbase64(digest, 32) for digest in manifest["pages"]))
    return unbase64(manifest["log_key"], 32)


def name_tree(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    require(depth < 50)
    names = node.get("/Names", pikepdf.Array()).as_list()
    yield from ((str(name), value) for name, value in zip(names[::2], names[1::2], strict=True))
    for kid in node.get("/Kids", pikepdf.Array()).as_list():
        yield from name_tree(kid, depth + 1)


class Bundle:
    """bundle.md section 6: the items, each judged by itself."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.items: dict[str, str] = {}  # The verdicts by the items' names.
        self.shown: dict[int, dict[str, Any]] = {}  # The values that are as sealed, by position and path.
        self.indexes: set[int] = set()

    def judge(self, name: str, check: Callable[[], Any], *, malformed: str = "altered") -> Any:
        reason, found = outcome(check)
        verdict = {"verified": "verified", "malformed": malformed}.get(reason, "altered")
        if self.items.get(name, "verified") == "verified":
            self.items[name] = verdict
        return found

    def file(self, name: str) -> bytes:
        files = name_tree(self.pdf.Root.Names.EmbeddedFiles)
        return next(value for found, value in files if found == name).EF.F.read_bytes()

    def open(self) -> tuple[bytes, dict[str, Any]]:
        raw = self.file(MANIFEST)
        manifest = parse_json(raw)
        self.key = check_manifest(manifest)
        return raw, manifest

    def note(self, raw: bytes) -> None:
        text, signatures = open_note(self.file(NOTE).decode())
        require(text == f"evidence-trail/bundle-manifest/v1\n{base64.b64encode(sha256(raw)).decode()}\n")
        check_signature(text, signatures, self.key)

    def record(self, disclosure: dict[str, Any]) -> None:
        index = disclosure["index"]
        again = index in self.indexes
        self.indexes.add(index)
        faults, shown = check_disclosure(disclosure, *self.head)
        self.shown.setdefault(index, shown)
        require(not faults and not again, "field")

    def positions(self, manifest: dict[str, Any]) -> None:
        spans = [(one["index"], one["index"]) for one in manifest["records"]]
        spans += [(run["first"], run["last"]) for run in manifest["left_out"]]
        ends = [0, *(last + 1 for _, last in sorted(spans))]
        require([first for first, _ in sorted(spans)] + [self.head[0]] == ends)

    def embedded(self, manifest: dict[str, Any]) -> None:
        files = list(name_tree(self.pdf.Root.Names.EmbeddedFiles))
        names = [name for name, _ in files]
        known = {MANIFEST, NOTE} | {one["file"] for one in manifest["exhibits"] if "file" in one}
        require(len(names) == len(set(names)) and set(names) <= known)
        for _, value in files:
            require({"/F"} <= set(value.EF.keys()) <= {"/F", "/UF"} and isinstance(value.EF.F, pikepdf.Stream))
            require(value.EF.get("/UF", value.EF.F).objgen == value.EF.F.objgen)
        associated = [value.objgen for value in self.pdf.Root.AF.as_list()]
        require((0, 0) not in associated and sorted(associated) == sorted(value.objgen for _, value in files))

    def exhibit(self, exhibit: dict[str, Any]) -> None:
        for at in exhibit["records"]:
            paths = [path for path, value in self.shown[at].items() if value == exhibit["sha256"]]
            require(any(map(ATTACHED.fullmatch, paths)))
        require("file" not in exhibit or sha256(self.file(exhibit["file"])).hex() == exhibit["sha256"])

    def sealed(self, manifest: dict[str, Any]) -> None:  # The items that need the checkpoint
        for one in manifest["records"]:
            self.judge(f"record {one['index']}", lambda one=one: self.record(one))
        self.judge("positions", lambda: self.positions(manifest))
        self.judge("log key", lambda: require(self.shown[0]["/fields/log_key"] == manifest["log_key"]))
        signer = sha256((outcome(lambda: signer_of(self.data))[1] or [b""])[0]).hex()
        self.judge("certificate", lambda: require(self.shown[0]["/fields/certificate_sha256"] == signer))
        for one in manifest["exhibits"]:
            self.judge(f"exhibit {one['exhibit']}", lambda one=one: self.exhibit(one))

    def run(self) -> dict[str, str]:
        self.judge("whole file", lambda: check_file(self.data))
        self.pdf = outcome(lambda: pikepdf.open(io.BytesIO(self.data)))[1]
        if self.pdf is None:
            return self.items | {"file": "unreadable"}
        raw, manifest = self.judge("manifest", self.open, malformed="unreadable") or (b"", None)
        if manifest is None:
            return self.items
        self.judge("manifest", lambda: self.note(raw))
        self.head = self.judge("checkpoint", lambda: check_checkpoint(manifest["checkpoint"], self.key))
        if self.head:
            self.sealed(manifest)
        self.judge("embedded files", lambda: self.embedded(manifest))
        pages, digests = [page.obj for page in self.pdf.pages], manifest["pages"]
        self.judge("number of pages", lambda: require(len(pages) == len(digests)))
        for number, (page, digest) in enumerate(zip(pages, digests, strict=False), 1):
            self.judge(f"page {number}", lambda p=page, d=digest: require(unbase64(d) == Speller().page(p)))
        return self.items


def verify_bundle(data: bytes) -> dict[str, str]:
    """bundle.md section 6: "verified", "altered" or "unreadable" for each item."""
    return Bundle(data).run()


def main(arguments: list[str]) -> int:
    data = Path(arguments[0]).read_bytes()
    items = {"receipt": verify_receipt(data)} if data.startswith(b"c2sp.org/") else verify_bundle(data)
    print("\n".join(f"{name}: {verdict}" for name, verdict in items.items()))
    return int(set(items.values()) != {"verified"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
