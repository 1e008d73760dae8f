"""Sequences of mail as officers bring them in: what they change in a thread, and what they do not."""

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.errors import ExitCode
from evidence_app.services.core.settings import change_setting
from tests.support import mails
from tests.support import outlook_files as outlook
from tests.support.entries import sample_entry
from tests.support.program import Result
from tests.support.stores import open_fast, seal_entry

CRN = "X000412"
REACTION = "<p>👍 Kim Dale reacted to your message:</p><blockquote>I hold 61 cases.</blockquote>"


class Desk:
    """A store whose owner's address is known, and a folder of mail to bring in."""

    def __init__(self, run_cli: Callable[..., Result], store: Path, folder: Path) -> None:
        self._run, self._store, self._folder = run_cli, store, folder
        folder.mkdir()
        with open_fast(store) as session:
            change_setting(session, "own_addresses", [mails.OFFICER])
            told = {
                "concern": f"{CRN} was not seen; I hold 61 cases.",
                "ask": "Move two cases.",
                "reply_by": "2025-05-02",
            }
            self.concern = seal_entry(session, sample_entry("concern", fields=told, case_ref=CRN)).index

    def run(self, *words: object) -> Result:
        return self._run(*words, store=self._store)

    def json(self, *words: object) -> Any:
        return self.run(*words, "--json").expect(0).json

    def file(self, name: str, content: bytes) -> Path:
        (self._folder / name).write_bytes(content)
        return self._folder / name

    def bring(self, *paths: Path, options: tuple[object, ...] = ("--seal",)) -> list[dict[str, Any]]:
        return self.json("import", *options, *paths)["files"]

    def raised_by_mail(self) -> int:
        """Draft the concern's mail, bring the sent copy in, and return its position."""
        out = self._folder / "draft.eml"
        self.json("draft", self.concern, "--to", "kim@probation.gov.uk", "--out", out)
        (sent,) = self.bring(self.file("sent.eml", sent_copy(out)))
        assert sent["state"] == "sent copy held"
        return int(sent["record"])

    def due(self) -> list[str]:
        return [each["id"] for each in self.json("chase")["chase"]]

    def thread(self) -> dict[str, Any]:
        found: dict[str, Any] = self.json("thread", self.concern)
        return found


def sent_copy(draft: Path) -> bytes:
    """Return a draft as the mail program sends it."""
    head = f"From: {mails.OFFICER}\r\nDate: {mails.SENT_DATE}\r\nMessage-ID: {mails.SENT_ID}\r\n"
    return head.encode() + draft.read_bytes().replace(b"X-Unsent: 1\r\n", b"")


@pytest.fixture
def desk(run_cli: Callable[..., Result], store_path: Path, tmp_path: Path) -> Desk:
    return Desk(run_cli, store_path, tmp_path / "desk")


# Drafts


def test_the_draft_that_was_just_written_is_recognised_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "draft.eml"
    made = desk.json("draft", desk.concern, "--to", "kim@probation.gov.uk", "--out", out)
    for options in (("--seal",), ()):
        (item,) = desk.bring(out, options=options)
        assert (item["what"], item["state"], item["record"], item["draft_of"]) == (
            "draft-file",
            None,
            None,
            made["record"],
        )
        assert "draft" not in item
    assert "It is not a sent copy" in desk.run("import", "--seal", out).expect(0).stdout
    assert f"sent-copy-{made['record']}" in desk.due(), "the sent copy is still waited for"


