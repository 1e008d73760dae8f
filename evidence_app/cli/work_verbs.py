"""Verbs about the work itself: the ledger of allocations, and the register of policies in force."""

import argparse
from datetime import date
from pathlib import Path

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.cli.record_verbs import day_named, selection
from evidence_app.domain.text.counted import counted
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import write_whole
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words


def allocations(arguments: argparse.Namespace) -> ExitCode:
    """Print the ledger of allocations: when, by whom, how, with or without papers, the load before and after."""
    from evidence_app.domain.summary.allocations import in_words
    from evidence_app.services.records.allocations import ledger as ledger_of

    with open_session(arguments, writable=False) as session:
        ledger = ledger_of(session, selection(arguments))
    if arguments.json:
        listed: list[Json] = [each.to_json() for each in ledger]
        print_json({"allocations": listed})
        return ExitCode.DONE
    for each in ledger:
        known = each.before is not None or each.after is not None
        before, after = ("?" if value is None else value for value in (each.before, each.after))
        load = f"; my load {before} → {after} cases" if known else ""
        gap = f", {each.days_without} days without an officer" if each.days_without else ""
        said = "; objected" + (", answered" if each.answered else ", no answer") if each.objected else ""
        what = ", ".join(
            part
            for part in (counted(len(each.cases), "case"), each.papers, each.via, f"by {each.by}" * bool(each.by))
            if part
        )
        print_result(f"{each.record:5}  {day_in_words(each.day):16} {what}{load}{gap}{said}")
    print_result(in_words(ledger) if ledger else "No allocation is sealed yet.")
    return ExitCode.DONE


def policies(arguments: argparse.Namespace) -> ExitCode:
    """Print the register of policies and briefings; with --on those in force on a day."""
    from evidence_app.services.records.policies import policies_in

    named = day_named(arguments.on)
    with open_session(arguments, writable=False) as session:
        register = policies_in(session, date.fromisoformat(named) if named else None)
    if arguments.json:
        listed: list[Json] = [each.to_json() for each in register]
        print_json({"policies": listed})
        return ExitCode.DONE
    for each in register:
        print_result(f"{each.record:5}  {each.in_words()}")
        if each.under:
            print_result(f"       under it: {', '.join(f'record {index}' for index in each.under)}")
    if not register:
        print_result(
            "No policy is in the register yet." if not named else "No policy in the register was in force then."
        )
    return ExitCode.DONE


def holds(arguments: argparse.Namespace) -> ExitCode:
    """List the holds that stand, or lift one."""
    from evidence_app.services.records.holds import lift, standing_holds

    if arguments.why and arguments.lift is None:
        raise InputError("--why goes with --lift N.")
    with open_session(arguments, writable=arguments.lift is not None) as session:
        if arguments.lift is not None:
            sealed = lift(session, arguments.lift, arguments.why)
            print_result(f"Lifted. Record {sealed.index}, code {sealed.code}.")
        standing = standing_holds(session)
    if arguments.json:
        listed: list[Json] = [
            {
                "record": each.record,
                "since": each.since.isoformat(),
                "cases": [*sorted(each.cases)],
                "alone": each.alone,
            }
            for each in standing
        ]
        print_json({"holds": listed})
        return ExitCode.DONE
    for each in standing:
        print_result(f"{each.in_words()}.")
    if not standing:
        print_result("No hold stands.")
    return ExitCode.DONE


def holdings(arguments: argparse.Namespace) -> ExitCode:
    """Print what is held for an inquiry: dates, kinds and codes, without what a record says."""
    from evidence_app.domain.record.entries import normal_case_ref
    from evidence_app.services.records.holds import held_for

    with open_session(arguments, writable=False) as session:
        found = held_for(session, arguments.incident, arguments.words, normal_case_ref(arguments.case))
    if arguments.json:
        listed: list[Json] = [each.to_json() for each in found]
        print_json({"held": listed})
        return ExitCode.DONE
    lines = [each.in_words() for each in found]
    lines.append(f"{len(found)} records are held. Their content is not in this list; each can be shown with its proof.")
    if arguments.out:
        write_whole(Path(arguments.out), "".join(f"{line}\n" for line in lines).encode("utf-8"))
        print_result(f"Written: {Path(arguments.out).name}. Take advice before you hand it over.")
    else:
        for line in lines:
            print_result(line)
    return ExitCode.DONE


def agreement(arguments: argparse.Namespace) -> ExitCode:
    """Write the sheet of a client agreement: one page to print, with lines to sign."""
    from evidence_app.services.records.agreements import write_agreement

    out = Path(arguments.out)
    with open_session(arguments, writable=False) as session:
        write_agreement(session, arguments.record, out, replacing=arguments.replace)
    print_result(f"Written: {out.name}. When it is signed, add the scan to record {arguments.record}.")
    return ExitCode.DONE


def agenda(arguments: argparse.Namespace) -> ExitCode:
    """Print the agenda for the next meeting, or write it to a file."""
    from evidence_app.services.records.threads import agenda_of

    with open_session(arguments, writable=False) as session:
        made = agenda_of(session, own_matters=arguments.supervision)
    if arguments.out:
        write_whole(Path(arguments.out), made.text.encode("utf-8"))
        print_result(f"Written: {Path(arguments.out).name}. Read it through: it may name people.")
    else:
        print_result(made.text.rstrip())
    if made.left_out:
        print_note(
            f"{counted(made.left_out, 'point is', 'points are')} not in it: advice, limited access cases, or your own matters"
            f"{'' if arguments.supervision else ', which “--supervision” takes in'}."
        )
    return ExitCode.DONE


def scale(arguments: argparse.Namespace) -> ExitCode:
    """Print the scale sheet: how many cases changed from what to what, and on what sort of instruction, without a name."""
    from evidence_app.services.records.scale import scale as scale_of
    from evidence_app.services.records.scale import write_scale

    with open_session(arguments, writable=False) as session:
        found = scale_of(session, selection(arguments))
        if arguments.out:
            write_scale(session, found, selection(arguments), Path(arguments.out), replacing=arguments.replace)
    if arguments.json:
        print_json(found.to_json())
        return ExitCode.DONE
    if arguments.out:
        print_result(f"Written: {Path(arguments.out).name}.")
        return ExitCode.DONE
    for line in found.in_words():
        print_result(line)
    return ExitCode.DONE
