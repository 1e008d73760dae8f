"""The unencrypted header of a store: the key slots from which a passphrase gives the data key (docs/spec/store.md, “Header”).

Each slot wraps the same data key with a key derived from its own secret (Argon2id, RFC 9106; AES key wrap, RFC 3394).
A MAC under a key derived from the data key authenticates the whole header.
"""

import errno
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_bytes
from typing import Final
from unicodedata import normalize

from evidence_app.crypto import keys
from evidence_app.crypto.keys import KdfCost
from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged, WrongKey
from evidence_app.files import reason, write_whole
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, members, parse_canonical
from evidence_app.store.header_names import COPY, FILE, PASSPHRASE, RECOVERY

FORMAT: Final = "evidence-trail/store/v1"
"""The format name of this version."""
FORMAT_PREFIX: Final = "evidence-trail/store/v"
"""The start of every format name, of newer versions too."""
MAX_HEADER_BYTES: Final = 65_536
"""The largest header that is read."""
MAX_SLOTS: Final = 16
"""The most key slots that a header may have: opening derives a key for each."""


def spellings(secret: str) -> list[str]:
    """Return the spellings of a secret that are tried, each once: composed, decomposed (Unicode, UAX #15), and as it was typed."""
    return list(dict.fromkeys([normalize("NFC", secret), normalize("NFD", secret), secret]))


