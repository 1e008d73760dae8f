"""The proposed name of a bundle's file: case, content, date (docs/domain.md, section 9.1)."""

from datetime import date
from typing import Final

from evidence_app.domain.plan.profile import Profile
from evidence_app.files import file_name

MAX_CONTENT_LENGTH: Final = 80
"""Characters of the part that says what it is."""


def bundle_file_name(profile: Profile | None, title: str, case_ref: str, day: date, ending: str = ".pdf") -> str:
    """Return a name such as ``X000412 – Audit trail for the inquest – 2026-03-31.pdf``. `day` is a London day.

    A case that the bundle itself conceals, or may conceal where the profile is not known, is not in its name either.
    """
    shows_case = profile is not None and (profile.keeps_case or not profile.pseudonyms)
    content = (title or (profile.title if profile else "Bundle"))[:MAX_CONTENT_LENGTH].strip()
    return (
        file_name(" – ".join(part for part in (case_ref.strip() * shows_case, content, day.isoformat()) if part))
        + ending
    )
