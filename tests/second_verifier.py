"""A second verifier, written from the specification pages alone; it shares no code with the program.

From docs/spec, C2SP signed-note, tlog-checkpoint and tlog-proof, RFC 9162 section 2.1, RFC 8785, RFC 5652 and RFC 5035.
"""

import base64
import hashlib
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pikepdf
import rfc8785
from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, utils
from cryptography.x509.oid import ExtendedKeyUsageOID

LOSSLESS = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
MANIFEST, NOTE = "evidence-trail-manifest.json", "evidence-trail-manifest.note"
OIDS = ("1.7.1", "1.7.2", "1.9.3", "1.9.4", "1.9.16.2.47")
HALF_ORDER = 0x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8
SHA256, ECDSA = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
FAULTS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError, pikepdf.PdfError)


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
    require(end >= 0 and len(note) <= 65536 and note.endswith("\n") and not re.search(r"[\x00-\x09\x0b-\x1f]", note))
    lines = [re.fullmatch(r"— ([^\s+]+) (\S+)", line) for line in note[end + 2 : -1].split("\n")]
    signatures = [(line[1], unbase64(line[2])) for line in lines if line]
    require(all(lines) and len(lines) <= 16 and all(len(signature) >= 5 for _, signature in signatures))
    return note[: end + 1], signatures


def check_signature(text: str, signatures: list[tuple[str, bytes]], key: bytes, given: str = "") -> None:
    origin = "evidence-trail/" + base64.b32encode(sha256(key)[:20]).decode().lower()
    require(given in {"", origin}, "other-log")
    key_id = sha256(origin.encode(), b"\n\x01", key)[:4]
    ours = [signature[4:] for name, signature in signatures if (name, signature[:4]) == (origin, key_id)]
    require(len(ours) < 2 and not small_order(key), "bad-signature")
    require(ours, "other-log")
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(ours[0], text.encode())


def check_checkpoint(checkpoint: str, key: bytes) -> tuple[int, bytes]:  # record-log.md section 10, checkpoint
    text, signatures = open_note(checkpoint)
    origin, size, root, rest = text.split("\n")
    require(origin and not rest and re.fullmatch(r"0|[1-9][0-9]{0,17}", size))
    head = int(size), unbase64(root, 32)
    check_signature(text, signatures, key, origin)
    return head


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


def head_of(line: str) -> tuple[str, int, bytes]:  # mail.md section 5, on one line
    origin, size, root = line.split(" ")
    require(origin and re.fullmatch(r"0|[1-9][0-9]{0,17}", size))
    return origin, int(size), unbase64(root, 32)


def check_cosigned(note: str, vkey: str, head: str) -> None:  # exchange.md section 4
    text, signatures = open_note(note)
    require(len(signatures) == 2 and text == head.replace(" ", "\n") + "\n")
    name, key_id, typed = vkey.split("+", 2)
    key = unbase64(typed, 33)
    require(key[:1] == b"\x04" and sha256(name.encode() + b"\n", key)[:4].hex() == key_id)
    require(name == "evidence-trail/witness/" + base64.b32encode(sha256(key[1:])[:20]).decode().lower())
    signer, signature = signatures[1]
    require(signer == name and signature[:4].hex() == key_id and len(signature) == 76)
    message = f"cosignature/v1\ntime {int.from_bytes(signature[4:12])}\n{text}"
    require(not small_order(key[1:]))
    ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[12:], message.encode())


def check_leaf(leaf: dict[str, Any]) -> tuple[bytes, bytes]:  # record-log.md section 5
    members(leaf, "commitment", "format", "sealed_at")
    require(leaf["format"] == "evidence-trail/record/v1" and re.fullmatch(r"[-0-9]{10}T[:0-9]{8}Z", leaf["sealed_at"]))
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
    require(extra["format"] == "evidence-trail/seal-receipt/v1" and re.fullmatch(r"0|[1-9][0-9]*", index_line[6:]))
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
        require(value)
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


