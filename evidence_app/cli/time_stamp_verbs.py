"""The verb `timestamp`: trust authorities, request RFC 3161 time stamps by file or over the network, import the answers."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result, say_done
from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.errors import EvidenceError, ExitCode, InputError
from evidence_app.files import read_small, write_whole

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import Json
    from evidence_app.services.attestation.bundle_stamps import StampedBundle
    from evidence_app.services.attestation.time_stamps import Authority
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.core.session import Session

MAX_ANSWER_BYTES = 1024 * 1024
"""Largest answer, and largest file of certificates, that is read."""


def timestamp(arguments: argparse.Namespace) -> ExitCode:
    """Add an authority, write or send a request, import an answer, or list the authorities (docs/spec/time-stamps.md)."""
    from evidence_app.services.attestation import bundle_stamps, time_stamps

    if arguments.crl and not (arguments.action == "request" and arguments.bundle):
        raise InputError("--crl goes with “timestamp request --bundle PDF”.")
    bundle = Path(arguments.bundle) if arguments.bundle else None
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
                if bundle is not None:
                    return _request_for_bundle(arguments, session, authority, bundle)
                write_whole(Path(arguments.out), time_stamps.ask(session, authority).content)
                words = f"The request to {authority.name} is in {arguments.out}. It holds a hash, and no word of any record."
                return say_done(arguments, words)
            case "send" if bundle is not None:
                return _print_stamped(arguments, bundle_stamps.stamp_over_network(session, arguments.of, bundle))
            case "send":
                authority = time_stamps.find_authority(session, arguments.of)
                return _print_stamp(arguments, session, time_stamps.ask_over_network(session, authority))
            case "take":
                untrusted = read_small(Path(arguments.file), what="The answer", limit=MAX_ANSWER_BYTES)
                if bundle is not None or bundle_stamps.is_for_bundle(session, untrusted):
                    return _print_stamped(arguments, bundle_stamps.take_for_bundle(session, untrusted, bundle))
                return _print_stamp(arguments, session, time_stamps.take_answer(session, untrusted))
            case _:
                return _list(arguments, session)


def _request_for_bundle(
    arguments: argparse.Namespace, session: "Session", authority: "Authority", bundle: Path
) -> ExitCode:
    from evidence_app.services.attestation.bundle_stamps import ask_for_bundle
    from evidence_app.services.attestation.revocation_lists import MAX_LIST_BYTES

    lists = [read_small(Path(each), what="The list", limit=MAX_LIST_BYTES) for each in arguments.crl]
    write_whole(Path(arguments.out), ask_for_bundle(session, authority, bundle, lists).content)
    words = f"The request to {authority.name} for {bundle.name} is in {arguments.out}. It holds a hash of the file, and no word of it."
    return say_done(arguments, words)


def _print_stamped(arguments: argparse.Namespace, made: "StampedBundle") -> ExitCode:
    """Print what became of a bundle."""
    if arguments.json:
        print_json(made.to_json())
    else:
        print_result(made.in_words())
        for each in made.warnings:
            print_note(each)
    return ExitCode.DONE


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


def require_stampable(arguments: argparse.Namespace, session: "Session") -> None:
    """Require, before anything is made, that an authority can be asked for a time stamp of the bundle.

    Raises:
        InputError: it cannot, or the file is to be a hand-over.
    """
    from evidence_app.services.attestation.time_stamps import find_authority, require_switched_on

    if Path(arguments.out).name.lower().endswith(AGE_ENDING):
        raise InputError("A hand-over is encrypted: --time-stamp is for a PDF.")
    require_switched_on(session, find_authority(session, arguments.time_stamp))


def time_stamped(
    arguments: argparse.Namespace, session: "Session"
) -> "tuple[StampedBundle | None, EvidenceError | None]":
    """Have the bundle that was just made stamped, if that is asked for. Return what was done, or why it was not: the bundle stays."""
    from evidence_app.services.attestation.bundle_stamps import stamp_over_network

    if arguments.time_stamp is None:
        return None, None
    try:
        return stamp_over_network(session, arguments.time_stamp, Path(arguments.out)), None
    except EvidenceError as error:
        return None, error


def say_not_stamped(refused: EvidenceError) -> ExitCode:
    """Say why a bundle that was made has no time stamp. Return the exit code of that."""
    print_note(f"The bundle is made, and has no time stamp: {refused.sentence}")
    return refused.exit_code
