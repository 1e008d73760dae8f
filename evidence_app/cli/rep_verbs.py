"""Verbs about hand-overs, on both sides: members and handover (docs/spec/exchange.md)."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.exchange_verbs import read_text
from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result, say_done
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
    """List the members whom the rep supports, or with a name all about one of them."""
    from evidence_app.services.members.members import all_members, find_member, received_counts

    with open_session(arguments, writable=False) as session:
        entries = [find_member(session, arguments.name)] if arguments.name else all_members(session)
        counts = received_counts(session)
    if arguments.json:
        print_json({"members": [entry.to_json() for entry in entries]})
        return ExitCode.DONE
    for entry in entries:
        print_result(_member(entry, sum(counts.get(origin, 0) for origin in entry.origins)))
        if arguments.name:
            _print_member(entry)
    if not entries:
        print_result("There is no member yet: seal one, or take in a hand-over.")
    if any(entry.deadlines for entry in entries):
        print_result(GET_ADVICE)
    return ExitCode.DONE


def _member(entry: "MemberEntry", count: int) -> str:
    due = entry.next_deadline
    deadline = f"; next date told: {day_in_words(due.falls_on)}" if due else ""
    received = f"; last received {day_in_words(entry.handovers[-1].sealed_at.date())}" if entry.handovers else ""
    return f"{entry.name:28} {len(entry.open_cases)} open, {count} records{received}{deadline}"


def _print_member(entry: "MemberEntry") -> None:
    """Print a member's cases, hand-overs, dates by which something must be done, and advice."""
    for ref, case in entry.cases.items():
        print_result(f"    {ref}: {case.headline()}")
    for handover in entry.handovers:
        print_result(f"    hand-over {handover.index}, {in_words(handover.sealed_at)}: {handover.headline()}")
    for deadline in sorted(entry.deadlines, key=lambda deadline: deadline.falls_on):
        fields = deadline.record.fields
        print_result(f"    {day_in_words(deadline.falls_on)}: {fields['what']} (told by: {fields['told_by']})")
    for note in entry.advice:
        print_result(f"    advice {note.index}: {note.headline(80)}")


def handover(arguments: argparse.Namespace) -> ExitCode:
    """Import a hand-over or the receipt for one, list or show what was handed over, or write a receipt."""
    if arguments.out and arguments.action not in {"show", "receipt"}:
        raise InputError("--out goes with “handover show” and “handover receipt”.")
    if arguments.position is not None and (arguments.out or arguments.action != "show"):
        raise InputError("--position goes with “handover show”, without --out.")
    if arguments.action == "take" and not arguments.what:
        raise InputError("“handover take” needs the file that was sent to you.")
    if (arguments.action == "archive") is not bool(arguments.ocfl):
        raise InputError("“handover archive” needs --ocfl ROOT, the folder of the archive.")
    with open_session(arguments, writable=arguments.action in {"take", "receipt", "archive"}) as session:
        match arguments.action:
            case "archive":
                return _archive(arguments, session)
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


def _archive(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    """Write the hand-overs that an archive lacks."""
    from evidence_app.services.archive.handover_archive import archive_handovers

    archived = archive_handovers(session, Path(arguments.ocfl), arguments.recipient)
    if arguments.json:
        print_json(
            {
                "written": archived.written,
                "there_before": archived.there_before,
                "not_kept": list(archived.not_kept),
                "to_delete": list(archived.to_delete),
            }
        )
    else:
        print_result(archived.in_words())
    return ExitCode.DONE


def _take(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    """Import a file: an age file is a hand-over for this store's owner, any other text the receipts for the owner's own ones."""
    from evidence_app.services.handover.exchange import is_age_file, take_receipts
    from evidence_app.services.handover.receive import read_handover_file, take_in

    path = Path(arguments.what)
    if arguments.what == "-" or not is_age_file(path):
        receipts = take_receipts(session, read_text(arguments.what))
        if arguments.json:
            print_json({"taken": [sealed.to_json() for sealed in receipts.sealed], "words": receipts.words})
        else:
            print_result(receipts.words)
        return ExitCode.BAD_NEWS if receipts.refused else ExitCode.DONE
    received = take_in(session, read_handover_file(path), new_log=arguments.new_log)
    if arguments.json:
        print_json({**received.sealed.to_json(), "handover": _handover(received.record)})
    else:
        print_result(received.in_words())
    return ExitCode.DONE


def _handover(record: "SealedRecord") -> "JsonObject":
    """Return the fields of a hand-over's record without the checkpoint, which is a signed text of several lines."""
    fields = {name: value for name, value in record.fields.items() if name != "signed_checkpoint"}
    return {"record": record.index, **fields}


def _list(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.members.handover_log import handovers

    records = list(handovers(session))
    if arguments.json:
        print_json({"handovers": [_handover(record) for record in records]})
        return ExitCode.DONE
    for record in records:
        print_result(f"{record.index:6}  {in_words(record.sealed_at)}  {record.headline()}")
    if not records:
        print_result("Nothing was handed over to you yet.")
    return ExitCode.DONE


def _number(arguments: argparse.Namespace) -> int:
    if not (arguments.what.isascii() and arguments.what.isdigit()) or len(arguments.what) > 12:
        raise InputError(f"“handover {arguments.action}” needs the number of the record: “handover list” shows them.")
    return int(arguments.what)


def _show(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.domain.record.records import described
    from evidence_app.services.members.handover_log import handover_at, write_handed_over
    from evidence_app.services.members.members import received_at

    record = handover_at(session, _number(arguments))
    if arguments.out:
        write_handed_over(session, record, Path(arguments.out))
        return say_done(
            arguments, f"What was handed over with record {record.index} is in {arguments.out}, as it came."
        )
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


def _show_one(arguments: argparse.Namespace, received: "Received") -> ExitCode:
    """Print one record that was handed over."""
    from evidence_app.domain.record.records import described

    if arguments.json:
        print_json(
            {
                "handover": received.handover,
                "log": received.origin,
                "position": received.record.index,
                **received.record.content,
            }
        )
        return ExitCode.DONE
    record = received.record
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
    # A query without origins asks for the records of every member, so a member without a log is answered here.
    has_no_log = bool(arguments.member) and not origins
    query = ReceivedQuery(tuple(origins), kind=arguments.kind, words=arguments.words)
    listed = [] if has_no_log else received(session, query)
    if arguments.json:
        print_json({"records": [_line(each) for each in listed]})
        return ExitCode.DONE
    for each in listed:
        record = each.record
        print_result(
            f"{each.handover:6} {record.index:6}  {record.event_in_words():34} {record.kind.label:12} {record.headline(80)}"
        )
    if not listed:
        print_result("No such record was handed over to you.")
    return ExitCode.DONE


def _line(received: "Received") -> "JsonObject":
    record = received.record
    return {
        "handover": received.handover,
        "log": received.origin,
        "position": record.index,
        "code": record.code,
        "kind": record.kind.name,
        "event_at": str(record.content["event_at"]),
        "headline": record.headline(),
    }


def corroborate(arguments: argparse.Namespace) -> ExitCode:
    """Seal that records of several members are of the same thing, and say in how many logs."""
    from evidence_app.services.members.corroboration import corroborate as seal_corroboration

    with open_session(arguments, writable=True) as session:
        sealed = seal_corroboration(session, arguments.records, arguments.what)
    if arguments.json:
        print_json(sealed.to_json())
    else:
        print_result(
            f"Sealed. Record {sealed.index}, code {sealed.code}: independently recorded in {sealed.record.fields['logs']} logs."
        )
    return ExitCode.DONE
