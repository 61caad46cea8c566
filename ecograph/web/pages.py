"""The IDE and the explorer with their files, the schema and the documents as text.

A page loads nothing from anyone else: its Content-Security-Policy allows its own server alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ecograph.api.operations import NamedOperation
from ecograph.api.schema import print_sdl
from ecograph.service import Service
from ecograph.settings import bundled
from ecograph.web.answering import Broken
from ecograph.web.explorer import explorer_routes
from ecograph.web.feed import feed_routes
from ecograph.web.html import STATIC, ide_page
from ecograph.web.http import Handler, Reply, Request
from ecograph.web.lanes import Lanes
from ecograph.web.reading import FOR_EVER, HTML, NOTHING, REVALIDATE, Page
from ecograph.web.tags import for_reading

TEXT = "text/plain; charset=utf-8"
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
# GraphiQL sets style attributes and carries its fonts and icons as data.
IDE_POLICY = NOTHING + (
    b"script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"font-src 'self' data:; connect-src 'self'; form-action 'none'"
)


def page_routes(
    operations: Mapping[str, NamedOperation], lanes: Lanes, broken: Broken = tuple
) -> dict[str, Handler]:
    """The explorer, the IDE, and whatever they link to on this server."""
    documents = {f"/docs/{path.name}": path for path in sorted(bundled("docs").glob("*.md"))}
    titles = {path.removeprefix("/"): _title(file) for path, file in documents.items()}

    def schema(service: Service) -> Page:
        return Page(TEXT, print_sdl(service.outline.ontology).encode())

    return {
        **explorer_routes(operations, titles, lanes, broken),
        **feed_routes(lanes),
        "/schema.graphql": _serve_data(schema),
        "/graphiql": _serve(lambda: Page(HTML, ide_page(operations), IDE_POLICY)),
        **{path: _serve(partial(_file, file)) for path, file in documents.items()},
        **{f"/{f.name}": _serve(partial(_file, f)) for f in STATIC.iterdir() if f.suffix in MEDIA},
        **{f"/ide/{f.name}": _serve(partial(_file, f)) for f in (STATIC / "ide").iterdir()},
    }


def _serve(make: Callable[[], Page]) -> Handler:
    """A handler for GET and HEAD of a page, which is made when first asked for."""
    made: list[Page] = []

    async def handle(request: Request) -> Reply:
        if not made:
            made.append(make())
        return made[0].reply(request)

    return for_reading(handle)


def _serve_data(make: Callable[[Service], Page]) -> Handler:
    """A handler for GET and HEAD of a page, which is made anew for a new dataset version."""
    made: dict[str, Page] = {}

    async def handle(request: Request) -> Reply:
        service = request.service
        now = service.outline.version
        if now not in made:
            made.clear()
            made[now] = make(service)
        return made[now].reply(request)

    return for_reading(handle)


def _file(path: Path) -> Page:
    # A name with a version in it never stands for other bytes.
    cache = FOR_EVER if re.search(r"-\d+\.\d+\.\d+\.", path.name) else REVALIDATE
    return Page(MEDIA.get(path.suffix, TEXT), path.read_bytes(), cache=cache)


def _title(path: Path) -> str:
    first = path.read_text("utf-8").partition("\n")[0]
    return first.removeprefix("# ").strip() or path.stem
