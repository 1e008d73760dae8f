"""S/MIME: words inside a signature are read, and whether it fits is checked. It is never called verified."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.mail.contents.signatures import OTHER_SENDER, opened_cms
from evidence_app.mail.internet import PARTLY, read_internet_mail
from evidence_app.mail.reading import Container, read_mail
from evidence_app.mail.values import Mail
from tests.support import outlook_files as outlook
from tests.support.mails import multipart, part

BODY = b"Content-Type: text/plain; charset=utf-8\r\n\r\nYou are to see him once a month.\r\n"
WORDS = "You are to see him once a month."
# As the product does: findings/asn1crypto-import-order.sh.
_ = tsp.SigningCertificateV2
HEAD = ["From: Kim Dale <kim.dale@example.org>", "Date: Mon, 14 Apr 2025 10:00:00 +0100", "Message-ID: <s@example.org>"]
FITS = "it fits the words and the certificate beside it, of Kim Dale <kim.dale@example.org>"


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Kim Dale"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "kim.dale@example.org"),
        ]
    )
    now = datetime(2025, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=3_650))
    return builder.sign(key, SHA256())


RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
RSA_CERTIFICATE, EC_CERTIFICATE = certificate(RSA), certificate(EC)
OPTIONS = pkcs7.PKCS7Options


def signed(*options: pkcs7.PKCS7Options, key: object = RSA, encoding: Encoding = Encoding.SMIME) -> bytes:
    chosen, hash_function = (RSA_CERTIFICATE, SHA256()) if key is RSA else (EC_CERTIFICATE, SHA512())
    builder = pkcs7.PKCS7SignatureBuilder().set_data(BODY).add_signer(chosen, key, hash_function)
    return builder.sign(encoding, list(options))


def opaque(*options: pkcs7.PKCS7Options, key: object = RSA) -> bytes:
    return signed(OPTIONS.Binary, *options, key=key, encoding=Encoding.DER)


def as_mail(cms: bytes, *head: str) -> bytes:
    lines = [
        *(head or HEAD),
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        "Content-Transfer-Encoding: base64",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + base64.encodebytes(cms)


def beside(raw: bytes) -> bytes:
    return "\r\n".join(HEAD).encode() + b"\r\n" + raw


def said(read: Mail) -> str:
    return dict(read.details).get("Signature", "")


@pytest.mark.parametrize("key", [RSA, EC], ids=["RSA", "ECDSA"])
@pytest.mark.parametrize("options", [(), (OPTIONS.NoAttributes,), (OPTIONS.NoCapabilities,)])
def test_words_inside_a_signature_are_read_and_it_is_checked(
    key: object, options: tuple[pkcs7.PKCS7Options, ...]
) -> None:
    read = read_internet_mail(as_mail(opaque(*options, key=key)))
    assert (read.text, read.files) == (WORDS, ())
    assert FITS in said(read)
    assert "Whose certificate that is was not checked" in said(read)
    assert "verified" not in said(read)


def test_a_signature_beside_the_words_is_checked() -> None:
    raw = beside(signed(OPTIONS.DetachedSignature))
    assert FITS in said(read_internet_mail(raw))
    assert FITS in said(read_internet_mail(raw.replace(b"\r\n", b"\n"))), "however the lines end in the file"


def test_a_signature_of_outlook_fits_with_the_attribute_that_only_outlook_adds() -> None:
    # findings/asn1crypto-unknown-attribute.sh: the attributes as a whole have no native value then.
    content = cms.ContentInfo.load(opaque())
    signer = content["content"]["signer_infos"][0]
    chosen = content["content"]["certificates"][0].chosen
    answer_with = cms.IssuerAndSerialNumber({"issuer": chosen.issuer, "serial_number": chosen.serial_number}).dump()
    body = core.ObjectIdentifier("1.3.6.1.4.1.311.16.4").dump() + tagged(0x31, answer_with)
    attributes = cms.CMSAttributes.load(
        tagged(0x31, b"".join(each.dump() for each in signer["signed_attrs"]) + tagged(0x30, body))
    )
    signer["signed_attrs"] = attributes
    message = attributes.untag().dump()
    signer["signature"] = RSA.sign(message, padding.PKCS1v15(), SHA256())
    assert FITS in said(read_internet_mail(as_mail(content.dump(force=True))))


def tagged(tag: int, content: bytes) -> bytes:
    """Return a DER value of less than 64 KiB."""
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([0x82, length >> 8, length & 0xFF])
    return bytes([tag]) + size + content


def test_words_that_were_altered_do_not_fit() -> None:
    raw = beside(signed(OPTIONS.DetachedSignature)).replace(b"once a month", b"once a week!")
    read = read_internet_mail(raw)
    assert read.text == "You are to see him once a week!."
    assert "it does not fit" in said(read)


def test_a_signature_of_other_attributes_does_not_fit() -> None:
    cms = opaque()
    place = cms.rindex(cms[-40:])
    broken = cms[:place] + bytes([cms[place] ^ 1]) + cms[place + 1 :]
    assert "it does not fit" in said(read_internet_mail(as_mail(broken)))


def test_a_certificate_of_another_address_is_said() -> None:
    read = read_internet_mail(
        as_mail(opaque(), "From: Sam Rowe <sam.rowe@example.org>", "Date: x", "Message-ID: <s@example.org>")
    )
    assert said(read).endswith(OTHER_SENDER)


def test_without_a_certificate_nothing_is_said_to_fit() -> None:
    read = read_internet_mail(as_mail(opaque(OPTIONS.NoCerts)))
    assert (read.text, said(read)) == (WORDS, "S/MIME: not checked, the signer's certificate is not in it.")


def test_an_enciphered_mail_says_that_its_words_are_not_shown() -> None:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(BODY).add_recipient(RSA_CERTIFICATE)
    read = read_internet_mail(as_mail(builder.encrypt(Encoding.DER, [OPTIONS.Binary])))
    assert read.text == ""
    assert any("enciphered (S/MIME)" in remark for remark in read.remarks)
    assert [file.name for file in read.files] == ["smime.p7m"]


def test_what_a_list_added_around_a_signature_is_shown_and_not_said_to_be_signed() -> None:
    wrapped = part(
        ['Content-Type: application/pkcs7-mime; name="smime.p7m"', "Content-Transfer-Encoding: base64"],
        base64.encodebytes(opaque()),
    )
    footer = part(["Content-Type: text/plain"], "Sent through the team's list.\r\n")
    read = read_internet_mail(multipart("mixed", [wrapped, footer], HEAD))
    assert WORDS in read.text
    assert "Sent through the team's list." in read.text
    assert said(read).endswith(PARTLY)


def test_a_signature_within_another_is_opened() -> None:
    inner = opaque()
    outer = pkcs7.PKCS7SignatureBuilder().set_data(as_mail(inner)).add_signer(RSA_CERTIFICATE, RSA, SHA256())
    read = read_internet_mail(as_mail(outer.sign(Encoding.DER, [OPTIONS.Binary])))
    assert read.text == WORDS
    assert len([label for label, _ in read.details if label == "Signature"]) == 2


@pytest.mark.parametrize("form", ["opaque", "beside"])
def test_an_outlook_item_that_stands_for_a_signed_mail_shows_its_words(form: str) -> None:
    content = opaque() if form == "opaque" else signed(OPTIONS.DetachedSignature)
    suffix = "" if form == "opaque" else ".MultipartSigned"
    properties = {
        outlook.MESSAGE_CLASS: f"IPM.Note.SMIME{suffix}",
        outlook.SUBJECT: "x",
        outlook.SUBMIT_TIME: datetime(2025, 4, 14, tzinfo=UTC),
        outlook.SENDER_NAME: "Kim Dale",
        outlook.SENDER_SMTP: "kim.dale@example.org",
    }
    raw = outlook.msg(properties, [], [{outlook.ATTACH_NAME: "smime.p7m", outlook.ATTACH_DATA: content}])
    read = read_mail(raw, Container.OUTLOOK)
    assert read.text == WORDS
    assert FITS in said(read)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_opening(octets: bytes) -> None:
    found = opened_cms(octets, "")
    assert found is None or isinstance(found.content, bytes)
    cms = opaque()
    for place in range(0, len(octets), 40):
        assert isinstance(read_internet_mail(as_mail(cms[:place] + octets + cms[place + len(octets) :])), Mail)
