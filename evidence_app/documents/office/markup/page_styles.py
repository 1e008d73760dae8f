"""How the words of a web page look, as far as it says something: hidden, struck out, in another colour (CSS 2.2; CSS Color 4).

Only what a rule says of one element by its name, class or identifier is followed; what it says of elements in others is not.
"""

import colorsys
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PIL import ImageColor

MAX_RULES: Final = 2_000
MAX_SHEET_CHARACTERS: Final = 500_000
MAX_SELECTORS: Final = 2_000
"""Characters before the brace of a rule."""
IMPORTANT: Final = " !"
"""The end of a value that outranks others (CSS 2.2, section 6.4.2)."""
HUES: Final = (
    (18, "red"),
    (42, "orange"),
    (68, "yellow"),
    (165, "green"),
    (195, "turquoise"),
    (255, "blue"),
    (290, "purple"),
    (340, "pink"),
    (361, "red"),
)
"""Names of hues up to an angle, in degrees."""
BLACK, GREY, WHITE = "black", "grey", "white"

_SELECTOR: Final = re.compile(r"[a-z][a-z0-9]*(?:#[\w-]+|\.[\w-]+(?:\.[\w-]+)?)?|#[\w-]+|\.[\w-]+(?:\.[\w-]+)?")
_FUNCTION: Final = re.compile(r"((?:rgb|hsl)a?)\(([^()]{1,60})\)")
_BARE_HEX: Final = re.compile(r"[0-9a-f]{6}|[0-9a-f]{3}")
_HIGHLIGHT: Final = {"windowtext": "black", "window": "white"}
"""Colours of Windows (CSS Color 4, section 6.2, and Word)."""
_NOTHING: Final = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look. `colour` is the name of theirs, or "" where nothing says it; `marked` says that a colour lies behind them.

    `hidden` holds for all that stands within; `tiny` and `unseen` (of the size and the visibility) end where an element within says otherwise. `ground` is the colour behind.
    """

    hidden: bool = False
    struck: bool = False
    colour: str = ""
    marked: bool = False
    tiny: bool = False
    unseen: bool = False
    ground: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees the words: nothing of them is shown, or they are white on white."""
        return self.hidden or self.tiny or self.unseen or (self.colour == WHITE and self.ground in {"", WHITE})


@dataclass
class StyleSheet:
    """The rules of a page's own style sheets, by the element, class or identifier that they are about, in their order."""

    rules: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    count: int = 0

    def add(self, css: str) -> None:
        """Add the rules of a sheet. What stands within an at-rule, such as that for printing, is not read."""
        css = _without_comments(css[:MAX_SHEET_CHARACTERS].replace("<!--", " ").replace("-->", " "))
        for rule in _without_at_rules(css).split("}"):
            selectors, brace, body = rule.partition("{")
            if not brace or len(selectors) > MAX_SELECTORS:
                continue
            said = declarations(body)
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip().lower())
                if match and selector.strip() and self.count < MAX_RULES:
                    self.count += 1
                    self.rules.setdefault(selector.strip().lower(), []).append((self.count, said))

    def of(self, tag: str, given: Mapping[str, str]) -> dict[str, str]:
        """Return what the sheets and the element itself say of it; what is nearer to it, later or important outranks the rest."""
        inline = declarations(given.get("style", ""))
        if not self.rules:
            return {name: value.removesuffix(IMPORTANT) for name, value in inline.items()}
        classes = given.get("class", "").lower().split()[:20]
        names = [tag, *(f"{start}.{name}" for name in classes for start in ("", tag))]
        names += [
            f"{tag if with_tag else ''}.{one}.{other}"
            for one in classes
            for other in classes
            if one != other
            for with_tag in (0, 1)
        ]
        identity = given.get("id", "").strip().lower()
        names += [f"#{identity}", f"{tag}#{identity}"] if identity else []
        found = [
            (name.count("#"), name.count("."), order, said)
            for name in names
            for order, said in self.rules.get(name, ())
        ]
        ranked = [said for _, _, _, said in sorted(found, key=lambda each: each[:3])] + [inline]
        plain: dict[str, str] = {}
        for said in ranked:
            plain |= {name: value for name, value in said.items() if not value.endswith(IMPORTANT)}
        for said in ranked:
            plain |= {name: value.removesuffix(IMPORTANT) for name, value in said.items() if value.endswith(IMPORTANT)}
        return plain


def _without_comments(css: str) -> str:
    """Return a sheet without its comments; one that is never closed hides the rest, as in CSS."""
    first, *others = css.split("/*")
    return " ".join([first, *(each.partition("*/")[2] for each in others)])


