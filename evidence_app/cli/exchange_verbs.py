"""The verbs for what people hand to each other: cards, and countersigning."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.output import print_json, print_result
from evidence_app.cli.verbs import open_session
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import read_small, write_whole
from evidence_app.proof.encoding.blocks import MAX_BLOCK_LENGTH
from evidence_app.proof.encoding.json import JsonObject

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

MAX_INPUT_LENGTH: int = 16 * MAX_BLOCK_LENGTH


def read_text(name: str) -> str:
    """Read an untrusted text with a block from a file, or from standard input.

    Raises:
        InputError: it is not there, too long, or no text.
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
    from evidence_app.services.attestation import cards

    if arguments.look:
        found, words = cards.look_at_card(read_text(arguments.look))
        if arguments.json:
            print_json({"name": found.name, "role": found.role, "fingerprint": found.fingerprint, "words": words})
        else:
            print_result(f"{found.name}{', ' if found.role else ''}{found.role}. Words to compare: {words}")
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
    taken = record_at(session, sealed.index).fields
    if arguments.json:
        print_json({**sealed.to_json(), "name": taken["name"], "words": taken["words"], "compared": taken["compared"]})
    else:
        print_result(
            f"The card of {taken['name']} is taken in as record {sealed.index}. Its words: {taken['words']} ({taken['compared']})."
        )
    return ExitCode.DONE


def _list_cards(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import cards

    known = cards.known_cards(session)
    if arguments.json:
        print_json({"cards": [each.to_json() for each in known]})
        return ExitCode.DONE
    for each in known:
        role = f", {each.card.role}" if each.card.role else ""
        print_result(f"{each.card.name}{role}: {each.words} ({each.compared}; record {each.index})")
    if not known:
        print_result("No card is taken in yet.")
    return ExitCode.DONE


def witness(arguments: argparse.Namespace) -> ExitCode:
    if arguments.action in {"answer", "take"} and not arguments.file:
        raise InputError(f"“witness {arguments.action}” needs the file that was sent to you, or - for standard input.")
    with open_session(arguments, writable=arguments.action in {"answer", "take"}) as session:
        match arguments.action:
            case "request":
                return _request(arguments, session)
            case "answer":
                return _answer(arguments, session)
            case "take":
                return _take_answer(arguments, session)
            case _:
                return _list_witnessed(arguments, session)


def _request(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import cards, witnessing

    known = cards.find_card(session, arguments.of) if arguments.of else None
    block = witnessing.make_request(session, known, arguments.start)
    return _hand_out(arguments, block, "The request, which holds no word of any record", {})


def _answer(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import witnessing

    answer = witnessing.answer_request(session, read_text(arguments.file))
    if not arguments.json:
        print_result(answer.sentence)
    record = answer.sealed.index if answer.sealed else None
    done = _hand_out(
        arguments,
        answer.block,
        "The answer",
        {"sentence": answer.sentence, "refused": answer.refused, "record": record},
    )
    return ExitCode.BAD_NEWS if answer.refused else done


def _hand_out(arguments: argparse.Namespace, block: str, what: str, more: JsonObject) -> ExitCode:
    if arguments.out:
        write_whole(Path(arguments.out), block.encode("utf-8"))
    if arguments.json:
        print_json({"block": block, **more})
    else:
        print_result(f"{what}, is written to {arguments.out}." if arguments.out else block)
    return ExitCode.DONE


def _take_answer(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import witnessing

    sealed = witnessing.take_answer(session, read_text(arguments.file))
    last = witnessing.witnessed(session)[-1]
    if arguments.json:
        print_json({**sealed.to_json(), "witness": last.who, "covered": last.checkpoint.size})
    else:
        print_result(last.in_words())
    return ExitCode.DONE


def _list_witnessed(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.attestation import witnessing

    mine, others = witnessing.witnessed(session), witnessing.witnessed_logs(session)
    if arguments.json:
        print_json(
            {
                "witnesses": [
                    {"record": each.record.index, "witness": each.who, "covered": each.checkpoint.size} for each in mine
                ],
                "countersigned": [{"whose": whose, "origin": origin, "size": size} for whose, origin, size in others],
            }
        )
        return ExitCode.DONE
    for each in mine:
        print_result(each.in_words())
    for whose, origin, size in others:
        print_result(f"You countersigned the log of {whose or origin} last at {size} records.")
    if not mine and not others:
        print_result("Nobody has countersigned this log yet, and you have countersigned none.")
    return ExitCode.DONE
