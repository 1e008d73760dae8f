"""Editing a kept plan by the numbers and names of its documents, as the command line does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from evidence_app.domain.plan.edits import leaving_out, moved, with_document, with_redaction
from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, ranges_in_words, read_ranges
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.folding import name_key
from evidence_app.errors import InputError
from evidence_app.files import write_whole
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.bundles.plans import Choice, document_names, listed_sections, work_out
from evidence_app.services.bundles.previewing import look_at_exhibit
from evidence_app.services.bundles.saved_plans import keep_plan
from evidence_app.services.core.session import Session

SHOWN_DPI: Final = 110


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of a plan: its number in the list, from 1, the section that it stands in, and what it is called."""

    number: int
    section: str
    name: str
    document: Document

    def in_words(self) -> str:
        """Return the document on one line, with what was set for it."""
        of = self.document
        pages = f"pages {ranges_in_words(of.pages)}" if of.pages else ""
        title, day = f"“{of.title}”" if of.title else "", of.date
        looked = ", ".join(
            each
            for each in (
                "looked through" * of.looked_through,
                "in the core bundle" * of.core,
                "its own index" * of.parts,
                of.mark,
            )
            if each
        )
        set_for_it = ", ".join(each for each in (title, day, pages, looked) if each)
        return f"{self.number:5}  {self.name}{f'  ({set_for_it})' if set_for_it else ''}"

    def to_json(self) -> JsonObject:
        """Return the document as the command line prints it."""
        return {"number": self.number, "section": self.section, "name": self.name, **self.document.to_json()}


def listed_documents(session: Session, plan: SavedPlan) -> list[ListedDocument]:
    """Return the documents of a plan in their order.

    Raises:
        InputError: the plan lists none: the program arranges them.
    """
    if plan.sections is None:
        raise InputError(f"The plan “{plan.name}” lists no documents: it takes in what its profile does.")
    names = document_names(session, plan)
    found: list[ListedDocument] = []
    for sections in plan.stages:
        for section in sections:
            for document in section.documents:
                name = names.get(document.key, f"record {document.key}")
                found.append(ListedDocument(len(found) + 1, section.title, name, document))
    return found


