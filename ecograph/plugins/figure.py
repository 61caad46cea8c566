"""A fence as a figure: the picture, the same as a list, and what makes it live with a server."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import Any

import orjson

from ecograph.api.dated import AS_OF, dated
from ecograph.api.operations import (
    NamedOperation,
    find_operation,
    hint_operation,
    read_operations,
)
from ecograph.api.places import REST, write_message
from ecograph.api.variables import Variable, hold_complete, read_variables, variables_of
from ecograph.errors import FenceError, QueryError
from ecograph.plugins.fence import OWN, Fence, Said, read_fence
from ecograph.service import Service, open_service
from ecograph.settings import bundled
from ecograph.view.page import to_list
from ecograph.view.picture import Form, Picture
from ecograph.view.style import ThemeName
from ecograph.view.svg import to_svg
from ecograph.view.words import word
from ecograph.web.addresses import EMBED, address
from ecograph.web.pictures import SAYS, Drawing, Pictures, draws, find_focus, read_drawing

SCRIPT = "ecograph-view.js"
VARIABLE = re.compile(r"Variable '\$(\w+)'")
"""How messages begin that are of a variable's value."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """How a site wants its pictures, as far as a fence says nothing else.

    With a `server` they are live. `width` in pixels: what a column of text usually has.
    """

    server: str = ""
    lang: str = "en"
    theme: str = "auto"
    width: int = 760


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in HTML; `plain` is the same without its picture, and `told` without HTML.

    `script` is the address of the module that makes it live; empty if it is not.
    """

    html: str
    plain: str
    title: str
    caption: str
    told: tuple[str, ...]
    script: str = ""

    @property
    def tag(self) -> str:
        """The element that loads the script, once on a page; empty if none is needed."""
        return f'<script type="module" src="{escape(self.script)}"></script>' if self.script else ""


class Figures:
    """Draws what fences ask, over the bundled data or other folders; opened when first asked."""

    def __init__(self, data: Sequence[Path | str] = (), service: Service | None = None) -> None:
        self._data = tuple(data)
        self._given = service
        self._pictures = Pictures()

    @cached_property
    def service(self) -> Service:
        """What answers. Raises: DataErrors."""
        return self._given or open_service(self._data, deadline=None)

    @cached_property
    def _operations(self) -> Mapping[str, NamedOperation]:
        return read_operations(bundled("queries"))

    def draw(self, text: str, defaults: Defaults | None = None) -> Figure:
        """The figure that a fence asks for. Raises: FenceError, DataErrors."""
        fence = read_fence(text)
        operation = find_operation(self._operations, fence.name)
        if operation is None:
            hint = hint_operation(self._operations, fence.name)
            raise FenceError(1, f"unknown operation {fence.name!r}; {hint}")
        if not draws(operation, self.service.outline.ontology):
            raise FenceError(
                1, f"{operation.name} gives nothing that can be drawn; Path and others do"
            )
        document = dated(self.service.api.core, operation.document)
        if document and any(one.name.casefold() == AS_OF.casefold() for one in fence.said):
            operation = replace(operation, document=document)
        asked = _Asked(fence, operation, variables_of(operation.document), document is not None)
        return self._figure(asked, defaults or Defaults())

    def _figure(self, asked: _Asked, defaults: Defaults) -> Figure:
        operation, variables = asked.operation, asked.variables()
        own = asked.own()
        server = hold_server(own.get("server", defaults.server), asked.fence.line_of("server"))
        drawing = asked.drawing(defaults)
        try:
            focus = find_focus(self.service.names, drawing.focus)
        except QueryError as error:
            message = error.message.replace("/q/Search", "the question Search")
            raise FenceError(asked.fence.line_of("focus"), message) from error
        drawing = replace(drawing, focus=focus)
        picture = self._pictures.picture(
            self.service, operation, variables, self._ask(asked, variables), drawing, server
        )
        theme: ThemeName = "page" if drawing.theme == "auto" else drawing.theme
        svg = to_svg(picture, theme=theme, width=drawing.width).text
        told = word("list", drawing.language)
        listed = f"<details>\n<summary>{escape(told)}</summary>\n{to_list(picture)}</details>\n"
        shown = svg + listed
        if server:
            question = address(operation, EMBED, variables).removeprefix("/embed/")
            said = {
                "src": f"{server}/",
                "question": question,
                "lang": drawing.language,
                "theme": drawing.theme if drawing.theme != "auto" else "",
                "focus": focus,
            }
            attributes = "".join(f' {n}="{escape(v)}"' for n, v in said.items() if v)
            shown = f"<ecograph-view{attributes}>\n{shown}</ecograph-view>\n"
        caption = own.get("caption", "")
        title = f"<p>{escape(picture.title)}</p>\n"
        return Figure(
            _wrap(shown, drawing.language, caption),
            _wrap(title + listed, drawing.language, caption),
            picture.title, caption, tuple(tell(picture)),
            f"{server}/{SCRIPT}" if server else "",
        )  # fmt: skip

    def _ask(self, asked: _Asked, variables: Mapping[str, Any]) -> Any:
        told = orjson.loads(self.service.answer(asked.operation.document, variables).body)
        if "errors" not in told:
            return told["data"]
        error = told["errors"][0]
        more = error.get("extensions", {})
        named = VARIABLE.match(error["message"])
        variable = named[1] if named else more.get("variable", "")
        line = asked.fence.line_of(variable, more.get("value"))
        raise FenceError(line, write_message(error).partition(REST)[0])


