"""The command-line contract of import, draft, thread, chase and settings."""

import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.errors import ExitCode, InputError
from evidence_app.services.core.settings import change_setting
from tests.support import mails
from tests.support import outlook_files as outlook
from tests.support.entries import note, sample_entry
from tests.support.stores import make_store, open_fast, seal_entry

SHAPE = {"path", "what", "state", "match", "record"}
CRN = "X000412"
MSG = {
    outlook.MESSAGE_CLASS: "REPORT.IPM.Note.IPNRN",
    outlook.SUBJECT: f"Read: {mails.SUBJECT}",
    outlook.SUBMIT_TIME: datetime(2025, 4, 15, 8, 30, tzinfo=UTC),
    outlook.SENDER_NAME: "Kim Dale",
    outlook.SENDER_SMTP: mails.MANAGER_ADDRESS,
    outlook.ORIGINAL_MESSAGE_ID: mails.SENT_ID,
}


def concern(**more: Any) -> dict[str, Any]:
    told = {"concern": f"{CRN} was not seen; I hold 61 cases.", "ask": "Move two cases."}
    return sample_entry("concern", fields=told | more, case_ref=CRN)


@pytest.fixture
def concerned(store_path: Path) -> Path:
    """A store whose record 1 is a concern."""
    with open_fast(store_path) as session:
        seal_entry(session, concern())
    return store_path


@pytest.fixture
def post(tmp_path: Path):
    """Return what writes files and returns their paths."""
    folder = tmp_path / "post"
    folder.mkdir()

    def write(**files: bytes) -> list[Path]:
        paths = [folder / name.replace("__", ".") for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        return paths

    return write


def brought(run_cli, store: Path, *words: object, code: int = 0) -> list[dict[str, Any]]:
    """Import, check the shape, and return what is said of each file."""
    done = run_cli("import", *words, "--json", store=store).expect(code)
    assert set(done.json) == {"files"}
    for each in done.json["files"]:
        assert set(each) >= SHAPE
        assert each["match"] in {"exact", "probable", "by hand", "none"}
    return done.json["files"]


def count(run_cli, store: Path) -> int:
    return len(run_cli("list", "--json", store=store).expect(0).json["records"])


# import


def test_import_without_seal_saves_drafts(store_path: Path, post, run_cli) -> None:
    paths = post(sent__eml=mails.sent(), read__eml=mails.CLIENTS["exchange"]("displayed"))
    first = brought(run_cli, store_path, *paths)
    assert [(each["what"], each["record"], bool(each["draft"])) for each in first] == [
        ("message", None, True),
        ("mail-receipt", None, True),
    ]
    assert first[1]["match"] == "exact", "what came in with it is matched"
    again = brought(run_cli, store_path, *paths)
    assert all(each["duplicate_of_draft"] and "draft" not in each for each in again)
    assert count(run_cli, store_path) == 1, "a draft is not sealed"


def test_importing_twice_is_noticed(store_path: Path, post, run_cli) -> None:
    first, copy = post(sent__eml=mails.sent(), copy__eml=mails.sent())
    sealed = brought(run_cli, store_path, "--seal", first, copy)
    assert [each["record"] for each in sealed] == [1, None], "the same bytes under two names are one record"
    assert sealed[1]["duplicate_of"] == 1
    again = brought(run_cli, store_path, "--seal", copy)
    assert [(each["record"], each["duplicate_of"]) for each in again] == [(None, 1)]
    assert "Held already as record 1" in run_cli("import", "--seal", first, store=store_path).expect(0).stdout


def test_one_unreadable_file_does_not_stop_the_others(store_path: Path, post, tmp_path: Path, run_cli) -> None:
    paths = post(
        empty__eml=b"",
        noise__eml=bytes(range(256)) * 40,
        sent__eml=mails.sent(),
        plain__txt=b"only a note",
        noise__msg=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    )
    loop = tmp_path / "loop.eml"
    loop.symlink_to(loop)
    found = brought(run_cli, store_path, "--seal", tmp_path / "absent" / "gone.eml", loop, *paths)
    assert [each["what"] for each in found] == [
        "unreadable",
        "unreadable",
        "unreadable",
        "unreadable",
        "message",
        "attachment",
        "unreadable",
    ]
    assert ["fault" in each for each in found] == [True, True, *[False] * 5]
    assert sorted(each["record"] for each in found[2:]) == [1, 2, 3, 4, 5], "whatever was read is kept"
    assert run_cli("check", "--json", store=store_path).expect(0).json["verdict"] == "verified"


def test_only_unreadable_files_exit_with_2_and_are_listed(store_path: Path, tmp_path: Path, run_cli) -> None:
    found = brought(run_cli, store_path, "--seal", tmp_path / "gone.eml", code=ExitCode.INPUT)
    assert "cannot be read" in found[0]["fault"]
    assert (found[0]["state"], found[0]["match"], found[0]["record"]) == (None, "none", None)


def test_a_pipe_without_a_writer_does_not_hang(store_path: Path, post, tmp_path: Path, run_cli) -> None:
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)
    words = ("import", "--seal", "--json", pipe, *post(sent__eml=mails.sent()))
    done = run_cli(*words, store=store_path, before=lambda: signal.alarm(15)).expect(0)
    assert ["fault" in each for each in done.json["files"]] == [True, False]


