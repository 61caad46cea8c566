"""What a selection is asked by: a named operation or a document, and the day in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ecograph.api.operations import find_operation, hint_operation, read_operations
from ecograph.errors import QueryError
from ecograph.settings import bundled

_AS_OF = re.compile(r'\basOf\s*:\s*(?:\$(\w+)|"([\d-]+)")')


def read_question(what: str) -> tuple[str, str, Mapping[str, str]]:
    """The document, its name and what it asks, of a named operation or of a document."""
    if "{" in what:
        return what, "", {"en": "What the answer speaks of", "zh": "答案所及"}
    operations = read_operations(bundled("queries"))
    found = find_operation(operations, what)
    if found is None:
        raise QueryError(f"unknown operation {what!r}; {hint_operation(operations, what)}")
    return found.document, found.name, found.question


def read_day(document: str, variables: Mapping[str, Any]) -> str | None:
    """The day of a question; none if it says none, or one for some of its parts only."""
    said = _AS_OF.findall(document)
    days = {variables.get(name) if name else day for name, day in said}
    roots = {day for day in days if isinstance(day, str)}
    return roots.pop() if len(days) == len(roots) == 1 else None
