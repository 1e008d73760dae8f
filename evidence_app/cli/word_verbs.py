"""The verb `words`: lists of words to choose from, and changes to them that somebody signed (docs/spec/word-list.md)."""

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.cli.record_verbs import day_named
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import read_small, write_whole

if TYPE_CHECKING:
    from evidence_app.domain.record.lists.words import WordList

MAX_FILE_BYTES = 1024 * 1024


def words(arguments: argparse.Namespace) -> ExitCode:
    """Print the lists, sign changes to them, look at a signed list, or take it in."""
    from evidence_app.domain.record.lists.word_list_file import in_words, read_changes
    from evidence_app.services.attestation import word_lists as service

    with open_session(arguments, writable=arguments.action == "take") as session:
        if arguments.action == "list":
            lists = service.word_lists(session)
            named = day_named(arguments.on)
            day = date.fromisoformat(named) if named else service.today(session)
            _print_lists(lists, [arguments.file] if arguments.file else list(lists), day, as_json=arguments.json)
            return ExitCode.DONE
        if not arguments.file:
            raise InputError(f"“words {arguments.action}” needs a FILE.")
        untrusted = _read(arguments.file)
        if arguments.action == "sign":
            if not arguments.out:
                raise InputError("“words sign” needs --out FILE.")
            note = service.sign_list(session, arguments.title, read_changes(untrusted))
            write_whole(Path(arguments.out), note.encode("utf-8"))
            print_result(f"Signed: {Path(arguments.out).name}. Whoever has your card can take it in.")
            return ExitCode.DONE
        found = service.look_at_list(session, untrusted)
        sentences = list(in_words(found.file, service.word_lists(session)))
        sealed = service.take_list(session, untrusted) if arguments.action == "take" else None
        print_result(f"“{found.file.title}”, signed by {found.signed_by}, {found.file.made}.")
        for sentence in sentences:
            print_result(f"  {sentence}")
        if sealed is None:
            print_note("Nothing was taken in.")
        else:
            print_result(f"Taken in. Record {sealed.index}, code {sealed.code}.")
    return ExitCode.DONE


def _print_lists(lists: "Mapping[str, WordList]", names: Iterable[str], day: date, *, as_json: bool) -> None:
    for name in names:
        if name not in lists:
            raise InputError(f"There is no list “{name[:40]}”. There are: {', '.join(lists)}.")
        chosen = lists[name]
        if as_json:
            print_json(
                {
                    "list": name,
                    "label": chosen.label,
                    "words": [
                        {
                            "word": word.text,
                            "since": word.since.isoformat() if word.since else None,
                            "until": word.until.isoformat() if word.until else None,
                            "in_use": word.is_in_use(day),
                        }
                        for word in chosen.words
                    ],
                }
            )
            continue
        print_result(f"{name}: {chosen.label}")
        for word in chosen.words:
            days = (f"  from {word.since}" if word.since else "") + (f"  until {word.until}" if word.until else "")
            why = f"  ({word.source})" if word.source else ""
            print_result(f"  {'' if word.is_in_use(day) else 'not in use: '}{word.text}{days}{why}")


def _read(name: str) -> str:
    try:
        return read_small(Path(name), what="The file", limit=MAX_FILE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{Path(name).name} is no text, so it is no word list.") from error
