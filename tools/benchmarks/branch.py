"""A union branch in one rep's store: hand-overs of many members are received, searched, checked and counted."""

import resource
import shutil
from pathlib import Path

from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.domain.record.selection import ReceivedQuery
from evidence_app.proof.encoding.json import parse
from evidence_app.services.attestation import cards
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.handover.receive import take_in
from evidence_app.services.members.collective import collective_of
from evidence_app.services.members.handover_log import what_it_showed
from evidence_app.services.members.members import all_members, received
from evidence_app.services.safekeeping.checking import check_store
from evidence_app.store.word_search import query_of
from tests.support import stores
from tests.support.entries import KIND_NAMES, sample_entry
from tests.support.members import OFFICER, REP, TOLD, Pair
from tools.benchmarks.measuring import Result, in_turn, seconds_of

OFFICES = 20
WORDS = "invented"
"""What is searched for: a word that the sample entries hold."""


def megabytes() -> int:
    """Return the peak resident memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _handed_over(folder: Path, records: int) -> tuple[bytes, bytes]:
    """Return two successive hand-overs of a log with so many records. The rep's store in `folder` holds the officer's card afterwards."""
    stores.make_store(folder / "officer", owner=OFFICER)
    stores.make_store(folder / "rep", owner=REP, machine="other", holder=Holder.REP)
    with stores.open_fast(folder / "officer") as officer, stores.open_fast(folder / "rep") as rep:
        for number in range(records):
            stores.seal_entry(officer, sample_entry(KIND_NAMES[number % len(KIND_NAMES)], case_ref="X000412"))
        cards.take_card(officer, cards.own_card(rep).block, "by telephone")
        cards.take_card(rep, cards.own_card(officer).block, "by telephone")
        pair = Pair(officer, rep, stores.SetClock(officer.clock.now()), folder)
        return pair.hand_over(), pair.hand_over()


def _fill(rep: Session, bundle: bytes, members: int) -> int:
    """Store the same hand-over once per member, each under its own log; return the number of records handed over in all.

    The records are written straight into the store, since making the real hand-overs of a whole branch would take too long.
    """
    shown = what_it_showed(bundle)
    first = rep.store.records.get(rep.store.log.size() - 1)
    for number in range(members):
        name = f"Member {number}"
        fields = {"name": name, "office": f"Office {number % OFFICES}"}
        stores.seal_entry(rep, {**TOLD, "kind": "member", "fields": fields})
        origin = f"evidence-trail/{number:032}"
        own = dict(first.fields) | {"member": name, "origin": origin}
        source = Source("hand-over.pdf", content=bundle)
        index = seal(rep, Entry(HANDOVER, "2026-01-26T09:30:00Z", "exact", own), [source]).index
        with rep.store.transaction():
            for record, disclosure in shown:
                rep.store.received.add(index, origin, record, disclosure)
    return members * len(shown)


def branch(folder: Path, members: int, records: int) -> list[Result]:
    """Measure a branch of so many members with so many records each, against the same work in an empty store."""
    folder = folder / "branch"
    first, second = _handed_over(folder, records)
    shutil.copytree(folder / "rep", folder / "full")
    with stores.open_fast(folder / "rep") as rep:
        empty = seconds_of(lambda: take_in(rep, first))
    with stores.open_fast(folder / "full") as rep:
        taken = take_in(rep, first)
        bundle = b"".join(rep.store.attachments.stream(str(taken.record.fields["sha256"])))
        filling = seconds_of(lambda: _fill(rep, bundle, members))
        before = megabytes()
        full = seconds_of(lambda: take_in(rep, second))
        what = f"{members} members, {sum(rep.store.received.counts().values()):,} records handed over: "
        remark = f"{members} filled in {filling:.1f} s; memory {before} MB"
        one_more = Result(f"{what}taking one more in", full, empty, "1.3 (linear)", remark)
        return [one_more, *_queries(rep, what, folder)]


def _queries(rep: Session, what: str, folder: Path) -> list[Result]:
    """Measure search, lists, counts, the collective bundle and the check, each against the bare database or library."""
    store, database = rep.store, rep.store._database
    query = query_of(WORDS)
    searched, bare = in_turn(
        lambda: received(rep, ReceivedQuery(words=WORDS), 1_000),
        lambda: database.all("SELECT rowid FROM received_words WHERE received_words MATCH ?", query),
        3,
    )
    people, rows = in_turn(
        lambda: all_members(rep),
        lambda: [parse(bytes(row[0])) for row in database.each("SELECT content FROM records")],
        3,
    )
    counted, read = in_turn(
        lambda: collective_of(rep),
        lambda: [parse(bytes(row[0])) for row in database.each("SELECT content FROM received WHERE latest")],
        1,
    )
    before = megabytes()
    made = seconds_of(lambda: export_plan(rep, SavedPlan("union-collective"), folder / "collective.pdf", Choice()))
    grown = megabytes() - before
    digests = [str(store.records.get(index).fields["sha256"]) for index in store.records.found_by("handovers")]

    def proved() -> None:
        for digest in digests:
            what_it_showed(b"".join(store.attachments.stream(digest)))

    checked, floor = in_turn(lambda: check_store(rep), proved, 1)
    return [
        Result(f"{what}search, first 1,000", searched, bare, "2"),
        Result(f"{what}all members", people, rows, "1.5"),
        Result(f"{what}counts of all", counted, read, "2"),
        Result(f"{what}collective bundle", made, read, "3", f"{grown} MB more"),
        Result(f"{what}check, beside proving each", checked, floor, "1.5", f"memory {megabytes()} MB"),
    ]
