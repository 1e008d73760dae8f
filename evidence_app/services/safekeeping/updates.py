"""Update files: whose they are, what they change, and the packages in them (docs/spec/release.md). Nothing in one is started."""

import platform
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from evidence_app import VERSION
from evidence_app.crypto.release_key import ReleaseKey, read_release_key, read_release_keys, verify_release_note
from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.release import (
    CHANGELOG,
    EVERY_SYSTEM,
    SYSTEMS,
    Release,
    ReleaseFile,
    changes_between,
    named,
    read_release,
    read_version,
)
from evidence_app.errors import InputError, VerificationError
from evidence_app.files import resource, system_errors_named, write_whole
from evidence_app.proof.encoding.times import read_moment
from evidence_app.store import migrations

NOTE: Final = "release.note"
KEYS: Final = "release/keys.txt"
MAX_NOTE_BYTES: Final = 65_536
MAX_CHANGELOG_BYTES: Final = 4 * 1024 * 1024
MAX_MEMBERS: Final = 10
CHUNK: Final = 1024 * 1024
ZIP_HEAD: Final = b"PK\x03\x04"
"""The beginning of an archive whose first member has nothing before it."""
NOT_ONE: Final = "{name} is no update file of Evidence Trail."
DAMAGED: Final = "{name} is damaged: {what}. Nothing was written. Get it again."


@dataclass(frozen=True, slots=True)
class Update:
    """An update file that holds: its release, who signed it, its packages, and the changelog of what is new, as Markdown."""

    path: Path
    release: Release
    key: ReleaseKey
    packages: tuple[ReleaseFile, ...]
    changes: str

    def in_words(self) -> tuple[Phrase, ...]:
        """Return what a person has to know before it is installed, a sentence each."""
        names = ", ".join(f"{each.name} ({max(1, each.size // 1000**2):,} MB)" for each in self.packages)
        made = read_moment(self.release.made).date()
        return (
            phrase(
                "This is Evidence Trail {version} of {day}; here is {here}.",
                version=self.release.version,
                day=made,
                here=VERSION,
            ),
            phrase("It is signed by {key}, and whole: {names}.", key=self.key.in_words, names=names),
            self.on_the_store(),
        )

    def on_the_store(self) -> Phrase:
        """Return what happens to a store when the new version opens it first."""
        if self.release.tables == migrations.VERSION:
            return phrase("Your store stays as it is, and this version can open it afterwards too.")
        return phrase(
            "The new version brings your store forward when it opens it first (tables {here} to {there}): it keeps a copy in the store's folder for 30 days, and changes nothing if what is sealed would not stay the same. "
            "This version cannot open it afterwards. Make a backup on another drive before.",
            here=migrations.VERSION,
            there=self.release.tables,
        )


def trusted_keys() -> tuple[ReleaseKey, ...]:
    """Return the keys that this program was built with; none before there was a release."""
    return read_release_keys(resource(KEYS).read_text(encoding="utf-8"))


def keys_named(untrusted_vkey: str) -> tuple[ReleaseKey, ...]:
    """Return the key that a person named instead of those.

    Raises:
        InputError: it is no release key.
    """
    return (read_release_key(untrusted_vkey),)


