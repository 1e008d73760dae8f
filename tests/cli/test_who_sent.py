"""Who sent a mail is never guessed: names, headers and the log show it, or a person says it; and what a sent mail is about can be said afterwards."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.support.entries import note
from tests.support.stores import open_fast, seal_entry

CONCERN = {
    "kind": "concern",
    "event_at": "2026-03-12",
    "event_precision": "date only",
    "fields": {"concern": "61 cases on four days.", "ask": "Weekly again.", "reply_by": "2026-03-20"},
}


def mail(path: Path, *, sender: str, to: str, more: str = "", words: str = "About the caseload.") -> Path:
    path.write_text(
        f"From: {sender}\r\nTo: {to}\r\n{more}Subject: Caseload\r\nDate: Thu, 12 Mar 2026 10:00:00 +0000\r\n"
        f"Message-ID: <{path.stem}@easthaven.example>\r\n\r\n{words}\r\n"
    )
    return path


@pytest.fixture
def owner(store_path: Path) -> str:
    """The owner's surname and first letter, as an address has them."""
    with open_fast(store_path, writable=False) as session:
        forename, surname = str(session.owner["person"]).replace(".", "").split()
    return f"{forename[0]}.{surname}".lower()


def sealed(run_cli: Run, store: Path, *words: Any) -> dict[str, Any]:
    (only,) = run_cli("import", "--seal", "--json", *words, store=store).json["files"]
    return only


def direction(store: Path, index: int) -> str:
    with open_fast(store, writable=False) as session:
        return str(session.store.records.get(index).fields.get("direction"))


def test_the_answer_of_a_manager_is_received(store_path: Path, tmp_path: Path, run_cli: Run, owner: str) -> None:
    """No own address is set: that it is addressed to the owner shows it."""
    path = mail(tmp_path / "reply.eml", sender="Gary Tranter <g.tranter@x.example>", to=f"{owner}@x.example")
    done = sealed(run_cli, store_path, path)
    assert direction(store_path, done["record"]) == "received"
    assert "no own address was set" in str(done["remarks"])


def test_a_mail_from_the_owners_name_is_sent(store_path: Path, tmp_path: Path, run_cli: Run, owner: str) -> None:
    path = mail(tmp_path / "sent.eml", sender=f"{owner}@x.example", to="Gary Tranter <g.tranter@x.example>")
    assert direction(store_path, sealed(run_cli, store_path, path)["record"]) == "sent"


def test_what_answers_a_message_that_was_sent_is_received(
    store_path: Path, tmp_path: Path, run_cli: Run, owner: str
) -> None:
    first = mail(tmp_path / "first.eml", sender=f"{owner}@x.example", to="duty@x.example")
    sealed(run_cli, store_path, first)
    more = "In-Reply-To: <first@easthaven.example>\r\n"
    answer = mail(tmp_path / "answer.eml", sender="duty@x.example", to="easthaven@x.example", more=more)
    assert direction(store_path, sealed(run_cli, store_path, answer)["record"]) == "received"


def test_what_shows_no_sender_is_not_sealed_until_a_person_says_it(
    store_path: Path, tmp_path: Path, run_cli: Run
) -> None:
    path = mail(tmp_path / "team.eml", sender="Easthaven duty <duty@x.example>", to="all@x.example")
    listed = run_cli("import", "--list", path, store=store_path).expect(0).stdout
    assert "sent or received: nothing shows which" in listed
    refused = run_cli("import", "--seal", path, store=store_path).expect(2)
    assert "Nothing shows whether you sent it or received it, so it is not sealed." in refused.stdout
    assert "“--sent” or “--received” says which" in refused.stdout
    done = sealed(run_cli, store_path, "--sent", path)
    assert direction(store_path, done["record"]) == "sent"


def test_a_draft_of_such_a_mail_has_no_direction_and_asks_for_it(
    store_path: Path, tmp_path: Path, run_cli: Run
) -> None:
    path = mail(tmp_path / "team.eml", sender="Easthaven duty <duty@x.example>", to="all@x.example")
    run_cli("import", path, store=store_path).expect(0)
    assert "Direction" in run_cli("drafts", "--seal", "1", store=store_path).refused(2)


def test_a_sent_mail_is_tied_to_a_concern(store_path: Path, tmp_path: Path, run_cli: Run, owner: str) -> None:
    with open_fast(store_path) as session:
        concern = seal_entry(session, CONCERN).index
    path = mail(tmp_path / "sent.eml", sender=f"{owner}@x.example", to="g.tranter@x.example")
    done = sealed(run_cli, store_path, "--for", concern, path)
    with open_fast(store_path, writable=False) as session:
        assert session.store.records.get(done["record"]).links == [(concern, "about")]
    reply = mail(tmp_path / "reply.eml", sender="Gary Tranter <g.tranter@x.example>", to=f"{owner}@x.example")
    answered = sealed(run_cli, store_path, "--for", concern, reply)
    with open_fast(store_path, writable=False) as session:
        assert session.store.records.get(answered["record"]).links == [(concern, "answers")]
    assert "Answered after 0 working days" in run_cli("thread", concern, store=store_path).expect(0).stdout


def test_a_mail_that_is_sealed_already_is_tied_by_a_note(
    store_path: Path, tmp_path: Path, run_cli: Run, owner: str
) -> None:
    with open_fast(store_path) as session:
        concern = seal_entry(session, CONCERN).index
    path = mail(tmp_path / "sent.eml", sender=f"{owner}@x.example", to="g.tranter@x.example")
    held = sealed(run_cli, store_path, path)["record"]
    tied = run_cli("import", "--seal", "--for", concern, path, store=store_path).expect(0)
    assert f"Held already as record {held}, tied to record {concern}" in tied.stdout
    ladder = run_cli("thread", concern, store=store_path).expect(0).stdout
    assert "the sent copy is held" in ladder
    again = run_cli("import", "--seal", "--for", concern, path, store=store_path).expect(2)
    assert f"Record {held} is tied to record {concern} already." in again.stdout
    run_cli("check", store=store_path).expect(0)


def test_what_a_mail_cannot_belong_to_is_refused(store_path: Path, tmp_path: Path, run_cli: Run, owner: str) -> None:
    with open_fast(store_path) as session:
        index = seal_entry(session, note("A note.")).index
    path = mail(tmp_path / "sent.eml", sender=f"{owner}@x.example", to="g.tranter@x.example")
    said = run_cli("import", "--seal", "--for", index, path, store=store_path).refused(2)
    assert (
        f"Record {index} is a note: name a record that is a message, or raises, instructs or decides something." in said
    )
    said = run_cli("import", "--list", "--sent", path, store=store_path).refused(2)
    assert "--list keeps nothing" in said
