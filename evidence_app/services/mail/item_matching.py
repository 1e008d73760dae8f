"""What an item that is brought in belongs to: the message that it answers or reports on, the one that it is a copy of, a drafted e-mail, people of the records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from evidence_app.domain.settings import Settings
from evidence_app.mail.headers import bare_address
from evidence_app.mail.matching import Match, match
from evidence_app.mail.reading import sort_of
from evidence_app.mail.values import MAILED, Mail, MailKind
from evidence_app.services.core.session import Session
from evidence_app.services.mail.conversations import BY_HAND, thread_of
from evidence_app.services.mail.import_items import Item
from evidence_app.services.records.directory import whole_directory
from evidence_app.services.records.mail_index import (
    Waiting,
    copies_of,
    drafted_file,
    drafted_for,
    holdings,
    waiting_mail,
)

BY_NAMES: Final = "Whether it was sent or received was told by names and headers: no own address was set."
NOT_SHOWN: Final = "Nothing shows whether it was sent or received: no own address was set."
SAME_IDENTIFIER: Final = "Another message that is held has its Message-ID, and other words, people, subject or time."
IN_THE_FUTURE: Final = "Its date lies in the future: the clock of the computer that wrote it may have been wrong."
RENEWED: Final = frozenset({BY_NAMES, NOT_SHOWN, SAME_IDENTIFIER, IN_THE_FUTURE})
"""Remarks that are made anew each time a mail is matched."""
CLOCKS_DIFFER: Final = timedelta(hours=1)
"""By how much a clock may be fast without a remark."""
MAY_BE_COPIES: Final = frozenset({MailKind.MESSAGE, MailKind.REPLY, MailKind.AUTOMATIC_REPLY})


@dataclass(frozen=True, slots=True)
class ItemMatcher:
    """Matches items with what a store holds."""

    session: Session
    settings: Settings

    def matched(self, item: Item, waiting: Waiting | None = None) -> Item:
        """Return an item with what it belongs to, as far as the store (and what waits) holds it now."""
        found = item.found
        if item.talk is not None:
            return replace(item, talk=thread_of(self.session, item.talk))
        if found is None or found.match.how == BY_HAND:
            return item
        records = self.session.store.records
        matched = (
            Match() if found.sent and not found.mail.in_reply_to else match(found.mail, holdings(self.session, waiting))
        )
        related = records.get(matched.place) if matched.place is not None and matched.place >= 0 else None
        kind = sort_of(found.mail, sent=found.sent, matched=matched.place is not None)
        if kind is MailKind.DRAFT_FILE:
            return self._matched_draft(replace(item, found=replace(found, sort=kind, match=matched, related=related)))
        drafted = drafted_for(self.session, found.mail, found.quoted_checkpoints) if found.sent else None
        by_names = (
            found.mail.receipt is None
            and found.mail.kind in MAILED
            and not self.settings.own_addresses
            and drafted is None
        )
        remarks = [remark for remark in found.remarks if remark not in RENEWED]
        if by_names:
            remarks.append(NOT_SHOWN if found.is_unsure_who_sent else BY_NAMES)
        remarks += self._time_remarks(found.mail)
        copy_of = None
        if item.is_new and kind in {MailKind.MESSAGE, MailKind.REPLY, MailKind.AUTOMATIC_REPLY}:
            copy_of, other = copies_of(self.session, waiting_mail(-1, found.mail, sent=found.sent))
            remarks += [SAME_IDENTIFIER] if other is not None and copy_of is None else []
        if copy_of is not None:
            # It is the message that is held: it answers what that answers, and is matched with nothing anew.
            kind, matched, related, drafted = MailKind.ANOTHER_COPY, Match(), None, None
        named = found.mail.receipt.for_message_id if found.mail.receipt is not None else ""
        found = replace(
            found,
            names_draft=bool(named) and related is None and named in self._drafted_messages(),
            sort=kind,
            match=matched,
            related=related,
            drafted=drafted,
            copy_of=copy_of,
            remarks=tuple(dict.fromkeys(remarks)),
        )
        return replace(item, found=found, sort=kind)

    def _drafted_messages(self) -> frozenset[str]:
        """Return the Message-IDs of the messages that are kept as drafts."""
        drafts = (each.entry.get("fields") for each in self.session.store.drafts.all() if each.kind == "message")
        return frozenset(
            str(fields["message_id"]) for fields in drafts if isinstance(fields, dict) and "message_id" in fields
        )

    def _matched_draft(self, item: Item) -> Item:
        """Return a file that was not sent with the drafted e-mail that it is, or was made from."""
        found = item.found
        if found is None:
            return item
        same = drafted_file(self.session, item.digest, found.quoted_checkpoints)
        drafted = same or drafted_for(self.session, found.mail, found.quoted_checkpoints)
        found = replace(found, drafted=drafted)
        return replace(item, found=found, sort=found.sort, draft_of=same.index if same is not None else None)

    def _time_remarks(self, mail: Mail) -> list[str]:
        at = mail.sent_at or mail.sent_about
        return [IN_THE_FUTURE] if at is not None and at > self.session.clock.now() + CLOCKS_DIFFER else []

    def people_by_address(self) -> Mapping[str, str]:
        """Return the people of the records and the settings by their addresses, but for the owner."""
        people = whole_directory(self.session).people
        own = {bare_address(each) for each in self.settings.own_addresses}
        return {
            address.lower(): each.name for each in people for address in each.addresses if address.lower() not in own
        }


def with_people(item: Item, known: Mapping[str, str]) -> Item:
    """Return an item with the people of the records whom it names, by their addresses."""
    mail = item.found.mail if item.found is not None else Mail()
    named = (known.get(bare_address(each), "") for each in (mail.sender, *mail.to, *mail.cc, *mail.bcc))
    return replace(item, known_people=tuple(dict.fromkeys(name for name in named if name)))