OPENED_BY_COPY: Final = (
    "The store's header does not open with this, and its copy does: the header is damaged, or an old one was put back. The records are not "
    "touched. “evidence-trail keys restore-header” puts the copy in its place."
)
OLD_HEADER: Final = (
    "The store's header is older than its copy: somebody put an old one back, and a passphrase that was changed opens the store again. "
    "“evidence-trail keys restore-header”, with the newest passphrase, puts the copy in its place."
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A key slot. `wrapped` is the data key, wrapped (RFC 3394) with the Argon2id key of a secret, `salt` and `cost`.

    `opens_with` is `PASSPHRASE` or `RECOVERY`; `made_at` is in UTC.
    """

    number: int
    opens_with: str
    salt: bytes
    cost: KdfCost
    wrapped: bytes
    made_at: str

    def open(self, secret: str) -> bytes | None:
        """Return the data key, or None for a wrong secret: the check value of AES key wrap does not fit.

        Keyboards and systems spell an accented letter as one character or as two: each spelling is tried.
        """
        for spelling in spellings(secret):
            data_key = keys.unwrap(keys.derive_key(spelling, self.salt, self.cost), self.wrapped)
            if data_key is not None:
                return data_key
        return None

    def to_json(self) -> JsonObject:
        """Return the slot as the JSON object in the header (docs/spec/store.md, “Header”)."""
        return {
            "number": self.number,
            "opens_with": self.opens_with,
            "kdf": "argon2id",
            "salt": base64.encode(self.salt),
            "memory_kib": self.cost.memory_kib,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "wrapped": base64.encode(self.wrapped),
            "made_at": self.made_at,
        }


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its slots, and when it was created (UTC).

    It is authenticated by a MAC whose key is derived from the data key, so a change is detected at opening.
    """

    slots: tuple[Slot, ...]
    created_at: str

    def _content(self) -> JsonObject:
        return {"created_at": self.created_at, "slots": [slot.to_json() for slot in self.slots]}

    def spell(self, data_key: bytes) -> bytes:
        """Encode the header as the bytes of its file: canonical JSON (RFC 8785), and a line feed."""
        content = self._content()
        mac = keys.header_mac(data_key, canonical(content))
        return canonical({"format": FORMAT, "header": content, "mac": base64.encode(mac)}) + b"\n"

    def with_slot(self, opens_with: str, secret: str, data_key: bytes, cost: KdfCost, made_at: str) -> "Header":
        """Return the header with one more slot, with a new random salt."""
        number = self.next_number()
        salt = token_bytes(keys.KDF_SALT_SIZE)
        wrapped = keys.wrap(keys.derive_key(normalize("NFC", secret), salt, cost), data_key)
        return replace(self, slots=(*self.slots, Slot(number, opens_with, salt, cost, wrapped, made_at)))

    def next_number(self) -> int:
        """Return a number greater than that of any slot."""
        return max((slot.number for slot in self.slots), default=0) + 1

    def without_slot(self, number: int) -> "Header":
        """Return the header without a slot.

        Raises:
            InputError: there is no such slot, or it is the last one.
        """
        remaining = tuple(slot for slot in self.slots if slot.number != number)
        if len(remaining) == len(self.slots):
            raise InputError(f"There is no key slot {number}.")
        if not remaining:
            raise InputError("The last key slot cannot be removed: nobody could open the store again.")
        return replace(self, slots=remaining)

    def unlock(self, secret: str, opens_with: str) -> bytes:
        """Return the data key, from the first slot of the kind `opens_with` that the secret opens.

        Raises:
            WrongKey: no slot of this kind opens with the secret.
        """
        for slot in self.slots:
            if slot.opens_with == opens_with:
                data_key = slot.open(secret)
                if data_key is not None:
                    return data_key
        raise WrongKey(f"Wrong {opens_with}. Nothing was changed.")


def write_header(folder: Path, header: Header, data_key: bytes) -> None:
    """Write the header, then its copy, each atomically; `mend_copy` repairs a copy that was not reached."""
    content = header.spell(data_key)
    write_whole(folder / FILE, content)
    write_whole(folder / COPY, content)


def mend_copy(folder: Path, data_key: bytes) -> None:
    """Make the copy equal to the header, if that opens with the data key and the copy is not the newer one.

    An outdated copy could still be opened with a passphrase that was changed.
    """
    content = _read_bounded(folder / FILE)
    copy = folder / COPY
    if not copy.exists() or _read_bounded(copy) != content:
        header = _authentic(folder, FILE, data_key)
        if header is not None and not is_newer_copy(folder, header, data_key):
            write_whole(copy, content)


def is_newer_copy(folder: Path, header: Header, data_key: bytes) -> bool:
    """Whether the copy of the header is of this store, and newer: each new slot has a number above all before."""
    copy = _authentic(folder, COPY, data_key)
    return copy is not None and copy.next_number() > header.next_number()


def _authentic(folder: Path, name: str, data_key: bytes) -> Header | None:
    """Return the header or its copy, where it can be read and its MAC is by this data key."""
    try:
        header, outer = read_header(folder, name)
    except (StoreDamaged, EnvironmentProblem):
        return None
    return header if is_authentic(outer, data_key) else None


def read_header(folder: Path, name: str = FILE) -> tuple[Header, JsonObject]:
    """Parse the header or its copy; return it with the outer JSON object. It is untrusted until `is_authentic` says so.

    Raises:
        EnvironmentProblem: there is no store in the folder, or a newer program made it.
        StoreDamaged: the header is missing while its copy exists, or cannot be parsed.
    """
    try:
        untrusted = _read_bounded(folder / name)
    except FileNotFoundError as error:
        if name == FILE and (folder / COPY).exists():
            raise damaged(folder, name) from error
        raise EnvironmentProblem(
            f"There is no store in {folder.name or folder}: choose the folder that a store was made in, or make a new store."
        ) from error
    except OSError as error:
        raise EnvironmentProblem(f"The store's header cannot be read: {reason(error)}.") from error
    try:
        return _parse(untrusted)
    except InputError as error:
        raise damaged(folder, name) from error


def _read_bounded(path: Path) -> bytes:
    """Return the bytes of a header, and no more than one may have: what lies there may be a device or a pipe, that never ends.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file")
    with path.open("rb") as file:
        return file.read(MAX_HEADER_BYTES + 1)


def damaged(folder: Path, name: str) -> StoreDamaged:
    """Build the error for a damaged header, with the remedy: the copy where there is one, else a backup."""
    if name == FILE and (folder / COPY).exists():
        return StoreDamaged(
            "The store's header is damaged or missing. The records are not touched: "
            "“evidence-trail keys restore-header” puts its copy in place."
        )
    return StoreDamaged("The store's header is damaged. Put the header of a backup in its place.")


def _parse(untrusted: bytes) -> tuple[Header, JsonObject]:
    if len(untrusted) > MAX_HEADER_BYTES or not untrusted.endswith(b"\n"):
        raise InputError("The header is too long or cut short.")
    outer = members(parse_canonical(untrusted[:-1]), {"format", "header", "mac"})
    format_name = outer["format"]
    if format_name != FORMAT:
        if isinstance(format_name, str) and format_name.startswith(FORMAT_PREFIX):
            raise EnvironmentProblem("A newer version of Evidence Trail made this store. Use that version to open it.")
        raise InputError("The header is not of a format known here.")
    content = members(outer["header"], {"created_at", "slots"})
    slots = content["slots"]
    if not isinstance(slots, list) or not 0 < len(slots) <= MAX_SLOTS:
        raise InputError("The header has no slots or too many.")
    return Header(tuple(_parse_slot(slot) for slot in slots), str(content["created_at"])), outer


def _parse_slot(untrusted: Json) -> Slot:
    names = {"number", "opens_with", "kdf", "salt", "memory_kib", "passes", "lanes", "wrapped", "made_at"}
    slot = members(untrusted, names)
    numbers = [slot["number"], slot["memory_kib"], slot["passes"], slot["lanes"]]
    if not all(isinstance(number, int) for number in numbers) or slot["kdf"] != "argon2id":
        raise InputError("A key slot is malformed.")
    number, memory, passes, lanes = (int(str(number)) for number in numbers)
    # A hostile header must neither weaken the derivation nor exhaust the memory.
    cost = KdfCost(memory, passes, lanes)
    if not cost.is_acceptable() or slot["opens_with"] not in (PASSPHRASE, RECOVERY):
        raise InputError("A key slot is not one that this program makes.")
    salt = base64.decode(slot["salt"], size=keys.KDF_SALT_SIZE)
    return Slot(number, str(slot["opens_with"]), salt, cost, base64.decode(slot["wrapped"]), str(slot["made_at"]))


def is_authentic(untrusted_outer: JsonObject, data_key: bytes) -> bool:
    """Verify the header's MAC (HMAC-SHA-256 over its canonical JSON) with the data key, in constant time."""
    expected = keys.header_mac(data_key, canonical(untrusted_outer["header"]))
    try:
        given = base64.decode(untrusted_outer["mac"], size=len(expected))
    except InputError:
        return False
    return keys.same(given, expected)


def unlock(folder: Path, secret: str, opens_with: str, name: str = FILE) -> tuple[Header, bytes]:
    """Read the header of a folder, open a slot and authenticate the header; return it with the data key. Writes nothing.

    Raises:
        WrongKey: no slot opens with the secret.
        StoreDamaged: the header cannot be parsed, or its MAC does not verify.
        EnvironmentProblem: there is no store, or a newer program made it.
    """
    header, outer = read_header(folder, name)
    data_key = header.unlock(secret, opens_with)
    if not is_authentic(outer, data_key):
        raise damaged(folder, name)
    return header, data_key


def unlock_either(folder: Path, secret: str, opens_with: str) -> tuple[Header, bytes]:
    """Unlock as `unlock` does, by the copy of the header where the header does not open and the copy is another.

    Raises:
        WrongKey, StoreDamaged, EnvironmentProblem: as `unlock` says, of the header.
    """
    try:
        return unlock(folder, secret, opens_with)
    except WrongKey:
        try:
            if _read_bounded(folder / COPY) != _read_bounded(folder / FILE):
                return unlock(folder, secret, opens_with, COPY)
        except (OSError, StoreDamaged, EnvironmentProblem, WrongKey):
            pass
        raise


def remark_on_copy(folder: Path, header: Header, data_key: bytes) -> str:
    """Return what is to be said of the header that a store was opened with, and of its copy; an empty string where they agree."""
    first = _authentic(folder, FILE, data_key)
    if first != header:
        return OPENED_BY_COPY
    return OLD_HEADER if is_newer_copy(folder, header, data_key) else ""
