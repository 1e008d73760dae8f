"""The verb `drafts`: list, seal, delete and bring back drafts."""

import argparse
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result, say_done
from evidence_app.errors import ExitCode

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import JsonObject
    from evidence_app.services.core.session import Session
    from evidence_app.services.records.drafts import Draft


def drafts(arguments: argparse.Namespace) -> ExitCode:
    """List the drafts, or with --deleted the deleted ones; seal some, delete one or bring one back."""
    from evidence_app.services.records import drafts as service

    writes = bool(arguments.seal or arguments.delete or arguments.bring_back)
    with open_session(arguments, writable=writes) as session:
        if arguments.seal:
            return _seal(arguments, session)
        if arguments.delete:
            service.delete_draft(session, arguments.delete)
            return say_done(arguments, "Deleted. It can be brought back for a week, with --bring-back.")
        if arguments.bring_back:
            service.bring_back(session, arguments.bring_back)
            return say_done(arguments, "It is a draft again.")
        listed = service.deleted_drafts(session) if arguments.deleted else service.all_drafts(session)
    if arguments.json:
        print_json({"drafts": [_draft(draft) for draft in listed]})
    for number, draft in () if arguments.json else enumerate(listed, start=1):
        headline = service.headline(draft)
        print_result(f"{number:4}  {draft.identity}  {draft.kind:18} saved {draft.saved_at}  {headline}".rstrip())
    return ExitCode.DONE


def _seal(arguments: argparse.Namespace, session: "Session") -> ExitCode:
    """Seal the drafts that were named; none is sealed before all of them are found."""
    from evidence_app.services.records import drafts as service

    chosen = service.chosen_drafts(session, arguments.seal)
    done: list[JsonObject] = []
    for draft in chosen:
        sealed = service.seal_draft(session, draft.identity)
        done.append({"draft": draft.identity, **sealed.to_json()})
        if not arguments.json:
            what = service.headline(draft)
            print_result(
                f"Sealed {draft.kind}{f': {what}' if what else ''}. Record {sealed.index}, code {sealed.code}."
            )
    if arguments.json:
        print_json({"sealed": [*done]})
    return ExitCode.DONE


def _draft(draft: "Draft") -> "JsonObject":
    shown: JsonObject = {"id": draft.identity, "kind": draft.kind, "saved_at": draft.saved_at, "entry": draft.entry}
    return shown | ({"deleted_at": draft.deleted_at} if draft.deleted_at else {})
