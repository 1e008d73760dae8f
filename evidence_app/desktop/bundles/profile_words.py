"""What is said of a profile in the window: those of the program in its language, one's own as it was written."""

from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.profiles import PROFILES


def audience_of(profile: Profile) -> str:
    """Return whom a profile is for."""
    return _said(profile, profile.audience)


def purpose_of(profile: Profile) -> str:
    """Return what a profile is for."""
    return _said(profile, profile.purpose)


def told_of(profile: Profile) -> str:
    """Return what a profile tells its reader and its maker."""
    return " ".join(_said(profile, words) for words in (profile.notice, profile.advice) if words)


def _said(profile: Profile, words: str) -> str:
    # A copy under a name of its own has the words that somebody gave it, or those that it took over.
    theirs = PROFILES.get(profile.name)
    own = theirs is None or words not in (theirs.audience, theirs.purpose, theirs.notice, theirs.advice)
    return words if own else tr(words)
