"""Sets the digits of a number into the places of a number format (ISO/IEC 29500-1, 18.8.31): 0, # and ?, with whatever stands between them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<general>general)|(?P<power>E[+-])|(?P<place>[0#?])|(?P<other>.)',
    re.IGNORECASE,
)
"""The parts of a section: words, room that is left (which says nothing), currencies, colours and conditions, places, other signs."""
FRACTION: Final = re.compile(r"(?P<whole>[#0?]*)\s*(?P<over>[#0?]+)/(?P<under>[#0?]+|\d+)")


class _Part(NamedTuple):
    """A part of a section: `kind` is place, point, comma, percent, power, general or said; `text` what stands there."""

    kind: str
    text: str


def formatted_number(number: Decimal, section: str, general: str) -> str:
    """Return a number in a section of a format. `general` is how it is shown without one, for sections that name that."""
    parts = _parts(section)
    sign = "-" if number < 0 else ""
    if any(part.kind == "general" for part in parts):
        return "".join(general if part.kind == "general" else part.text for part in parts)
    fraction = FRACTION.search("".join(part.text for part in parts if part.kind != "said" or part.text in " /"))
    if fraction and any(part.text == "/" for part in parts):
        return sign + _as_fraction(abs(number), fraction)
    number = abs(number) * 100 ** sum(part.kind == "percent" for part in parts)
    if any(part.kind == "power" for part in parts):
        decimals = sum(part.kind == "place" for part in _behind_point(parts, until_power=True))
        mantissa, _, power = f"{number:.{decimals}E}".partition("E")
        return f"{sign}{mantissa}E{power[0]}{power[1:].zfill(2)}"
    return _in_places(number, parts, sign)


def _parts(section: str) -> list[_Part]:
    parts: list[_Part] = []
    for match in TOKEN.finditer(section):
        kind = match.lastgroup
        if kind in {"quoted", "escaped", "money"}:
            parts.append(_Part("said", match[kind]))
        elif kind in {"place", "power", "general"}:
            parts.append(_Part(kind, match[kind]))
        elif kind == "other":
            named = {".": "point", ",": "comma", "%": "percent"}.get(match["other"], "said")
            parts.append(_Part(named, match["other"]))
    return parts


def _behind_point(parts: list[_Part], *, until_power: bool = False) -> list[_Part]:
    points = [place for place, part in enumerate(parts) if part.kind == "point"]
    rest = parts[points[0] + 1 :] if points else []
    powers = [place for place, part in enumerate(rest) if part.kind == "power"]
    return rest[: powers[0]] if until_power and powers else rest


def _as_fraction(number: Decimal, shape: re.Match[str]) -> str:
    under = shape["under"]
    exact = Fraction(number)
    limit = int(under) if under.isdigit() and under.strip("0") else 10 ** len(under) - 1
    near = (
        Fraction(round(exact * limit), limit)
        if under.isdigit() and under.strip("0")
        else exact.limit_denominator(limit)
    )
    whole, rest = (divmod(near, 1)) if shape["whole"] else (0, near)
    if not rest:
        return str(whole)
    broken = f"{rest.numerator}/{rest.denominator}"
    return f"{whole} {broken}" if whole else broken


def _in_places(number: Decimal, parts: list[_Part], sign: str) -> str:
    """Return a number with its digits in the places, from the right, and more digits before the first place."""
    point = next((place for place, part in enumerate(parts) if part.kind == "point"), len(parts))
    places = [place for place, part in enumerate(parts) if part.kind == "place"]
    whole, broken = [each for each in places if each < point], [each for each in places if each > point]
    if not places:
        return "".join(part.text for part in parts if part.kind in {"said", "percent"})
    commas = [place for place, part in enumerate(parts) if part.kind == "comma"]
    # A comma behind the last place of a part divides by a thousand; one between places before the point parts thousands.
    last = max(whole, default=-1)
    number /= 1000 ** sum(last < each < point or each > max(places) > point for each in commas)
    is_grouped = any(whole[0] < each < last for each in commas) if whole else False
    rounded = number.quantize(Decimal(1).scaleb(-len(broken)), ROUND_HALF_UP)
    digits, _, behind = format(rounded, "f").partition(".")
    digits = "" if digits == "0" else digits
    kept = _needed(behind, [parts[place].text for place in broken])
    shown = dict(zip(whole, _fill(digits, [parts[place].text for place in whole], grouped=is_grouped), strict=True))
    shown |= {place: kept[at] if at < len(kept) else "" for at, place in enumerate(broken)}
    words = [
        shown[place] if place in shown else _beside(part, has_point=bool(kept) or not broken)
        for place, part in enumerate(parts)
    ]
    if not whole:
        words.insert(0, digits)
    return f"{sign if rounded else ''}{''.join(words)}"


def _beside(part: _Part, *, has_point: bool) -> str:
    """Return what is shown of a part that is no place."""
    if part.kind == "point":
        return "." if has_point else ""
    return part.text if part.kind in {"said", "percent"} else ""


def _fill(digits: str, places: list[str], *, grouped: bool) -> list[str]:
    """Return what stands in each place before the point: digits from the right; the first has all that are left."""
    if not places:
        return []
    padded = digits.rjust(len(places), "\0")
    # Counted from the right: where no digit is left, a 0 shows a nought and others nothing.
    taken = [
        character if character != "\0" else ("0" if place == "0" else "")
        for character, place in zip(padded[-len(places) :], places, strict=True)
    ]
    first = next((at for at, text in enumerate(taken) if text), len(taken))
    taken = ["0" if at >= first and not text else text for at, text in enumerate(taken)]
    before = padded[: -len(places)] if len(padded) > len(places) else ""
    if not grouped:
        return [before + taken[0], *taken[1:]]
    every = [*before, *taken]
    shown = [
        text + ("," if text and (len(every) - at - 1) % 3 == 0 and at < len(every) - 1 else "")
        for at, text in enumerate(every)
    ]
    return ["".join(shown[: len(before) + 1]), *shown[len(before) + 1 :]]


def _needed(behind: str, places: list[str]) -> str:
    """Return the digits behind the point that are shown: noughts at the end stand for 0 alone."""
    least = max((number + 1 for number, place in enumerate(places) if place == "0"), default=0)
    while len(behind) > least and behind.endswith("0"):
        behind = behind[:-1]
    return behind
