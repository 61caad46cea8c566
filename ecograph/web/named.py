"""The named operations over GET: /q lists them, /q/<name>.json, .csv and .md answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson

from ecograph.api.operations import NamedOperation, find_operation, hint_operation
from ecograph.api.tables import Layout, lay_out, tabulate, tabulate_for_people
from ecograph.api.trusted import hash_of
from ecograph.api.variables import Variable, hold_complete, read_variables, variables_of
from ecograph.api.written import to_csv, to_markdown
from ecograph.errors import QueryError
from ecograph.service import Service
from ecograph.web.http import (
    JSON,
    LONGEST_QUOTED,
    NO_STORE,
    BadRequest,
    Handler,
    Header,
    Reply,
    Request,
    show,
)
from ecograph.web.lanes import RETRY_AFTER, Lanes
from ecograph.web.reading import for_reading, has, make_tag, tagged

FORMS: Mapping[str, str] = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "md": "text/markdown; charset=utf-8",
}
STATUS = {
    "UNKNOWN_NAME": 404,
    "WRONG_KIND": 404,
    "STALE_CURSOR": 410,
    "TIMEOUT": 503,
    "STORE_UNAVAILABLE": 503,
    "STORE_ERROR": 500,
}
"""Code of an answer's first error -> status; 400 for all others."""
FIELDS = 200
"""The most variables that a query string may hold; a list has one for each of its values."""
LEVEL = "level"
"""The part of a query string that is no variable: of which level the question in Markdown is."""
LEVELS = range(7)


def named_routes(operations: Mapping[str, NamedOperation], lanes: Lanes) -> dict[str, Handler]:
    """/q and all below it."""
    known = {name: variables_of(o.document) for name, o in operations.items()}
    listed = orjson.dumps({"operations": [_told(o, known[n]) for n, o in operations.items()]})
    layouts = Layouts()

    async def list_all(request: Request) -> Reply:
        return tagged(Reply(200, JSON, listed), make_tag(listed), request.headers)

    async def answer(request: Request) -> Reply:
        if request.path == "/q/":
            return await list_all(request)
        operation, form = _read_path(request.path, operations)
        request.operation = operation.name
        try:
            pairs = _read_pairs(request.query_string)
            level, pairs = _read_level(pairs, form)
            variables = read_variables(known[operation.name], pairs)
            hold_complete(known[operation.name], variables)
        except QueryError as error:
            told = f"{error.message}; for example {address(operation, form)}"
            raise BadRequest(400, told, (NO_STORE,), code="BAD_VARIABLES") from None
        service = request.service
        # What makes an answer is known before it is, so that 304 costs no work.
        tag = make_tag(
            *(service.graph.version, version("ecograph"), operation.document, form, str(level)),
            orjson.dumps(variables, option=orjson.OPT_SORT_KEYS),
        )
        if has(request.headers, tag):
            return tagged(Reply(200, FORMS[form], b""), tag, request.headers)
        begun = service.api.begin(operation.document, variables, operation.name)
        response = await lanes.answer(service, begun, request.left)
        if not response.clean:
            status, code = _fault(response.body)
            return Reply(status, JSON, response.body, _refusing(status), code)
        layout = layouts.get(service, operation)
        shown = _Shown(form, variables, level)
        body, more = _write(service, operation, layout, response.body, shown)
        links = _next(operation, shown, known[operation.name], more)
        return tagged(Reply(200, FORMS[form], body, links), tag, request.headers)

    return {"/q": for_reading(list_all), "/q/": for_reading(answer)}


def address(
    operation: NamedOperation, form: str, variables: Mapping[str, Any] | None = None
) -> str:
    """The path and the query string of an operation under its example's variables, or others."""
    pairs: list[tuple[str, str]] = []
    for name, value in (operation.variables if variables is None else variables).items():
        pairs += [(name, _as_text(one)) for one in (value if isinstance(value, list) else [value])]
    query = f"?{urlencode(pairs, quote_via=quote)}" if pairs else ""
    return f"/q/{operation.name}.{form}{query}"


