#!/usr/bin/env bash
# asn1crypto cannot give the signed attributes of Outlook's S/MIME mails as native values, though it reads each of them.
#
# Library:       asn1crypto 1.5.1
# Expectation:   CMSAttributes.native of a valid SignerInfo gives the attributes that are known, and something for one that is not,
#                as it does for an unknown extension of a certificate: its bytes.
# Behaviour:     Outlook adds the attribute 1.3.6.1.4.1.311.16.4 (which key to answer with: an issuer's name and a serial number) to
#                every mail that it signs. .native of the whole set raises ValueError, “Data for field 0 … does not match any of the
#                field definitions”: a value of an unknown type is parsed as a Sequence without fields. Looping over the set, .native of
#                the other attributes, and dump() are right.
# Why it matters here: code that asks “are there signed attributes?” by their native value finds that a true signature cannot be read.
# The product:   evidence_app/mail/contents/signatures.py counts the attributes and takes the native value of the one that it needs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --only-binary :all: --disable-pip-version-check asn1crypto==1.5.1 ||
    { echo "The package could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import sys

from asn1crypto import cms, core, x509

KEY_TO_ANSWER_WITH = "1.3.6.1.4.1.311.16.4"
issuer = x509.Name.build({"common_name": "Invented Authority"})
chosen = cms.IssuerAndSerialNumber({"issuer": issuer, "serial_number": 7})
known = cms.CMSAttribute({"type": "content_type", "values": ["data"]}).dump()
digest = cms.CMSAttribute({"type": "message_digest", "values": [b"\1" * 32]}).dump()


def tagged(tag, content):
    return bytes([tag, len(content)]) + content


outlook = tagged(0x30, core.ObjectIdentifier(KEY_TO_ANSWER_WITH).dump() + tagged(0x31, chosen.dump()))
attributes = cms.CMSAttributes.load(tagged(0x31, known + digest + outlook))

print("Attributes read one by one:", [each["type"].native for each in attributes])
print("The digest by itself:", attributes[1]["values"][0].native.hex()[:8], "…")
print("Expected of .native of all: three attributes, the last as bytes or as a structure.")
try:
    print("Behaviour:", attributes.native)
    sys.exit("It gives them now: the finding is out of date.")
except ValueError as error:
    said = str(error).splitlines()[0]
    print("Behaviour: ValueError:", said)
    if "does not match any of the field definitions" not in said:
        sys.exit("It fails in another way now: the finding is out of date.")
PY
