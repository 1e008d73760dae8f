"""Office files, lists, web pages and conversations as exhibits: every word is shown, those beside the page too, and no name that is withheld."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.documents.recognition import recognise
from evidence_app.domain.plan.saved_plan import Document, SavedPlan, Section
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.file_pages import pages_of_file
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.test_spelled_names import letters, plain
from tests.support.bundles import all_words, concern, embedded_in, exhibit, listed, make, manifest_in, seal_with
from tests.support.entries import CASE
from tests.support.program import REPOSITORY
from tests.support.stores import make_store, open_fast

SAMPLES = REPOSITORY / "tests/samples/office"
EXPECTED: Mapping[str, Any] = json.loads((SAMPLES / "expect.json").read_text(encoding="utf-8"))
FILES: dict[str, Any] = EXPECTED["files"]
CONTENTS = {name: (SAMPLES / name).read_bytes() for name in FILES}
PICTURED = frozenset({"pictured.docx", "chat-android.zip", "chat-ios.zip"})
"""Files with a picture of words."""


def _mail_with(name: str, content: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "officer@example.org", "the file"
    mail.set_content("See the file.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _archive_with(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


IN_ANOTHER = {
    "mail": ("the file.eml", _mail_with("changes.docx", CONTENTS["changes.docx"])),
    "archive": ("the files.zip", _archive_with("changes.docx", CONTENTS["changes.docx"])),
}
"""A document within another file: its name, and its bytes."""


def facts_of(name: str, content: bytes) -> AttachmentFacts:
    return AttachmentFacts(
        name, sha256(content).hexdigest(), len(content), media_type(content[:HEAD_BYTES], name), kept=True
    )


@dataclass(frozen=True)
class Shown:
    """A bundle of all files: what it shows of each, and the text of the whole with the annex."""

    exhibits: Mapping[str, str]
    whole: str
    out: Path


def made_with(profile: str, folder: Path) -> Shown:
    make_store(folder / "store")
    out = folder / "out.pdf"
    with open_fast(folder / "store") as session:
        change_setting(session, "client_names", EXPECTED["withhold"])
        for name, content in CONTENTS.items():
            seal_with(session, concern("see the file"), {name: content})
        if profile == "officer":
            export(session, profile, out, Selection())
        else:
            make(session, listed(profile, range(1, len(CONTENTS) + 1), CONTENTS.values()), out)
    by_digest = {sha256(content).hexdigest(): name for name, content in CONTENTS.items()}
    document = pypdfium2.PdfDocument(out)
    exhibits: dict[str, str] = {}
    try:
        for each in manifest_in(out)["exhibits"]:
            name = by_digest[each["sha256"]]
            pages = [
                document[number] for number in range(each["first_page"] - 1, each["first_page"] - 1 + each["pages"])
            ]
            texts = [page.get_textpage().get_text_range() for page in pages]
            if name in PICTURED:
                texts += [
                    " ".join(word.text for word in recognise(page.render(scale=2.5).to_pil()).words) for page in pages
                ]
            exhibits[name] = plain(" ".join(texts))
        whole = plain(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()
    return Shown(exhibits, whole, out)


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return made_with("officer", tmp_path_factory.mktemp("officer"))


@pytest.fixture(scope="module")
def reviewers(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return made_with("sfo-review", tmp_path_factory.mktemp("review"))


@pytest.mark.parametrize("name", FILES)
def test_every_word_is_shown_to_the_officer(name: str, officers: Shown) -> None:
    shown, expected = officers.exhibits[name], FILES[name]
    words = [*expected["stay"], *(each for each in expected.get("told", []))]
    assert [word for word in words if plain(word) not in shown] == []
    in_order = [each for each in expected["hidden"] if each["where"] == "page" and "surname" not in each["why"]]
    names = [letters(plain(each["shown"])) for each in in_order]
    assert [each for each in names if each not in letters(shown)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_name_that_is_withheld_is_shown(name: str, reviewers: Shown) -> None:
    shown, expected = reviewers.exhibits[name], FILES[name]
    assert expected["hidden"]
    assert [each["shown"] for each in expected["hidden"] if plain(each["shown"]) in shown] == []
    names = [letters(part) for each in EXPECTED["withhold"] for part in (each, each.split()[-1])]
    assert [each for each in names if each in letters(shown)] == []
    assert [word for word in expected["stay"] if word not in shown] == []


def test_what_a_file_says_of_itself_stands_in_the_annex(officers: Shown, reviewers: Shown) -> None:
    assert "Author, as the file says" in officers.whole
    assert "Tamsin Harlow-Prydeth" in officers.whole
    assert "Author, as the file says" in reviewers.whole
    assert "Prydeth" not in reviewers.whole


@pytest.mark.parametrize("which", ["officers", "reviewers"])
def test_the_bundle_verifies(which: str, request: pytest.FixtureRequest) -> None:
    assert verify_file(request.getfixturevalue(which).out).verdict is Verdict.VERIFIED


def test_pages_say_that_they_show_words_alone(officers: Shown) -> None:
    assert "the words of the document, not its look" in officers.exhibits["changes.docx"]


def test_what_stands_beside_the_page_can_be_left_out_and_the_page_says_so(tmp_path: Path) -> None:
    make_store(tmp_path / "store")
    out = tmp_path / "out.pdf"
    content = CONTENTS["changes.docx"]
    with open_fast(tmp_path / "store") as session:
        seal_with(session, concern("see the file"), {"changes.docx": content})
        plan = SavedPlan("officer", sections=(Section("All", (Document(record=1), exhibit(content, page_alone=True))),))
        make(session, plan, out)
    words = all_words(out)
    assert "kestrel" in words, "what was put in stands in the document now"
    assert [word for word in ("walnut", "copper", "lantern", "[inserted", "[comment") if word in words] == ["[comment"]
    assert "without its comments, changes and hidden parts" in words
    assert "Without comments, changes and hidden parts: exhibits 1" in words
    assert content not in embedded_in(out).values()


@pytest.mark.parametrize("around", ["mail", "archive"])
def test_what_stands_beside_the_page_is_left_out_of_documents_within_too(around: str, tmp_path: Path) -> None:
    make_store(tmp_path / "store")
    out = tmp_path / "out.pdf"
    name, content = IN_ANOTHER[around]
    with open_fast(tmp_path / "store") as session:
        seal_with(session, concern("see the file"), {name: content})
        plan = SavedPlan("officer", sections=(Section("All", (Document(record=1), exhibit(content, page_alone=True))),))
        make(session, plan, out)
        searched = " ".join(
            reading.text
            for each in pages_of_file(facts_of(name, content), content, page_alone=True)
            for reading in each.shown.readings
        )
    words = all_words(out)
    assert "kestrel" in words
    assert [word for word in ("walnut", "copper", "lantern", "[inserted") if word in words] == []
    assert [word for word in ("walnut", "copper", "lantern") if word in searched] == []
    assert "Without comments, changes and hidden parts: exhibits 1" in words


def test_the_sheet_speaks_of_documents_alone(tmp_path: Path) -> None:
    """A text has nothing beside its page: there is nothing to be said."""
    make_store(tmp_path / "store")
    out = tmp_path / "out.pdf"
    content = b"a plain text"
    with open_fast(tmp_path / "store") as session:
        seal_with(session, concern("see the file"), {"plain.txt": content})
        plan = SavedPlan("officer", sections=(Section("All", (Document(record=1), exhibit(content, page_alone=True))),))
        make(session, plan, out)
    assert "Without comments, changes" not in all_words(out)


def test_a_name_over_two_cells_is_withheld_in_the_first(reviewers: Shown) -> None:
    row = reviewers.exhibits["list.csv"]
    assert row.count("[client") == len(FILES["list.csv"]["hidden"])
    assert "kestrel" in row
    assert "please keep this paper" in row


def test_a_file_in_a_bundle_for_one_case_leaves_the_case_alone(tmp_path: Path) -> None:
    """The reviewing manager's own case number stays."""
    make_store(tmp_path / "store")
    out = tmp_path / "out.pdf"
    content = f"mark,case\r\nlantern,{CASE}\r\n".encode()
    with open_fast(tmp_path / "store") as session:
        seal_with(session, concern("see the list"), {"list.csv": content})
        make(session, listed("sfo-review", [1], [content]), out)
    document = pypdfium2.PdfDocument(out)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "lantern" in text
    assert CASE in text
