"""Whether anybody compared the words of a card with its owner (docs/spec/exchange.md, section 2)."""

from typing import Final

NOT_COMPARED: Final = "not compared"
"""Value of `compared` where nobody did."""
