"""Late documents: earlier pages keep words, numbers and pseudonyms; the late section alone is a bundle too."""

import errno
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from evidence_app.demo.make import CASE, PASSPHRASE, Demo
from evidence_app.domain.people.pseudonyms import Pseudonyms
from evidence_app.domain.plan.saved_plan import Document, SavedPlan, Section
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.files import written_beside
from evidence_app.proof.bundle.manifest import parse_manifest
from evidence_app.proof.encoding.json import canonical
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles import exporting
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.bundles.plans import Choice, add_late, begin_plan
from evidence_app.services.bundles.saved_plans import keep_plan, plan_named
from evidence_app.services.core.session import Session
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.safekeeping.verifying import verify_file
from tests import second_verifier
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import outline_of, page_texts, printed_numbers
from tests.support import judges, sample_documents
from tests.support.bundles import concern, exhibit, seal_with
from tests.support.entries import sample_entry
from tests.support.searching import places_of
from tests.support.stores import SetClock, open_fast

NAME = "Spring"
BEGINNING = datetime(2026, 2, 2, 9, tzinfo=UTC)
FURNITURE = re.compile(r"\b\d+ of \d+\b")
BADGE = re.compile(r"ADDED TO BY \d+(?:, \d+)*")
STANDS = re.compile(r"as it stands (?:now|on \w+ \d+ \w+ \d{4})")
TITLE = "Audit trail for the Serious Further Offence review"
ANSWER = sample_documents.letter(["To the officer of X000733", "and of X000901, in answer"])
FIRST_LATE, SECOND_LATE = "The answer of February", "Last papers"


@dataclass(frozen=True)
class Told:
    """The bundle that was handed over, the two revised ones, and the late sections by themselves."""

    bundles: tuple[Path, ...]
    alone: tuple[Path, ...]
    keys: tuple[dict[str, str], ...]


def first_late(session: Session) -> None:
    """Seal an answer with a letter that names two other clients, something that corrects an old record, and an outcome."""
    fields = {"content": "The cases stay where they are: X000901 too."}
    seal_with(session, sample_entry("response", case_ref=CASE, fields=fields, links=[{"to": 61, "as": "answers"}]))
    corrected = concern("The date was the 2nd, not the 1st.", links=[{"to": 61, "as": "corrects"}])
    seal_with(session, corrected, {"answer.pdf": ANSWER})


def second_late(session: Session) -> None:
    seal_with(
        session, concern("Nothing has changed; see X000902.", links=[{"to": 61, "as": "about"}]), {"a.txt": b"a text"}
    )


