"""The measures of the window: colours by meaning, type scale, spacing, radii. Nothing else names a colour, a size or a face."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of one theme, as #rrggbb. Contrast: text at least 4.5 : 1, edges of controls at least 3 : 1 (WCAG 2.2, level AA).

    `ground` is the page, `paper` what lies on it, such as fields and cards, `sunken` the navigation, `draft` the ground of what is not sealed.
    `line` is the edge of a control, `hair` a line that only divides. `selection` lies behind ink. `warning` is for what needs a person, `fault` for
    what failed, `settled` for what is in order; each has a ground for chips and banners.
    """

    paper: str
    ground: str
    sunken: str
    draft: str
    ink: str
    soft: str
    line: str
    hair: str
    accent: str
    accent_ink: str
    selection: str
    warning: str
    warning_ground: str
    fault: str
    fault_ground: str
    settled: str
    settled_ground: str


LIGHT: Final = Colours(
    paper="#ffffff",
    ground="#fbfaf7",
    sunken="#f0efea",
    draft="#fdf4dd",
    ink="#1d2125",
    soft="#565b63",
    line="#83888f",
    hair="#dedcd6",
    accent="#0e5c63",
    accent_ink="#ffffff",
    selection="#dcebea",
    warning="#855000",
    warning_ground="#fdf0d2",
    fault="#a4222a",
    fault_ground="#fbe5e4",
    settled="#1c653a",
    settled_ground="#e1f2e7",
)
DARK: Final = Colours(
    paper="#1f2326",
    ground="#16181b",
    sunken="#101214",
    draft="#2b271b",
    ink="#eceeef",
    soft="#aeb4bb",
    line="#767d85",
    hair="#343a3f",
    accent="#63c2cc",
    accent_ink="#0d1416",
    selection="#1e3b40",
    warning="#e8b054",
    warning_ground="#3a2f16",
    fault="#ff9490",
    fault_ground="#432322",
    settled="#86d6a4",
    settled_ground="#183325",
)
CONTRAST: Final = Colours(
    paper="#000000",
    ground="#000000",
    sunken="#000000",
    draft="#1a1400",
    ink="#ffffff",
    soft="#ffffff",
    line="#ffffff",
    hair="#ffffff",
    accent="#7fe9ff",
    accent_ink="#000000",
    selection="#003f4d",
    warning="#ffd24a",
    warning_ground="#000000",
    fault="#ffa8a8",
    fault_ground="#000000",
    settled="#9dffb8",
    settled_ground="#000000",
)
"""High contrast: white on black, at least 7 : 1 (WCAG 2.2, level AAA)."""
THEMES: Final[Mapping[str, Colours]] = MappingProxyType({"light": LIGHT, "dark": DARK, "high contrast": CONTRAST})
"""The themes by their names in the settings."""

GOOD_FACES: Final = ("Segoe UI", "SF Pro", ".AppleSystemUIFont", "Cantarell", "Noto Sans", "Inter", "Ubuntu", "Roboto")
"""System faces that the window keeps, by the beginning of their names. In place of any other it takes `FACE`."""
FACE: Final = "Noto Sans"
"""The face of the PDFs, which the program carries."""
MONOSPACE: Final = "Noto Sans Mono"
USUAL_LINE: Final = 19
"""Height of a line of text of the usual size, in pixels."""
MIN_POINTS: Final = 10.0
"""Smallest size of the text, in points."""

CAPTION: Final = 0.88
BODY: Final = 1.0
LEAD: Final = 1.15
HEADING: Final = 1.2
TITLE: Final = 1.75
CODE: Final = 2.2
"""Sizes of text, as parts of that of the text that is read."""

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
"""The distances between things, in pixels."""
RADIUS: Final = 6
CARD_RADIUS: Final = 10
"""Radii of the corners of controls and of cards, in pixels."""
INSET: Final = 9
"""Pixels between the edge of a field and its text."""
ABOVE_TEXT: Final = 7
"""Pixels above and below the text of a control: fields, choices and buttons have one height."""
FORM_WIDTH: Final = 720
"""Largest width of a form, in pixels."""
EDGE: Final = 1.0
FOCUS_EDGE: Final = 2.0
"""Width of the edge of a control, without and with the focus, in pixels."""


def icon_side(side: int, line_height: int) -> int:
    """Return the side of an icon beside text whose lines are so high, in pixels: `side` where the text has its usual size."""
    ratio = line_height / USUAL_LINE
    return round(side * ratio) if ratio > 1.1 else side


def form_width(line_height: int) -> int:
    """Return the widest that a form is, in pixels, for text whose lines are so high."""
    return max(FORM_WIDTH, round(FORM_WIDTH * line_height / USUAL_LINE))
