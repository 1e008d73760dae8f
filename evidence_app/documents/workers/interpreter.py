"""How this program's own interpreter is started for a worker."""

import sys
from typing import Final

OPTIONS: Final = ("-I", *(("-B",) if sys.flags.dont_write_bytecode else ()))
"""Isolated from the user's modules and variables; and writing no byte code where this process writes none."""