def shown_field(field: dict[str, Any]) -> tuple[bytes, Any]:  # record-log.md section 9
    if set(field) != {"pieces"}:
        members(field, "value", "salts")
        salts = b"".join(unbase64(salt, 16) for salt in field["salts"])
        return sha256(b"\x12", *digests_of(field["value"], lambda _: salts)), field["value"]
    digests: list[bytes] = []
    for piece in field["pieces"]:
        members(piece, *(("withheld",) if "withheld" in piece else ("text", "salt")))
        require(all(isinstance(part, str) for part in piece.values()))
        text = digests_of(piece["text"], lambda _, salt=piece["salt"]: unbase64(salt, 16)) if "text" in piece else None
        digests += text or [unbase64(piece["withheld"], 32)]
    require(digests)
    shown = "".join(piece.get("text", "\0") for piece in field["pieces"])
    return sha256(b"\x12", *digests), None if "\0" in shown else shown


def check_disclosure(disclosure: dict[str, Any], size: int, root: bytes) -> tuple[set[str], dict[str, Any]]:
    """record-log.md section 10, disclosure: the paths at fault, and the values of the others."""
    whole, made = "fields" not in disclosure, {}
    members(disclosure, "index", "leaf", "proof", "digests", *(("secret", "record") if whole else ("fields",)))
    leaf, commitment = check_leaf(disclosure["leaf"])
    proof = [unbase64(node, 32) for node in disclosure["proof"]]
    require(is_natural(disclosure["index"]) and isinstance(disclosure["proof"], list) and len(proof) <= 64)
    digests = {path: unbase64(digest, 32) for path, digest in disclosure["digests"].items()}
    require(digests and all(re.fullmatch(r"(/[a-z0-9_]+)+", path) for path in digests))
    beginnings = {path[: step.start()] for path in digests for step in re.finditer("/", path)}
    require(not beginnings & set(digests))
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
    faults = set(digests) - set(made) if whole else set()
    faults |= {path for path, (digest, _) in made.items() if digests.get(path) != digest}
    return faults, {path: value for path, (_, value) in made.items() if path not in faults}


def verify_disclosure(disclosure: dict[str, Any], checkpoint: str, log_key: str) -> tuple[str, list[str]]:
    reason, found = outcome(lambda: check_disclosure(disclosure, *check_checkpoint(checkpoint, unbase64(log_key, 32))))
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


def covered(data: bytes) -> tuple[list[int], bytes, bytes, bytes]:  # The places, all of the gap, certificate, signature
    pattern = rb"/ByteRange\s*\[\s*0\s+([0-9]{1,12})\s+([0-9]{1,12})\s+([0-9]{1,12})\s*\]"
    places = [int(one) for one in re.match(pattern, data[max(data.rfind(b"/ByteRange"), 0) :]).groups()]
    container = bytes.fromhex(re.fullmatch(rb"<((?:[0-9A-F]{2})+)>", data[places[0] : places[1]])[1].decode())
    signed = cms.ContentInfo.load(container)["content"]
    return places, container, signed["certificates"][0].dump(), signed["signer_infos"][0]["signature"].native


def check_file(data: bytes) -> None:  # bundle.md section 5
    (start, end, rest), container, raw, signature = covered(data)
    require(end + rest == len(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields.as_list()
        require(list(map(int, field.V.ByteRange.as_list())) == [0, start, end, rest])
    certificate = x509.load_der_x509_certificate(raw)
    spelled, attributes = spell_cms(certificate, raw, signature, sha256(data[:start], data[end:]))
    require(container == spelled + bytes(max(len(container) - len(spelled), 0)))
    r, s = utils.decode_dss_signature(signature)
    require(utils.encode_dss_signature(r, s) == signature and s <= HALF_ORDER)
    require(isinstance((key := certificate.public_key()).curve, ec.SECP256R1))
    key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))


