"""Search: names are found however they are spelled, and the words that attached files show are found once the files were read."""

import io
from pathlib import Path

import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.errors import Cancelled
from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_search import count_in_doubt, count_not_read, read_files
from evidence_app.services.records.reading import search
from evidence_app.store.migrations import index_anew
from tests.conftest import Run
from tests.support import mails, sample_documents
from tests.support.bundles import concern, seal_with
from tests.support.stores import open_fast

SPELLINGS = [
    ("Łukasz Gołębnik rang", "Lukasz"),
    ("Łukasz Gołębnik rang", "golebnik"),
    ("Dorde Oryl rang", "Đorđe"),
    ("Fergal OʼBrannick rang", "O'Brannick"),
    ("she ﬁled it", "filed it"),
    ("Zoe\u0308 rang", "zoë"),
    ("Darren Wilken-\nshaw rang", "Wilkenshaw"),
    ("the co\u00adoperation", "cooperation"),
]
FILES = {
    "letter.pdf": (sample_documents.letter(["copper lantern"]), "lantern"),
    "scan.png": (sample_documents.scan(["copper walnut"]), "walnut"),
    "form.pdf": (sample_documents.filled_form("a form", value="copper harbour"), "harbour"),
    "note.pdf": (sample_documents.noted("a letter", note="copper thimble"), "thimble"),
    "text.txt": (b"copper meadow", "meadow"),
    "mail.eml": (
        mails.multipart(
            "mixed",
            [
                mails.part(["Content-Type: text/plain"], "copper saddle"),
                mails.part(
                    ["Content-Type: text/plain", 'Content-Disposition: attachment; filename="in.txt"'], "juniper"
                ),
            ],
            [f"From: {mails.OFFICER}", f"To: {mails.MANAGER}", "Subject: copper", f"Date: {mails.SENT_DATE}"],
        ),
        "juniper",
    ),
}


def found(session: Session, text: str) -> list[int]:
    return [record.index for record in search(session, text)]


@pytest.mark.parametrize(("written", "typed"), SPELLINGS)
def test_a_name_is_found_however_it_is_spelled(written: str, typed: str, session: Session) -> None:
    seal_with(session, concern(written))
    assert found(session, typed) == [1]
    assert found(session, "unheard") == []


def test_an_index_made_anew_finds_the_same(session: Session) -> None:
    for written, _ in SPELLINGS:
        seal_with(session, concern(written))
    before = [found(session, typed) for _, typed in SPELLINGS]
    with session.store.transaction():
        index_anew(session.store._database)
    assert [found(session, typed) for _, typed in SPELLINGS] == before
    assert all(before)


def test_words_of_attached_files_are_found_once_they_were_read(session: Session) -> None:
    for name, (content, _) in FILES.items():
        seal_with(session, concern("see the file"), {name: content})
    words = [word for _, word in FILES.values()]
    assert [found(session, word) for word in words] == [[]] * len(words)
    assert count_not_read(session) == len(FILES)
    assert read_files(session) == 0
    assert [found(session, word) for word in words] == [[number] for number in range(1, len(words) + 1)]
    assert found(session, "copper lantern") == [1]
    assert count_in_doubt(session) == 0
    assert len(list(session.store.records.select(Selection()))) == len(FILES) + 1, "reading sealed something"


def test_one_file_in_two_records_is_read_once_and_finds_both(session: Session) -> None:
    content, word = FILES["text.txt"]
    for _ in range(2):
        seal_with(session, concern("see the file"), {"text.txt": content})
    assert count_not_read(session) == 1
    read_files(session)
    assert found(session, word) == [2, 1]


def test_what_cannot_be_read_is_counted_and_not_tried_again(session: Session) -> None:
    seal_with(session, concern("see the file"), {"broken.pdf": b"%PDF-1.7\nno more", "data.bin": b"\x00\x01" * 40})
    read_files(session)
    assert (count_not_read(session), count_in_doubt(session)) == (0, 2)


def test_what_was_read_before_a_stop_stays(session: Session) -> None:
    for number in range(3):
        seal_with(session, concern("see the file"), {"text.txt": b"copper meadow %d" % number})
    asked: list[int] = []

    def cancel() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        read_files(session, cancel=cancel)
    assert count_not_read(session) == 1
    assert read_files(session, limit=1) == count_not_read(session)


def test_drafts_files_are_not_read(session: Session) -> None:
    with session.store.transaction():
        session.store.attachments.take_in(io.BytesIO(b"copper"))
    assert count_not_read(session) == 0


def test_search_on_the_command_line_reads_the_files_first(store_path: Path, run_cli: Run) -> None:
    content, word = FILES["scan.png"]
    with open_fast(store_path) as session:
        seal_with(session, concern("see the file"), {"scan.png": content})
    quick = run_cli("--json", "search", "--quick", word, store=store_path).expect(0)
    assert (quick.json["records"], "not searched" in quick.stderr) == ([], True)
    whole = run_cli("--json", "search", word, store=store_path).expect(0)
    assert [each["index"] for each in whole.json["records"]] == [1]
    assert "Reading 1 attached file for" in whole.stderr
    again = run_cli("search", word, store=store_path).expect(0)
    assert "Reading" not in again.stderr
    assert "(in “scan.png”)" in again.stdout


def test_search_marks_and_counts_the_words(store_path: Path, run_cli: Run) -> None:
    with open_fast(store_path) as session:
        seal_with(session, concern("Łukasz rang; Łukasz was told monthly."), {"text.txt": FILES["text.txt"][0]})
    found = run_cli("--json", "search", "lukasz", store=store_path).expect(0).json["records"]
    assert [(each["hits"], each["excerpt"], each["files"]) for each in found] == [
        (2, "«Łukasz» rang; «Łukasz» was told monthly.", [])
    ]
    said = run_cli("search", "lukasz", store=store_path).expect(0).stdout.splitlines()
    assert said[-1].strip() == "«Łukasz» rang; «Łukasz» was told monthly.  (2 places)"


def test_search_beside_a_program_that_writes_changes_nothing(store_path: Path, run_cli: Run) -> None:
    with open_fast(store_path) as session:
        seal_with(session, concern("see the file"), {"text.txt": FILES["text.txt"][0]})
        found_words = run_cli("search", "meadow", store=store_path).expect(0)
        assert "1 attached file was not searched" in found_words.stderr
        assert count_not_read(session) == 1
