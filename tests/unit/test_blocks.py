"""Blocks: read completely, however a mail program wraps or quotes them, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.errors import InputError
from evidence_app.proof.encoding.blocks import MAX_BLOCK_LENGTH, Label, find_block, on_one_line, read_block, write_block

CONTENT = "log KEY\nold 3\n\nevidence-trail/x\n3\nROOT=\n\n— evidence-trail/x SIGNATURE=\n"


@given(
    label=st.sampled_from(Label), content=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400)
)
def test_a_block_round_trip(label: Label, content: str) -> None:
    assert find_block(write_block(label, content)) == (label, content)
    assert find_block(on_one_line(write_block(label, content))) == (label, content)


@pytest.mark.parametrize("quote", ["> ", ">>", "| ", "    ", "\t", "\u00a0"])
def test_quoted_lines_are_read(quote: str) -> None:
    block = write_block(Label.REQUEST, CONTENT)
    quoted = "Dear A,\r\n" + "".join(f"{quote}{line}\r\n" for line in block.splitlines()) + f"{quote}Yours\r\n"
    assert read_block(quoted, Label.REQUEST) == CONTENT


def test_wrapped_lines_are_read() -> None:
    block = write_block(Label.REQUEST, CONTENT)
    begin, *lines, end = block.splitlines()
    wrapped = "\n".join(piece for line in lines for piece in (line[:40], line[40:]))
    assert read_block(f"{begin}\n{wrapped}\n{end}\n", Label.REQUEST) == CONTENT


@given(st.data())
def test_a_truncated_block_is_refused(data: st.DataObject) -> None:
    block = on_one_line(write_block(Label.CARD, CONTENT))
    kept = data.draw(st.integers(0, len(block) - 1))
    with pytest.raises(InputError, match=r"no card|cut off|does not know"):
        find_block(block[:kept])


@given(st.data())
def test_a_changed_letter_is_refused(data: st.DataObject) -> None:
    block = write_block(Label.CARD, CONTENT)
    begin, end = block.index("\n") + 1, block.rindex("\n-----END")
    place = data.draw(st.integers(begin, end - 1).filter(lambda at: block[at] != "\n"))
    letter = data.draw(st.sampled_from("ABCxyz019+/=").filter(lambda other: other != block[place]))
    with pytest.raises(InputError, match="cut off or changed"):
        find_block(block[:place] + letter + block[place + 1 :])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no card, witness request or answer"),
        ("-----BEGIN EVIDENCE TRAIL SPOON-----", "does not know"),
        ("-----BEGIN EVIDENCE TRAIL CARD-----\n-----END EVIDENCE TRAIL CARD-----", "cut off or changed"),
        ("-----BEGIN EVIDENCE TRAIL CARD-----" + "A" * MAX_BLOCK_LENGTH, "only the beginning"),
    ],
)
def test_a_text_without_a_block_is_reported(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_block(text)


def test_a_block_of_another_type_is_named() -> None:
    with pytest.raises(InputError, match="This is a card, and a witness request is needed here"):
        read_block(write_block(Label.CARD, CONTENT), Label.REQUEST)
