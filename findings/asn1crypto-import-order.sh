#!/usr/bin/env bash
# A CMS attribute has no name until another module is imported, and it can be too late to import it.
#
# Library:       asn1crypto 1.5.1
# Expectation:   `asn1crypto.cms` knows the attribute signing-certificate-v2 (RFC 5035), or does once `asn1crypto.tsp`,
#                which defines its type, is imported at any time.
# Behaviour:     1. With `cms` alone the attribute is read as a bare object identifier with untyped values, and cannot be
#                made by name.
#                2. With `tsp` imported before any attribute is touched, both work.
#                3. With `tsp` imported after one attribute was read, reading works, and making by name still fails: the
#                table from names to identifiers was filled by the first use and is not filled again.
# Why it matters here: a PAdES baseline signature carries this attribute. Whether signing works then depends on what the
#                process did before, so a test of signing alone passes.
# The product:   evidence_app/bundle/pdf/file_signing.py imports `cms` and `tsp` together, before it makes an attribute;
#                evidence_app/proof/bundle/signature.py imports `tsp` only so that the attribute is known when it is read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check asn1crypto==1.5.1 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

cat >"$work/attribute.py" <<'PY'
import sys
from hashlib import sha256

from asn1crypto import cms


def der(tag, content):
    return bytes([tag, len(content)]) + content


# SEQUENCE { OID 1.2.840.113549.1.9.16.2.47, SET { SEQUENCE { SEQUENCE OF { SEQUENCE { OCTET STRING } } } } }
identifier = bytes.fromhex("060b2a864886f70d010910022f")
one_certificate = der(0x30, der(0x04, sha256(b"a certificate").digest()))
attribute = der(0x30, identifier + der(0x31, der(0x30, der(0x30, one_certificate))))

for step in sys.argv[1:]:
    if step == "read-one":
        cms.CMSAttribute.load(attribute)["type"].native
    if step == "import-tsp":
        from asn1crypto import tsp

read = cms.CMSAttribute.load(attribute)
try:
    cms.CMSAttribute({"type": "signing_certificate_v2", "values": read["values"]})
    made = "yes"
except ValueError as error:
    made = "no, ValueError: " + str(error).splitlines()[0]
print(f"read as {read['type'].native}, {type(read['values'][0]).__name__}; made by name: {made}")
PY
"$work/venv/bin/python" -I - "$work/attribute.py" <<'PY'
import subprocess
import sys

import asn1crypto


def run(*steps):
    command = [sys.executable, "-I", sys.argv[1], *steps]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


alone, before, after = run(), run("import-tsp"), run("read-one", "import-tsp")
print("asn1crypto", asn1crypto.__version__)
print("Expected: one answer for the same bytes, in every process that has imported tsp.")
print("1. cms alone:                        ", alone)
print("2. tsp imported first:               ", before)
print("3. one attribute read, then tsp:     ", after)
unnamed = alone.startswith("read as 1.2.840.113549.1.9.16.2.47") and "made by name: no" in alone
named = before.startswith("read as signing_certificate_v2") and before.endswith("made by name: yes")
half = after.startswith("read as signing_certificate_v2") and "made by name: no" in after
if not (unnamed and named and half):
    sys.exit("This has changed: the order of imports and uses no longer decides as described.")
PY