@lru_cache(maxsize=4)
def open_figures(data: tuple[str, ...] = ()) -> Figures:
    """What draws, kept from page to page and from build to build of one process."""
    return Figures(data)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A fence read as its operation takes it."""

    fence: Fence
    operation: NamedOperation
    known: Mapping[str, Variable]
    datable: bool
    """Whether it may be asked as of a day that its own variables do not say."""

    def variables(self) -> dict[str, Any]:
        folded = {name.casefold(): name for name in self.known}
        words = {*SAYS, *OWN} - self.known.keys()
        given = [one for one in self.fence.said if one.name not in words]
        # Some generators know names in small letters alone.
        pairs = [(folded.get(one.name.casefold(), one.name), one.value) for one in given]
        try:
            found = read_variables(self.known, pairs, self._beside)
            hold_complete(self.known, found)
        except QueryError as error:
            example = address(self.operation, EMBED).removeprefix("/embed/")
            line = self.fence.line_of(error.extensions.get("variable", ""))
            raise FenceError(line, f"{error.message}; for example {example}") from error
        return found

    def _beside(self) -> list[str]:
        """What may stand in a fence that is no variable of its question."""
        # A figure in a page is as high as it is.
        drawn = [name for name in SAYS if name != "height"]
        return [*((AS_OF,) if self.datable else ()), *OWN, *drawn]

    def own(self) -> dict[str, str]:
        return {one.name: one.value for one in self._said(OWN)}

    def drawing(self, defaults: Defaults) -> Drawing:
        said = {"lang": defaults.lang, "theme": defaults.theme, "width": str(defaults.width)}
        for one in self._said(SAYS):
            said[one.name] = one.value
        for name, value in said.items():
            try:
                read_drawing([(name, value)], {}, "svg")
            except QueryError as error:
                raise FenceError(self.fence.line_of(name), error.message) from error
        return read_drawing(list(said.items()), {}, "svg")[0]

    def _said(self, names: Sequence[str]) -> list[Said]:
        return [one for one in self.fence.said if one.name in names and one.name not in self.known]


def hold_server(server: str, line: int = 1) -> str:
    """A server's address without a / at its end. Raises: FenceError."""
    if server and not server.startswith(("https://", "http://")):
        raise FenceError(line, f"server: {server!r} is no address; write https://...")
    return server.rstrip("/")


def tell(picture: Picture) -> list[str]:
    """What a picture shows, a line for each statement or group."""
    if picture.form is not Form.TREE:
        ends = [f" [{'; '.join(edge.sources)}]" if edge.sources else "" for edge in picture.edges]
        notes = [f" ({edge.note})" if edge.note else "" for edge in picture.edges]
        parts = zip(picture.edges, notes, ends, strict=True)
        return [edge.sentence + note + end for edge, note, end in parts]
    told = []
    for group in (one for top in picture.groups for one in top.every()):
        names = [picture.nodes[id_].label for id_ in group.nodes]
        if group.more:
            names.append(word("more", picture.language, n=group.more))
        listed = ("、" if picture.language == "zh" else ", ").join(names)
        told.append(f"{group.label}: {listed}" if group.label and listed else group.label or listed)
    return [line for line in told if line]


def _wrap(content: str, language: str, caption: str) -> str:
    foot = f"<figcaption>{escape(caption)}</figcaption>\n" if caption else ""
    lang = "zh-Hans" if language == "zh" else "en"
    return f'<figure class="ecograph" lang="{lang}">\n{content}{foot}</figure>'