def test_a_mailbox_of_one_mail_gives_a_mail(store_path: Path, post, run_cli) -> None:
    (box,) = post(one__mbox=mails.mbox(mails.sent()))
    (found,) = brought(run_cli, store_path, "--seal", box)
    assert (found["name"], found["what"]) == ("one.mbox-1.eml", "message")


def test_a_folder_with_every_type_of_file(store_path: Path, post, tmp_path: Path, run_cli) -> None:
    second = mails.sent(message_id="<sent-2@easthaven.justice.example>", subject="Leave in May")
    (box,) = post(all__mbox=mails.mbox(mails.sent(), second))
    below = box.parent / "sub"
    below.mkdir()
    (below / "read.msg").write_bytes(outlook.msg(MSG))
    named = {outlook.ORIGINAL_MESSAGE_ID: mails.SENT_ID}
    (below / "winmail.dat").write_bytes(outlook.tnef("IPM.Microsoft Mail.Read Receipt", named))
    (below / "reply.eml").write_bytes(mails.with_line_ends(mails.answer(f"In-Reply-To: {mails.SENT_ID}"), b"\r"))
    (tmp_path / "outside.eml").write_bytes(mails.sent(message_id="<outside@office.example>"))
    (below / "link.eml").symlink_to(tmp_path / "outside.eml")
    (box.parent / "linked").symlink_to(tmp_path)
    with open_fast(store_path) as session:
        change_setting(session, "own_addresses", [mails.OFFICER])
    found = brought(run_cli, store_path, "--seal", box.parent)
    named = {each.get("name") or Path(each["path"]).name: each for each in found}
    told = {name: (each["what"], each["state"], each["match"]) for name, each in named.items()}
    assert told == {
        "all.mbox-1.eml": ("message", "sent copy held", "none"),
        "all.mbox-2.eml": ("message", "sent copy held", "none"),
        "read.msg": ("mail-receipt", "displayed", "exact"),
        "winmail.dat": ("mail-receipt", "displayed", "exact"),
        "reply.eml": ("reply", None, "probable"),
    }, "links are not followed"
    sent = named["all.mbox-1.eml"]["record"]
    assert {named[name]["belongs_to"] for name in ("read.msg", "winmail.dat", "reply.eml")} == {sent}
    assert sorted(each["record"] for each in found) == [1, 2, 3, 4, 5]


def test_a_receipt_for_an_unknown_message_is_shown_as_what_it_is(store_path: Path, post, run_cli) -> None:
    (receipt,) = brought(run_cli, store_path, "--seal", *post(read__eml=mails.CLIENTS["exchange"]("displayed")))
    assert (receipt["what"], receipt["state"], receipt["match"]) == ("mail-receipt", "displayed", "none")
    assert "belongs_to" not in receipt
    fields = run_cli("show", receipt["record"], "--json", store=store_path).json["fields"]
    assert "match" not in fields
    assert "It names a message that is not held." in fields["remarks"]
    # When its message comes, it joins the thread and is matched with it. What was sealed stays as it was.
    brought(run_cli, store_path, "--seal", *post(sent__eml=mails.sent()))
    assert "match" not in run_cli("show", receipt["record"], "--json", store=store_path).json["fields"]
    steps = run_cli("thread", 2, "--json", store=store_path).expect(0).json["steps"]
    assert {step["record"] for step in steps} == {1, 2}
    limit = next(step["limit"] for step in steps if step["record"] == 1)
    assert "Not matched" not in limit
    assert "The message that it names came in later, as record 2: exact match." in limit
    assert "came in later, as record 2: exact match." in run_cli("show", receipt["record"], store=store_path).stdout


