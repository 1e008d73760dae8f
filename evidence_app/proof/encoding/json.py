"""A strict JSON parser and the canonical encoder JCS (RFC 8785; docs/spec/record-log.md, section 1)."""

import json
from typing import Final

from evidence_app.errors import InputError

Scalar = str | int | float | bool
Json = Scalar | None | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

MAX_INTEGER: Final = 2**53 - 1
"""The largest whole number that JSON parsers agree on: a double holds it exactly (RFC 8785, section 3.2.2.3; RFC 7493)."""
_COMPACT: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def parse(untrusted: bytes | str, what: str = "The input") -> Json:
    """Parse JSON (RFC 8259) and refuse whatever different parsers would understand differently.

    Refused are bytes that are not UTF-8, duplicate names, numbers that a double cannot hold, unpaired surrogates and
    nesting beyond the parser's limit. `what` begins the sentence of the error.

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
            # An escape, or a Python string, can hold an unpaired surrogate, which UTF-8 cannot encode.
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
    members_by_name = dict(pairs)
    if len(members_by_name) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return members_by_name


def _refuse_constant(_: str) -> Json:
    raise ValueError("a number is not finite")


def _small_integer(text: str) -> int:
    # A longer text is too large without being converted: converting a very long number takes long.
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
    """Encode a value in canonical JSON, as UTF-8 (JCS, RFC 8785).

    Without fractions and with ASCII names only, the standard library's sorted, compact form is canonical too, and several
    times faster than the package `rfc8785`, which encodes everything else. A test compares the two.
    """
    if _is_plain(value):
        return _COMPACT.encode(value).encode("utf-8")
    import rfc8785

    return rfc8785.dumps(value)


def _is_plain(value: Json) -> bool:
    # JCS sorts names by UTF-16 code units, Python by code points: the same for ASCII (RFC 8785, section 3.2.3).
    # JCS writes fractions as ECMAScript does, Python in its own form (section 3.2.2.3).
    if isinstance(value, dict):
        return all(name.isascii() and (isinstance(item, str) or _is_plain(item)) for name, item in value.items())
    if isinstance(value, list):
        return all(isinstance(item, str) or _is_plain(item) for item in value)
    if isinstance(value, int):
        return abs(value) <= MAX_INTEGER
    return not isinstance(value, float)


def canonical_text_map(texts: dict[str, str]) -> bytes:
    """Encode an object of ASCII names and strings in canonical JSON (RFC 8785). The caller vouches for the types."""
    return _COMPACT.encode(texts).encode("utf-8")


def parse_canonical(untrusted: bytes, what: str = "The input") -> Json:
    """Parse JSON that must be in canonical form (RFC 8785), byte for byte.

    Raises:
        InputError: it is not JSON, or not in canonical form.
    """
    value = parse(untrusted, what)
    if canonical(value) != untrusted:
        raise InputError(f"{what} is not in canonical form.")
    return value


def members(
    untrusted: Json, required: set[str], optional: frozenset[str] = frozenset(), what: str = "The input"
) -> JsonObject:
    """Return an object that has every required member and otherwise only optional ones.

    Raises:
        InputError: it is no object, lacks a required member, or has an unknown one.
    """
    if not isinstance(untrusted, dict):
        raise InputError(f"{what} is not an object.")
    missing, unknown = sorted(required - set(untrusted)), sorted(set(untrusted) - required - optional)
    if missing:
        raise InputError(f"{what} lacks “{missing[0]}”.")
    if unknown:
        raise InputError(f"{what} has “{unknown[0][:40]}”, which is not known here.")
    return untrusted
