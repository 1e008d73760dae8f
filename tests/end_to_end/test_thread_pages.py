"""The few pages of one thread: the mail, the receipt, the answer or the silence; each once, linked, and still proved."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import InputError
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.bundles.printing import Printed, register, save_thread_pages, seal_print
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.handover.send import is_fit
from evidence_app.services.mail import importing
from evidence_app.services.records.reading import matter_of
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.conftest import Run
from tests.support import judges, mails, stores
from tests.support.bundles import all_words, concern, manifest_in, seal_with, words_on

ASKED = "Weekly reporting again, or the reason in writing."
RAISED = "He is high risk and is seen once a month."
AGAIN = "I raised it and nothing came."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Session]:
    """A concern (1), its mail (2), the receipt (3), that no answer came (4), and the same raised again (5)."""
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        first = concern(RAISED, event_at="2025-04-14T09:00", fields={"ask": ASKED, "reply_by": "2025-04-24"})
        raised = seal_with(session, first)
        for name, content in (("sent", mails.sent()), ("receipt", mails.thunderbird("displayed"))):
            (tmp_path / f"{name}.eml").write_bytes(content)
            brought = importing.open_import(session)
            brought.look([tmp_path / f"{name}.eml"], lambda *_: None, lambda: False, preview=False)
            if name == "sent":
                brought.say_who_sent(0, sent=True)
                brought.belongs_to(0, raised)
            brought.take_in(sealing=True, progress=lambda *_: None)
        silence = {
            "kind": "response",
            "event_at": "2025-04-24",
            "event_precision": "date only",
            "fields": {"content": "No answer by 24 April.", "effect": "no answer by the date"},
            "links": [{"to": raised, "as": "answers"}],
        }
        seal(session, read_entry(silence))
        seal_with(session, concern(AGAIN, event_at="2025-05-02T09:00", links=[{"to": raised, "as": "repeats"}]))
        yield session


def items(path: Path) -> dict[str, str]:
    content = path.read_bytes()
    ours = {check.name: check.verdict.value for check in verify_bytes(content).checks}
    assert ours == judges.verify_bundle(content), "the two verifiers disagree"
    return ours


def test_one_matter_is_its_mail_receipt_and_silence(store: Session) -> None:
    assert matter_of(store, 1) == {1, 2, 3, 4}
    assert matter_of(store, 3) == {1, 2, 3, 4}, "the thread of a receipt is that of what was raised"
    assert 5 in matter_of(store, 5), "what was raised again is a matter of its own"
    assert 2 not in matter_of(store, 5)


def test_a_few_pages_say_what_was_raised_asked_and_how_it_stands(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "thread.pdf"
    made = save_thread_pages(store, 1, path)
    assert made.pages <= 4
    assert set(items(path).values()) == {"verified"}
    first = words_on(path, 1)
    for said in (RAISED, ASKED, "What is asked", "How it stands", "Opened", "according to the receipt"):
        assert said in first, said
    words = all_words(path)
    assert words.count("I hold 61 cases.") == 1, "the mail is shown twice"
    assert AGAIN not in words
    assert "Index" not in words
    assert "How to check it" in words
    assert {each["index"] for each in manifest_in(path)["records"]} == {0, 1, 2, 3, 4}


def test_every_link_of_the_pages_lands(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "thread.pdf"
    save_thread_pages(store, 1, path)
    with pikepdf.open(path) as pdf:
        links = [each for page in pdf.pages for each in page.obj.get("/Annots", []) if str(each.Subtype) == "/Link"]
        assert len(links) >= 4
        pages = {page.objgen for page in pdf.pages}
        assert {each.Dest[0].objgen for each in links} <= pages


def test_small_mails_share_a_page_and_each_is_an_exhibit(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "thread.pdf"
    save_thread_pages(store, 1, path)
    mail, receipt = manifest_in(path)["exhibits"]
    assert mail["first_page"] == receipt["first_page"]
    shared = words_on(path, mail["first_page"])
    assert "Exhibit 1" in shared
    assert "Exhibit 2" in shared


def test_the_manager_reads_at_most_four_pages_without_the_mails(store: Session, tmp_path: Path) -> None:
    path = tmp_path / "manager.pdf"
    made = export_plan(store, SavedPlan("manager"), path, Choice(thread=1))
    assert made.pages <= 4
    assert set(items(path).values()) == {"verified"}
    words = all_words(path)
    assert ASKED in words
    assert "I hold 61 cases." not in words
    assert manifest_in(path)["exhibits"] == []


def test_paper_stands_in_the_register_with_its_digest(store: Session, tmp_path: Path) -> None:
    made = save_thread_pages(store, 1, tmp_path / "thread.pdf")
    seal_print(store, Printed("locked drawer", 2, made.index))
    exported, printed = register(store)[-2:]
    assert exported.fields["sha256"] == printed.fields["sha256"] == made.sha256
    assert (printed.fields["kept_at"], printed.fields["copies"]) == ("locked drawer", 2)


def test_a_record_with_nothing_linked_makes_pages_too(store: Session, tmp_path: Path) -> None:
    alone = seal_with(store, concern("Nobody answered the telephone.", case_ref="X000999"))
    path = tmp_path / "alone.pdf"
    save_thread_pages(store, alone, path)
    assert set(items(path).values()) == {"verified"}
    assert "Nobody answered the telephone." in words_on(path, 1)
    with pytest.raises(InputError):
        save_thread_pages(store, 4_000, tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()
    with pytest.raises(InputError, match="there already"):
        save_thread_pages(store, alone, path)


def test_short_bundles_are_not_handed_over() -> None:
    """Two files on one page could not be taken apart again."""
    assert not any(is_fit(profile) for profile in PROFILES.values() if profile.brief)


def test_the_command_line_writes_the_pages_and_enters_the_paper(store: Session, tmp_path: Path, run_cli: Run) -> None:
    store.close()
    out, other = tmp_path / "thread.pdf", tmp_path / "x.pdf"
    where = tmp_path / "store"
    said = run_cli("thread", 3, "--out", out, "--kept-at", "locked drawer", "--json", store=where).expect(0).json
    assert said["print"] == said["record"] + 1
    assert out.read_bytes().startswith(b"%PDF")
    assert "kept: locked drawer" in run_cli("register", store=where).expect(0).stdout
    assert "--out FILE.pdf" in run_cli("thread", 3, "--kept-at", "x", store=where).refused(2)
    assert "thread N --out" in run_cli("thread", "--out", other, store=where).refused(2)
    assert "--kept-at WHERE" in run_cli("thread", 1, "--out", other, "--copies", 2, store=where).refused(2)
    assert not other.exists()
