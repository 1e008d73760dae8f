"""Which records the rules of a profile keep out of a bundle, and why.

A record that only exists because of another goes where that one goes: what corrects it or adds to it, the answer to it, the mail
about it. Else the first would be left out, and what it says would be read in the second.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from evidence_app.bundle.plan.request import PlanRequest
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.fields import Audience
from evidence_app.domain.record.own_matter import OWN_KINDS, is_about_health, is_own_matter
from evidence_app.domain.record.records import RecordKey, SealedRecord

ADVICE_LEFT_OUT: Final = "union or legal advice"
KIND_LEFT_OUT: Final = "of a kind that this profile leaves out"
LIMITED_ACCESS: Final = "limited access case"
OWN_MATTER: Final = "the author's own matter"
OWN_KIND: Final = "of a kind that is the author's own matter"
NOT_HEALTH: Final = "not about health and safety"
ANOTHER_CASE: Final = "another case"
UNTIED_MAIL: Final = "a mail that belongs to no record shown"
NO_CASE: Final = "of a case that it does not name"
OF_ONE_CASE: Final = frozenset({"assessment", "referral"})
"""Kinds of record that are about one person: without a case and a link they may be about any."""
TELLING: Final = frozenset(
    {ADVICE_LEFT_OUT, KIND_LEFT_OUT, LIMITED_ACCESS, OWN_MATTER, OWN_KIND, NOT_HEALTH, UNTIED_MAIL}
)
"""Reasons that a bundle does not print, for each would say what was left out."""
BY_HAND: Final = frozenset({OWN_MATTER, NOT_HEALTH, UNTIED_MAIL, NO_CASE})
"""Reasons that somebody who puts a record into a plan by hand may overrule."""
INHERITED: Final = frozenset({ADVICE_LEFT_OUT, LIMITED_ACCESS, OWN_MATTER, OWN_KIND, NOT_HEALTH, ANOTHER_CASE})
"""Reasons that hold for what follows from a record, too."""
TOLD_BY_KEYS: Final = frozenset({"cosignature", "witness-key"})
"""Kinds of record that cannot be proved without the name of somebody's key."""
MAILS: Final = frozenset({"message", "mail-receipt", "drafted-mail"})


def reasons_against(profile: Profile, records: Sequence[SealedRecord], wanted: PlanRequest) -> Mapping[RecordKey, str]:
    """Return for each record why the profile leaves it out; an empty string where it does not. The records are in the order of their logs."""
    reasons: dict[RecordKey, str] = {}
    for record in records:
        reason = _rule_against(profile, record, wanted)
        if not reason or reason == KIND_LEFT_OUT:
            reason = _inherited(record, reason, reasons, wanted.case_ref if profile.one_case else "")
        reasons[record.key] = reason
    if profile.one_case:
        reasons |= dict.fromkeys(_untied_mails(records, reasons), UNTIED_MAIL)
    return reasons


def _rule_against(profile: Profile, record: SealedRecord, wanted: PlanRequest) -> str:
    """Return why a record by itself is left out."""
    if record.restricted and record.restricted not in profile.restricted:
        return ADVICE_LEFT_OUT
    if record.restricted and record.kind.name in TOLD_BY_KEYS and Audience.UNION in profile.withheld:
        # A profile that shows no content still shows keys, and the name of this one would tell.
        return ADVICE_LEFT_OUT
    cases = cases_of(record)
    if profile.one_case and cases and wanted.case_ref not in cases:
        return ANOTHER_CASE
    if profile.one_case and not cases and record.kind.name in OF_ONE_CASE and not record.linked:
        return NO_CASE
    # A bundle of no case asks for none by name: a record without a case is not asked for either.
    asked_for = wanted.case_ref and record.case_ref == wanted.case_ref
    if record.fields.get("lao") is True and not profile.limited_access and not asked_for:
        return LIMITED_ACCESS
    # What a rep writes of a member's grievance is the rep's work.
    if not (profile.own_matters or wanted.by_rep) and is_own_matter(record):
        return OWN_KIND if record.kind.name in OWN_KINDS else OWN_MATTER
    if profile.kinds and record.kind.name not in profile.kinds:
        return KIND_LEFT_OUT
    if profile.health_only and not is_about_health(record):
        return NOT_HEALTH
    return ""


def _inherited(record: SealedRecord, reason: str, reasons: Mapping[RecordKey, str], own_case: str) -> str:
    """Return why a record is left out, given what became of those that it names. One that names the bundle's `own_case` stands for itself."""
    added_to = [reasons[key] for key in record.adds_to if key in reasons]
    if added_to and not all(added_to):
        # What corrects a record goes where that record goes, whatever its kind.
        return ""
    if added_to:
        return reason or _first(added_to)
    followed = [reasons[key] for key, _ in record.linked if key in reasons]
    for_itself = reason or (own_case and own_case in cases_of(record))
    if followed and not for_itself and all(each in INHERITED for each in followed):
        return _first(followed)
    return reason


def _first(reasons: Sequence[str]) -> str:
    """Return the reason that tells least of several: what is of another case before what is told of nobody."""
    return next((each for each in reasons if each not in TELLING), reasons[0])


def _untied_mails(records: Iterable[SealedRecord], reasons: Mapping[RecordKey, str]) -> set[RecordKey]:
    """Return the mails without a case that belong, over links in either direction, to no other record that goes in."""
    mails = {
        record.key
        for record in records
        if record.kind.name in MAILS and not reasons[record.key] and not cases_of(record)
    }
    beside: dict[RecordKey, set[RecordKey]] = {}
    for record in records:
        for key, _ in record.linked:
            beside.setdefault(record.key, set()).add(key)
            beside.setdefault(key, set()).add(record.key)
    tied = [key for key in mails if any(each not in mails and reasons.get(each) == "" for each in beside.get(key, ()))]
    untied = mails - set(tied)
    while tied:
        reached = [each for each in beside.get(tied.pop(), ()) if each in untied]
        untied -= set(reached)
        tied += reached
    return untied
