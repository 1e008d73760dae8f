"""Contrast in every theme (WCAG 2.2, relative luminance), and that a chosen theme applies."""

import pytest

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.theme import THEMES, Colours
from tests.desktop.conftest import WAIT


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "warning", "fault"])
@pytest.mark.parametrize("ground", ["paper", "ground", "draft"])
def test_text_contrasts_with_every_background(name: str, text: str, ground: str) -> None:
    colours: Colours = THEMES[name]
    least = 7.0 if name == "high contrast" else 4.5
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= least


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, "sunken") for text in ("ink", "soft", "accent", "warning")),
        *((text, "selection") for text in ("ink", "soft")),
        *((f"{tone}", f"{tone}_ground") for tone in ("warning", "fault", "settled")),
        *(("settled", ground) for ground in ("paper", "ground")),
    ],
)
def test_chips_selections_and_the_navigation_can_be_read(name: str, text: str, ground: str) -> None:
    colours: Colours = THEMES[name]
    least = 7.0 if name == "high contrast" else 4.5
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= least


@pytest.mark.parametrize("name", THEMES)
def test_scroll_bars_and_bars_of_progress_are_seen(name: str) -> None:
    colours: Colours = THEMES[name]
    assert contrast(colours.line, colours.ground) >= 3.0, "the slider of a scroll bar"
    assert contrast(colours.accent, colours.sunken) >= 3.0, "how far a bar of progress is"


@pytest.mark.parametrize("name", THEMES)
def test_controls_and_buttons_contrast_with_their_background(name: str) -> None:
    colours = THEMES[name]
    assert contrast(colours.accent_ink, colours.accent) >= 4.5
    for ground in (colours.paper, colours.ground, colours.draft):
        assert contrast(colours.line, ground) >= 3.0, "the edge of a control"
        assert contrast(colours.accent, ground) >= 3.0, "the focus"


def test_a_chosen_theme_applies_at_once(opened, qtbot) -> None:
    opened.inside.go_to("Settings")
    page = opened.inside.casework.settings
    qtbot.waitUntil(lambda: page.boxes["lock_after"].values() == ["10"], timeout=WAIT)
    try:
        page.boxes["appearance"].show_value("high contrast")
        page.save()
        qtbot.waitUntil(lambda: theme.colours() is theme.CONTRAST, timeout=WAIT)
        # Qt tells the widgets of another palette in events of their own.
        qtbot.waitUntil(lambda: opened.palette().window().color().name() == theme.CONTRAST.ground, timeout=WAIT)
    finally:
        theme.choose("")
