"""Encryption to somebody's public key, as an age file: any age tool opens it (exchange.md, sections 2 and 7)."""

import re
from typing import Final

from evidence_app.errors import InputError, VerificationError

HEAD: Final = b"age-encryption.org/v1\n"
_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class AgeKey:
    """The private key that opens what was encrypted to its `recipient`."""

    def __init__(self, private_key: bytes) -> None:
        from pyrage import x25519

        self._identity = x25519.Identity.from_str(private_key.decode("ascii"))
        self.recipient = str(self._identity.to_public())

    @staticmethod
    def generate() -> bytes:
        """Return a new private key, as age spells it."""
        from pyrage import x25519

        return str(x25519.Identity.generate()).encode("ascii")

    def open(self, untrusted: bytes) -> bytes:
        """Return what an age file holds.

        Raises:
            VerificationError: other-key, damaged.
        """
        import pyrage

        if not untrusted.startswith(HEAD):
            raise VerificationError("damaged", "This is no age file, or its beginning is damaged.")
        try:
            return bytes(pyrage.decrypt(untrusted, [self._identity]))
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise VerificationError(
                    "other-key", "It is encrypted to another key than yours. Send your card, and ask for it again."
                ) from error
            raise VerificationError("damaged", "It was cut off or changed on the way. Ask for it again.") from error


def require_recipient(untrusted: str) -> str:
    """Return a recipient, checked.

    Raises:
        InputError: it is none.
    """
    import pyrage

    if _RECIPIENT.fullmatch(untrusted) is None:
        raise InputError("An age recipient is malformed.")
    try:
        pyrage.x25519.Recipient.from_str(untrusted)
    except pyrage.RecipientError as error:
        raise InputError("An age recipient is malformed.") from error
    return untrusted


def encrypt_to(recipient: str, content: bytes) -> bytes:
    """Return an age file that the owner of a recipient opens, and nobody else: not even whoever made it."""
    import pyrage

    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(recipient)]))
