"""The verbs of a union rep, and of whoever hands records over to one."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.exchange_verbs import read_text
from evidence_app.cli.output import print_json, print_result
from evidence_app.cli.verbs import open_session
from evidence_app.domain.record.rep_kinds import GET_ADVICE
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import write_whole
from evidence_app.proof.encoding.times import day_in_words, in_words

if TYPE_CHECKING:
    from evidence_app.domain.people.members import MemberEntry
    from evidence_app.domain.record.records import SealedRecord
    from evidence_app.domain.record.selection import Received
    from evidence_app.proof.encoding.json import JsonObject
    from evidence_app.services.core.session import Session


def members(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.members.members import all_members, find_member, received_counts

    with open_session(arguments, writable=False) as session:
        found = [find_member(session, arguments.name)] if arguments.name else all_members(session)
        counts = received_counts(session)
    if arguments.json:
        print_json({"members": [each.to_json() for each in found]})
        return ExitCode.DONE
    for each in found:
        print_result(_member(each, sum(counts.get(origin, 0) for origin in each.origins)))
        if arguments.name:
            _say_all(each)
    if not found:
        print_result("There is no member yet: seal one, or take in a hand-over.")
    if any(each.deadlines for each in found):
        print_result(GET_ADVICE)
    return ExitCode.DONE


def _member(entry: "MemberEntry", count: int) -> str:
    due = entry.next_deadline
    deadline = f"; next date told: {day_in_words(due.falls_on)}" if due else ""
    received = f"; last received {day_in_words(entry.handovers[-1].sealed_at.date())}" if entry.handovers else ""
    return f"{entry.name:28} {len(entry.open_cases)} open, {count} records{received}{deadline}"


def _say_all(entry: "MemberEntry") -> None:
    for ref, case in entry.cases.items():
        print_result(f"    {ref}: {case.headline()}")
    for handover in entry.handovers:
        print_result(f"    hand-over {handover.index}, {in_words(handover.sealed_at)}: {handover.headline()}")
    for each in sorted(entry.deadlines, key=lambda each: each.falls_on):
        print_result(
            f"    {day_in_words(each.falls_on)}: {each.record.fields['what']} (told by: {each.record.fields['told_by']})"
        )
    for note in entry.advice:
        print_result(f"    advice {note.index}: {note.headline(80)}")


def handover(arguments: argparse.Namespace) -> ExitCode:
    if arguments.action == "take" and not arguments.what:
        raise InputError("“handover take” needs the file that was sent to you.")
    with open_session(arguments, writable=arguments.action in {"take", "receipt"}) as session:
        match arguments.action:
            case "take":
                return _take(arguments, session)
            case "list":
                return _list(arguments, session)
            case "show":
                return _show(arguments, session)
            case "receipt":
                return _receipt(arguments, session)
            case _:
                return _records(arguments, session)


def _take(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.handover.exchange import is_age_file, take_receipts
    from evidence_app.services.handover.receive import read_handover_file, take_in

    path = Path(arguments.what)
    if arguments.what == "-" or not is_age_file(path):
        taken = take_receipts(session, read_text(arguments.what))
        if arguments.json:
            print_json({"taken": [each.to_json() for each in taken.sealed], "words": taken.words})
        else:
            print_result(taken.words)
        return ExitCode.BAD_NEWS if taken.refused else ExitCode.DONE
    received = take_in(session, read_handover_file(path), new_log=arguments.new_log)
    if arguments.json:
        print_json({**received.sealed.to_json(), "handover": _handover(received.record)})
    else:
        print_result(received.in_words())
    return ExitCode.DONE


def _handover(record: "SealedRecord") -> "JsonObject":
    without = {"signed_checkpoint"}
    return {"record": record.index, **{name: value for name, value in record.fields.items() if name not in without}}


def _list(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.members.handover_log import handovers

    found = list(handovers(session))
    if arguments.json:
        print_json({"handovers": [_handover(each) for each in found]})
        return ExitCode.DONE
    for each in found:
        print_result(f"{each.index:6}  {in_words(each.sealed_at)}  {each.headline()}")
    if not found:
        print_result("Nothing was handed over to you yet.")
    return ExitCode.DONE


def _number(arguments: argparse.Namespace) -> int:
    if not (arguments.what.isascii() and arguments.what.isdigit()) or len(arguments.what) > 12:
        raise InputError(f"“handover {arguments.action}” needs the number of the record: “handover list” shows them.")
    return int(arguments.what)


def _show(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.domain.record.records import described
    from evidence_app.services.members.handover_log import handover_at
    from evidence_app.services.members.members import received_at

    record = handover_at(session, _number(arguments))
    if arguments.position is not None:
        return _show_one(arguments, received_at(session, record.index, arguments.position))
    if arguments.json:
        print_json(_handover(record))
        return ExitCode.DONE
    print_result(f"Hand-over {record.index}, received {in_words(record.sealed_at)}")
    for field, label, text in described(record.kind, record.fields):
        if field.name != "signed_checkpoint":
            print_result(f"{label}: {text}")
    return ExitCode.DONE


def _show_one(arguments: argparse.Namespace, each: "Received") -> ExitCode:
    from evidence_app.domain.record.records import described

    if arguments.json:
        print_json(
            {"handover": each.handover, "log": each.origin, "position": each.record.index, **each.record.content}
        )
        return ExitCode.DONE
    record = each.record
    print_result(f"{record.kind.label}, position {record.index} of their log, code {record.code}")
    print_result(f"Happened  {record.event_in_words()}")
    print_result(f"Sealed    {in_words(record.sealed_at)} by their clock")
    for _, label, text in described(record.kind, record.fields):
        print_result(f"\n{label}:")
        for line in text.split("\n"):
            print_result(f"  {line}")
    return ExitCode.DONE


def _receipt(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.members.handover_log import write_receipt

    text = write_receipt(session, _number(arguments))
    if arguments.out:
        write_whole(Path(arguments.out), text.encode("utf-8"))
    if arguments.json:
        print_json({"receipt": text})
    else:
        print_result(f"The receipt is written to {arguments.out}. Send it back." if arguments.out else text)
    return ExitCode.DONE


def _records(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.domain.record.kinds import KINDS
    from evidence_app.domain.record.selection import ReceivedQuery
    from evidence_app.services.members.members import find_member, received

    if arguments.kind and arguments.kind not in KINDS:
        raise InputError(f"There is no kind “{arguments.kind[:40]}”: “evidence-trail kinds” shows the kinds.")
    origins = find_member(session, arguments.member).origins if arguments.member else []
    nobody = bool(arguments.member) and not origins
    found = (
        [] if nobody else received(session, ReceivedQuery(tuple(origins), kind=arguments.kind, words=arguments.words))
    )
    if arguments.json:
        print_json({"records": [_line(each) for each in found]})
        return ExitCode.DONE
    for each in found:
        record = each.record
        print_result(
            f"{each.handover:6} {record.index:6}  {record.event_in_words():34} {record.kind.label:12} {record.headline(80)}"
        )
    if not found:
        print_result("No such record was handed over to you.")
    return ExitCode.DONE


def _line(each: "Received") -> "JsonObject":
    record = each.record
    return {
        "handover": each.handover,
        "log": each.origin,
        "position": record.index,
        "code": record.code,
        "kind": record.kind.name,
        "event_at": str(record.content["event_at"]),
        "headline": record.headline(),
    }
