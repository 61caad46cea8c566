"""The named operations over GET: /q lists them, /q/<name>.<form> and /embed/<name> answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from ecograph.api.compared import comparable
from ecograph.api.dated import AS_OF, dated
from ecograph.api.operations import NamedOperation, find_operation, hint_operation
from ecograph.api.places import REST, write_message
from ecograph.api.tables import Layout, lay_out, tabulate, tabulate_for_people
from ecograph.api.trusted import hash_of
from ecograph.api.variables import Variable, hold_complete, read_variables, variables_of
from ecograph.api.written import to_csv, to_markdown
from ecograph.errors import QueryError
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.web.addresses import (
    EMBED,
    LEVEL,
    VERSION,
    address,
    origin_of,
    read_level,
    read_pairs,
    read_version,
)
from ecograph.web.compared import COMPARE, compare, read_compared, write_compared
from ecograph.web.http import (
    CACHE,
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
from ecograph.web.pictures import DRAWN, SAYS, Drawing, Pictures, draws, find_focus, read_drawing
from ecograph.web.tags import for_reading, has, make_tag, tagged

TABLES: Mapping[str, str] = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "md": "text/markdown; charset=utf-8",
}
"""What every answer can be written as."""
FORMS: Mapping[str, str] = {**TABLES, **DRAWN}
"""What follows the dot of an address."""
MEDIA: Mapping[str, str] = {**FORMS, EMBED: "text/html; charset=utf-8"}
STATUS = {
    "UNKNOWN_NAME": 404,
    "WRONG_KIND": 404,
    "STALE_CURSOR": 410,
    "TIMEOUT": 503,
    "STORE_UNAVAILABLE": 503,
    "STORE_ERROR": 500,
}
"""Code of an answer's first error -> status; 400 for all others."""
CLOSED: Header = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
FOR_EVER: Header = (b"cache-control", b"public, max-age=31536000, immutable")


def named_routes(operations: Mapping[str, NamedOperation], lanes: Lanes) -> dict[str, Handler]:
    """/q and all below it."""
    known = {name: variables_of(o.document) for name, o in operations.items()}
    listed = orjson.dumps({"operations": [_told(o, known[n]) for n, o in operations.items()]})
    layouts, pictures = Layouts(), Pictures()

    async def list_all(request: Request) -> Reply:
        return tagged(request, Reply(200, JSON, listed), make_tag(listed))

    async def answer(request: Request) -> Reply:
        if request.path == "/q/":
            return await list_all(request)
        return await serve(request, *_read_path(request.path, operations))

    async def embed(request: Request) -> Reply:
        name = request.path.removeprefix("/embed/")
        return await serve(request, _find(name, operations), EMBED)

    async def serve(request: Request, operation: NamedOperation, form: str) -> Reply:
        request.operation = operation.name
        service = request.service
        if form not in TABLES and not draws(operation, service.outline.ontology):
            told = f"{operation.name} gives nothing that can be drawn; there are: .json, .csv, .md"
            raise BadRequest(404, told, (NO_STORE,), "NO_PICTURE")
        try:
            pairs = read_pairs(request.query_string)
            pinned, pairs = read_version(pairs, known[operation.name])
            if pinned not in (None, service.outline.version):
                return _elsewhere(request.path, pairs)
            days, pairs = read_compared(pairs, form)
            if days is not None:
                operation = layouts.compared(service, operation)
            elif any(name == AS_OF for name, _ in pairs):
                operation = layouts.dated(service, operation)
            takes = variables_of(operation.document)
            beside = partial(layouts.beside, service, operation, form)
            shown = _read_shown(pairs, form, takes, beside)
            find_focus(service.names, shown.drawing.focus)
        except QueryError as error:
            told = f"{error.message}; for example {address(operation, form)}"
            raise BadRequest(400, told, (NO_STORE,), code="BAD_VARIABLES") from None
        # Addresses within a picture are those by which this server was asked.
        shown = replace(shown, origin=origin_of(request) if form not in TABLES else "")
        tag = make_tag(
            *(service.outline.version, operation.document, form),
            *(str(shown.level), shown.origin, repr(shown.drawing)),
            *(str(pinned is not None), str(days)),
            orjson.dumps(shown.variables, option=orjson.OPT_SORT_KEYS),
        )  # fmt: skip
        kept = FOR_EVER if pinned is not None else CACHE
        # What makes an answer is known before it is, so that 304 costs no work.
        if has(request, tag):
            return tagged(request, Reply(200, MEDIA[form], b""), tag, kept)
        if days is not None:
            differing = await compare(request, lanes, operation, shown.variables, days)
            if isinstance(differing, bytes):
                return _refuse(differing, form)
            body = write_compared(differing, form, operation, shown.variables, shown.level)
            return tagged(request, Reply(200, MEDIA[form], body, (CLOSED,)), tag, kept)
        begun = service.api.begin(operation.document, shown.variables, operation.name)
        response = await lanes.answer(service, begun, request.left)
        if not response.clean:
            return _refuse(response.body, form)
        kept = kept if response.whole else NO_STORE
        if form not in TABLES:
            draw = partial(_draw, service, operation, pictures, response.body, shown)
            body, headers = await lanes.draw(service, draw)
            return tagged(request, Reply(200, MEDIA[form], body, headers), tag, kept)
        layout = layouts.get(service, operation)
        body, more = _write(service, operation, layout, response.body, shown)
        links = _next(operation, shown, takes, more)
        return tagged(request, Reply(200, MEDIA[form], body, (CLOSED, *links)), tag, kept)

    routes = {"/q": list_all, "/q/": answer, "/embed/": embed}
    return {path: for_reading(handle) for path, handle in routes.items()}