def test_a_manual_match_stays_labelled_as_manual(store_path: Path, post, run_cli) -> None:
    (sent,) = brought(run_cli, store_path, "--seal", *post(sent__eml=mails.sent()))
    unnamed = post(read__eml=mails.CLIENTS["thunderbird_without_identifier"]("displayed"))
    assert brought(run_cli, store_path, *unnamed)[0]["match"] == "none"
    other = post(other__eml=mails.CLIENTS["roundcube_empty_identifier"]("displayed"))
    (receipt,) = brought(run_cli, store_path, "--seal", "--for", sent["record"], *other)
    assert (receipt["match"], receipt["belongs_to"]) == ("by hand", sent["record"])
    shown = run_cli("show", receipt["record"], "--json", store=store_path).json
    assert shown["fields"]["match"] == "by hand"
    assert shown["links"] == [{"to": sent["record"], "as": "receipt for"}]
    before = count(run_cli, store_path)
    for wrong in (receipt["record"], 0, 999):
        run_cli("import", "--seal", "--for", wrong, *unnamed, store=store_path).refused(ExitCode.INPUT)
    assert count(run_cli, store_path) == before


def test_a_machine_that_is_not_the_employers_stores_no_files_or_addresses(tmp_path: Path, post, run_cli) -> None:
    store = tmp_path / "other"
    make_store(store, owner="A. Practitioner", machine="other")
    run_cli("settings", "own_addresses", mails.OFFICER, store=store).expect(0)
    paths = post(sent__eml=mails.sent(), read__eml=mails.CLIENTS["exchange"]("displayed"))
    kept = brought(run_cli, store, *paths, code=ExitCode.INPUT)
    assert all("not the employer's" in each["fault"] for each in kept), "files are not kept as drafts there"
    found = brought(run_cli, store, "--seal", *paths)
    assert [(each["what"], each["match"], each["record"]) for each in found] == [
        ("message", "none", 1),
        ("mail-receipt", "exact", 2),
    ]
    for record in (1, 2):
        shown = run_cli("show", record, "--json", store=store).expect(0)
        fields = shown.json["fields"]
        assert not set(fields) & {"from", "to", "cc", "subject", "content", "final_recipient", "recipients"}
        for what in ("kim.dale", "sam.rowe", "Dale", "Rowe", "61 cases", "Caseload"):
            assert what not in shown.stdout, f"{what} is kept on a machine that is not the employer's"
    again = brought(run_cli, store, "--seal", *paths)
    assert [each["duplicate_of"] for each in again] == [1, 2]
    with open_fast(store, writable=False) as session:
        facts = [fact for record in (1, 2) for fact in session.store.records.get(record).attachments]
        assert [fact.kept for fact in facts] == [False, False]
        assert session.store._database.one("SELECT count(*) FROM chunks")[0] == 0


# draft


def test_text_for_allowed_recipients_is_not_pseudonymised(concerned: Path, tmp_path: Path, run_cli) -> None:
    out = tmp_path / "draft.eml"
    made = run_cli("draft", 1, "--to", "kim@probation.gov.uk", "--out", out, "--json", store=concerned).expect(0).json
    assert CRN in out.read_text(encoding="utf-8")
    assert made["identifiers_replaced"] == 0
    guarded = tmp_path / "guarded.eml"
    words = ("--to", "kim@probation.gov.uk", "--cc", "eve@probation.gov.uk.example")
    made = run_cli("draft", 1, *words, "--out", guarded, "--json", store=concerned).expect(0).json
    assert CRN not in guarded.read_text(encoding="utf-8"), "one copy outside is enough"
    assert made["identifiers_replaced"] == 1
    assert any("outside" in each for each in made["warnings"])
    nobody = tmp_path / "nobody.eml"
    made = run_cli("draft", 1, "--out", nobody, "--reply-in", 1, "--json", store=concerned).expect(0).json
    assert CRN not in nobody.read_text(encoding="utf-8")
    assert b"\nTo:" not in nobody.read_bytes()
    assert b"Disposition-Notification-To:" not in nobody.read_bytes(), "it asks for a receipt that goes to no address"
    run_cli("settings", "own_addresses", "s.rowe@probation.gov.uk", store=concerned).expect(0)
    run_cli("draft", 1, "--out", tmp_path / "own.eml", store=concerned).expect(0)
    assert b"\nDisposition-Notification-To:" in (tmp_path / "own.eml").read_bytes()
    assert any("No recipient is known" in each for each in made["warnings"])


