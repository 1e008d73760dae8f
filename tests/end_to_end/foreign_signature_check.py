"""Validates a PDF's signature with pyHanko's own validator. Runs as its own program, because its event loop opens a socket."""

import json
import sys
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def main() -> None:
    with Path(sys.argv[1]).open("rb") as file:
        (signature,) = PdfFileReader(file).embedded_signatures
        root = x509.Certificate.load(signature.signer_cert.dump())
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))
        said = {
            "intact": status.intact,
            "valid": status.valid,
            "trusted": status.trusted,
            "whole": status.coverage.name,
            "certificate": root.sha256.hex(),
            "format": str(signature.sig_object["/SubFilter"]),
        }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
