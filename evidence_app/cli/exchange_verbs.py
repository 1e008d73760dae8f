"""Verbs for cards, which hold somebody's public keys, and for witnesses, who countersign a log (docs/spec/exchange.md)."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import read_small, write_whole
from evidence_app.proof.encoding.blocks import MAX_BLOCK_LENGTH
from evidence_app.proof.encoding.json import JsonObject

if TYPE_CHECKING:
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.core.session import Session

MAX_INPUT_LENGTH: int = 16 * MAX_BLOCK_LENGTH
"""Longest text, in bytes, in which a block is looked for: a mail around it may be longer than the block itself."""


def read_text(name: str) -> str:
    """Read untrusted text that holds a block (docs/spec/exchange.md) from a file, or for “-” from standard input.

    Raises:
        InputError: the file is missing, longer than `MAX_INPUT_LENGTH`, or not UTF-8.
    """
    if name == "-":
        untrusted = sys.stdin.buffer.read(MAX_INPUT_LENGTH + 1)
        if len(untrusted) > MAX_INPUT_LENGTH:
            raise InputError("That is too long to be a card, a witness request or an answer.")
    else:
        untrusted = read_small(Path(name), what="The file", limit=MAX_INPUT_LENGTH)
    try:
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("That is no text, so there is no card, witness request or answer in it.") from error


def card(arguments: argparse.Namespace) -> ExitCode:
    """Print or write the owner's card, inspect or import another's, or list the imported ones."""
    from evidence_app.services.attestation import cards

    if arguments.look:
        other, words = cards.look_at_card(read_text(arguments.look))
        if arguments.json:
            print_json({"name": other.name, "role": other.role, "fingerprint": other.fingerprint, "words": words})
        else:
            print_result(f"{other.name}{', ' if other.role else ''}{other.role}. Words to compare: {words}")
        return ExitCode.DONE
    with open_session(arguments, writable=not arguments.listing) as session:
        if arguments.take:
            return _take_card(arguments, session)
        if arguments.listing:
            return _list_cards(arguments, session)
        own = cards.own_card(session)
    if arguments.out:
        write_whole(Path(arguments.out), own.block.encode("utf-8"))
    if arguments.json:
        print_json({"card": own.block, "words": own.words})
    else:
        print_result(f"Words to read out to whoever takes your card in: {own.words}")
        print_result(f"Written to {arguments.out}." if arguments.out else own.block)
    return ExitCode.DONE


def _take_card(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import cards
    from evidence_app.services.records.reading import record_at

    sealed = cards.take_card(session, read_text(arguments.take), arguments.compared)
    fields = record_at(session, sealed.index).fields
    if arguments.json:
        print_json({**sealed.to_json(), **{name: fields[name] for name in ("name", "words", "compared")}})
    else:
        print_result(
            f"The card of {fields['name']} is taken in as record {sealed.index}. Its words: {fields['words']} ({fields['compared']})."
        )
    return ExitCode.DONE


def _list_cards(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import cards

    known = cards.known_cards(session)
    if arguments.json:
        print_json({"cards": [known_card.to_json() for known_card in known]})
        return ExitCode.DONE
    for known_card in known:
        role = f", {known_card.card.role}" if known_card.card.role else ""
        print_result(
            f"{known_card.card.name}{role}: {known_card.words} ({known_card.compared}; record {known_card.index})"
        )
    if not known:
        print_result("No card is taken in yet.")
    return ExitCode.DONE


def witness(arguments: argparse.Namespace) -> ExitCode:
    """Request, answer, import or list countersignatures of a log's checkpoint; trust and ask witnesses of other makers."""
    needed = {
        "answer": "the file that was sent to you, or - for standard input",
        "take": "the file that was sent to you, or - for standard input",
        "trust": "the key of the witness (NAME+ID+KEY) and --name NAME",
        "send": "the address of the witness, or the name of one that you trust",
    }
    if arguments.action in needed and (not arguments.what or (arguments.action == "trust" and not arguments.name)):
        raise InputError(f"“witness {arguments.action}” needs {needed[arguments.action]}.")
    with open_session(arguments, writable=arguments.action not in {"list", "log-key"}) as session:
        match arguments.action:
            case "request":
                return _request(arguments, session)
            case "trust":
                return _trust(arguments, session)
            case "send":
                return _send(arguments, session)
            case "log-key":
                return _log_key(arguments, session)
            case "answer":
                return _answer(arguments, session)
            case "take":
                return _take_answer(arguments, session)
            case _:
                return _list_witnessed(arguments, session)


