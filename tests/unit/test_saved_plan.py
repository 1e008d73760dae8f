"""Saved plans are parsed strictly: unknown members are refused, and a plan round-trips unchanged."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.plan.plan_files import read_saved_plan
from evidence_app.domain.plan.saved_plan import CLASSES, FORMAT, SavedPlan, ranges_in_words, read_ranges
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import canonical, parse

ONE, TWO = "a" * 64, "b" * 64
AREA = [0.1, 0.2, 0.5, 0.6]
EVERY_MEMBER: dict[str, Any] = {
    "format": FORMAT,
    "name": "Grievance, spring",
    "profile": "grievance",
    "title": "The documents",
    "recipient": "The panel",
    "case_ref": "X000412",
    "sections": [
        {"title": "What was said", "documents": [{"record": 3, "title": "The second", "date": "3 March 2025"}]},
        {"title": "E-mails", "documents": [{"exhibit": ONE, "pages": "1-3, 7", "looked_through": True}]},
    ],
    "as_of": "2025-06-01",
    "late": [{"title": "The answer", "documents": [{"record": 41}], "as_of": "2025-06-04"}],
    "left_out": [{"record": 9, "reason": "not relied on"}, {"exhibit": TWO, "reason": "a copy"}],
    "redactions": [
        {"words": "the Amblewick house", "class": "address", "why": "a third party's home"},
        {"words": "Amblewick", "record": 5, "field": "rationale", "class": "name"},
        {"words": "Amblewick", "exhibit": ONE, "class": "name"},
        {"record": 5, "field": "rationale", "class": "legal advice"},
        {"exhibit": ONE, "page": 2, "area": AREA, "class": "health"},
    ],
    "pseudonyms_from": 30,
    "records_seen": 42,
}
TURNED = ["a\nb", "a\x00b", "a\x1bb", "a\u202eb", "a\u200fb", "a\u2066b", "a\u2028b", "a\x7fb", "a\tb"]
"""Line ends, control characters, and characters that turn the direction of writing."""


def plan(**more: Any) -> dict[str, Any]:
    return {"format": FORMAT, "profile": "grievance"} | more


def with_document(**document: Any) -> dict[str, Any]:
    return plan(sections=[{"title": "One", "documents": [document]}])


def with_redaction(**redaction: Any) -> dict[str, Any]:
    return plan(redactions=[{"class": "other"} | redaction])


def refused(content: Any) -> str:
    with pytest.raises(InputError) as caught:
        read_saved_plan(content)
    assert caught.value.sentence.endswith("."), "it is refused without a sentence"
    assert caught.value.sentence.isprintable(), "the sentence repeats what no terminal should get"
    return caught.value.sentence


def test_every_member_is_read_and_written_as_specified() -> None:
    assert read_saved_plan(EVERY_MEMBER).to_json() == EVERY_MEMBER


def test_the_smallest_plan() -> None:
    read = read_saved_plan(plan())
    assert read == SavedPlan("grievance"), "something is made up that the file does not say"
    assert read.sections is None, "no sections is taken for a plan without documents"


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of every object in a value."""
    found = [path] if isinstance(value, dict) else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        found += places(item, (*path, name))
    return found


@pytest.mark.parametrize("path", places(EVERY_MEMBER), ids=str)
def test_an_unknown_member_is_refused_wherever_it_stands(path: tuple[Any, ...]) -> None:
    changed = json.loads(json.dumps(EVERY_MEMBER))
    inside = changed
    for step in path:
        inside = inside[step]
    inside["wrods"] = "Amblewick"
    assert "wrods" in refused(changed), "the sentence does not name the member"


@pytest.mark.parametrize("content", [None, [], "plan", 3, True, {}, {"format": FORMAT}, {"profile": "grievance"}])
def test_an_invalid_plan_is_refused(content: Any) -> None:
    refused(content)


@pytest.mark.parametrize("spelled", ["evidence-trail/bundle-plan/v2", "", None, 1])
def test_another_format_is_refused(spelled: Any) -> None:
    refused(plan(format=spelled))


