"""A second verifier, written from the specification pages alone; it shares no code with the program.

From docs/spec, C2SP signed-note, tlog-checkpoint and tlog-proof, RFC 9162 section 2.1, RFC 8785, RFC 5652 and RFC 5035.
"""

import base64
import contextlib
import hashlib
import io
import itertools
import json
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pikepdf
import rfc8785
from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, padding, utils
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LOSSLESS = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
MANIFEST, NOTE = "evidence-trail-manifest.json", "evidence-trail-manifest.note"
OIDS = ("1.7.1", "1.7.2", "1.9.3", "1.9.4", "1.9.16.2.47")
HALF_ORDER = 0x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8
SHA256, ECDSA = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"}  # Categories of characters that no label has
MOST = 256 << 20
ACTIONS = {"/A", "/AA", "/AP", "/PA"}
FAULTS = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError),
    *(pikepdf.PdfError, pikepdf.PasswordError, UnsupportedAlgorithm, x509.InvalidVersion, x509.ExtensionNotFound),
)


def outcome(check: Callable[[], Any]) -> tuple[str, Any]:  # Reason code and finding
    try:
        return "verified", check()
    except (AssertionError, InvalidSignature) as refused:
        return (*refused.args, "bad-signature")[0], None
    except FAULTS:
        return "malformed", None


def require(condition: object, reason: str = "malformed") -> None:
    if not condition:
        raise AssertionError(reason)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text: str, length: int | None = None) -> bytes:
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text and length in {None, len(data)})
    return data


def parse_json(data: bytes) -> Any:
    value = json.loads(data.decode(), object_pairs_hook=lambda two: require(len(dict(two)) == len(two)) or dict(two))
    rfc8785.dumps(value)  # Refuses what JCS cannot carry
    return value


def is_natural(value: Any, least: int = 0) -> bool:
    return type(value) is int and value >= least


def origin_of(key: bytes) -> str:  # record-log.md section 6
    return "evidence-trail/" + base64.b32encode(sha256(key)[:20]).decode().lower()


def members(value: dict[str, Any], *names: str) -> None:
    require(isinstance(value, dict) and set(value) == set(names))


def small_order(key: bytes, p: int = 2**255 - 19) -> bool:
    """Eight times the point is the neutral one: three doublings, for which y (and x squared, from y) is enough."""
    y, d = int.from_bytes(key, "little") % 2**255 % p, -121665 * pow(121666, -1, p)
    for _ in range(3):
        xx = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
        y = (y * y + xx) * pow(1 - d * xx * y * y, p - 2, p) % p
    return y == 1


def open_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:  # record-log.md section 10, checkpoint, step 1
    end = note.rfind("\n\n")
    require(
        end >= 0 and len(note) <= 65536 and note.endswith("\n") and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", note)
    )
    lines = [re.fullmatch(r"— ([^\s+]+) (\S+)", line) for line in note[end + 2 : -1].split("\n")]
    signatures = [(line[1], unbase64(line[2])) for line in lines if line]
    require(all(lines) and len(lines) <= 16 and all(len(signature) >= 5 for _, signature in signatures))
    return note[: end + 1], signatures


def check_signature(text: str, signatures: list[tuple[str, bytes]], key: bytes, given: str = "") -> None:
    origin = origin_of(key)
    require(given in {"", origin}, "other-log")
    key_id = sha256(origin.encode(), b"\n\x01", key)[:4]
    ours = [signature[4:] for name, signature in signatures if (name, signature[:4]) == (origin, key_id)]
    require(len(ours) < 2 and not small_order(key), "bad-signature")
    require(ours, "other-log")
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(ours[0], text.encode())


def check_checkpoint(checkpoint: str, key: bytes) -> tuple[int, bytes]:  # record-log.md section 10, checkpoint
    text, signatures = open_note(checkpoint)
    origin, size, root = head_of(text[:-1], "\n")
    check_signature(text, signatures, key, origin)
    return size, root


def root_of(node: bytes, index: int, size: int, proof: list[bytes]) -> bytes:  # RFC 9162 section 2.1.3
    require(index < size and bool(proof) == (size > 1), "not-included")
    if size == 1:
        return node
    split = 1 << (size - 1).bit_length() - 1  # The left subtree's leaves
    if index < split:
        return sha256(b"\x01", root_of(node, index, split, proof[:-1]), proof[-1])
    return sha256(b"\x01", proof[-1], root_of(node, index - split, size - split, proof[:-1]))


