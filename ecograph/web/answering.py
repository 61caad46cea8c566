"""A page's question asked of the service, as any client's would be, and why it has no answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from ecograph.api.operations import NamedOperation
from ecograph.model.graph import Outline
from ecograph.view.page import card_of
from ecograph.web.addresses import origin_of
from ecograph.web.html import render
from ecograph.web.http import Request
from ecograph.web.lanes import Lanes
from ecograph.web.named import STATUS
from ecograph.web.visit import Visit
from ecograph.web.words import Words

DOCUMENTS = Path(__file__).parent / "documents"


class Unanswered(Exception):
    """A page's question without an answer; `suggestions` are entities that may have been meant."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        more = error.get("extensions") or {}
        super().__init__(error["message"])
        self.code: str = more.get("code", "BAD_QUERY")
        self.argument: str = more.get("argument", "")
        self.value: str = more.get("value", "")
        self.suggestions: Sequence[Mapping[str, str]] = more.get("suggestions") or ()

    @property
    def status(self) -> int:
        """The HTTP status that says it."""
        return STATUS.get(self.code, 400)


@cache
def read_document(name: str) -> str:
    """The GraphQL document of a page."""
    return (DOCUMENTS / f"{name}.graphql").read_text("utf-8")


async def ask_page(
    request: Request, lanes: Lanes, name: str, variables: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Unanswered]]:
    """The data of a page's document, and what went wrong.

    Raises: Unanswered if there is no data at all; BadRequest (503) when there is no room.
    """
    service = request.service
    begun = service.api.begin(read_document(name), variables, name)
    response = await lanes.answer(service, begun, request.left)
    told = orjson.loads(response.body)
    errors = [Unanswered(error) for error in told.get("errors", ())]
    if told.get("data") is None:
        raise errors[0]
    return told["data"], errors


@dataclass(frozen=True, slots=True)
class Asked:
    """A page's request with what its maker works with."""

    request: Request
    lanes: Lanes
    visit: Visit
    words: Words
    operations: Mapping[str, NamedOperation]
    broken: Sequence[str] = ()
    """The faults of files that are newer than the page, to tell to who watches them."""

    @property
    def graph(self) -> Outline:
        """What is told of the graph that the page is about."""
        return self.request.service.outline

    @property
    def day(self) -> str:
        """The day of the page: the one asked for, or the dataset's own."""
        return self.visit.day or self.graph.as_of

    async def ask(self, page: str, /, **variables: Any) -> tuple[dict[str, Any], list[Unanswered]]:
        """The data of a page's document in the page's language and on its day."""
        return await ask_page(self.request, self.lanes, page, {**self.visit.variables, **variables})

    def fill(self, template: str, **parts: Any) -> bytes:
        """The page, with what every page shows."""
        chinese = self.visit.lang == "zh"
        return render(
            template,
            visit=self.visit,
            words=self.words,
            graph=self.graph,
            day=self.day,
            origin=origin_of(self.request),
            broken=self.broken,
            card_of=card_of,
            say=lambda en, zh: zh if chinese else en,
            name_of=lambda thing: thing["label"] or thing["name"],
            **parts,
        )


Broken = Callable[[], Sequence[str]]
"""The faults of the files as of now, each with its place; none where they are nobody's matter."""
Show = Callable[[Asked], Awaitable[bytes]]
"""What makes a page. Raises: Unanswered, Elsewhere."""


class Elsewhere(Exception):
    """The page is at another address, for ever."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
