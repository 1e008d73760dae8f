"""Verbs that list what the records hold about cases, people and workload, and what happened when."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result
from evidence_app.cli.record_verbs import day_named, say_records
from evidence_app.errors import ExitCode, InputError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import day_in_words

if TYPE_CHECKING:
    from evidence_app.domain.people.directory import CaseEntry, PersonEntry, Stretch
    from evidence_app.domain.record.records import SealedRecord
    from evidence_app.domain.thread.case_outcomes import CaseStanding
    from evidence_app.services.core.session import Session


def cases(arguments: argparse.Namespace) -> ExitCode:
    """List the cases, or with a reference show one: who was responsible when, its pseudonyms and its records."""
    from evidence_app.services.records.directory import find_case, whole_directory

    with open_session(arguments, writable=False) as session:
        if arguments.ref is None:
            every = whole_directory(session).cases
            if arguments.json:
                print_json({"cases": [_case(case) for case in every]})
            for case in () if arguments.json else every:
                days = f"{day_in_words(case.first)} to {day_in_words(case.last)}"
                limited = "  limited access" if case.limited else ""
                print_result(f"{case.ref:12} {_count(case.records):>13}  {days}{limited}")
            return ExitCode.DONE
        entry = find_case(session, arguments.ref)
        records = _records(session, entry.records)
    if arguments.json:
        print_json(_case(entry))
        return ExitCode.DONE
    print_result(f"{entry.ref}{', a limited access case' if entry.limited else ''}")
    for record in entry.held_by:
        print_result(f"    under a hold of record {record}: it must not be destroyed")
    if entry.allocated:
        print_result(f"    {entry.hands_in_words()}")
    for standing in entry.assessed:
        print_result(f"    {standing.in_words()}")
        if standing.why:
            print_result(f"        {' '.join(standing.why.split())}")
    for name, stretch in entry.people:
        print_result(f"    {name}, {stretch.in_words()}")
    for pseudonym, export in entry.pseudonyms:
        print_result(f"    {pseudonym} in the export of record {export}")
    return say_records(arguments, records)


def people(arguments: argparse.Namespace) -> ExitCode:
    """List the people, or with a name show one: roles over time, addresses, cases and records."""
    from evidence_app.services.records.directory import find_person, whole_directory

    with open_session(arguments, writable=False) as session:
        if arguments.name is None:
            every = whole_directory(session).people
            if arguments.json:
                print_json({"people": [_person(person) for person in every]})
            for person in () if arguments.json else every:
                print_result(f"{person.name:28} {_count(person.records):>13}  {person.role}".rstrip())
            return ExitCode.DONE
        entry = find_person(session, arguments.name)
        records = _records(session, entry.records)
    if arguments.json:
        print_json(_person(entry))
        return ExitCode.DONE
    print_result(entry.name)
    for line in [*(stretch.in_words() for stretch in entry.roles), *entry.addresses]:
        print_result(f"    {line}")
    if entry.cases:
        print_result(f"    cases: {', '.join(entry.cases)}")
    return say_records(arguments, records)


def workload(arguments: argparse.Namespace) -> ExitCode:
    """Print the workload over time: cases, what they are made of, per cent where a tool says one; and the weeks in which more than one thing fell due."""
    from evidence_app.services.records.directory import whole_workload

    with open_session(arguments, writable=False) as session:
        history = whole_workload(session)
    if arguments.json:
        print_json(
            {
                "snapshots": [snapshot.to_json() for snapshot in history.snapshots],
                "weeks": [week.to_json() for week in history.weeks],
            }
        )
        return ExitCode.DONE
    print_result(history.in_words())
    for snapshot in history.snapshots:
        percent = f"  WMT {snapshot.percent:g} %" if snapshot.percent is not None else ""
        over = ", above 110 %" if snapshot.over else ""
        cases = f"{snapshot.cases:g} cases" if snapshot.cases is not None else "cases not said"
        print_result(f"{snapshot.record:5}  {day_in_words(snapshot.day):16} {cases}{percent}{over}")
        if snapshot.made_of:
            print_result(f"       made of: {snapshot.made_of}")
        if snapshot.due:
            print_result(f"       due within 14 days: {snapshot.due_in_words()}")
    for week in history.weeks:
        if len(week.things) > 1:
            print_result(f"Week from {day_in_words(week.monday)}: {len(week.things)} things due")
            for record, what in week.things:
                print_result(f"{record:5}  {what}")
    return ExitCode.DONE


def calendar(arguments: argparse.Namespace) -> ExitCode:
    """Print what happened when, month by month: how much of each sort, and every silence."""
    from datetime import date

    from evidence_app.services.records.period import whole_period

    first, last = (day_named(text) for text in (arguments.from_day, arguments.to_day))
    with open_session(arguments, writable=False) as session:
        period = whole_period(session)
    period = period.of_case(arguments.case.strip()) if arguments.case else period
    period = period.between(
        date.fromisoformat(first) if first else date.min, date.fromisoformat(last) if last else date.max
    )
    if arguments.json:
        print_json({"marks": [mark.to_json() for mark in period.marks]})
        return ExitCode.DONE
    print_result(period.in_words())
    for month in period.months():
        begun = [mark for mark in period.marks if mark.first.replace(day=1) == month]
        if begun:
            print_result(f"{month:%B %Y}")
        for mark in begun:
            days = f"{day_in_words(mark.first)}{f' to {day_in_words(mark.last)}' if mark.last > mark.first else ''}"
            print_result(f"{mark.record!s:>7}  {days:33}  {mark.sort.value:16} {mark.words}")
    return ExitCode.DONE


def _count(records: Sequence[int]) -> str:
    return f"{len(records):,} record{'' if len(records) == 1 else 's'}"


def _records(session: "Session", positions: Sequence[int]) -> "list[SealedRecord]":
    from evidence_app.services.records.reading import records_at

    return records_at(session, positions)


def _stretch(stretch: "Stretch") -> "JsonObject":
    return {
        "role": stretch.role,
        "first": stretch.first.isoformat(),
        "last": stretch.last.isoformat(),
        "records": list(stretch.records),
    }


def _case(entry: "CaseEntry") -> "JsonObject":
    return {
        "ref": entry.ref,
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "kinds": dict(entry.kinds),
        "limited_access": entry.limited,
        "people": [{"name": name, **_stretch(stretch)} for name, stretch in entry.people],
        "pseudonyms": [{"pseudonym": pseudonym, "export": export} for pseudonym, export in entry.pseudonyms],
        "records": list(entry.records),
        "held_by": list(entry.held_by),
        "allocated": list(entry.allocated),
        "officers_before": list(entry.officers_before),
        "days_without_officer": entry.days_without_officer,
        "assessments": [standing.to_json() for standing in entry.assessed],
    }


def _person(entry: "PersonEntry") -> "JsonObject":
    return {
        "name": entry.name,
        "roles": [_stretch(stretch) for stretch in entry.roles],
        "addresses": list(entry.addresses),
        "cases": list(entry.cases),
        "records": list(entry.records),
    }


def under(arguments: argparse.Namespace) -> ExitCode:
    """List the cases that a record covers, and what became of each; or say what became of some."""
    from evidence_app.domain.thread.case_outcomes import counted
    from evidence_app.services.records import case_outcomes as service

    with open_session(arguments, writable=bool(arguments.became)) as session:
        if arguments.became:
            fields: JsonObject = {
                name: value
                for name, value in (
                    ("became", arguments.became),
                    ("from_value", arguments.changed_from),
                    ("to_value", arguments.changed_to),
                    ("why", arguments.why),
                )
                if value
            }
            _, known = service.standings_of(session, arguments.record)
            refs = [*arguments.case, *(service.without_word_yet(known) if arguments.rest else [])]
            for sealed in service.follow_up(session, arguments.record, refs, fields):
                print_result(f"Sealed. Record {sealed.index}, code {sealed.code}, {sealed.record.case_ref}.")
            return ExitCode.DONE
        if arguments.case or arguments.rest:
            raise InputError("Say what became of them: --became.")
        record, known = service.standings_of(session, arguments.record)
    if arguments.json:
        print_json({"record": record.index, "cases": [_standing(each) for each in known]})
        return ExitCode.DONE
    print_result(f"Record {record.index}: {record.headline()}")
    for each in known:
        limited = "  limited access" if each.case.limited else ""
        became = f"{each.became}{f' to {each.to_value}' if each.to_value else ''}{f': {each.why}' if each.why else ''}"
        print_result(f"  {each.case.ref:12} {became}{limited}")
    print_result(f"{len(known)} cases: {', '.join(f'{count} {what}' for what, count in counted(known).items())}")
    return ExitCode.DONE


def _standing(each: "CaseStanding") -> "JsonObject":
    return {
        "case": each.case.ref,
        "limited": each.case.limited,
        "became": each.became if each.last else None,
        "to": each.to_value or None,
        "why": each.why or None,
        "record": each.last.index if each.last else None,
    }