def systems_here() -> tuple[str, ...]:
    """Return the systems whose packages run here."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return ()
    if sys.platform == "win32":
        return ("windows-x86_64",)
    if sys.platform != "linux":
        return ()
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ("linux-x86_64",)
    return (f"{release.get('ID', '')}-{release.get('VERSION_ID', '')}-x86_64", "linux-x86_64")


def read_update(path: Path, keys: Sequence[ReleaseKey] | None = None) -> Update:
    """Check an update file as docs/spec/release.md, section 3, says. Without `keys`, those that the program was built with are trusted.

    Raises:
        InputError: it is no update file, not for this system, or not newer than this program.
        VerificationError: it is damaged, or signed by another key.
        EnvironmentProblem: it cannot be read.
    """
    keys = trusted_keys() if keys is None else keys
    with _opened(path) as archive:
        members = _members(archive, path)
        untrusted = _read(archive, members[NOTE], path).decode("utf-8", "replace")
        if not keys:
            raise InputError(
                "This program carries no release key, so it cannot tell whose an update is. Ask your employer or your union which key signs, and name it (--key)."
            )
        text, key = verify_release_note(untrusted, keys)
        release = read_release(text)
        packages = tuple(_checked(archive, members, release, path))
        changelog = _read(archive, members[CHANGELOG], path).decode("utf-8", "replace")
    _require_for_here(packages)
    _require_newer(release)
    return Update(path, release, key, packages, changes_between(changelog, VERSION, release.version))


def write_packages(update: Update, folder: Path) -> list[Path]:
    """Write the packages of an update into a folder that is there; each is compared once more while it is written.

    Raises:
        InputError: the folder is not there, or holds a file of that name.
        VerificationError: the update file was changed meanwhile.
        EnvironmentProblem: the folder cannot be written. In all cases no half file is left.
    """
    if not folder.is_dir():
        raise InputError(f"The folder {folder.name} is not there. Make it first.")
    paths = [folder / each.name for each in update.packages]
    for path in paths:
        if path.exists():
            raise InputError(f"{path.name} is there already. Nothing was written.")
    with _opened(update.path) as archive:
        for path, each in zip(paths, update.packages, strict=True):
            with _member(archive, each.name, update.path) as content:
                write_whole(path, _same(content, each, update.path))
    return paths


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an update file, and say of whatever Python's reader of archives does not like that it is damaged."""
    with system_errors_named(f"{path.name} cannot be read"):
        if path.is_file():
            with path.open("rb") as file:
                if file.read(len(ZIP_HEAD)) != ZIP_HEAD:
                    raise InputError(NOT_ONE.format(name=path.name))
        try:
            with zipfile.ZipFile(path) as archive:
                yield archive
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
            raise VerificationError("damaged", DAMAGED.format(name=path.name, what="it is no whole archive")) from error


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the members by name.

    Raises:
        InputError: it is another archive.
        VerificationError: it has members that no update file has.
    """
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if NOTE not in names or CHANGELOG not in names:
        raise InputError(NOT_ONE.format(name=path.name))
    plain = all(info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 0x1 for info in infos)
    sizes = {info.filename: info.file_size for info in infos}
    if (
        len(set(names)) != len(names)
        or len(names) > MAX_MEMBERS
        or not plain
        or archive.comment
        or min(info.header_offset for info in infos) != 0
        or sizes[NOTE] > MAX_NOTE_BYTES
        or sizes[CHANGELOG] > MAX_CHANGELOG_BYTES
    ):
        raise VerificationError("damaged", DAMAGED.format(name=path.name, what="it holds what no update file holds"))
    return {info.filename: info for info in infos}


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bytes:
    with _member(archive, member.filename, path) as content:
        return content.read(max(MAX_NOTE_BYTES, MAX_CHANGELOG_BYTES) + 1)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[IO[bytes]]:
    try:
        with archive.open(name) as content:
            yield content
    except (zipfile.BadZipFile, EOFError) as error:
        raise VerificationError(
            "damaged", DAMAGED.format(name=path.name, what=f"{name} is cut short or changed")
        ) from error


def _checked(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], release: Release, path: Path
) -> Iterator[ReleaseFile]:
    """Yield the packages, each with the digest of the note. The changelog is compared too."""
    packages = 0
    for name in members:
        if name == NOTE:
            continue
        listed = release.file(name)
        if listed is None:
            raise VerificationError(
                "damaged", DAMAGED.format(name=path.name, what="it holds a file that its note does not name")
            )
        with _member(archive, name, path) as content:
            for _ in _same(content, listed, path):
                pass
        if listed.system != EVERY_SYSTEM:
            packages += 1
            yield listed
    if not packages:
        raise VerificationError("damaged", DAMAGED.format(name=path.name, what="no package is in it"))


def _same(content: IO[bytes], listed: ReleaseFile, path: Path) -> Iterator[bytes]:
    """Yield the bytes of a member; at their end they must be those of the note.

    Raises:
        VerificationError: they are others.
    """
    digest, size = sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > listed.size:
            break
        yield chunk
    if (size, digest.hexdigest()) != (listed.size, listed.sha256):
        what = f"{listed.name} is not the file that was signed"
        raise VerificationError("damaged", DAMAGED.format(name=path.name, what=what))


def _require_for_here(packages: Sequence[ReleaseFile]) -> None:
    """Require packages of one system, which is this one.

    Raises:
        InputError: they are for another.
    """
    systems = sorted({each.system for each in packages})
    if len(systems) != 1 or systems[0] not in systems_here():
        raise InputError(f"This update is for {named(systems)}, and this is {_here_in_words()}. Nothing was written.")


def _here_in_words() -> str:
    return named(each for each in systems_here()[:1] if each in SYSTEMS) or f"{platform.system()} {platform.machine()}"


def _require_newer(release: Release) -> None:
    """Require a release that is newer than this program.

    Raises:
        InputError: it is this version, or an older one.
    """
    if read_version(release.version) == read_version(VERSION):
        raise InputError(f"This is version {VERSION}, which is here already. Nothing was written.")
    if read_version(release.version) < read_version(VERSION):
        raise InputError(f"{_going_back(release)} Nothing was written.")


def _going_back(release: Release) -> str:
    said = f"This is the older version {release.version}; here is {VERSION}."
    if release.tables == migrations.VERSION:
        return f"{said} Both can open the same store. To go back all the same, take the package itself."
    return (
        f"{said} It cannot open a store that this version has opened: its tables are {migrations.VERSION}, and the older version knows {release.tables}. It can open a backup from before, or the copy “before-tables-{release.tables}” in "
        "the store's folder, as long as that is there; what was sealed since is in neither."
    )
