"""A concern from draft e-mail to verified bundle: draft, sent copy, receipts, reply, thread, chase, bundle, verify."""

import email
import email.policy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import mail_round_trip, mails
from tests.support.program import Result, run
from tests.support.stores import WORDS, copy_of

CRN = "X000412"
CONCERN = {
    "kind": "concern",
    "event_at": "2025-04-14T09:00",
    "event_precision": "exact",
    "case_ref": CRN,
    "fields": {
        "concern": f"{CRN} (Robin Ashe, 07700 900123) has had no visit; I hold 61 cases.",
        "raised_with": {"person": "Kim Dale", "role": "Senior probation officer"},
        "ask": "Move two cases.",
        "reply_by": "2025-04-24",
    },
}
SILENT = CONCERN | {"fields": {"concern": "No cover in May.", "ask": "Name a cover.", "reply_by": "2025-04-22"}}
LATE_SENT = 10
UNRECEIPTED = "<unreceipted@easthaven.justice.example>"


class Round:
    """One store, one command after another."""

    def __init__(self, store: Path) -> None:
        self.store, self.folder, self.said = store, store.parent, dict[str, Any]()
        (self.folder / "words.txt").write_text(WORDS, encoding="utf-8")

    def run(self, *words: object, **more: object) -> Result:
        opening = ("--store", self.store, "--passphrase-file", self.folder / "words.txt")
        return run(*words, *opening, "--json", home=self.folder / "home", **more).expect(0)

    def bring(self, **files: bytes) -> list[dict[str, Any]]:
        for name, content in files.items():
            (self.folder / f"{name}.eml").write_bytes(content)
        return self.run("import", "--seal", *(self.folder / f"{name}.eml" for name in files)).json["files"]


