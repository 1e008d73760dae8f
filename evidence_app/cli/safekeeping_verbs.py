"""Verbs that keep the store safe and its log open to others: backup, restore, rescue, keys and log."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli import options
from evidence_app.cli.opening import open_for_upkeep, open_session, open_session_with
from evidence_app.cli.output import finish, print_json, print_result, say_done
from evidence_app.cli.store_verbs import write_sheet
from evidence_app.domain.text.counted import counted
from evidence_app.errors import ExitCode, InputError

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import JsonObject
    from evidence_app.services.core.session import Session


def backup(arguments: argparse.Namespace) -> ExitCode:
    """Make a backup of the store and try it, or try one that exists."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY
    from evidence_app.services.safekeeping.backups import back_up, try_backup

    if arguments.trial:
        secret, is_code = options.secret(arguments)
        report = try_backup(Path(arguments.trial), secret, opens_with=RECOVERY if is_code else PASSPHRASE)
        return finish(report, arguments)
    with open_for_upkeep(arguments) as session:
        made = back_up(session, Path(arguments.to))
    if arguments.json:
        print_json({"folder": str(made.folder), "bytes": made.size, "records": made.records})
    else:
        print_result(f"Backup made and tried: {made.folder}, {made.size:,} bytes, {made.records} records.")
    return ExitCode.DONE


def restore(arguments: argparse.Namespace) -> ExitCode:
    """Restore a backup into a new folder and print the position of the record that says so."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY
    from evidence_app.services.records.reading import log_size
    from evidence_app.services.safekeeping import backups

    folder = options.store_folder(arguments)
    secret, is_code = options.secret(arguments)
    reason = {"why": arguments.why} if arguments.why else {}
    restored = backups.restore(
        Path(arguments.backup), folder, secret, opens_with=RECOVERY if is_code else PASSPHRASE, **reason
    )
    with restored as session:
        records = log_size(session)
    if arguments.json:
        print_json({"store": str(folder), "records": records, "restore": records - 1})
    else:
        print_result(f"Restored into {folder} and checked. That it was restored is record {records - 1}.")
    return ExitCode.DONE


def rescue(arguments: argparse.Namespace) -> ExitCode:
    """Make a new store of what can be read in a damaged one; exit code 1 if anything is missing (docs/spec/rescue.md)."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY
    from evidence_app.services.safekeeping import rescuing

    folder = options.store_folder(arguments)
    secret, is_code = options.secret(arguments)
    session, rescued = rescuing.rescue(
        Path(arguments.damaged),
        folder,
        secret,
        opens_with=RECOVERY if is_code else PASSPHRASE,
        why=arguments.why or rescuing.DAMAGED,
    )
    session.close()
    if arguments.json:
        print_json({"store": str(folder), **rescued.to_json()})
    else:
        print_result(f"{rescued.in_words()} The new store is {folder}; the damaged one is as it was.")
    return ExitCode.DONE if rescued.whole else ExitCode.BAD_NEWS


def compare(arguments: argparse.Namespace) -> ExitCode:
    """Compare the store with another copy of it, and with --keep keep what only that one has as drafts; exit code 1 if they part."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY
    from evidence_app.services.safekeeping.other_copy import OtherCopy

    secret, is_code = options.secret(arguments)
    opens_with = RECOVERY if is_code else PASSPHRASE
    with (
        open_session_with(arguments, secret, is_code, writable=arguments.keep) as session,
        OtherCopy(session, Path(arguments.other), secret, opens_with=opens_with) as other,
    ):
        parting = other.parting()
        kept = other.keep() if arguments.keep else None
    if arguments.json:
        found: JsonObject = {"common": parting.common, "here": parting.here, "there": parting.there}
        print_json(found | ({"drafts": kept.drafts, "left": list(kept.left)} if kept else {}))
    else:
        print_result(parting.in_words())
        if kept:
            print_result(kept.in_words())
    return ExitCode.BAD_NEWS if parting.is_fork else ExitCode.DONE


def keys(arguments: argparse.Namespace) -> ExitCode:
    """List or remove key slots, change the passphrase, replace the recovery code, or restore the header from its copy."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY
    from evidence_app.services.safekeeping import keys as service

    if arguments.action == "restore-header":
        secret, is_code = options.secret(arguments)
        service.restore_header_copy(options.store_folder(arguments), secret, RECOVERY if is_code else PASSPHRASE)
        return say_done(arguments, "The header's copy is in place again.")
    with open_session(arguments, writable=arguments.action != "list") as session:
        match arguments.action:
            case "list":
                return _list_slots(arguments, session)
            case "passphrase":
                service.change_passphrase(session, options.new_passphrase(arguments.new_passphrase_file))
                return say_done(arguments, "The passphrase is changed.")
            case "recovery-code":
                code = service.replace_recovery_code(session)
                write_sheet(session, code, arguments.sheet)
                if arguments.json:
                    print_json({"recovery_code": code})
                else:
                    print_result(f"New recovery code, shown this once: {code}")
                return ExitCode.DONE
            case "remove":
                if arguments.slot is None:
                    raise InputError("Which slot? “keys list” shows them; name one with --slot N.")
                service.remove_slot(session, arguments.slot)
                return say_done(arguments, f"Key slot {arguments.slot} is removed.")
            case _:
                raise InputError("“keys” takes list, passphrase, recovery-code, remove or restore-header.")


def _list_slots(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.safekeeping.keys import slots

    if arguments.json:
        print_json(
            {"slots": [{"number": s.number, "opens_with": s.opens_with, "made_at": s.made_at} for s in slots(session)]}
        )
    else:
        for slot in slots(session):
            print_result(f"{slot.number:3}  {slot.opens_with:14}  made {slot.made_at}")
    return ExitCode.DONE


def log(arguments: argparse.Namespace) -> ExitCode:
    """Write the log as tiles, or the seal receipts of all records (docs/spec/log-export.md)."""
    from evidence_app.services.archive.log_files import export_receipts, export_tiles

    with open_session(arguments, writable=False) as session:
        if arguments.receipts:
            count = export_receipts(session, Path(arguments.receipts))
            return say_done(arguments, f"{counted(count, 'seal receipt')} written to {arguments.receipts}.")
        tiles = export_tiles(session, Path(arguments.tiles))
    if arguments.json:
        print_json({"size": tiles.size, "files": tiles.files, "missing": list(tiles.missing)})
    else:
        print_result(tiles.in_words(Path(arguments.tiles)))
    return ExitCode.DONE
