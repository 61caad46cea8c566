"""Answers to named operations as pictures: what may be said of one, and the bodies of its forms."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from ecograph.api.operations import NamedOperation
from ecograph.errors import QueryError
from ecograph.model.graph import Graph
from ecograph.model.names import NameIndex
from ecograph.model.ontology import LANGUAGES, Ontology
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.view.compose import Asked, compose
from ecograph.view.dot import to_dot
from ecograph.view.gather import Lookup, can_draw
from ecograph.view.mermaid import to_mermaid
from ecograph.view.page import Page, to_page
from ecograph.view.picture import Picture
from ecograph.view.style import THEMES, ThemeName
from ecograph.view.svg import NARROWEST, WIDEST, WIDTH, to_svg
from ecograph.web.addresses import EMBED

DRAWN: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "mmd": "text/vnd.mermaid",
    "dot": "text/vnd.graphviz",
}
SAYS = ("lang", "theme", "focus", "width", "height")
"""The parts of a query string that say how a picture is drawn; no variables."""
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; "
Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a picture is to be drawn; `focus` as it was written, `fitted` for height=auto."""

    language: str = "en"
    theme: ThemeName = "auto"
    focus: str = ""
    width: int = WIDTH
    fitted: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """What says the same in a query string, without what goes without saying."""
        said = {
            "lang": self.language if self.language != "en" else "",
            "theme": self.theme if self.theme != "auto" else "",
            "focus": self.focus,
            "width": str(self.width) if self.width != WIDTH else "",
            "height": "auto" if self.fitted else "",
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A body and what is to be sent beside it; `height` in pixels, of an SVG picture alone."""

    body: bytes
    headers: tuple[Header, ...]
    title: str = ""
    height: int = 0


class Pictures:
    """Draws answers of one dataset version after the other."""

    def __init__(self) -> None:
        self._lookup: Lookup | None = None

    def lookup(self, graph: Graph) -> Lookup:
        """The statements of a graph by what they are of, kept for the next picture."""
        kept = self._lookup
        if kept is None or kept.graph is not graph:
            self._lookup = kept = Lookup(graph)
        return kept

    def picture(
        self, service: Service, operation: NamedOperation, variables: Mapping[str, Any],
        data: Any, drawing: Drawing, origin: str = "", budget: Budget | None = None,
    ) -> Picture:  # fmt: skip
        """The picture of an answer's data; things link to their pages if there is an origin.

        Raises: StoreError over a database.
        """
        graph = service.graph_of(data, budget)
        tail = "?lang=zh" if drawing.language == "zh" else ""

        def link(id_: str) -> str:
            return f"{origin}/e/{quote(id_, safe='')}{tail}" if origin else ""

        asked = Asked(
            operation.name, operation.question, variables, drawing.language,
            find_focus(service.names, drawing.focus), link,
        )  # fmt: skip
        return compose(data, self.lookup(graph), asked)

    def draw(
        self, picture: Picture, form: str, drawing: Drawing, origin: str, data_at: Mapping[str, str]
    ) -> Drawn:
        """A picture in a form; `data_at` are the addresses of its other forms."""
        if form == "mmd":
            return Drawn(to_mermaid(picture).encode(), _policy(NOTHING))
        if form == "dot":
            return Drawn(to_dot(picture).encode(), _policy(NOTHING))
        target = "_blank" if form == EMBED else ""
        svg = to_svg(picture, theme=drawing.theme, width=drawing.width, target=target)
        if form == "svg":
            headers = _policy(f"{NOTHING}style-src {hash_of(svg.style)}; ")
            # A page that is isolated from others may still show it.
            headers += ((b"cross-origin-resource-policy", b"cross-origin"),)
            return Drawn(svg.text.encode(), headers, picture.title, svg.height)
        page = Page(
            svg, picture, drawing.theme, data_at,
            script=f"{origin}/embed.js" if drawing.fitted else "",
            oembed=_oembed(origin, data_at.get(EMBED, "")), address=data_at.get(EMBED, ""),
            origin=origin,
        )  # fmt: skip
        text, styles = to_page(page)
        return Drawn(text.encode(), framed_policy(styles), picture.title, svg.height)


def framed_policy(styles: Iterable[str]) -> tuple[Header, ...]:
    """The headers of a page with these styles that any site may frame."""
    allowed = " ".join(hash_of(style) for style in styles)
    policy = f"{NOTHING}style-src {allowed}; script-src 'self'; frame-ancestors * file:"
    return (
        (b"content-security-policy", policy.encode()),
        (b"referrer-policy", b"no-referrer"),
    )


def _policy(policy: str) -> tuple[Header, ...]:
    return (
        (b"content-security-policy", f"{policy}frame-ancestors 'none'".encode()),
        (b"referrer-policy", b"no-referrer"),
    )


def hash_of(style: str) -> str:
    """A style as a Content-Security-Policy allows it."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def draws(operation: NamedOperation, ontology: Ontology) -> bool:
    """Whether the answers of an operation are of things that can be drawn."""
    lists = [kind.many for kind in ontology.kinds.values() if kind.many]
    return can_draw(operation.document, ontology.sides, lists)


def find_focus(names: NameIndex, focus: str) -> str:
    """The id of what is to be marked, by its id or a former one. Raises: QueryError."""
    if not focus:
        return focus
    now = names.id_in_force(focus)
    if now is None:
        raise QueryError(f"focus: no entity has the id {focus!r}; /q/Search finds ids by names")
    return now


def read_drawing(
    pairs: list[tuple[str, str]], variables: Mapping[str, object], form: str
) -> tuple[Drawing, list[tuple[str, str]]]:
    """How a picture is to be drawn, and the pairs that are variables. Raises: QueryError."""
    if form != EMBED and form not in DRAWN:
        return Drawing(), pairs
    said: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for name, value in pairs:
        if name not in SAYS or name in variables:
            rest.append((name, value))
        elif name in said:
            raise QueryError(f"{name} is given more than once")
        else:
            said[name] = value
    language = _choose("lang", said.get("lang", "en").lower(), LANGUAGES)
    theme = _choose("theme", said.get("theme", "auto"), THEMES)
    _choose("height", said.get("height", "auto"), ("auto",))
    width = said.get("width", str(WIDTH))
    if not (width.isascii() and width.isdecimal() and NARROWEST <= int(width[:5]) <= WIDEST):
        raise QueryError(f"width: {width!r} is not {NARROWEST} to {WIDEST}, in pixels")
    return (
        Drawing(language, theme, said.get("focus", ""), int(width), "height" in said),
        rest,
    )


Choice = TypeVar("Choice", bound=str)


def _choose(name: str, value: str, known: tuple[Choice, ...]) -> Choice:
    for one in known:
        if value == one:
            return one
    raise QueryError(f"{name}: {value!r} is none of {', '.join(known)}")


def _oembed(origin: str, address: str) -> str:
    if not origin:
        return ""
    return f"{origin}/oembed?{urlencode({'url': address}, quote_via=quote)}"
