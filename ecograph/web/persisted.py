"""Which document a request means: its text, or a named operation by its hash.

The hash comes in Apollo's form: extensions {"persistedQuery": {"version": 1, "sha256Hash": ...}}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ecograph.api.operations import hint_operation
from ecograph.api.trusted import Trusted, hash_of
from ecograph.web.http import JSON, BadRequest, show

MISSING = 'query is missing; send {"query": "{ dataset { version } }"}'
WANTED = '{"persistedQuery": {"version": 1, "sha256Hash": "64 hexadecimal digits"}}'
HASH = re.compile(r"[0-9a-fA-F]{64}")


def document_of(
    parameters: Mapping[str, Any], media_type: str, trusted: Trusted, *, only_named: bool = False
) -> str:
    """The document to answer.

    Raises: BadRequest (PERSISTED_QUERY_NOT_FOUND) for an unknown hash; (NOT_ALLOWED) for a text
    that is no named operation, where only these are answered.
    """
    query = parameters.get("query")
    hash_ = _hash(parameters.get("extensions"))
    if (query is not None and not isinstance(query, str)) or (query is None and hash_ is None):
        raise BadRequest(400, MISSING)
    if query is None:
        assert hash_ is not None
        named = trusted.by_hash(hash_)
        if named is None:
            # Clients of Apollo's kind then send the text, if they see this code in an answer.
            raise BadRequest(
                200 if media_type == JSON else 400,
                f"no named operation has the hash {hash_}; /q lists them with their hashes",
                code="PERSISTED_QUERY_NOT_FOUND",
            )
        return named.query
    assert isinstance(query, str)
    if hash_ is not None and hash_of(query) != hash_.lower():
        raise BadRequest(400, f"sha256Hash: {hash_} is not of this query; it is {hash_of(query)}")
    if not only_named:
        return query
    named = trusted.by_text(query)
    if named is None:
        raise BadRequest(403, _refused(query, trusted), code="NOT_ALLOWED")
    return named.query


def _hash(extensions: Any) -> str | None:
    persisted = extensions.get("persistedQuery") if isinstance(extensions, Mapping) else None
    if persisted is None:
        return None
    found = persisted.get("sha256Hash") if isinstance(persisted, Mapping) else None
    if not isinstance(found, str) or not HASH.fullmatch(found) or persisted.get("version") != 1:
        raise BadRequest(400, f"extensions: {show(persisted)} is no persisted query; send {WANTED}")
    return found


def _refused(query: str, trusted: Trusted) -> str:
    name = re.search(r"\bquery\s+(\w{1,100})", query[:10_000])
    hint = f"; {hint_operation(trusted.operations, name[1])}" if name else ""
    return (
        "this server answers its named operations only: send one as /q lists it, or its hash as "
        f"extensions {WANTED}{hint}"
    )
