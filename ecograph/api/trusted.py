"""Trusted documents: the named operations, found by their hash or by their text."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from graphql import GraphQLError
from graphql.utilities import strip_ignored_characters

from ecograph.api.operations import NamedOperation


def hash_of(document: str) -> str:
    """The SHA-256 of a document's text, in hexadecimal."""
    return sha256(document.encode()).hexdigest()


class Trusted:
    """The named operations; a text is the same with other comments and white space."""

    def __init__(self, operations: Mapping[str, NamedOperation]) -> None:
        self.operations = dict(operations)
        self._by_hash: dict[str, NamedOperation] = {}
        self._by_tokens: dict[str, NamedOperation] = {}
        for operation in operations.values():
            for text in (operation.document, operation.query):
                self._by_hash[hash_of(text)] = operation
            self._by_tokens[strip_ignored_characters(operation.query)] = operation
        # A text is read no further than any of them could reach, with room for white space.
        self._longest = 4 * max((len(o.document) for o in operations.values()), default=0)

    def by_hash(self, hash_: str) -> NamedOperation | None:
        """The operation of which this is the hash, of its file or of its query alone."""
        return self._by_hash.get(hash_.lower())

    def by_text(self, text: str) -> NamedOperation | None:
        """The operation of which this is the text."""
        found = self._by_hash.get(hash_of(text)) if len(text) <= self._longest else None
        if found is not None or len(text) > self._longest:
            return found
        try:
            return self._by_tokens.get(strip_ignored_characters(text))
        except GraphQLError:
            return None
