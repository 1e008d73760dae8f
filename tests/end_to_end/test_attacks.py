"""Known attacks that once passed the verifier, or crashed it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.manifest import parse_manifest
from evidence_app.proof.bundle.page_digests import CircularPage, spelled_number
from evidence_app.proof.bundle.signature import P256_ORDER, spell_cms, verify_file_signature
from evidence_app.proof.encoding import base64
from evidence_app.proof.signing import LogKey, is_sound_key
from tests.vectors.make import ABOUT, KEY, SmallLog


def with_other_s(signed: bytes) -> bytes:
    """Replace the signature's s by the other value that is just as valid, and spell everything anew."""
    found = verify_file_signature(signed)
    start, end = found.byte_range[1], found.byte_range[2]
    length = 4 + int.from_bytes(found.contents[2:4], "big")
    content = cms.ContentInfo.load(found.contents[:length])["content"]
    signer, certificate = content["signer_infos"][0], content["certificates"][0].chosen
    r, s = decode_dss_signature(signer["signature"].native)
    spelled = spell_cms(certificate, signer["signed_attrs"], encode_dss_signature(r, P256_ORDER - s))
    digits = spelled.hex().upper().encode().ljust(end - start - 2, b"0")
    return signed[: start + 1] + digits + signed[end - 1 :]


def test_a_malleable_signature_is_refused(review: Path) -> None:
    signed = review.read_bytes()
    changed = with_other_s(signed)
    assert changed != signed
    with pytest.raises(VerificationError, match="not spelled"):
        verify_file_signature(changed)


@pytest.mark.parametrize("encoded", ["00" * 32, "01" + "00" * 31, "01" + "00" * 30 + "80", "ec" + "ff" * 30 + "7f"])
def test_a_key_that_anybody_can_sign_for_is_refused(encoded: str) -> None:
    assert not is_sound_key(bytes.fromhex(encoded))


def test_a_log_key_is_sound() -> None:
    assert is_sound_key(LogKey(LogKey.generate()).public)


def manifest(**changes: object) -> bytes:
    log = SmallLog(1)
    exhibit = {"exhibit": 1, "sha256": "0" * 64, "records": [0], "first_page": 1, "pages": 1, "shown_as": "slip"}
    changed = {name: value for name, value in changes.items() if name in {*exhibit, "file"}}
    content = {
        "format": "evidence-trail/bundle/v1",
        "bundle": ABOUT,
        "log_key": base64.encode(KEY.public),
        "checkpoint": log.checkpoint(),
        "records": [],
        "left_out": [],
        "exhibits": [exhibit | changed],
        "pages": [],
    }
    return json.dumps(content).encode()


def test_a_plain_manifest_is_read() -> None:
    assert parse_manifest(manifest()).exhibits[0].number == 1


@pytest.mark.parametrize("ending", ["original", "pdf", "docx", "m4a", "7z"])
def test_a_file_may_have_the_ending_of_its_sort(ending: str) -> None:
    assert parse_manifest(manifest(file=f"exhibit-001.{ending}")).exhibits[0].file.endswith(ending)


@pytest.mark.parametrize(
    "change",
    [
        {"shown_as": ["slip"]},
        {"file": {}},
        {"file": ""},
        {"file": "exhibit-002.original"},
        {"file": "exhibit-001.PDF"},
        {"file": "exhibit-001."},
        {"file": "exhibit-001"},
        {"file": "exhibit-001.tar.gz"},
        {"file": "exhibit-001.docx/"},
        {"file": "exhibit-001.ninechars"},
        {"exhibit": "1: verified\n"},
        {"exhibit": -1},
        {"records": [True]},
        {"records": [0, 0]},
        {"records": []},
        {"sha256": "A" * 64},
    ],
)
def test_a_strange_exhibit_is_malformed(change: dict) -> None:
    with pytest.raises(VerificationError) as refused:
        parse_manifest(manifest(**change))
    assert refused.value.reason == "malformed"


def test_an_infinite_number_has_no_encoding() -> None:
    assert spelled_number(Decimal("1" * 40 + ".25")) == "1" * 40 + ".25"
    with pytest.raises(CircularPage):
        spelled_number(Decimal("1" * 2000))
