"""How the words of a web page look, as far as it says something: hidden, struck out, in another colour (CSS 2.2; CSS Color 4).

Only what a rule says of one element by its name, class or identifier is followed; what it says of elements in others is not.
"""

import colorsys
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

MAX_RULES: Final = 2_000
MAX_SHEET_CHARACTERS: Final = 500_000
NAMED: Final = {
    "black": "000000",
    "white": "ffffff",
    "red": "ff0000",
    "maroon": "800000",
    "crimson": "dc143c",
    "darkred": "8b0000",
    "firebrick": "b22222",
    "tomato": "ff6347",
    "orange": "ffa500",
    "orangered": "ff4500",
    "darkorange": "ff8c00",
    "yellow": "ffff00",
    "gold": "ffd700",
    "green": "008000",
    "lime": "00ff00",
    "darkgreen": "006400",
    "forestgreen": "228b22",
    "seagreen": "2e8b57",
    "olive": "808000",
    "teal": "008080",
    "aqua": "00ffff",
    "cyan": "00ffff",
    "turquoise": "40e0d0",
    "blue": "0000ff",
    "navy": "000080",
    "darkblue": "00008b",
    "mediumblue": "0000cd",
    "royalblue": "4169e1",
    "dodgerblue": "1e90ff",
    "steelblue": "4682b4",
    "purple": "800080",
    "indigo": "4b0082",
    "violet": "ee82ee",
    "magenta": "ff00ff",
    "fuchsia": "ff00ff",
    "pink": "ffc0cb",
    "deeppink": "ff1493",
    "hotpink": "ff69b4",
    "brown": "a52a2a",
    "chocolate": "d2691e",
    "gray": "808080",
    "grey": "808080",
    "silver": "c0c0c0",
    "windowtext": "000000",
}
"""Colours by name, in hexadecimal (CSS Color 4, section 6.1): those that people pick."""
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

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SELECTOR: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)?([.#][\w-]+)?")
_RGB: Final = re.compile(r"rgba?\((\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})")
_HEX: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_NOTHING: Final = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look. `colour` is the name of theirs, or "" where nothing says it; `marked` says that a colour lies behind them."""

    hidden: bool = False
    struck: bool = False
    colour: str = ""
    marked: bool = False


@dataclass
class StyleSheet:
    """The rules of a page's own style sheets, by the element, class or identifier that they are about."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, css: str) -> None:
        """Add the rules of a sheet. What stands within an at-rule, such as that for printing, is not read."""
        css = _COMMENT.sub(" ", css[:MAX_SHEET_CHARACTERS].replace("<!--", " ").replace("-->", " "))
        for match in _RULE.finditer(_without_at_rules(css)):
            for selector in match[1].split(","):
                if len(self.rules) < MAX_RULES and _SELECTOR.fullmatch(selector.strip()) and selector.strip():
                    self.rules.setdefault(selector.strip().lower(), {}).update(declarations(match[2]))

    def of(self, tag: str, given: Mapping[str, str]) -> dict[str, str]:
        """Return what the sheets and the element itself say of it; what is nearer to it outranks the rest."""
        found = dict(self.rules.get(tag, {}))
        names = [f".{name}" for name in given.get("class", "").lower().split()[:20]]
        names += [f"#{given['id'].strip().lower()}"] if given.get("id") else []
        for name in names:
            found |= self.rules.get(name, {}) | self.rules.get(f"{tag}{name}", {})
        return found | declarations(given.get("style", ""))


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
    return tuple((name.strip(), value.replace("!important", "").strip()) for name, _, value in pairs if value.strip())


def declarations(style: str) -> dict[str, str]:
    """Return the properties that a style sets, in lower case."""
    return dict(_declared(style))


def look_within(outer: Look, tag: str, given: Mapping[str, str], said: Mapping[str, str]) -> Look:
    """Return how the words of an element look, in one that looks like `outer`. `said` is what its styles say."""
    decoration = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    struck = outer.struck or tag in {"s", "strike", "del"} or "line-through" in decoration
    hidden = outer.hidden or "hidden" in given or _hides(said)
    named = colour_name(said.get("color", "") or (given.get("color", "") if tag == "font" else ""))
    behind = colour_name(
        said.get("background-color", "") or said.get("background", "") or said.get("mso-highlight", "")
    )
    marked = outer.marked or tag == "mark" or (tag in {"span", "font", "b", "i", "u"} and behind not in {"", WHITE})
    return replace(outer, hidden=hidden, struck=struck, colour=named or outer.colour, marked=marked)


def _hides(said: Mapping[str, str]) -> bool:
    return (
        said.get("display") == "none"
        or said.get("visibility") == "hidden"
        or said.get("mso-hide") == "all"
        or bool(_NOTHING.fullmatch(said.get("font-size", "") or "1"))
        or bool(_NOTHING.fullmatch(said.get("opacity", "") or "1"))
    )


@lru_cache(maxsize=512)
def colour_name(value: str) -> str:
    """Return the everyday name of a colour, or "" where a value is none that is known."""
    value = value.strip().lower()
    match = _RGB.match(value)
    if match:
        red, green, blue = (min(255, int(each)) for each in match.groups())
    else:
        spelled = _HEX.fullmatch(NAMED.get(value.partition(" ")[0], value.partition(" ")[0]))
        if spelled is None:
            return ""
        digits = spelled[1] if len(spelled[1]) == 6 else "".join(each * 2 for each in spelled[1])
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    hue, light, strong = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if light > 0.93:
        return WHITE
    if light < 0.16:
        return BLACK
    if strong < 0.25:
        return GREY if light > 0.3 else BLACK
    return next(name for most, name in HUES if hue * 360 < most)


def main_colour(lengths: Iterable[tuple[str, int]]) -> str:
    """Return the colour that most characters have; black where none is said."""
    count: Counter[str] = Counter()
    for colour, length in lengths:
        count[colour or BLACK] += length
    return count.most_common(1)[0][0] if count else BLACK
