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
    return orjson.dumps(value)


def template(shape: Shape) -> bytes:
    """The object of a shape with `%b` for each value: `template(shape) % tuple(values)`."""
    keys = (orjson.dumps(key).replace(b"%", b"%%") for key, _ in shape.fields)
    return b"{" + b",".join(key + b":%b" for key in keys) + b"}"


def array(items: Iterable[bytes]) -> bytes:
    """A JSON array of values that are JSON already."""
    return b"[" + b",".join(items) + b"]"


def document(keys: Iterable[bytes], values: Iterable[bytes]) -> bytes:
    """A JSON object of keys and values that are JSON already."""
    return b"{" + b",".join(k + b":" + v for k, v in zip(keys, values, strict=True)) + b"}"