def test_a_draft_that_is_refused_leaves_no_file_and_seals_nothing(concerned: Path, tmp_path: Path, run_cli) -> None:
    out, template = tmp_path / "draft.eml", tmp_path / "own.txt"
    template.write_text("Subject: x\n\n$approval", encoding="utf-8")
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Subject: x\n\n£".encode("latin-1"))
    with open_fast(concerned) as session:
        seal_entry(session, note("no letter for this"))
    refusals = {
        ("2",): "an e-mail is drafted for one of concern, instruction, escalation, refusal, meeting",
        ("0",): "an e-mail is drafted for one of",
        ("99",): "There is no record 99",
        ("1", "--to", "kim@gov.uk, eve@attacker.example"): "not one plain e-mail address",
        ("1", "--cc", "kim@gov.uk <eve@attacker.example>"): "not one plain e-mail address",
        ("1", "--template", str(template)): "$approval",
        ("1", "--template", str(latin)): "not UTF-8",
        ("1", "--template", str(tmp_path / "gone.txt")): "cannot be read",
        ("1", "--reply-in", "0"): "working days",
    }
    for words, why in refusals.items():
        said = run_cli("draft", *words, "--out", out, store=concerned).refused(ExitCode.INPUT)
        assert why in said, f"{words}: {said}"
        assert not out.exists()
    run_cli("draft", 1, "--out", tmp_path / "gone" / "draft.eml", store=concerned).refused(ExitCode.INPUT)
    assert count(run_cli, concerned) == 3


@pytest.mark.parametrize("more", ["\nBcc: eve@attacker.example", "\x1b[2J", "\u202e"])
def test_a_recipient_with_a_second_line_is_refused_in_one_sentence(
    more: str, concerned: Path, tmp_path: Path, run_cli
) -> None:
    words = ("draft", 1, "--to", f"kim@gov.uk{more}", "--out", tmp_path / "draft.eml")
    said = run_cli(*words, store=concerned).expect(ExitCode.INPUT).stderr
    assert "not one plain e-mail address" in said
    assert said.endswith("\n")
    assert said[:-1].isprintable(), f"what was typed reaches the terminal as it is: {said!r}"
    assert not (tmp_path / "draft.eml").exists()


def test_a_custom_template_is_used(concerned: Path, tmp_path: Path, run_cli) -> None:
    out, template = tmp_path / "draft.eml", tmp_path / "own.txt"
    template.write_text("Subject: About $category – ŵ\n\n$concern\n\nRing 07700 900123. $reply_by", encoding="utf-8")
    made = run_cli("draft", 1, "--template", template, "--out", out, "--json", store=concerned).expect(0).json
    assert made["subject"] == "About my caseload – ŵ"
    assert "07700" not in out.read_text(encoding="utf-8"), "the template's own words are guarded too"


# chase and settings


def test_chase_with_nothing_to_chase(store_path: Path, run_cli) -> None:
    assert run_cli("chase", "--json", store=store_path).expect(0).json == {"chase": []}
    assert run_cli("chase", store=store_path).expect(0).stdout == "Nothing needs chasing.\n"
    assert run_cli("thread", "--json", store=store_path).expect(0).json == {"threads": []}
    for words in (["--seal", "reply-1"], ["--done", "action-1-1"], ["--seal", "x", "--done", "y"], ["--note", "x"]):
        run_cli("chase", *words, store=store_path).refused(ExitCode.INPUT)
    run_cli("thread", 99, store=store_path).refused(ExitCode.INPUT)


