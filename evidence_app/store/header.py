"""The clear header of a store: what is needed to turn a passphrase into the database's key (docs/spec/store.md)."""

from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_bytes
from typing import Final

from evidence_app.crypto import keys
from evidence_app.crypto.keys import KdfCost
from evidence_app.errors import EnvironmentProblem, InputError, StoreDamaged, WrongKey
from evidence_app.files import reason, write_whole
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, members, parse_canonical

FORMAT: Final = "evidence-trail/store/v1"
FORMAT_PREFIX: Final = "evidence-trail/store/v"
FILE: Final = "header.json"
COPY: Final = "header.copy.json"
MAX_HEADER_BYTES: Final = 65_536
MAX_SLOTS: Final = 16
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a sort of slot, not a secret
RECOVERY: Final = "recovery code"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key. `wrapped` is the data key under the key that the secret, `salt` and `cost` give."""

    number: int
    opens_with: str
    salt: bytes
    cost: KdfCost
    wrapped: bytes
    made_at: str

    def open(self, secret: str) -> bytes | None:
        """Return the data key, or None when the secret is another one."""
        return keys.unwrap(keys.derive_key(secret, self.salt, self.cost), self.wrapped)

    def to_json(self) -> JsonObject:
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
    """The header. It is authenticated by a key that only the data key gives, so a change of it is noticed at opening."""

    slots: tuple[Slot, ...]
    created_at: str

    def _content(self) -> JsonObject:
        return {"created_at": self.created_at, "slots": [slot.to_json() for slot in self.slots]}

    def spell(self, data_key: bytes) -> bytes:
        """Return the bytes of the file."""
        content = self._content()
        mac = keys.header_mac(data_key, canonical(content))
        return canonical({"format": FORMAT, "header": content, "mac": base64.encode(mac)}) + b"\n"

    def with_slot(self, opens_with: str, secret: str, data_key: bytes, cost: KdfCost, made_at: str) -> "Header":
        """Return the header with one slot more."""
        number = self.next_number()
        salt = token_bytes(keys.KDF_SALT_SIZE)
        wrapped = keys.wrap(keys.derive_key(secret, salt, cost), data_key)
        return replace(self, slots=(*self.slots, Slot(number, opens_with, salt, cost, wrapped, made_at)))

    def next_number(self) -> int:
        """Return a number that no slot has."""
        return max((slot.number for slot in self.slots), default=0) + 1

    def without_slot(self, number: int) -> "Header":
        """Return the header without a slot.

        Raises:
            InputError: there is no such slot, or it is the last one.
        """
        left = tuple(slot for slot in self.slots if slot.number != number)
        if len(left) == len(self.slots):
            raise InputError(f"There is no key slot {number}.")
        if not left:
            raise InputError("The last key slot cannot be removed: nobody could open the store again.")
        return replace(self, slots=left)

    def unlock(self, secret: str, opens_with: str) -> bytes:
        """Return the data key.

        Raises:
            WrongKey: no slot of this sort opens with the secret.
        """
        for slot in self.slots:
            if slot.opens_with == opens_with:
                data_key = slot.open(secret)
                if data_key is not None:
                    return data_key
        raise WrongKey(f"Wrong {opens_with}. Nothing was changed.")


def write_header(folder: Path, header: Header, data_key: bytes) -> None:
    """Write the header, then its copy. Each is there whole or as it was; `mend_copy` makes good a copy left behind."""
    content = header.spell(data_key)
    write_whole(folder / FILE, content)
    write_whole(folder / COPY, content)


def mend_copy(folder: Path) -> None:
    """Make the copy what an authentic header is. A copy left behind could open with a passphrase that was changed."""
    content = (folder / FILE).read_bytes()
    copy = folder / COPY
    if not copy.exists() or copy.read_bytes() != content:
        write_whole(copy, content)


def read_header(folder: Path, name: str = FILE) -> tuple[Header, JsonObject]:
    """Read the header; what it says is not to be believed before `require_authentic`.

    Raises:
        EnvironmentProblem: there is no store in the folder, or a newer program made it.
        StoreDamaged: the header is not what the program wrote.
    """
    try:
        untrusted = (folder / name).read_bytes()
    except FileNotFoundError as error:
        if name == FILE and (folder / COPY).exists():
            raise damaged(folder, name) from error
        raise EnvironmentProblem(
            f"There is no store in {folder.name or folder}: choose the folder that holds {FILE}, or make a new store (“init”)."
        ) from error
    except OSError as error:
        raise EnvironmentProblem(f"The store's header cannot be read: {reason(error)}.") from error
    try:
        return _parse(untrusted)
    except InputError as error:
        raise damaged(folder, name) from error


def damaged(folder: Path, name: str) -> StoreDamaged:
    """Return the error for a damaged header, which says what can be done."""
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
    spelled = outer["format"]
    if spelled != FORMAT:
        if isinstance(spelled, str) and spelled.startswith(FORMAT_PREFIX):
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
    cost = KdfCost(memory, passes, lanes)
    if not cost.is_acceptable() or slot["opens_with"] not in (PASSPHRASE, RECOVERY):
        raise InputError("A key slot is not one that this program makes.")
    salt = base64.decode(slot["salt"], size=keys.KDF_SALT_SIZE)
    return Slot(number, str(slot["opens_with"]), salt, cost, base64.decode(slot["wrapped"]), str(slot["made_at"]))


def is_authentic(untrusted_outer: JsonObject, data_key: bytes) -> bool:
    """Whether whoever wrote the header had the data key."""
    expected = keys.header_mac(data_key, canonical(untrusted_outer["header"]))
    try:
        given = base64.decode(untrusted_outer["mac"], size=len(expected))
    except InputError:
        return False
    return keys.same(given, expected)


def unlock(folder: Path, secret: str, opens_with: str, name: str = FILE) -> tuple[Header, bytes]:
    """Return a folder's header and the key to its database. Nothing is written.

    Raises:
        WrongKey: no slot opens with the secret.
        StoreDamaged: the header is not what the program wrote.
        EnvironmentProblem: there is no store.
    """
    header, outer = read_header(folder, name)
    data_key = header.unlock(secret, opens_with)
    if not is_authentic(outer, data_key):
        raise damaged(folder, name)
    return header, data_key
