"""Bring mail in: look at files, say what they are and what they belong to, keep them as drafts or seal them.

Bytes are kept exactly. Messages are taken before what answers them, whatever the order in which the files were named.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from evidence_app.domain.people.recipients import Recipient, is_inside
from evidence_app.domain.progress import Cancel, Progress, never
from evidence_app.domain.record.correspondence import form_of, tied_afterwards
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.selection import ROOTS
from evidence_app.domain.settings import Settings
from evidence_app.errors import Cancelled, EnvironmentProblem, EvidenceError, InputError
from evidence_app.mail.dkim import DkimResult, check_dkim
from evidence_app.mail.headers import bare_address
from evidence_app.mail.matching import Match
from evidence_app.mail.mime import MAX_MAIL_BYTES, without_count
from evidence_app.mail.opening import read_foreign_mail
from evidence_app.mail.reading import Container, sort_of
from evidence_app.mail.values import MAILED, Mail, MailKind
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.mail.conversations import (
    BY_HAND,
    conversation_entry,
    conversation_in,
)
from evidence_app.services.mail.dkim_keys import keys_with
from evidence_app.services.mail.import_items import Item, rank
from evidence_app.services.mail.item_matching import ItemMatcher, with_people
from evidence_app.services.mail.mail_entries import (
    KnownMail,
    by_hand,
    digest_of,
    entry_of,
    file_entry,
    tie_entry,
)
from evidence_app.services.mail.mail_files import MailOrigin, files_in
from evidence_app.services.mail.reading_ahead import Loaded, Read, read_ahead
from evidence_app.services.mail.who_sent import Sender, who_sent
from evidence_app.services.records.drafts import begin_draft_with, seal_draft
from evidence_app.services.records.mail_index import (
    Waiting,
    own_checkpoints,
)

TIED_TO: Final = ROOTS | {"decision"}
"""The kinds of record that a mail may be tied to by hand, besides messages."""
NOT_SURE_WHO_SENT: Final = "Nothing shows whether you sent it or received it, so it is not sealed. Set your own address under Settings, or say which of the two it is."

MAX_HELD_BYTES: Final = 64 * 1024 * 1024
"""How many bytes of mails and the files in them an import holds in memory between reading and keeping."""
GROUP: Final = 64
GROUP_BYTES: Final = 16 * 1024 * 1024
"""How many items, and how many bytes of them, share a transaction at the most, unless one alone has more."""


@dataclass
class ImportSession:
    """One import of mail: what was found in the files, in their order.

    Each mail is read once, as long as all of them fit in `MAX_HELD_BYTES`; what does not fit is read again when it is kept.
    """

    session: Session
    settings: Settings
    keys: dict[str, str]
    items: list[Item] = field(default_factory=list)
    _loaded: dict[int, Loaded] = field(default_factory=dict)
    _held_bytes: int = 0
    _waiting: Waiting = field(default_factory=Waiting)
    _unmatched: set[int] = field(default_factory=set)

    @property
    def _matcher(self) -> ItemMatcher:
        return ItemMatcher(self.session, self.settings)

    def look(self, paths: Sequence[Path], progress: Progress, cancel: Cancel, *, preview: bool = True) -> list[Item]:
        """Read files and say what each is. Nothing is kept yet; one bad file does not stop the others.

        With `preview` each mail is matched with what the store holds and with the others. Without, each is matched once, when it is sealed.
        """
        files = list(files_in(paths))
        done: set[Path] = set()
        with contextlib.closing(read_ahead(files)) as found:
            for each in found:
                if cancel():
                    raise Cancelled
                progress(len(done), len(files))
                done.add(each.origin.path)
                self._look_at(each)
        self._unmatched = set(range(len(self.items)))
        if preview:
            known = self._matcher.people_by_address()
            self.items = [with_people(self._matcher.matched(item, self._waiting), known) for item in self.items]
            self._unmatched.clear()
        return self.items

    def choose(self, numbers: frozenset[int] | None = None, *, fitting: bool = False) -> None:
        """Leave out all but the items of these numbers, counted from 1 in the order of `items`, or all but those that fit.

        Raises:
            InputError: there is no item of such a number.
        """
        beyond = sorted(number for number in numbers or () if not 1 <= number <= len(self.items))
        if beyond:
            raise InputError(f"There is no number {beyond[0]}: {len(self.items):,} were found. Nothing was taken in.")
        for place, item in enumerate(self.items):
            out = (numbers is not None and place + 1 not in numbers) or (fitting and not item.fits)
            self.leave_out(place, out=out)

    def _look_at(self, read: Read) -> None:
        origin, content = read.origin, read.content
        if read.fault:
            self.items.append(Item(origin, MailKind.UNREADABLE, "", fault=read.fault))
            return
        digest = digest_of(content)
        held = self.session.store.records.found_by(f"file:{digest}")
        draft = "" if held else self.session.store.drafts.holding(digest)
        sort, talk, found = MailKind.ATTACHMENT, None, None
        if read.mail is None:
            talk = conversation_in(origin.name, content)
            sort = MailKind.CONVERSATION if talk is not None else sort
        else:
            self._hold(Loaded(content, read.mail))
            sort, found = self._sender_of(read.mail, origin, content, is_new=not held)
        number = held[0] if held else None
        self.items.append(
            Item(origin, sort, digest, found=found, talk=talk, duplicate_of=number, duplicate_draft=draft)
        )

    def _sender_of(
        self, mail: Mail, origin: MailOrigin, content: bytes, *, is_new: bool
    ) -> tuple[MailKind, KnownMail | None]:
        """Return what a mail is, with who sent it and what it quotes of the log; nothing is known of one that cannot be read."""
        own, remarks = own_checkpoints(self.session, mail.quoted_checkpoints)
        sender = who_sent(self.session, self.settings, mail, origin.container, own)
        sent = sender is Sender.OWNER
        if is_new and mail.receipt is None and not mail.unsent and mail.kind in MAILED:
            self._waiting.add(len(self.items), mail, sent=sent)
        sort = sort_of(mail, sent=sent, matched=False)
        if not mail.readable:
            return sort, None
        known = KnownMail(
            replace(mail, files=()),
            sort,
            sent,
            Match(),
            quoted_checkpoints=tuple(own),
            dkim=self._dkim(content, origin),
            remarks=tuple(remarks),
            outside=sent and self._goes_outside(mail),
            is_unsure_who_sent=sender is Sender.UNKNOWN and mail.kind in MAILED,
        )
        return sort, known

    def _hold(self, loaded: Loaded) -> None:
        """Hold a mail in memory until it is kept, as long as there is room: the files in a thousand mails need not fit."""
        if self._held_bytes + loaded.size <= MAX_HELD_BYTES:
            self._held_bytes += loaded.size
            self._loaded[len(self.items)] = loaded

    def _goes_outside(self, mail: Mail) -> bool:
        people = (Recipient(bare_address(each)) for each in (*mail.to, *mail.cc, *mail.bcc))
        return any(not is_inside(each, self.settings.inside) for each in people if each.address)

    def _dkim(self, content: bytes, origin: MailOrigin) -> DkimResult | None:
        if origin.container is not Container.INTERNET or len(content) > MAX_MAIL_BYTES:
            return None
        return check_dkim(without_count(content), self.keys.get)

    def belongs_to(self, number: int, message: int | None) -> Item:
        """Say by hand which sealed record an item belongs to, or a conversation to the thread of which record; with None as before it was said.

        Raises:
            InputError: there is no such record, or an item of this sort belongs to none of its kind.
        """
        talk = self.items[number].talk
        if talk is not None:
            about = self.session.store.records.get(message).index if message is not None else None
            talk = replace(talk, about=about, how=BY_HAND if about is not None else "", candidates=())
            self.items[number] = self._matcher.matched(replace(self.items[number], talk=talk))
            return self.items[number]
        if message is None:
            found = self.items[number].found
            if found is not None:
                self.items[number] = self._matcher.matched(
                    replace(self.items[number], found=replace(found, match=Match(), related=None), tied_to=None)
                )
            return self.items[number]
        record = self.session.store.records.get(message)
        item = self.items[number]
        if item.found is None:
            raise InputError(f"{item.origin.name} is no mail, and belongs to no message.")
        is_mail = item.found.mail.receipt is None and item.found.direction != "neither"
        if record.kind.name != "message" and not (is_mail and record.kind.name in TIED_TO):
            what = "is a message, or raises, instructs or decides something" if is_mail else "is a message"
            raise InputError(f"Record {message} is a {record.kind.label.lower()}: name a record that {what}.")
        self.items[number] = replace(item, found=by_hand(item.found, record), tied_to=message)
        return self.items[number]

    def say_who_sent(self, number: int, *, sent: bool) -> Item:
        """Say of a mail whether the owner sent it, where nothing shows that; of any other item nothing is changed."""
        item = self.items[number]
        if item.found is None or not item.found.is_unsure_who_sent:
            return item
        outside = sent and self._goes_outside(item.found.mail)
        found = replace(item.found, sent=sent, outside=outside, is_unsure_who_sent=False)
        self.items[number] = self._matcher.matched(replace(item, found=found))
        return self.items[number]

    def leave_out(self, number: int, *, out: bool) -> None:
        """Leave an item out of what is taken in, or take it in after all."""
        self.items[number] = replace(self.items[number], left_out=out)

    def take_in(self, *, sealing: bool, progress: Progress, cancel: Cancel = never) -> list[Item]:
        """Keep every item that is new, but for those that are left out: sealed at once, or as drafts to be looked at.

        Raises:
            Cancelled: `cancel` said so; what was sealed before stays sealed.
        """
        order = sorted(range(len(self.items)), key=lambda number: (*rank(self.items[number]), number))
        total, done = len(order), 0
        taken: dict[str, Item] = {}
        for group in self._groups(order):

            def goes_on(place: int, first: int = done) -> bool:
                progress(first + place, total)
                return not cancel()

            if not self._take_group(group, taken, goes_on, sealing=sealing):
                raise Cancelled
            done += len(group)
        return self.items

    def _groups(self, order: Sequence[int]) -> Iterator[list[int]]:
        """Yield the numbers of items that share a transaction, in their order; of what is not in memory the size is not known, and few go together."""
        group: list[int] = []
        size = 0
        for number in order:
            loaded = self._loaded.get(number)
            more = loaded.size if loaded is not None else GROUP_BYTES // 4
            if group and (len(group) == GROUP or size + more > GROUP_BYTES):
                yield group
                group, size = [], 0
            group.append(number)
            size += more
        if group:
            yield group

    def _take_group(
        self, numbers: Sequence[int], taken: dict[str, Item], goes_on: Callable[[int], bool], *, sealing: bool
    ) -> bool:
        """Keep items in one transaction, and where one of them fails, each in its own. Return false where it was stopped; what came before stays."""
        before, known = list(self.items), dict(taken)
        again = [number for number in numbers if self._load_again(number)]
        try:
            with self.session.store.together():
                return self._take_each(numbers, taken, goes_on, sealing=sealing, faults=())
        except (InputError, EnvironmentProblem):
            self.items[:] = before
            taken.clear()
            taken.update(known)
        finally:
            # What was not kept after all does not stay in memory: a mailbox may hold gigabytes of it.
            for number in again:
                self._loaded.pop(number, None)
        return self._take_each(numbers, taken, goes_on, sealing=sealing, faults=(InputError, EnvironmentProblem))

    def _load_again(self, number: int) -> bool:
        """Read what did not fit in memory, before the transaction: others that write wait for its end. Tell whether it was read."""
        item = self.items[number]
        if number in self._loaded or item.found is None or item.left_out or not item.is_new:
            return False
        try:
            content = item.origin.load()
        except InputError:
            # A file that is gone is told of when it is taken.
            return False
        self._loaded[number] = Loaded(content, read_foreign_mail(content, item.origin.container))
        return True

    def _take_each(
        self,
        numbers: Sequence[int],
        taken: dict[str, Item],
        goes_on: Callable[[int], bool],
        *,
        sealing: bool,
        faults: tuple[type[EvidenceError], ...],
    ) -> bool:
        for place, number in enumerate(numbers):
            if not goes_on(place):
                return False
            try:
                self._take(number, taken, sealing=sealing)
            except faults as error:
                # A second file with these bytes is refused for itself, and says so.
                self.items[number] = replace(self.items[number], fault=error.sentence)
        return True

    def _take(self, number: int, taken: dict[str, Item], *, sealing: bool) -> None:
        """Keep one item. `taken` are those that were kept before it, by their digest."""
        item = self.items[number]
        wanted = item.is_new and not item.left_out
        if sealing and wanted:
            # What was sealed before it, of this import too, is what it is matched with.
            item = self._matcher.matched(item)
            wanted = item.is_new
        elif number in self._unmatched:
            item = self._matcher.matched(item, self._waiting)
        self.items[number] = item
        if sealing and item.duplicate_draft and not item.left_out:
            self.items[number] = self._seal_draft(item)
        if item.can_be_tied:
            self.items[number] = self._tie(item, sealing=sealing)
        if not wanted:
            return
        if sealing and item.found is not None and item.found.is_unsure_who_sent:
            self.items[number] = replace(item, fault=NOT_SURE_WHO_SENT)
            return
        if item.digest in taken:
            same = taken[item.digest]
            self.items[number] = replace(item, duplicate_of=same.record, duplicate_draft=same.draft)
            return
        self.items[number] = self._seal(number) if sealing else self._keep(number)
        taken[item.digest] = self.items[number]

    def _seal(self, number: int) -> Item:
        entry, sources = self._entry(number)
        sealed = seal(self.session, read_entry(entry), sources)
        return replace(self.items[number], record=sealed.index)

    def _seal_draft(self, item: Item) -> Item:
        """Seal the draft that holds the bytes of an item, as it is now: somebody may have said more in it."""
        sealed = seal_draft(self.session, item.duplicate_draft)
        form = form_of(self.session.store.records.get(sealed.index))
        sort = MailKind(form.replace(" ", "-")) if form else item.sort
        return replace(item, record=sealed.index, seals_draft=True, sort=sort)

    def _tie(self, item: Item, *, sealing: bool) -> Item:
        """Seal a note that says what a mail that is sealed already is about, or keep it as a draft."""
        records = self.session.store.records
        mail, about = records.get(item.duplicate_of or 0), records.get(item.tied_to or 0)
        tied = tied_afterwards(records.linking_to(mail.index)).get(mail.key, ())
        if about.key in tied or about.key in {to for to, _ in mail.linked}:
            return replace(item, fault=f"Record {mail.index} is tied to record {about.index} already.")
        entry = tie_entry(mail, about, self.session.clock.now())
        if sealing:
            return replace(item, record=seal(self.session, read_entry(entry)).index)
        return replace(item, draft=begin_draft_with(self.session, str(entry["kind"]), entry, []).identity)

    def _keep(self, number: int) -> Item:
        if self.session.minimum_content:
            raise InputError("On a machine that is not the employer's no files are kept as drafts: seal them at once.")
        entry, sources = self._entry(number)
        draft = begin_draft_with(self.session, str(entry["kind"]), entry, sources)
        return replace(self.items[number], draft=draft.identity)

    def _entry(self, number: int) -> tuple[JsonObject, list[Source]]:
        """Return what is sealed of an item: its entry, its exact bytes, and the files in it."""
        item, now = self.items[number], self.session.clock.now()
        loaded = self._loaded.pop(number, None)
        content = loaded.content if loaded is not None else item.origin.load()
        if digest_of(content) != item.digest:
            raise InputError(f"{item.origin.path.name} was changed while it was being brought in. Bring it in again.")
        sources = [Source(item.origin.name, content=content)]
        if item.talk is not None and not self.session.minimum_content:
            about = item.talk.about
            related = self.session.store.records.get(about) if about is not None else None
            return conversation_entry(item.origin.name, item.talk, related, now), sources
        if item.found is None:
            unreadable = item.sort is MailKind.UNREADABLE
            return file_entry(item.origin.name, now, unreadable=unreadable), sources
        mail = loaded.mail if loaded is not None else read_foreign_mail(content, item.origin.container)
        sources += [Source(file.name, content=file.content) for file in mail.files]
        minimum = self.session.minimum_content
        return entry_of(item.found, now, item.digest, minimum=minimum), sources


def open_import(session: Session, key_records: str = "") -> ImportSession:
    """Begin to bring mail in. `key_records` are DKIM key records as text; they are kept for the next time.

    Raises:
        InputError: the text holds no key record.
    """
    return ImportSession(session, load_settings(session), keys_with(session, key_records))
