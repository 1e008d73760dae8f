"""Encryption to a recipient's X25519 key as an age file (docs/spec/exchange.md, sections 2 and 7; age-encryption.org/v1)."""

import re
from collections.abc import Sequence
from typing import Final

from evidence_app.errors import InputError, VerificationError

HEAD: Final = b"age-encryption.org/v1\n"
"""First line of a binary age file."""
# 62 characters of Bech32 in lower case (BIP 173): its alphabet has no 1, b, i and o.
_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class AgeKey:
    """A private key. `recipient` is its public key in the form ``age1…``."""

    def __init__(self, private_key: bytes) -> None:
        from pyrage import x25519

        self._identity = x25519.Identity.from_str(private_key.decode("ascii"))
        self.recipient = str(self._identity.to_public())

    @staticmethod
    def generate() -> bytes:
        """Return a new random private key in the text form of age, as ASCII bytes."""
        from pyrage import x25519

        return str(x25519.Identity.generate()).encode("ascii")

    def open(self, untrusted: bytes) -> bytes:
        """Decrypt an age file.

        Raises:
            VerificationError: other-key, damaged.
        """
        import pyrage

        if not untrusted.startswith(HEAD):
            raise VerificationError("damaged", "This is no age file, or its beginning is damaged.")
        try:
            return bytes(pyrage.decrypt(untrusted, [self._identity]))
        except pyrage.DecryptError as error:
            # pyrage distinguishes its errors by their messages only.
            if "No matching keys" in str(error):
                raise VerificationError(
                    "other-key", "It is encrypted to another key than yours. Send your card, and ask for it again."
                ) from error
            raise VerificationError("damaged", "It was cut off or changed on the way. Ask for it again.") from error


def require_recipient(untrusted: str) -> str:
    """Return an age recipient after validating its form and checksum.

    Raises:
        InputError: it is not a recipient.
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
    """Encrypt content as an age file. Only the recipient's private key opens it; the sender cannot."""
    return encrypt_to_all([recipient], content)


def encrypt_to_all(recipients: Sequence[str], content: bytes) -> bytes:
    """Encrypt content as an age file that the private key of each of the recipients opens."""
    import pyrage

    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))
