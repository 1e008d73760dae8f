#!/usr/bin/env bash
# A time stamp that openssl makes and verifies cannot even be parsed, because of the order of two certificates.
#
# Libraries:     rfc3161-client 1.0.9, and the program openssl (seen with 3.0.19)
# Expectation:   an RFC 3161 response that `openssl ts -reply` made and `openssl ts -verify` accepts can be read.
# Behaviour:     openssl puts the signer's certificate first and the chain after it. The certificates are a SET OF, whose
#                members DER sorts by their bytes; RFC 3161 says that responses are in DER. rfc3161-client insists, and
#                raises ValueError (InvalidSetOrdering) before any signature is looked at. Sorted, the same response is
#                read and verified by both: no signature covers this list.
# Why it matters here: whether a response can be read depends on how two certificates compare as bytes, which no owner can
#                see or choose.
# The product:   evidence_app/proof/time_stamps.py (`_parse`, `_with_certificates_in_order`) sorts the certificates and tries
#                once more. The answer is sealed as it came.
set -euo pipefail
command -v openssl >/dev/null || { echo "The program openssl is not here: nothing was tried." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    rfc3161-client==1.0.9 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 asn1crypto==1.5.1 \
    typing-extensions==4.16.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

cd "$work"
cat >authority.cnf <<'CNF'
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = stamp
[stamp]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
CNF
printf '01\n' >serial
printf 'A message\n' >message
made_by_openssl() {
    for who in root signer; do
        openssl ecparam -name prime256v1 -genkey -noout -out "$who.key"
        openssl req -new -key "$who.key" -subj "/CN=Invented authority, $who" -config authority.cnf -out "$who.csr"
    done
    openssl x509 -req -in root.csr -signkey root.key -days 30 -extfile authority.cnf -extensions root -out root.pem
    openssl x509 -req -in signer.csr -CA root.pem -CAkey root.key -set_serial 2 -days 30 \
        -extfile authority.cnf -extensions signer -out signer.pem
    openssl ts -query -data message -sha256 -cert -out request
    openssl ts -reply -config authority.cnf -section stamp -queryfile request -signer signer.pem -inkey signer.key \
        -chain root.pem -out response
}
made_by_openssl >openssl.log 2>&1 || { cat openssl.log >&2; echo "openssl made no stamp: nothing was tried." >&2; exit 2; }
openssl_says() { openssl ts -verify -in "$1" -data message -CAfile root.pem 2>&1 | grep '^Verification' || true; }

"$work/venv/bin/python" -I - >python.log <<'PY'
from importlib.metadata import version
from pathlib import Path

from asn1crypto import tsp
from cryptography.x509 import load_pem_x509_certificate
from rfc3161_client import VerifierBuilder, decode_timestamp_response


def outcome(content):
    try:
        answer = decode_timestamp_response(content)
    except ValueError as error:
        return f"{type(error).__name__}: {error}"
    root = load_pem_x509_certificate(Path("root.pem").read_bytes())
    verifier = VerifierBuilder().add_root_certificate(root).build()
    return "verified" if verifier.verify_message(answer, Path("message").read_bytes()) else "not verified"


content = Path("response").read_bytes()
response = tsp.TimeStampResp.load(content)
signed = response["time_stamp_token"]["content"]
certificates = [choice.chosen for choice in signed["certificates"]]
names = [certificate.subject.native["common_name"] for certificate in certificates]
signed["certificates"] = sorted(certificates, key=lambda certificate: certificate.dump())
Path("sorted").write_bytes(response.dump(force=True))
print("certificates in the response:", " | ".join(names))
print("rfc3161-client, as it came:  ", outcome(content))
print("rfc3161-client, sorted:      ", outcome(Path("sorted").read_bytes()))
PY
as_it_came=$(openssl_says response)
in_order=$(openssl_says sorted)
echo "rfc3161-client 1.0.9 and $(openssl version)"
echo "Expected: what openssl verifies can be read."
cat python.log
echo "openssl, as it came:          $as_it_came"
echo "openssl, sorted:              $in_order"
if ! grep -q '^rfc3161-client, as it came: .*InvalidSetOrdering' python.log || ! grep -q 'sorted: .* verified$' python.log ||
    [ "$as_it_came" != "Verification: OK" ] || [ "$in_order" != "Verification: OK" ]; then
    echo "This has changed: the response is read as it came, or is refused for another reason." >&2
    exit 1
fi
