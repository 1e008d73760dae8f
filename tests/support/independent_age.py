"""Decrypts an age file from its specification (C2SP age) with `cryptography` alone, independently of the program and of rage."""

import base64
import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHUNK = 64 * 1024


def bech32_data(text: str) -> bytes:
    """Return the 32 bytes of a recipient or an identity. The checksum is not looked at."""
    values = [BECH32.index(letter) for letter in text.lower().rsplit("1", 1)[1]][:-6]
    bits = "".join(f"{value:05b}" for value in values)
    return bytes(int(bits[place : place + 8], 2) for place in range(0, len(bits) - 7, 8))


def unbase64(text: str) -> bytes:
    """Decode base64 without its padding, as age spells it."""
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Derive 32 bytes."""
    return HKDF(SHA256(), 32, salt, info).derive(key)


def decrypt(content: bytes, identity: str) -> bytes:
    """Return what an age file holds, or raise."""
    head, _, rest = content.partition(b"\n---")
    mac_line, _, payload = rest.partition(b"\n")
    lines = head.decode("ascii").split("\n")
    assert lines[0] == "age-encryption.org/v1"
    private = X25519PrivateKey.from_private_bytes(bech32_data(identity))
    public = private.public_key().public_bytes_raw()
    file_key = None
    for number, line in enumerate(lines):
        if line.startswith("-> X25519 "):
            share = unbase64(line.split(" ")[2])
            shared = private.exchange(X25519PublicKey.from_public_bytes(share))
            wrap = derive(shared, share + public, b"age-encryption.org/v1/X25519")
            file_key = ChaCha20Poly1305(wrap).decrypt(bytes(12), unbase64(lines[number + 1]), None)
    assert file_key is not None, "no stanza is for this key"
    mac = hmac.digest(derive(file_key, b"", b"header"), head + b"\n---", sha256)
    assert hmac.compare_digest(mac, unbase64(mac_line.decode("ascii").strip()))
    nonce, payload = payload[:16], payload[16:]
    stream = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    plain, counter = b"", 0
    while True:
        chunk, payload = payload[: CHUNK + 16], payload[CHUNK + 16 :]
        last = not payload
        plain += stream.decrypt(counter.to_bytes(11, "big") + bytes([last]), chunk, None)
        if last:
            return plain
        counter += 1