def test_a_draft_that_was_changed_in_the_mail_program_is_kept_as_a_draft(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "draft.eml"
    made = desk.json("draft", desk.concern, "--to", "kim@probation.gov.uk", "--out", out)
    changed = desk.file("changed.eml", out.read_bytes().replace(b"\r\n\r\n", b"\r\n\r\nDear Kim,\r\n", 1))
    (item,) = desk.bring(changed)
    assert (item["what"], item["state"]) == ("draft-file", None)
    fields = desk.json("show", item["record"])["fields"]
    assert (fields["direction"], fields["form"]) == ("neither", "draft file")
    assert "sent_at" not in fields
    assert "reply_by" not in fields
    assert f"sent-copy-{made['record']}" in desk.due()
    shapes = {step["record"]: step["words"] for step in desk.thread()["steps"]}
    assert shapes[item["record"]] == "A draft, not sent as far as the file shows"


def test_an_unsent_outlook_item_starts_no_clock(desk: Desk) -> None:
    properties = {
        outlook.MESSAGE_CLASS: "IPM.Note",
        outlook.SUBJECT: "Caseload",
        outlook.MESSAGE_FLAGS: 0x8,
        outlook.DELIVERY_TIME: datetime(2025, 4, 14, tzinfo=UTC),
        outlook.READ_REQUESTED: True,
        outlook.BODY: "x",
    }
    (item,) = desk.bring(desk.file("unsent.msg", outlook.msg(properties)))
    fields = desk.json("show", item["record"])["fields"]
    assert (item["what"], fields["direction"]) == ("draft-file", "neither")
    assert "sent_at" not in fields
    assert any("no time of sending" in remark for remark in fields["remarks"])
    assert not [each for each in desk.due() if each.startswith("receipt")]


# What answers nothing


def accepted(state: str = "ACCEPTED") -> bytes:
    event = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nDTSTART:20250420T130000Z\r\nATTENDEE;PARTSTAT={state}:mailto:{mails.MANAGER_ADDRESS}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    parts = [mails.part(["Content-Type: text/calendar; method=REPLY"], event)]
    head = [
        f"From: {mails.MANAGER}",
        f"To: {mails.OFFICER}",
        "Subject: Accepted: Supervision",
        f"Date: {mails.ANSWER_DATE}",
    ]
    return mails.multipart("alternative", parts, [*head, "Message-ID: <acc@x>", f"In-Reply-To: {mails.SENT_ID}"])


@pytest.mark.parametrize("which", ["reaction", "acceptance", "empty receipt"])
def test_a_thumb_an_acceptance_and_an_empty_receipt_are_no_answers(desk: Desk, which: str) -> None:
    desk.raised_by_mail()
    before = desk.due()
    raw, what, words = {
        "reaction": (
            mails.answer(
                f"In-Reply-To: {mails.SENT_ID}",
                "Content-Type: text/html; charset=utf-8",
                subject="Kim Dale reacted to your message: x",
                body=REACTION,
            ),
            "reaction",
            "Reaction from Kim Dale: 👍",
        ),
        "acceptance": (accepted(), "meeting-answer", "Answer of Kim Dale to an invitation: accepted"),
        "empty receipt": (
            mails.answer(f"In-Reply-To: {mails.SENT_ID}", subject="Read: Caseload", body=""),
            "perhaps-a-receipt",
            "Perhaps a receipt from Kim Dale, with nothing in it",
        ),
    }[which]
    (item,) = desk.bring(desk.file("it.eml", raw))
    assert (item["what"], item["match"]) == (what, "probable")
    thread = desk.thread()
    assert words in {step["words"] for step in thread["steps"]}, "it stands on the ladder, with who"
    assert "Answered" not in thread["state"]
    assert desk.due() == before, "and closes no wait"


def test_a_reply_after_a_thumb_answers(desk: Desk) -> None:
    desk.raised_by_mail()
    desk.bring(
        desk.file(
            "thumb.eml",
            mails.answer(
                f"In-Reply-To: {mails.SENT_ID}",
                "Content-Type: text/html",
                subject="x reacted to your message: y",
                body=REACTION,
            ),
        )
    )
    desk.bring(
        desk.file("reply.eml", mails.answer(f"In-Reply-To: {mails.SENT_ID}", "Message-ID: <two@x>", body="No.\r\n"))
    )
    assert "Answered" in desk.thread()["state"]


# Copies


def test_a_second_copy_of_a_mail_is_said_to_be_one_and_asks_for_nothing_again(desk: Desk) -> None:
    sent = desk.raised_by_mail()
    trace = b"Received: by mx.example.org; Mon, 14 Apr 2025 10:00:05 +0100\r\n"
    copy = trace + (desk._folder / "sent.eml").read_bytes() + b"\r\n-- \r\nSent through the team's list\r\n"
    before = desk.due()
    (item,) = desk.bring(desk.file("copy.eml", copy))
    assert (item["what"], item["another_copy_of"]) == ("another-copy", sent)
    assert desk.due() == before
    assert len(desk.json("thread")["threads"]) == 1, "no thread of its own"
    reply = mails.answer(f"In-Reply-To: {mails.SENT_ID}")
    (answer,) = desk.bring(desk.file("reply.eml", reply))
    assert answer["belongs_to"] == sent


def test_copies_that_come_in_together_are_told_whatever_their_names(desk: Desk) -> None:
    sent, trace = mails.sent(), b"Received: by mx.example.org; Mon, 14 Apr 2025 10:00:05 +0100\r\n"
    found = desk.bring(desk.file("a-list.eml", trace + sent), desk.file("b-sent.eml", sent))
    assert [each["what"] for each in found] == ["another-copy", "message"], (
        "the one that no server passed on is the message"
    )


def test_copies_kept_as_drafts_are_told_when_they_are_sealed(desk: Desk) -> None:
    sent, trace = mails.sent(), b"Received: by mx.example.org; Mon, 14 Apr 2025 10:00:05 +0100\r\n"
    kept = desk.bring(desk.file("sent.eml", sent), desk.file("copy.eml", trace + sent), options=())
    done = desk.json("drafts", "--seal", *(each["draft"] for each in kept))["sealed"]
    forms = [
        desk.json("show", each["record"] if "record" in each else each["index"])["fields"].get("form") for each in done
    ]
    assert forms == [None, "another copy"]


def test_another_mail_with_the_same_identifier_is_no_copy(desk: Desk) -> None:
    desk.bring(desk.file("sent.eml", mails.sent()))
    (item,) = desk.bring(desk.file("other.eml", mails.sent(body="I hold 30 cases.\r\n")))
    assert item["what"] == "message"
    assert any("has its Message-ID" in remark for remark in item["remarks"])


# Two messages with one identifier

OTHER_DATE = "Tue, 15 Apr 2025 11:00:00 +0100"


def other_sent(subject: str = "Another matter", to: str = "Ash Byrne <ash.byrne@example.org>") -> bytes:
    head = [
        f"From: {mails.OFFICER}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {OTHER_DATE}",
        f"Message-ID: {mails.SENT_ID}",
    ]
    return mails.mail(head, "Something else.\r\n")


def fields(recipient: str = mails.MANAGER_ADDRESS) -> str:
    return f"Final-Recipient: rfc822;{recipient}\r\nOriginal-Message-ID: {mails.SENT_ID}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"


def test_a_receipt_finds_the_message_that_it_describes_among_two_of_one_identifier(desk: Desk) -> None:
    first, second = desk.bring(desk.file("a.eml", mails.sent()), desk.file("b.eml", other_sent()))
    (one,) = desk.bring(desk.file("one.eml", mails.receipt(fields())))
    (two,) = desk.bring(desk.file("two.eml", mails.receipt(fields("ash.byrne@example.org"))))
    assert [(each["match"], each["belongs_to"]) for each in (one, two)] == [
        ("exact", first["record"]),
        ("exact", second["record"]),
    ]


def test_a_receipt_that_fits_both_offers_both_and_chooses_none(desk: Desk) -> None:
    first, second = desk.bring(desk.file("a.eml", mails.sent()), desk.file("b.eml", other_sent(to=mails.MANAGER)))
    (item,) = desk.bring(desk.file("it.eml", mails.receipt(fields())), options=())
    assert (item["match"], item["candidates"]) == ("probable", [first["record"], second["record"]])
    assert "belongs_to" not in item


# What comes before what it names


def test_a_receipt_whose_message_is_kept_as_a_draft_says_so_and_is_matched_when_that_is_sealed(desk: Desk) -> None:
    (kept,) = desk.bring(desk.file("sent.eml", mails.sent()), options=())
    (receipt,) = desk.bring(desk.file("read.eml", mails.receipt(fields())))
    assert any("kept as a draft" in remark for remark in receipt["remarks"])
    desk.json("drafts", "--seal", kept["draft"])
    shown = desk.json("show", receipt["record"])
    assert shown["matched_later"]["match"] == "exact"


# Drafts from the command line


def test_drafts_are_sealed_by_their_number_or_identity(desk: Desk) -> None:
    one, two, three = desk.bring(
        *(desk.file(f"{n}.eml", mails.sent(message_id=f"<{n}@x>", subject=f"Matter {n}")) for n in range(3)), options=()
    )
    listed = desk.run("drafts").expect(0).stdout.splitlines()
    number = next(line.split()[0] for line in listed if line.endswith("Matter 2"))
    assert "Matter 2" in desk.run("drafts", "--seal", number).expect(0).stdout
    done = desk.json("drafts", "--seal", two["draft"], one["draft"].lower())
    assert [each["draft"] for each in done["sealed"]] == [two["draft"], one["draft"]]
    assert desk.json("drafts")["drafts"] == []
    assert three["draft"]


@pytest.mark.parametrize("named", ["0", "7", "nobody", "-"])
def test_a_draft_that_is_not_there_seals_nothing(desk: Desk, named: str) -> None:
    (kept,) = desk.bring(desk.file("sent.eml", mails.sent()), options=())
    refused = desk.run("drafts", "--seal", kept["draft"], named).refused(ExitCode.INPUT)
    assert "Nothing was sealed" in refused
    assert len(desk.json("drafts")["drafts"]) == 1


def test_import_seals_what_is_kept_as_a_draft(desk: Desk) -> None:
    path = desk.file("sent.eml", mails.sent())
    desk.bring(path, options=())
    (item,) = desk.bring(path)
    assert item["sealed_draft"] is True
    assert isinstance(item["record"], int)
    assert desk.json("drafts")["drafts"] == []
    (again,) = desk.bring(path)
    assert again["duplicate_of"] == item["record"]


# Lists before taking in


def test_a_mailbox_is_listed_and_some_of_it_taken_in(desk: Desk) -> None:
    desk.raised_by_mail()
    letters = [
        mails.answer(f"In-Reply-To: {mails.SENT_ID}"),
        mails.mail(
            [
                "From: Shop <shop@shop.example>",
                "To: a@b.example",
                "Subject: Offers",
                "Date: Tue, 15 Apr 2025 09:00:00 +0100",
                "Message-ID: <o@shop>",
            ],
            "Buy.\r\n",
        ),
    ]
    box = b"".join(b"From - Tue Apr 15 09:00:00 2025\r\n" + each + b"\r\n\r\n" for each in letters)
    path = desk.file("Inbox", box)
    desk.file("Inbox.msf", b"// <!-- <mdb:mork:z v='1.4'/> -->")
    found = desk.json("import", "--list", path.parent)["found"]
    listed = [each for each in found if each["path"].endswith("Inbox")]
    assert [(each["subject"], each["fits"]) for each in listed] == [(f"RE: {mails.SUBJECT}", True), ("Offers", False)]
    assert not any("msf" in each["path"] for each in found)
    assert "Offers" in desk.run("import", "--list", path).expect(0).stdout
    assert "Offers" not in desk.run("import", "--list", "--fitting", path).expect(0).stdout
    size = len(desk.json("list")["records"])
    (second,) = desk.json("import", "--only", "2", path)["files"]
    assert second["what"] == "message"
    assert [each["what"] for each in desk.bring(path, options=("--fitting", "--seal"))] == ["reply"]
    assert len(desk.json("list")["records"]) == size + 1


@pytest.mark.parametrize(
    "words", [("--only", "3"), ("--only", "2-1"), ("--only", "x"), ("--only", "0"), ("--list", "--seal")]
)
def test_numbers_that_are_none_take_nothing_in(desk: Desk, words: tuple[str, ...]) -> None:
    path = desk.file("sent.eml", mails.sent())
    desk.run("import", *words, path).refused(ExitCode.INPUT)
    assert desk.json("drafts")["drafts"] == []


def test_a_data_file_of_outlook_that_cannot_be_read_says_what_to_do(desk: Desk) -> None:
    said = desk.run("import", desk.file("old.pst", b"!BDN" + bytes(600))).expect(ExitCode.INPUT).stdout
    expected = "cannot be read as a data file" if importlib.util.find_spec("pypff") else "drag them into a folder"
    assert expected in said


# People and times


def test_a_machine_is_never_among_the_people(desk: Desk) -> None:
    desk.raised_by_mail()
    bounce = mails.delivery_report(mails.recipient_row("kim@probation.gov.uk", "failed"), others=[mails.returned()])
    desk.bring(
        desk.file("bounce.eml", bounce),
        desk.file(
            "n.eml",
            mails.mail(
                [
                    "From: Intranet <noreply@x.example>",
                    "To: a@b.example",
                    "Subject: x",
                    f"Date: {mails.SENT_DATE}",
                    "Message-ID: <n@x>",
                ],
                "x",
            ),
        ),
    )
    names = [each["name"].lower() for each in desk.json("people")["people"]]
    assert not [name for name in names if "daemon" in name or "delivery" in name or "intranet" in name]


def test_an_own_mail_from_exchange_is_recognised(desk: Desk) -> None:
    properties = {
        outlook.MESSAGE_CLASS: "IPM.Note",
        outlook.SUBJECT: "Caseload",
        outlook.SUBMIT_TIME: datetime(2025, 4, 14, 9, 0, tzinfo=UTC),
        outlook.SENT_FOR_NAME: "Sam Rowe",
        outlook.SENT_FOR_ADDRESS: "/O=EASTHAVEN/OU=X/CN=RECIPIENTS/CN=SROWE",
        outlook.CREATOR_SMTP: "sam.rowe@easthaven.justice.example",
        outlook.BODY: "I hold 61 cases.",
    }
    (item,) = desk.bring(desk.file("sent.msg", outlook.msg(properties)))
    assert item["state"] == "sent copy held"
    assert desk.json("show", item["record"])["fields"]["from"] == mails.OFFICER


def test_a_mail_without_a_known_zone_stands_about_its_own_day(desk: Desk) -> None:
    raw = mails.sent(message_id="<z@x>").replace(mails.SENT_DATE.encode(), b"Thu, 09 Jan 2025 23:30:00 BST")
    future = mails.sent(message_id="<f@x>").replace(mails.SENT_DATE.encode(), b"Thu, 09 Jan 2099 23:30:00 +0000")
    first, second = desk.bring(desk.file("zone.eml", raw), desk.file("future.eml", future))
    shown = desk.json("show", first["record"])
    assert (shown["event_at"], shown["event_precision"]) == ("2025-01-09T23:30:00Z", "about")
    assert any("time is about" in remark for remark in first["remarks"])
    assert any("lies in the future" in remark for remark in second["remarks"])


def test_an_invitation_says_when_and_where(desk: Desk) -> None:
    (item,) = desk.bring(desk.file("it.eml", accepted("DECLINED")))
    fields = desk.json("show", item["record"])["fields"]
    assert (fields["form"], fields["responded"]) == ("meeting answer", "declined")
    assert {"what": "Begins", "text": "Sun 20 Apr 2025, 14:00"} in fields["details"]
