"""Single values, typed by the ontology: dates, addresses, licences, identifiers, numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Node, Scalar
from ecograph.load.fields import read_text
from ecograph.model.dates import span
from ecograph.model.ontology import Ontology

Value = str | int | bool

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)
_DAY_LENGTH = len("2026-11-24")
LONGEST_SLUG = 80
LONGEST_LICENSE = 200


def read_slug(node: Node, what: str, faults: Faults) -> str | None:
    """An identifier of lower-case letters, digits and single hyphens."""
    text = read_text(node, what, faults, LONGEST_SLUG)
    if text is not None and not _SLUG.fullmatch(text):
        faults.add(
            "BAD_SLUG", f"{what} {text!r} is not an identifier", node.place,
            "use a-z, 0-9 and single hyphens between them",
        )  # fmt: skip
        return None
    return text


def is_slug(text: str) -> bool:
    """Whether a text may be an id."""
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None


def read_date(node: Node, what: str, faults: Faults, *, whole: bool = False) -> str | None:
    """A partial date of the calendar, or a whole day."""
    text = read_text(node, what, faults)
    if text is None:
        return None
    try:
        span(text)
    except ValueError as error:
        faults.add("BAD_DATE", f"{what}: {error}", node.place)
        return None
    if whole and len(text) != _DAY_LENGTH:
        faults.add("BAD_DATE", f"{what}: {text!r} is not a day; write 2019-08-16", node.place)
        return None
    return text


def read_url(node: Node, what: str, faults: Faults) -> str | None:
    """An http or https address with a host."""
    text = read_text(node, what, faults)
    if text is not None and not is_url(text):
        faults.add(
            "BAD_URL", f"{what}: {text!r} is not a web address", node.place,
            "write https:// or http:// and a host",
        )  # fmt: skip
        return None
    return text


def is_url(text: str) -> bool:
    """Whether a text is an http or https address with a host, without a user and without spaces."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(host)
        and parts.username is None
        and not re.search(r'[\s<>"\\^`{|}]', text)
    )


@lru_cache(maxsize=1024)
def canonical_license(text: str) -> str | None:
    """An SPDX licence expression in its own spelling, or None if it is none."""
    try:
        return canonicalize_license_expression(text)
    except (InvalidLicenseExpression, ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def read_license(node: Node, what: str, faults: Faults) -> str | None:
    """An SPDX licence identifier or expression; `LicenseRef-...` is one."""
    text = read_text(node, what, faults, LONGEST_LICENSE)
    if text is None or (right := canonical_license(text)) == text:
        return text
    faults.add(
        "BAD_LICENSE", f"{what}: {text!r} is not an SPDX licence expression", node.place,
        f"write {right}" if right else "see spdx.org/licenses, or write LicenseRef-...",
    )  # fmt: skip
    return None


def read_boolean(node: Node, what: str, faults: Faults) -> bool | None:
    """`true` or `false`, without quotes."""
    if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
        return node.text == "true"
    shown = repr(node.text) if isinstance(node, Scalar) else "this"
    faults.add("BAD_VALUE", f"{what}: {shown} is not a boolean", node.place, "write true or false")
    return None


def read_integer(node: Node, what: str, faults: Faults) -> int | None:
    """A whole number, without quotes."""
    if isinstance(node, Scalar) and node.plain and _INTEGER.fullmatch(node.text):
        return int(node.text)
    shown = repr(node.text) if isinstance(node, Scalar) else "this"
    faults.add(
        "BAD_VALUE", f"{what}: {shown} is not a whole number", node.place, "write 1, 2, 3, ..."
    )
    return None


def read_value(
    node: Node, type_name: str, what: str, ontology: Ontology, faults: Faults
) -> Value | None:
    """A value of one of the ontology's types, or None with a fault."""
    match type_name:
        case "text":
            return read_text(node, what, faults)
        case "url":
            return read_url(node, what, faults)
        case "date":
            return read_date(node, what, faults)
        case "integer":
            return read_integer(node, what, faults)
        case "boolean":
            return read_boolean(node, what, faults)
        case "license":
            return read_license(node, what, faults)
    known = ontology.enumerations[type_name]
    text = read_text(node, what, faults)
    if text is None or text in known:
        return text
    faults.add_unknown(
        "UNKNOWN_VALUE", f"{type_name} in {what}:", text, known, node.place,
        otherwise=f"write one of: {', '.join(known)}",
    )  # fmt: skip
    return None
