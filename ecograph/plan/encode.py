"""Shape and values -> JSON bytes: the one place where an answer is written."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from ecograph.plan.steps import Shape

NULL = b"null"
TRUE = b"true"
FALSE = b"false"


def scalar(value: object) -> bytes:
    """A scalar, or a list or mapping of them, as JSON; anything that JSON has no form of fails."""
    # Copied, since orjson's own bytes keep the room of its buffer, and many are kept for long.
    return b"%b" % orjson.dumps(value)


def template(shape: Shape) -> bytes:
    """The object of a shape with `%b` for each value: `template(shape) % tuple(values)`."""
    return frame(key for key, _ in shape.fields)


def frame(keys: Iterable[str]) -> bytes:
    """The object of keys with `%b` for each value, so that it is put together in one copy."""
    escaped = (orjson.dumps(key).replace(b"%", b"%%") for key in keys)
    return b"{" + b",".join(key + b":%b" for key in escaped) + b"}"


def array(items: Iterable[bytes]) -> bytes:
    """A JSON array of values that are JSON already."""
    return b"[%b]" % b",".join(items)
