"""Profiles: the program's own and the officer's, which are kept in the store."""

from collections.abc import Mapping

from evidence_app.domain.plan.profile_files import copied, profile_to_json, read_profile
from evidence_app.domain.plan.profiles import PROFILES, Profile, find_profile
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.services.bundles.saved_plans import saved_plans
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import require_allowed

NAME = "profiles"
MAX_PROFILES = 100


def own_profiles(session: Session) -> dict[str, Profile]:
    """Return the officer's own profiles by name; one that cannot be read any more is passed over."""
    stored = session.store.setting(NAME)
    try:
        kept = parse(stored) if stored else {}
    except InputError:
        kept = {}
    found: dict[str, Profile] = {}
    for name, item in kept.items() if isinstance(kept, dict) else ():
        try:
            found[name] = read_profile(item)
        except InputError:
            continue
    return found


def all_profiles(session: Session) -> Mapping[str, Profile]:
    """Return every profile by name."""
    return {**PROFILES, **own_profiles(session)}


def profile_named(session: Session, name: str) -> Profile:
    """Return a profile.

    Raises:
        InputError: there is none of that name.
    """
    return find_profile(name, own_profiles(session))


def copy_profile(session: Session, name: str, new_name: str) -> Profile:
    """Keep a copy of a profile under a new name.

    Raises:
        InputError: there is no such profile, or the new name is taken or no name.
    """
    if new_name in own_profiles(session):
        raise InputError(f"There is a profile “{new_name}” already.")
    made = read_profile(profile_to_json(copied(profile_named(session, name), new_name)))
    keep_profile(session, made)
    return made


def keep_profile(session: Session, profile: Profile) -> None:
    """Keep a profile of the officer's own, in place of one of the same name.

    Raises:
        InputError: there are too many.
        EnvironmentProblem: the store cannot be written.
    """
    require_allowed(session, [profile_to_json(profile)])
    kept = own_profiles(session) | {profile.name: profile}
    if len(kept) > MAX_PROFILES:
        raise InputError(f"There are {MAX_PROFILES} profiles of your own already: remove one first.")
    _write(session, kept)


def remove_profile(session: Session, name: str) -> None:
    """Remove a profile of the officer's own. Bundles that were made with it are not touched.

    Raises:
        InputError: there is none of that name, it is the program's, or a plan is made with it.
    """
    kept = own_profiles(session)
    using = [plan.name for plan in saved_plans(session).values() if plan.profile == name]
    if using:
        raise InputError(
            f"The plan “{using[0]}” is made with the profile “{name}”: remove the plan first, or keep the profile."
        )
    if name not in kept:
        raise InputError(f"“{name[:40]}” is not a profile of your own: the program's cannot be removed.")
    del kept[name]
    _write(session, kept)


def _write(session: Session, profiles: Mapping[str, Profile]) -> None:
    content: JsonObject = {name: profile_to_json(profile) for name, profile in profiles.items()}
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(content))
