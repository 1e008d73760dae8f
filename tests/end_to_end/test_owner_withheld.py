"""A disclosure with its author withheld: name, parts of it, initials, addresses and mail headers are in no part of the file; the limits are said."""

import re
from pathlib import Path

import pikepdf
import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.safekeeping.verifying import verify_file
from tests.conftest import Run
from tests.end_to_end.test_profiles import everything_in
from tests.support import stores
from tests.support.bundles import all_words, seal_with

PROFILE = "disclosure-unnamed"
ADDRESS = "r.hale@office.gov.uk"
MAIL = f"""From: K. Dale <k.dale@office.gov.uk>
To: Rowan Hale <{ADDRESS}>
Date: Tue, 3 Nov 2026 10:00:00 +0000
Message-ID: <1@office.gov.uk>
Subject: Cover, Rowan

Dear Rowan,
no. I told Rowan Hale ({ADDRESS}) before, and R. Hale knows.
"""


def store_of(tmp_path: Path, owner: str) -> Path:
    stores.make_store(tmp_path / "store", owner=owner)
    return tmp_path / "store"


def concern(words: str) -> dict:
    fields = {"concern": words, "raised_with": {"person": "K. Dale"}, "ask": "Cover."}
    return {"kind": "concern", "event_at": "2026-11-02T09:00:00Z", "event_precision": "exact", "fields": fields}


def bundle(session: Session, out: Path) -> Path:
    export(session, PROFILE, out, Selection())
    return out


def test_nothing_in_the_file_says_whose_it_is(tmp_path: Path, run_cli: Run, passphrase_file: Path) -> None:
    store = store_of(tmp_path, "Rowan Hale")
    (tmp_path / "mail.eml").write_text(MAIL, encoding="utf-8")
    with stores.open_fast(store) as session:
        change_setting(session, "own_addresses", [ADDRESS])
        seal_with(
            session, concern("I, Rowan Hale, told her: there is no cover. R. Hale was told to go. Mr Hale, she said.")
        )
    del passphrase_file
    words = tmp_path / "words.txt"
    words.write_text(stores.WORDS, encoding="utf-8")
    keys = ("--store", store, "--passphrase-file", words)
    run_cli("import", tmp_path / "mail.eml", "--seal", "--received", "--for", "1", *keys).expect(0)
    with stores.open_fast(store) as session:
        out = bundle(session, tmp_path / "d.pdf")
    content, pages = everything_in(out), all_words(out)
    for said in ("Hale", "Rowan", ADDRESS):
        assert said.encode() not in content, said
        assert said.encode("utf-16-be") not in content, said
    assert "[author " in pages
    assert "whoever has another file of the same log" in " ".join(pages.split())
    assert verify_file(out).verdict is Verdict.VERIFIED
    with pikepdf.open(out) as pdf:
        assert "Hale" not in str(dict(pdf.docinfo))
    own = tmp_path / "own.pdf"
    with stores.open_fast(store) as session:
        export(session, "officer", own, Selection())
    assert b"Rowan" in everything_in(own), "the search finds nothing: it would find nothing in the other file either"


def test_a_name_of_common_words_is_withheld_where_it_is_a_name(tmp_path: Path) -> None:
    with stores.open_fast(store_of(tmp_path, "Mark Field")) as session:
        seal_with(session, concern("I asked Mark Field; Field said no. It was a field day, and I did mark it."))
        with pytest.raises(InputError, match="nobody has decided about that: “mark”"):
            bundle(session, tmp_path / "d.pdf")
        decide(session, keep=["mark"])
        pages = all_words(bundle(session, tmp_path / "d.pdf"))
    assert re.findall(r"\b(?:Mark|Field)\b", pages) == []
    assert "a field day, and I did mark it" in " ".join(pages.split())


def test_a_name_that_is_one_ordinary_word_is_a_sentence(tmp_path: Path) -> None:
    with stores.open_fast(store_of(tmp_path, "Hope")) as session:
        seal_with(session, concern("There is no cover."))
        with pytest.raises(InputError, match="“Hope”, which is an ordinary word too"):
            bundle(session, tmp_path / "d.pdf")
    assert not (tmp_path / "d.pdf").exists()


def test_a_store_without_a_name_has_nothing_to_withhold(tmp_path: Path) -> None:
    with stores.open_fast(store_of(tmp_path, "")) as session:
        seal_with(session, concern("There is no cover."))
        assert verify_file(bundle(session, tmp_path / "d.pdf")).verdict is Verdict.VERIFIED
