"""Identifiers planted anywhere in the input: the finished bundle holds none of them, or no file is written.

The search is independent of the program's own: tests/support/searching.py reads the file with other libraries and ignores spaces and case.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidence_app.bundle.leak_search import find_leaks
from evidence_app.documents.recognition import recognise
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.settings import change_setting
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support import mails, sample_documents
from tests.support.bundles import concern, listed, make, manifest_in, seal_with
from tests.support.entries import CASE, sample_entry
from tests.support.searching import places_of
from tests.support.stores import copy_of, open_fast

pytestmark = pytest.mark.usefixtures("pictures_read_once")

PROFILES = ("tribunal", "sfo-review", "union-casework")
NAMES = ("Robin Ashdown", "Siân Quillfeather", "Zoë Ŵynn Penhaligon", "Morwenna-Jane O’Tavistock")
LETTERS = "ABCEGHJKLMNPRSTWXYZ"
DIGITS = "0123456789"


def number(pattern: str) -> st.SearchStrategy[str]:
    """Return a strategy for a pattern in which # is a digit and @ is a letter."""
    parts = {"#": st.sampled_from(DIGITS), "@": st.sampled_from(LETTERS)}
    return st.tuples(*(parts.get(character, st.just(character)) for character in pattern)).map("".join)


VALUES = st.one_of(
    number("X######").filter(lambda crn: crn != CASE),
    number("@####@@"),
    number("201#/#######@"),
    number("9#/######@"),
    number("AB ## ## ## C"),
    number("JX######D"),
    number("07700 900###"),
    number("07700-900-###"),
    number("+44 7700 900###"),
    number("ZZ## #AA"),
    number("ZZ##AA"),
    st.sampled_from(NAMES),
)
FRAMES = ("about {} again", "rang ({}) at ten", "ref:{};", "“{}”", "{}", "{}’s sister came", "to-{}, and then", "\t{}.")
PHASES = (Phase.explicit, Phase.generate)
"""A bundle takes a second: what fails is shown as it was made, and not made smaller."""
PLACES = (
    "words",
    "capitals",
    "lines",
    "title",
    "file name",
    "subject",
    "subject of a record",
    "mail",
    "PDF",
    "PDF over lines",
    "text file",
    "text file over lines",
    "file in a mail",
    "scan",
    "lying scan",
    "form",
    "note",
)
PICTURED = frozenset({"scan", "lying scan"})
"""Places in which words are pixels."""
PLANTS = st.lists(
    st.tuples(VALUES, st.sampled_from(PLACES), st.sampled_from(FRAMES)),
    min_size=1,
    max_size=6,
    unique_by=lambda x: x[0],
)


