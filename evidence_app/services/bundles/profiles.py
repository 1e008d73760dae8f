"""Bundle profiles: those of the program, and the officer's own, saved in the store (docs/spec/profile.md)."""

from collections.abc import Mapping

from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.profile_files import copied, profile_to_json, read_profile
from evidence_app.domain.plan.profiles import PROFILES, find_profile
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.services.bundles.saved_plans import saved_plans
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import require_allowed

NAME = "profiles"
"""Name of the setting that holds the officer's own profiles."""
MAX_PROFILES = 100
"""Maximum number of the officer's own profiles."""


def own_profiles(session: Session) -> dict[str, Profile]:
    """Return the officer's own profiles by name. Unreadable profiles are skipped."""
    stored = session.store.setting(NAME)
    try:
        stored_profiles = parse(stored) if stored else {}
    except InputError:
        stored_profiles = {}
    profiles: dict[str, Profile] = {}
    for name, item in stored_profiles.items() if isinstance(stored_profiles, dict) else ():
        try:
            profiles[name] = read_profile(item)
        except InputError:
            continue
    return profiles


def all_profiles(session: Session) -> Mapping[str, Profile]:
    """Return all profiles by name, the program's and the officer's own."""
    return {**PROFILES, **own_profiles(session)}


def profile_named(session: Session, name: str) -> Profile:
    """Return a profile by its name.

    Raises:
        InputError: there is no profile of that name.
    """
    return find_profile(name, own_profiles(session))


def copy_profile(session: Session, name: str, new_name: str) -> Profile:
    """Save a copy of a profile under a new name, and return it.

    Raises:
        InputError: there is no such profile, or the new name is taken or invalid.
        EnvironmentProblem: the store cannot be written.
    """
    if new_name in own_profiles(session):
        raise InputError(f"There is a profile “{new_name}” already.")
    made = read_profile(profile_to_json(copied(profile_named(session, name), new_name)))
    keep_profile(session, made)
    return made


def keep_profile(session: Session, profile: Profile) -> None:
    """Save a profile as the officer's own. An existing one of that name is replaced.

    Raises:
        InputError: there are `MAX_PROFILES` already.
        EnvironmentProblem: the store cannot be written.
    """
    require_allowed(session, [profile_to_json(profile)])
    profiles = own_profiles(session) | {profile.name: profile}
    if len(profiles) > MAX_PROFILES:
        raise InputError(f"There are {MAX_PROFILES} profiles of your own already: remove one first.")
    _write(session, profiles)


def remove_profile(session: Session, name: str) -> None:
    """Delete one of the officer's own profiles. Bundles made with it are unaffected.

    Raises:
        InputError: there is no profile of that name, it is the program's, or a saved plan uses it.
        EnvironmentProblem: the store cannot be written.
    """
    profiles = own_profiles(session)
    using = [plan.name for plan in saved_plans(session).values() if plan.profile == name]
    if using:
        raise InputError(
            f"The plan “{using[0]}” is made with the profile “{name}”: remove the plan first, or keep the profile."
        )
    if name not in profiles:
        raise InputError(f"“{name[:40]}” is not a profile of your own: the program's cannot be removed.")
    del profiles[name]
    _write(session, profiles)


def _write(session: Session, profiles: Mapping[str, Profile]) -> None:
    content: JsonObject = {name: profile_to_json(profile) for name, profile in profiles.items()}
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(content))
