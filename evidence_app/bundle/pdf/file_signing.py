"""Sign a finished PDF: PAdES baseline B, as an incremental update (docs/spec/bundle.md, section 5)."""

import io
from datetime import datetime
from hashlib import sha256
from typing import Final

from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.proof.bundle.signature import P256_ORDER, spell_cms

FIELD: Final = "EvidenceTrail"
REASON: Final = "Audit trail exported by Evidence Trail"
RESERVED_DIGITS: Final = 8192


def sign_pdf(content: bytes, certificate: SigningCertificate, signed_at: datetime) -> bytes:
    """Sign a PDF with PAdES baseline B as an incremental update.

    pyHanko writes the update; the signature itself is spelled by `spell_cms`, which the check uses too. (pyHanko's own
    signer needs an event loop, and an event loop opens a socket to itself.)
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    placeholder = SignatureObject(signed_at, SigSeedSubFilter.PADES, reason=REASON, bytes_reserved=RESERVED_DIGITS)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    # pyHanko would spell the metadata anew, in a way in which the extension schema of PDF/UA is no longer valid.
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # noqa: SLF001 - it has no other door
    steps = PdfCMSEmbedder().write_cms(FIELD, writer)
    next(steps)
    steps.send(SigObjSetup(placeholder))
    prepared, output = steps.send(SigIOSetup("sha256", output=io.BytesIO()))
    steps.send(_sign(prepared.document_digest, certificate))
    signed: bytes = output.getvalue()
    return signed


def _sign(file_digest: bytes, signing: SigningCertificate) -> bytes:
    from asn1crypto import cms, tsp, x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(signing.private_key, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the certificate's key is not an elliptic-curve key")
    named = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": sha256(signing.certificate).digest()})]})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [file_digest]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
        ]
    )
    r, s = decode_dss_signature(key.sign(attributes.dump(), ec.ECDSA(SHA256())))
    signature = encode_dss_signature(r, min(s, P256_ORDER - s))
    return spell_cms(x509.Certificate.load(signing.certificate), attributes, signature)
