"""A second verifier, written from the specification pages alone; it shares no code with the program.

docs/spec/record-log.md: sections 1 (conventions), 3 and 4 (pieces, digests), 5 to 8 (leaf, log, checkpoint, seal receipt),
9 and 10 (disclosure, verifying). docs/spec/bundle.md: sections 2 to 6 (manifest, note, page digest, signature, verifying).
C2SP signed-note, tlog-checkpoint and tlog-proof; RFC 9162 section 2.1.3.2; RFC 8785; RFC 5652; RFC 5035.
"""

import base64
import binascii
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import rfc8785
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
DECIMAL = re.compile(r"0|[1-9][0-9]{0,19}")
MEMBER = re.compile(r"[a-z0-9_]+")
WORDS = re.compile(r"[^ \t\n]+[ \t\n]*|[ \t\n]+")
SIGNATURE_LINE = re.compile(r"— ([^\s+]+) (\S+)")
TEXT = re.compile(r"[^\x00-\x08\x0b-\x1f\ud800-\udfff]+")
ATTACHMENT = re.compile(r"/attachments/[0-9]+/sha256")
HEX_DIGEST = re.compile(r"[0-9a-f]{64}")
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+([0-9]{1,12})\s+([0-9]{1,12})\s+([0-9]{1,12})\s*\]")
LOSSLESS = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
LEFT_OUT_KEYS = {"/Parent", "/P", "/Length", "/StructParent", "/StructParents"}
MANIFEST_MEMBERS = {"format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages"}
MAX_DEPTH = 100


class Refused(Exception):  # noqa: N818
    """A check that failed, with its reason code and the paths at fault."""

    def __init__(self, reason: str, paths: list[str] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.paths = sorted(paths or [])


def malformed() -> NoReturn:
    raise Refused("malformed")


def require(condition: bool, reason: str = "malformed") -> None:
    if not condition:
        raise Refused(reason)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text: Any, length: int | None = None) -> bytes:
    """Section 1: base64 in its only canonical spelling."""
    require(isinstance(text, str))
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        malformed()
    require(base64.b64encode(data).decode() == text and length in {None, len(data)})
    return data


def jcs(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, ValueError, RecursionError):
        malformed()


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    require(len({name for name, _ in pairs}) == len(pairs))
    return dict(pairs)


def parse_json(data: bytes) -> Any:
    try:
        return json.loads(data.decode(), object_pairs_hook=unique, parse_constant=lambda _: malformed())
    except (ValueError, RecursionError):
        malformed()


def natural(text: str) -> int:
    require(DECIMAL.fullmatch(text) is not None)
    return int(text)


