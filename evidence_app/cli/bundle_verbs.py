"""Verbs about bundles: bundle, plan, review, profiles, key-sheet and register."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli import plan_verbs
from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result, say_done
from evidence_app.cli.record_verbs import selection
from evidence_app.cli.time_stamp_verbs import require_stampable, say_not_stamped, time_stamped
from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.domain.text.counted import counted
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import write_whole

if TYPE_CHECKING:
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.proof.encoding.json import Json, JsonObject
    from evidence_app.services.attestation.bundle_stamps import StampedBundle
    from evidence_app.services.bundles.exporting import Exported
    from evidence_app.services.bundles.findings import ReviewFinding
    from evidence_app.services.bundles.plans import Choice
    from evidence_app.services.core.session import Session


def choice_of(arguments: argparse.Namespace) -> "Choice":
    """Return the options that bundle, plan and review share; only `bundle` has --extract."""
    from evidence_app.services.bundles.plans import Choice

    records = selection(arguments)
    extracts = tuple(getattr(arguments, "extract", ()))
    members = tuple(getattr(arguments, "member", ()))
    return Choice(records, records.case_ref, arguments.thread, arguments.title, arguments.recipient, extracts, members)


def bundle(arguments: argparse.Namespace) -> ExitCode:
    """Export a bundle as a PDF, or as an encrypted hand-over if the file name ends in .age."""
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.exporting import FilesBeside, export_plan
    from evidence_app.services.bundles.plan_edits import with_looked_through
    from evidence_app.services.bundles.saved_plans import plan_from
    from evidence_app.services.safekeeping.browser_verifier import FILE, verifier_page, write_verifier

    choice = choice_of(arguments)
    alone = Path(arguments.section_alone) if arguments.section_alone else None
    if arguments.with_verifier:
        if Path(arguments.out).name.lower().endswith(AGE_ENDING):
            raise InputError("A hand-over is one file, and its receiver has the program: --with-verifier is for a PDF.")
        # Before anything is made: without it there is nothing to put beside.
        verifier_page()
    with open_session(arguments, writable=True) as session:
        if arguments.time_stamp is not None:
            require_stampable(arguments, session)
        saved, stored = plan_from(session, arguments.plan) if arguments.plan else (SavedPlan(arguments.profile), False)
        saved = with_cover(saved, arguments)
        if arguments.looked_through:
            saved, choice = with_looked_through(session, saved, choice, arguments.looked_through)
        if Path(arguments.out).name.lower().endswith(AGE_ENDING):
            exported = _hand_over(arguments, session, saved, choice, keep=stored)
        else:
            if arguments.known:
                raise InputError(f"“--known” is for a hand-over: name the file so that it ends in {AGE_ENDING}.")
            exported = export_plan(
                session,
                saved,
                Path(arguments.out),
                choice,
                beside=FilesBeside(
                    alone,
                    Path(arguments.core) if arguments.core else None,
                    arguments.volumes or 0,
                    Path(arguments.dividers) if arguments.dividers else None,
                ),
                keep=stored,
                replacing=arguments.replace,
            )
        stamped, refused = time_stamped(arguments, session)
    if arguments.with_verifier:
        write_verifier(Path(arguments.out).with_name(FILE), replace=arguments.replace)
    _print_exported(arguments, exported, stamped)
    return say_not_stamped(refused) if refused is not None else ExitCode.DONE


def _print_exported(arguments: argparse.Namespace, exported: "Exported", stamped: "StampedBundle | None") -> None:
    if arguments.json:
        print_json(exported.to_json() | ({"time_stamp": stamped.to_json()} if stamped else {}))
    else:
        print_result(exported.in_words())
        if stamped:
            print_result(stamped.in_words())
    for warning in (*exported.warnings, *(stamped.warnings if stamped else ())):
        print_note(warning)


def _hand_over(
    arguments: argparse.Namespace, session: "Session", saved: "SavedPlan", choice: "Choice", *, keep: bool
) -> "Exported":
    from evidence_app.services.attestation.cards import find_card
    from evidence_app.services.handover.send import hand_over

    if not arguments.recipient:
        raise InputError("Say whom you hand it over to, by the name on their card: --for NAME.")
    if arguments.section_alone or arguments.core or arguments.volumes or arguments.dividers:
        raise InputError("A hand-over is one file, with its late section, and it has no core bundle and no volumes.")
    to = find_card(session, arguments.recipient)
    return hand_over(
        session, saved, Path(arguments.out), choice, to, known=arguments.known, keep=keep, replacing=arguments.replace
    )


def plan(arguments: argparse.Namespace) -> ExitCode:
    """List, show, create, store or remove plans, or add a late section to one."""
    from evidence_app.services.bundles import plans, saved_plans

    plan_verbs.require_fitting(arguments)
    reading = {"list", "show", *plan_verbs.READING}
    is_read = arguments.action in reading or (arguments.action in {"story", "statement"} and bool(arguments.out))
    choice = choice_of(arguments)
    with open_session(arguments, writable=not is_read) as session:
        match arguments.action:
            case "list":
                return _list_plans(arguments, session)
            case action if action in plan_verbs.WITH_DOCUMENTS:
                return plan_verbs.with_documents(arguments, session, saved_plans.plan_named(session, arguments.name))
            case "show":
                shown = saved_plans.plan_named(session, arguments.name)
            case "new":
                shown = saved_plans.keep_plan(session, with_cover(_begun(arguments, session, choice), arguments))
            case "cover":
                shown = saved_plans.keep_plan(
                    session, with_cover(saved_plans.plan_named(session, arguments.name), arguments)
                )
            case "story":
                return _story(arguments, session)
            case "statement":
                return _statement(arguments, session)
            case "keep":
                read = saved_plans.read_plan_file(Path(arguments.name))
                # A plan that cannot be resolved against this store is refused before it is stored.
                plans.work_out(session, read, choice)
                shown = saved_plans.keep_plan(session, read)
            case "late":
                named = saved_plans.plan_named(session, arguments.name)
                shown = saved_plans.keep_plan(session, plans.add_late(session, named, arguments.late_title))
            case _:
                saved_plans.remove_plan(session, arguments.name)
                return say_done(
                    arguments, f"The plan “{arguments.name}” is removed. Bundles made of it are not touched."
                )
    return _give(arguments, shown.to_json(), f"The plan “{shown.name}”: {_in_short(shown)}.")


def _begun(arguments: argparse.Namespace, session: "Session", choice: "Choice") -> "SavedPlan":
    from evidence_app.services.bundles import plans, saved_plans

    if arguments.name in saved_plans.saved_plans(session):
        raise InputError(f"There is a plan “{arguments.name}” already: show it, or give this one another name.")
    return plans.begin_plan(session, arguments.name, arguments.profile, choice)


def with_cover(plan: "SavedPlan", arguments: argparse.Namespace) -> "SavedPlan":
    """Return a plan with what the options say of its cover and of what is asked; what they do not name stays."""
    from dataclasses import replace

    from evidence_app.domain.plan.plan_files import read_saved_plan
    from evidence_app.domain.plan.saved_plan import COVER_LINES

    named = {name: getattr(arguments, name) for name in COVER_LINES if getattr(arguments, name)}
    parties = tuple(arguments.party) or plan.cover.parties
    cover = replace(plan.cover, parties=parties, **named)
    changed = replace(
        plan,
        cover=cover,
        asked=arguments.asks or plan.asked,
        prefix=arguments.prefix or plan.prefix,
        large_print=arguments.large_print or plan.large_print,
        pictures=tuple(dict.fromkeys(arguments.picture)) or plan.pictures,
    )
    # The lines are checked as those of a plan file.
    read_saved_plan(changed.to_json())
    return changed


def _story(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.bundles.saved_plans import plan_named
    from evidence_app.services.bundles.stories import take_story, write_story

    saved = plan_named(session, arguments.name)
    if bool(arguments.out) == bool(arguments.take):
        raise InputError("Say where the story is written to, with --out FILE, or which is taken in, with --take FILE.")
    if arguments.take:
        take_story(session, saved, Path(arguments.take))
        return say_done(
            arguments, f"The story of “{saved.name}” is kept. Each line is printed with the page that it rests on."
        )
    write_story(session, saved, Path(arguments.out))
    return say_done(
        arguments,
        f"The story of “{saved.name}” is in {arguments.out}: change its lines, and take it in with “plan story {saved.name} --take”.",
    )


def _statement(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.bundles.papers import WRITE_ONE, take_statement_text, write_statement_text
    from evidence_app.services.bundles.saved_plans import plan_named

    saved = plan_named(session, arguments.name)
    if bool(arguments.out) == bool(arguments.take):
        raise InputError(
            "Say where the statement is written to, with --out FILE, or which is taken in, with --take FILE."
        )
    if arguments.take:
        kept = take_statement_text(session, saved, Path(arguments.take))
        said = f"The statement of “{saved.name}” is kept, with {counted(len(kept.statement), 'paragraph')}."
        return say_done(arguments, f"{said} “paper statement” makes a Word file of it, with the pages.")
    count = write_statement_text(session, saved, Path(arguments.out))
    if not count:
        return say_done(arguments, f"{arguments.out} has no paragraph yet. {WRITE_ONE}")
    return say_done(
        arguments,
        f"{counted(count, 'paragraph')} in {arguments.out}: change them, and take them in with “plan statement {saved.name} --take”.",
    )


def _in_short(plan: "SavedPlan") -> str:
    documents = sum(1 for _ in plan.documents())
    sections = len(plan.sections or ()) + len(plan.late)
    return (
        f"{plan.profile}, {counted(documents, 'document')} in {counted(sections, 'section')}, "
        f"{counted(len(plan.redactions), 'redaction')}"
    )


def _list_plans(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    from evidence_app.services.bundles.saved_plans import saved_plans

    plans = saved_plans(session)
    if arguments.json:
        print_json({"plans": [plan.to_json() for plan in plans.values()]})
    else:
        for name, plan in plans.items():
            print_result(f"{name:40} {_in_short(plan)}")
    return ExitCode.DONE


def _give(arguments: argparse.Namespace, content: "JsonObject", sentence: str) -> ExitCode:
    """Write a plan or profile as JSON to the file that --out names, if any, and print it (with --json) or the sentence about it."""
    if arguments.out:
        import json

        write_whole(Path(arguments.out), (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
    if arguments.json:
        print_json(content)
    else:
        print_result(f"{sentence} Written to {arguments.out}." if arguments.out else sentence)
    return ExitCode.DONE


def review(arguments: argparse.Namespace) -> ExitCode:
    """List what identifies somebody in a bundle, or store decisions about it; exit code 1 while any finding is undecided."""
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles import reviewing
    from evidence_app.services.bundles.plan_edits import with_looked_through
    from evidence_app.services.bundles.plans import work_out
    from evidence_app.services.bundles.saved_plans import plan_from

    words_decided = bool(arguments.withhold or arguments.keep or arguments.same)
    named = bool(arguments.profile or arguments.plan)
    if not (named or words_decided) or (arguments.looked_at and not named):
        raise InputError("Which bundle? Say --profile P or --plan PLAN.")
    choice = choice_of(arguments)
    with open_session(arguments, writable=words_decided or bool(arguments.looked_at)) as session:
        _decide(arguments, session)
        if not named:
            return say_done(arguments, "Kept. It holds for every bundle from now on.")
        saved = plan_from(session, arguments.plan)[0] if arguments.plan else SavedPlan(arguments.profile)
        if arguments.looked_through:
            saved, choice = with_looked_through(session, saved, choice, arguments.looked_through)
        plan = work_out(session, saved, choice)
        found = reviewing.review(session, plan)
        for given in arguments.looked_at:
            reviewing.look_at_pages(session, found, given)
        if arguments.looked_at:
            found = reviewing.review(session, plan)
    return _print_findings(arguments, found)


def _decide(arguments: argparse.Namespace, session: "Session") -> None:
    """Store what the command line says about words."""
    from evidence_app.services.bundles import decisions

    if arguments.withhold or arguments.keep:
        decisions.decide(session, withhold=arguments.withhold, keep=arguments.keep)
    for pair in arguments.same:
        words, equals, name = pair.partition("=")
        if not equals:
            raise InputError(f"“{pair[:80]}” does not say who is the same: write WORDS=NAME.")
        decisions.join(session, words, name)


def _print_findings(arguments: argparse.Namespace, found: "list[ReviewFinding]") -> ExitCode:
    """Print what is undecided, then what is withheld, person by person."""
    from evidence_app.services.bundles.findings import UNDECIDED, by_person

    asked = [finding for finding in found if finding.decision == UNDECIDED]
    people = by_person(found)
    if arguments.json:
        everything: list[Json] = [finding.to_json() for finding in found]
        print_json({"findings": everything, "people": [each.to_json() for each in people], "undecided": len(asked)})
        return ExitCode.BAD_NEWS if asked else ExitCode.DONE
    for finding in asked:
        print_result(f"Undecided: {finding.in_words()}")
    for person in people:
        print_result(person.in_words())
        for finding in person.findings:
            print_result(f"  {finding.in_words()}")
    print_note(f"{len(found)} found, {len(asked)} undecided.")
    return ExitCode.BAD_NEWS if asked else ExitCode.DONE


def profiles(arguments: argparse.Namespace) -> ExitCode:
    """List, show, copy, add or remove profiles (docs/spec/profile.md)."""
    from evidence_app.domain.plan.profile_files import profile_to_json, read_profile
    from evidence_app.files import read_small
    from evidence_app.proof.encoding.json import parse
    from evidence_app.services.bundles import profiles as service

    if arguments.action != "list" and not arguments.name:
        raise InputError(f"“profiles {arguments.action}” needs a name.")
    with open_session(arguments, writable=arguments.action in {"copy", "add", "remove"}) as session:
        match arguments.action:
            case "list":
                every = service.all_profiles(session).values()
                if arguments.json:
                    print_json({"profiles": [profile_to_json(profile) for profile in every]})
                else:
                    for profile in every:
                        print_result(f"{profile.name:20} {profile.version:4} {profile.audience}")
                return ExitCode.DONE
            case "show":
                shown = service.profile_named(session, arguments.name)
            case "copy":
                if not arguments.new_name:
                    raise InputError("Say the copy's name too: profiles copy NAME NEW.")
                shown = service.copy_profile(session, arguments.name, arguments.new_name)
            case "add":
                path = Path(arguments.name)
                shown = read_profile(parse(read_small(path, what=path.name, limit=1024 * 1024), path.name))
                service.keep_profile(session, shown)
            case _:
                service.remove_profile(session, arguments.name)
                return say_done(arguments, f"The profile “{arguments.name}” is removed.")
    return _give(
        arguments, profile_to_json(shown), f"The profile “{shown.name}”, version {shown.version}: {shown.audience}."
    )


def key_sheet(arguments: argparse.Namespace) -> ExitCode:
    """Write the sheet that resolves the pseudonyms of one export."""
    from evidence_app.services.bundles.exporting import write_key_sheet

    with open_session(arguments, writable=False) as session:
        count = write_key_sheet(session, arguments.record, Path(arguments.out))
    return say_done(
        arguments,
        f"{counted(count, 'pseudonym')} with what {'it stands' if count == 1 else 'they stand'} for: {arguments.out}. Keep it at work, apart from the bundle.",
    )


def register(arguments: argparse.Namespace) -> ExitCode:
    """List exports and prints, or with --printed seal that something was printed."""
    from evidence_app.domain.plan.saved_plan import ranges_in_words, read_ranges
    from evidence_app.services.bundles import printing

    if not arguments.printed and (arguments.kept_at or arguments.pages or arguments.copies != 1):
        raise InputError("--kept-at, --pages and --copies say something of what was printed: they go with --printed.")
    with open_session(arguments, writable=bool(arguments.printed)) as session:
        if arguments.printed:
            what = arguments.printed
            # A short number is the position of an export's record; anything else describes the paper in words.
            export = int(what) if what.isascii() and what.isdigit() and len(what) < 12 else None
            words = "" if export is not None else what
            printed = printing.Printed(
                arguments.kept_at,
                arguments.copies,
                export,
                words,
                page_numbers=ranges_in_words(read_ranges(arguments.pages)),
            )
            sealed = printing.seal_print(session, printed)
            return say_done(arguments, f"Sealed. Record {sealed.index}, code {sealed.code}.")
        rows = printing.register(session)
    if arguments.json:
        print_json({"register": [printing.row(record) for record in rows]})
    else:
        for record in rows:
            print_result(printing.row_in_words(record))
    return ExitCode.DONE
