"""The signature, validated by other programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.services.attestation import bundle_stamps, time_stamps
from evidence_app.services.bundles.exporting import export
from tests.end_to_end.conftest import manifest_of
from tests.support import stores
from tests.support.authority import NOW, Authority
from tests.support.program import REPOSITORY


def judged(path: Path, *authority: Path) -> dict:
    words = [sys.executable, "-m", "tests.end_to_end.foreign_signature_check", str(path), *map(str, authority)]
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


def test_pyhanko_finds_time_stamps_valid_and_nothing_else_changed(store_path: Path, tmp_path: Path) -> None:
    authority, path, root = Authority("Invented Stamps"), tmp_path / "bundle.pdf", tmp_path / "root.pem"
    root.write_text(authority.pem)
    with stores.open_fast(store_path, clock=stores.SetClock(NOW)) as session:
        time_stamps.add_authority(session, authority.name, authority.pem)
        export(session, "officer", path, Selection())
        for _ in range(2):
            known = time_stamps.find_authority(session, "")
            request = bundle_stamps.ask_for_bundle(session, known, path, [authority.revocation_list()]).content
            bundle_stamps.take_for_bundle(session, authority.answer(request))
    said = judged(path, root)
    assert (said["intact"], said["valid"], said["trusted"]) == (True, True, True)
    assert (said["whole"], said["changes"], said["allowed"]) == ("ENTIRE_REVISION", "LTA_UPDATES", True)
    assert [each["whole"] for each in said["stamps"]] == ["ENTIRE_REVISION", "ENTIRE_FILE"]
    for each in said["stamps"]:
        assert (each["intact"], each["valid"], each["trusted"], each["at"]) == (True, True, True, NOW.isoformat())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert not any(each["intact"] for each in judged(path, root)["stamps"])
