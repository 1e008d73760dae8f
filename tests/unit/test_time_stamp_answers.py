"""Time-stamp answers in several encodings, and several requests for one checkpoint: only the signed content counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding

from evidence_app.errors import InputError, VerificationError
from evidence_app.services.attestation import time_stamps
from evidence_app.services.core.session import Session
from tests.support import stores
from tests.support.authority import NOW, Authority
from tests.support.bundles import concern, seal_with


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Invented Stamps")


@pytest.fixture
def session(store_path: Path, authority: Authority) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=stores.SetClock(NOW)) as opened:
        seal_with(opened, concern("Monthly is unsafe."))
        time_stamps.add_authority(opened, "Invented Stamps", authority.pem)
        yield opened


def asked(session: Session) -> bytes:
    return time_stamps.ask(session, time_stamps.find_authority(session, "")).content


def with_another_certificate(answer: bytes) -> bytes:
    """Return an answer with a certificate more, which nobody signs."""
    read = tsp.TimeStampResp.load(answer)
    signed = read["time_stamp_token"]["content"]
    spare = asn1.Certificate.load(Authority("Spare").root.public_bytes(Encoding.DER))
    signed["certificates"] = [*signed["certificates"], cms.CertificateChoices("certificate", spare)]
    return bytes(read.dump(force=True))


def test_a_reencoded_time_stamp_is_the_same_time_stamp(session: Session, authority: Authority) -> None:
    answer = authority.answer(asked(session))
    spared = with_another_certificate(answer)
    assert spared != answer
    first = time_stamps.take_answer(session, spared)
    with pytest.raises(InputError, match=f"taken in before, as record {first.index}"):
        time_stamps.take_answer(session, answer)


def test_either_answer_to_a_repeated_request_is_imported(session: Session, authority: Authority) -> None:
    first, second = asked(session), asked(session)
    assert first != second
    time_stamps.take_answer(session, authority.answer(first))
    later = asked(session)
    time_stamps.take_answer(session, authority.answer(later))
    assert len(time_stamps.stamps(session)) == 2


def test_the_answer_to_an_earlier_request_is_imported(session: Session, authority: Authority) -> None:
    first, second = asked(session), asked(session)
    with pytest.raises(VerificationError, match="another request"):
        time_stamps.take_answer(session, authority.answer(first, nonce=7))
    assert time_stamps.take_answer(session, authority.answer(second)).index > 0
    assert time_stamps.take_answer(session, authority.answer(first)).index > 0
