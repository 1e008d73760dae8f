"""The gallery: every control in every state and theme, drawn again and compared with the pictures that are kept."""

import pytest
from PySide6.QtGui import QImage

from evidence_app.desktop.design import theme
from tools import gallery

MAX_DIFFERENT = 0.004
"""Part of a picture that may differ: edges of letters are drawn a little differently from one system to the next."""


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_controls_look_as_they_did(name: str, qapp) -> None:
    kept = QImage(str(gallery.FOLDER / f"{name.replace(' ', '-')}.png"))
    assert not kept.isNull(), "run: python3 dev.py gallery"
    drawn = gallery.picture(name)
    assert drawn.size() == kept.size(), (
        "a control has another size: run python3 dev.py gallery, and look at the pictures"
    )
    different = gallery.differing(drawn, kept)
    assert different <= MAX_DIFFERENT, (
        f"{different:.2%} of the picture differ: run python3 dev.py gallery, and look at the pictures"
    )


@pytest.mark.parametrize("name", list(gallery.CONTROLS))
def test_each_state_of_a_control_is_told_from_the_others(name: str, qapp) -> None:
    make = gallery.CONTROLS[name]
    rest, focus, disabled = (gallery.cell(make, state) for state in ("rest", "focus", "disabled"))
    assert gallery.differing(rest, focus) > 0, f"a {name} looks the same with and without the focus"
    assert gallery.differing(rest, disabled) > 0, f"a {name} looks the same when it can be used and when not"


def test_a_changed_picture_is_noticed(qapp) -> None:
    make = gallery.CONTROLS["button"]
    rest, pressed = gallery.cell(make, "rest"), gallery.cell(make, "pressed")
    assert gallery.differing(rest, rest) == 0
    assert gallery.differing(rest, pressed) > 0
    assert gallery.differing(rest, rest.scaled(10, 10)) == 1