def _request(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import cards, other_witnesses, witnessing

    trusted = other_witnesses.find_witness(session, arguments.of) if arguments.of else None
    if trusted is not None:
        start = other_witnesses.known_size(session, trusted) if arguments.start is None else arguments.start
        body = other_witnesses.request_body(session, start).decode("utf-8")
        return _hand_out(
            arguments, body, "The body of an add-checkpoint request, which holds no word of any record", {}
        )
    witness_card = cards.find_card(session, arguments.of) if arguments.of else None
    block = witnessing.make_request(session, witness_card, arguments.start)
    return _hand_out(arguments, block, "The request, which holds no word of any record", {})


def _answer(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    """Countersign for somebody, or refuse: a refusal too is an answer to send back, but exits with 1."""
    from evidence_app.services.attestation import witnessing

    answer = witnessing.answer_request(session, read_text(arguments.what))
    if not arguments.json:
        print_result(answer.sentence)
    record = answer.sealed.index if answer.sealed else None
    exit_code = _hand_out(
        arguments,
        answer.block,
        "The answer",
        {"sentence": answer.sentence, "refused": answer.refused, "record": record},
    )
    return ExitCode.BAD_NEWS if answer.refused else exit_code


def _hand_out(arguments: argparse.Namespace, block: str, what: str, more: JsonObject) -> ExitCode:
    """Write a block to the file that --out names, or print it; `more` are further members of the JSON document."""
    if arguments.out:
        write_whole(Path(arguments.out), block.encode("utf-8"))
    if arguments.json:
        print_json({"block": block, **more})
    else:
        print_result(f"{what}, is written to {arguments.out}." if arguments.out else block)
    return ExitCode.DONE


def _take_answer(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import other_witnesses

    return _print_taken(arguments, session, other_witnesses.take_any(session, read_text(arguments.what)))


def _send(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import other_witnesses

    return _print_taken(arguments, session, other_witnesses.send(session, arguments.what))


def _print_taken(arguments: argparse.Namespace, session: "Session", sealed: "list[Sealed]") -> ExitCode:
    """Print the cosignatures that were sealed just now."""
    from evidence_app.services.attestation import witnessing

    by_record = {each.record.index: each for each in witnessing.witnessed(session)}
    taken = [by_record[each.index] for each in sealed]
    if arguments.json:
        first, *more = [
            {**one.to_json(), "witness": each.who, "covered": each.checkpoint.size}
            for one, each in zip(sealed, taken, strict=True)
        ]
        print_json({**first, "more": list(more)})
    else:
        for each in taken:
            print_result(each.in_words())
    return ExitCode.DONE


def _trust(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import other_witnesses

    # A key of ML-DSA-44 is 1,800 characters long: it comes in a file.
    vkey = read_text(arguments.what) if Path(arguments.what[:200]).is_file() else arguments.what
    sealed = other_witnesses.trust(session, vkey, arguments.name, arguments.address, of_union=arguments.union)
    if arguments.json:
        print_json(sealed.to_json())
    else:
        print_result(
            f"{arguments.name} is trusted from now on, as record {sealed.index}. Compare the key with what the witness publishes. "
            f"Its operator needs the key of your log: {other_witnesses.log_vkey(session)}"
        )
    return ExitCode.DONE


def _log_key(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import other_witnesses

    vkey = other_witnesses.log_vkey(session)
    if arguments.json:
        print_json({"vkey": vkey})
    else:
        print_result(vkey)
    return ExitCode.DONE


def _list_witnessed(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import other_witnesses, witnessing

    own, others = witnessing.witnessed(session), witnessing.witnessed_logs(session)
    trusted = other_witnesses.trusted_witnesses(session)
    if arguments.json:
        print_json(
            {
                "witnesses": [
                    {"record": each.record.index, "witness": each.who, "covered": each.checkpoint.size} for each in own
                ],
                "countersigned": [{"whose": whose, "origin": origin, "size": size} for whose, origin, size in others],
                "trusted": [each.to_json() for each in trusted],
            }
        )
        return ExitCode.DONE
    for countersigned in own:
        print_result(countersigned.in_words())
    for whose, origin, size in others:
        print_result(f"You countersigned the log of {whose or origin} last at {size} records.")
    for each in trusted:
        print_result(f"You trust {each.name} (key {each.key.name}); record {each.index}.")
    if not own and not others:
        print_result("Nobody has countersigned this log yet, and you have countersigned none.")
    return ExitCode.DONE
