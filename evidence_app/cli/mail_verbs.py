"""Verbs about mail, threads and settings: import, draft, thread, chase and settings."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.errors import ExitCode, InputError

if TYPE_CHECKING:
    from evidence_app.domain.thread.threads import Thread
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.mail.import_items import Item


def bring_in(arguments: argparse.Namespace) -> ExitCode:
    """Import mails and other files; a file that cannot be read does not stop the others. Exit code 2 only if every file failed."""
    from evidence_app.domain.progress import never, no_progress
    from evidence_app.domain.text.number_ranges import read_numbers
    from evidence_app.services.mail.dkim_keys import read_key_file
    from evidence_app.services.mail.importing import NOT_SURE_WHO_SENT, open_import

    says_who = arguments.sent or arguments.received
    if arguments.list and (arguments.seal or arguments.only or arguments.message is not None or says_who):
        raise InputError("--list keeps nothing: it goes with none of --seal, --only, --for, --sent and --received.")
    keys = read_key_file(Path(arguments.dkim_key)) if arguments.dkim_key else ""
    only = read_numbers(arguments.only) if arguments.only else None
    with open_session(arguments, writable=not arguments.list) as session:
        mail_import = open_import(session, keys)
        by_hand = arguments.message is not None
        preview = arguments.list or by_hand or arguments.fitting or not arguments.seal
        mail_import.look([Path(name) for name in arguments.file], no_progress, never, preview=preview)
        mail_import.choose(only, fitting=arguments.fitting)
        if arguments.list:
            return _print_list(arguments, mail_import.items)
        for number, item in enumerate(mail_import.items):
            if says_who:
                # Before what it belongs to: what was sent is about a concern, what was received answers it.
                mail_import.say_who_sent(number, sent=arguments.sent)
            if by_hand and (item.found is not None or item.talk is not None):
                mail_import.belongs_to(number, arguments.message)
        items = mail_import.take_in(sealing=arguments.seal, progress=no_progress)
    items = [item for item in items if not item.left_out]
    if arguments.json:
        print_json({"files": [item.to_json() for item in items]})
    else:
        for item in items:
            _print_item(item)
        if any(item.fault == NOT_SURE_WHO_SENT for item in items):
            print_result("“--sent” or “--received” says which; “settings own_addresses ADDRESS” lets it be known.")
    return ExitCode.INPUT if items and all(item.fault for item in items) else ExitCode.DONE


def _print_list(arguments: argparse.Namespace, items: "list[Item]") -> ExitCode:
    """Print what was found, numbered, before anything is taken in; with --fitting only what fits."""
    shown = [(number, item) for number, item in enumerate(items, start=1) if not item.left_out]
    if arguments.json:
        print_json({"found": [{"number": number, **item.listed()} for number, item in shown]})
        return ExitCode.DONE
    folder = ""
    for number, item in shown:
        if item.origin.folder != folder:
            folder = item.origin.folder
            print_result(f"{folder}:")
        print_result(f"{number:5}  {item.when or 'no time':24} {item.described()}")
        belongs = item.match_in_words() if not item.fault and item.is_new else ""
        known = f"names {', '.join(item.known_people)}" if item.known_people else ""
        for line in (each for each in (belongs, known) if each):
            print_result(f"       {line}")
    fitting = sum(item.fits for _, item in shown)
    print_result(f"{len(shown):,} found, {fitting:,} of them fit. “--only” with their numbers takes in some of them.")
    return ExitCode.DONE


def _print_item(item: "Item") -> None:
    name = item.origin.name
    print_result(f"{name}: {item.sort.value}. {item.in_words()}")
    details = [item.match_in_words()] if not item.fault and item.duplicate_of is None else []
    if item.found is not None and item.found.dkim is not None and item.found.dkim.result != "no signature":
        reason = f" ({item.found.dkim.reason})" if item.found.dkim.reason else ""
        details.append(f"DKIM {item.found.dkim.result}{reason}")
    if item.record is not None:
        details.append(f"sealed as record {item.record}")
    if item.draft:
        details.append("kept as a draft, to be looked at and sealed")
    for line in [*(text for text in details if text), *(str(remark) for remark in item.remarks())]:
        print_result(f"    {line}")


def draft(arguments: argparse.Namespace) -> ExitCode:
    """Write the draft e-mail for a record to a file; the program itself sends nothing."""
    from evidence_app.services.mail.drafting import Wish, write_draft

    wish = Wish(
        to=tuple(arguments.to) or None,
        cc=tuple(arguments.cc),
        template=Path(arguments.template) if arguments.template else None,
        reply_days=arguments.reply_in,
    )
    with open_session(arguments, writable=True) as session:
        drafted = write_draft(session, arguments.record, wish, Path(arguments.out))
    if arguments.json:
        print_json(drafted.to_json())
    else:
        print_result(f"Draft written to {drafted.path}. That is record {drafted.index}, code {drafted.code}.")
        print_result(f"Reply asked for by {drafted.preview.reply_by.isoformat()}.")
        for pseudonym, name in drafted.preview.pseudonyms.items():
            print_result(f"“{pseudonym}” stands for {name}.")
        for warning in drafted.preview.warnings:
            print_note(warning)
    return ExitCode.DONE


def thread(arguments: argparse.Namespace) -> ExitCode:
    """Show the thread of one record step by step, list all threads, or write the pages of one."""
    from evidence_app.services.records import threads

    if arguments.learning:
        return _learning_extract(arguments)
    if arguments.out:
        return _thread_pages(arguments)
    if arguments.kept_at or arguments.copies or arguments.replace:
        raise InputError(
            "--kept-at, --copies and --replace are for pages: say where to write them, with --out FILE.pdf."
        )
    with open_session(arguments, writable=False) as session:
        if arguments.record is not None:
            shown = threads.show_thread(session, arguments.record)
            if arguments.json:
                print_json(threads.thread_to_json(shown))
            else:
                _print_thread(shown)
            return ExitCode.DONE
        every = threads.look(session).threads
    if arguments.json:
        print_json({"threads": [threads.thread_to_json(each) for each in every]})
    else:
        for listed in every:
            print_result(f"{listed.root.index:5}  {listed.title}")
            print_result(f"       {listed.state}")
    return ExitCode.DONE


def _learning_extract(arguments: argparse.Namespace) -> ExitCode:
    """Print what can be told of a thread to colleagues."""
    from evidence_app.services.records.threads import learning_extract_of

    if arguments.record is None or arguments.out or arguments.kept_at or arguments.copies or arguments.replace:
        raise InputError("--learning prints the extract of one thread: “thread N --learning”.")
    with open_session(arguments, writable=False) as session:
        text = learning_extract_of(session, arguments.record)
    if arguments.json:
        print_json({"record": arguments.record, "text": text})
    else:
        print_result(text.rstrip("\n"))
    return ExitCode.DONE


def _thread_pages(arguments: argparse.Namespace) -> ExitCode:
    """Write the pages of a thread, and with --kept-at enter the paper in the print register."""
    from evidence_app.services.bundles.printing import Printed, save_thread_pages, seal_print

    if arguments.record is None:
        raise InputError("Say whose thread: “thread N --out FILE.pdf”.")
    if arguments.copies and not arguments.kept_at:
        raise InputError("Say where the paper is kept: --kept-at WHERE.")
    with open_session(arguments, writable=True) as session:
        made = save_thread_pages(session, arguments.record, Path(arguments.out), replacing=arguments.replace)
        printed = None
        if arguments.kept_at:
            printed = seal_print(session, Printed(arguments.kept_at, arguments.copies or 1, made.index))
    if arguments.json:
        print_json(made.to_json() | ({"print": printed.index} if printed else {}))
        return ExitCode.DONE
    print_result(made.in_words())
    if printed:
        print_result(f"The paper is in the print register, as record {printed.index}.")
    for warning in made.warnings:
        print_note(warning)
    return ExitCode.DONE


def _print_thread(shown: "Thread") -> None:
    print_result(shown.title)
    print_result(shown.state)
    for step in shown.steps:
        print_result(f"\n  {step.when}  [{step.shape.value}]  record {step.record.index}, code {step.record.code}")
        print_result(f"    {step.words}")
        for line in (step.detail, step.limit):
            if line:
                print_result(f"    {line}")
    for ask in shown.asks:
        print_result(f"\n  Asked in record {ask.record.index}: {ask.in_words()}.")
    if shown.following:
        print_result(f"\nNext: {shown.following.words} (record {shown.following.record})")


def chase(arguments: argparse.Namespace) -> ExitCode:
    """List what is unanswered or not done, or seal the absence of an answer or the outcome of an action."""
    from evidence_app.services.records import threads

    if arguments.seal or arguments.done or arguments.not_done:
        with open_session(arguments, writable=True) as session:
            if arguments.seal:
                sealed = threads.seal_absence(session, arguments.seal)
            else:
                state = "done" if arguments.done else "not done"
                sealed = threads.seal_outcome(session, arguments.done or arguments.not_done, state, arguments.note)
        return _print_sealed(arguments, sealed)
    if arguments.note:
        raise InputError("--note belongs to --done or --not-done.")
    with open_session(arguments, writable=False) as session:
        items = threads.chase(session)
    if arguments.json:
        print_json({"chase": [item.to_json() for item in items]})
        return ExitCode.DONE
    for item in items:
        since = f"since {item.since.isoformat()}, {item.waited} working days"
        print_result(f"{item.identity:14} {item.state:26} {since:40} {item.words}")
    if not items:
        print_result("Nothing needs chasing.")
    return ExitCode.DONE


def _print_sealed(arguments: argparse.Namespace, sealed: "Sealed") -> ExitCode:
    if arguments.json:
        print_json(sealed.to_json())
    else:
        print_result(f"Sealed. Record {sealed.index}, code {sealed.code}.")
    return ExitCode.DONE


def settings(arguments: argparse.Namespace) -> ExitCode:
    """Print all settings or one, or change one: to the values given, or with --usual to its default."""
    from evidence_app.domain.settings import SETTINGS, SWITCH_WORDS, find_setting
    from evidence_app.services.core import settings as service

    changing = arguments.name and (arguments.value or arguments.usual)
    with open_session(arguments, writable=bool(changing)) as session:
        if changing and arguments.usual:
            current = service.reset_setting(session, arguments.name)
        elif changing:
            current = service.change_setting(session, arguments.name, arguments.value)
        else:
            current = service.load_settings(session)
    values = current.to_json()
    shown = [find_setting(arguments.name)] if arguments.name else list(SETTINGS)
    if arguments.json:
        print_json({setting.name: values[setting.name] for setting in shown})
        return ExitCode.DONE
    for setting in shown:
        value = values[setting.name]
        print_result(f"{setting.name}: {setting.label} ({setting.help})")
        for line in value if isinstance(value, list) else [value]:
            print_result(f"    {SWITCH_WORDS.get(line, line) if isinstance(line, bool) else line}")
    return ExitCode.DONE