def find_document(documents: Sequence[ListedDocument], words: str) -> ListedDocument:
    """Return the document that a number in the list means, or a part of a name that no other has.

    Raises:
        InputError: none or several are meant.
    """
    if words.isascii() and words.isdigit():
        meant = [each for each in documents if each.number == int(words)]
    else:
        meant = [each for each in documents if name_key(words) and name_key(words) in name_key(each.name)]
    if len(meant) != 1:
        which = "No document is" if not meant else f"{len(meant)} documents are"
        raise InputError(f"{which} meant by “{words[:40]}”: “plan list-documents” numbers them.")
    return meant[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with a document: words that say what, and for withholding the page, the area in per cent, the class and the reason."""

    words: str = ""
    page: int = 0
    area: str = ""
    category: str = "other"
    why: str = ""


def edit_plan(session: Session, plan: SavedPlan, action: str, words: str, wanted: Wanted) -> SavedPlan:
    """Change one document of a plan, and keep the plan.

    Raises:
        InputError: no document is meant, what is wanted is not possible, or the plan cannot be worked out any more.
    """
    documents = listed_documents(session, plan)
    changed = EDITS[action](plan, documents, find_document(documents, words), wanted)
    # Whatever was typed is checked as a plan file is.
    changed = read_saved_plan(changed.to_json())
    worked_out = work_out(session, changed, Choice())
    added = changed.redactions[-1] if len(changed.redactions) > len(plan.redactions) else None
    # Of a record it is known at once; files are read when the bundle is made, and that says so.
    missed = worked_out.rules.without_effect(worked_out.applied) if worked_out.rules is not None else []
    if added is not None and added.record is not None and len(changed.redactions) in missed:
        raise InputError(f"“{added.words[:60]}” does not stand in record {added.record}: nothing was changed.")
    return keep_plan(session, changed)


def with_looked_through(
    session: Session, saved: SavedPlan, choice: Choice, names: Sequence[str]
) -> tuple[SavedPlan, Choice]:
    """Return a plan in which somebody looked through some files, by parts of their names or “all”, and what is left to be chosen beside it.

    Raises:
        InputError: no file, or several, are meant by a name, or the plan cannot be worked out.
    """
    if saved.sections is None:
        worked_out = work_out(session, saved, choice)
        saved = replace(saved, sections=listed_sections(worked_out), case_ref=saved.case_ref or worked_out.case_ref)
        choice = replace(choice, selection=Selection(), thread=None, members=(), case_ref="")
    documents = listed_documents(session, saved)
    files = [each for each in documents if each.document.exhibit]
    for name in names:
        for which in files if name == "all" else [find_document(files, name)]:
            saved = with_document(saved, replace(which.document, looked_through=True))
    return saved, choice


Edit = Callable[[SavedPlan, Sequence[ListedDocument], ListedDocument, Wanted], SavedPlan]


def _move(plan: SavedPlan, documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    if wanted.words == "end":
        return moved(plan, which.document, None)
    before = find_document(documents, wanted.words)
    if before.number == which.number:
        raise InputError("It stands there already.")
    return moved(plan, which.document, before.document)


def _title(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    return with_document(plan, replace(which.document, title=wanted.words))


def _date(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    return with_document(plan, replace(which.document, date=wanted.words))


def _pages(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    _require_exhibit(which)
    return with_document(plan, replace(which.document, pages=read_ranges(wanted.words)))


def _looked_through(
    plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted
) -> SavedPlan:
    _require_exhibit(which)
    if wanted.words not in {"", "no"}:
        raise InputError("“looked-through” takes nothing, or “no”.")
    return with_document(plan, replace(which.document, looked_through=wanted.words != "no"))


def _core(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    if wanted.words not in {"", "no"}:
        raise InputError("“core” takes nothing, or “no”.")
    return with_document(plan, replace(which.document, core=wanted.words != "no"))


def _parts(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    _require_exhibit(which)
    if wanted.words not in {"", "no"}:
        raise InputError("“parts” takes nothing, or “no”.")
    return with_document(plan, replace(which.document, parts=wanted.words != "no"))


def _mark(plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted) -> SavedPlan:
    return with_document(plan, replace(which.document, mark="" if wanted.words == "no" else wanted.words))


def _leave_out(
    plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted
) -> SavedPlan:
    return leaving_out(plan, which.document, wanted.words)


def _withhold(
    plan: SavedPlan, _documents: Sequence[ListedDocument], which: ListedDocument, wanted: Wanted
) -> SavedPlan:
    document = which.document
    if bool(wanted.words) == bool(wanted.page or wanted.area):
        raise InputError("Say what is withheld: words, or --page and --area of an exhibit.")
    if wanted.words:
        return with_redaction(
            plan,
            Redaction(wanted.category, wanted.why, wanted.words, record=document.record, exhibit=document.exhibit),
        )
    _require_exhibit(which)
    area = _area(wanted.area)
    return with_redaction(
        plan, Redaction(wanted.category, wanted.why, exhibit=document.exhibit, page=wanted.page, area=area)
    )


def _area(text: str) -> tuple[float, float, float, float]:
    try:
        left, top, right, bottom = (float(part) / 100 for part in text.split(","))
    except ValueError:
        raise InputError(
            "--area is four numbers in per cent of the page: left, top, right and bottom, such as 10,32,55,36."
        ) from None
    return left, top, right, bottom


def _require_exhibit(which: ListedDocument) -> None:
    if not which.document.exhibit:
        raise InputError(f"{which.name[:60]} is a record: only exhibits have pages.")


EDITS: Final[Mapping[str, Edit]] = MappingProxyType(
    {
        "move": _move,
        "title": _title,
        "date": _date,
        "pages": _pages,
        "looked-through": _looked_through,
        "core": _core,
        "parts": _parts,
        "mark": _mark,
        "leave-out": _leave_out,
        "withhold": _withhold,
    }
)
"""What can be done with a document of a plan, by the word of the command line."""


def write_page(session: Session, plan: SavedPlan, which: ListedDocument, page: int, out: Path) -> int:
    """Write a page of an exhibit, counted from 1, to a picture (PNG), as a bundle shows it before anything is withheld; return how many it has.

    Raises:
        InputError: it is a record, has no such page, or a file of that name is there.
        EnvironmentProblem: the file cannot be written.
    """
    from io import BytesIO

    from PIL import Image

    _require_exhibit(which)
    if out.exists():
        raise InputError(f"{out.name} is there already. Choose another name.")
    pages = look_at_exhibit(session, plan, which.document.exhibit)
    if not 1 <= page <= pages.count:
        raise InputError(f"{which.name[:60]} has {pages.count} pages: there is no page {page}.")
    drawn = pages.picture(page - 1, SHOWN_DPI)
    buffer = BytesIO()
    Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels).save(buffer, "PNG")
    write_whole(out, buffer.getvalue())
    return pages.count