class Speller:
    """bundle.md section 4: the spelling of a page's objects, each reference spelled once."""

    def __init__(self) -> None:
        self.done, self.depth = dict[tuple[int, int], bytes](), 0

    def spell(self, value: Any) -> bytes:
        self.depth += 1
        require(self.depth <= 201)
        if not (isinstance(value, pikepdf.Object) and value.is_indirect):
            spelled = self.direct(value)
        elif not (spelled := self.done.get(value.objgen, b"")):
            require(value.objgen not in self.done)
            self.done[value.objgen] = b""  # While it is being spelled
            self.done[value.objgen] = spelled = b"R" + sha256(self.direct(value))
        self.depth -= 1
        return spelled

    def direct(self, value: Any) -> bytes:
        if value is None or isinstance(value, bool):
            return b"n" if value is None else b"t" if value else b"f"
        if isinstance(value, int | Decimal):
            require(len(Decimal(value).as_tuple().digits) <= 1000)
            with localcontext(prec=2000):
                number = f"{Decimal(value).quantize(Decimal('0.00001'), ROUND_HALF_EVEN):f}".rstrip("0").rstrip(".")
            return b"D" + (b"0" if number == "-0" else number.encode()) + b";"
        if isinstance(value, pikepdf.Name | pikepdf.String):
            data = str(value)[1:].encode() if isinstance(value, pikepdf.Name) else bytes(value)
            return b"%c%d:%b" % (b"N" if isinstance(value, pikepdf.Name) else b"S", len(data), data)
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(map(self.spell, value.as_list())) + b"]"
        if isinstance(value, pikepdf.Stream):
            filters = value.get("/Filter", [])
            lossless = LOSSLESS.issuperset(map(str, [filters] if isinstance(filters, pikepdf.Name) else filters))
            data = value.read_bytes() if lossless else value.read_raw_bytes()
            without = {"/Length", "/Filter", "/DecodeParms"} if lossless else {"/Length"}
            return b"B" + self.entries(value, without) + sha256(data)
        return self.entries(value, set())

    def entries(self, holder: Any, without: set[str]) -> bytes:
        spelled = b"<"
        for name in sorted(set(holder.keys()) - without, key=str.encode):
            spelled += b"N%d:%b" % (len(data := name[1:].encode()), data) + self.spell(holder[name])
        return spelled + b">"

    def page(self, page: Any) -> bytes:
        spelled, holders = b"page\n", [page]
        while "/Parent" in holders[-1]:
            holders.append(holders[-1]["/Parent"])
            require(len(holders) <= 200)
        for name in PAGE_KEYS:
            values = [holder[name] for holder in holders if name in holder]
            spelled += b"N%d:%b" % (len(data := name[1:].encode()), data) + self.spell(values[0]) if values else b""
        streams = [one] if isinstance(one := page.get("/Contents", []), pikepdf.Stream) else one
        return sha256(spelled, sha256(b"\n".join(stream.read_bytes() for stream in streams)))


def check_stamp(answer: bytes, message: bytes, trusted: bytes) -> None:  # time-stamps.md section 3, steps 1, 2, 4 and 5
    response = tsp.TimeStampResp.load(answer, strict=True)
    require(response["status"]["status"].native == "granted")
    token = response["time_stamp_token"]["content"]
    raw = token["encap_content_info"]["content"]
    info, encapsulated = raw.parsed, bytes(raw.parsed.dump())
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    require(name in ("sha256", "sha384", "sha512"))
    require(hashlib.new(name, message).digest() == imprint["hashed_message"].native)
    (signer,) = token["signer_infos"]
    at, sid = info["gen_time"].native, signer["sid"].chosen
    inside = [x509.load_der_x509_certificate(each.chosen.dump()) for each in token["certificates"]]
    (own,) = [one for one in inside if one.serial_number == sid["serial_number"].native]
    require(own.not_valid_before_utc <= at <= own.not_valid_after_utc)
    usage = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    require(usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING])
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    digest = signer["digest_algorithm"]["algorithm"].native
    require(attributes["content_type"] == "tst_info")
    require(attributes["message_digest"] == hashlib.new(digest, encapsulated).digest())
    signed = b"\x31" + signer["signed_attrs"].dump()[1:]  # A set, not what its tag in the message says
    hashed = getattr(hashes, digest.upper())()
    own.public_key().verify(signer["signature"].native, signed, padding.PKCS1v15(), hashed)
    known = x509.load_pem_x509_certificates(trusted)
    for _ in range(8):
        if own in known:
            return
        (own,) = [one for one in {*known, *inside} if one.subject == own.issuer and one != own and issued(own, one)]
    require(False)


def issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def check_manifest(manifest: dict[str, Any]) -> bytes:  # bundle.md section 2
    more = {"outside_clocks", "goes_on_from", "labels", "handed_over"} & set(manifest)
    members(manifest, "format", "bundle", "log_key", "checkpoint", "records", "left_out", "exhibits", "pages", *more)
    require(manifest["format"] == "evidence-trail/bundle/v1")
    require(all(isinstance(manifest[name], list) for name in ("records", "left_out", "exhibits", "pages")))
    check_left_out(manifest["left_out"])
    before = 0
    for one in manifest["exhibits"]:
        members(one, "exhibit", "sha256", "records", "first_page", "pages", "shown_as", *({"file"} & set(one)))
        require(is_natural(one["exhibit"], before + 1) and is_natural(one["first_page"], 1))
        before, stem = one["exhibit"], f"exhibit-{one['exhibit']:03}."
        require(is_natural(one["pages"], 1))
        require(re.fullmatch(r"[0-9a-f]{64}", one["sha256"]))
        require(one["shown_as"] in ("placed", "rendered", "image", "text", "slip"))
        require(all(map(is_natural, one["records"])) and 0 < len(one["records"]) == len({*one["records"]}))
        require("file" not in one or re.fullmatch(re.escape(stem) + "[a-z0-9]{1,8}", one["file"]))
    require(all(unbase64(digest, 32) for digest in manifest["pages"]))
    before = 0
    for part in manifest.get("handed_over", []):
        members(part, "handover", "log_key", "checkpoint", "records", "left_out", *({"labels"} & set(part)))
        require(is_natural(part["handover"], before + 1) and isinstance(part["records"], list))
        before = part["handover"]
        require(isinstance(part["checkpoint"], str) and unbase64(part["log_key"], 32))
        check_left_out(part["left_out"])
        if "labels" in part:
            check_labels(part["labels"], part["records"])
    require("handed_over" not in more or 1 <= len(manifest["handed_over"]) <= 1000)
    for name in more - {"labels", "handed_over"}:
        require(isinstance(manifest[name], list) and 1 <= len(manifest[name]) <= 1000)
        for one in manifest[name]:
            members(one, "head", "consistency", *(["record"] if name == "outside_clocks" else []))
            require(is_natural(one.get("record", 0)) and head_of(one["head"]))
            require(isinstance(one["consistency"], list) and len(one["consistency"]) <= 64)
            require(all(unbase64(node, 32) for node in one["consistency"]))
    sizes = [head_of(one["head"])[1] for one in manifest.get("goes_on_from", [])]
    require(all(one < other for one, other in itertools.pairwise(sizes)))
    if "labels" in manifest:
        check_labels(manifest["labels"], manifest["records"])
    return unbase64(manifest["log_key"], 32)


def check_left_out(runs: Any) -> None:
    require(isinstance(runs, list))
    for run in runs:
        members(run, "first", "last", "reason")
        require(is_natural(run["first"]) and is_natural(run["last"], run["first"]) and isinstance(run["reason"], str))


def check_labels(labels: Any, records: list[Any]) -> None:  # They name nothing but words that are withheld
    fields = {
        str(one["index"]): one.get("fields")
        for one in records
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
                    and label.isprintable()
                )
                require("withheld" in fields[at][path]["pieces"][int(word)])


