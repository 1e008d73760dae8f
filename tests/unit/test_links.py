"""Links: a record lists its addenda, and a thread holds the records that lead back to its first one."""

from evidence_app.domain.record.entries import read_entry
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import show, thread_of
from tests.support.entries import sample_entry


def seal_linked(session: Session, kind: str, *links: tuple[int, str]) -> int:
    entry = {**sample_entry(kind), "links": [{"to": to, "as": how} for to, how in links]}
    entry.pop("attachments", None)
    return seal(session, read_entry(entry)).index


def test_a_record_names_its_addenda_and_not_what_merely_links_to_it(session: Session) -> None:
    first = seal_linked(session, "concern")
    seal_linked(session, "response", (first, "answers"))
    corrected = seal_linked(session, "note", (first, "corrects"))
    added = seal_linked(session, "note", (first, "adds to"))
    assert show(session, first).addenda == (corrected, added)
    assert show(session, corrected).addenda == ()


def test_a_thread_holds_the_records_that_lead_back_to_its_first(session: Session) -> None:
    decision = seal_linked(session, "decision")
    concern = seal_linked(session, "concern", (decision, "about"))
    message = seal_linked(session, "message", (concern, "about"))
    receipt = seal_linked(session, "mail-receipt", (message, "receipt for"))
    seal_linked(session, "meeting", (concern, "follows"))
    seal_linked(session, "note", (decision, "about"))
    assert thread_of(session, concern) == {decision, concern, message, receipt}
