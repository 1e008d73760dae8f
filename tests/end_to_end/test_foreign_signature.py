"""The signature, validated by other programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import manifest_of
from tests.support.program import REPOSITORY


def judged(path: Path) -> dict:
    words = [sys.executable, "-m", "tests.end_to_end.foreign_signature_check", str(path)]
    done = subprocess.run(words, capture_output=True, cwd=REPOSITORY, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["review", "own_file", "foreign"])
def test_pyhanko_finds_the_signature_valid(name: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(name)
    said = judged(path)
    assert said["intact"], "pyHanko finds that the file was changed"
    assert said["valid"], "pyHanko finds the signature invalid"
    assert said["trusted"], "pyHanko does not accept the certificate for signing"
    assert said["whole"] == "ENTIRE_FILE"
    assert said["format"] == "/ETSI.CAdES.detached"
    first = next(each for each in manifest_of(path)["records"] if each["index"] == 0)
    assert first["record"]["fields"]["certificate_sha256"] == said["certificate"]


def test_pyhanko_notices_a_change(review: Path, tmp_path: Path) -> None:
    content = bytearray(review.read_bytes())
    content[len(content) // 2] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content)
    assert not judged(changed)["intact"]
