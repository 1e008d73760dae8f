"""Outlook's data files: each item becomes a .msg file that reads as the item did.

libpff is no part of the program and need not be installed: objects with its attributes stand in for it. How the library itself
answers was tried by hand on public files (docs/decisions/0030-data-files-of-outlook.md).
"""

import struct
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from evidence_app.documents.office.content import CannotRead
from evidence_app.mail.outlook.personal_store import PersonalStore
from evidence_app.mail.reading import Container, container_of, read_mail, sort_of
from evidence_app.mail.values import MailKind
from tests.support import outlook_files as outlook

SENT_AT = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
APPOINTMENT_GUID = struct.pack("<IHH", outlook.APPOINTMENT, 0, 0) + bytes.fromhex("c000000000000046")


def entry(number: int, value: outlook.Value) -> SimpleNamespace:
    """An entry of a record set as libpff gives it: the value as bytes."""
    if isinstance(value, str):
        return SimpleNamespace(entry_type=number, value_type=0x1F, data=value.encode("utf-16-le") or None)
    if isinstance(value, bytes):
        return SimpleNamespace(entry_type=number, value_type=0x102, data=value)
    if isinstance(value, int):
        return SimpleNamespace(entry_type=number, value_type=0x03, data=struct.pack("<I", value))
    return SimpleNamespace(entry_type=number, value_type=0x40, data=struct.pack("<Q", outlook.ticks(value)))


def record_sets(*each: dict[int, outlook.Value]) -> list[SimpleNamespace]:
    return [SimpleNamespace(entries=[entry(*pair) for pair in properties.items()]) for properties in each]


class StandInFile:
    """An attached file, or with `item` an enclosed item."""

    def __init__(self, name: str, content: bytes = b"", item: "StandInItem | None" = None) -> None:
        self.record_sets = record_sets({outlook.ATTACH_NAME: name, outlook.ATTACH_METHOD: 5 if item else 1})
        self.number_of_sub_items = int(item is not None)
        self._content, self._item = content, item

    def get_size(self) -> int:
        return len(self._content)

    def read_buffer(self, size: int) -> bytes:
        return self._content[:size]

    def get_sub_item(self, _: int) -> "StandInItem | None":
        return self._item


class StandInItem:
    """An item of a data file."""

    def __init__(
        self,
        properties: dict[int, outlook.Value],
        people: tuple[dict[int, outlook.Value], ...] = (),
        files: tuple[StandInFile, ...] = (),
    ) -> None:
        self.record_sets = record_sets(properties)
        self.recipients = SimpleNamespace(record_sets=record_sets(*people)) if people else None
        self._files = files
        self.subject = properties.get(outlook.SUBJECT, "")
        self.sender_name = properties.get(outlook.SENDER_NAME, "")
        self.client_submit_time = SENT_AT.replace(tzinfo=None)
        self.delivery_time = None
        self.number_of_attachments = len(files)

    def get_attachment(self, place: int) -> StandInFile:
        return self._files[place]


@dataclass
class StandInFolder:
    """A folder, with its items and the folders in it."""

    name: str | None
    items: list[object] = field(default_factory=list)
    sub_folders: list["StandInFolder"] = field(default_factory=list)

    @property
    def number_of_sub_messages(self) -> int:
        return len(self.items)

    def get_sub_message(self, place: int) -> object:
        return self.items[place]


def opened(
    monkeypatch: pytest.MonkeyPatch, root: StandInFolder, names: dict[int, bytes] | None = None
) -> PersonalStore:
    map_entries = [SimpleNamespace(entry_type=number, data=data) for number, data in (names or {}).items()]

    class File:
        name_to_id_map = SimpleNamespace(record_sets=[SimpleNamespace(entries=map_entries)])

        def open(self, path: str) -> None:
            if path == "broken":
                raise OSError("unable to open file")

        def get_root_folder(self) -> StandInFolder:
            return root

        def close(self) -> None:
            pass

    monkeypatch.setitem(sys.modules, "pypff", SimpleNamespace(file=File))
    return PersonalStore("mail.pst")


MESSAGE: dict[int, Any] = {
    outlook.MESSAGE_CLASS: "IPM.Note",
    outlook.SUBJECT: "\x01\x05RE: Caseload",
    outlook.SUBMIT_TIME: SENT_AT,
    outlook.SENDER_NAME: "Kim Dale",
    outlook.SENDER_SMTP: "kim.dale@example.org",
    outlook.BODY: "Noted.",
    outlook.MESSAGE_ID: "<a@example.org>",
}
PEOPLE = ({outlook.DISPLAY_NAME: "Sam Rowe", outlook.SMTP_ADDRESS: "sam.rowe@example.org", outlook.RECIPIENT_TYPE: 1},)


def test_items_are_listed_by_folder_and_come_out_as_files_that_read_as_they_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner = StandInItem({**MESSAGE, outlook.SUBJECT: "What was said"})
    item = StandInItem(MESSAGE, PEOPLE, (StandInFile("a.bin", b"abc" * 5_000), StandInFile("x", item=inner)))
    root = StandInFolder(None, [], [StandInFolder("Inbox", [item, object()], [StandInFolder("2025", [inner])])])
    store = opened(monkeypatch, root)
    listed = store.facts()
    assert [(each.number, each.folder, each.subject) for each in listed] == [
        (0, "Inbox", "RE: Caseload"),
        (1, "Inbox/2025", "What was said"),
    ], "settings that stand among the items are passed over"
    assert listed[0].sent_at == SENT_AT
    content = store.item(0)
    assert content == store.item(0), "the same item gives the same bytes"
    assert container_of(content[:16_384], "it.msg") is Container.OUTLOOK
    mail = read_mail(content, Container.OUTLOOK)
    assert (mail.subject, mail.sender, mail.text, mail.sent_at) == (
        "RE: Caseload",
        "Kim Dale <kim.dale@example.org>",
        "Noted.",
        SENT_AT,
    )
    assert (mail.to, mail.message_id) == (("Sam Rowe <sam.rowe@example.org>",), "<a@example.org>")
    assert [file.name for file in mail.files] == ["a.bin", "What was said.msg"]
    assert mail.files[0].content == b"abc" * 5_000
    assert read_mail(mail.files[1].content, Container.OUTLOOK).subject == "What was said"


def test_named_properties_keep_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    # Number 0x8005 of this file is the appointment's place; its set is the first that the file lists.
    names = {2: APPOINTMENT_GUID, 3: struct.pack("<IHH", 0x8208, 3 << 1, 5), 4: b""}
    item = StandInItem({outlook.MESSAGE_CLASS: "IPM.Appointment", outlook.SUBJECT: "Supervision", 0x8005: "Room 2"})
    store = opened(monkeypatch, StandInFolder(None, [item]), names)
    mail = read_mail(store.item(0), Container.OUTLOOK)
    assert sort_of(mail, sent=False, matched=False) is MailKind.APPOINTMENT
    assert dict(mail.details)["Where"] == "Room 2"


def test_what_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(monkeypatch, StandInFolder(None, [StandInItem(MESSAGE)]))
    with pytest.raises(CannotRead):
        PersonalStore("broken")
    with pytest.raises(CannotRead):
        store.item(7)
