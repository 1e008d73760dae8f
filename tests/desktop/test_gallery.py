"""The gallery: every control in every state and theme, drawn again and compared with the pictures that are kept."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from evidence_app.desktop.design import theme
from tools import gallery

MAX_DIFFERENT = 0.018
"""Part of the picture of one control that may differ: some letters come from another face where the system has other ones."""


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_controls_look_as_they_did(name: str, qapp) -> None:
    kept = QImage(str(gallery.FOLDER / f"{name.replace(' ', '-')}.png"))
    assert not kept.isNull(), "run: python3 dev.py gallery"
    drawn, places = gallery.picture(name)
    assert drawn.size() == kept.size(), (
        "a control has another size: run python3 dev.py gallery, and look at the pictures"
    )
    different = {what: gallery.differing(drawn.copy(place), kept.copy(place)) for what, place in places.items()}
    wrong = {what: f"{part:.1%}" for what, part in different.items() if part > MAX_DIFFERENT}
    assert not wrong, "these look otherwise: run python3 dev.py gallery, and look at the pictures"


@pytest.mark.parametrize("name", list(gallery.CONTROLS))
def test_each_state_of_a_control_is_told_from_the_others(name: str, qapp) -> None:
    make = gallery.CONTROLS[name]
    rest, focus, disabled = (gallery.cell(make, state) for state in ("rest", "focus", "disabled"))
    assert gallery.differing(rest, focus) > 0, f"a {name} looks the same with and without the focus"
    assert gallery.differing(rest, disabled) > 0, f"a {name} looks the same when it can be used and when not"


def test_an_edge_of_another_colour_is_noticed(qapp, monkeypatch) -> None:
    usual, places = gallery.picture("light")
    other = replace(theme.LIGHT, line="#c04030")
    monkeypatch.setattr(theme, "THEMES", {**theme.THEMES, "light": other})
    changed, _ = gallery.picture("light")
    monkeypatch.undo()
    theme.apply(qapp)
    for what in ("field, rest", "choice, rest", "button, rest", "number, rest"):
        part = gallery.differing(usual.copy(places[what]), changed.copy(places[what]))
        assert part > 0, f"{what} is drawn in colours of its own"
    field = places["field, rest"]
    assert gallery.differing(usual.copy(field), changed.copy(field)) > MAX_DIFFERENT


def test_a_changed_picture_is_noticed(qapp) -> None:
    make = gallery.CONTROLS["button"]
    rest, pressed = gallery.cell(make, "rest"), gallery.cell(make, "pressed")
    assert gallery.differing(rest, rest) == 0
    assert gallery.differing(rest, pressed) > 0
    assert gallery.differing(rest, rest.scaled(10, 10)) == 1
