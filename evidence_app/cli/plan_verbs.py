"""What `plan` does with the documents of a kept plan: list them, change one, show a page."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli.output import print_json, print_result, say_done
from evidence_app.errors import ExitCode, InputError

if TYPE_CHECKING:
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.core.session import Session

WITH_DOCUMENTS = frozenset(
    {
        "list-documents",
        "move",
        "title",
        "date",
        "pages",
        "looked-through",
        "core",
        "parts",
        "mark",
        "leave-out",
        "withhold",
        "show-page",
    }
)
"""The actions of `plan` on documents."""
READING = frozenset({"list-documents", "show-page"})
"""Those that change nothing."""


def require_fitting(arguments: argparse.Namespace) -> None:
    """Refuse what does nothing with an action.

    Raises:
        InputError: something was given that the action does not take, or not given that it needs.
    """
    action = arguments.action
    if action != "list" and not arguments.name:
        raise InputError(f"“plan {action}” needs the name of a plan.")
    if action == "new" and not arguments.profile:
        raise InputError("Say who the bundle is for: --profile P.")
    if arguments.take and action not in {"story", "statement"}:
        raise InputError("--take is for “plan story” and “plan statement”.")
    _require_document(arguments)


def _require_document(arguments: argparse.Namespace) -> None:
    action = arguments.action
    if action not in WITH_DOCUMENTS and (arguments.document or arguments.value):
        raise InputError(f"“plan {action}” takes the name of a plan alone.")
    if action in WITH_DOCUMENTS - {"list-documents"} and not arguments.document:
        raise InputError(
            f"“plan {action}” needs the document: its number in “plan list-documents”, or a part of its name."
        )
    if action != "withhold" and (arguments.area or arguments.why or arguments.category):
        raise InputError("--area, --class and --why go with “plan withhold”.")
    if arguments.page is not None and action not in {"withhold", "show-page"}:
        raise InputError("--page goes with “plan withhold” and “plan show-page”.")
    if action in {"move", "title", "date", "pages", "mark"} and not arguments.value:
        raise InputError(f"“plan {action}” needs to know what is set: write it behind the document.")


def with_documents(arguments: argparse.Namespace, session: "Session", saved: "SavedPlan") -> ExitCode:
    """List the documents of a plan, change one, or write a page of one to a picture."""
    from evidence_app.services.bundles.plan_edits import Wanted, edit_plan, find_document, listed_documents, write_page

    if arguments.action == "list-documents":
        return _list(arguments, session, saved)
    if arguments.action == "show-page":
        if arguments.page is None or not arguments.out:
            raise InputError("“plan show-page” needs --page N and --out FILE.png.")
        which = find_document(listed_documents(session, saved), arguments.document)
        count = write_page(session, saved, which, arguments.page, Path(arguments.out))
        return say_done(
            arguments,
            f"Page {arguments.page} of {count} is in {arguments.out}. It shows what the file shows: keep it at work.",
        )
    wanted = Wanted(
        " ".join(arguments.value), arguments.page or 0, arguments.area, arguments.category or "other", arguments.why
    )
    edit_plan(session, saved, arguments.action, arguments.document, wanted)
    return say_done(arguments, f"The plan “{saved.name}” is changed.")


def _list(arguments: argparse.Namespace, session: "Session", saved: "SavedPlan") -> ExitCode:
    from evidence_app.services.bundles.plan_edits import listed_documents

    documents = listed_documents(session, saved)
    if arguments.json:
        print_json({"documents": [each.to_json() for each in documents]})
        return ExitCode.DONE
    section = ""
    for each in documents:
        if each.section != section:
            section = each.section
            print_result(f"{section}:")
        print_result(each.in_words())
    return ExitCode.DONE
