"""Packages: what is left out, archives that come out the same, and why something is not built."""

import argparse
import gzip
import io
import json
import os
import plistlib
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from evidence_app import VERSION
from tests.support.bundles import all_words
from tools.packages import __main__ as building
from tools.packages import approval, archives, fetching, trimming, windows
from tools.packages.fetching import ROOT
from tools.packages.licences import shorten_metadata, write_licences
from tools.packages.linux import UNPACKER
from tools.packages.msi import source_of
from tools.packages.problems import CannotBuild
from tools.packages.sbom import cpython_component, write_sbom
from tools.packages.windows import pinned_cpython


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    folder = tmp_path / "tree"
    (folder / "inner").mkdir(parents=True)
    (folder / "b.txt").write_text("b")
    (folder / "inner" / "a.txt").write_text("a")
    start = folder / "start"
    start.write_text("#!/bin/sh\n")
    start.chmod(0o755)
    (folder / "link").symlink_to("start")
    return folder


def test_archives_follow_from_their_content_alone(tree: Path, tmp_path: Path) -> None:
    def made() -> tuple[bytes, bytes]:
        archives.write_zip(tree, tmp_path / "a.zip", "Top/")
        return (tmp_path / "a.zip").read_bytes(), archives.gzipped(archives.tar_bytes(tree))

    first = made()
    for path in tree.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    assert made() == first, "times of files are in an archive"
    with zipfile.ZipFile(io.BytesIO(first[0])) as archive:
        assert archive.namelist() == ["Top/b.txt", "Top/inner/a.txt", "Top/link", "Top/start"]
        assert {each.date_time for each in archive.infolist()} == {(2026, 2, 2, 2, 40, 0)}
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(first[1]))) as archive:
        members = {each.name: each for each in archive}
        assert (members["./start"].mode, members["./b.txt"].mode) == (0o755, 0o644)
        assert members["./link"].linkname == "start"
        assert {(each.uid, each.uname, each.mtime) for each in members.values()} == {(0, "root", 1770000000)}


def test_of_the_rules_the_last_counts(tmp_path: Path) -> None:
    rules = [(True, "PySide6/*"), (False, "PySide6/QtCore.*"), (True, "PySide6/*.pyi")]
    assert trimming.is_left_out("PySide6/qml/a.qml", rules)
    assert not trimming.is_left_out("PySide6/QtCore.pyd", rules)
    assert trimming.is_left_out("PySide6/QtCore.pyi", rules)
    assert not trimming.is_left_out("PIL/Image.py", rules)
    for name in ("PySide6/Qt6Quick.dll", "aiohttp/client.py", "tesserocr.libs/libcurl-0.dll", "reportlab/fonts/x.pfb"):
        assert trimming.is_left_out(name, trimming.read_rules()), name
    for name in (
        "PySide6/QtCore.pyd",
        "evidence_app/resources/verifier/verify.html",
        "holidays/countries/united_kingdom.py",
    ):
        assert not trimming.is_left_out(name, trimming.read_rules()), name
    site = tmp_path / "site"
    for name in ("a/b.pyi", "a/c.py", "d/e.h"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("")
    assert trimming.trim(site) == ["a/b.pyi", "d/e.h"]
    assert not (site / "d").exists()


def test_a_file_with_another_hash_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "embeddable.zip"
    with pytest.raises(CannotBuild, match=r"embeddable\.zip is not there"):
        fetching.require_digest(wrong, pinned_cpython().member_sha256)
    wrong.write_bytes(b"another")
    with pytest.raises(CannotBuild, match="is pinned: nothing was built"):
        windows._unpack_cpython(wrong, tmp_path / "python")
    assert not (tmp_path / "python").exists()


def test_a_package_with_another_hash_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    xlrd==2.0.2 from xlrd.whl:\n"
    )
    said = subprocess.CompletedProcess([], 1, "", complaint)
    monkeypatch.setattr(fetching, "_pip", lambda *_: said)
    with pytest.raises(
        CannotBuild, match=r"hash is not the one in requirements\.txt: nothing was built\. xlrd==2\.0\.2"
    ):
        fetching.fetch_wheels(windows.PLATFORM, tmp_path)


