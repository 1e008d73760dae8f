"""Signs a finished PDF: PAdES baseline B, as an incremental update (docs/spec/bundle.md, section 5)."""

import io
from datetime import datetime
from hashlib import sha256
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from evidence_app.bundle.typeset.tag_tree import add_form
from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.proof.bundle.signature import P256_ORDER, spell_cms

FIELD: Final = "EvidenceTrail"
"""The name of the signature's form field."""
REASON: Final = "Audit trail exported by Evidence Trail"
SIGNATURE: Final = "Signature over the whole file"
PRINTED_AND_LOCKED: Final = 132
"""Annotation flags of the signature's field: Print (bit 3) and Locked (bit 8) (ISO 32000-1, 12.5.3, table 165)."""
RESERVED_DIGITS: Final = 8192
"""Hexadecimal digits left for /Contents in the signature dictionary; what the signature does not fill stays zero."""


def add_signature_field(pdf: pikepdf.Pdf) -> None:
    """Add an empty signature field before the file is signed, so that the tag tree can refer to it (ISO 14289-1, 7.18.4).

    Its rectangle is empty: an invisible field needs no appearance (ISO 19005-3, 6.3.3). /TU is its name for those who hear it.
    """
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String(FIELD),
            TU=pikepdf.String(SIGNATURE),
            Rect=pikepdf.Array([0, 0, 0, 0]),
            F=PRINTED_AND_LOCKED,
            P=page,
        )
    )
    if Name.Annots not in page:
        page.Annots = pikepdf.Array()
    page.Annots.append(field)
    # SigFlags 3: signatures exist, and the file is to be changed by appending alone (ISO 32000-1, table 219).
    # The list of fields and the store of certificates are objects of their own: a time stamp replaces these two, and nothing else
    # (docs/spec/bundle.md, section 8).
    pdf.Root.AcroForm = Dictionary(Fields=pdf.make_indirect(pikepdf.Array([field])), SigFlags=3)
    pdf.Root.DSS = pdf.make_indirect(Dictionary(Type=Name.DSS))
    add_form(pdf, page, field, SIGNATURE)


def sign_pdf(content: bytes, certificate: SigningCertificate, signed_at: datetime) -> bytes:
    """Return a PDF with a PAdES baseline B signature as an incremental update. `signed_at` has a time zone.

    pyHanko writes the update; the signature itself is encoded by `spell_cms`, which the verifier uses too. (pyHanko's own
    signer needs an event loop, and an event loop opens a socket to itself.)
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    placeholder = SignatureObject(signed_at, SigSeedSubFilter.PADES, reason=REASON, bytes_reserved=RESERVED_DIGITS)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    # pyHanko would rewrite the XMP metadata in an encoding that makes the extension schema of PDF/UA invalid for PDF/A.
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # noqa: SLF001 - pyHanko has no setting for this
    # A generator in three steps: the field, the signature dictionary with its placeholder, and the digest of every byte
    # but the placeholder's (/ByteRange; ISO 32000-1, 12.8.1); then the CMS object is filled in.
    steps = PdfCMSEmbedder().write_cms(FIELD, writer)
    next(steps)
    steps.send(SigObjSetup(placeholder))
    prepared, output = steps.send(SigIOSetup("sha256", output=io.BytesIO()))
    steps.send(_sign(prepared.document_digest, certificate))
    signed: bytes = output.getvalue()
    return signed


def _sign(file_digest: bytes, signing: SigningCertificate) -> bytes:
    """Return the CMS SignedData over a file's SHA-256, in DER (RFC 5652; docs/spec/bundle.md, section 5)."""
    from asn1crypto import cms, tsp, x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(signing.private_key, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the certificate's key is not an elliptic-curve key")
    # The signature names its certificate (RFC 5035), so that no other certificate of the same key can take its place.
    certificate_id = tsp.ESSCertIDv2({"cert_hash": sha256(signing.certificate).digest()})
    certificate_ids = tsp.SigningCertificateV2({"certs": [certificate_id]})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [file_digest]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [certificate_ids]}),
        ]
    )
    # What is signed is the DER encoding of the attributes, as a SET (RFC 5652, section 5.4).
    r, s = decode_dss_signature(key.sign(attributes.dump(), ec.ECDSA(SHA256())))
    # Of s and order - s, which both verify, the lower: there is only one valid encoding of a signature.
    signature = encode_dss_signature(r, min(s, P256_ORDER - s))
    return spell_cms(x509.Certificate.load(signing.certificate), attributes, signature)
