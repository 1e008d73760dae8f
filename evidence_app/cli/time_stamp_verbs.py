"""The verb for time stamps: which authorities are trusted, asking them by file or directly, taking answers in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.output import print_json, print_result
from evidence_app.cli.verbs import open_session, say_done
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import read_small, write_whole

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import Json
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.core.session import Session

MAX_ANSWER_BYTES = 1024 * 1024


def timestamp(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.attestation import time_stamps

    needs = {"authority": arguments.certificates and arguments.of, "request": arguments.out, "take": arguments.file}
    if not needs.get(arguments.action, True):
        ways = {
            "authority": "“timestamp authority” needs --of NAME and --certificates FILE.",
            "request": "“timestamp request” needs --out FILE: carry it to the authority.",
            "take": "“timestamp take” needs the authority's answer, a file.",
        }
        raise InputError(ways[arguments.action])
    with open_session(arguments, writable=arguments.action != "list") as session:
        match arguments.action:
            case "authority":
                return _authority(arguments, session)
            case "request":
                authority = time_stamps.find_authority(session, arguments.of)
                write_whole(Path(arguments.out), time_stamps.ask(session, authority).content)
                words = f"The request to {authority.name} is in {arguments.out}. It holds a hash, and no word of any record."
                return say_done(arguments, words)
            case "send":
                authority = time_stamps.find_authority(session, arguments.of)
                return _taken(arguments, session, time_stamps.ask_over_network(session, authority))
            case "take":
                untrusted = read_small(Path(arguments.file), what="The answer", limit=MAX_ANSWER_BYTES)
                return _taken(arguments, session, time_stamps.take_answer(session, untrusted))
            case _:
                return _list(arguments, session)


def _authority(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import time_stamps
    from evidence_app.services.records.reading import record_at

    untrusted = read_small(Path(arguments.certificates), what="The certificates", limit=MAX_ANSWER_BYTES)
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("The certificates must be in PEM, which is text.") from error
    sealed = time_stamps.add_authority(session, arguments.of, text, arguments.address)
    root = record_at(session, sealed.index).fields["root_sha256"]
    if arguments.json:
        print_json({**sealed.to_json(), "root_sha256": root})
    else:
        print_result(
            f"{arguments.of} is trusted from now on, as record {sealed.index}. Compare its root certificate with what it publishes: {root}"
        )
    return ExitCode.DONE


def _taken(arguments: argparse.Namespace, session: "Session", sealed: "Sealed") -> ExitCode:
    from evidence_app.services.records.reading import record_at

    fields = record_at(session, sealed.index).fields
    if arguments.json:
        print_json(
            {**sealed.to_json(), **{name: fields[name] for name in ("authority", "stamped_at", "size", "root_sha256")}}
        )
    else:
        covered = int(str(fields["size"])) - 1
        print_result(
            f"{fields['authority']} stamped positions 0 to {covered} at {fields['stamped_at']}; record {sealed.index}."
        )
    return ExitCode.DONE


def _list(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import time_stamps
    from evidence_app.services.records.reading import log_size

    found, size = time_stamps.standings(session), log_size(session)
    if arguments.json:
        listed: list[Json] = [
            {
                "authority": each.authority.name,
                "address": each.authority.address,
                "root_sha256": each.authority.root_sha256,
                "covered": int(str(each.stamp.fields["size"])) if each.stamp else 0,
                "stamped_at": str(each.stamp.fields["stamped_at"]) if each.stamp else "",
                "asked_at": each.asked_at,
            }
            for each in found
        ]
        print_json({"authorities": listed})
        return ExitCode.DONE
    for each in found:
        print_result(each.in_words(size))
    advice = time_stamps.advice(session)
    if advice:
        print_result(advice)
    return ExitCode.DONE
