"""Papers beside a bundle: index, chronology, issues, Scott schedule and statement, with the bundle's pages and without what it withholds."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from evidence_app.bundle.papers.csv_file import as_csv
from evidence_app.bundle.papers.paper import Paper, PaperColumn
from evidence_app.domain.plan.saved_plan import Cover, Document, SavedPlan
from evidence_app.domain.plan.statement_text import read_statement_text, statement_as_text
from evidence_app.errors import InputError
from evidence_app.services.bundles import papers, plans, saved_plans
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.papers import make_paper
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from tests.conftest import Run
from tests.support import stores
from tests.support.bundles import concern, manifest_in, seal_with, words_on
from tests.support.sample_documents import letter

NAMED = "Zebedee Quillfeather"
LETTER = letter(["A letter of 4 March."])
ASKED = "Weekly reporting again."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "store")
    with stores.open_fast(tmp_path / "store") as session:
        decide(session, withhold=[NAMED], keep=["March"])
        spoken = {
            "kind": "instruction",
            "event_at": "2025-04-14T09:00",
            "event_precision": "exact",
            "fields": {"exact_words": f"Move {NAMED} to monthly.", "via": "phone", "given_by": {"person": "K. Dale"}},
        }
        seal_with(session, spoken)
        asked = {"ask": ASKED, "reply_by": "2025-04-24", "raised_with": {"person": "K. Dale"}}
        seal_with(
            session,
            concern("=Monthly is unsafe.", event_at="2025-04-15T09:00", fields=asked, links=[{"to": 1, "as": "about"}]),
            {"letter of 4 March.pdf": LETTER},
        )
        yield session


def plan(session: Session, **more: Any) -> SavedPlan:
    begun = plans.begin_plan(session, "Spring", "tribunal", Choice())
    cover = Cover("Employment Tribunal", "1234567/2026", ("S. Rowe", "The Secretary of State"))
    return saved_plans.keep_plan(session, replace(begun, cover=cover, **more))


def rows(path: Path) -> list[list[str]]:
    (table,) = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def paper(session: Session, saved: SavedPlan, kind: str, out: Path, **more: Any) -> Path:
    make_paper(session, saved, Choice(), kind, out, **more)
    return out


def test_the_pages_of_a_paper_are_those_of_the_bundle(store: Session, tmp_path: Path) -> None:
    saved = plan(store)
    index = rows(paper(store, saved, "index", tmp_path / "index.docx"))
    export_plan(store, saved, bundle := tmp_path / "bundle.pdf", Choice())
    assert index[0] == ["No.", "Date", "Document", "Page"]
    record = next(row for row in index if row[0] == "2")
    page = int(record[3].partition("–")[0])
    assert "=Monthly is unsafe." in words_on(bundle, page)
    exhibit = next(row for row in index if row[0] == "Ex. 1")
    assert int(exhibit[3]) == manifest_in(bundle)["exhibits"][0]["first_page"]
    chronology = rows(paper(store, saved, "chronology", tmp_path / "chronology.docx"))
    assert chronology[0][-1] == "Agreed, or what is said instead"
    assert [row[3] for row in chronology[1:]] == ["", ""], "the other side's column is not theirs to fill in"
    assert chronology[2][2] == record[3]


def test_what_was_raised_becomes_issues_and_a_schedule(store: Session, tmp_path: Path) -> None:
    saved = plan(store)
    issues = text(paper(store, saved, "issues", tmp_path / "issues.docx"))
    for said in (
        "Did Sam Rowe raise with K. Dale on",
        "=Monthly is unsafe.",
        ASKED,
        "1234567/2026",
        "Agreed or disputed",
    ):
        assert said in issues, said
    schedule = rows(paper(store, saved, "schedule", tmp_path / "schedule.docx"))
    assert schedule[0][-2:] == ["The other side's answer", "Finding"]
    assert schedule[1][1] == "=Monthly is unsafe."
    assert schedule[1][-2:] == ["", ""]


@pytest.mark.parametrize("kind", ["index", "chronology", "issues", "schedule", "statement"])
def test_a_paper_holds_nothing_that_the_bundle_withholds_and_says_not_who_made_it(
    store: Session, tmp_path: Path, kind: str
) -> None:
    path = paper(store, plan(store), kind, tmp_path / f"{kind}.docx")
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for word in (*NAMED.split(), "X000412", "python-docx", "2013-12-23"):
        assert word not in everything, word
    about = docx.Document(str(path)).core_properties
    assert (about.author, about.last_modified_by, about.language) == ("", "", "en-GB")


def test_pages_of_a_statement_follow_when_pages_move(store: Session, tmp_path: Path) -> None:
    saved = plan(store, statement=("I raised it [2].", "I wrote a letter [exhibit letter of 4 March]."))
    first = text(paper(store, saved, "statement", tmp_path / "first.docx"))
    (section, exhibits) = saved.sections or ()
    moved = replace(saved, sections=(replace(exhibits, title="First"), section))
    second = text(paper(store, moved, "statement", tmp_path / "second.docx"))
    assert "Witness statement of Sam Rowe" in first
    assert "I believe that the facts stated in this witness statement are true." in first

    def pages(said: str) -> tuple[str, str]:
        return tuple(said.partition(words)[2].partition("]")[0] for words in ("I raised it [page ", "letter [page "))  # type: ignore[return-value]

    assert pages(first) != pages(second)
    export_plan(store, moved, bundle := tmp_path / "moved.pdf", Choice())
    assert str(manifest_in(bundle)["exhibits"][0]["first_page"]) == pages(second)[1]
    assert "=Monthly is unsafe." in words_on(bundle, int(pages(second)[0].partition("–")[0]))


def test_a_reference_to_what_is_not_in_the_bundle_is_refused(store: Session, tmp_path: Path) -> None:
    for words in ("[77]", "[exhibit of nothing]"):
        with pytest.raises(InputError, match="not in this bundle"):
            paper(store, plan(store, statement=(f"I raised it {words}.",)), "statement", tmp_path / "x.docx")
    with pytest.raises(InputError, match="identifies a client"):
        paper(store, plan(store, statement=(f"I saw {NAMED}.",)), "statement", tmp_path / "x.docx")
    assert not (tmp_path / "x.docx").exists()


def test_the_statement_is_drafted_from_the_owners_records(store: Session, tmp_path: Path) -> None:
    saved = plan(store)
    drafted = papers.statement_of_plan(store, saved)
    assert drafted[0].startswith("On Mon 14 Apr 2025 K. Dale said to me (phone): “Move [")
    assert drafted[1].startswith("On Tue 15 Apr 2025 I raised with K. Dale: “=Monthly is unsafe.”")
    assert drafted[1].endswith(" [2]")
    written = tmp_path / "statement.txt"
    assert papers.write_statement_text(store, saved, written) == 2
    written.write_text(written.read_text(encoding="utf-8") + "And a third.\n", encoding="utf-8")
    kept = papers.take_statement_text(store, saved, written)
    assert kept.statement == (*drafted, "And a third.")


def test_paragraphs_outlive_text() -> None:
    said = ("One [2].", "Two.")
    assert read_statement_text(statement_as_text(said)) == said


def test_a_table_is_read_by_spreadsheets_and_reckons_nothing(store: Session, tmp_path: Path) -> None:
    path = paper(store, plan(store), "schedule", tmp_path / "schedule.csv")
    found = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert found[1][1] == "'=Monthly is unsafe.", "a spreadsheet would take it for a formula"
    assert len({len(row) for row in found}) == 1
    titled = Paper("X", columns=(PaperColumn("A", 1), PaperColumn("B", 1)), rows=(("Title",), ("1", "2")))
    assert as_csv(titled).decode("utf-8-sig") == "A,B\r\nTitle,\r\n1,2\r\n"


def test_what_cannot_be_made_leaves_no_file_and_no_record(store: Session, tmp_path: Path) -> None:
    saved = plan(store)
    size = store.store.log.size()
    for kind, name, why in (
        ("index", "index.pdf", "neither .docx nor .csv"),
        ("statement", "statement.csv", "no table"),
    ):
        with pytest.raises(InputError, match=why):
            paper(store, saved, kind, tmp_path / name)
        assert not (tmp_path / name).exists()
    with pytest.raises(InputError, match="shows no records"):
        make_paper(store, SavedPlan("integrity"), Choice(), "index", tmp_path / "x.docx")
    (tmp_path / "there.docx").write_bytes(b"mine")
    with pytest.raises(InputError, match="there already"):
        paper(store, saved, "index", tmp_path / "there.docx")
    assert (tmp_path / "there.docx").read_bytes() == b"mine"
    alone = replace(saved, sections=(replace((saved.sections or ())[0], documents=(Document(1),)),))
    with pytest.raises(InputError, match="No record shown leads to"):
        paper(store, alone, "issues", tmp_path / "none.docx")
    assert store.store.log.size() == size
    made = make_paper(store, saved, Choice(), "index", tmp_path / "index.docx")
    record = store.store.records.get(made.index)
    assert record.fields["what"] == "Index, as Word"
    assert record.fields["sha256"] == made.sha256


def test_the_command_line_makes_papers_and_takes_the_statement(store: Session, tmp_path: Path, run_cli: Run) -> None:
    plan(store)
    store.close()
    where = tmp_path / "store"
    said = run_cli("paper", "issues", "--plan", "Spring", "--out", tmp_path / "i.docx", "--json", store=where)
    assert said.expect(0).json["count"] == 3
    run_cli("plan", "statement", "Spring", "--out", tmp_path / "s.txt", store=where).expect(0)
    run_cli("plan", "statement", "Spring", "--take", tmp_path / "s.txt", store=where).expect(0)
    run_cli("paper", "statement", "--plan", "Spring", "--out", tmp_path / "s.docx", store=where).expect(0)
    assert "exported: Witness statement of Sam Rowe, as Word" in run_cli("register", store=where).expect(0).stdout
    run_cli("plan", "statement", "Spring", store=where).refused(2)
    run_cli("paper", "index", "--plan", "Spring", "--out", tmp_path / "i.docx", store=where).refused(2)
