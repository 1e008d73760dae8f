"""Conformance of a bundle with the rules of the court guidance (docs/domain.md, sections 9.1 and 10)."""

from collections.abc import Iterable, Sequence
from typing import Final

from evidence_app.bundle.exhibits.prepared import PageInDoubt, PreparedExhibit
from evidence_app.bundle.pages.integrity_annex import Rule
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.domain.text.counted import counted

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not applicable"
"""Results as the conformance sheet prints them."""
HABIT: Final = "–"
"""For a rule that is none of the guidance's."""
ADDITIONS: Final = "on additions"
"""For what the guidance says of additions, in a paragraph whose number is not confirmed (docs/domain.md, section 9.1)."""


def _numbers(prepared: Iterable[PreparedExhibit]) -> str:
    """Return the numbers of exhibits as a list in words."""
    return ", ".join(str(each.exhibit.number) for each in prepared)


def conformance_rules(plan: Plan, prepared: Sequence[PreparedExhibit], characters_missing: int) -> list[Rule]:
    """Return the result of each rule for a bundle. `characters_missing` counts the characters drawn as a replacement mark."""
    return [*_page_rules(plan, prepared), *_text_rules(plan, prepared, characters_missing)]


def _page_rules(plan: Plan, prepared: Sequence[PreparedExhibit]) -> list[Rule]:
    rendered = _numbers(each for each in prepared if each.how == "rendered")
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
        _core(plan),
        Rule("8", "Rather one bundle than several", NOT_APPLICABLE, "For whoever makes the bundles of a hearing"),
        Rule("9", "Not above 300 dpi", PASS, f"Placed as images: exhibits {rendered}" if rendered else ""),
        Rule(
            HABIT,
            "Strictly by date; one page run; a file attached twice, and an e-mail drafted and sent in the same words, are shown once",
            FAIL if out_of_order else PASS,
            f"In an order of the author's choice: {'; '.join(out_of_order)}" if out_of_order else "",
        ),
        Rule(
            ADDITIONS,
            "Late documents at the end, numbered on",
            PASS if late else NOT_APPLICABLE,
            f"At the end, earlier documents keep their pages: {'; '.join(late)}"
            if late
            else "Nothing was added after this bundle was made",
        ),
    ]


def _core(plan: Plan) -> Rule:
    """Return the rule on a core bundle."""
    marked = sum(document.is_core for section in plan.sections for document in section.documents)
    what = "A core bundle, where one is required"
    if not marked:
        return Rule("7", what, NOT_APPLICABLE, "None was asked for")
    return Rule("7", what, PASS, f"{counted(marked, 'document')} marked for it; it keeps these page numbers")


def _text_layer(prepared: Sequence[PreparedExhibit]) -> Rule:
    """Return the rule on text layers."""
    without_text = _numbers(each for each in prepared if not each.has_text)
    recognised = _numbers(each for each in prepared if each.recognised)
    remarks = [f"Pictures without a text layer: exhibits {without_text}"] if without_text else []
    remarks += [f"Words recognised by the program, not proof-read: exhibits {recognised}"] if recognised else []
    return Rule("4", "Every page with typed words has a text layer", FAIL if without_text else PASS, "; ".join(remarks))


def _text_rules(plan: Plan, prepared: Sequence[PreparedExhibit], characters_missing: int) -> list[Rule]:
    """Return the rules that are not the guidance's: completeness, PDF/A, PDF/UA, characters and the search for withheld values."""
    slips = _numbers(each for each in prepared if each.how == "slip")
    parts = "; ".join(f"exhibit {each.exhibit.number}: pages {each.left_out}" for each in prepared if each.left_out)
    incomplete = [f"Slip sheets instead: exhibits {slips}"] if slips else []
    incomplete += [f"Left out of {parts}"] if parts else []
    if plan.not_handed_over:
        count = counted(len(plan.not_handed_over), "file was", "files were")
        incomplete.append(f"{count} not handed over by the members: the integrity annex names them")
    alone = _numbers(each for each in prepared if each.beside_left_out)
    incomplete += [f"Without comments, changes and hidden parts: exhibits {alone}"] if alone else []
    rules = [
        Rule(
            "–",
            "Every exhibit is shown as pages",
            FAIL if incomplete else PASS,
            "; ".join(incomplete),
        ),
        Rule("–", "PDF/A-3b, checked when the file was written", PASS, _stand_ins(prepared)),
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
    if plan.rules is None or not plan.rules.looks_at_files:
        return rules
    return [*rules, _searched(prepared), _pictures_read(plan, prepared)]


def _stand_ins(prepared: Sequence[PreparedExhibit]) -> str:
    """Return in words which fonts stand for others that files name and do not hold, as in every reader."""
    said = "; ".join(
        f"exhibit {each.exhibit.label} ({', '.join(each.stand_ins)})" for each in prepared if each.stand_ins
    )
    return f"Fonts that a file names and does not hold are shown by others of the same widths: {said}" if said else ""


def _searched(prepared: Sequence[PreparedExhibit]) -> Rule:
    """Return the rule on the search for withheld values, which fails where a picture has no text layer to search."""
    unsearchable = _numbers(each for each in prepared if not each.has_text and each.how != "slip")
    return Rule(
        "–",
        "The finished file was searched for every withheld value",
        FAIL if unsearchable else PASS,
        f"Pictures in which no words could be found to search: exhibits {unsearchable}" if unsearchable else "",
    )


def _pictures_read(plan: Plan, prepared: Sequence[PreparedExhibit]) -> Rule:
    """Return the rule on words of pictures, which fails where some may have been missed on a page at which nobody looked."""
    doubts = [doubt for each in prepared for doubt in each.doubts]
    seen = [doubt for doubt in doubts if doubt.page in plan.looked_at.get(doubt.digest, frozenset())]
    unseen = [doubt for doubt in doubts if doubt not in seen]
    remarks = [f"Looked at by a person: {_pages_in_words(seen)}"] if seen else []
    remarks += [f"Looked at by nobody: {_pages_in_words(unseen)}"] if unseen else []
    return Rule("–", "Words on pictures were read and searched", FAIL if unseen else PASS, "; ".join(remarks))


def _pages_in_words(doubts: Sequence[PageInDoubt]) -> str:
    """Return pages as a list in words, those in doubt for the same reason together."""
    reasons: dict[str, list[str]] = {}
    for each in doubts:
        reasons.setdefault(each.why, []).append(f"{each.label}/{each.page}")
    return "; ".join(f"exhibit/page {', '.join(pages)} ({why})" for why, pages in reasons.items())
