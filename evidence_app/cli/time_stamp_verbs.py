"""The verb `timestamp`: trust authorities, request RFC 3161 time stamps by file or over the network, import the answers."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result, say_done
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import read_small, write_whole

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import Json
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.core.session import Session

MAX_ANSWER_BYTES = 1024 * 1024
"""Largest answer, and largest file of certificates, that is read."""


def timestamp(arguments: argparse.Namespace) -> ExitCode:
    """Add an authority, write or send a request, import an answer, or list the authorities (docs/spec/time-stamps.md)."""
    from evidence_app.services.attestation import time_stamps

    required = {"authority": arguments.certificates and arguments.of, "request": arguments.out, "take": arguments.file}
    if not required.get(arguments.action, True):
        sentences = {
            "authority": "“timestamp authority” needs --of NAME and --certificates FILE.",
            "request": "“timestamp request” needs --out FILE: carry it to the authority.",
            "take": "“timestamp take” needs the authority's answer, a file.",
        }
        raise InputError(sentences[arguments.action])
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
                return _print_stamp(arguments, session, time_stamps.ask_over_network(session, authority))
            case "take":
                untrusted = read_small(Path(arguments.file), what="The answer", limit=MAX_ANSWER_BYTES)
                return _print_stamp(arguments, session, time_stamps.take_answer(session, untrusted))
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


def _print_stamp(arguments: argparse.Namespace, session: "Session", sealed: "Sealed") -> ExitCode:
    """Print the time stamp that was sealed just now."""
    from evidence_app.services.records.reading import record_at

    fields = record_at(session, sealed.index).fields
    if arguments.json:
        print_json(
            {**sealed.to_json(), **{name: fields[name] for name in ("authority", "stamped_at", "size", "root_sha256")}}
        )
    else:
        last_position = int(str(fields["size"])) - 1
        print_result(
            f"{fields['authority']} stamped positions 0 to {last_position} at {fields['stamped_at']}; record {sealed.index}."
        )
    return ExitCode.DONE


def _list(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import time_stamps
    from evidence_app.services.records.reading import log_size

    standings, size = time_stamps.standings(session), log_size(session)
    if arguments.json:
        listed: list[Json] = [
            {
                "authority": standing.authority.name,
                "address": standing.authority.address,
                "root_sha256": standing.authority.root_sha256,
                "covered": int(str(standing.stamp.fields["size"])) if standing.stamp else 0,
                "stamped_at": str(standing.stamp.fields["stamped_at"]) if standing.stamp else "",
                "asked_at": standing.asked_at,
            }
            for standing in standings
        ]
        print_json({"authorities": listed})
        return ExitCode.DONE
    for standing in standings:
        print_result(standing.in_words(size))
    advice = time_stamps.advice(session)
    if advice:
        print_result(advice)
    return ExitCode.DONE
