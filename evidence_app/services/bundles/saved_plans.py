"""Bundle plans: saved in the store by name, or read from files (docs/spec/bundle-plan.md)."""

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Final

from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.errors import InputError
from evidence_app.files import read_small
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import require_allowed

NAME: Final = "plans"
"""Name of the setting that holds all saved plans: plan name to plan."""
MAX_PLANS: Final = 200
MAX_FILE_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of a plan file in bytes, 32 MiB."""
SECRET_BYTES: Final = 16
"""Bytes of the secret that the letters of pseudonyms follow from."""


def saved_plans(session: Session) -> dict[str, SavedPlan]:
    """Return the saved plans by name. Unreadable plans are skipped."""
    plans: dict[str, SavedPlan] = {}
    for name, item in _read(session).items():
        try:
            plans[name] = read_saved_plan(item)
        except InputError:
            continue
    return plans


def _read(session: Session) -> JsonObject:
    stored = session.store.setting(NAME)
    try:
        plans = parse(stored) if stored else {}
    except InputError:
        return {}
    return plans if isinstance(plans, dict) else {}


def plan_named(session: Session, name: str) -> SavedPlan:
    """Return a saved plan by its name.

    Raises:
        InputError: there is no plan of that name.
    """
    plans = saved_plans(session)
    if name not in plans:
        there = f"There are: {', '.join(plans)}." if plans else "None is kept yet."
        raise InputError(f"There is no plan “{name[:80]}”. {there}")
    return plans[name]


def plan_from(session: Session, name_or_file: str) -> tuple[SavedPlan, bool]:
    """Return the plan in a file, or the saved plan of that name if there is no such file; and whether it is a saved plan.

    Raises:
        InputError: there is neither, or the file is not a valid plan.
    """
    path = Path(name_or_file)
    if path.is_file():
        return read_plan_file(path), False
    if path.suffix == ".json":
        raise InputError(f"There is no file {path.name}.")
    return plan_named(session, name_or_file), True


def read_plan_file(path: Path) -> SavedPlan:
    """Read a plan from a JSON file.

    Raises:
        InputError: the file cannot be read, is too large, or is not a valid plan.
    """
    return read_saved_plan(parse(read_small(path, what=path.name, limit=MAX_FILE_BYTES), path.name))


def keep_plan(session: Session, plan: SavedPlan) -> SavedPlan:
    """Save a plan under its name, and return it as saved. An existing plan of that name is replaced.

    A plan without a seed for its pseudonyms gets one, so that every bundle of it has the same pseudonyms.

    Raises:
        InputError: the plan has no name or is invalid, or there are `MAX_PLANS` already.
        EnvironmentProblem: the store cannot be written.
    """
    if not plan.name.strip():
        raise InputError("The plan has no name: give it one to keep it.")
    if plan.pseudonyms_from is None:
        plan = replace(plan, pseudonyms_from=new_letters())
    # Round trip through the parser: a plan that could not be read again must not be saved.
    plan = read_saved_plan(plan.to_json())
    require_allowed(session, [plan.to_json()])
    plans = _read(session) | {plan.name: plan.to_json()}
    if len(plans) > MAX_PLANS:
        raise InputError(f"There are {MAX_PLANS} plans already: remove one first.")
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(plans))
    return plan


def remove_plan(session: Session, name: str) -> None:
    """Delete a saved plan. Bundles made from it are unaffected.

    Raises:
        InputError: there is no plan of that name.
        EnvironmentProblem: the store cannot be written.
    """
    plan_named(session, name)
    with session.store.transaction():
        session.store.keep_setting(
            NAME, canonical({key: value for key, value in _read(session).items() if key != name})
        )


def new_letters() -> str:
    """Return a random secret that the letters of pseudonyms follow from.

    Equal pseudonyms in two bundles are so not taken for one person, and nobody can try names until their letters fit.
    """
    return secrets.token_hex(SECRET_BYTES)
