#!/usr/bin/env bash
# An incremental update that touches nothing but a language makes a valid PDF/A file invalid: its XMP is written anew.
#
# Libraries:     pyHanko 0.38.0 (updates), pikepdf 10.17.0 (makes the file), page-validation 0.11.0 (validates)
# Expectation:   an incremental update holds the objects that the caller changed, and new dates at most.
# Behaviour:     pyHanko parses the XMP packet and writes it in a form of its own. In the extension schema that a file needs
#                to be PDF/A and PDF/UA at once, the text of pdfaSchema:namespaceURI becomes an rdf:resource attribute,
#                because it looks like a web address, and the other fields become attributes too. The validator then no
#                longer finds the schema, nor a definition for pdfuaid:part. The setting `xmp_unmanaged` changes nothing
#                about that. The same update without pyHanko's treatment of metadata leaves the file valid.
# Why it matters here: signing is such an update, and it is the last step, after every check.
# The product:   evidence_app/bundle/pdf/file_signing.py replaces the writer's `_update_meta` by a function that does nothing;
#                evidence_app/bundle/typeset/tag_tree.py writes the schema as text (docs/decisions/0006-what-pdfa-check-knows.md).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --no-deps --only-binary :all: --disable-pip-version-check \
    pyhanko==0.38.0 pyhanko-certvalidator==0.33.0 asn1crypto==1.5.1 oscrypto==1.3.0 cryptography==50.0.2 cffi==2.1.1 \
    pycparser==3.12 tzlocal==5.4.5 uritools==6.1.4 certifi==2026.10.18 aiohttp==3.14.5 aiohappyeyeballs==2.7.1 \
    aiosignal==1.4.0 frozenlist==1.8.0 multidict==7.2.1 propcache==0.5.4 yarl==1.25.1 idna==3.20 \
    pikepdf==10.17.0 lxml==6.1.3 pillow==13.0.0 packaging==26.3 fonttools==4.68.0 page-validation==0.11.0 \
    jsonschema==4.26.0 jsonschema-specifications==2025.9.1 referencing==0.37.0 rpds-py==2026.9.1 attrs==26.1.0 \
    typing-extensions==4.16.0 ||
    { echo "The packages could not be installed: nothing was tried." >&2; exit 2; }

"$work/venv/bin/python" -I - <<'PY'
import io
import re
import sys
from importlib.metadata import version

import page
import pikepdf
from pikepdf import pdfa
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

AIIM = "http://www.aiim.org"
IDENTIFIER = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{AIIM}/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="{AIIM}/pdfa/ns/extension/"
    xmlns:pdfaSchema="{AIIM}/pdfa/ns/schema#"
    xmlns:pdfaProperty="{AIIM}/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Universal accessibility</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{AIIM}/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>The part of the standard</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def original():
    """Return a PDF/A-3b file of one page that is labelled as PDF/UA, with the extension schema for that."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "An empty page"
    pdfa.prepare(pdf, "3b")
    packet = pdf.Root.Metadata
    start, mark, end = packet.read_bytes().rpartition(b"</rdf:RDF>")
    packet.write(start + IDENTIFIER.encode() + mark + end)
    buffer = io.BytesIO()
    plain = pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, **pdfa.resolve_save_kwargs("3b", object_stream_mode=plain))
    return buffer.getvalue()


def updated(content, *, metadata=True, unmanaged=False):
    """Return the file with an incremental update that sets the language."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.document_meta.xmp_unmanaged = unmanaged
    if not metadata:
        writer._update_meta = lambda: None
    writer.root["/Lang"] = TextStringObject("en-GB")
    writer.update_root()
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def faults(content):
    return [failure.rule_id for failure in page.validate_pdf_bytes(content, profile="3b").failures]


def namespace(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return re.search(r"<pdfaSchema:namespaceURI[^>]*>[^<]*", pdf.Root.Metadata.read_bytes().decode())[0].strip()


base = original()
usual, unmanaged, without = updated(base), updated(base, unmanaged=True), updated(base, metadata=False)
names = ("pyhanko", "pikepdf", "page-validation")
print(", ".join(f"{name} {version(name)}" for name in names))
print("Expected: a language is set, and the file is as valid as before.")
print("Before:                         ", faults(base) or "compliant", namespace(base))
print("Updated, metadata left alone:   ", faults(without) or "compliant", namespace(without))
print("Updated, xmp_unmanaged is True: ", f"{len(faults(unmanaged))} faults", namespace(unmanaged))
print("Updated as pyHanko does it:     ", f"{len(faults(usual))} faults", namespace(usual))
for fault in faults(usual):
    print("   ", fault)
rewritten = all(faults(each) and "rdf:resource" in namespace(each) for each in (usual, unmanaged))
if faults(base) or faults(without) or not rewritten:
    sys.exit("This has changed: the update keeps the extension schema, or the file is judged in another way.")
PY
