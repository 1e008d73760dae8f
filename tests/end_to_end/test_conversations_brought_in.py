"""Conversations of telephones and Teams are brought in like mail: as what they are, with the thread that they belong to."""

import json
from pathlib import Path

import pytest

from evidence_app.domain.progress import never, no_progress
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session
from evidence_app.services.mail.import_items import Item
from evidence_app.services.mail.importing import open_import
from tests.support.bundles import concern, seal_with
from tests.support.entries import CASE
from tests.support.program import REPOSITORY
from tests.unit.test_office_readers import GRAPH

TALK = "12/05/2026, 14:01 - Kim Dale: just do your best\n12/05/2026, 14:02 - Sam Rowe: weekly or not?\n"


def brought_in(session: Session, path: Path, *, about: int | None = None) -> Item:
    mail_import = open_import(session)
    mail_import.look([path], no_progress, never)
    if about is not None:
        mail_import.belongs_to(0, about)
    (item,) = mail_import.take_in(sealing=True, progress=no_progress)
    return item


def chat(folder: Path, content: bytes = TALK.encode(), name: str = "chat with Kim.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_conversation_belongs_to_the_thread_that_names_somebody_in_it(session: Session, tmp_path: Path) -> None:
    first = seal_with(
        session, concern("too few visits", fields={"raised_with": {"person": "Kim Dale"}}, case_ref=CASE), {}
    )
    item = brought_in(session, chat(tmp_path))
    assert item.to_json()["what"] == "conversation"
    assert item.to_json()["belongs_to"] == first
    assert item.match_in_words() == f"probable match: the thread of record {first}"
    assert item.record is not None
    record = session.store.records.get(item.record)
    assert (record.kind.name, record.case_ref) == ("note", CASE)
    assert list(record.links) == [(first, "about")]
    assert record.fields["text"] == (
        "Conversation of 2 messages, 12/05/2026, 14:01 to 12/05/2026, 14:02: Kim Dale, Sam Rowe. "
        "The file, kept as it came: chat with Kim.txt"
    )
    (attachment,) = record.attachments
    assert b"".join(session.store.attachments.stream(attachment.sha256)) == TALK.encode()


def test_where_several_threads_fit_a_person_says_which(session: Session, tmp_path: Path) -> None:
    places = [
        seal_with(session, concern(words, fields={"raised_with": {"person": "Kim Dale"}}), {})
        for words in ("one", "two")
    ]
    mail_import = open_import(session)
    (item,) = mail_import.look([chat(tmp_path)], no_progress, never)
    assert item.to_json()["candidates"] == places
    assert item.match_in_words() == "2 threads fit: choose one"
    assert item.may_be_tied
    item = mail_import.belongs_to(0, places[1])
    assert item.to_json()["match"] == "by hand"
    assert mail_import.belongs_to(0, None).to_json()["candidates"] == places
    with pytest.raises(InputError):
        mail_import.belongs_to(0, 99)
    mail_import.belongs_to(0, places[0])
    (taken,) = mail_import.take_in(sealing=True, progress=no_progress)
    assert taken.record is not None
    assert list(session.store.records.get(taken.record).links) == [(places[0], "about")]


def test_a_conversation_of_strangers_belongs_to_nothing(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("too few visits", fields={"raised_with": {"person": "Kim Daley"}}), {})
    item = brought_in(session, chat(tmp_path))
    assert item.to_json()["match"] == "none"
    assert item.match_in_words() == "no thread that is held names these people"
    assert item.record is not None
    assert list(session.store.records.get(item.record).links) == []


def test_the_owner_who_is_in_every_conversation_ties_it_to_nothing(session: Session, tmp_path: Path) -> None:
    owner = str(session.owner["person"])
    seal_with(session, concern("too few visits", fields={"raised_with": {"person": owner}}), {})
    item = brought_in(session, chat(tmp_path, TALK.replace("Sam Rowe", owner).encode()))
    assert owner in item.in_words()
    assert item.to_json()["match"] == "none"


def test_archives_and_json_are_conversations_and_other_files_are_files(session: Session, tmp_path: Path) -> None:
    archive = (REPOSITORY / "tests/samples/office/chat-ios.zip").read_bytes()
    assert brought_in(session, chat(tmp_path, archive, "chat.zip")).to_json()["what"] == "conversation"
    teams = brought_in(session, chat(tmp_path, json.dumps(GRAPH).encode(), "teams.json"))
    assert teams.in_words() == "Conversation of 2 messages, 2026-05-12T14:03:00Z to 2026-05-12T14:05:00Z: Bot, K. Dale"
    assert brought_in(session, chat(tmp_path, b"a text", "plain.txt")).to_json()["what"] == "attachment"
    again = brought_in(session, chat(tmp_path, archive, "chat again.zip"))
    assert "Held already" in again.in_words() or again.duplicate_of is not None