class Layouts:
    """Layouts of the operations, kept for one dataset version."""

    def __init__(self) -> None:
        self._version = ""
        self._kept: dict[str, Layout] = {}

    def get(self, service: Service, operation: NamedOperation) -> Layout:
        """The layout of an operation's table."""
        if self._version != service.graph.version:
            self._version = service.graph.version
            self._kept.clear()
        if operation.name not in self._kept:
            self._kept[operation.name] = lay_out(service.api.core, operation.document)
        return self._kept[operation.name]


def _told(operation: NamedOperation, variables: Mapping[str, Variable]) -> dict[str, Any]:
    return {
        "name": operation.name,
        "question": dict(operation.question),
        "variables": [
            {"name": v.name, "type": v.type, "required": v.required, "default": v.default}
            for v in variables.values()
        ],
        "example": {form: address(operation, form) for form in FORMS},
        "sha256Hash": hash_of(operation.query),
        "query": operation.query,
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """How an answer is asked for: in which form, under which variables, from which level."""

    form: str
    variables: Mapping[str, Any]
    level: int


def _read_path(path: str, operations: Mapping[str, NamedOperation]) -> tuple[NamedOperation, str]:
    name, _, form = path.removeprefix("/q/").partition(".")
    operation = find_operation(operations, name)
    if operation is None:
        shown, hint = show(name), hint_operation(operations, name[:LONGEST_QUOTED])
        raise BadRequest(404, f"unknown operation {shown}; {hint}", (NO_STORE,), "NOT_FOUND")
    form = form.lower() or "json"
    if form not in FORMS:
        shown, known = show(f".{form}"), ", ".join(f".{one}" for one in FORMS)
        raise BadRequest(404, f"unknown form {shown}; there are: {known}", (NO_STORE,), "NOT_FOUND")
    return operation, form


def _read_pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True, errors="strict", max_num_fields=FIELDS,
        )  # fmt: skip
    except UnicodeError:
        raise QueryError("the query string is not UTF-8, percent-encoded") from None
    except ValueError:
        raise QueryError(f"the query string has more than {FIELDS} parts") from None


def _read_level(pairs: list[tuple[str, str]], form: str) -> tuple[int, list[tuple[str, str]]]:
    """The level of the question's heading, and the pairs that are variables."""
    given = [text for name, text in pairs if name == LEVEL] if form == "md" else []
    if not given:
        return 1, pairs
    if len(given) > 1 or given[0] not in {str(level) for level in LEVELS}:
        raise QueryError(f"{LEVEL} is one of {LEVELS[0]} to {LEVELS[-1]}, not {given[-1]!r}")
    return int(given[0]), [pair for pair in pairs if pair[0] != LEVEL]


def _fault(body: bytes) -> tuple[int, str]:
    code = orjson.loads(body)["errors"][0].get("extensions", {}).get("code", "BAD_QUERY")
    return STATUS.get(code, 400), code


def _refusing(status: int) -> tuple[Header, ...]:
    return (NO_STORE, (b"retry-after", RETRY_AFTER)) if status == 503 else (NO_STORE,)


def _write(
    service: Service, operation: NamedOperation, layout: Layout, body: bytes, shown: _Shown
) -> tuple[bytes, str | None]:
    """The answer in a form, and the cursor after which it goes on."""
    data = orjson.loads(body)["data"]
    if shown.form == "md":
        table, cited = tabulate_for_people(layout, data)
        graph = service.graph
        text = to_markdown(
            table, cited,
            question=operation.question, variables=shown.variables, level=shown.level,
            foot=[f"Dataset {graph.version}, as of {graph.as_of}, {graph.license}."],
        )  # fmt: skip
        return text.encode(), table.next
    table = tabulate(layout, data)
    return body if shown.form == "json" else to_csv(table).encode(), table.next


def _next(
    operation: NamedOperation, shown: _Shown, known: Mapping[str, Variable], cursor: str | None
) -> tuple[Header, ...]:
    if cursor is None or "after" not in known:
        return ()
    parts = {**shown.variables, "after": cursor}
    if shown.level != 1:
        parts[LEVEL] = shown.level
    there = address(operation, shown.form, parts).removeprefix("/q/")
    return ((b"link", f'<{there}>; rel="next"'.encode()),)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
