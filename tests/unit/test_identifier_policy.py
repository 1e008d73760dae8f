"""Identifiers of clients that a rep's store refuses, in every disguise and wherever they could be stored."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.text.identifiers import find_identifiers
from evidence_app.errors import InputError
from evidence_app.services.attestation import time_stamps, witnessing
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export
from evidence_app.services.bundles.profiles import keep_profile, own_profiles
from evidence_app.services.bundles.saved_plans import keep_plan, saved_plans
from evidence_app.services.core.identifier_policy import client_sorts, words_of_file
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings
from tests.support import sample_documents, stores
from tests.support.authority import Authority
from tests.support.members import NOW

SECRET = "X000412"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rep") / "store"
    stores.make_store(folder, owner="A. Brandt", machine="other", holder=Holder.REP, clock=stores.SetClock(NOW))
    return folder


@pytest.fixture
def rep(made: Path, tmp_path: Path) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(made, tmp_path / "rep"), clock=stores.SetClock(NOW)) as session:
        yield session


def annotated() -> bytes:
    """Return a PDF with nothing on its page but a note that opens when it is clicked."""
    out = BytesIO()
    with pikepdf.open(BytesIO(sample_documents.letter(["Dear member,"]))) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=f"See {SECRET}"
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(out)
    return out.getvalue()


def mail(*, html: str = "", header: str = "", coded: bool = False) -> bytes:
    """Return a mail that says it in a place that is not its text."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@office.example", "b@union.example", "Hello"
    if header:
        message["X-Case"] = header
    message.set_content("Dear rep,", cte="base64" if coded else None)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", f"<p>X<b>0004</b>12{' ' * 4}</p>".encode()),
        ("page.html", b"<p>X&#48;00412</p>"),
        ("page.html", f'<p title="{SECRET}">about him</p>'.encode()),
        ("data.json", b'{"crn": "\\u0058000412"}'),
        ("letter.txt", f"about {SECRET}".encode("utf-16")),
        ("letter.txt", f"about {SECRET}".encode("utf-32-le")),
        ("letter.txt", b"\xff\xfe\xfa about X000412"),
        ("letter", f"about {SECRET}".encode()),
        ("letter.unknown", f"about {SECRET}".encode()),
        ("letter.pdf", annotated()),
        ("mail.eml", mail(header=SECRET)),
        ("mail.eml", mail(html=f"<p>about X<i>000</i>412</p><!-- {SECRET} -->")),
    ],
)
def test_disguised_identifiers_are_found(name: str, content: bytes) -> None:
    assert client_sorts(words_of_file(name, content).texts) == ["CRN"]


@pytest.mark.parametrize(
    ("name", "content", "whole"),
    [
        ("letter.txt", b"Dear member,", True),
        ("mail.eml", mail(), True),
        ("mail.eml", mail(coded=True), False),
        ("mail.eml", mail(html="<p>Dear rep,</p>"), False),
        ("letter.pdf", sample_documents.letter(["Dear member,"]), False),
        ("page.html", b"<p>Dear member,</p>", False),
        ("letter.txt", "Dear member,".encode("utf-16"), False),
        ("letter.txt", b"Dear m\xe9mber,", False),
    ],
)
def test_only_plain_text_counts_as_completely_read(name: str, content: bytes, whole: bool) -> None:
    assert words_of_file(name, content).whole is whole


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("X 000412", "CRN"),
        ("X-000412", "CRN"),
        ("DOB 1980-03-01", "date of birth"),
        ("born on 3rd March 1980", "date of birth"),
        ("date of birth is 3/3/1980", "date of birth"),
    ],
)
def test_more_disguises_of_an_identifier(text: str, sort: str) -> None:
    assert sort in {found.what for found in find_identifiers(text)}


def test_a_word_of_any_length_is_searched() -> None:
    """Where an address is looked for from each letter to the end of the word, this does not come to an end."""
    for word in ("a" * 400_000, "a." * 200_000, "a@" * 200_000):
        assert list(find_identifiers(word)) == []
    assert [found.what for found in find_identifiers("a" * 100_000 + " " + SECRET)] == ["CRN"]


def with_title(rep: Session) -> object:
    return keep_plan(rep, replace(SavedPlan("casework"), name="one", title=f"About {SECRET}"))


def in_profile(rep: Session) -> object:
    return keep_profile(rep, replace(PROFILES["casework"], name="own", title=f"About {SECRET}"))


def in_setting(rep: Session) -> object:
    return change_setting(rep, "client_names", [f"Robin Ashe; {SECRET}"])


def in_decision(rep: Session) -> object:
    return decide(rep, keep=[SECRET])


@pytest.mark.parametrize("keep", [with_title, in_profile, in_setting, in_decision])
def test_stored_data_outside_records_is_checked(rep: Session, keep: Callable[[Session], object]) -> None:
    before = load_settings(rep), saved_plans(rep), own_profiles(rep)
    with pytest.raises(InputError, match="nothing that identifies a client"):
        keep(rep)
    assert (load_settings(rep), saved_plans(rep), own_profiles(rep)) == before


def test_records_sealed_by_the_program_are_checked(rep: Session, tmp_path: Path) -> None:
    stores.seal_entry(
        rep,
        {
            "kind": "note",
            "event_at": "2026-01-20",
            "event_precision": "date only",
            "fields": {"text": "I advised her."},
        },
    )
    size = rep.store.log.size()
    with pytest.raises(InputError, match="recipient holds what identifies a client"):
        export(rep, "union-casework", tmp_path / "out.pdf", Selection(), recipient=f"{SECRET} and others")
    with pytest.raises(InputError, match="nothing that identifies a client"):
        time_stamps.add_authority(rep, f"Stamps {SECRET}", Authority("Stamps").pem)
    assert rep.store.log.size() == size
    assert list(tmp_path.glob("out*")) == []
    assert witnessing.witnessed(rep) == []
