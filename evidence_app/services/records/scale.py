"""The scale sheet of a store, over its own records. In what members handed over a case has another pseudonym in each hand-over, so that it could be counted twice."""

from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.taken_word_lists import lists_after
from evidence_app.domain.summary.scale import Scale, scale_of
from evidence_app.errors import InputError
from evidence_app.services.core.session import Session


def scale(session: Session, selection: Selection) -> Scale:
    """Return the scale sheet over the days of a selection.

    Raises:
        InputError: there is no instruction that covers a case, no decision that changed one, and no follow-up.
    """
    lists = lists_after(session.store.records.select(Selection(kind="word-list")))
    found = scale_of(session.store.records.select(selection), lists)
    if not found.covered and not found.said:
        raise InputError(
            "Nothing says yet what became of a case: no instruction covers one, and no decision changed one."
        )
    return found