class Layouts:
    """Layouts of the operations, kept for one dataset version; and the operations with a day."""

    def __init__(self) -> None:
        self._version = ""
        self._kept: dict[str, Layout] = {}
        self._dated: dict[str, NamedOperation] = {}
        self._compared: dict[str, NamedOperation] = {}

    def dated(self, service: Service, operation: NamedOperation) -> NamedOperation:
        """The operation with a variable asOf, if it can have one."""
        self._renew(service)
        if operation.name not in self._dated:
            document = dated(service.api.core, operation.document) or operation.document
            self._dated[operation.name] = replace(operation, document=document)
        return self._dated[operation.name]

    def beside(self, service: Service, operation: NamedOperation, form: str) -> list[str]:
        """What an address may say beside the variables of its operation."""
        asked = self.dated(service, operation).document != operation.document
        told = [*((AS_OF,) if asked else ()), VERSION]
        if form in TABLES:
            return [*told, *((COMPARE,) if asked else ()), *((LEVEL,) if form == "md" else ())]
        return [*told, *(name for name in SAYS if name != "height" or form == EMBED)]

    def compared(self, service: Service, operation: NamedOperation) -> NamedOperation:
        """The operation as two days of it are compared. Raises: QueryError."""
        self._renew(service)
        if operation.name not in self._compared:
            document = comparable(service.api.core, operation.document)
            self._compared[operation.name] = replace(operation, document=document)
        return self._compared[operation.name]

    def get(self, service: Service, operation: NamedOperation) -> Layout:
        """The layout of an operation's table."""
        self._renew(service)
        if operation.name not in self._kept:
            self._kept[operation.name] = lay_out(service.api.core, operation.document)
        return self._kept[operation.name]

    def _renew(self, service: Service) -> None:
        """Let go of what was made for another version, which may have another schema."""
        if self._version != service.outline.version:
            self._version = service.outline.version
            for kept in (self._kept, self._dated, self._compared):
                kept.clear()