def is_natural(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def members(value: Any, *names: str) -> dict[str, Any]:
    require(isinstance(value, dict) and set(value) == set(names))
    return dict(value)


def origin_of(key: bytes) -> str:
    """Section 6: the origin, from the fingerprint of the log's key."""
    return "evidence-trail/" + base64.b32encode(sha256(key)[:20]).decode().lower()


def open_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Section 10, checkpoint, step 1: the text, and name and bytes of each signature line."""
    require(not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", note) and note.endswith("\n"))
    end = note.rfind("\n\n")
    require(end >= 0)
    lines = [SIGNATURE_LINE.fullmatch(line) for line in note[end + 2 : -1].split("\n")]
    require(all(lines) and len(lines) <= 16)
    signatures = [(line[1], unbase64(line[2])) for line in lines if line]
    require(all(len(signature) >= 5 for _, signature in signatures))
    return note[: end + 1], signatures


def check_signature(text: str, signatures: list[tuple[str, bytes]], key: bytes) -> None:
    """Section 10, checkpoint, step 4."""
    origin = origin_of(key)
    key_id = sha256(origin.encode(), b"\n\x01", key)[:4]
    ours = [signature[4:] for name, signature in signatures if name == origin and signature[:4] == key_id]
    require(len(ours) == 1, "bad-signature")
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(ours[0], text.encode())
    except (InvalidSignature, ValueError):
        raise Refused("bad-signature") from None


def verify_checkpoint(checkpoint: str, key: bytes) -> tuple[int, bytes]:
    """Section 10, checkpoint: the size and the root."""
    text, signatures = open_note(checkpoint)
    lines = text.split("\n")
    require(len(lines) == 4 and all(lines[:3]))
    size, root = natural(lines[1]), unbase64(lines[2], 32)
    require(lines[0] == origin_of(key), "other-log")
    check_signature(text, signatures, key)
    return size, root


def check_included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2."""
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


def check_leaf(value: Any) -> tuple[bytes, bytes]:
    """Section 5: the leaf's bytes and its commitment."""
    leaf = members(value, "commitment", "format", "sealed_at")
    require(leaf["format"] == "evidence-trail/record/v1" and isinstance(leaf["sealed_at"], str))
    require(TIME.fullmatch(leaf["sealed_at"]) is not None)
    try:
        datetime.fromisoformat(leaf["sealed_at"])
    except ValueError:
        malformed()
    return jcs(leaf), unbase64(leaf["commitment"], 32)


def check_receipt(data: bytes) -> None:
    require(len(data) <= 65536)
    try:
        text = data.decode()
    except ValueError:
        malformed()
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    require(bool(gap) and 3 <= len(lines) <= 67 and lines[0] == "c2sp.org/tlog-proof@v1")
    require(lines[1].startswith("extra ") and lines[2].startswith("index "))
    extra_bytes = unbase64(lines[1][6:])
    extra = parse_json(extra_bytes)
    require(jcs(extra) == extra_bytes)
    members(extra, "format", "leaf", "log_key")
    require(extra["format"] == "evidence-trail/seal-receipt/v1")
    leaf, _ = check_leaf(extra["leaf"])
    index, proof = natural(lines[2][6:]), [unbase64(line, 32) for line in lines[3:]]
    size, root = verify_checkpoint(checkpoint, unbase64(extra["log_key"], 32))
    check_included(leaf, index, size, proof, root)


def verify_receipt(data: bytes) -> str:
    """Section 10, seal receipt: "verified" or the reason code."""
    try:
        check_receipt(data)
    except Refused as refused:
        return refused.reason
    return "verified"


def pieces_of(value: Any) -> list[tuple[bytes, bytes]]:
    """Section 3: the tag and the bytes of each piece of a scalar."""
    if isinstance(value, str):
        require(TEXT.fullmatch(value) is not None)
        return [(b"\x10", word.encode()) for word in WORDS.findall(value)]
    require(isinstance(value, int | float))
    return [(b"\x11", jcs(value))]


def scalars(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Section 2: every path of a record with its scalar."""
    require(depth < MAX_DEPTH)
    if isinstance(value, dict):
        require(bool(value) and all(MEMBER.fullmatch(name) for name in value))
        steps: list[tuple[str, Any]] = list(value.items())
    elif isinstance(value, list):
        require(bool(value))
        steps = [(str(position), item) for position, item in enumerate(value)]
    else:
        yield path, value
        return
    for name, item in steps:
        yield from scalars(item, f"{path}/{name}", depth + 1)


def field_digest(pieces: list[bytes]) -> bytes:
    return sha256(b"\x12", *pieces)


def check_whole(record: Any, secret: bytes, digests: dict[str, bytes]) -> dict[str, Any]:
    """Section 10, disclosure, step 4."""
    require(isinstance(record, dict))
    shown = dict(scalars(record))
    if set(shown) != set(digests):
        raise Refused("field", list(set(shown) ^ set(digests)))
    pieces = {path: pieces_of(shown[path]) for path in sorted(shown)}
    count = sum(len(group) for group in pieces.values())
    stream = io.BytesIO(hashlib.shake_256(b"evidence-trail/salts/v1\n" + secret).digest(16 * count))
    made = {p: field_digest([sha256(tag, stream.read(16), data) for tag, data in g]) for p, g in pieces.items()}
    faults = [path for path in shown if made[path] != digests[path]]
    if faults:
        raise Refused("field", faults)
    return shown


def piece_digest(piece: Any) -> bytes:
    require(isinstance(piece, dict))
    if "withheld" in piece:
        return unbase64(members(piece, "withheld")["withheld"], 32)
    members(piece, "text", "salt")
    require(isinstance(piece["text"], str) and WORDS.fullmatch(piece["text"]) and TEXT.fullmatch(piece["text"]))
    return sha256(b"\x10", unbase64(piece["salt"], 16), piece["text"].encode())


def shown_field(field: Any) -> tuple[bytes, Any]:
    """Section 9: the digest of a shown field, and its value if it is whole."""
    require(isinstance(field, dict))
    if "pieces" in field:
        parts = members(field, "pieces")["pieces"]
        require(isinstance(parts, list) and bool(parts))
        return field_digest([piece_digest(piece) for piece in parts]), None
    members(field, "value", "salts")
    pieces, salts = pieces_of(field["value"]), field["salts"]
    require(isinstance(salts, list) and len(salts) == len(pieces))
    joined = [sha256(tag, unbase64(s, 16), data) for (tag, data), s in zip(pieces, salts, strict=True)]
    return field_digest(joined), field["value"]


def check_part(fields: Any, digests: dict[str, bytes]) -> dict[str, Any]:
    """Section 10, disclosure, step 5."""
    require(isinstance(fields, dict))
    made = {path: shown_field(field) for path, field in fields.items()}
    faults = [path for path, (digest, _) in made.items() if digests.get(path) != digest]
    if faults:
        raise Refused("field", faults)
    return {path: value for path, (_, value) in made.items()}


def check_disclosure(disclosure: Any, size: int, root: bytes) -> dict[str, Any]:
    """Section 10, disclosure: the shown values by path."""
    whole = isinstance(disclosure, dict) and "fields" not in disclosure
    members(disclosure, "index", "leaf", "proof", "digests", *(("secret", "record") if whole else ("fields",)))
    leaf, commitment = check_leaf(disclosure["leaf"])
    require(
        is_natural(disclosure["index"]) and isinstance(disclosure["proof"], list) and len(disclosure["proof"]) <= 64
    )
    require(isinstance(disclosure["digests"], dict))
    digests = {path: unbase64(digest, 32) for path, digest in disclosure["digests"].items()}
    require(all(re.fullmatch(r"(/[a-z0-9_]+)+", path) for path in digests))
    secret = unbase64(disclosure["secret"], 32) if whole else b""
    check_included(leaf, disclosure["index"], size, [unbase64(node, 32) for node in disclosure["proof"]], root)
    require(sha256(b"\x13", jcs(disclosure["digests"])) == commitment, "commitment")
    return check_whole(disclosure["record"], secret, digests) if whole else check_part(disclosure["fields"], digests)


def verify_disclosure(disclosure: dict[str, Any], checkpoint: str, log_key: str) -> tuple[str, list[str]]:
    """Section 10, disclosure: "verified" or the reason code, and the paths at fault."""
    try:
        check_disclosure(disclosure, *verify_checkpoint(checkpoint, unbase64(log_key, 32)))
    except Refused as refused:
        return refused.reason, refused.paths
    return "verified", []


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body).to_bytes(4).lstrip(b"\x00") or b"\x00"
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def spell_cms(certificate: x509.Certificate, raw: bytes, signature: bytes, digest: bytes) -> tuple[bytes, bytes]:
    """bundle.md section 5: the only spelling of the SignedData, and the signed attributes as they are signed."""
    oid = {name: der(6, bytes.fromhex(value)) for name, value in OIDS.items()}
    digest_algorithm = der(0x30, oid["sha256"], der(5))
    content = der(0x30, oid["content_type"], der(0x31, oid["data"]))
    message = der(0x30, oid["message_digest"], der(0x31, der(4, digest)))
    ess = der(0x30, der(0x30, der(0x30, der(4, sha256(raw)))))
    attributes = content + message + der(0x30, oid["signing_certificate_v2"], der(0x31, ess))
    serial = der(2, certificate.serial_number.to_bytes(certificate.serial_number.bit_length() // 8 + 1))
    signer = der(0x30, certificate.issuer.public_bytes(), serial)
    algorithm = der(0x30, oid["ecdsa_sha256"])
    info = der(0x30, der(2, b"\x01"), signer, digest_algorithm, der(0xA0, attributes), algorithm, der(4, signature))
    parts = (der(2, b"\x01"), der(0x31, digest_algorithm), der(0x30, oid["data"]), der(0xA0, raw), der(0x31, info))
    return der(0x30, oid["signed_data"], der(0xA0, der(0x30, *parts))), der(0x31, attributes)


OIDS = {
    "data": "2a864886f70d010701",
    "signed_data": "2a864886f70d010702",
    "content_type": "2a864886f70d010903",
    "message_digest": "2a864886f70d010904",
    "signing_certificate_v2": "2a864886f70d010910022f",
    "sha256": "608648016503040201",
    "ecdsa_sha256": "2a8648ce3d040302",
}


def check_file(data: bytes) -> bytes:
    """bundle.md section 5: the SHA-256 of the certificate that signed the file."""
    found = BYTE_RANGE.match(data, max(data.rfind(b"/ByteRange"), 0))
    if found is None:
        raise Refused("unreadable")
    first, second, rest = (int(number) for number in found.groups())
    require(first < second and second + rest == len(data))
    hexadecimal = re.fullmatch(rb"<((?:[0-9A-F]{2})+)>", data[first:second])
    if hexadecimal is None:
        malformed()
    container = bytes.fromhex(hexadecimal[1].decode())
    try:
        signed = cms.ContentInfo.load(container)["content"]
        raw, signature = signed["certificates"][0].dump(), signed["signer_infos"][0]["signature"].native
        certificate = x509.load_der_x509_certificate(raw)
        key, values = certificate.public_key(), utils.decode_dss_signature(signature)
    except (ValueError, TypeError, KeyError, IndexError):
        malformed()
    digest = sha256(data[:first], data[second:])
    spelled, attributes = spell_cms(certificate, raw, signature, digest)
    require(container == spelled + bytes(len(container) - len(spelled)))
    require(utils.encode_dss_signature(*values) == signature)
    if not (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)):
        malformed()
    try:
        key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused("bad-signature") from None
    return sha256(raw)


def spell_number(value: Decimal) -> bytes:
    """bundle.md section 4: at most five decimals, rounded half to even."""
    with localcontext(prec=400):
        text = format(value.quantize(Decimal("0.00001"), ROUND_HALF_EVEN), "f").rstrip("0").rstrip(".")
    return b"D" + (b"0" if text == "-0" else text.encode()) + b";"


def spell_text(mark: bytes, data: bytes) -> bytes:
    return mark + str(len(data)).encode() + b":" + data


class Speller:
    """bundle.md section 4: the spelling of one file's objects, each reference spelled once."""

    def __init__(self) -> None:
        self.done: dict[tuple[int, int], bytes] = {}
        self.open: set[tuple[int, int]] = set()

    def spell(self, value: Any) -> bytes:
        """An object as its holder spells it: a reference by its hash."""
        if not (isinstance(value, pikepdf.Object) and value.is_indirect):
            return self.direct(value)
        if value.objgen not in self.done:
            require(value.objgen not in self.open)
            self.open.add(value.objgen)
            self.done[value.objgen] = b"R" + sha256(self.direct(value))
        return self.done[value.objgen]

    def direct(self, value: Any) -> bytes:
        if value is None or isinstance(value, bool):
            return {None: b"n", True: b"t", False: b"f"}[value]
        if isinstance(value, int | Decimal):
            return spell_number(Decimal(value))
        if isinstance(value, pikepdf.Name):
            return spell_text(b"N", str(value)[1:].encode())
        if isinstance(value, pikepdf.String):
            return spell_text(b"S", bytes(value))
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(self.spell(item) for item in value.as_list()) + b"]"
        if isinstance(value, pikepdf.Stream):
            filters = value.get("/Filter", [])
            names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
            lossless = all(str(name) in LOSSLESS for name in names)
            data = value.read_bytes() if lossless else value.read_raw_bytes()
            return b"B" + self.entries(value, {"/Filter", "/DecodeParms"} if lossless else set()) + sha256(data)
        require(isinstance(value, pikepdf.Dictionary))
        return self.entries(value, set())

    def entries(self, holder: Any, without: set[str]) -> bytes:
        names = sorted(set(holder.keys()) - LEFT_OUT_KEYS - without, key=str.encode)
        return b"<" + b"".join(spell_text(b"N", n[1:].encode()) + self.spell(holder[n]) for n in names) + b">"

    def page(self, page: Any) -> bytes:
        spelled = b"page\n"
        for name in PAGE_KEYS:
            holder, seen = page, 0
            while name not in holder and "/Parent" in holder and seen < MAX_DEPTH:
                holder, seen = holder["/Parent"], seen + 1
            if name in holder:
                spelled += spell_text(b"N", name[1:].encode()) + self.spell(holder[name])
        contents = page.get("/Contents", [])
        streams = contents.as_list() if isinstance(contents, pikepdf.Array) else [contents] if contents else []
        return sha256(spelled, sha256(b"\n".join(stream.read_bytes() for stream in streams)))


class Bundle:
    """bundle.md section 6: the items, each judged by itself."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.items: dict[str, str] = {}
        self.shown: dict[int, dict[str, Any]] = {}

    def judge(self, name: str, check: Callable[[], Any]) -> Any:
        found, verdict = None, "verified"
        try:
            found = check()
        except Refused as refused:
            verdict = "unreadable" if refused.reason == "unreadable" else "altered"
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            verdict = "unreadable"
        if self.items.get(name, "verified") == "verified":
            self.items[name] = verdict
        return found

    def embedded(self, name: str) -> bytes:
        return self.pdf.attachments[name].get_file().read_bytes()

    def manifest(self, raw: bytes) -> dict[str, Any]:
        manifest = members(parse_json(raw), *MANIFEST_MEMBERS)
        require(manifest["format"] == "evidence-trail/bundle/v1")
        require(all(isinstance(manifest[name], list) for name in ("records", "left_out", "exhibits", "pages")))
        self.key = unbase64(manifest["log_key"], 32)
        text, signatures = open_note(self.embedded("evidence-trail-manifest.note").decode())
        require(text == f"evidence-trail/bundle-manifest/v1\n{base64.b64encode(sha256(raw)).decode()}\n")
        check_signature(text, signatures, self.key)
        return manifest

    def record(self, disclosure: Any) -> None:
        index = disclosure["index"]
        require(self.head is not None and index not in self.shown)
        self.shown[index] = {}
        self.shown[index] = check_disclosure(disclosure, *self.head)

    def positions(self, disclosures: list[Any], runs: list[Any]) -> None:
        spans = [(d["index"], d["index"]) for d in disclosures]
        for run in runs:
            members(run, "first", "last", "reason")
            spans.append((run["first"], run["last"]))
        require(all(is_natural(first) and is_natural(last) and first <= last for first, last in spans))
        following = 0
        for first, last in sorted(spans):
            require(first == following)
            following = last + 1
        require(self.head is not None and following == self.head[0])

    def exhibit(self, exhibit: Any) -> None:
        digest, records = exhibit["sha256"], exhibit["records"]
        require(isinstance(digest, str) and HEX_DIGEST.fullmatch(digest) is not None and bool(records))
        for position in records:
            shown = self.shown.get(position, {})
            require(any(ATTACHMENT.fullmatch(path) and value == digest for path, value in shown.items()))
        require("file" not in exhibit or sha256(self.embedded(exhibit["file"])).hex() == digest)

    def page(self, number: int, digests: list[Any]) -> None:
        made = Speller().page(self.pdf.pages[number].obj)
        require(number < len(digests) and unbase64(digests[number]) == made)

    def zero(self, path: str, value: Any) -> None:
        require(value is not None and self.shown.get(0, {}).get(path) == value)

    def run(self) -> dict[str, str]:
        certificate = self.judge("whole file", lambda: check_file(self.data))
        self.pdf = self.judge("whole file", lambda: pikepdf.open(io.BytesIO(self.data)))
        raw = self.judge("manifest", lambda: self.embedded("evidence-trail-manifest.json"))
        manifest = self.judge("manifest", lambda: self.manifest(raw)) if raw is not None else None
        if manifest is None:
            return self.items
        self.head = self.judge("checkpoint", lambda: verify_checkpoint(manifest["checkpoint"], self.key))
        for disclosure in manifest["records"]:
            index = disclosure.get("index") if isinstance(disclosure, dict) else None
            self.judge(f"record {index}", lambda one=disclosure: self.record(one))
        self.judge("positions", lambda: self.positions(manifest["records"], manifest["left_out"]))
        self.judge("log key", lambda: self.zero("/fields/log_key", manifest["log_key"]))
        self.judge("certificate", lambda: self.zero("/fields/certificate_sha256", certificate and certificate.hex()))
        for exhibit in manifest["exhibits"]:
            number = exhibit.get("exhibit") if isinstance(exhibit, dict) else None
            self.judge(f"exhibit {number}", lambda one=exhibit: self.exhibit(one))
        self.judge("number of pages", lambda: require(len(self.pdf.pages) == len(manifest["pages"])))
        for number in range(min(len(self.pdf.pages), len(manifest["pages"]))):
            self.judge(f"page {number + 1}", lambda one=number: self.page(one, manifest["pages"]))
        return self.items


def verify_bundle(data: bytes) -> dict[str, str]:
    """bundle.md section 6: "verified", "altered" or "unreadable" for each item."""
    return Bundle(data).run()


def main(arguments: list[str]) -> int:
    data = Path(arguments[0]).read_bytes()
    receipt = data.startswith(b"c2sp.org/tlog-proof")
    items = {"receipt": verify_receipt(data)} if receipt else verify_bundle(data)
    for name, verdict in items.items():
        print(f"{name}: {verdict}")
    return int(set(items.values()) != {"verified"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