def test_programs_that_are_missing_are_named_with_their_packages() -> None:
    with pytest.raises(CannotBuild, match=r"apt-get install alpha beta$"):
        windows.require_tools(
            {"no-such-program-1": "beta", "no-such-program-2": "alpha", Path(sys.executable).name: "python"}
        )


def test_what_is_not_whole_does_not_reach_dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    root.mkdir()
    monkeypatch.setattr(building, "ROOT", root)
    monkeypatch.setattr(building, "DIST", root / "dist")

    def half(work: Path, _: argparse.Namespace) -> list[Path]:
        (work / "half.zip").write_bytes(b"half")
        raise CannotBuild("It broke.")

    with pytest.raises(CannotBuild, match="It broke"):
        building._make(half, argparse.Namespace())
    assert list(root.iterdir()) == []

    def whole(work: Path, _: argparse.Namespace) -> list[Path]:
        (work / "whole.zip").write_bytes(b"whole")
        return [work / "whole.zip"]

    building._make(whole, argparse.Namespace())
    assert sorted(path.name for path in (root / "dist").iterdir()) == ["SHA256SUMS", "whole.zip"]
    assert [path.name for path in root.iterdir()] == ["dist"]
    monkeypatch.setattr(building, "NEEDED_BYTES", 10**18)
    with pytest.raises(CannotBuild, match="too little space"):
        building._make(whole, argparse.Namespace())


def test_the_installers_source_is_the_same_in_every_build(tree: Path) -> None:
    source = source_of(tree, "0.1.0")
    assert source == source_of(tree, "0.1.0")
    assert source != source_of(tree, "0.1.1")
    assert source.count("<File ") == 4
    assert str(tree.parent) not in source, "a path of this machine is in it"


def test_licences_of_all_parts_are_in_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "xlrd-2.0.2.dist-info"
    (folder / "licenses").mkdir(parents=True)
    (folder / "METADATA").write_text("Name: xlrd\nVersion: 2.0.2\nLicense: BSD\n\nA manual.\n")
    (folder / "licenses" / "LICENSE").write_text("You may.")
    write_licences(tmp_path, None, tmp_path / "LICENCES.txt")
    text = (tmp_path / "LICENCES.txt").read_text(encoding="utf-8")
    assert "xlrd 2.0.2: BSD" in text
    assert "You may." in text
    assert "MIT License" in text
    shorten_metadata(tmp_path)
    assert (folder / "METADATA").read_text() == "Name: xlrd\nVersion: 2.0.2\nLicense: BSD\n"


def test_the_bill_of_materials_names_every_part_with_its_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    for name, facts in {
        "rfc8785-0.1.4": "Name: rfc8785\nVersion: 0.1.4\nLicense-Expression: Apache-2.0",
        "python_docx-1.2.0": "Name: python-docx\nVersion: 1.2.0\nLicense: MIT",
        "evidence_trail-0.1.0": "Name: evidence-trail\nVersion: 0.1.0",
    }.items():
        (tmp_path / f"{name}.dist-info").mkdir()
        (tmp_path / f"{name}.dist-info" / "METADATA").write_text(facts + "\n")
    wheel = tmp_path / "python_docx-1.2.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    out = tmp_path / "sbom.json"
    write_sbom(tmp_path, [wheel], "0.1.0", out, [cpython_component("3.13.2", "ab" * 32)])
    first = out.read_text()
    write_sbom(tmp_path, [wheel], "0.1.0", out, [cpython_component("3.13.2", "ab" * 32)])
    assert out.read_text() == first
    bill = json.loads(first)
    assert bill["metadata"]["timestamp"] == "2026-02-02T02:40:00Z"
    assert [each["purl"] for each in bill["components"]] == [
        "pkg:generic/python@3.13.2",
        "pkg:pypi/python-docx@1.2.0",
        "pkg:pypi/rfc8785@0.1.4",
    ]
    assert bill["components"][1]["hashes"] == [{"alg": "SHA-256", "content": sha256(b"wheel").hexdigest()}]
    assert bill["components"][1]["licenses"] == [{"license": {"id": "MIT"}}]
    assert bill["components"][2]["licenses"] == [{"expression": "Apache-2.0"}]


