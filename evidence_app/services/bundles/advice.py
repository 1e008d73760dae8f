"""What the maker of a bundle is told before it goes out, and what stands on none of its pages."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from evidence_app.bundle.plan.resolved_plan import Plan

MAX_NAMED: Final = 6
"""Records that a sentence lists."""


def advice_on(plan: "Plan") -> list[str]:
    """Return what the maker of a bundle is told, which stands on none of its pages."""
    asks = plan.asked or not plan.cover.parties
    kinds = sorted({each.kind.label.lower() for each in plan.of_other_kinds})
    of_others = ", ".join(each.number for each in plan.of_other_kinds[:MAX_NAMED])
    more = f" and {len(plan.of_other_kinds) - MAX_NAMED} more" if len(plan.of_other_kinds) > MAX_NAMED else ""
    left_out = (
        f"Handed over, and not in it, since this profile shows no {' and no '.join(kinds)}: {of_others}{more}. A profile of your own can: "
        f"“profiles show {plan.profile.name} --out FILE”, add the kind, “profiles add FILE”."
    )
    return [
        *([plan.profile.advice] if plan.profile.advice else []),
        *([left_out] if kinds else []),
        *([] if asks else ["It does not say what is asked: “--asks WORDS”, or Cover and story… under Plans."]),
    ]
