"""The pages of the explorer: what makes each, and how it says that there is no answer."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.api.operations import NamedOperation
from ecograph.web.answering import Asked, Broken, Elsewhere, Show, Unanswered
from ecograph.web.ask import show_ask
from ecograph.web.compare_page import show_compare
from ecograph.web.embed_page import embed_page
from ecograph.web.entity_page import entity_page
from ecograph.web.http import NO_STORE, BadRequest, Handler, Reply, Request
from ecograph.web.lanes import Lanes
from ecograph.web.path_page import show_path
from ecograph.web.reading import EXPLORER_POLICY, HTML, Page
from ecograph.web.search_page import show_search
from ecograph.web.start_page import start_page
from ecograph.web.tags import for_reading
from ecograph.web.visit import Visit, read_visit
from ecograph.web.words import Words


def explorer_routes(
    operations: Mapping[str, NamedOperation], documents: Mapping[str, str], lanes: Lanes,
    broken: Broken = tuple,
) -> dict[str, Handler]:  # fmt: skip
    """The pages, each readable without any script; documents: address -> title."""
    shows: dict[str, Show] = {
        "/": start_page(operations, documents),
        "/e/": entity_page(operations),
        "/path": show_path,
        "/compare": show_compare,
        "/search": show_search,
        "/ask": show_ask,
        "/embed-builder": embed_page(operations),
    }
    return {path: serve_page(show, operations, lanes, broken) for path, show in shows.items()}


def serve_page(
    show: Show, operations: Mapping[str, NamedOperation], lanes: Lanes, broken: Broken = tuple
) -> Handler:
    """A page as a route."""

    async def handle(request: Request) -> Reply:
        try:
            visit, fault = read_visit(request), None
        except BadRequest as error:
            plain = Visit(request.path, "../" * (request.path.count("/") - 1), "en", None, {})
            visit, fault = plain, error
        words = Words(request.service.outline.ontology, visit.lang)
        asked = Asked(request, lanes, visit, words, operations, broken())
        if fault is not None:
            return _refuse(asked, fault.status, str(fault), code=fault.code)
        try:
            page = Page(HTML, await show(asked), EXPLORER_POLICY, vary=b"accept-language")
        except BadRequest as error:
            return _refuse(asked, error.status, str(error), code=error.code)
        except Elsewhere as elsewhere:
            return Reply(301, HTML, b"", ((b"location", elsewhere.address.encode()),))
        except Unanswered as none:
            return _refuse(asked, none.status, str(none), none, none.code)
        return page.reply(request)

    return for_reading(handle)


def _refuse(
    asked: Asked, status: int, message: str, none: Unanswered | None = None, code: str = ""
) -> Reply:
    body = asked.fill("fault.html", status=status, message=message, fault=none)
    headers = (*Page(HTML, b"", EXPLORER_POLICY).headers[2:4], NO_STORE)
    return Reply(status, HTML, body, headers, code)