def test_the_approval_pack_names_files_and_parts_and_the_test_that_ran(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    dist = tmp_path / "dist"
    with pytest.raises(CannotBuild, match="nothing to approve"):
        approval.build(tmp_path, dist)
    dist.mkdir()
    (dist / "evidence-trail-portable.zip").write_bytes(b"program")
    (tmp_path / "rfc8785-0.1.4.dist-info").mkdir()
    (tmp_path / "rfc8785-0.1.4.dist-info" / "METADATA").write_text(
        "Name: rfc8785\nVersion: 0.1.4\nLicense-Expression: Apache-2.0\n"
    )
    write_sbom(tmp_path, [], "0.1.0", dist / "evidence-trail-sbom.cdx.json")
    monkeypatch.setattr(approval, "WATCH", ("tests/faults/test_no_socket.py::test_the_guard_works",))
    pack, sheet = approval.build(tmp_path, dist)
    words = all_words(pack)
    digest = sha256(b"program").hexdigest()
    assert f"{digest[:8]} {digest[8:16]}" in words
    assert "rfc8785 0.1.4 Apache-2.0" in words
    assert "Its output for this pack: 1 passed" in words
    assert "does not give legal advice" in all_words(sheet)
    for path in (pack, sheet):
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/AcroForm" not in pdf.Root


def unpacking(tmp_path: Path, *, cut: int = 0) -> Path:
    """Return a file that unpacks itself, with an invented program in it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = tmp_path / "joined" / f"python{version}"
    (folder / "bin").mkdir(parents=True)
    (folder / "evidence-trail").write_text("#!/bin/sh\necho started\n")
    (folder / "evidence-trail").chmod(0o755)
    for name, text in (
        ("evidence-trail", "Exec=evidence-trail\n"),
        ("evidence-trail-look", "Exec=evidence-trail look %f\n"),
    ):
        (folder / f"{name}.desktop").write_text(text)
    (folder / "evidence-trail.svg").write_text("")
    script = UNPACKER.format(version="0.1.0", pythons=version, either=version).encode("ascii")
    content = script + archives.gzipped(archives.tar_bytes(tmp_path / "joined"))
    out = tmp_path / "file.run"
    out.write_bytes(content[: len(content) - cut])
    return out


def unpack(file: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"HOME": str(home), "PATH": path}
    return subprocess.run(["sh", str(file), *words], capture_output=True, text=True, env=environment, check=False)


def test_a_file_unpacks_itself_without_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    home = tmp_path / "a home"
    for _ in range(2):
        done = unpack(unpacking(tmp_path) if not (tmp_path / "file.run").exists() else tmp_path / "file.run", home)
        assert done.returncode == 0, done.stderr
    started = subprocess.run([home / ".local/bin/evidence-trail"], capture_output=True, text=True, check=False)
    assert started.stdout == "started\n"
    menu, start = home / ".local/share/applications", f'Exec="{home}/.local/opt/evidence-trail/evidence-trail"'
    assert (menu / "evidence-trail.desktop").read_text() == f"{start}\n"
    assert (menu / "evidence-trail-look.desktop").read_text() == f"{start} look %f\n"


def test_a_damaged_file_unpacks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    done = unpack(unpacking(tmp_path, cut=40), tmp_path / "home", str(tmp_path / "to"))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        3,
        "The file is damaged, or there is no space: nothing was changed.",
    )
    assert not (tmp_path / "to").exists()
    assert not (tmp_path / "to.new").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep")
    refused = unpack(tmp_path / "file.run", tmp_path / "home", str(mine))
    assert refused.returncode == 2
    assert (mine / "letter.txt").read_text() == "keep"


def test_recipes_that_are_not_built_here_are_of_this_version() -> None:
    flatpak = (ROOT / "packaging" / "flatpak" / "org.example.EvidenceTrail.yml").read_text(encoding="utf-8")
    assert f"evidence-trail_{VERSION}+deb13_amd64.deb" in flatpak
    assert "share=network" not in flatpak, "the sandbox keeps the promise that there is no network"
    facts = plistlib.loads((ROOT / "packaging" / "macos" / "Info.plist").read_bytes())
    assert facts["CFBundleShortVersionString"] == VERSION
    asked = (ROOT / "packaging" / "macos" / "recognition.txt").read_text(encoding="utf-8").split()
    locked = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert {word for word in asked if word.startswith(("tesserocr==", "--hash=sha256:"))} <= set(locked.split())
