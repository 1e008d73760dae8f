"""Attachments shown as pages: of every file type, damaged ones included, without writing a file."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from evidence_app.errors import InputError
from evidence_app.services.bundles.previewing import look_at_attachment
from evidence_app.services.core.session import Session
from tests.support import mails
from tests.support.bundles import concern, seal_with
from tests.support.sample_documents import letter


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def mail() -> bytes:
    body = mails.part(["Content-Type: text/plain; charset=utf-8"], "Monthly is unsafe.")
    headers = [f"From: {mails.OFFICER}", f"To: {mails.MANAGER}", "Subject: about it", f"Date: {mails.SENT_DATE}"]
    return mails.multipart("mixed", [body], headers)


FILES = {
    "letter.pdf": (letter(["A letter of two pages"], ["Its second page"]), "A letter of two pages", 2),
    "picture.png": (png(), "", 1),
    "words.txt": ("Wŷn wrote this.".encode(), "Wŷn wrote this.", 1),
    "mail.eml": (mail(), "Monthly is unsafe.", 1),
    "broken.pdf": (b"%PDF-1.7\nnothing of the sort", "cannot be shown", 1),
    "table.xlsx": (b"PK\x03\x04 of an office program", "cannot be shown", 1),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_shown_as_pages(name: str, session: Session, tmp_path: Path) -> None:
    content, words, count = FILES[name]
    index = seal_with(session, concern("A paper came."), {name: content})
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    pages = look_at_attachment(session, index, 0)
    assert pages.count == count
    said = pages.words(0)
    picture = pages.picture(0, 40)
    assert words in said or (words == "cannot be shown" and "not shown" in said), said
    assert len(picture.pixels) == picture.width * picture.height * 3
    assert len(set(picture.pixels)) > 1, "an empty page"
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in after - before} <= {"records.db-wal", "records.db-shm"}


def test_a_missing_attachment_is_reported(session: Session) -> None:
    index = seal_with(session, concern("No paper."), {})
    with pytest.raises(InputError, match="no attachment 1"):
        look_at_attachment(session, index, 0)


def test_a_page_that_takes_too_long_is_not_drawn(session: Session) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["A bomb"]))) as pdf:
        form = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(6):
            more = {"Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
            resources = Dictionary(XObject=Dictionary(F=form))
            form = pdf.make_stream(b"/F Do " * 30, Type=Name.XObject, Resources=resources, **more)
        pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
        pdf.pages[0].contents_add(b"/F Do")
        pdf.save(out)
    index = seal_with(session, concern("A paper came."), {"bomb.pdf": out.getvalue()})
    pages = look_at_attachment(session, index, 0)
    assert "more than a reader can draw" in " ".join(pages.words(0).split())
