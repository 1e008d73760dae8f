"""The store: a folder with header, encrypted database and lock (docs/spec/store.md)."""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

from filelock import FileLock

from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.crypto.keys import KdfCost, new_data_key
from evidence_app.errors import EnvironmentProblem, StoreDamaged
from evidence_app.files import sync_folder, system_errors_named
from evidence_app.proof.signing import LogKey
from evidence_app.store import bringing_forward, folder_remarks, head_note, migrations
from evidence_app.store import header as headers
from evidence_app.store.attachment_table import AttachmentTable
from evidence_app.store.database import FILE, Database
from evidence_app.store.draft_table import DraftTable
from evidence_app.store.header import Header, Slot, unlock, unlock_either
from evidence_app.store.header_names import FILE as HEADER
from evidence_app.store.header_names import PASSPHRASE
from evidence_app.store.log_table import LogTable
from evidence_app.store.received_table import ReceivedTable
from evidence_app.store.record_table import RecordTable
from evidence_app.store.store_folder import discard, empty_folder, names_there, require_database, take_lock

TO_SCRUB: Final = "to_scrub"
"""Name of the setting that says that a disposal has not emptied the journal yet."""


class Store:
    """An open store, for the thread that opened it. Without `lock` it is read-only.

    `untouched`: nothing in the folder may change. `holds_lock`: closing releases the lock (`beside`).
    """

    def __init__(
        self,
        folder: Path,
        header: Header,
        data_key: bytes,
        lock: FileLock | None,
        *,
        untouched: bool = False,
        holds_lock: bool = True,
    ) -> None:
        self.folder = folder
        self.header = header
        self._data_key = data_key
        self._lock = lock
        self._holds_lock, self._untouched = holds_lock, untouched
        if not untouched and holds_lock:
            head_note.require_no_contradiction(folder, data_key, locked=lock is not None)
        self._database = Database(folder / FILE, data_key, writable=lock is not None, untouched=untouched)
        try:
            if lock is None:
                migrations.require_current(self._database)
            else:
                bringing_forward.bring_forward(folder, header, data_key, self._database)
        except BaseException:
            self._database.close()
            raise
        self.log = LogTable(self._database)
        self._noted = self._is_together = self._is_whole = False
        self.records = RecordTable(self._database)
        self.attachments = AttachmentTable(self._database)
        self.received = ReceivedTable(self._database)
        self.drafts = DraftTable(self._database, self.attachments)
        self._require_head()
        if lock is not None and holds_lock:
            self.scrub()
            bringing_forward.remove_old_copies(folder)

    def _require_head(self) -> None:
        """Require that the log goes on from the head that was signed here last.

        Raises:
            EnvironmentProblem: it does not. Nothing is written.
        """
        key = self.setting("log_key")
        contradiction = head_note.contradiction_in(self.folder, self.log, LogKey(key).public) if key else ""
        if contradiction:
            self._database.close()
            raise EnvironmentProblem(contradiction)

    @classmethod
    def create(
        cls,
        folder: Path,
        secrets: Mapping[str, str],
        created_at: str,
        cost: KdfCost,
        begin: Callable[[Self], None],
    ) -> Self:
        """Create a store in a folder that does not exist or is empty.

        `secrets` maps each kind of slot to its secret. `begin` seals record 0 and writes the settings that every store
        must have; the header is written afterwards, so a store that can be opened has them.

        Raises:
            InputError: the folder holds something.
            EnvironmentProblem: it cannot be made.
        """
        data_key = new_data_key()
        header = Header((), created_at)
        for opens_with, secret in secrets.items():
            header = header.with_slot(opens_with, secret, data_key, cost, created_at)
        return cls.found(folder, header, data_key, begin)

    @classmethod
    def found(cls, folder: Path, header: Header, data_key: bytes, begin: Callable[[Self], None]) -> Self:
        """Create a store with a given header and data key, in a folder that does not exist or is empty (see `create`).

        Raises:
            InputError: the folder holds something.
            EnvironmentProblem: it cannot be made.
        """
        empty_folder(folder)
        lock = take_lock(folder)
        try:
            store = cls(folder, header, data_key, lock)
            try:
                begin(store)
                headers.write_header(folder, header, data_key)
                sync_folder(folder)
            except BaseException:
                store.close()
                raise
        except BaseException:
            lock.release()
            discard(folder)
            raise
        return store

    @classmethod
    def open(cls, folder: Path, secret: str, *, opens_with: str = PASSPHRASE, writable: bool = True) -> Self:
        """Open a store with a passphrase or a recovery code.

        Raises:
            WrongKey: no slot opens with it.
            StoreDamaged: the header or the database is damaged, or the database is missing.
            EnvironmentProblem: there is no store, another program has it open for writing, or a newer program made it.
        """
        # Lock before the header is read: nobody can change the slots between reading and opening.
        lock = take_lock(folder) if writable and (folder / HEADER).exists() else None
        try:
            header, data_key = unlock_either(folder, secret, opens_with)
            if lock is not None:
                return cls._open_to_write(folder, header, data_key, lock)
            return cls._open_to_read(folder, header, data_key)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def open_unlocked(cls, folder: Path, header: Header, data_key: bytes, *, writable: bool = True) -> Self:
        """Open a store with the result of `unlock`.

        Raises:
            StoreDamaged: the database is damaged or missing.
            EnvironmentProblem: another program has it open for writing, or has changed its slots since.
        """
        if not writable:
            return cls._open_to_read(folder, header, data_key)
        lock = take_lock(folder)
        try:
            if header not in {headers.read_header(folder, name)[0] for name in names_there(folder)}:
                raise EnvironmentProblem("Another program changed the keys of this store just now. Try again.")
            return cls._open_to_write(folder, header, data_key, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_to_write(cls, folder: Path, header: Header, data_key: bytes, lock: FileLock) -> Self:
        require_database(folder)
        with system_errors_named("The copy of the store's header could not be written"):
            headers.mend_copy(folder, data_key)
        return cls(folder, header, data_key, lock)

    @classmethod
    def open_untouched(cls, folder: Path, secret: str, *, opens_with: str = PASSPHRASE) -> Self:
        """Open a folder in which nothing may change, such as a backup: without migration of the tables either.

        Raises:
            OlderTables: the tables have an older version.
            WrongKey, StoreDamaged, EnvironmentProblem: as `open` says.
        """
        return cls(folder, *unlock(folder, secret, opens_with), None, untouched=True)

    @classmethod
    def _open_to_read(cls, folder: Path, header: Header, data_key: bytes) -> Self:
        """Open read-only; tables of an older version are migrated first, for which the store is opened for writing once."""
        require_database(folder)
        with contextlib.suppress(migrations.OlderTables):
            return cls(folder, header, data_key, None)
        cls(folder, header, data_key, take_lock(folder)).close()
        return cls(folder, header, data_key, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store. Closing twice does nothing."""
        try:
            self._database.close()
        finally:
            if self._lock is not None and self._holds_lock:
                self._lock.release()

    def remarks(self) -> list[str]:
        """Return what is to be said of the folder and the header of the store, as sentences."""
        on_copy = headers.remark_on_copy(self.folder, self.header, self._data_key)
        return [*([on_copy] if on_copy else []), *folder_remarks.remarks_on(self.folder)]

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._lock is not None

    def beside(self) -> "Store":
        """Open a second connection to this store for another thread, with the same right to write.

        Close it before this one, which releases the lock.
        """
        untouched = self._untouched
        return Store(self.folder, self.header, self._data_key, self._lock, untouched=untouched, holds_lock=False)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one durable transaction: all of it is committed, or nothing. Inside `together` it is durable when that ends.

        Raises:
            EnvironmentProblem: the store is read-only, or is no longer where it was opened.
        """
        if self._is_together:
            self._is_whole = False
            yield
            self._is_whole = True
            return
        if self._lock is None:
            raise EnvironmentProblem("The store is open for reading alone.")
        self._database.require_there()
        try:
            with self._database.transaction():
                yield
        except BaseException:
            self.log.forget_appended()
            raise
        note = self.log.take_appended()
        if not note and not self._noted:
            # Where a program ended between a commit and its note, the first transaction of the next one writes it.
            size = self.log.size()
            note = self.log.checkpoint(size) if size else ""
        if note:
            head_note.write_head(self.folder, note)
            self._noted = True

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Run the transactions inside the block as one durable transaction: where one of them fails, all are undone.

        Not by savepoints: at each the search index would be written to its end, which takes as long as the rest.
        """
        with self.transaction():
            self._is_together = self._is_whole = True
            try:
                yield
            finally:
                self._is_together = False
            if not self._is_whole:
                raise RuntimeError("A transaction failed, and what it left was to be kept.")

    def dispose(self, positions: Collection[int], handovers: Collection[int]) -> None:
        """Remove records, and what hand-overs among them showed, with everything that was made of them (docs/spec/store.md, “Disposal”).

        Needs a transaction; `scrub` afterwards empties the journal. The leaf hashes stay in the log.
        """
        self.received.remove(handovers)
        self.records.remove(positions)
        self.attachments.forget_words()
        self.attachments.drop_unused()
        migrations.index_anew(self._database)
        self.keep_setting(TO_SCRUB, b"1")

    def scrub(self) -> bool:
        """Empty the journal, if a disposal asks for that, and remove copies from before an update.

        Return false where something is in the way: the next opening does it.
        """
        if self.setting(TO_SCRUB) != b"1":
            return True
        try:
            bringing_forward.remove_copies(self.folder)
        except EnvironmentProblem:
            return False
        if not self._database.empty_journal():
            return False
        with self.transaction():
            self.keep_setting(TO_SCRUB, b"")
        return self._database.empty_journal()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Run the block against one snapshot of the store, which begins with the first query."""
        # In WAL mode a read transaction keeps its view while others commit.
        self._database.run("BEGIN")
        try:
            yield
        finally:
            self._database.run("COMMIT")

    def copy_to(self, folder: Path, step: Callable[[int, int], None]) -> None:
        """Copy a snapshot into a folder: the database, then its header. `step` gets pages and total, and may raise to cancel."""
        self._database.copy_to(folder / FILE, self._data_key, step)
        headers.write_header(folder, self.header, self._data_key)

    def open_copy(self, folder: Path) -> "Store":
        """Open a copy of this store read-only, with this store's header and key."""
        return Store(folder, self.header, self._data_key, None)

    def integrity_faults(self) -> list[str]:
        """Return the faults that SQLCipher and SQLite report, as their own messages; empty where there are none."""
        # The first verifies the HMAC of every page, the second the structure of tables and indexes.
        page_faults = [str(row[0]) for row in self._database.all("PRAGMA cipher_integrity_check")]
        table_faults = [str(row[0]) for row in self._database.all("PRAGMA quick_check")]
        return page_faults + [text for text in table_faults if text != "ok"]

    # Settings

    def setting(self, name: str) -> bytes | None:
        """Return the value of a setting, or None where it is not set."""
        row = self._database.one("SELECT value FROM settings WHERE name = ?", name)
        return bytes(row[0]) if row else None

    def keep_setting(self, name: str, value: bytes) -> None:
        """Store a setting, replacing an earlier value. Needs a transaction."""
        self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    def log_key(self) -> LogKey:
        """Return the key that signs the log."""
        return LogKey(self._needed("log_key"))

    def certificate(self) -> SigningCertificate:
        """Return the certificate that signs bundles."""
        return SigningCertificate(self._needed("certificate"), self._needed("certificate_key"))

    def _needed(self, name: str) -> bytes:
        value = self.setting(name)
        if value is None:
            raise StoreDamaged("The store is not whole: it was never finished. Make a new one.")
        return value

    # Key slots

    def remove_slot(self, number: int) -> None:
        """Remove a key slot.

        Raises:
            InputError: there is no such slot, or it is the last one.
        """
        self._write(self.header.without_slot(number))

    def replace_slots(self, opens_with: str, secret: str, made_at: str, cost: KdfCost) -> Slot:
        """Replace all slots of one kind by a new slot, which is returned; the header is written once."""
        extended = self.header.with_slot(opens_with, secret, self._data_key, cost, made_at)
        newest = extended.slots[-1]
        slots = tuple(slot for slot in extended.slots if slot.opens_with != opens_with or slot is newest)
        self._write(Header(slots, self.header.created_at))
        return newest

    def put_back(self, header: Header) -> None:
        """Restore an earlier header, where it was changed since: a transaction that was to seal the change has failed."""
        if header is not self.header:
            self._write(header)

    def _write(self, header: Header) -> None:
        # A copy from before an update opens with what opened the store then.
        bringing_forward.remove_copies(self.folder)
        headers.write_header(self.folder, header, self._data_key)
        self.header = header