def _without_at_rules(css: str) -> str:
    """Return a sheet without its at-rules and what stands in their braces, in one pass."""
    out: list[str] = []
    place = 0
    while (start := css.find("@", place)) >= 0:
        out.append(css[place:start])
        end, depth = start, 0
        while end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
            if (css[end - 1] == "}" and depth <= 0) or (css[end - 1] == ";" and not depth):
                break
        place = end
    return "".join([*out, css[place:]])


@lru_cache(maxsize=512)
def _declared(style: str) -> tuple[tuple[str, str], ...]:
    pairs = (each.partition(":") for each in style[:5_000].lower().split(";"))
    return tuple(
        (name.strip(), " ".join(value.replace("!important", IMPORTANT).split()))
        for name, _, value in pairs
        if value.strip()
    )


def declarations(style: str) -> dict[str, str]:
    """Return the properties that a style sets, in lower case; one that is important ends in `IMPORTANT`."""
    return dict(_declared(style))


def look_within(outer: Look, tag: str, given: Mapping[str, str], said: Mapping[str, str]) -> Look:
    """Return how the words of an element look, in one that looks like `outer`. `said` is what its styles say."""
    decoration = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    struck = outer.struck or tag in {"s", "strike", "del"} or "line-through" in decoration
    named = colour_name(said.get("color", "") or (given.get("color", "") if tag == "font" else ""))
    behind = (
        said.get("background-color") or said.get("background") or said.get("mso-highlight") or given.get("bgcolor", "")
    )
    ground = _ground(behind, outer.ground)
    marked = (
        outer.marked
        or tag == "mark"
        or (tag in {"span", "font", "b", "i", "u"} and colour_name(behind) not in {"", WHITE})
    )
    size, visibility = said.get("font-size", ""), said.get("visibility", "")
    return Look(
        hidden=outer.hidden or "hidden" in given or _hides(said),
        struck=struck,
        colour=named or outer.colour,
        marked=marked,
        tiny=bool(_NOTHING.fullmatch(size)) if size else outer.tiny,
        unseen=visibility in {"hidden", "collapse"} if visibility else outer.unseen,
        ground=ground,
    )


def _ground(behind: str, outer: str) -> str:
    """Return the colour behind words: a picture there is some colour, and what is transparent is none."""
    if not behind or behind in {"none", "transparent", "inherit", "initial"}:
        return outer
    return colour_name(behind) or ("a picture" if "url(" in behind or "gradient" in behind else outer)


def _hides(said: Mapping[str, str]) -> bool:
    nothing_high = _NOTHING.fullmatch(said.get("max-height", "") or said.get("height", "") or "1")
    return (
        said.get("display") == "none"
        or said.get("mso-hide") == "all"
        or bool(_NOTHING.fullmatch(said.get("opacity", "") or "1"))
        or bool(nothing_high and said.get("overflow") == "hidden")
    )


@lru_cache(maxsize=512)
def colour_name(value: str) -> str:
    """Return the everyday name of a colour, or "" where a value is none that is known."""
    spelled = _HIGHLIGHT.get(value.strip(), value.strip().removesuffix(IMPORTANT).strip())
    # Of a background its colour, wherever that stands.
    for each in [spelled, *spelled.split(" ")]:
        rgb = _rgb(each)
        if rgb is not None:
            break
    else:
        return ""
    red, green, blue = rgb
    hue, light, strong = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if light > 0.93:
        return WHITE
    if light < 0.16:
        return BLACK
    if strong < 0.25:
        return GREY if light > 0.3 else BLACK
    return next(name for most, name in HUES if hue * 360 < most)


def _rgb(spelled: str) -> tuple[int, int, int] | None:
    """Return the red, green and blue of a colour, or None where it is none or lets through what is behind it."""
    function = _FUNCTION.fullmatch(spelled)
    if function:
        parts = [each for each in re.split(r"[\s,/]+", function[2]) if each]
        if len(parts) > 3 and _NOTHING.fullmatch(parts[3]):
            return None
        spelled = f"{function[1].removesuffix('a')}({','.join(parts[:3])})"
    try:
        red, green, blue = ImageColor.getrgb("#" + spelled if _BARE_HEX.fullmatch(spelled) else spelled)[:3]
    except ValueError:
        return None
    return red, green, blue


def main_colour(lengths: Iterable[tuple[str, int]]) -> str:
    """Return the colour that most characters have; black where none is said."""
    count: Counter[str] = Counter()
    for colour, length in lengths:
        count[colour or BLACK] += length
    return count.most_common(1)[0][0] if count else BLACK