def name_tree(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    require(depth < 50)
    names = node.get("/Names", pikepdf.Array()).as_list()
    yield from ((str(name), value) for name, value in zip(names[::2], names[1::2], strict=True))
    for kid in node.get("/Kids", pikepdf.Array()).as_list():
        yield from name_tree(kid, depth + 1)


class Bundle:
    """bundle.md section 6: the items, each judged by itself."""

    def __init__(self, data: bytes) -> None:
        self.data, self.items = data, dict[str, str]()  # The verdicts by the items' names
        self.shown = dict[int, dict[str, Any]]()  # The values that are as sealed, by position and path

    def judge(self, name: str, check: Callable[[], Any], *, malformed: str = "altered") -> Any:
        reason, found = outcome(check)
        verdict = {"verified": "verified", "malformed": malformed}.get(reason, "altered")
        self.items[name] = verdict if self.items.get(name, "verified") == "verified" else self.items[name]
        return found

    def file(self, name: str) -> bytes:
        return dict(name_tree(self.pdf.Root.Names.EmbeddedFiles))[name].EF.F.read_bytes()

    def open(self) -> tuple[bytes, dict[str, Any]]:
        self.key = check_manifest(manifest := parse_json(raw := self.file(MANIFEST)))
        return raw, manifest

    def note(self, raw: bytes) -> None:
        text, signatures = open_note(self.file(NOTE).decode())
        require(text == f"evidence-trail/bundle-manifest/v1\n{base64.b64encode(sha256(raw)).decode()}\n")
        check_signature(text, signatures, self.key)

    def record(self, disclosure: dict[str, Any]) -> None:
        require(is_natural(index := disclosure["index"]))
        again, known = index in self.shown, self.shown.setdefault(index, {})
        faults, shown = check_disclosure(disclosure, *self.head)
        known |= {} if again else shown
        require(not faults and not again, "field")

    def positions(self, manifest: dict[str, Any]) -> None:
        spans = [(one["index"], one["index"]) for one in manifest["records"]]
        spans = sorted(spans + [(run["first"], run["last"]) for run in manifest["left_out"]])
        require(all(is_natural(first) for first, _ in spans))
        require([first for first, _ in spans] + [self.head[0]] == [0, *(last + 1 for _, last in spans)])

    def embedded(self, manifest: dict[str, Any]) -> None:
        files = list(name_tree(self.pdf.Root.Names.EmbeddedFiles))
        names = [name for name, _ in files]
        known = {MANIFEST, NOTE} | {one["file"] for one in manifest["exhibits"] if "file" in one}
        require(len(names) == len(set(names)) and set(names) <= known)
        for _, value in files:
            require(set(value.EF.keys()) <= {"/F", "/UF"} and isinstance(value.EF.F, pikepdf.Stream))
            require(value.EF.get("/UF", value.EF.F).objgen == value.EF.F.objgen)
        associated = [value.objgen for value in self.pdf.Root.AF.as_list()]
        require((0, 0) not in associated and sorted(associated) == sorted(value.objgen for _, value in files))

    def exhibit(self, exhibit: dict[str, Any]) -> None:
        for at in exhibit["records"]:
            paths = [path for path, value in self.shown[at].items() if value == exhibit["sha256"]]
            require(any(re.fullmatch(r"/attachments/(0|[1-9][0-9]*)/sha256", path) for path in paths))
        require("file" not in exhibit or sha256(self.file(exhibit["file"])).hex() == exhibit["sha256"])

    def earlier(self, origin: str, size: int, root: bytes, proof: list[bytes]) -> None:
        require(origin == self.origin and size >= 1)
        check_consistency((size, root), self.head, proof)

    def outside_clock(self, clock: dict[str, Any], checkpoint: str) -> None:
        require(self.items.get(f"record {clock['record']}") == "verified")
        shown, (origin, size, root) = self.shown[clock["record"]], head_of(clock["head"])
        if shown["/kind"] == "cosignature":
            check_cosigned(shown["/fields/cosigned_checkpoint"], shown["/fields/witness_key"], clock["head"])
        elif shown["/kind"] == "time-stamp":
            signed = shown["/fields/signed_checkpoint"]
            require(signed.rpartition("\n\n")[0] == f"{origin}\n{size}\n{base64.b64encode(root).decode()}")
            check_stamp(unbase64(shown["/fields/answer"]), signed.encode(), shown["/fields/certificates"].encode())
        else:
            heads = [path for path, value in shown.items() if value == clock["head"]]
            require(any(re.fullmatch(r"/fields/quoted_heads/(0|[1-9][0-9]*)", path) for path in heads))
            received = shown["/kind"] == "message" and shown["/fields/direction"] == "received"
            require(shown["/kind"] == "mail-receipt" or received)
        require(origin == checkpoint.split("\n", maxsplit=1)[0] and 1 <= size <= clock["record"])
        check_consistency((size, root), self.head, [unbase64(node, 32) for node in clock["consistency"]])

    def log(self, manifest: dict[str, Any]) -> None:  # What the manifest, or a hand-over in it, shows of one log
        for place, one in enumerate(manifest["records"]):
            index = one.get("index") if isinstance(one, dict) else None
            name = f"record {index}" if type(index) is int else f"record in place {place}"
            self.judge(name, lambda one=one: self.record(one))
        self.judge("positions", lambda: self.positions(manifest))
        self.judge("log key", lambda: require(self.shown[0]["/fields/log_key"] == manifest["log_key"]))

    def handed_over(self, part: dict[str, Any]) -> None:
        def received() -> None:
            require(self.items.get(f"record {part['handover']}") == "verified")
            record = self.shown[part["handover"]]
            require(record["/kind"] == "handover" and record["/fields/signed_checkpoint"] == part["checkpoint"])

        name, inner = f"hand-over {part['handover']}", Bundle(b"")
        self.judge(f"{name} received", received)
        key = unbase64(part["log_key"], 32)
        inner.head = inner.judge("checkpoint", lambda: check_checkpoint(part["checkpoint"], key))
        if inner.head:
            inner.log(part)
        self.items |= {f"{name} {item}": verdict for item, verdict in inner.items.items()}

    def sealed(self, manifest: dict[str, Any]) -> None:  # The items that need the checkpoint
        self.origin = manifest["checkpoint"].split("\n", maxsplit=1)[0]
        self.log(manifest)
        if self.items["whole file"] == "verified":
            signer = sha256(covered(self.data)[2]).hex()
            self.judge("certificate", lambda: require(self.shown[0]["/fields/certificate_sha256"] == signer))
        for one in manifest["exhibits"]:
            self.judge(f"exhibit {one['exhibit']}", lambda one=one: self.exhibit(one))
        for number, one in enumerate(manifest.get("outside_clocks", []), 1):
            self.judge(f"outside clock {number}", lambda one=one: self.outside_clock(one, manifest["checkpoint"]))
        for one in manifest.get("goes_on_from", []):
            origin, size, root = head_of(one["head"])
            proof = [unbase64(node, 32) for node in one["consistency"]]
            self.judge(f"earlier head {size}", lambda o=origin, s=size, r=root, p=proof: self.earlier(o, s, r, p))
        for part in manifest.get("handed_over", []):
            self.handed_over(part)

    def run(self) -> dict[str, str]:
        self.judge("whole file", lambda: check_file(self.data))
        self.pdf = outcome(lambda: pikepdf.open(io.BytesIO(self.data)))[1]
        if self.pdf is None:
            return self.items | {"file": "unreadable"}
        raw, manifest = self.judge("manifest", self.open, malformed="unreadable") or (b"", {})
        if not manifest:
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


def verify_bundle(data: bytes) -> dict[str, str]:  # "verified", "altered" or "unreadable" for each item
    return Bundle(data).run()