@pytest.fixture(scope="module")
def told(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("late")
    shutil.copytree(demo.folder / "store", folder / "store")
    clock = SetClock(BEGINNING)
    with Session.open(folder / "store", PASSPHRASE, clock=clock) as session:
        keep_plan(session, begin_plan(session, NAME, "sfo-review", Choice(case_ref=CASE)))
        made = [export_plan(session, plan_named(session, NAME), folder / "0.pdf", Choice(), keep=True)]
        for number, (seal_late, title) in enumerate(((first_late, FIRST_LATE), (second_late, SECOND_LATE)), start=1):
            clock.moment += timedelta(days=10)
            seal_late(session)
            clock.moment += timedelta(days=1)
            saved = keep_plan(session, add_late(session, plan_named(session, NAME), title))
            clock.moment += timedelta(days=1)
            where = {"section_alone": folder / f"{number}-alone.pdf", "keep": True}
            made.append(export_plan(session, saved, folder / f"{number}.pdf", Choice(), **where))  # type: ignore[arg-type]
        keys = tuple(key_of(session, each) for each in made)
    alone = tuple(each.section_alone for each in made if each.section_alone)
    return Told(tuple(each.path for each in made), alone, keys)


def key_of(session: Session, made: Exported) -> dict[str, str]:
    """Return what each pseudonym of an export stands for."""
    rows: Any = session.store.records.get(made.index).fields.get("pseudonyms", [])
    return {row["pseudonym"]: row["stands_for"] for row in rows}


def page_of(path: Path, title: str) -> int:
    """Return the page of the first bookmark with a title."""
    return next(page for named, page, _ in outline_of(path) if re.sub(r"\s+", " ", named).startswith(title))


def plain(text: str) -> str:
    """Return a page's words without its count of pages, badges, and the words for the day of a late answer."""
    words = " ".join(BADGE.sub("", FURNITURE.sub("", text)).split())
    return STANDS.sub("", words)


def headless(text: str) -> str:
    """Return a page's words without the title above it, which names the late section where it stands alone."""
    words = plain(text)
    for title in (FIRST_LATE, SECOND_LATE):
        words = words.replace(f"{TITLE}: {title}", TITLE, 1)
    return words


def fixed_pages(path: Path) -> list[int]:
    """Return the pages, from 1, that a later bundle has too: without cover and index, up to the parts at the back."""
    return without_index(path, page_of(path, "Redaction schedule"))


def without_index(path: Path, end: int) -> list[int]:
    """Return the pages behind the cover and before `end` but those of the index."""
    first = page_of(path, "Index")
    index = range(first, min(page for _, page, _ in outline_of(path) if page > first))
    return [page for page in range(2, end) if page not in index]


@pytest.mark.parametrize("number", [1, 2])
def test_earlier_pages_keep_their_words_and_numbers(number: int, told: Told) -> None:
    before, after = (page_texts(told.bundles[n]) for n in (number - 1, number))
    pages = fixed_pages(told.bundles[number - 1])
    assert len(pages) > 20
    moved = [page for page in pages if plain(before[page - 1]) != plain(after[page - 1])]
    assert not moved, f"pages {moved} differ: {[(plain(before[n - 1]), plain(after[n - 1])) for n in moved[:1]]}"


@pytest.mark.parametrize("number", [1, 2])
def test_earlier_bookmarks_stay(number: int, told: Told) -> None:
    before, after = (dict.fromkeys((t, p) for t, p, _ in outline_of(told.bundles[n])) for n in (number - 1, number))
    last = fixed_pages(told.bundles[number - 1])[-1]
    after = {(STANDS.sub("", title), page): None for title, page in after}
    gone = [(title, page) for title, page in before if page <= last and (STANDS.sub("", title), page) not in after]
    assert not gone, f"bookmarks that are elsewhere now: {gone}"


def test_the_answer_of_a_late_section_keeps_its_heading(told: Told) -> None:
    page = page_of(told.bundles[1], FIRST_LATE)
    texts = [" ".join(page_texts(path)[page - 1].split()) for path in told.bundles[1:]]
    assert STANDS.findall(texts[0])
    assert STANDS.findall(texts[0]) == STANDS.findall(texts[1])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_bundle_verifies_and_keeps_its_standards(number: int, told: Told) -> None:
    require_good(told.bundles[number])


@pytest.mark.parametrize("number", [0, 1])
def test_a_late_section_alone_verifies_and_keeps_its_standards(number: int, told: Told) -> None:
    require_good(told.alone[number])


def require_good(path: Path) -> None:
    report = verify_file(path)
    assert report.verdict is Verdict.VERIFIED, [each for each in report.checks if each.verdict is not Verdict.VERIFIED]
    for profile in ("3b", "ua1"):
        judged = page_validation.validate_pdf(path, profile=profile)
        assert judged.is_compliant, [profile, *[str(failure) for failure in judged.failures][:5]]


@pytest.mark.parametrize("number", [1, 2])
def test_a_late_section_alone_carries_the_page_numbers_of_the_revised_bundle(number: int, told: Told) -> None:
    whole, alone, title = told.bundles[number], told.alone[number - 1], (FIRST_LATE, SECOND_LATE)[number - 1]
    first, end = page_of(whole, title), page_of(whole, "Redaction schedule")
    texts, own = page_texts(whole), page_texts(alone)
    assert len(own) > end - first >= 2
    for place in range(end - first):
        assert headless(own[place]) == headless(texts[first - 1 + place]), (
            f"page {first + place} says something else alone"
        )
    printed = [page for page, _ in printed_numbers(alone)]
    assert printed == list(range(first, first + len(own))), "the printed numbers are not those of the revised bundle"
    document = pypdfium2.PdfDocument(alone)
    labels = [document.get_page_label(n) for n in range(len(document))]
    document.close()
    assert labels == [str(page) for page in printed], "the page labels are not the printed numbers"


@pytest.mark.parametrize("number", [1, 2])
def test_a_late_section_begins_with_its_list_and_the_answer_as_it_stands(number: int, told: Told) -> None:
    title = (FIRST_LATE, SECOND_LATE)[number - 1]
    text = " ".join(page_texts(told.bundles[number])[page_of(told.bundles[number], title) - 1].split())
    assert "These documents were added after the bundle was made up" in text
    assert "Mon 2 Feb 2026" in text, "it does not say from which day the front looks back"
    behind = page_texts(told.bundles[number])[page_of(told.bundles[number], title) - 1 :]
    assert any("At a glance, as it stands on" in " ".join(page.split()) for page in behind), (
        "the answer as it stood is missing"
    )


def test_index_and_cover_point_to_the_late_sections(told: Told) -> None:
    texts = [" ".join(text.split()) for text in page_texts(told.bundles[2])]
    front = " ".join(texts[: page_of(told.bundles[2], "Records in full") - 1])
    for title in (FIRST_LATE, SECOND_LATE):
        assert re.search(rf"Late documents: {title}[^.]* {page_of(told.bundles[2], title)}\b", front), front[-600:]
    assert f"At the end: {FIRST_LATE}; {SECOND_LATE}" in texts[0]


def test_a_second_late_section_leaves_the_first_where_it_is(told: Told) -> None:
    first = [page_of(path, FIRST_LATE) for path in told.bundles[1:]]
    assert first[0] == first[1]
    assert page_of(told.bundles[2], SECOND_LATE) == page_of(told.bundles[1], "Redaction schedule")


def test_exhibits_keep_their_numbers_and_pages(told: Told) -> None:
    seen: dict[str, tuple[int, int, int]] = {}
    for path in told.bundles:
        found = {e["sha256"]: (e["exhibit"], e["first_page"], e["pages"]) for e in manifest_of(path)["exhibits"]}
        assert seen.items() <= found.items(), "an exhibit has another number or page than before"
        seen = found
    for path in told.alone:
        assert {each["sha256"]: (each["exhibit"], each["pages"]) for each in manifest_of(path)["exhibits"]}.items() <= {
            digest: (number, pages) for digest, (number, _, pages) in seen.items()
        }.items()


def test_pseudonyms_stay_and_new_ones_follow(told: Told) -> None:
    first, second, third = told.keys
    assert first, "the story names no other client"
    assert first.items() < second.items() <= third.items()
    assert "X000901" in second.values()
    for path in (*told.bundles, *told.alone):
        assert places_of(path, ["X000733", "X000901", "X000902"]) == []


def test_the_late_section_alone_says_what_it_leaves_to_the_bundle(told: Told) -> None:
    manifest = manifest_of(told.alone[1])
    reasons = {run["reason"] for run in manifest["left_out"]}
    assert "in the bundle that this section belongs to" in reasons
    shown = {each["index"] for each in manifest["records"]}
    assert 0 in shown
    assert shown < {each["index"] for each in manifest_of(told.bundles[2])["records"]}


@pytest.mark.parametrize("number", [0, 1])
def test_the_second_verifier_agrees_on_a_late_section_alone(number: int, told: Told) -> None:
    """Its exhibits have the numbers that they have in the whole bundle: they rise, and do not begin at 1."""
    content = told.alone[number].read_bytes()
    assert manifest_of(told.alone[number])["exhibits"][0]["exhibit"] > 1
    first = {check.name: check.verdict.value for check in verify_file(told.alone[number]).checks}
    assert judges.verify_bundle(content) == first


def test_exhibits_whose_numbers_do_not_rise_are_refused_by_both(told: Told) -> None:
    manifest = manifest_of(told.bundles[0])
    for wrong in (manifest["exhibits"][::-1], manifest["exhibits"][:1] * 2):
        changed = manifest | {"exhibits": wrong}
        with pytest.raises(VerificationError):
            parse_manifest(canonical(changed))
        assert second_verifier.outcome(partial(second_verifier.check_manifest, changed))[0] == "malformed"


def test_links_of_a_late_section_alone_lead_to_its_own_pages(told: Told) -> None:
    for path in told.alone:
        with pikepdf.open(path) as pdf:
            own = {page.obj.objgen for page in pdf.pages}
            links = [each for page in pdf.pages for each in page.obj.get("/Annots", []) if each.Subtype == "/Link"]
            assert links
            assert all(each.Dest[0].objgen in own for each in links), "a link leads out of the file"


def small(session: Session, *records: int, profile: str = "grievance", files: tuple[bytes, ...] = ()) -> SavedPlan:
    documents = tuple(Document(record=index) for index in records) + tuple(exhibit(content) for content in files)
    size = session.store.log.size()
    saved = SavedPlan(profile, NAME, sections=(Section("All", documents),), pseudonyms_from=30, records_seen=size)
    return keep_plan(session, saved)


@pytest.fixture
def later(store_path: Path) -> Iterator[tuple[Session, SetClock]]:
    """A store whose clock stands where it is put."""
    clock = SetClock(BEGINNING)
    with open_fast(store_path, clock=clock) as session:
        yield session, clock


def changed_pages(before: Path, after: Path) -> list[int]:
    """Return the pages of documents that differ."""
    texts = [page_texts(path) for path in (before, after)]
    pages = without_index(before, page_of(before, "Integrity annex") - 1)
    return [page for page in pages if plain(texts[0][page - 1]) != plain(texts[1][page - 1])]


def test_pseudonyms_that_stand_in_exhibits_alone_stay_too(later: tuple[Session, SetClock], tmp_path: Path) -> None:
    (session, clock), text = later, b"it is about X000888 and nobody else"
    seal_with(session, concern("see the paper"), {"a.txt": text})
    export_plan(session, small(session, 1, files=(text,)), tmp_path / "0.pdf", Choice(), keep=True)
    clock.moment += timedelta(days=10)
    seal_with(session, concern("X000777 came"))
    saved = keep_plan(session, add_late(session, plan_named(session, NAME), "Late"))
    export_plan(session, saved, tmp_path / "1.pdf", Choice(), keep=True)
    assert changed_pages(tmp_path / "0.pdf", tmp_path / "1.pdf") == []


def colliding(first: str, second: str) -> str:
    """Return a secret from which two values would have the same letters."""
    for number in range(100_000):
        secret = f"{number:032x}"
        seen = {Pseudonyms(secret).give(value, "CRN")[0] for value in (first, second)}
        if len(seen) == 1:
            return secret
    raise AssertionError("no secret was found")


def test_a_late_name_takes_no_letters_of_one_that_was_handed_over(
    later: tuple[Session, SetClock], tmp_path: Path
) -> None:
    """Two values can come to the same letters; that of the late record comes before that of the exhibit."""
    (session, clock), text = later, b"it is about X000888 and nobody else"
    seal_with(session, concern("see the paper"), {"a.txt": text})
    plan = replace(small(session, 1, files=(text,)), pseudonyms_from=colliding("X000888", "X000777"))
    first = export_plan(session, keep_plan(session, plan), tmp_path / "0.pdf", Choice(), keep=True)
    clock.moment += timedelta(days=10)
    seal_with(session, concern("X000777 came"))
    saved = keep_plan(session, add_late(session, plan_named(session, NAME), "Late"))
    second = export_plan(session, saved, tmp_path / "1.pdf", Choice(), keep=True)
    assert changed_pages(tmp_path / "0.pdf", tmp_path / "1.pdf") == []
    before, after = key_of(session, first), key_of(session, second)
    assert before.items() < after.items()
    assert "X000777" in after.values()


def test_the_sent_copy_of_a_mail_that_was_drafted_before_moves_no_page(
    later: tuple[Session, SetClock], tmp_path: Path
) -> None:
    """The page of the draft shows its words, though the sent copy that came late has the same."""
    session, clock = later
    about = seal_with(session, concern("I hold 61 cases on four days."))
    wish = Wish(to=("kim.dale@easthaven.justice.example",))
    drafted = write_draft(session, about, wish, tmp_path / "draft.eml").index
    words = {name: session.store.records.get(drafted).fields[name] for name in ("subject", "content")}
    export_plan(session, small(session, drafted, profile="officer"), tmp_path / "0.pdf", Choice(), keep=True)
    clock.moment += timedelta(days=10)
    sent = sample_entry("message", fields=words, links=[{"to": drafted, "as": "carries out"}])
    late = seal_with(session, sent)
    saved = keep_plan(session, add_late(session, plan_named(session, NAME), "Late", [Document(late)]))
    export_plan(session, saved, tmp_path / "1.pdf", Choice(), keep=True)
    assert changed_pages(tmp_path / "0.pdf", tmp_path / "1.pdf") == []


def test_a_correction_on_the_same_day_moves_no_page(later: tuple[Session, SetClock], tmp_path: Path) -> None:
    session, clock = later
    seal_with(session, concern("reports were late"))
    export_plan(session, small(session, 1), tmp_path / "0.pdf", Choice(), keep=True)
    clock.moment += timedelta(hours=3)
    seal_with(session, concern("it was earlier", links=[{"to": 1, "as": "corrects"}]))
    late = seal_with(session, concern("reports are late again"))
    saved = keep_plan(session, add_late(session, plan_named(session, NAME), "Late", [Document(late)]))
    export_plan(session, saved, tmp_path / "1.pdf", Choice(), keep=True)
    assert changed_pages(tmp_path / "0.pdf", tmp_path / "1.pdf") == []


def test_open_items_at_the_front_are_as_of_their_day(later: tuple[Session, SetClock], tmp_path: Path) -> None:
    session, clock = later
    for day in ("2026-02-20", "2026-03-20"):
        action = {"what": "ring the centre", "who": "me", "due": day}
        seal_with(session, sample_entry("meeting", fields={"actions": [action]}))
        if day == "2026-02-20":
            keep_plan(session, begin_plan(session, NAME, "handover", Choice()))
            export_plan(session, plan_named(session, NAME), tmp_path / "0.pdf", Choice(), keep=True)
            clock.moment += timedelta(days=30)
    saved = keep_plan(session, add_late(session, plan_named(session, NAME), "Late"))
    export_plan(session, saved, tmp_path / "1.pdf", Choice(), keep=True)
    page = page_of(tmp_path / "0.pdf", "What is open")
    assert len({plain(page_texts(tmp_path / name)[page - 1]) for name in ("0.pdf", "1.pdf")}) == 1


def test_a_section_alone_needs_a_late_section_and_a_name_of_its_own(
    later: tuple[Session, SetClock], tmp_path: Path
) -> None:
    session, clock = later
    seal_with(session, concern("reports were late"))
    saved, out = small(session, 1), tmp_path / "out.pdf"
    with pytest.raises(InputError, match="no late section"):
        export_plan(session, saved, out, Choice(), section_alone=tmp_path / "alone.pdf")
    clock.moment += timedelta(days=1)
    seal_with(session, concern("reports are late again"))
    with pytest.raises(InputError, match="different names"):
        export_plan(session, add_late(session, saved, "Late"), out, Choice(), section_alone=tmp_path / "." / "out.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_bundle_that_cannot_be_written_leaves_no_late_section(
    later: tuple[Session, SetClock], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, clock = later
    seal_with(session, concern("reports were late"))
    saved, out = small(session, 1), tmp_path / "out.pdf"
    clock.moment += timedelta(days=1)
    seal_with(session, concern("reports are late again"))

    def full(files: Sequence[tuple[Path, bytes]]) -> AbstractContextManager[Callable[[], None]]:
        # The first file is written, and there is no room for the second.
        return written_beside([files[0], (files[1][0], no_room())])

    def no_room() -> Iterator[bytes]:
        yield b"%PDF-"
        raise OSError(errno.ENOSPC, "No space left on device")

    size = session.store.log.size()
    monkeypatch.setattr(exporting, "written_beside", full)
    with pytest.raises(EnvironmentProblem, match="disk is full"):
        export_plan(session, add_late(session, saved, "Late"), out, Choice(), section_alone=tmp_path / "alone.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".pdf", ".part"}] == []
    assert session.store.log.size() == size, "the register says that files were made that never were"