class Planting:
    """Records and files in which values are planted."""

    def __init__(self) -> None:
        self.words: list[str] = ["the reports came late"]
        self.title = "late reports"
        self.subject = "late reports"
        self.mail_subject = "late reports"
        self.mail_body: list[str] = ["see below"]
        self.file_name = "a paper"
        self.pages: list[str] = []
        self.text: list[str] = []
        self.inside: list[str] = []
        self.scanned: dict[int, list[str]] = {}
        self.drawn: dict[str, bytes] = {}

    def plant(self, value: str, place: str, frame: str) -> None:
        """Put a value, in a frame of words, into a place."""
        is_name = value in NAMES
        said = frame.format(value)
        # Names alone are known however they are broken over lines.
        broken = frame.format(value.replace(" ", "\n")) if is_name else f"{frame}\n".format(value)
        match place:
            case "words":
                self.words.append(said)
            case "capitals":
                self.words.append(said.upper())
            case "lines":
                self.words.append(broken)
            case "title":
                self.title = " ".join(said.split())
            case "file name":
                self.file_name = f"a paper about {value.replace('/', '-') if '/' not in value else 'somebody'} again"
            case "subject":
                self.mail_subject = " ".join(said.split())
            case "subject of a record":
                self.subject = " ".join(said.split())
            case "mail":
                self.mail_body.append(said)
            case "PDF":
                self.pages.append(" ".join(said.split()))
            case "PDF over lines":
                self.pages += frame.format(value).split()
            case "text file":
                self.text.append(said)
            case "text file over lines":
                self.text.append(broken)
            case "scan" | "lying scan":
                self.scanned.setdefault(90 if place == "lying scan" else 0, []).append(" ".join(said.split()))
            case "form":
                content = sample_documents.filled_form("a form came", value=" ".join(said.split()))
                self.drawn[f"form {len(self.drawn)}.pdf"] = content
            case "note":
                content = sample_documents.noted("a letter came", note=" ".join(said.split()))
                self.drawn[f"note {len(self.drawn)}.pdf"] = content
            case _:
                self.inside.append(said)

    def files(self) -> dict[str, bytes]:
        """Return the files."""
        inside = [
            mails.part(["Content-Type: text/plain; charset=utf-8"], "\r\n".join(self.mail_body)),
            mails.part(
                ["Content-Type: text/plain; charset=utf-8", 'Content-Disposition: attachment; filename="in it.txt"'],
                "\r\n".join(["a paper", *self.inside]),
            ),
        ]
        headers = [f"From: {mails.OFFICER}", f"To: {mails.MANAGER}", f"Subject: {self.mail_subject}"]
        mail = mails.multipart("mixed", inside, [*headers, f"Date: {mails.SENT_DATE}"])
        pages = [self.pages[start : start + 15] for start in range(0, len(self.pages), 15)] or [[]]
        return {
            f"{self.file_name}.pdf": sample_documents.letter(*(["a letter", *lines] for lines in pages)),
            "a text.txt": "\r\n".join(["a text", *self.text]).encode(),
            "a mail.eml": mail,
            **{
                f"scan {turn}.png": sample_documents.scan(["a letter came to the office today", *lines], turn)
                for turn, lines in self.scanned.items()
            },
            **self.drawn,
        }


def words_seen(out: Path) -> list[str]:
    """Return the words that are recognised on the exhibit pages of a bundle as they are drawn."""
    document = pypdfium2.PdfDocument(out)
    try:
        return [
            word.text
            for each in manifest_in(out)["exhibits"]
            for number in range(each["first_page"] - 1, each["first_page"] - 1 + each["pages"])
            for word in recognise(document[number].render(scale=2.2).to_pil()).words
        ]
    finally:
        document.close()


