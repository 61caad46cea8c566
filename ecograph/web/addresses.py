"""What the addresses of named operations say, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson

from ecograph.api.operations import NamedOperation
from ecograph.api.variables import Variable
from ecograph.errors import QueryError
from ecograph.web.http import Request

EMBED = "embed"
"""The form of the page that other sites may frame."""
FIELDS = 200
"""The most variables that a query string may hold; a list has one for each of its values."""
LEVEL = "level"
"""The part of a query string that is no variable: of which level the question in Markdown is."""
LEVELS = range(7)
VERSION = "v"
"""The part of a query string that names the dataset version of which the answer is to be."""
HOST = re.compile(r"[A-Za-z0-9._~-]{1,250}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")


def address(
    operation: NamedOperation, form: str, variables: Mapping[str, Any] | None = None
) -> str:
    """The path and the query string of an operation under its example's variables, or others."""
    pairs: list[tuple[str, str]] = []
    for name, value in (operation.variables if variables is None else variables).items():
        pairs += [(name, _as_text(one)) for one in (value if isinstance(value, list) else [value])]
    query = f"?{urlencode(pairs, quote_via=quote)}" if pairs else ""
    if form == EMBED:
        return f"/embed/{operation.name}{query}"
    return f"/q/{operation.name}.{form}{query}"


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def origin_of(request: Request) -> str:
    """Where this server is, as its client calls it; empty if the client does not say it."""
    host = request.headers.get(b"host", "")
    if not HOST.fullmatch(host):
        return ""
    secure = request.headers.get(b"x-forwarded-proto", "") == "https"
    scheme = "https" if secure else request.scope.get("scheme", "http")
    return f"{scheme}://{host}{request.scope.get('root_path', '')}"


def read_version(
    pairs: list[tuple[str, str]], variables: Mapping[str, Variable]
) -> tuple[str | None, list[tuple[str, str]]]:
    """The dataset version that is asked for, and the other pairs."""
    if VERSION in variables:
        return None, pairs
    given = [text for name, text in pairs if name == VERSION]
    return (given[-1] if given else None), [pair for pair in pairs if pair[0] != VERSION]


def read_pairs(query_string: bytes) -> list[tuple[str, str]]:
    """The parts of a query string in their order. Raises: QueryError."""
    try:
        return parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True, errors="strict", max_num_fields=FIELDS,
        )  # fmt: skip
    except UnicodeError:
        raise QueryError("the query string is not UTF-8, percent-encoded") from None
    except ValueError:
        raise QueryError(f"the query string has more than {FIELDS} parts") from None


def read_level(pairs: list[tuple[str, str]], form: str) -> tuple[int, list[tuple[str, str]]]:
    """The level of the question's heading, and the pairs that are variables."""
    given = [text for name, text in pairs if name == LEVEL] if form == "md" else []
    if not given:
        return 1, pairs
    if len(given) > 1 or given[0] not in {str(level) for level in LEVELS}:
        raise QueryError(f"{LEVEL} is one of {LEVELS[0]} to {LEVELS[-1]}, not {given[-1]!r}")
    return int(given[0]), [pair for pair in pairs if pair[0] != LEVEL]
