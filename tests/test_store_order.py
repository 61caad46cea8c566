"""Orders, pages and cursors against plain Python, on generated graphs and orders."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.graph import Graph
from tests.asking import asker, filled, properties
from tests.generate import graphs
from tests.oracle import Facts


def orders(*fields: str) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.sampled_from(fields), max_size=3, unique=True).flatmap(
        lambda chosen: st.tuples(
            *(
                st.fixed_dictionaries(
                    {"field": st.just(f), "order": st.sampled_from(["ASC", "DESC"])}
                )
                for f in chosen
            )
        ).map(list)
    )


def _all(answer: Any) -> Any:
    return answer["all"] if "all" in answer else answer["node"]["all"]


def walk_pages(graph: Graph, document: str, size: int, **variables: Any) -> tuple[Any, Any]:
    """The whole list by pages forwards, and by pages backwards."""
    store = filled(graph)
    ahead: list[Any] = []
    after, more = None, True
    while more:
        page = _all(asker().answer(graph, store, document, first=size, after=after, **variables))
        ahead += page["edges"]
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert not more or len(page["edges"]) == size
        assert len(ahead) < 100
    behind: list[Any] = []
    before, more = None, True
    while more:
        page = _all(asker().answer(graph, store, document, last=size, before=before, **variables))
        behind = page["edges"] + behind
        assert len(behind) < 100
        assert page["pageInfo"]["hasNextPage"] == (before is not None)
        before, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert len({edge["cursor"] for edge in ahead}) == len(ahead)
    return ([edge["node"]["id"] for edge in told] for told in (ahead, behind))  # type: ignore[return-value]


PAGES = "$first: Int, $after: String, $last: Int, $before: String"
PAGE = "first: $first, after: $after, last: $last, before: $before"
TOLD = """{ edges { cursor node { id } }
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }"""


@properties
@given(graphs(), orders("ID", "NAME", "BEGAN", "IMPORTANCE"), st.integers(1, 4))
def test_pages_of_entities_give_the_whole_list_once(
    graph: Graph, order: list[dict[str, str]], size: int
) -> None:
    facts = Facts(graph)
    document = (
        f"query Q($order: [EntityOrder!], {PAGES}) {{ all: tools(orderBy: $order, {PAGE}) {TOLD} }}"
    )
    expected = facts.ordered([(e.id, None) for e in facts.of_kind("Tool")], order)
    ahead, behind = walk_pages(graph, document, size, order=order)
    assert ahead == expected
    assert behind == expected


@properties
@given(
    graphs(),
    orders("ID", "NAME", "BEGAN", "IMPORTANCE", "STRENGTH", "SINCE"),
    st.integers(1, 3),
    st.data(),
)
def test_pages_of_a_relation_give_the_whole_list_once(
    graph: Graph, order: list[dict[str, str]], size: int, data: st.DataObject
) -> None:
    facts = Facts(graph)
    for kind, field in (("Specification", "implementedBy"), ("Tool", "resembles")):
        of_kind = [e.id for e in facts.of_kind(kind)]
        if not of_kind:
            continue
        id_ = data.draw(st.sampled_from(of_kind))
        document = f"""query Q($id: ID!, $order: [RelationOrder!], {PAGES}) {{ node(id: $id) {{
            ... on {kind} {{
                all: {field}(orderBy: $order, include: [NEGATED, ENDED], {PAGE}) {TOLD}
            }} }} }}"""
        expected = facts.ordered(facts.links(field, id_, ("NEGATED", "ENDED")), order)
        ahead, behind = walk_pages(graph, document, size, order=order, id=id_)
        assert ahead == expected
        assert behind == expected