@pytest.fixture(scope="module")
def done(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The whole round, made once. Record 1 is the concern, record 2 one that is never answered."""
    made = Round(copy_of(new_store, tmp_path_factory.mktemp("round") / "store"))
    made.run("seal", "-", stdin="\n".join(map(json.dumps, (CONCERN, SILENT))).encode())
    made.run("settings", "own_addresses", "sam.rowe@easthaven.justice.example")
    made.run("settings", "people", f"Kim Dale; Senior probation officer; {mails.MANAGER_ADDRESS}")
    made.run("settings", "client_names", "Robin Ashe")
    out = made.folder / "draft.eml"
    made.said["draft"] = made.run("draft", 1, "--out", out).json
    made.said["head"] = made.said["draft"]["head"]
    # The receipt stands before the sent copy on purpose: the order of files decides nothing.
    made.said["back"] = made.bring(
        a_read=mails.CLIENTS["exchange"]("displayed"),
        b_sent=mail_round_trip.sent_copy(out.read_bytes()),
        c_delivered=mails.delivery_report(mails.recipient_row(mails.MANAGER_ADDRESS, "delivered", status="2.0.0")),
        d_away=mails.answer("Auto-Submitted: auto-replied", f"In-Reply-To: {mails.SENT_ID}", body="I am away.\r\n"),
    )
    made.said["open"] = made.run("thread", 1).json
    made.said["reply"] = made.bring(reply=mail_round_trip.reply_quoting(out.read_bytes()))
    late = made.folder / "late.eml"
    made.run("draft", 2, "--out", late)
    made.bring(late_sent=mail_round_trip.sent_copy(late.read_bytes(), UNRECEIPTED))
    made.said["thread"] = made.run("thread", 1).json
    made.said["chase"] = made.run("chase").json["chase"]
    made.said["silence"] = made.run("chase", "--seal", "reply-2").json
    made.said["no receipt"] = made.run("chase", "--seal", f"receipt-{LATE_SENT}").json
    return made


@pytest.fixture
def draft(done: Round) -> bytes:
    return (done.folder / "draft.eml").read_bytes()


# The draft


def test_the_draft_is_for_another_program_to_send(draft: bytes) -> None:
    message = email.message_from_bytes(draft, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert "sam.rowe@easthaven.justice.example" in message["Disposition-Notification-To"]
    assert message["To"] == f"Kim Dale <{mails.MANAGER_ADDRESS}>"
    for absent in ("Date", "Message-ID", "From", "Sender", "Bcc"):
        assert message[absent] is None, f"{absent} is the mail program's to write"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert not message.defects


def test_the_draft_ends_in_the_checkpoint_line_and_asks_by_a_date(done: Round, draft: bytes) -> None:
    lines = mail_round_trip.text_of(draft).splitlines()
    assert lines[-1] == done.said["head"]
    assert lines[-1].split(" ")[1] == "3", "everything before the draft is what it vouches for"
    assert lines[-1].startswith("evidence-trail/")
    assert any(line.startswith("Please reply by ") and "(5 working days)" in line for line in lines)
    assert set(done.said["draft"]) == {
        "file", "record", "code", "about", "subject", "reply_by", "identifiers_replaced", "head", "warnings", "pseudonyms",
    }  # fmt: skip
    assert (done.said["draft"]["record"], done.said["draft"]["about"]) == (3, 1)
    assert any("Request a Read Receipt" in warning for warning in done.said["draft"]["warnings"])


def test_the_draft_holds_nothing_that_identifies_a_client(done: Round, draft: bytes) -> None:
    message = email.message_from_bytes(draft, policy=email.policy.default)
    for text in (draft.decode(), mail_round_trip.text_of(draft), message["Subject"]):
        for what in (CRN, "Robin", "Ashe", "07700"):
            assert what not in text, f"the office is not on the allow-list, and {what} is in the mail"
    assert "client A (client B, [telephone number withheld]) has had no visit" in mail_round_trip.text_of(draft)
    assert done.said["draft"]["identifiers_replaced"] == 3
    assert done.said["draft"]["pseudonyms"] == {"client A": CRN, "client B": "Robin Ashe"}, (
        "the officer is not told what was replaced"
    )


# What comes back


def test_each_returned_mail_is_classified(done: Round) -> None:
    found = [(each["what"], each["state"], each["match"]) for each in done.said["back"]]
    assert found == [
        ("mail-receipt", "displayed", "exact"),
        ("message", "sent copy held", "none"),
        ("delivery-report", "delivered", "exact"),
        ("automatic-reply", None, "probable"),
    ]
    sent = done.said["back"][1]["record"]
    assert [each.get("belongs_to") for each in done.said["back"]] == [sent, None, sent, sent]
    assert min(each["record"] for each in done.said["back"]) == sent, "what was sent is sealed first"
    for each in done.said["back"] + done.said["reply"]:
        assert set(each) >= {"path", "what", "state", "match", "record"}


def test_the_sent_copy_carries_out_the_draft_and_answers_count_from_it(done: Round) -> None:
    sent = done.run("show", done.said["back"][1]["record"]).json
    assert {(link["to"], link["as"]) for link in sent["links"]} == {(3, "carries out"), (1, "about")}
    assert sent["case_ref"] == CRN
    assert sent["fields"]["reply_by"] == done.said["draft"]["reply_by"]
    assert sent["fields"]["receipt_requested"] == "read"


def test_a_receipt_and_an_automatic_reply_leave_it_unanswered(done: Round) -> None:
    thread = done.said["open"]
    assert thread["opened_according_to_a_receipt"] is True
    assert {ask["settled_by"] for ask in thread["asked"]} == {None}
    assert thread["receipts_not_come"] == []


def test_a_reply_that_quotes_the_checkpoint_is_an_outside_clock(done: Round) -> None:
    (reply,) = done.said["reply"]
    assert (reply["what"], reply["match"], reply["outside_clock"]) == ("reply", "probable", [done.said["head"]])
    record = done.run("show", reply["record"]).json
    assert record["fields"]["quoted_heads"] == [done.said["head"]]
    assert record["fields"]["direction"] == "received"
    assert record["attachments"] == ["reply.eml"], "its exact bytes are kept"


def test_the_thread_ends_in_the_reply(done: Round) -> None:
    thread = done.said["thread"]
    by_record = {step["record"]: step["step"] for step in thread["steps"]}
    assert [by_record[record] for record in sorted(by_record)] == [
        "sealed by me",
        "drafted",
        "sent",
        "receipt or report",
        "opened according to the receipt",
        "receipt or report",
        "received",
    ]
    (reply,) = done.said["reply"]
    assert {ask["settled_by"] for ask in thread["asked"]} == {reply["record"]}
    assert thread["state"].startswith("Answered after ")
    opened = next(step for step in thread["steps"] if step["step"].startswith("opened"))
    assert "Not proof that it was read" in opened["limit"]
    assert "Exact match" in opened["limit"]
    printed = run(
        "thread", 1, "--store", done.store, "--passphrase-file", done.folder / "words.txt", home=done.folder / "home"
    ).expect(0)
    for step in thread["steps"]:
        assert step["words"] in printed.stdout
        assert step["limit"] in printed.stdout


# Silence


def test_overdue_items_are_chased_and_settled_ones_are_not(done: Round) -> None:
    chased = {each["id"]: each for each in done.said["chase"]}
    assert set(chased) == {"reply-2", f"receipt-{LATE_SENT}", f"reply-{LATE_SENT}"}
    assert chased[f"reply-{LATE_SENT}"]["overdue_by"] == 0, "the date in the mail is still ahead"
    assert set(chased["reply-2"]) == {"id", "sort", "record", "what", "since", "due", "working_days", "overdue_by"}
    assert chased["reply-2"]["due"] == "2025-04-22"
    assert chased["reply-2"]["overdue_by"] > 100


def test_silence_becomes_a_sealed_event_once(done: Round) -> None:
    silence = done.run("show", done.said["silence"]["index"]).json
    assert (silence["kind"], silence["fields"]["effect"]) == ("response", "no answer by the date")
    assert silence["links"] == [{"to": 2, "as": "answers"}]
    thread = done.run("thread", 2).json
    assert "silence" in [step["step"] for step in thread["steps"]]
    assert any(ask["state"].startswith("No answer by Tue 22 Apr 2025") for ask in thread["asked"])
    again = ("chase", "--seal", "reply-2", "--store", done.store, "--passphrase-file", done.folder / "words.txt")
    assert "nothing to chase" in run(*again, home=done.folder / "home").refused(2)


def test_a_missing_receipt_becomes_a_sealed_event(done: Round) -> None:
    sealed = done.run("show", done.said["no receipt"]["index"]).json
    assert (sealed["kind"], sealed["fields"]["type"]) == ("mail-receipt", "none received")
    assert sealed["links"] == [{"to": LATE_SENT, "as": "receipt for"}]
    assert sealed["fields"]["for_message_id"] == UNRECEIPTED
    step = next(s for s in done.run("thread", 2).json["steps"] if s["record"] == sealed["index"])
    assert step["step"] == "silence"
    assert "does not show that the message was not opened" in step["limit"]
    assert [each["id"] for each in done.run("chase").json["chase"]] in ([], [f"reply-{LATE_SENT}"])


def test_the_bundle_verifies_and_names_the_outside_clock(done: Round) -> None:
    out = done.folder / "trail.pdf"
    done.run("bundle", "--profile", "officer", "--out", out)
    report = run("verify", out, "--json", home=done.folder / "home").expect(0).json
    assert report["verdict"] == "verified"
    assert "outside clock 1" in [check["name"] for check in report["checks"]]
    said = run("verify", out, home=done.folder / "home").expect(0).stdout
    assert "Outside clock 1: Mail in record " in said
    assert mails.MANAGER_ADDRESS in said
    assert "positions 0 to 2" in said
    assert done.run("check").json["verdict"] == "verified"
