"""What stands in for packages in what people install: pyHanko signs with it, and working days are known."""

import subprocess
import sys
from pathlib import Path

from tests.support.program import REPOSITORY

STAND_INS = REPOSITORY / "packaging" / "stand-ins"
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import aiohttp
assert aiohttp.__file__.startswith(sys.argv[1]), aiohttp.__file__
from evidence_app.bundle.pdf.file_signing import sign_pdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject
try:
    aiohttp.ClientSession()
except aiohttp.ClientError as error:
    print(error)
"""


def test_pyhanko_signs_without_a_client_for_http(tmp_path: Path) -> None:
    words = [sys.executable, "-c", SCRIPT, str(STAND_INS)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.stdout == "This program has no client for HTTP.\n", done.stderr[-600:]