def _told(operation: NamedOperation, variables: Mapping[str, Variable]) -> dict[str, Any]:
    return {
        "name": operation.name,
        "question": dict(operation.question),
        "variables": [
            {"name": v.name, "type": v.type, "required": v.required, "default": v.default}
            for v in variables.values()
        ],
        "example": {form: address(operation, form) for form in TABLES},
        "sha256Hash": hash_of(operation.query),
        "query": operation.query,
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """How an answer is asked for: in which form, under which variables, from which level."""

    form: str
    variables: Mapping[str, Any]
    level: int
    drawing: Drawing
    origin: str = ""


def _read_path(path: str, operations: Mapping[str, NamedOperation]) -> tuple[NamedOperation, str]:
    name, _, form = path.removeprefix("/q/").partition(".")
    operation = _find(name, operations)
    form = form.lower() or "json"
    if form not in FORMS:
        known = ", ".join(f".{one}" for one in FORMS)
        told = f"unknown form {show(f'.{form}')}; there are: {known}"
        raise BadRequest(404, told, (NO_STORE,), "NOT_FOUND")
    return operation, form


def _find(name: str, operations: Mapping[str, NamedOperation]) -> NamedOperation:
    operation = find_operation(operations, name)
    if operation is None:
        hint = hint_operation(operations, name[:LONGEST_QUOTED])
        raise BadRequest(404, f"unknown operation {show(name)}; {hint}", (NO_STORE,), "NOT_FOUND")
    return operation


def _elsewhere(path: str, pairs: list[tuple[str, str]]) -> Reply:
    """An answer of another version is not kept here: the address of the present one."""
    there = f"{path.rpartition('/')[2]}?{urlencode(pairs, quote_via=quote)}".rstrip("?")
    told = {"message": "this dataset version is no longer here; the present one is", "at": there}
    return Reply(302, JSON, orjson.dumps(told), ((b"location", there.encode()), NO_STORE, CLOSED))


def _read_shown(
    pairs: list[tuple[str, str]], form: str, known: Mapping[str, Variable],
    beside: Callable[[], Iterable[str]],
) -> _Shown:  # fmt: skip
    level, pairs = read_level(pairs, form)
    drawing, pairs = read_drawing(pairs, known, form)
    variables = read_variables(known, pairs, beside)
    hold_complete(known, variables)
    return _Shown(form, variables, level, drawing)


def _refuse(body: bytes, form: str) -> Reply:
    """The reply of an answer with errors, told of the variables in the address."""
    told = orjson.loads(body)
    for error in told["errors"]:
        message = write_message(error)
        # A picture has no next page.
        error["message"] = message if form in TABLES else message.partition(REST)[0]
    code = told["errors"][0].get("extensions", {}).get("code", "BAD_QUERY")
    status = STATUS.get(code, 400)
    return Reply(status, JSON, orjson.dumps(told), _refusing(status), code)


def _refusing(status: int) -> tuple[Header, ...]:
    return (NO_STORE, (b"retry-after", RETRY_AFTER)) if status == 503 else (NO_STORE,)


def _draw(
    service: Service, operation: NamedOperation, pictures: Pictures, body: bytes, shown: _Shown,
    budget: Budget,
) -> tuple[bytes, tuple[Header, ...]]:  # fmt: skip
    """The answer as a picture, and the headers that belong to it. Raises: StoreError."""
    data = orjson.loads(body)["data"]
    origin, drawing = shown.origin, shown.drawing
    picture = pictures.picture(service, operation, shown.variables, data, drawing, origin, budget)
    own = {**shown.variables, **drawing.parts}
    there = {form: origin + address(operation, form, shown.variables) for form in TABLES}
    there[EMBED] = origin + address(operation, EMBED, own)
    drawn = pictures.draw(picture, shown.form, drawing, origin, there)
    return drawn.body, drawn.headers


def _write(
    service: Service, operation: NamedOperation, layout: Layout, body: bytes, shown: _Shown
) -> tuple[bytes, str | None]:
    """The answer in a form, and the cursor after which it goes on."""
    data = orjson.loads(body)["data"]
    if shown.form == "md":
        table, cited = tabulate_for_people(layout, data)
        outline = service.outline
        text = to_markdown(
            table, cited,
            question=operation.question, variables=shown.variables, level=shown.level,
            foot=[f"Dataset {outline.version}, as of {outline.as_of}, {outline.license}."],
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
