"""Update files for tests, signed by a key made for them."""

import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.crypto.release_key import ReleaseKey, sign_release
from evidence_app.domain.release import CHANGELOG, EVERY_SYSTEM, Release, ReleaseFile
from evidence_app.services.safekeeping.updates import systems_here
from evidence_app.store import migrations

SEED = bytes(range(32))
NAME = "release.example/2026"
KEY = ReleaseKey(NAME, Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw())
CHANGES = """# Changelog

## 9.1.0 – 1 December 2027

* Later than this release.

## 9.0.1 – 2 December 2026

* A fault is mended.

## 9.0.0 – 1 December 2026

* Lists are open.

## 0.1.0 – unreleased

* An encrypted store.
"""
PACKAGE = b"the bytes of a package" * 1000


@dataclass
class UpdateFile:
    """What an update file is made of; a test changes a part of it and writes it."""

    version: str = "9.0.1"
    system: str = field(default_factory=lambda: systems_here()[0])
    tables: int = migrations.VERSION
    name: str = "evidence-trail-9.0.1-package.zip"
    content: bytes = PACKAGE
    signed_content: bytes | None = None
    more: dict[str, bytes] = field(default_factory=dict)
    seed: bytes = SEED
    signer: str = NAME

    def note(self) -> str:
        """Return the signed note."""
        content = self.content if self.signed_content is None else self.signed_content
        files = (
            ReleaseFile(sha256(CHANGES.encode()).hexdigest(), len(CHANGES.encode()), EVERY_SYSTEM, CHANGELOG),
            ReleaseFile(sha256(content).hexdigest(), len(content), self.system, self.name),
        )
        release = Release(self.version, "2026-12-02T10:00:00Z", self.tables, files)
        return sign_release(self.seed, self.signer, release.spell())

    def write(self, path: Path) -> Path:
        """Write the file."""
        members = {"release.note": self.note().encode(), CHANGELOG: CHANGES.encode(), self.name: self.content}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name, content in (members | self.more).items():
                archive.writestr(name, content)
        return path
