"""The verb `drafts`: list, delete and bring back drafts."""

import argparse
from typing import TYPE_CHECKING

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result, say_done
from evidence_app.errors import ExitCode

if TYPE_CHECKING:
    from evidence_app.proof.encoding.json import JsonObject
    from evidence_app.services.records.drafts import Draft


def drafts(arguments: argparse.Namespace) -> ExitCode:
    """List the drafts, or with --deleted the deleted ones; delete one or bring one back."""
    from evidence_app.services.records import drafts as service

    with open_session(arguments, writable=bool(arguments.delete or arguments.bring_back)) as session:
        if arguments.delete:
            service.delete_draft(session, arguments.delete)
            return say_done(arguments, "Deleted. It can be brought back for a week, with --bring-back.")
        if arguments.bring_back:
            service.bring_back(session, arguments.bring_back)
            return say_done(arguments, "It is a draft again.")
        listed = service.deleted_drafts(session) if arguments.deleted else service.all_drafts(session)
    if arguments.json:
        print_json({"drafts": [_draft(draft) for draft in listed]})
    for draft in () if arguments.json else listed:
        print_result(f"{draft.identity}  {draft.kind:18} saved {draft.saved_at}")
    return ExitCode.DONE


def _draft(draft: "Draft") -> "JsonObject":
    shown: JsonObject = {"id": draft.identity, "kind": draft.kind, "saved_at": draft.saved_at, "entry": draft.entry}
    return shown | ({"deleted_at": draft.deleted_at} if draft.deleted_at else {})
