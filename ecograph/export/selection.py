"""What is exported or shown: the whole graph, or the part that an answer speaks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ecograph.api.compared import is_cut
from ecograph.errors import QueryError
from ecograph.export.files import write_graph
from ecograph.export.part import TAXONOMY, measure_around, take_among, take_part
from ecograph.export.shown import to_html
from ecograph.model.graph import Graph
from ecograph.model.keys import hint_among
from ecograph.model.ontology import LANGUAGES
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup, gather
from ecograph.view.style import ThemeName
from ecograph.view.svg import to_svg

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Selection:
    """A graph to analyse, to show in a notebook or to write to files.

    `heading` says what it is; `cut` that the answer goes on beyond it. `data` is what was answered,
    from which its picture is drawn.
    """

    graph: Graph
    heading: str
    cut: bool = False
    data: Any = field(default=None, repr=False)
    asked: Asked | None = field(default=None, repr=False)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """One node an entity, one edge a statement: `Graph.to_networkx`."""
        return self.graph.to_networkx()

    def to_pandas(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The entities and the statements, each by its id; docs/exports.md says the columns.

        Raises: EcographError without the extra `pandas`.
        """
        from ecograph.export.frames import to_frames

        return to_frames(self.graph)

    def write(self, path: Path | str, form: str | None = None, table: str = "") -> list[Path]:
        """Write it in a format, which the ending says unless it is given; which files those are.

        Raises: QueryError; EcographError if a file cannot be written.
        """
        return list(write_graph(self.graph, Path(path), form, table))

    def to_svg(self, language: str = "en", theme: ThemeName = "auto", width: int = 960) -> str:
        """The picture of the answer; of the whole graph there is none, and the text is empty.

        Raises: QueryError for a language or a theme that is not there.
        """
        _check("language", language, LANGUAGES)
        _check("theme", theme, get_args(ThemeName))
        if self.asked is None:
            return ""
        asked = replace(self.asked, language=language)
        return to_svg(compose(self.data, Lookup(self.graph), asked), theme=theme, width=width).text

    def _repr_svg_(self) -> str | None:
        return self.to_svg() or None

    def _repr_html_(self) -> str | None:
        # Notebooks show HTML where there is some, and then no picture.
        return to_html(self.graph, self.heading) if self.asked is None else None

    def __repr__(self) -> str:
        entities, statements = len(self.graph.entities), len(self.graph.statements)
        return f"Selection({self.heading!r}: {entities} entities, {statements} statements)"


def _check(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        hint = hint_among(value, known)
        raise QueryError(f"unknown {name} {value!r}; {hint}")


def select_answer(
    graph: Graph, data: Any, name: str, question: Mapping[str, str],
    variables: Mapping[str, Any], day: str | None = None,
) -> Selection:  # fmt: skip
    """What the data of an answer speaks of; `day` is that of the question, if it has one."""
    found = gather(data, Lookup(graph))
    if day is not None:
        graph = replace(graph, as_of=day)
    # Of a tree an answer says what is in it, and not by which statement.
    placed = [s.id for s in graph.statements if s.relation in TAXONOMY
              and s.subject in found.nodes and s.object in found.nodes]  # fmt: skip
    part = take_part(graph, found.nodes, [*found.statements, *placed])
    asked = Asked(name, question, variables)
    return Selection(part, question["en"], is_cut(data), data, asked)


def select_around(graph: Graph, centre: str, hops: int) -> Selection:
    """What is at most some hops from an entity. Raises: QueryError."""
    distances = measure_around(graph, centre, hops)
    part = take_among(graph, distances)
    data = {
        "nodes": [{"distance": far, "node": {"id": id_}} for id_, far in distances.items()],
        "statements": [{"id": s.id} for s in part.statements],
    }
    name = graph.entities[centre].label
    question = {"en": f"Around {name['en']}", "zh": f"{name.get('zh', name['en'])}周围"}
    return Selection(part, question["en"], data=data, asked=Asked("", question))
