#!/usr/bin/env bash
# A signature of a PDF with a document time stamp over it, as PAdES allows it for the level B-T, is refused: only the other form of stamp counts.
#
# Library:       pyHanko 0.38.0, which writes and validates all files here by itself
# Expectation:   ETSI EN 319 142-1 (table 1 of clause 6.3) lets a signature at the level B-T have either a signature time stamp within it or
#                a document time stamp over it; the European Commission's DSS takes either. So the validation with long-term data, which
#                is for both, finds both signatures valid.
# Behaviour:     With a signature time stamp it says OK. With a document time stamp alone it says SIG_CONSTRAINTS_FAILURE, although
#                the plain validation of each signature and stamp finds them valid and trusted: it looks for the first form and stops.
# Why it matters here: bundles take document time stamps, which can be renewed and leave the signature as it was.
# The product:   docs/decisions/0039; a bundle's signature and its stamps are judged one by one, and tests/end_to_end/test_foreign_signature.py
#                asks pyHanko in the same way.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pyhanko==0.38.0 pyhanko-certvalidator==0.33.0 asn1crypto==1.5.1 oscrypto==1.3.0 cryptography==50.0.2 cffi==2.1.1 \
    pycparser==3.12 tzlocal==5.4.5 uritools==6.1.4 certifi==2026.10.18 aiohttp==3.14.5 aiohappyeyeballs==2.7.1 \
    aiosignal==1.4.0 frozenlist==1.8.0 multidict==7.2.1 propcache==0.5.4 yarl==1.25.1 idna==3.20 lxml==6.1.3 \
    typing-extensions==4.16.0 attrs==26.1.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import asyncio
import io
import logging
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from asn1crypto import keys, x509
from cryptography import x509 as make
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.pdf_utils import generic
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleCertificateStore, SimpleTrustManager

logging.disable(logging.CRITICAL)
NOW = datetime.now(timezone.utc).replace(microsecond=0)


def name(words):
    return make.Name([make.NameAttribute(NameOID.COMMON_NAME, words)])


def certify(words, issuer, key, by, *, ca=False, stamping=False):
    builder = (
        make.CertificateBuilder()
        .subject_name(name(words))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(make.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=300))
        .add_extension(make.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    usage = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
    usage |= {"key_cert_sign": ca, "crl_sign": ca, "digital_signature": not ca, "content_commitment": not ca}
    builder = builder.add_extension(make.KeyUsage(**usage), critical=True)
    if stamping:
        builder = builder.add_extension(make.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    made = builder.sign(by, hashes.SHA256())
    return x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))


def private(key):
    encoded = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return keys.PrivateKeyInfo.load(encoded)


root_key, signer_key, stamping_key = (rsa.generate_private_key(65537, 2048) for _ in range(3))
root = certify("Root", "Root", root_key, root_key, ca=True)
signing = certify("Signer", "Root", signer_key, root_key)
stamping = certify("Stamps", "Root", stamping_key, root_key, stamping=True)
revoked = (
    make.CertificateRevocationListBuilder()
    .issuer_name(name("Root"))
    .last_update(NOW - timedelta(hours=1))
    .next_update(NOW + timedelta(days=9))
    .sign(root_key, hashes.SHA256())
    .public_bytes(serialization.Encoding.DER)
)
registry = SimpleCertificateStore()
registry.register_multiple([root, signing, stamping])
stamper = timestamps.DummyTimeStamper(stamping, private(stamping_key), certs_to_embed=registry)
signer = signers.SimpleSigner(signing_cert=signing, signing_key=private(signer_key), cert_registry=registry)

writer = PdfFileWriter(stream_xrefs=False)
content = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
writer.insert_page(PageObject(contents=content, media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 99, 99)))))
page = io.BytesIO()
writer.write(page)


def context():
    """Return what is trusted, with the list of revoked certificates."""
    return ValidationContext(trust_roots=[root], crls=[revoked], allow_fetching=False, other_certs=[signing, stamping])


def signed(by):
    """Return the page with a PAdES signature, with a signature time stamp where a stamper is given, and what it takes to validate it."""
    out = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature",
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        embed_validation_info=True,
        validation_context=context(),
    )
    update = IncrementalPdfFileWriter(io.BytesIO(page.getvalue()))
    signers.PdfSigner(metadata, signer=signer, timestamper=by).sign_pdf(update, output=out)
    return out.getvalue()


def stamped(file):
    """Return a file with a document time stamp behind it."""
    out = io.BytesIO()
    update = IncrementalPdfFileWriter(io.BytesIO(file))
    signers.PdfTimeStamper(stamper).timestamp_pdf(update, "sha256", validation_context=context(), output=out)
    return out.getvalue()


def policy():
    rule = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
    checking = RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build([root]), revinfo_policy=CertRevTrustPolicy(checking)
    )


def judged(file):
    """Return what the plain validation and the one with long-term data say."""
    reader = PdfFileReader(io.BytesIO(file))
    (own,) = reader.embedded_regular_signatures
    plain = validate_pdf_signature(own, context())
    stamps = [validate_pdf_timestamp(each, context()) for each in reader.embedded_timestamp_signatures]
    spec = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy(),
            ts_cert_validation_policy=policy(),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
        )
    )
    long_term = asyncio.run(ades_lta_validation(own, spec))
    return plain.bottom_line, [each.valid and each.trusted for each in stamps], long_term.ades_subindic.name


print("pyHanko", version("pyhanko"))
print("Expected: both signatures and their stamps valid, and the last word the same for both.")
within = judged(stamped(signed(stamper)))
over = judged(stamped(signed(None)))
print("signature and document time stamp:", *within)
print("document time stamp alone:        ", *over)
held = within[0] and over[0] and over[1] == [True] and over[2] == "SIG_CONSTRAINTS_FAILURE"
sys.exit(0 if held and within[2] == "OK" else 1)
PY
