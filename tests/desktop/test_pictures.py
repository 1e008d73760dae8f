"""The user guide shows exactly the pictures that tools/pictures.py takes, each with alternative text."""

import re

from tools.pictures import FOLDER, SCENES

GUIDE = FOLDER.parent / "user-guide.md"
NAMED = re.compile(r"!\[(?P<words>[^\]]*)\]\(pictures/(?P<name>[\w-]+)\.png\)")


def test_the_guide_shows_every_picture_once_with_a_description() -> None:
    shown = NAMED.findall(GUIDE.read_text(encoding="utf-8"))
    assert sorted(name for _, name in shown) == sorted(["welcome", "members", *SCENES])
    assert all(len(words) > 20 for words, _ in shown), "a picture without words"
    assert sorted(path.stem for path in FOLDER.glob("*.png")) == sorted(["welcome", "members", *SCENES])
