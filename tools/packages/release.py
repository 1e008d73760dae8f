"""Release notes and update files: `dev.py release-key`, and `dev.py package --release` (docs/release.md, docs/spec/release.md)."""

import argparse
import getpass
import os
import sys
import zipfile
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import DecryptError, passphrase

from evidence_app import VERSION
from evidence_app.crypto.release_key import ReleaseKey, read_release_keys, sign_release, verify_release_note
from evidence_app.domain.release import CHANGELOG, EVERY_SYSTEM, Release, ReleaseFile, read_release
from evidence_app.errors import EvidenceError
from evidence_app.store.migrations import VERSION as TABLES
from tools.packages.archives import source_date
from tools.packages.fetching import ROOT
from tools.packages.problems import CannotBuild

KEYS = ROOT / "resources" / "release" / "keys.txt"
TEXT = "release.txt"
NOTE = "release.note"
SYSTEMS_OF = {
    "-windows-portable.zip": "windows-x86_64",
    "-windows-setup.exe": "windows-x86_64",
    "-windows-installer.msi": "windows-x86_64",
    "+deb12_amd64.deb": "debian-12-x86_64",
    "+deb13_amd64.deb": "debian-13-x86_64",
    "-linux-x86_64.run": "linux-x86_64",
}
"""The system of each package, by the end of its name."""
NOT_FOR_ONE_PERSON = ("-windows-installer.msi",)
"""Packages that are no part of an update file: they are for an employer's software distribution."""
UPDATES = {
    "windows-x86_64": "windows",
    "debian-12-x86_64": "debian12",
    "debian-13-x86_64": "debian13",
    "linux-x86_64": "linux",
}
"""What the update file of each system is called."""
MIN_PASSPHRASE = 20


def write_release(dist: Path, note: Path | None) -> list[Path]:
    """Write release.txt for the packages in dist/; with its signed note, the note and the update files.

    Raises:
        CannotBuild: there is no package, or the note is not that of these packages or not signed by a release key.
    """
    release = Release(VERSION, f"{source_date():%Y-%m-%dT%H:%M:%SZ}", TABLES, tuple(_files(dist)))
    text = dist / TEXT
    if note is None:
        text.write_text(release.spell(), encoding="utf-8", newline="\n")
        return [text]
    signed = note.read_text(encoding="utf-8")
    try:
        said, _ = verify_release_note(signed, read_release_keys(KEYS.read_text(encoding="utf-8")))
        listed = read_release(said)
    except EvidenceError as error:
        raise CannotBuild(f"{note.name}: {error.sentence}") from error
    if listed != release:
        raise CannotBuild(f"{note.name} is of other packages than those in dist/. Nothing was written.")
    text.write_text(said, encoding="utf-8", newline="\n")
    (dist / NOTE).write_text(signed, encoding="utf-8", newline="\n")
    return [text, dist / NOTE, *_write_updates(dist, release)]


def _files(dist: Path) -> list[ReleaseFile]:
    files = [_described(ROOT / CHANGELOG, EVERY_SYSTEM)]
    for path in sorted(dist.glob("evidence-trail*")):
        system = next((system for end, system in SYSTEMS_OF.items() if path.name.endswith(end)), None)
        if system and VERSION in path.name:
            files.append(_described(path, system))
    if len(files) == 1:
        raise CannotBuild("There is no package in dist/. Build them first: python3 dev.py package --windows --linux.")
    return sorted(files, key=lambda file: file.name)


def _described(path: Path, system: str) -> ReleaseFile:
    with path.open("rb") as file:
        return ReleaseFile(file_digest(file, "sha256").hexdigest(), path.stat().st_size, system, path.name)


def _write_updates(dist: Path, release: Release) -> list[Path]:
    made = []
    for system, word in UPDATES.items():
        packages = [
            each for each in release.files if each.system == system and not each.name.endswith(NOT_FOR_ONE_PERSON)
        ]
        if packages:
            made.append(dist / f"evidence-trail-{release.version}-{word}.update")
            write_update(made[-1], dist / NOTE, ROOT / CHANGELOG, [dist / each.name for each in packages])
    return made


def write_update(out: Path, note: Path, changelog: Path, packages: list[Path]) -> None:
    """Write an update file. Its bytes follow from its members alone; it takes its name when it is whole."""
    part = out.with_name(f".{out.name}.part")
    moment = max(source_date(), datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name, path in ((NOTE, note), (CHANGELOG, changelog), *((path.name, path) for path in packages)):
                entry = zipfile.ZipInfo(name, moment)
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, path.read_bytes())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def make_key(out: Path, name: str, words: str) -> ReleaseKey:
    """Make a release key: its private part goes to a new file, encrypted with a passphrase (age, scrypt). Return its public part."""
    private = Ed25519PrivateKey.generate()
    key = ReleaseKey(name, private.public_key().public_bytes_raw())
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(passphrase.encrypt(f"{name} {private.private_bytes_raw().hex()}\n".encode(), words))
    return key


def sign(text: Path, key: Path, words: str) -> str:
    """Return the signed note of a release's text.

    Raises:
        CannotBuild: the passphrase does not open the key, or the text is no release.
    """
    try:
        name, private = passphrase.decrypt(key.read_bytes(), words).decode().split()
        content = text.read_text(encoding="utf-8")
        read_release(content)
        return sign_release(bytes.fromhex(private), name, content)
    except DecryptError as error:
        raise CannotBuild("The passphrase does not open this key.") from error
    except EvidenceError as error:
        raise CannotBuild(f"{text.name}: {error.sentence}") from error


def main() -> int:
    """Make a release key, or sign a release with one. Return 0, or 3 where it cannot be done."""
    parser = argparse.ArgumentParser(prog="dev.py release-key", description=main.__doc__)
    parser.add_argument("--out", metavar="FILE", type=Path, help="make a key, and write it here, encrypted")
    parser.add_argument("--name", default="evidence-trail.release", help="the name of the key that is made")
    parser.add_argument(
        "--sign", metavar="FILE", type=Path, help="sign this release.txt; release.note is written beside it"
    )
    parser.add_argument("--key", metavar="FILE", type=Path, help="the key to sign with")
    arguments = parser.parse_args()
    if bool(arguments.out) == bool(arguments.sign and arguments.key):
        parser.error("either --out, or --sign with --key")
    words = getpass.getpass("Passphrase of the key: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        if arguments.out:
            if len(words) < MIN_PASSPHRASE:
                raise CannotBuild(f"The passphrase is too short: {MIN_PASSPHRASE} characters or more.")
            if sys.stdin.isatty() and getpass.getpass("Once more: ") != words:
                raise CannotBuild("The two are not the same. Nothing was made.")
            sys.stdout.write(f"{make_key(arguments.out, arguments.name, words).spell()}\n")
        else:
            note = sign(arguments.sign, arguments.key, words)
            arguments.sign.with_name(NOTE).write_text(note, encoding="utf-8", newline="\n")
            sys.stdout.write(f"signed: sha256 of the text {sha256(arguments.sign.read_bytes()).hexdigest()}\n")
    except (CannotBuild, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