WRONG: list[dict[str, Any]] = [
    {"name": 3},
    {"name": "n" * 81},
    {"profile": None},
    {"title": ["x"]},
    {"recipient": {}},
    {"case_ref": 412},
    {"sections": {}},
    {"sections": "all"},
    {"sections": [[]]},
    {"sections": [{"title": "One"}]},
    {"sections": [{"documents": []}]},
    {"sections": [{"title": " ", "documents": []}]},
    {"sections": [{"title": "One", "documents": {}}]},
    {"sections": [{"title": "One", "documents": [3]}]},
    {"late": {}},
    {"late": None},
    {"as_of": 20250604},
    {"as_of": "4 June 2025"},
    {"as_of": "2025-02-30"},
    {"as_of": "2025-06-04T10:00"},
    {"left_out": {"record": 3}},
    {"left_out": [{"record": 3}]},
    {"left_out": [{"record": 3, "reason": " "}]},
    {"left_out": [{"record": 3, "reason": 4}]},
    {"left_out": [{"reason": "nothing"}]},
    {"redactions": {}},
    {"redactions": ["Amblewick"]},
    {"pseudonyms_from": -1},
    {"pseudonyms_from": 702},
    {"pseudonyms_from": 1.0},
    {"pseudonyms_from": True},
    {"pseudonyms_from": "A"},
    {"pseudonyms_from": "0" * 31},
    {"pseudonyms_from": "A" * 32},
    {"records_seen": -1},
    {"records_seen": 1.5},
    {"records_seen": False},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_member_of_the_wrong_type_is_refused(wrong: dict[str, Any]) -> None:
    refused(plan() | wrong)


DOCUMENTS: list[dict[str, Any]] = [
    {},
    {"record": None},
    {"record": -1},
    {"record": True},
    {"record": 3.0},
    {"record": "3"},
    {"exhibit": ONE[:63]},
    {"exhibit": ONE + "a"},
    {"exhibit": ONE.upper()},
    {"exhibit": 7},
    {"exhibit": ""},
    {"record": 3, "exhibit": ONE},
    {"record": 3, "exhibit": None, "pages": "1"},
    {"record": 3, "pages": "1"},
    {"record": 3, "looked_through": False},
    {"record": 3, "title": "t" * 121},
    {"record": 3, "date": "d" * 41},
    {"exhibit": ONE, "looked_through": "yes"},
    {"exhibit": ONE, "looked_through": 1},
    {"exhibit": ONE, "page_alone": 1},
    {"record": 3, "page_alone": True},
    {"exhibit": ONE, "pages": 3},
    {"exhibit": ONE, "pages": [1, 2]},
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_a_document_that_is_not_just_a_record_or_an_exhibit_is_refused(document: dict[str, Any]) -> None:
    refused(with_document(**document))


@pytest.mark.parametrize("turned", TURNED, ids=ascii)
@pytest.mark.parametrize("member", ["name", "title", "recipient", "case_ref", "profile"])
def test_text_of_a_plan_is_on_one_line_and_has_no_hidden_characters(member: str, turned: str) -> None:
    refused(plan(**{member: turned}))


@pytest.mark.parametrize("turned", TURNED, ids=ascii)
def test_titles_dates_and_reasons_have_no_hidden_characters(turned: str) -> None:
    refused(plan(sections=[{"title": turned, "documents": []}]))
    refused(plan(sections=[], late=[{"title": turned, "documents": []}]))
    for member in ("title", "date"):
        refused(with_document(record=3, **{member: turned}))
    refused(with_document(exhibit=ONE, pages=f"1{turned[1:-1]}"))
    refused(plan(left_out=[{"record": 3, "reason": turned}]))
    for member in ("words", "why"):
        refused(with_redaction(**({"words": "x"} | {member: turned})))


def test_a_document_is_listed_once() -> None:
    for twice in ({"record": 3}, {"exhibit": ONE}):
        again = {"title": "Two", "documents": [twice]}
        first = {"title": "One", "documents": [twice]}
        assert "twice" in refused(plan(sections=[first, again]))
        assert "twice" in refused(plan(sections=[first], late=[again])), "shown in front and again as late"
        assert "twice" in refused(plan(sections=[{"title": "One", "documents": [twice, twice]}]))


def test_nothing_is_both_shown_and_left_out() -> None:
    for both in ({"record": 3}, {"exhibit": ONE}):
        section = {"title": "One", "documents": [both]}
        out = [both | {"reason": "not relied on"}]
        assert "both" in refused(plan(sections=[section], left_out=out))
        assert "both" in refused(plan(sections=[], late=[section], left_out=out))


def test_late_sections_need_sections_before_them() -> None:
    assert "late" in refused(plan(late=[{"title": "Late", "documents": [{"record": 3}]}]))


@pytest.mark.parametrize(
    "text", ["0", "1-0", "3-1", "1,1", "2,1", "1-3,3", "1-", "-3", "a", "1;2", "1..3", ",", "1,", "1,,2", "1.5", "+1"]
)
def test_pages_that_are_not_in_order_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="pages in order"):
        read_ranges(text)
    refused(with_document(exhibit=ONE, pages=text))


def test_pages_are_read_as_people_type_them() -> None:
    assert read_ranges("") == ()
    assert read_ranges("7") == ((7, 7),)
    assert read_ranges("1-3, 7") == read_ranges("1–3,7") == ((1, 3), (7, 7))


@pytest.mark.parametrize("text", ["1 2", "1\u0663", "1 0-1 2"])
def test_ambiguous_pages_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_ranges(text)


def runs_of(edges: set[int]) -> tuple[tuple[int, int], ...]:
    ordered = sorted(edges)
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


RANGES = st.sets(st.integers(1, 300), max_size=12).map(runs_of)


@given(RANGES)
def test_ranges_in_words_are_read_as_the_same_ranges(ranges: tuple[tuple[int, int], ...]) -> None:
    assert read_ranges(ranges_in_words(ranges)) == ranges


AREAS: list[Any] = [
    None,
    "0.1, 0.2, 0.5, 0.6",
    [0.1, 0.2, 0.5],
    [0.1, 0.2, 0.5, 0.6, 0.7],
    [0.1, 0.2, 0.5, "0.6"],
    [0.1, 0.2, 0.5, True],
    [0.1, 0.2, 0.5, 0.6, "x"],
    [-0.1, 0.2, 0.5, 0.6],
    [0.1, 0.2, 0.5, 1.01],
    [0.1, 0.2, 0.5, float("nan")],
    [0.5, 0.2, 0.1, 0.6],
    [0.1, 0.6, 0.5, 0.2],
    [0.1, 0.2, 0.1, 0.6],
    [10, 20, 50, 60],
]


@pytest.mark.parametrize("area", AREAS, ids=str)
def test_an_area_is_four_fractions_and_not_empty(area: Any) -> None:
    refused(with_redaction(exhibit=ONE, page=1, area=area))


@pytest.mark.parametrize("page", [0, -1, 1.0, "1", True, None, 10**9], ids=str)
def test_an_area_is_on_a_page(page: Any) -> None:
    refused(with_redaction(exhibit=ONE, page=page, area=AREA))


@pytest.mark.parametrize("category", [*[word.upper() for word in CLASSES], "", "names", None, 3, ["name"]], ids=str)
def test_a_class_that_is_not_one_of_the_nine_is_refused(category: Any) -> None:
    assert "class" in refused(plan(redactions=[{"words": "Amblewick", "class": category}]))


@pytest.mark.parametrize("category", CLASSES)
def test_each_of_the_nine_classes_is_taken(category: str) -> None:
    (read,) = read_saved_plan(plan(redactions=[{"words": "Amblewick", "class": category}])).redactions
    assert (read.category, read.words) == (category, "Amblewick")


MIXED: list[dict[str, Any]] = [
    {},
    {"words": ""},
    {"words": "   "},
    {"why": "because"},
    {"record": 5},
    {"field": "rationale"},
    {"exhibit": ONE},
    {"exhibit": ONE, "page": 1},
    {"exhibit": ONE, "area": AREA},
    {"page": 1, "area": AREA},
    {"words": "x", "page": 1},
    {"words": "x", "exhibit": ONE, "page": 1, "area": AREA},
    {"words": "x", "field": "rationale"},
    {"words": "x", "exhibit": ONE, "field": "rationale"},
    {"words": "x", "record": 5, "exhibit": ONE},
    {"words": "x", "record": None},
    {"exhibit": ONE, "field": "rationale", "page": 1, "area": AREA},
    {"words": 3},
    {"words": "w" * 301},
    {"words": "x", "why": "y" * 201},
]


@pytest.mark.parametrize("redaction", MIXED, ids=str)
def test_a_redaction_has_one_type(redaction: dict[str, Any]) -> None:
    refused(with_redaction(**redaction))


@pytest.mark.parametrize("more", [{"page": 1}, {"area": AREA}, {"page": 1, "area": AREA}], ids=str)
def test_a_field_has_no_page_and_no_area(more: dict[str, Any]) -> None:
    refused(with_redaction(record=5, field="rationale", **more))


def test_many_pages_that_were_read_can_be_read_again() -> None:
    many = ",".join(str(page) for page in range(101, 600, 2))[:999]
    read = read_saved_plan(with_document(exhibit=ONE, pages=many))
    assert read_saved_plan(read.to_json()) == read


LINE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=30).filter(str.isprintable)
SAID = LINE.filter(lambda text: bool(text.strip()))
DAY = st.dates().filter(lambda day: day.year >= 1990).map(str)
AREA_OF = st.lists(st.floats(0, 1), min_size=4, max_size=4, unique=True).map(sorted)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
REDACTION = st.one_of(
    st.fixed_dictionaries({"words": SAID}, optional={"exhibit": DIGEST}),
    st.fixed_dictionaries({"words": SAID, "record": st.integers(0, 99)}, optional={"field": SAID}),
    st.fixed_dictionaries({"record": st.integers(0, 99), "field": SAID}),
    st.builds(
        lambda digest, page, area: {"exhibit": digest, "page": page, "area": [area[0], area[1], area[2], area[3]]},
        DIGEST,
        st.integers(1, 500),
        AREA_OF,
    ),
)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Make a plan in which every document stands once."""
    keys = draw(st.lists(st.integers(0, 60) | DIGEST, unique=True, max_size=9))
    documents: list[dict[str, Any]] = []
    for key in keys:
        own: dict[str, Any] = {"record": key} if isinstance(key, int) else {"exhibit": key}
        if isinstance(key, str):
            own |= {
                "pages": ranges_in_words(draw(RANGES)),
                "looked_through": draw(st.booleans()),
                "page_alone": draw(st.booleans()),
            }
        documents.append(own | draw(st.fixed_dictionaries({}, optional={"title": LINE, "date": LINE})))
    first, second = sorted(draw(st.tuples(st.integers(0, 9), st.integers(0, 9))))
    made = plan(sections=[{"title": draw(SAID), "documents": documents[:first]}])
    made["late"] = [{"title": draw(SAID), "documents": documents[first:second], "as_of": draw(DAY)}]
    made["left_out"] = [
        {name: each[name] for name in ("record", "exhibit") if name in each} | {"reason": draw(SAID)}
        for each in documents[second:]
    ]
    made["redactions"] = [
        {"class": draw(st.sampled_from(CLASSES))} | each for each in draw(st.lists(REDACTION, max_size=4))
    ]
    optional: dict[str, Any] = {"name": LINE, "title": LINE, "recipient": LINE, "case_ref": LINE, "as_of": DAY}
    optional |= {
        "pseudonyms_from": st.one_of(st.integers(0, 701), st.binary(min_size=16, max_size=16).map(bytes.hex)),
        "records_seen": st.integers(0, 999),
    }
    return made | draw(st.fixed_dictionaries({}, optional=optional))


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(plans())
def test_a_plan_that_is_read_written_and_read_again_is_the_same(content: dict[str, Any]) -> None:
    read = read_saved_plan(content)
    kept = parse(canonical(read.to_json()))
    assert read_saved_plan(kept) == read
    assert [each.key for each in read.documents()] == [
        each.get("record", each.get("exhibit"))
        for section in (*content["sections"], *content["late"])
        for each in section["documents"]
    ]
