"""Verbs about the work itself: the ledger of allocations, and the register of policies in force."""

import argparse
from datetime import date

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result
from evidence_app.cli.record_verbs import day_named, selection
from evidence_app.errors import ExitCode
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
        load = (
            f"{each.before if each.before is not None else '?'} → {each.after if each.after is not None else '?'} cases"
        )
        gap = f", {each.days_without} days without an officer" if each.days_without else ""
        said = "; objected" + (", answered" if each.answered else ", no answer") if each.objected else ""
        what = ", ".join(
            part
            for part in (f"{len(each.cases)} cases", each.papers, each.via, f"by {each.by}" * bool(each.by))
            if part
        )
        print_result(f"{each.record:5}  {day_in_words(each.day):16} {what}; {load}{gap}{said}")
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
