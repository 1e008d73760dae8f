"""Verbs about what stands beside a bundle: paper and changes."""

import argparse
from pathlib import Path

from evidence_app.cli.bundle_verbs import choice_of, with_cover
from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_result
from evidence_app.domain.text.counted import counted
from evidence_app.errors import ExitCode


def paper(arguments: argparse.Namespace) -> ExitCode:
    """Write a paper beside a bundle: index, chronology, list of issues, Scott schedule or statement."""
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.papers import make_paper
    from evidence_app.services.bundles.saved_plans import plan_from

    choice = choice_of(arguments)
    with open_session(arguments, writable=True) as session:
        saved = plan_from(session, arguments.plan)[0] if arguments.plan else SavedPlan(arguments.profile)
        saved = with_cover(saved, arguments)
        made = make_paper(session, saved, choice, arguments.paper, Path(arguments.out), replacing=arguments.replace)
    if arguments.json:
        print_json(made.to_json())
    else:
        print_result(made.in_words())
    return ExitCode.DONE


def changes(arguments: argparse.Namespace) -> ExitCode:
    """List what one version of a bundle has that another has not; no store is needed."""
    from evidence_app.services.bundles.changes import changes_between

    found = changes_between(Path(arguments.old), Path(arguments.new))
    if arguments.json:
        print_json({"changes": [each.to_json() for each in found]})
        return ExitCode.DONE
    for each in found:
        print_result(each.in_words())
    print_result(
        f"{counted(len(found), 'change')}. Marking, title and page number, near the edges of a page, are not compared."
    )
    return ExitCode.DONE
