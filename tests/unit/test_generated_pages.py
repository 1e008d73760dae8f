"""Pages that are written from the code say what the code says: the map of the packages and the list of verbs."""

from tools import cli_reference, package_map


def test_the_picture_of_the_packages_is_drawn_from_their_imports() -> None:
    drawn = package_map.PICTURE.read_text(encoding="utf-8")
    assert drawn == package_map.drawing(), "the imports changed: `python3 dev.py map` draws the picture anew"
    assert drawn.count("<path") > 20, "no imports are drawn"
    assert all(f">{name}<" in drawn for row in package_map.layers() for name in row)


def test_the_table_of_the_packages_is_written_from_their_imports() -> None:
    current = package_map.PAGE.read_text(encoding="utf-8")
    assert package_map.page(current) == current, "the imports changed: `python3 dev.py map` writes the table anew"
    assert "| `proof` |" in current


def test_no_package_is_on_the_map_without_saying_what_lives_there() -> None:
    assert [name for row in package_map.layers() for name in row if not package_map.purpose(name)] == []


def test_the_list_of_verbs_is_written_from_the_parser() -> None:
    current = cli_reference.PAGE.read_text(encoding="utf-8")
    assert cli_reference.page(current) == current, "a verb changed: `python3 dev.py reference` writes the list anew"
    assert current.count("### ") > 30
