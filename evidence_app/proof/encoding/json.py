"""Strict JSON in, canonical JSON (RFC 8785) out."""

import json
from typing import Final

from evidence_app.errors import InputError

Scalar = str | int | float | bool
Json = Scalar | None | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

MAX_INTEGER: Final = 2**53 - 1
_COMPACT: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def parse(untrusted: bytes | str, what: str = "The input") -> Json:
    """Read JSON, refusing what different readers would read differently.

    Refused are bytes that are not UTF-8, duplicate names, numbers that a double cannot hold, unpaired surrogates and
    nesting without end. `what` begins the sentence of the error.

    Raises:
        InputError: it is not JSON, or is one of these.
    """
    try:
        text = untrusted.decode("utf-8") if isinstance(untrusted, bytes) else untrusted
        value: Json = json.loads(
            text,
            object_pairs_hook=_object_without_duplicates,
            parse_constant=_refuse_constant,
            parse_int=_small_integer,
            parse_float=_finite,
        )
        if "\\u" in text or isinstance(untrusted, str):
            # An escape, or text from elsewhere, can hold half a character.
            _COMPACT.encode(value).encode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{what} is not UTF-8 text.") from error
    except UnicodeEncodeError as error:
        raise InputError(f"{what} holds half a character (an unpaired surrogate).") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{what} is not JSON: line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise InputError(f"{what} is nested too deeply.") from error
    except ValueError as error:
        raise InputError(f"{what} is not strict JSON: {error}.") from error
    return value


def _object_without_duplicates(pairs: list[tuple[str, Json]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse_constant(_: str) -> Json:
    raise ValueError("a number is not finite")


def _small_integer(text: str) -> int:
    value = int(text) if len(text) < len(str(MAX_INTEGER)) + 2 else MAX_INTEGER + 1
    if abs(value) > MAX_INTEGER:
        raise ValueError("a whole number is too large")
    return value


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return value


def canonical(value: Json) -> bytes:
    """Spell a value in its one canonical form (RFC 8785).

    Where there are no fractions and all names are ASCII, the standard library's sorted, compact form is that form,
    several times faster than the package that knows them all. A test holds the two together.
    """
    if _is_plain(value):
        return _COMPACT.encode(value).encode("utf-8")
    import rfc8785

    return rfc8785.dumps(value)


def _is_plain(value: Json) -> bool:
    if isinstance(value, dict):
        return all(name.isascii() and _is_plain(item) for name, item in value.items())
    if isinstance(value, list):
        return all(_is_plain(item) for item in value)
    if isinstance(value, int):
        return abs(value) <= MAX_INTEGER
    return not isinstance(value, float)


def canonical_text_map(texts: dict[str, str]) -> bytes:
    """Spell an object of ASCII names and texts canonically, without looking at what kind of values it holds."""
    return _COMPACT.encode(texts).encode("utf-8")


def parse_canonical(untrusted: bytes, what: str = "The input") -> Json:
    """Read JSON that must be in canonical form.

    Raises:
        InputError: it is not JSON, or another spelling of it.
    """
    value = parse(untrusted, what)
    if canonical(value) != untrusted:
        raise InputError(f"{what} is not in canonical form.")
    return value


def members(
    untrusted: Json, required: set[str], optional: frozenset[str] = frozenset(), what: str = "The input"
) -> JsonObject:
    """Return an object that has the required members and no others but the optional ones.

    Raises:
        InputError: it is no object, or has other members.
    """
    if not isinstance(untrusted, dict):
        raise InputError(f"{what} is not an object.")
    missing, unknown = sorted(required - set(untrusted)), sorted(set(untrusted) - required - optional)
    if missing:
        raise InputError(f"{what} lacks “{missing[0]}”.")
    if unknown:
        raise InputError(f"{what} has “{unknown[0][:40]}”, which is not known here.")
    return untrusted