def test_an_absence_is_sealed_only_when_it_is_overdue(store_path: Path, run_cli) -> None:
    ahead = concern(reply_by="2099-01-05")
    meeting = sample_entry("meeting", fields={"actions": [{"what": "Move two cases", "due": "2025-04-22"}]})
    lines = "\n".join(json.dumps(each) for each in (ahead, meeting)).encode()
    run_cli("seal", "-", store=store_path, stdin=lines).expect(0)
    assert "not overdue" in run_cli("chase", "--seal", "reply-1", store=store_path).refused(ExitCode.INPUT)
    assert "neither" in run_cli("chase", "--seal", "action-2-1", store=store_path).refused(ExitCode.INPUT)
    assert "ended by what arrives" in run_cli("chase", "--done", "reply-1", store=store_path).refused(ExitCode.INPUT)
    sealed = run_cli("chase", "--not-done", "action-2-1", "--note", "Nobody came.", "--json", store=store_path).expect(
        0
    )
    shown = run_cli("show", sealed.json["index"], "--json", store=store_path).json
    assert (shown["kind"], shown["fields"]["state"], shown["fields"]["note"]) == ("outcome", "not done", "Nobody came.")
    left = run_cli("chase", "--json", store=store_path).json["chase"]
    assert [each["id"] for each in left] == ["reply-1"]


def test_settings_are_shown_changed_and_reset(store_path: Path, run_cli) -> None:
    usual = run_cli("settings", "--json", store=store_path).expect(0).json
    assert usual["reply_after"] == 5
    assert "*.justice.gov.uk" in usual["inside"]
    assert run_cli("settings", "reply-after", 7, "--json", store=store_path).expect(0).json == {"reply_after": 7}
    two = ("Robin Ashe", "Lee Park")
    assert run_cli("settings", "client_names", *two, "--json", store=store_path).json == {"client_names": list(two)}
    for words in (["colour"], ["reply_after", "soon"], ["people", "Kim"], ["inside", "*"], ["reply_after", "1", "2"]):
        run_cli("settings", *words, store=store_path).refused(ExitCode.INPUT)
    shown = run_cli("settings", store=store_path).expect(0).stdout
    assert "reply_after: Wait for a reply" in shown
    assert "hidden_from_capture" in shown
    assert "    Lee Park\n" in shown
    assert "    yes\n" in shown
    assert run_cli("settings", "reply_after", "--usual", "--json", store=store_path).json == {"reply_after": 5}
    now = run_cli("settings", "--json", store=store_path).json
    assert now == usual | {"client_names": list(two)}
    assert count(run_cli, store_path) == 1, "settings seal nothing"


def test_control_characters_in_file_names_are_not_printed(store_path: Path, tmp_path: Path, run_cli) -> None:
    hostile = tmp_path / "a\x1b[2J\nb.eml"
    hostile.write_bytes(mails.sent())
    said = run_cli("import", "--seal", hostile, tmp_path / "gone\x1b[2J.eml", store=store_path).expect(0).stdout
    assert "\x1b" not in said
    assert all("b.eml" not in line or line.startswith("a") for line in said.splitlines()), "one name, two lines"


def test_the_next_step_of_a_thread_can_be_taken(store_path: Path, post, run_cli) -> None:
    asked = mails.sent("Disposition-Notification-To: sam.rowe@easthaven.justice.example")
    brought(run_cli, store_path, "--seal", *post(sent__eml=asked))
    offered = run_cli("thread", 1, "--json", store=store_path).expect(0).json["next"]
    assert offered == {"step": "Record that no receipt came", "record": 1}
    assert [each["id"] for each in run_cli("chase", "--json", store=store_path).json["chase"]] == ["receipt-1"]
    run_cli("chase", "--seal", "receipt-1", store=store_path).expect(0)


def test_a_folder_that_cannot_be_read_is_named(
    store_path: Path, tmp_path: Path, run_cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root reads every folder, so the system's refusal is made here."""
    from evidence_app.services.mail import mail_files
    from evidence_app.services.mail.mail_files import files_in, origins_in

    folder = tmp_path / "mail"
    (folder / "closed").mkdir(parents=True)
    (folder / "open").mkdir()
    (folder / "open" / "one.eml").write_bytes(b"From: a@b.example\nTo: c@d.example\n\nx\n")
    true = Path.iterdir

    def iterdir(path: Path):
        if path.name == "closed":
            raise PermissionError(13, "refused")
        return true(path)

    monkeypatch.setattr(mail_files.Path, "iterdir", iterdir)
    found = list(files_in([folder]))
    assert [path.name for path in found] == ["closed", "one.eml"]
    with pytest.raises(InputError, match="folder closed cannot be read: nothing in it was looked at"):
        list(origins_in(found[0]))