def check_consistency(old: tuple[int, bytes], new: tuple[int, bytes], path: list[bytes]) -> None:  # RFC 9162, 2.1.4.2
    (first, first_root), (second, second_root) = old, new
    require(1 <= first <= second, "not-consistent")
    if first == second:
        require(not path and first_root == second_root, "not-consistent")
        return
    require(path, "not-consistent")
    path = [first_root, *path] if first & (first - 1) == 0 else path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for node in path[1:]:
        require(sn, "not-consistent")
        if fn & 1 or fn == sn:
            fr, sr = sha256(b"\x01", node, fr), sha256(b"\x01", node, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha256(b"\x01", sr, node)
        fn, sn = fn >> 1, sn >> 1
    require((fr, sr, sn) == (first_root, second_root, 0), "not-consistent")


def siblings(index: int, size: int, proof: list[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Of a proof that holds: the first leaf below each hash, how many there are, and the hash."""
    first = 0
    for node in reversed(proof):
        split = 1 << (size - 1).bit_length() - 1
        if index < first + split:
            yield first + split, size - split, node
            size = split
        else:
            yield first, split, node
            first, size = first + split, size - split


def head_of(line: str, between: str = " ") -> tuple[str, int, bytes]:  # mail.md section 5, on one line
    origin, size, root = line.split(between)
    require(origin if between == "\n" else re.fullmatch("evidence-trail/[a-z2-7]{32}", origin))
    require(re.fullmatch(r"0|[1-9][0-9]{0,17}", size))
    return origin, int(size), unbase64(root, 32)


def head_in(path: str, value: Any) -> tuple[str, int, bytes]:  # bundle.md section 6, heads in records
    if re.fullmatch(r"/fields/(head|quoted_heads/(0|[1-9][0-9]*))", path):
        return head_of(value)
    require(path in {"/fields/cosigned_checkpoint", "/fields/signed_checkpoint", "/fields/receipt"})
    text, _ = open_note(value)
    if path != "/fields/receipt":
        return head_of(text[:-1], "\n")
    first, _, third, *more = text[:-1].split("\n")  # exchange.md section 8
    require(first == "evidence-trail/handover-receipt/v1" and third.startswith("head ") and len(more) == 2)
    return head_of(third[5:])


def check_noted(note: str, head: str, key: bytes) -> None:  # The log signed the checkpoint of that head
    check_checkpoint(note, key)
    require(open_note(note)[0] == head.replace(" ", "\n") + "\n")


def check_cosigned(note: str, vkey: str) -> None:  # exchange.md sections 4 and 9
    text, signatures = open_note(note)
    require(len(signatures) == 2)
    name, key_id, typed = vkey.split("+", 2)
    key = unbase64(typed)
    require(key[0] in (4, 6) and sha256(name.encode() + b"\n", key)[:4].hex() == key_id)
    own = "evidence-trail/witness/" + base64.b32encode(sha256(key[1:])[:20]).decode().lower()
    require(name == own and key[0] == 4 if name.startswith("evidence-trail/") else 0 < len(name.encode()) < 256)
    require(name.isprintable() and not any(sign.isspace() for sign in name))
    signer, signature = signatures[1]
    require(signer == name and signature[:4].hex() == key_id)
    seconds, signed = int.from_bytes(signature[4:12]), signature[12:]
    datetime.fromtimestamp(seconds, UTC)
    require(seconds or name == own)
    if key[0] == 4:
        require(len(key) == 33 and len(signed) == 64 and not small_order(key[1:]))
        message = f"cosignature/v1\ntime {seconds}\n{text}"
        ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify(signed, message.encode())
        return
    origin, size, root = text.split("\n")[:3]
    require(len(key) == 1313 and len(signed) == 2420)
    parts = [b"subtree/v1\n\0", bytes([len(name.encode())]), name.encode(), seconds.to_bytes(8, "big")]
    parts += [bytes([len(origin)]), origin.encode(), bytes(8), int(size).to_bytes(8, "big"), unbase64(root, 32)]
    mldsa.MLDSA44PublicKey.from_public_bytes(key[1:]).verify(signed, b"".join(parts))


def check_time(time: str) -> None:  # record-log.md section 1
    require(re.fullmatch(r"[-0-9]{10}T[:0-9]{8}Z", time))
    require(datetime.strptime(time, "%Y-%m-%dT%H:%M:%S%z").year >= 1970)


def check_leaf(leaf: dict[str, Any]) -> tuple[bytes, bytes]:  # record-log.md section 5
    members(leaf, "commitment", "format", "sealed_at")
    require(leaf["format"] == "evidence-trail/record/v1")
    check_time(leaf["sealed_at"])
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
    require(extra["format"] == "evidence-trail/seal-receipt/v1" and re.fullmatch(r"0|[1-9][0-9]{0,17}", index_line[6:]))
    leaf, proof = check_leaf(extra["leaf"])[0], [unbase64(line, 32) for line in proof_lines]
    size, root = check_checkpoint(checkpoint, unbase64(extra["log_key"], 32))
    require(root_of(sha256(b"\0", leaf), int(index_line[6:]), size, proof) == root, "not-included")


def verify_receipt(data: bytes) -> str:  # "verified" or the reason code
    return outcome(lambda: check_receipt(data))[0]


def pieces_of(value: str | float) -> list[tuple[bytes, bytes]]:  # record-log.md sections 3 and 4
    require(isinstance(value, int | float) or re.fullmatch(r"[^\x00-\x08\x0b-\x1f\ud800-\udfff]+", value))
    words = re.findall(r"[^ \t\n]+[ \t\n]*|[ \t\n]+", value) if isinstance(value, str) else []
    return [(b"\x10", word.encode()) for word in words] or [(b"\x11", rfc8785.dumps(value))]


def scalars(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # record-log.md section 2
    if isinstance(value, dict | list):
        require(value and path.count("/") < 63)  # The record itself is the first of 64 levels
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            require(isinstance(name, int) or re.fullmatch(r"[a-z_][a-z0-9_]*", name))
            yield from scalars(item, f"{path}/{name}")
    else:
        yield path, value


def digests_of(value: Any, salts: Callable[[int], bytes]) -> list[bytes]:  # record-log.md sections 3 and 4
    pieces = pieces_of(value)
    all_salts = salts(16 * len(pieces))
    require(len(all_salts) == 16 * len(pieces))
    return [sha256(tag, all_salts[16 * at : 16 * at + 16], data) for at, (tag, data) in enumerate(pieces)]


def check_paths(paths: set[str]) -> None:  # record-log.md sections 2, 4 and 9
    steps = dict[str, set[str]]()  # What follows each beginning
    for path in paths:
        require(re.fullmatch(r"(/[a-z0-9_]+)+", path) and path.count("/") <= 63)
        for step in re.finditer("/([a-z0-9_]+)", path):
            steps.setdefault(path[: step.start()], set()).add(step[1])
    require(not paths & set(steps))
    for beginning, below in steps.items():
        places = bool(beginning) and below == {str(at) for at in range(len(below))}
        require(places or all(re.fullmatch("[a-z_][a-z0-9_]*", step) for step in below))


def shown_field(field: dict[str, Any]) -> tuple[bytes, Any]:  # record-log.md section 9
    if set(field) != {"pieces"}:
        members(field, "value", "salts")
        require(isinstance(field["salts"], list))
        salts = b"".join(unbase64(salt, 16) for salt in field["salts"])
        if len(salts) != 16 * len(pieces_of(field["value"])):
            return b"", field["value"]  # Malformed, but only in step 5: no digest, so the field is at fault
        return sha256(b"\x12", *digests_of(field["value"], lambda _: salts)), field["value"]
    digests, last = list[bytes](), len(field["pieces"]) - 1
    for at, piece in enumerate(field["pieces"]):
        members(piece, *(("withheld",) if "withheld" in piece else ("text", "salt")))
        require(all(isinstance(part, str) for part in piece.values()))
        if "withheld" in piece:
            digests.append(unbase64(piece["withheld"], 32))
            continue
        digests += digests_of(piece["text"], lambda _, salt=piece["salt"]: unbase64(salt, 16))
        require(len(digests) == at + 1 and (at == 0 or piece["text"].strip(" \t\n")))
        require(at == last or piece["text"][-1] in " \t\n")
    require(digests and isinstance(field["pieces"], list))
    shown = "".join(piece.get("text", "\0") for piece in field["pieces"])
    return sha256(b"\x12", *digests), None if "\0" in shown else shown


def check_sealed(disclosure: dict[str, Any], size: int, root: bytes) -> dict[str, tuple[bytes, Any]]:
    """record-log.md section 10, disclosure, steps 1 to 3: digest and value of each path that is shown."""
    whole, made = "fields" not in disclosure, dict[str, tuple[bytes, Any]]()
    members(disclosure, "index", "leaf", "proof", "digests", *(("secret", "record") if whole else ("fields",)))
    leaf, commitment = check_leaf(disclosure["leaf"])
    proof = [unbase64(node, 32) for node in disclosure["proof"]]
    require(is_natural(disclosure["index"]) and isinstance(disclosure["proof"], list) and len(proof) <= 64)
    digests = {path: unbase64(digest, 32) for path, digest in disclosure["digests"].items()}
    require(digests)
    check_paths(set(digests))
    if whole:
        require(isinstance(record := disclosure["record"], dict))
        start = b"evidence-trail/salts/v1\n" + unbase64(disclosure["secret"], 32)  # Of section 3's salts
        for path, value in scalars(record):
            digest = sha256(b"\x12", *digests_of(value, hashlib.shake_256(start + path.encode()).digest))
            made[path] = digest, value
    else:
        made |= {path: shown_field(field) for path, field in disclosure["fields"].items()}
        require(all(re.fullmatch(r"(/[a-z0-9_]+)+", path) for path in made))
    require(root_of(sha256(b"\0", leaf), disclosure["index"], size, proof) == root, "not-included")
    require(sha256(b"\x13", rfc8785.dumps(disclosure["digests"])) == commitment, "commitment")
    return made


def check_shown(disclosure: dict[str, Any], made: dict[str, tuple[bytes, Any]]) -> tuple[set[str], dict[str, Any]]:
    """The same, steps 4 and 5: the paths at fault, and the values of the others."""
    digests = {path: unbase64(digest, 32) for path, digest in disclosure["digests"].items()}
    faults = set(digests) - set(made) if "fields" not in disclosure else set()
    faults |= {path for path, (digest, _) in made.items() if digests.get(path) != digest}
    return faults, {path: value for path, (_, value) in made.items() if path not in faults}


def verify_disclosure(disclosure: dict[str, Any], checkpoint: str, log_key: str) -> tuple[str, list[str]]:
    def check() -> tuple[set[str], dict[str, Any]]:
        made = check_sealed(disclosure, *check_checkpoint(checkpoint, unbase64(log_key, 32)))
        require(all(digest for digest, _ in made.values()))
        return check_shown(disclosure, made)

    reason, found = outcome(check)
    return ("field", sorted(found[0])) if found and found[0] else (reason, [])


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1)
    return bytes([tag]) + (b"" if len(body) < 128 else bytes([0x80 | len(size)])) + size + body


def spell_cms(certificate: x509.Certificate, raw: bytes, signature: bytes, digest: bytes) -> tuple[bytes, bytes]:
    data, *oids = (core.ObjectIdentifier("1.2.840.113549." + oid).dump() for oid in OIDS)
    values = data, der(4, digest), der(0x30, der(0x30, der(0x30, der(4, sha256(raw)))))
    attributes = b"".join(der(0x30, oid, der(0x31, value)) for oid, value in zip(oids[1:], values, strict=True))
    algorithm, number = der(0x30, core.ObjectIdentifier(SHA256).dump(), der(5)), certificate.serial_number
    signer = der(0x30, certificate.issuer.public_bytes(), der(2, number.to_bytes(number.bit_length() // 8 + 1)))
    signed = der(0xA0, attributes), der(0x30, core.ObjectIdentifier(ECDSA).dump()), der(4, signature)
    info = der(0x31, der(0x30, der(2, b"\x01"), signer, algorithm, *signed))
    body = der(0x30, der(2, b"\x01"), der(0x31, algorithm), der(0x30, data), der(0xA0, raw), info)
    return der(0x30, oids[0], der(0xA0, body)), der(0x31, attributes)


def covered(data: bytes) -> tuple[list[int], bytes, bytes, bytes]:  # The places, the gap, certificate, signature
    pattern = rb"/ByteRange\s*\[\s*0\s+([0-9]{1,12})\s+([0-9]{1,12})\s+([0-9]{1,12})\s*\]"
    places = [int(one) for one in re.match(pattern, data[max(data.rfind(b"/ByteRange"), 0) :]).groups()]
    container = bytes.fromhex(re.fullmatch(rb"<((?:[0-9A-F]{2})+)>", data[places[0] : places[1]])[1].decode())
    signed = cms.ContentInfo.load(container)["content"]
    return places, container, signed["certificates"][0].dump(), signed["signer_infos"][0]["signature"].native


def check_file(data: bytes) -> None:  # bundle.md section 5, but for its last two paragraphs
    (start, end, rest), container, raw, signature = covered(data)
    require(end + rest == len(data))
    certificate = x509.load_der_x509_certificate(raw)
    spelled, attributes = spell_cms(certificate, raw, signature, sha256(data[:start], data[end:]))
    require(container == spelled + bytes(max(len(container) - len(spelled), 0)))
    r, s = utils.decode_dss_signature(signature)
    require(utils.encode_dss_signature(r, s) == signature and s <= HALF_ORDER)
    require(isinstance((key := certificate.public_key()).curve, ec.SECP256R1))
    key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))


class Speller:
    """bundle.md section 4: the spelling of the pages' objects, each reference spelled once."""

    def __init__(self) -> None:
        self.done, self.within = dict[tuple[int, int], bytes](), set[tuple[int, int]]()  # Spelled, being spelled

    def spell(self, value: Any, depth: int) -> bytes:
        require(depth <= 200)
        scalar = isinstance(value, pikepdf.Integer | pikepdf.Real | pikepdf.Boolean)
        if scalar or not (isinstance(value, pikepdf.Object) and value.is_indirect):
            return self.direct(value, depth)
        if (at := value.objgen) not in self.done:
            require(at not in self.within)
            self.within.add(at)
            self.done[at] = b"R" + sha256(self.direct(value, depth))
            self.within.remove(at)
        return self.done[at]

    def direct(self, value: Any, depth: int) -> bytes:
        if value is None or isinstance(value, pikepdf.Boolean):
            return b"n" if value is None else b"t" if value else b"f"
        if isinstance(value, pikepdf.Integer | pikepdf.Real):
            require(sum(map(str.isdigit, written := value.unparse(resolved=True).decode())) <= 1000)
            with localcontext(prec=2000):
                number = f"{Decimal(written).quantize(Decimal('0.00001'), ROUND_HALF_EVEN):f}".rstrip("0").rstrip(".")
            return b"D" + (b"0" if number == "-0" else number.encode()) + b";"
        if isinstance(value, pikepdf.Name | pikepdf.String):
            data = str(value)[1:].encode() if isinstance(value, pikepdf.Name) else bytes(value)
            return b"%c%d:%b" % (b"N" if isinstance(value, pikepdf.Name) else b"S", len(data), data)
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(self.spell(item, depth + 1) for item in value.as_list()) + b"]"
        if isinstance(value, pikepdf.Stream):
            lossless = LOSSLESS.issuperset(filters(value))
            data = decoded(value) if lossless else value.read_raw_bytes()
            without = {"/Length", "/Filter", "/DecodeParms"} if lossless else {"/Length"}
            return b"B" + self.entries(value, without, depth) + sha256(data)
        return self.entries(value, set(), depth)

    def entries(self, holder: Any, without: set[str], depth: int) -> bytes:
        spelled = b"<"
        for name in sorted(set(holder.keys()) - without, key=str.encode):
            spelled += b"N%d:%b" % (len(data := name[1:].encode()), data) + self.spell(holder[name], depth + 1)
        return spelled + b">"

    def page(self, page: Any) -> bytes:
        spelled, holders = b"page\n", [page]
        self.within.clear()
        while "/Parent" in holders[-1]:
            holders.append(holders[-1]["/Parent"])
            require(len(holders) <= 200)
        with pikepdf.explicit_conversion():  # A reference to a number stays one
            for name in PAGE_KEYS:
                values = [holder[name] for holder in holders if name in holder]
                key = b"N%d:%b" % (len(name) - 1, name[1:].encode())
                spelled += key + self.spell(values[0], 0) if values else b""
        streams = [one] if isinstance(one := page.get("/Contents", []), pikepdf.Stream) else one
        return sha256(spelled, sha256(b"\n".join(map(decoded, streams))))


def filters(stream: Any) -> list[str]:
    named = stream.get("/Filter", [])
    return list(map(str, [named] if isinstance(named, pikepdf.Name) else named))


def decoded(stream: Any) -> bytes:
    if filters(stream) == ["/FlateDecode"]:
        with contextlib.suppress(zlib.error):  # Reported below, if it cannot be mended
            require(len(zlib.decompressobj().decompress(stream.read_raw_bytes(), MOST + 1)) <= MOST)
    return stream.read_bytes()


def check_stamp(answer: bytes, message: bytes, trusted: bytes) -> None:
    known = x509.load_pem_x509_certificates(trusted)
    check_answer(answer, lambda name: hashlib.new(name, message).digest(), known, [])


Certificates = list[x509.Certificate]


def check_answer(answer: bytes, hashed_by: Callable[[str], bytes], known: Certificates, between: Certificates) -> None:
    """time-stamps.md section 3, steps 1, 2, 4 and 5."""
    response = tsp.TimeStampResp.load(answer, strict=True)
    require(response["status"]["status"].native == "granted")
    token = response["time_stamp_token"]["content"]
    raw = token["encap_content_info"]["content"]
    info, encapsulated = raw.parsed, bytes(raw.parsed.dump())
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    require(name in ("sha256", "sha384", "sha512"))
    require(hashed_by(name) == imprint["hashed_message"].native)
    (signer,) = token["signer_infos"]
    at, inside = info["gen_time"].native, [each.chosen for each in token["certificates"]]
    (named,) = [one for one in inside if is_named(one, signer["sid"])]
    own, *inside = [x509.load_der_x509_certificate(one.dump()) for one in [named, *inside]]
    require(own.not_valid_before_utc <= at <= own.not_valid_after_utc)
    usage = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    require(usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING])
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    digest = signer["digest_algorithm"]["algorithm"].native
    require(attributes["content_type"] == "tst_info" and digest in ("sha256", "sha384", "sha512"))
    first = attributes.get("signing_certificate_v2", attributes.get("signing_certificate"))["certs"][0]
    algorithm = first["hash_algorithm"]["algorithm"] if "hash_algorithm" in first else "sha1"
    require(first["cert_hash"] == hashlib.new(algorithm, named.dump()).digest())
    require(attributes["message_digest"] == hashlib.new(digest, encapsulated).digest())
    signed = b"\x31" + signer["signed_attrs"].dump()[1:]  # A set, not what its tag in the message says
    check_signed(own.public_key(), signer, signed, getattr(hashes, digest.upper())())
    require(chains(own, known, {*known, *inside, *between}, at))


def is_named(one: asn1.Certificate, sid: cms.SignerIdentifier) -> bool:
    if sid.name != "issuer_and_serial_number":
        return bool(one.key_identifier == sid.native)
    named = sid.chosen
    return bool(one.issuer.dump() == named["issuer"].dump() and one.serial_number == named["serial_number"].native)


def check_signed(key: Any, signer: cms.SignerInfo, signed: bytes, hashed: hashes.HashAlgorithm) -> None:
    algorithm, signature = signer["signature_algorithm"], signer["signature"].native
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(hashed))
    elif algorithm["algorithm"].native == "rsassa_pss":
        salt = algorithm["parameters"]["salt_length"].native
        key.verify(signature, signed, padding.PSS(padding.MGF1(hashed), salt), hashed)
    else:
        key.verify(signature, signed, padding.PKCS1v15(), hashed)


def chains(
    own: x509.Certificate, known: list[x509.Certificate], others: set[x509.Certificate], at: datetime, most: int = 10
) -> bool:
    if most < 0 or not own.not_valid_before_utc <= at <= own.not_valid_after_utc:
        return False
    above = (one for one in others - {own} if one.subject == own.issuer and certifies(one) and issued(own, one))
    return own in known or any(chains(one, known, others, at, most - 1) for one in above)


def certifies(one: x509.Certificate) -> bool:
    constraints = [each.value for each in one.extensions if isinstance(each.value, x509.BasicConstraints)]
    return len(constraints) == 1 and constraints[0].ca


def issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def own_reference(holder: Any, key: str) -> int:
    number, generation = holder[key].objgen
    require(number > 0 and generation == 0)
    return int(number)


def listed(numbers: list[int]) -> str:
    return f"[ {''.join(f'{number} 0 R ' for number in numbers)}]"


def stream_of(data: bytes) -> str:
    return f"<< /Filter /ASCIIHexDecode /Length {2 * len(data) + 1} >>\nstream\n{data.hex().upper()}>\nendstream"


class Stamped:
    """bundle.md section 8: what the next stamp update behind a file is spelled from."""

    def __init__(self, data: bytes) -> None:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            trailer, root = pdf.trailer, pdf.Root
            self.size, store = trailer["/Size"], root["/DSS"]
            require(is_natural(self.size, 1) and len(trailer["/ID"]) == 2)
            self.id = " ".join(f"<{bytes(one).hex().upper()}>" for one in trailer["/ID"].as_list())
            self.info, self.root = own_reference(trailer, "/Info"), own_reference(trailer, "/Root")
            self.form, self.store = own_reference(root.AcroForm, "/Fields"), own_reference(root, "/DSS")
            require(isinstance(store, pikepdf.Dictionary) and set(store.keys()) == {"/Type"})
            held = root.AcroForm.Fields
            require(all(isinstance(one, pikepdf.Dictionary) for one in held.as_list()))
            fields = re.fullmatch(rb"\[((?: [1-9][0-9]* 0 R)*) \]", held.unparse(resolved=True))[1]
        self.fields = [int(one) for one in fields.split()[::3]]
        require(max(self.info, self.root, self.form, self.store, *self.fields) < self.size)
        self.certificates, self.lists, self.count = list[int](), list[int](), 0
        self.place = int(re.search(rb"\nstartxref\n([0-9]{1,10})\n%%EOF\n\Z", data)[1])

    def update(self, at: int, certificates: list[bytes], lists: list[bytes], token: bytes) -> tuple[bytes, int, int]:
        """The update that begins at a place; and where its gap begins and ends."""
        first, streams, self.count = self.size, certificates + lists, self.count + 1
        field = first + len(streams)
        self.certificates += range(first, first + len(certificates))
        self.lists += range(first + len(certificates), field)
        self.fields, self.size = [*self.fields, field], field + 2
        title = f"/TU (Time stamp over the whole file) /T (TimeStamp{self.count})"
        objects = [(number, stream_of(data)) for number, data in enumerate(streams, first)]
        objects += [
            (self.form, listed(self.fields)),
            (self.store, f"<< /Certs {listed(self.certificates)} /CRLs {listed(self.lists)} /Type /DSS >>"),
            (
                field,
                f"<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 /Rect [ 0 0 0 0 ] {title} /V {field + 1} 0 R >>",
            ),
        ]
        places, text = dict[int, int](), ""
        for number, body in objects:
            places[number] = at + len(text)
            text += f"{number} 0 obj\n{body}\nendobj\n"
        places[field + 1] = at + len(text)
        text += (
            f"{field + 1} 0 obj\n<< /Type /DocTimeStamp /Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/Contents "
        )
        start = at + len(text)
        text += f"<{token.ljust(16384, bytes(1)).hex().upper()}>"
        end, xref = at + len(text), at + len(text) + len(f"\n{'':60}\n>>\nendobj\n")
        table = self.table(places, first, xref)
        covered_range = f"/ByteRange [0 {start} {end} {xref + len(table) - end}]"
        return f"{text}\n{covered_range:60}\n>>\nendobj\n{table}".encode(), start, end

    def table(self, places: dict[int, int], first: int, xref: int) -> str:  # And what stands behind it
        before, self.place = self.place, xref
        table = "".join(f"{one} 1\n{places[one]:010} 00000 n \n" for one in sorted((self.form, self.store)))
        table += f"{first} {self.size - first}\n"
        table += "".join(f"{places[one]:010} 00000 n \n" for one in range(first, self.size))
        trailer = f"/ID [ {self.id} ] /Info {self.info} 0 R /Root {self.root} 0 R /Prev {before} /Size {self.size}"
        return f"xref\n{table}trailer\n<< {trailer} >>\nstartxref\n{xref}\n%%EOF\n"


def update_before(data: bytes, end: int) -> int:  # Where the update would begin that ends there, by its own table
    xref = int(re.search(rb"startxref\n([0-9]{1,10})\n%%EOF\n\Z", data[max(end - 40, 0) : end])[1])
    entry = rb"[0-9]{10} 00000 n \n"
    table = rb"xref\n(?:[0-9]+ 1\n%b){2}[0-9]+ [0-9]+\n([0-9]{10}) 00000 n \n" % entry
    start = int(re.match(table, data[xref : xref + 200])[1])
    require(start < end)
    return start


def new_parts(data: bytes, at: int, before: Stamped) -> tuple[list[bytes], list[bytes], bytes]:
    """What the update that begins at a place has of its own: certificates, revocation lists, and the time stamp."""
    blobs, text = list[bytes](), rb" 0 obj\n<< /Filter /ASCIIHexDecode /Length ([0-9]+) >>\nstream\n"
    place = at
    while found := re.compile(rb"%d%b" % (before.size + len(blobs), text)).match(data, place):
        blobs.append(bytes.fromhex(data[found.end() : found.end() + int(found[1]) - 1].decode()))
        place = found.end() + int(found[1]) + len("\nendstream\nendobj\n")
    store = re.compile(rb"[^/]*<< /Certs \[ ([0-9R ]*)\]").match(data, place)[1]
    count = store.count(b"R") - len(before.certificates)
    require(1 <= count <= 64 and len(blobs) - count <= 64)
    gap = data.index(b"/Contents <", place) + len("/Contents <")
    token = bytes.fromhex(data[gap : gap + 32768].decode())
    length = 4 + int.from_bytes(token[2:4])
    require(token[:2] == b"\x30\x82" and 260 <= length <= len(token))
    return blobs[:count], blobs[count:], token[:length]


Update = tuple[int, int, int, int, list[bytes], bytes]  # Begin, gap's begin and end, end, certificates, time stamp


def stamp_updates(data: bytes) -> list[Update]:  # bundle.md section 8, those at the end of a file
    last = update_before(data, len(data))
    count = int(re.findall(rb"/T \(TimeStamp([1-9][0-9]?)\)", data[last:])[-1])
    at = last
    for _ in range(count - 1):
        at = update_before(data, at)
    stamped, found = Stamped(data[:at]), list[Update]()
    require(count <= 32)
    for _ in range(count):
        certificates, lists, token = new_parts(data, at, stamped)
        text, start, end = stamped.update(at, certificates, lists, token)
        require(data[at : at + len(text)] == text)
        found.append((at, start, end, at + len(text), certificates, token))
        at += len(text)
    require(at == len(data))
    return found


def check_update(data: bytes, update: Update) -> None:  # bundle.md section 6, document time stamp
    _, start, end, behind, certificates, token = update
    answer, named = der(0x30, der(0x30, der(2, b"\0")), token), list(map(x509.load_der_x509_certificate, certificates))
    roots = [one for one in named if one.issuer == one.subject][:1]
    check_answer(answer, lambda name: hashlib.new(name, data[:start] + data[end:behind]).digest(), roots, named)


def check_manifest(manifest: dict[str, Any]) -> bytes:  # bundle.md section 2
    more = {"outside_clocks", "goes_on_from", "labels", "handed_over"} & set(manifest)
    members(manifest, "format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages", *more)
    require(manifest["format"] == "evidence-trail/bundle/v1")
    require(all(isinstance(manifest[name], list) for name in ("records", "left_out", "exhibits", "pages")))
    members(manifest["bundle"], "title", "profile", "profile_version", "marking", "prepared_for", "made_at")
    require(all(isinstance(value, str) for value in manifest["bundle"].values()))
    check_left_out(manifest["left_out"])
    before = 0
    for one in manifest["exhibits"]:
        also = {"file", "handed_over"} & set(one)
        members(one, "exhibit", "sha256", "records", "first_page", "pages", "shown_as", *also)
        require(is_natural(one["exhibit"], before + 1) and is_natural(one["first_page"], 1))
        before, stem = one["exhibit"], f"exhibit-{one['exhibit']:03}."
        require(is_natural(one["pages"], 1))
        require(re.fullmatch(r"[0-9a-f]{64}", one["sha256"]))
        require(one["shown_as"] in ("placed", "rendered", "image", "text", "slip"))
        require(one["records"] or "handed_over" in also)
        check_positions(one["records"])
        if "handed_over" in also:
            check_shared(one["handed_over"])
        require("file" not in one or re.fullmatch(re.escape(stem) + "[a-z0-9]{1,8}", one["file"]))
    require(all(unbase64(digest, 32) for digest in manifest["pages"]))
    before = -1
    for part in manifest.get("handed_over", []):
        also = {"outside_clocks", "goes_on_from", "labels"} & set(part)
        members(part, "handover", "log_key", "checkpoint", "records", "left_out", *also)
        require(is_natural(part["handover"], before + 1) and isinstance(part["records"], list))
        before = part["handover"]
        require(unbase64(part["log_key"], 32))
        check_left_out(part["left_out"])
        if "outside_clocks" in part:
            check_heads(part["outside_clocks"], "record")
        if "goes_on_from" in part:
            check_heads(part["goes_on_from"])
        if "labels" in part:
            check_labels(part["labels"], part["records"])
    require("handed_over" not in more or 1 <= len(manifest["handed_over"]) <= 1000)
    if "outside_clocks" in manifest:
        check_heads(manifest["outside_clocks"], "record")
    if "goes_on_from" in manifest:
        check_heads(manifest["goes_on_from"])
    if "labels" in manifest:
        check_labels(manifest["labels"], manifest["records"])
    return unbase64(manifest["log_key"], 32)


def check_positions(positions: Any) -> None:
    require(isinstance(positions, list) and all(map(is_natural, positions)) and len(positions) == len({*positions}))


def check_shared(others: Any) -> None:  # What an exhibit says of the other logs that have it
    require(isinstance(others, list) and 1 <= len(others) <= 1000)
    before = -1
    for other in others:
        members(other, "handover", "records", *({"first_page"} & set(other)))
        require(is_natural(other["handover"], before + 1) and is_natural(other.get("first_page", 1), 1))
        before = other["handover"]
        require(other["records"])
        check_positions(other["records"])


def check_heads(heads: Any, *more: str) -> None:  # Of outside_clocks with "record", of goes_on_from without
    require(isinstance(heads, list) and 1 <= len(heads) <= 1000)
    for one in heads:
        members(one, "head", "consistency", *more)
        require(is_natural(one.get("record", 0)) and head_of(one["head"]))
        require(isinstance(one["consistency"], list) and len(one["consistency"]) <= 64)
        require(all(unbase64(node, 32) for node in one["consistency"]))
    sizes = [head_of(one["head"])[1] for one in heads]
    require(more or all(one < other for one, other in itertools.pairwise(sizes)))


def check_left_out(runs: Any) -> None:
    require(isinstance(runs, list))
    for run in runs:
        members(run, "first", "last", "reason")
        require(is_natural(run["first"]) and is_natural(run["last"], run["first"]) and isinstance(run["reason"], str))


def check_labels(labels: Any, records: list[Any]) -> None:  # They name nothing but words that are withheld
    fields = {
        str(one["index"]): one.get("fields")
        for one in reversed(records)
        if isinstance(one, dict) and type(one.get("index")) is int
    }
    require(isinstance(labels, dict) and labels)
    for at, paths in labels.items():
        require(re.fullmatch(r"0|[1-9][0-9]{0,14}", at) and isinstance(paths, dict) and paths)
        for path, words in paths.items():
            require(isinstance(words, dict) and words)
            for word, label in words.items():
                require(
                    re.fullmatch(r"0|[1-9][0-9]{0,14}", word)
                    and isinstance(label, str)
                    and len(label) <= 200
                    and not UNSAFE & {unicodedata.category(one) for one in label.replace(" ", "")}
                )
                require(isinstance(piece := fields[at][path]["pieces"][int(word)], dict) and "withheld" in piece)


def name_tree(node: Any, seen: set[tuple[int, int]], *, strict: bool) -> Iterator[tuple[str, Any]]:
    seen |= {node.objgen} - {(0, 0)}
    names = node.get("/Names", pikepdf.Array()).as_list()
    yield from ((str(name), value) for name, value in zip(names[::2], names[1::2], strict=strict))
    for kid in node.get("/Kids", pikepdf.Array()).as_list():
        require(not strict or kid.objgen not in seen)
        yield from name_tree(kid, seen, strict=strict) if kid.objgen not in seen else ()


def page_tree(node: Any, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Any]:
    require(node.objgen not in above)
    if "/Kids" not in node:
        yield node
        return
    for kid in node.Kids.as_list():
        yield from page_tree(kid, above | {node.objgen}) if isinstance(kid, pikepdf.Dictionary) else ()


def outline(root: Any) -> Iterator[Any]:
    seen, ahead = set[tuple[int, int]](), [has(root, "/First")]
    while ahead:
        entry = ahead.pop()
        if isinstance(entry, pikepdf.Dictionary) and entry.objgen not in seen:
            seen |= {entry.objgen} - {(0, 0)}
            yield entry
            ahead += [entry.get("/First"), entry.get("/Next")]


def has(value: Any, name: str) -> Any:  # None where it is no dictionary
    return value.get(name) if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None


def annotations(page: Any) -> list[Any]:
    listed = page.get("/Annots")
    return list(listed.as_list()) if isinstance(listed, pikepdf.Array) else []


def zeroes(value: Any, count: int) -> bool:
    numbers = value.as_list() if isinstance(value, pikepdf.Array) else []
    return len(numbers) == count and all(type(one) in {int, Decimal} and one == 0 for one in numbers)


def harmless(annotation: Any) -> bool:  # bundle.md section 6, annotations
    subtype = annotation.get("/Subtype")
    popup = subtype == pikepdf.Name.Popup
    link = subtype == pikepdf.Name.Link and "/Dest" in annotation and zeroes(annotation.get("/Border"), 3)
    signature = subtype == pikepdf.Name.Widget and annotation.get("/FT") == pikepdf.Name.Sig
    return not any(key in annotation for key in ACTIONS) and (
        popup or link or (signature and zeroes(annotation.get("/Rect"), 4))
    )


class Bundle:
    """bundle.md section 6: the items, each judged by itself."""

    def __init__(self, data: bytes) -> None:
        self.data, self.items = data, dict[str, str]()  # The verdicts by the items' names
        self.shown = dict[int, dict[str, Any]]()  # The values that are as sealed, by position and path
        self.known = dict[tuple[int, int], bytes]()  # The complete subtrees, by first leaf and number of leaves
        self.sound = set[int]()  # The positions of records all of whose fields are as sealed
        self.parts = dict[int, dict[int, dict[str, Any]]]()  # What is shown of other logs, by hand-over
        self.held = dict[int, bytes]()  # The roots of heads that the checkpoint is proved to go on from, by size

    def judge(self, name: str, check: Callable[[], Any], *, malformed: str = "altered") -> Any:
        reason, found = outcome(check)
        verdict = {"verified": "verified", "malformed": malformed}.get(reason, "altered")
        self.items[name] = verdict if self.items.get(name, "verified") == "verified" else self.items[name]
        return found

    def files(self, *, strict: bool = False) -> list[tuple[str, Any]]:
        names = self.pdf.Root.get("/Names", pikepdf.Dictionary())
        return list(name_tree(names.get("/EmbeddedFiles", pikepdf.Dictionary()), set(), strict=strict))

    def file(self, name: str) -> bytes:
        return dict(self.files())[name].EF.F.read_bytes()

    def open(self) -> tuple[bytes, bytes, dict[str, Any]]:
        raw, note = self.file(MANIFEST), self.file(NOTE)
        self.key = check_manifest(manifest := parse_json(raw))
        return raw, note, manifest

    def note(self, raw: bytes, note: bytes) -> None:
        text, signatures = open_note(note.decode())
        require(text == f"evidence-trail/bundle-manifest/v1\n{base64.b64encode(sha256(raw)).decode()}\n")
        check_signature(text, signatures, self.key)

    def record(self, disclosure: dict[str, Any]) -> None:
        require(is_natural(index := disclosure["index"]))
        made, size = check_sealed(disclosure, *self.head), self.head[0]
        self.learn(index, 1, sha256(b"\0", check_leaf(disclosure["leaf"])[0]))
        for first, count, node in siblings(index, size, [unbase64(node, 32) for node in disclosure["proof"]]):
            if not (count & (count - 1) or first % count):
                self.learn(first, count, node)
        faults, shown = check_shown(disclosure, made)
        if again := index in self.shown:
            shown = self.shown[index]
        self.shown[index] = shown
        self.sound |= set() if faults or again else {index}
        require(not faults and not again, "field")

    def learn(self, first: int, count: int, node: bytes) -> None:  # And every node over two that are known
        while (first, count) not in self.known:
            self.known[first, count] = node
            if not (beside := self.known.get((first ^ count, count))):
                return
            node = sha256(b"\x01", beside, node) if first & count else sha256(b"\x01", node, beside)
            first, count = first & ~count, 2 * count

    def known_root(self, size: int) -> bytes | None:
        counts = [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]
        nodes = [self.known.get((size & -2 * count, count)) for count in counts]
        *lefts, root = nodes
        for left in reversed(lefts):
            root = sha256(b"\x01", left, root) if left and root else None
        return root

    def had(self, at: int, size: int, root: bytes) -> bool | None:  # None: it cannot be compared
        if not 1 <= size <= at:
            return False
        known = self.held.get(size) or self.known_root(size)
        return known == root if known else None

    def heads(self) -> None:
        for at, shown in sorted(self.shown.items()):
            heads = [outcome(lambda path=path, value=value: head_in(path, value))[1] for path, value in shown.items()]
            found = [self.had(at, size, root) for origin, size, root in filter(None, heads) if origin == self.origin]
            if {True, False} & {*found}:
                self.judge(f"head in record {at}", lambda found=found: require(False not in found))

    def positions(self, manifest: dict[str, Any]) -> None:
        spans = [(one["index"], one["index"]) for one in manifest["records"]]
        spans = sorted(spans + [(run["first"], run["last"]) for run in manifest["left_out"]])
        require(all(is_natural(first) for first, _ in spans))
        require([first for first, _ in spans] + [self.head[0]] == [0, *(last + 1 for _, last in spans)])

    def embedded(self, manifest: dict[str, Any]) -> None:
        files = self.files(strict=True)
        names = [name for name, _ in files]
        known = {MANIFEST, NOTE} | {one["file"] for one in manifest["exhibits"] if "file" in one}
        require(len(names) == len(set(names)) and set(names) <= known)
        for name, value in files:
            require(set(value.EF.keys()) <= {"/F", "/UF"} and isinstance(value.EF.F, pikepdf.Stream))
            require(value.EF.get("/UF", value.EF.F).objgen == value.EF.F.objgen)
            require(str(value.F) == str(value.UF) == name and "/RF" not in value)
        associated = [value.objgen for value in self.pdf.Root.AF.as_list()]
        require((0, 0) not in associated and sorted(associated) == sorted(value.objgen for _, value in files))

    def exhibit(self, exhibit: dict[str, Any], pages: int) -> None:
        there = [self.shown[at] for at in exhibit["records"]]
        for other in exhibit.get("handed_over", []):
            there += [self.parts[other["handover"]][at] for at in other["records"]]
        for shown in there:
            paths = [path for path, value in shown.items() if value == exhibit["sha256"]]
            require(any(re.fullmatch(r"/attachments/(0|[1-9][0-9]*)/sha256", path) for path in paths))
        require(exhibit["first_page"] + exhibit["pages"] - 1 <= pages)
        require("file" not in exhibit or sha256(self.file(exhibit["file"])).hex() == exhibit["sha256"])

    def earlier(self, one: dict[str, Any]) -> None:
        origin, size, root = head_of(one["head"])
        require(origin == self.origin and size >= 1)
        check_consistency((size, root), self.head, [unbase64(node, 32) for node in one["consistency"]])
        self.held[size] = root

    def outside_clock(self, clock: dict[str, Any]) -> None:
        require(clock["record"] in self.sound)
        shown, (_, size, _) = self.shown[clock["record"]], head_of(clock["head"])
        if shown["/kind"] == "cosignature":
            check_noted(shown["/fields/cosigned_checkpoint"], clock["head"], self.key)
            check_cosigned(shown["/fields/cosigned_checkpoint"], shown["/fields/witness_key"])
        elif shown["/kind"] == "time-stamp":
            check_noted(signed := shown["/fields/signed_checkpoint"], clock["head"], self.key)
            check_stamp(unbase64(shown["/fields/answer"]), signed.encode(), shown["/fields/certificates"].encode())
        else:
            heads = [path for path, value in shown.items() if value == clock["head"]]
            require(any(re.fullmatch(r"/fields/quoted_heads/(0|[1-9][0-9]*)", path) for path in heads))
            received = shown["/kind"] == "message" and shown["/fields/direction"] == "received"
            require(shown["/kind"] == "mail-receipt" or received)
        require(size <= clock["record"])
        self.earlier(clock)

    def log(self, manifest: dict[str, Any]) -> None:  # What the manifest, or a hand-over in it, shows of one log
        self.origin = manifest["checkpoint"].split("\n", maxsplit=1)[0]
        for place, one in enumerate(manifest["records"]):
            index = one.get("index") if isinstance(one, dict) else None
            name = f"record {index}" if type(index) is int else f"record in place {place}"
            self.judge(name, lambda one=one: self.record(one))
        self.judge("positions", lambda: self.positions(manifest))
        self.judge("log key", lambda: require(self.shown[0]["/fields/log_key"] == manifest["log_key"]))

    def handed_over(self, part: dict[str, Any]) -> None:
        def received() -> None:
            require(part["handover"] in self.sound)
            record = self.shown[part["handover"]]
            require(record["/kind"] == "handover" and record["/fields/signed_checkpoint"] == part["checkpoint"])

        name, inner = f"hand-over {part['handover']}", Bundle(b"")
        self.judge(f"{name} received", received)
        key = unbase64(part["log_key"], 32)
        inner.head = inner.judge("checkpoint", lambda: check_checkpoint(part["checkpoint"], key))
        if inner.head:
            inner.key = key
            inner.log(part)
            self.parts[part["handover"]] = inner.shown
            for number, one in enumerate(part.get("outside_clocks", []), 1):
                inner.judge(f"outside clock {number}", lambda one=one: inner.outside_clock(one))
            for one in part.get("goes_on_from", []):
                outcome(lambda one=one: inner.earlier(one))
            inner.heads()
        self.items |= {f"{name} {item}": verdict for item, verdict in inner.items.items()}

    def sealed(self, manifest: dict[str, Any]) -> None:  # The items that need the checkpoint
        self.log(manifest)
        if self.items["whole file"] == "verified":
            self.judge("certificate", self.certificate)
        for number, one in enumerate(manifest.get("outside_clocks", []), 1):
            self.judge(f"outside clock {number}", lambda one=one: self.outside_clock(one))
        for one in manifest.get("goes_on_from", []):
            self.judge(f"earlier head {head_of(one['head'])[1]}", lambda one=one: self.earlier(one))
        self.heads()
        for part in manifest.get("handed_over", []):
            self.handed_over(part)
        for one in manifest["exhibits"]:
            self.judge(f"exhibit {one['exhibit']}", lambda one=one: self.exhibit(one, len(manifest["pages"])))

    def certificate(self) -> None:
        places, container, raw, _ = covered(self.signed)
        field, *of_stamps = self.pdf.Root.AcroForm.Fields.as_list()
        require(len(of_stamps) == self.stamps)
        require(pikepdf.Name.Sig == field.FT and "/Kids" not in field)
        require(field.V.SubFilter == pikepdf.Name("/ETSI.CAdES.detached") and bytes(field.V.Contents) == container)
        require(list(field.V.ByteRange.as_list()) == [0, *places])
        require(self.shown[0]["/fields/certificate_sha256"] == sha256(raw).hex())
        names = x509.load_der_x509_certificate(raw).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        require([name.value for name in names] == [origin_of(self.key).replace("evidence-trail/", "Log ")])

    def pages(self, digests: list[str]) -> list[Any]:
        pages, speller = outcome(lambda: list(page_tree(self.pdf.Root.Pages)))[1] or [], Speller()
        spelled = [outcome(lambda page=page: speller.page(page))[1] or b"" for page in pages]
        found = [base64.b64encode(digest).decode() for digest in spelled]

        def order() -> None:
            at = 0
            for digest in found:
                at = digests.index(digest, at) + 1 if digest in digests else at

        self.judge("number of pages", lambda: require(len(pages) == len(digests)))
        self.judge("order of pages", order)
        for number, digest in enumerate(found, 1):
            self.judge(f"page {number}", lambda digest=digest: require(digest in digests))
        return pages

    def inactive(self, pages: list[Any]) -> None:
        root = self.pdf.Root
        require("/Collection" not in root and "/AA" not in root)
        require(isinstance(root.get("/OpenAction", pikepdf.Array()), pikepdf.Array))
        require(set(root.get("/Names", pikepdf.Dictionary()).keys()) <= {"/EmbeddedFiles", "/Dests"})
        require(has(root.get("/AcroForm"), "/XFA") is None)
        for page in pages:
            require("/AA" not in page and "/AF" not in page)
            for one in annotations(page):
                require(has(one, "/Subtype") != pikepdf.Name.FileAttachment and has(one, "/AA") is None)
                require(has(one, "/A") is None or one.A.get("/S") == pikepdf.Name.GoTo)
        for entry in outline(root.get("/Outlines")):
            require("/A" not in entry and "/AA" not in entry)

    def one_reading(self) -> None:
        require(b"/XRefStm" not in self.data)
        contents = [page.obj.get("/Contents", []) for page in self.pdf.pages]
        said = " ".join(self.pdf.get_warnings())
        require(not any(what in said for what in ("duplicated key", "page tree root", "/Type key should be /Page")))
        streams = [one for each in contents for one in (each if isinstance(each, pikepdf.Array) else [each])]
        require(not any("/F" in one for one in streams if isinstance(one, pikepdf.Stream)))

    def run(self) -> dict[str, str]:
        updates = outcome(lambda: stamp_updates(self.data))[1] or []
        self.signed, self.stamps = self.data[: updates[0][0]] if updates else self.data, len(updates)
        as_written = {"suppress_warnings": True, "inherit_page_attributes": False}
        self.pdf = outcome(lambda: pikepdf.open(io.BytesIO(self.data), **as_written))[1]
        if self.pdf is None:
            return {"file": "unreadable"}
        files = outcome(self.files)[1]
        if files is not None and MANIFEST not in dict(files):
            return {"manifest": "unreadable"}
        self.judge("whole file", lambda: check_file(self.signed))
        for number, update in enumerate(updates, 1):
            self.judge(f"document time stamp {number}", lambda update=update: check_update(self.data, update))
        raw, note, manifest = self.judge("manifest", self.open, malformed="unreadable") or (b"", b"", {})
        if not manifest:
            return self.items
        self.judge("manifest", lambda: self.note(raw, note))
        self.head = self.judge("checkpoint", lambda: check_checkpoint(manifest["checkpoint"], self.key))
        if self.head:
            self.sealed(manifest)
        self.judge("embedded files", lambda: self.embedded(manifest))
        pages = self.pages(manifest["pages"])
        self.judge("annotations", lambda: require(all(harmless(one) for page in pages for one in annotations(page))))
        self.judge("active content", lambda: self.inactive(pages))
        self.judge("one reading", self.one_reading)
        return self.items


def verify_bundle(data: bytes) -> dict[str, str]:  # "verified", "altered" or "unreadable" for each item
    return Bundle(data).run()
