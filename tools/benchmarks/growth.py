"""How work grows with a store: the same piece of work in a store of some size and in one ten times as large, in one run.

What concerns one record, one question or the window's first look is to stay flat; check and export are to grow as the store does.
"""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.saved_views import View
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import records_at, show
from evidence_app.services.records.saved_views import positions
from evidence_app.services.records.threads import look
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, apart, numbers, peak_megabytes, seconds_of

TIMES = 10
RARE = {"kind": "note", "event_at": "2025-04-14T14:10", "event_precision": "exact"}
Measure = Callable[[Session, Path], float]


def _seal(session: Session, _folder: Path) -> float:
    entries = [stores.entry(number) for number in range(50)]
    return statistics.median(seconds_of(lambda entry=entry: seal(session, entry)) for entry in entries)


def _proof(session: Session, _folder: Path) -> float:
    size = session.store.log.size()
    places = [size * part // 50 for part in range(50)]
    return statistics.median(seconds_of(lambda place=place: session.store.log.proof(place, size)) for place in places)


def _one_record(session: Session, _folder: Path) -> float:
    size = session.store.log.size()
    return statistics.median(
        seconds_of(lambda place=place: show(session, size * place // 20)) for place in range(1, 20)
    )


def _common_word(session: Session, _folder: Path) -> float:
    return seconds_of(lambda: session.store.records.search("officer"), TIMES)


def _rare_word(session: Session, _folder: Path) -> float:
    """Search for words that one record has: it is sealed first."""
    seal(session, read_entry({**RARE, "fields": {"text": "He was asked of the quincunx again."}}))
    return seconds_of(lambda: session.store.records.search("of the quincunx"), TIMES)


def _first_rows(session: Session, _folder: Path) -> float:
    """The rows that a window shows before those behind them are known."""
    # Here, so that a revision without it can be measured in everything else.
    from evidence_app.services.records.saved_views import latest_positions

    return seconds_of(lambda: list(records_at(session, latest_positions(session, 24))), TIMES)


def _all_rows(session: Session, _folder: Path) -> float:
    """The positions of all rows, which the timeline has a moment after its first ones."""
    return seconds_of(lambda: positions(session, View()), TIMES)


def _overview(session: Session, _folder: Path) -> float:
    return seconds_of(lambda: look(session), 1)


FLAT: dict[str, Measure] = {
    "seal one record": _seal,
    "prove one record": _proof,
    "show one record": _one_record,
    "search for a word in every record": _common_word,
    "search for words of one record": _rare_word,
    "the timeline's first rows": _first_rows,
    "where all its rows are": _all_rows,
    "how every matter stands": _overview,
}


def filled(folder: Path, records: int) -> Path:
    """Return a store of so many records."""
    store = folder / f"of-{records}"
    if not store.exists():
        session = stores.new_session(store)
        for first in range(0, records, 10_000):
            stores.fill(session, min(10_000, records - first))
        session.close()
    return store


def growth(folder: Path, small: int, large: int) -> list[Result]:
    """Measure each in both stores, in processes of their own."""
    results = []
    said = {size: apart("tools.benchmarks.growth", filled(folder, size), folder) for size in (small, large)}
    few, many = (dict(zip(FLAT, numbers(said[size]), strict=False)) for size in (small, large))
    results += [Result(f"{what}: {large:,} to {small:,} records", many[what], few[what], "1.3 (flat)") for what in FLAT]
    results[-1:] = [_linear(results[-1], large // small)]
    checked = {
        size: numbers(apart("tools.benchmarks.checking", filled(folder, size), "check")) for size in (small, large)
    }
    a_record = [checked[size][0] / size for size in (large, small)]
    remark = f"{checked[large][1]:.0f} MB at {large:,}"
    results.append(Result(f"check, each record: {large:,} to {small:,}", *a_record, "1.1 (linear)", remark))
    return results


def _linear(result: Result, times: int) -> Result:
    """Return a result of work that reads every record as that of each record."""
    return Result(f"{result.what}, each", result.seconds / times, result.floor, "1.1 (linear)")


def main() -> None:
    """Print the seconds of each measure in a store."""
    with Session.open(Path(sys.argv[1]), stores.PASSPHRASE) as session:
        print(*(measure(session, Path(sys.argv[2])) for measure in FLAT.values()), peak_megabytes())


if __name__ == "__main__":
    main()
