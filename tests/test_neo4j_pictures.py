"""Pictures over a database: those of memory to the byte, from one statement beside the answer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

import pytest

from ecograph.api.operations import read_operations
from ecograph.load import load
from ecograph.model.graph import Graph
from ecograph.model.ontology import LANGUAGES
from ecograph.service import Service, index_names, open_stored
from ecograph.settings import bundled
from ecograph.store.part import read_part
from ecograph.web.app import make_app
from ecograph.web.http import App
from ecograph.web.pictures import DRAWN, Drawing, Pictures, draws
from tests.named import EXAMPLES, larger_world
from tests.neo4j.loaded import address_of, load_into
from tests.neo4j.server import Place
from tests.over_neo4j import Neo4j
from tests.test_web_named import call
from tests.world import ontology

OPERATIONS = read_operations(bundled("queries"))
PICTURED = sorted(name for name, one in OPERATIONS.items() if draws(one, ontology()))


@cache
def shipped() -> Graph:
    return load(bundled("data"))


@cache
def memory(graph_of: Any) -> Service:
    return Service(graph_of(), answer_cache=0, deadline=None)


def over(neo4j: Neo4j, graph: Graph) -> Service:
    """A service that has the graph in the database alone."""
    store, outline = neo4j.store(graph), graph.outline
    part = partial(read_part, neo4j.database, outline)
    return Service(
        outline, store, names=index_names(graph), read_part=part, answer_cache=0, deadline=60
    )


def draw(service: Service, name: str, variables: Mapping[str, Any]) -> list[bytes]:
    """An operation's picture in every form and language."""
    operation, pictures, drawn = OPERATIONS[name], Pictures(), []
    told = service.query(operation.document, variables)
    assert "errors" not in told
    for drawing in map(Drawing, LANGUAGES):
        picture = pictures.picture(
            service, operation, variables, told["data"], drawing, "https://x.y"
        )
        drawn += [pictures.draw(picture, f, drawing, "", {}).body for f in (*DRAWN, "embed")]
    return drawn


def check(neo4j: Neo4j, graph_of: Any, name: str, variables: Mapping[str, Any]) -> None:
    stored, asked = over(neo4j, graph_of()), neo4j.database.asked
    asked.clear()
    assert draw(stored, name, variables) == draw(memory(graph_of), name, variables)
    # The answer's, and one for each language's picture.
    assert len(asked) == 1 + len(LANGUAGES)


@pytest.mark.parametrize("name", PICTURED)
def test_pictures_of_the_shipped_dataset_are_those_of_memory(neo4j: Neo4j, name: str) -> None:
    check(neo4j, shipped, name, OPERATIONS[name].variables)


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() & set(PICTURED)))
def test_pictures_of_a_small_world_are_those_of_memory(neo4j: Neo4j, name: str) -> None:
    check(neo4j, larger_world, name, EXAMPLES[name])


def test_a_part_is_what_is_said_among_some_things(neo4j: Neo4j) -> None:
    stored, whole = over(neo4j, shipped()), shipped()
    ids = {"kubernetes", "containerd", "runc", "oci-runtime-spec", "nobody"}
    part = stored.graph_of([{"id": id_} for id_ in ids])
    assert part.entities.keys() == ids - {"nobody"}
    assert part.statements == tuple(
        s for s in whole.statements if s.subject in ids and s.object in ids
    )
    evidence = [e for one in part.entities.values() for e in one.evidence]
    cited = {e.source for e in (*evidence, *(e for s in part.statements for e in s.evidence))}
    assert part.sources == {id_: s for id_, s in whole.sources.items() if id_ in cited}
    for id_, entity in part.entities.items():
        assert (entity.kind, entity.label) == (whole.entities[id_].kind, whole.entities[id_].label)
        assert entity.evidence == whole.entities[id_].evidence


PAGES = (
    "/", "/?lang=zh", "/e/runc", "/e/ecosystem?lang=zh", "/e/moby", "/e/nobody",
    "/search?text=kuberntes", "/path?from=docker-engine&to=oci-runtime-spec",
    "/compare?a=runc&b=crun", "/embed-builder", "/q/Path.svg?from=moby&to=runtime-spec",
    "/q/Neighborhood.mmd?of=containerd&focus=moby", "/q/Category.svg?name=support&asOf=2016",
    "/embed/CategoryTree?name=ecosystem&height=auto", "/q/Search.svg?text=kuberntes",
    "/q/Path.svg?from=moby&to=runc&focus=nobody", "/q/Dataset.svg", "/q/Implementers.csv?spec=cri",
    "/oembed?url=http%3A%2F%2Fhost%2Fembed%2FNeighborhood%3Fof%3Druntime-spec",
)  # fmt: skip


@pytest.fixture(scope="module")
def stored(neo4j_place: Place) -> Iterator[App]:
    load_into(neo4j_place, larger_world())
    service = open_stored(address_of(neo4j_place), answer_cache=0, deadline=60)
    yield make_app(service)
    service.close()


@pytest.mark.parametrize("path", PAGES)
def test_pages_over_a_database_are_those_of_memory(stored: App, path: str) -> None:
    told, expected = (call(path, of=app, host="host") for app in (stored, in_memory()))
    assert (told.status, told.body) == (expected.status, expected.body)
    assert told.headers == expected.headers


@cache
def in_memory() -> App:
    return make_app(memory(larger_world))
