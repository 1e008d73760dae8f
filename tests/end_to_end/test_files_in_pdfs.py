"""Files attached to a PDF or in a portfolio follow it as 4.1, 4.2, and are read like any file; a form that one program alone draws says so."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name

from evidence_app.documents.pdf.attachments import files_in_pdf
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.file_search import read_files
from evidence_app.services.records.reading import search
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words, concern, listed, make, manifest_in, seal_with
from tests.support.sample_documents import letter

NAME = "Olwen Marchbanks"


def carrying(files: dict[str, bytes], *, on_page: bool = False, portfolio: bool = False) -> bytes:
    """Return a letter with files attached: to the whole, or to a place on its page."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["a copper lantern"]))) as pdf:
        for name, content in files.items():
            specification = AttachedFileSpec(pdf, content, filename=name)
            if on_page:
                note = Dictionary(
                    Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[10, 10, 30, 30], FS=specification.obj
                )
                pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(note)])
            else:
                pdf.attachments[name] = specification
        if portfolio:
            pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)
        pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("more", [{}, {"on_page": True}, {"portfolio": True}], ids=["whole", "place", "portfolio"])
def test_a_file_in_a_pdf_follows_it(more: dict[str, bool], session: Session, tmp_path: Path) -> None:
    content = carrying({"minutes.txt": b"the walnut minutes"}, **more)
    seal_with(session, concern("see the file"), {"letter.pdf": content})
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    words = all_words(out)
    assert "walnut minutes" in words
    assert "Exhibit 1.1" in words
    assert manifest_in(out)["exhibits"][0]["pages"] == 2
    assert verify_file(out).verdict is Verdict.VERIFIED
    read_files(session)
    assert [record.index for record in search(session, "walnut")] == [1]


def test_names_in_it_and_in_its_name_are_withheld(session: Session, tmp_path: Path) -> None:
    content = carrying(
        {f"{NAME} minutes.txt": f"the walnut minutes of {NAME}".encode(), "two.pdf": letter([f"a harbour {NAME}"])}
    )
    seal_with(session, concern("see the file"), {"letter.pdf": content})
    change_setting(session, "client_names", [NAME])
    out = tmp_path / "out.pdf"
    make(session, listed("sfo-review", [1], [content]), out)
    words = all_words(out)
    assert "walnut minutes" in words
    assert "harbour" in words
    assert "Marchbanks" not in words


def test_what_is_no_file_is_left_out() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["a letter"]))) as pdf:
        # A tree that leads to itself, a name without a file, and a file that is elsewhere.
        tree = pdf.make_indirect(
            Dictionary(Names=pikepdf.Array([pikepdf.String("a"), Dictionary(F=pikepdf.String("x"))]))
        )
        tree.Kids = pikepdf.Array([tree])
        pdf.Root.Names = Dictionary(EmbeddedFiles=tree)
        pdf.save(buffer)
    assert files_in_pdf(buffer.getvalue()) == ()
    assert files_in_pdf(b"no PDF") == ()


def test_a_form_that_one_program_alone_draws_is_a_slip_that_says_so(session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["Please wait..."]))) as pdf:
        pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=pikepdf.Array([]))
        pdf.Root.NeedsRendering = True
        pdf.save(buffer)
    seal_with(session, concern("see the form"), {"form.pdf": buffer.getvalue()})
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    assert manifest_in(out)["exhibits"][0]["shown_as"] == "slip"
    assert "XFA" in all_words(out)
    assert "Please wait" not in all_words(out)
