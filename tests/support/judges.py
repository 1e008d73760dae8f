"""The other two verifiers, which must agree: the second in Python, and where it is built the third, which runs in browsers."""

from tests import second_verifier
from tests.support import third_verifier


def each_of_bundle(content: bytes) -> list[dict[str, str]]:
    """Return what each of the other verifiers says of each item of a bundle, whether they agree or not."""
    third = [third_verifier.verify(content)] if third_verifier.is_built() else []
    return [second_verifier.verify_bundle(content), *third]


def verify_bundle(content: bytes) -> dict[str, str]:
    """Return what the other verifiers say of each item of a bundle."""
    second: dict[str, str] = second_verifier.verify_bundle(content)
    if third_verifier.is_built():
        assert third_verifier.verify(content) == second, "the second and the third verifier disagree"
    return second
