"""Validates a PDF's signature and its time stamps with pyHanko's own validator. Runs as its own program, because its event loop opens a socket."""

import json
import sys
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext


def _stamp(stamp: EmbeddedPdfSignature, authority: Path) -> dict:
    """Validate a document time stamp; `authority` is a PEM file with its root."""
    _, _, der = pem.unarmor(authority.read_bytes())
    root = x509.Certificate.load(der)
    # The stamps of the tests are of a day that is past; the certificate was valid then.
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=_time_in(stamp))
    status = validate_pdf_timestamp(stamp, context)
    return {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "whole": status.coverage.name,
        "at": status.timestamp.isoformat(),
    }


def _time_in(stamp: EmbeddedPdfSignature) -> datetime:
    time: datetime = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return time


def main() -> None:
    with Path(sys.argv[1]).open("rb") as file:
        reader = PdfFileReader(file)
        (signature,) = reader.embedded_regular_signatures
        root = x509.Certificate.load(signature.signer_cert.dump())
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))
        said = {
            "intact": status.intact,
            "valid": status.valid,
            "trusted": status.trusted,
            "whole": status.coverage.name,
            "certificate": root.sha256.hex(),
            "format": str(signature.sig_object["/SubFilter"]),
            "changes": status.modification_level.name,
            "allowed": status.docmdp_ok,
            "stamps": [_stamp(each, Path(sys.argv[2])) for each in reader.embedded_timestamp_signatures],
        }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
