"""The story of a kept plan: written out as text, and taken in again."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.plan.story_text import StoryText, read_story_text, story_as_text
from evidence_app.domain.summary.overview import raised
from evidence_app.domain.summary.story import pages_that_matter, story_of
from evidence_app.errors import InputError
from evidence_app.files import read_small, write_whole
from evidence_app.services.bundles.plans import Choice, work_out
from evidence_app.services.bundles.saved_plans import keep_plan
from evidence_app.services.core.session import Session

MAX_BYTES: Final = 64 * 1024


def write_story(session: Session, saved: SavedPlan, out: Path) -> StoryText:
    """Write the story of a plan to a text file: what its maker wrote, else what is made from its records.

    Raises:
        InputError: a file of that name is there, or the plan cannot be worked out.
        EnvironmentProblem: the file cannot be written.
    """
    if out.exists():
        raise InputError(f"{out.name} is there already. Choose another name.")
    story = story_of_plan(session, saved)
    write_whole(out, story_as_text(story).encode())
    return story


def story_of_plan(session: Session, saved: SavedPlan) -> StoryText:
    """Return the story of a plan: what its maker wrote, else what is made from its records.

    Raises:
        InputError: the plan cannot be worked out.
    """
    plan = work_out(session, saved, Choice())
    records = [each.shown for each in plan.chronological() if each.record.index]
    things = raised(records, plan.threads)
    return StoryText(
        saved.story or tuple(story_of(records, things)),
        saved.asked,
        saved.matters or tuple(pages_that_matter(records, things)),
    )


def take_story(session: Session, saved: SavedPlan, path: Path) -> SavedPlan:
    """Keep the story that a text file has with a plan, and return the plan.

    Raises:
        InputError: the file has another form, or a line rests on a record that is not in the bundle.
        EnvironmentProblem: the store cannot be written.
    """
    try:
        story = read_story_text(read_small(path, what=path.name, limit=MAX_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not text in UTF-8.") from error
    told = replace(saved, story=story.lines, asked=story.asked, matters=story.matters)
    # The form of each line, and what it rests on, are checked as those of a plan file.
    read_saved_plan(told.to_json())
    work_out(session, told, Choice())
    return keep_plan(session, told)
