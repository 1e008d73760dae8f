"""The scale sheet of a store: over its own records, or in a manager's store over what officers handed over."""

from pathlib import Path

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.record.taken_word_lists import lists_after
from evidence_app.domain.summary.scale import Scale, scale_of
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.files import write_whole
from evidence_app.proof.encoding.times import day_in_words, read_moment, spell
from evidence_app.services.core.session import Session


def scale(session: Session, selection: Selection) -> Scale:
    """Return the scale sheet over the instructions of a selection: its days, and its case.

    In a manager's store the cases are those of the officers, by log, as handed over; of the manager's own records it counts the
    instructions that the manager was given.

    Raises:
        InputError: there is no instruction that covers a case, and no change; or a case is named in a manager's store.
    """
    lists = lists_after(session.store.records.select(Selection(kind="word-list")))

    def counts(record: SealedRecord) -> bool:
        begins, ends = (spell(moment) for moment in record.event)
        return (not selection.event_from or ends >= selection.event_from) and (
            not selection.event_to or begins < selection.event_to
        )

    own = list(session.store.records.select(Selection()))
    if not session.holder.takes_in:
        found = scale_of([own], counts, selection.case_ref, lists=lists)
    else:
        if selection.case_ref:
            raise InputError("What officers handed over names no case: leave “--case” out.")
        told = [each for each in own if each.kind.name == "instruction" and counts(each)]
        found = scale_of(_handed_over(session), counts, told=told, lists=lists)
    if not (found.covered or found.beyond or found.tables):
        raise InputError(
            "Nothing says yet what became of a case: no instruction covers one, and no decision changed one."
        )
    return found


def write_scale(session: Session, found: Scale, selection: Selection, out: Path, *, replacing: bool = False) -> None:
    """Write a scale sheet to a PDF.

    Raises:
        InputError: the file is there already.
        EnvironmentProblem: the file cannot be written.
    """
    from evidence_app.bundle.pages.sheets.scale_sheet import draw_scale_sheet

    if out.exists() and not replacing:
        raise InputError(f"{out.name} is there already: choose another name, or say --replace.")
    days = [
        f"{word} {day_in_words(london_day(read_moment(moment)))}"
        for word, moment in (("from", selection.event_from), ("to", selection.event_to))
        if moment
    ]
    made = f"Made on {day_in_words(london_day(session.clock.now()))}{', over what happened ' if days else ''}{' '.join(days)}."
    write_whole(out, draw_scale_sheet([*found.opening()], found.tables, made, session.clock.now()))


def _handed_over(session: Session) -> list[list[SealedRecord]]:
    """Return the records of each log, as the latest hand-over showed each."""
    logs: dict[str, list[SealedRecord]] = {}
    for received in session.store.received.select(ReceivedQuery()):
        logs.setdefault(received.origin, []).append(received.record)
    return list(logs.values())
