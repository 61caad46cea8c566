"""/q/<name>.json?compare=2018-01-01..2020-01-01: what differs between the answers of two days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from ecograph.api.compared import Comparison, compare_answers, read_days
from ecograph.api.dated import AS_OF
from ecograph.api.operations import NamedOperation
from ecograph.api.written import to_csv, to_markdown
from ecograph.errors import QueryError
from ecograph.web.http import BadRequest, Request
from ecograph.web.lanes import Lanes

COMPARE = "compare"
"""The part of a query string that names two days."""
FORMS = ("json", "csv", "md")

Days = tuple[str, str]


def read_compared(
    pairs: list[tuple[str, str]], form: str
) -> tuple[Days | None, list[tuple[str, str]]]:
    """The days that are compared, and the other pairs. Raises: QueryError."""
    given = [text for name, text in pairs if name == COMPARE]
    if not given:
        return None, pairs
    if form not in FORMS:
        raise QueryError("compare: what differs is told as .json, .csv or .md, not drawn")
    if any(name == AS_OF for name, _ in pairs):
        raise QueryError("compare and asOf: give one of them, not both")
    return read_days("..".join(given)), [pair for pair in pairs if pair[0] != COMPARE]


async def compare(
    request: Request, lanes: Lanes, operation: NamedOperation, variables: Mapping[str, Any],
    days: Days,
) -> Comparison | bytes:  # fmt: skip
    """What differs, or the body of an answer with errors. Raises: BadRequest (503)."""
    service, answers = request.service, []
    for day in days:
        given = {**variables, AS_OF: day}
        begun = service.api.begin(operation.document, given, operation.name)
        response = await lanes.answer(service, begun, request.left)
        if not response.clean:
            return response.body
        if not response.whole:
            told = f"the answer of {day} was not whole within the deadline; ask again, or for less"
            raise BadRequest(503, told, code="TIMEOUT")
        answers.append(orjson.loads(response.body)["data"])
    return compare_answers(answers[0], answers[1], days)


def write_compared(
    found: Comparison, form: str, operation: NamedOperation, variables: Mapping[str, Any],
    level: int,
) -> bytes:  # fmt: skip
    """What differs, in a form."""
    if form == "json":
        return orjson.dumps(found.told())
    if form == "csv":
        return to_csv(found.table()).encode()
    return to_markdown(
        found.table(), (), question=operation.question, variables=variables, level=level
    ).encode()