def require_none_of_it(base: Path, profile: str, plants: list[tuple[str, str, str]]) -> None:
    planting = Planting()
    for plant in plants:
        planting.plant(*plant)
    values = [value for value, place, _ in plants if not (place == "file name" and "/" in value)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        with open_fast(copy_of(base, Path(folder) / "store")) as session:
            change_setting(session, "client_names", [value for value in values if value in NAMES])
            files = planting.files()
            seal_with(session, concern("\n\n".join(planting.words), fields={"title": planting.title}), files)
            fields = {"subject": planting.subject, "direction": "sent"}
            seal_with(session, sample_entry("message", case_ref=CASE, fields=fields))
            try:
                make(session, listed(profile, [1, 2], files.values(), pseudonyms_from=30), out)
            except InputError:
                assert not out.exists(), "it was refused and left a file"
                return
        found = places_of(out, values)
        assert not found, f"the {profile} bundle still says {found}"
        if any(place in PICTURED for _, place, _ in plants):
            seen = "".join(words_seen(out)).casefold()
            assert [value for value in values if "".join(value.split()).casefold() in seen] == []
        assert not find_leaks(out.read_bytes(), values), "the program's own search finds what it withheld"
        assert verify_file(out).verdict is Verdict.VERIFIED


@given(st.sampled_from(PROFILES), PLANTS)
@settings(max_examples=4, phases=PHASES)
def test_no_identifier_is_in_the_file(new_store: Path, profile: str, plants: list[tuple[str, str, str]]) -> None:
    require_none_of_it(new_store, profile, plants)


@pytest.mark.cases(2)
@pytest.mark.parametrize(
    ("value", "frame"),
    [
        ("ZZ94AA", "{}’s sister came"),
        ("X120451", "ref {}, late"),
        ("07700 900118", "rang {}"),
        ("92/309189Z", "ref:{};"),
        ("94/728127J", "{}"),
    ],
)
def test_numbers_on_a_scan_are_withheld(value: str, frame: str, new_store: Path) -> None:
    """Recognition loses the apostrophe of a possessive, so that an s runs on; it reads Z as 7, and J as a bracket or as two characters."""
    require_none_of_it(new_store, "tribunal", [(value, "scan", frame)])


@pytest.mark.long
@given(st.sampled_from(PROFILES), PLANTS)
@settings(max_examples=1000, phases=PHASES)
def test_no_identifier_is_in_a_thousand_files(
    new_store: Path, profile: str, plants: list[tuple[str, str, str]]
) -> None:
    require_none_of_it(new_store, profile, plants)


@pytest.mark.cases(len(PLACES))  # each place with one of the profiles
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("place", PLACES)
def test_a_name_in_each_place_is_withheld_and_not_only_refused(
    place: str, profile: str, new_store: Path, tmp_path: Path
) -> None:
    """Else a program that refuses every bundle would pass."""
    planting = Planting()
    planting.plant(NAMES[0], place, "about {} again")
    with open_fast(copy_of(new_store, tmp_path / "store")) as session:
        change_setting(session, "client_names", [NAMES[0]])
        seal_with(session, concern("\n".join(planting.words), fields={"title": planting.title}), planting.files())
        fields = {"subject": planting.subject, "direction": "sent"}
        seal_with(session, sample_entry("message", case_ref=CASE, fields=fields))
        make(session, listed(profile, [1, 2], planting.files().values()), tmp_path / "out.pdf")
    assert places_of(tmp_path / "out.pdf", [NAMES[0], "Ashdown"]) == []


def exported(base: Path, folder: Path, words: str = "the reports came late", **more: Any) -> Path:
    """Export what a reviewing manager gets of one record with files; return the file, which need not be there."""
    out, files = folder / "out.pdf", more.pop("files", {})
    with open_fast(copy_of(base, folder / "store")) as session:
        change_setting(session, "client_names", more.pop("names", []))
        seal_with(session, concern(words), files)
        try:
            make(session, listed("sfo-review", [1], files.values(), **more), out)
        except InputError:
            assert not out.exists()
    return out


def holds_nothing(out: Path, *values: str) -> bool:
    return not out.exists() or not places_of(out, values)


BROKEN = {
    "AB 12 34\n56 C": "AB123456C",
    "07700\n900123": "07700900123",
    "ZZ99\n9ZZ": "ZZ999ZZ",
    "2012/\n123456A": "2012/123456A",
}


@pytest.mark.cases(5)
@pytest.mark.parametrize("spelled", [*BROKEN, "07700\u00a0900123", "(07700) 900123", "zz99 9zz"], ids=ascii)
@pytest.mark.parametrize("place", ["record", "text file"])
def test_a_number_that_is_broken_or_spaced_otherwise(place: str, spelled: str, new_store: Path, tmp_path: Path) -> None:
    words = {"words": f"about {spelled} again"} if place == "record" else {}
    files = {"a.txt": f"about {spelled.replace(chr(160), ' ' + chr(10))} again".encode()} if place != "record" else {}
    assert holds_nothing(exported(new_store, tmp_path, files=files, **words), BROKEN.get(spelled, spelled))


@pytest.mark.parametrize("said", ["rang home/07700 900123 at ten", "rang 01632 960123/07700 900123 at ten"])
def test_a_telephone_number_after_a_slash(said: str, new_store: Path, tmp_path: Path) -> None:
    assert holds_nothing(exported(new_store, tmp_path, files={"a.txt": said.encode()}), "07700900123")


@pytest.mark.parametrize("place", ["file name", "words"])
def test_a_number_between_underscores(place: str, new_store: Path, tmp_path: Path) -> None:
    """Files are named so: letter_X000999_final.pdf."""
    spelled = "letter_X000999_final.txt"
    more: dict[str, Any] = {"files": {spelled: b"a paper"}} if place == "file name" else {"words": f"see {spelled}"}
    assert holds_nothing(exported(new_store, tmp_path, **more), "X000999")


ON_TOP: dict[str, Callable[[], bytes]] = {
    "a note on a PDF": lambda: sample_documents.noted("about a form", note="about X000999 again"),
}


@pytest.mark.parametrize("name", ON_TOP)
def test_annotations_of_a_pdf_are_searched(name: str, new_store: Path, tmp_path: Path) -> None:
    assert holds_nothing(exported(new_store, tmp_path, files={"a.pdf": ON_TOP[name]()}), "X000999")
