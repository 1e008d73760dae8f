"""Plans as they are kept in the store, by name, and read from files."""

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
MAX_PLANS: Final = 200
MAX_FILE_BYTES: Final = 32 * 1024 * 1024
SEEDS: Final = 702


def saved_plans(session: Session) -> dict[str, SavedPlan]:
    """Return the plans that are kept, by name; one that cannot be read any more is passed over."""
    found: dict[str, SavedPlan] = {}
    for name, item in _read(session).items():
        try:
            found[name] = read_saved_plan(item)
        except InputError:
            continue
    return found


def _read(session: Session) -> JsonObject:
    stored = session.store.setting(NAME)
    try:
        kept = parse(stored) if stored else {}
    except InputError:
        return {}
    return kept if isinstance(kept, dict) else {}


def plan_named(session: Session, name: str) -> SavedPlan:
    """Return a plan that is kept.

    Raises:
        InputError: there is none of that name.
    """
    plans = saved_plans(session)
    if name not in plans:
        there = f"There are: {', '.join(plans)}." if plans else "None is kept yet."
        raise InputError(f"There is no plan “{name[:80]}”. {there}")
    return plans[name]


def plan_from(session: Session, name_or_file: str) -> tuple[SavedPlan, bool]:
    """Return a plan from a file where there is one, else the kept plan of that name; and whether it is kept.

    Raises:
        InputError: there is neither, or it is no plan.
    """
    path = Path(name_or_file)
    if path.is_file():
        return read_plan_file(path), False
    if path.suffix == ".json":
        raise InputError(f"There is no file {path.name}.")
    return plan_named(session, name_or_file), True


def read_plan_file(path: Path) -> SavedPlan:
    """Read a plan from a file.

    Raises:
        InputError: it cannot be read, or is no plan.
    """
    return read_saved_plan(parse(read_small(path, what=path.name, limit=MAX_FILE_BYTES), path.name))


def keep_plan(session: Session, plan: SavedPlan) -> SavedPlan:
    """Keep a plan under its name, in place of another of that name, and return it as it is kept.

    Raises:
        InputError: it has no name, or there are too many.
        EnvironmentProblem: the store cannot be written.
    """
    if not plan.name.strip():
        raise InputError("The plan has no name: give it one to keep it.")
    if plan.pseudonyms_from is None:
        plan = replace(plan, pseudonyms_from=new_letters())
    # What could not be read again is not kept.
    plan = read_saved_plan(plan.to_json())
    require_allowed(session, [plan.to_json()])
    kept = _read(session) | {plan.name: plan.to_json()}
    if len(kept) > MAX_PLANS:
        raise InputError(f"There are {MAX_PLANS} plans already: remove one first.")
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(kept))
    return plan


def remove_plan(session: Session, name: str) -> None:
    """Remove a plan. Bundles that were made of it are not touched.

    Raises:
        InputError: there is none of that name.
    """
    plan_named(session, name)
    with session.store.transaction():
        session.store.keep_setting(
            NAME, canonical({key: value for key, value in _read(session).items() if key != name})
        )


def new_letters() -> int:
    """Return what the letters of one bundle's pseudonyms follow from, so that those of two bundles are not taken for one another."""
    return secrets.randbelow(SEEDS)
