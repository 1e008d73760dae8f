"""What happened when, over all records: for the drawings of the year and of the life of each case."""

from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.summary.period import KINDS, Period, period_of
from evidence_app.domain.thread.threads import all_threads
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.records.threads import today


def whole_period(session: Session, pace: YieldPoint = never_yield) -> Period:
    """Return the marks of every record of the own log, and the silences up to today. `pace` is called once a record.

    Raises:
        Cancelled: `pace` raised it.
    """
    settings, day = load_settings(session), today(session)
    records = list(yielding(session.store.records.in_play(KINDS), pace))
    return period_of(records, all_threads(records, day, settings, pace), day)
