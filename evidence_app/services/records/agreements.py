"""Client agreements on paper: a sheet to sign. The signed scan is tied to its record as an addendum with a file."""

from pathlib import Path

from evidence_app.bundle.pages.sheets.agreement_sheet import AgreementSheet, draw_agreement_sheet
from evidence_app.domain.record.kinds import CLIENT_AGREEMENT
from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError
from evidence_app.files import write_whole
from evidence_app.proof.encoding.times import day_in_words
from evidence_app.services.core.session import Session


def write_agreement(session: Session, index: int, out: Path, *, replacing: bool = False) -> None:
    """Write the sheet of a client agreement to a PDF.

    Raises:
        InputError: the record is no client agreement, or the file is there already.
        EnvironmentProblem: the file cannot be written.
    """
    record = session.store.records.get(index)
    if record.kind is not CLIENT_AGREEMENT:
        raise InputError(f"Record {index} is no client agreement.")
    if out.exists() and not replacing:
        raise InputError(f"{out.name} is there already: choose another name, or say --replace.")
    review = record.fields.get("review_due")
    officer = ", ".join(str(session.owner[part]) for part in ("person", "role") if session.owner.get(part))
    sheet = AgreementSheet(
        record.case_ref,
        str(record.fields["terms"]),
        day_in_words(typed_day(str(review))) if review else "",
        officer,
        f"Record {record.number}, code {record.code}",
        session.clock.now(),
    )
    write_whole(out, draw_agreement_sheet(sheet))
