"""How a bundle stands to the rules of the guidance (docs/domain.md, sections 9.1 and 10)."""

from collections.abc import Iterable, Sequence

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.pages.integrity_annex import Rule
from evidence_app.bundle.plan.resolved_plan import Plan

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not applicable"


def _named(prepared: Iterable[PreparedExhibit]) -> str:
    return ", ".join(str(each.exhibit.number) for each in prepared)


def conformance_rules(plan: Plan, prepared: Sequence[PreparedExhibit], characters_missing: int) -> list[Rule]:
    """Say rule by rule whether the bundle keeps it."""
    return [*_page_rules(plan, prepared), *_text_rules(plan, prepared, characters_missing)]


def _page_rules(plan: Plan, prepared: Sequence[PreparedExhibit]) -> list[Rule]:
    rendered = _named(each for each in prepared if each.how == "rendered")
    moments = {each.record.key: each.record.event[0] for each in plan.shown}
    out_of_order = [section.title for section in plan.sections if not section.by_date(moments)]
    late = [section.title for section in plan.late_sections]
    return [
        Rule("1", "One PDF", PASS),
        Rule(
            "2",
            "Computer-made page numbers from 1 on the first page; printed number, PDF page and page label agree",
            PASS,
        ),
        Rule("3", "Every index entry is a link; sections and documents are bookmarked with their page number", PASS),
        _text_layer(prepared),
        Rule(
            "5",
            "Landscape pages stay landscape and read left to right",
            PASS,
            "Exhibit pages stand as their own files turn them" if prepared else "",
        ),
        Rule("6", "Opens at 100 %; links and bookmarks keep 100 %", PASS),
        Rule("7", "Not above 300 dpi", PASS, f"Placed as images: exhibits {rendered}" if rendered else ""),
        Rule(
            "8",
            "Strictly by date; one page run; a file attached twice is shown once",
            FAIL if out_of_order else PASS,
            f"In an order of the author's choice: {'; '.join(out_of_order)}" if out_of_order else "",
        ),
        Rule(
            "9",
            "Late documents at the end, numbered on",
            PASS if late else NOT_APPLICABLE,
            f"At the end, earlier documents keep their pages: {'; '.join(late)}"
            if late
            else "Nothing was added after this bundle was made",
        ),
    ]


def _text_layer(prepared: Sequence[PreparedExhibit]) -> Rule:
    without_text = _named(each for each in prepared if not each.has_text)
    recognised = _named(each for each in prepared if each.recognised)
    remarks = [f"Pictures without a text layer: exhibits {without_text}"] if without_text else []
    remarks += [f"Words recognised by Tesseract, not proof-read: exhibits {recognised}"] if recognised else []
    return Rule("4", "Every page with typed words has a text layer", FAIL if without_text else PASS, "; ".join(remarks))


def _text_rules(plan: Plan, prepared: Sequence[PreparedExhibit], characters_missing: int) -> list[Rule]:
    slips = _named(each for each in prepared if each.how == "slip")
    parts = "; ".join(f"exhibit {each.exhibit.number}: pages {each.left_out}" for each in prepared if each.left_out)
    rules = [
        Rule(
            "–",
            "Every exhibit is shown as pages",
            FAIL if slips or parts else PASS,
            "; ".join(
                [f"Slip sheets instead: exhibits {slips}"] * bool(slips) + [f"Left out of {parts}"] * bool(parts)
            ),
        ),
        Rule("–", "PDF/A-3b, checked when the file was written", PASS),
        Rule(
            "–",
            "Tagged for screen readers (PDF/UA-1)",
            PASS,
            "By how the pages are made, not checked in this file"
            + (
                "; exhibit pages that stand as they were made were checked, and are read out in the order in which their makers drew them"
                if prepared
                else ""
            ),
        ),
        Rule(
            "–",
            "Every character can be drawn",
            FAIL if characters_missing else PASS,
            f"{characters_missing} characters are outside the embedded fonts and are shown as a replacement mark; the manifest holds them"
            if characters_missing
            else "",
        ),
    ]
    return rules + ([_searched(prepared)] if plan.rules is not None and plan.rules.looks_at_files else [])


def _searched(prepared: Sequence[PreparedExhibit]) -> Rule:
    blind = _named(each for each in prepared if not each.has_text and each.how != "slip")
    return Rule(
        "–",
        "The finished file was searched for every withheld value",
        FAIL if blind else PASS,
        f"Pictures in which no words could be found to search: exhibits {blind}" if blind else "",
    )
