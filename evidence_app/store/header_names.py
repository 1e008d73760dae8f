"""Names of the header's files and of its kinds of slot (docs/spec/store.md, “Header”). They are apart because the window asks for them as it starts."""

from typing import Final

FILE: Final = "header.json"
"""The name of the header file."""
COPY: Final = "header.copy.json"
"""The name of its copy, written second."""
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a kind of slot, not a secret
"""The kind of slot that a passphrase opens."""
RECOVERY: Final = "recovery code"
"""The kind of slot that a recovery code opens."""
