"""The verifier in a browser calls fields what the program calls them."""

from tools.verifier_labels import OUT, spelled


def test_the_labels_are_up_to_date() -> None:
    assert OUT.read_text(encoding="utf-8") == spelled(), "run python3 dev.py labels"
