"""The same questions as most services answer them: strawberry's types, resolvers and executor.

It reads the same snapshot, and each entity's object is made before the first request. Its HTTP
part is barer than any view, so that the comparison is of the GraphQL part.
"""

from __future__ import annotations

from base64 import b64decode
from bisect import bisect_right
from enum import Enum
from typing import Annotated, Any

import orjson
import strawberry

from ecograph.model.ontology import screaming
from ecograph.plan.automaton import any_of
from ecograph.plan.steps import Key
from ecograph.service import Service
from ecograph.store import walk
from ecograph.store.base import Budget
from ecograph.store.memory import MemoryStore
from ecograph.store.order import Order
from ecograph.store.records import Records, Row
from ecograph.store.view import View


@strawberry.enum
class Language(Enum):
    """A language of labels."""

    EN = "en"
    ZH = "zh"


class World:
    """The snapshot, and one object an entity."""

    def __init__(self, service: Service) -> None:
        assert isinstance(service.store, MemoryStore)
        assert service.store.snapshot is not None
        self.snapshot = service.store.snapshot
        self.view = View(self.snapshot, self.snapshot.as_of)
        self.records = Records(self.view)
        self.order = Order((Key("id"),), self.view, "entity", by_statement=True)
        self.names = service.names
        ontology = self.snapshot.ontology
        self.automaton = any_of(ontology.path_relations, (True, False), ontology)
        types = {"Tool": Tool, "Specification": Specification}
        self.objects = [
            types.get(e.kind, Other)(
                id=strawberry.ID(e.id), kind=screaming(e.kind), name=e.name,
                homepage=e.attributes.get("homepage"), repository=e.attributes.get("repository"),
                number=number, world=self,
            )
            for number, e in enumerate(self.snapshot.entities)
        ]  # fmt: skip
        self.tools = [o for o in self.objects if isinstance(o, Tool)]
        self.tool_ids = [str(o.id) for o in self.tools]

    def find(self, name: str, *kinds: str) -> Any:
        """The object of a name."""
        id_ = self.names.resolve(name, kinds or None, "name")
        return self.objects[self.snapshot.index[id_]]


@strawberry.type
class Source:
    title: str
    url: str


@strawberry.type
class Evidence:
    source: Source
    locator: str | None
    read_on: str | None


@strawberry.interface
class Entity:
    id: strawberry.ID
    kind: str
    name: str
    homepage: str | None
    repository: str | None
    number: strawberry.Private[int]
    world: strawberry.Private[Any]

    @strawberry.field
    def label(self, lang: Language = Language.EN) -> str | None:
        text: str | None = self.world.snapshot.entities[self.number].label.get(lang.value)
        return text

    @strawberry.field
    def description(self, lang: Language = Language.EN) -> str | None:
        text: str | None = self.world.snapshot.entities[self.number].description.get(lang.value)
        return text

    @strawberry.field
    def status(self) -> str | None:
        return _attribute(self, "status")

    @strawberry.field
    def license(self) -> str | None:
        return _attribute(self, "license")

    @strawberry.field
    def maturity(self) -> str | None:
        return _attribute(self, "maturity")


def _attribute(entity: Entity, name: str) -> str | None:
    value: str | None = entity.world.view.attribute(name)[entity.number]
    return value


@strawberry.type
class Statement:
    id: str
    relation: str
    subject: Entity
    object: Entity
    since: str | None
    strength: str | None
    number: strawberry.Private[int]
    world: strawberry.Private[Any]

    @strawberry.field
    def evidence(self) -> list[Evidence]:
        return _evidence(self)


def _evidence(statement: Statement) -> list[Evidence]:
    snapshot = statement.world.snapshot
    sources = snapshot.graph.sources
    return [
        Evidence(
            source=Source(title=sources[e.source].title, url=sources[e.source].url),
            locator=e.locator, read_on=e.read_on,
        )
        for e in snapshot.statements[statement.number].evidence
    ]  # fmt: skip


def _statement(world: World, s: int) -> Statement:
    snapshot, said = world.snapshot, world.snapshot.statements[s]
    return Statement(
        id=said.id, relation=screaming(said.relation), subject=world.objects[snapshot.subject[s]],
        object=world.objects[snapshot.object[s]], since=said.since,
        strength=said.qualifiers.get("strength"), number=s, world=world,
    )  # fmt: skip


def _cursor(statement: Statement, node: Entity) -> str:
    # The same as ecograph's, so that whole answers can be compared.
    return str(statement.world.order.cursor(Row(node.number, statement.number)))


@strawberry.type
class Edge:
    node: Entity
    statement: strawberry.Private[Statement]

    @strawberry.field
    def cursor(self) -> str:
        return _cursor(self.statement, self.node)

    @strawberry.field
    def since(self) -> str | None:
        return self.statement.since

    @strawberry.field
    def strength(self) -> str | None:
        return self.statement.strength

    @strawberry.field
    def evidence(self) -> list[Evidence]:
        return _evidence(self.statement)


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Connection:
    total_count: int
    page: strawberry.Private[list[tuple[int, int]]]
    world: strawberry.Private[Any]

    @strawberry.field
    def nodes(self) -> list[Entity]:
        return [self.world.objects[node] for node, _ in self.page]

    @strawberry.field
    def edges(self) -> list[Edge]:
        objects = self.world.objects
        return [Edge(node=objects[n], statement=_statement(self.world, s)) for n, s in self.page]

    @strawberry.field
    def page_info(self) -> PageInfo:
        node, statement = self.page[-1]
        last = _cursor(_statement(self.world, statement), self.world.objects[node])
        return PageInfo(has_next_page=self.total_count > len(self.page), end_cursor=last)


def _connection(entity: Entity, relation: str, side: str, first: int) -> Connection:
    links = entity.world.view.links(relation, side)[entity.number]
    return Connection(total_count=len(links), page=links[:first], world=entity.world)


@strawberry.type
class Tool(Entity):
    @strawberry.field
    def uses(self, first: int = 25) -> Connection:
        return _connection(self, "uses", "out", first)


@strawberry.type
class Specification(Entity):
    @strawberry.field
    def implemented_by(self, first: int = 25) -> Connection:
        return _connection(self, "implements", "in", first)


@strawberry.type
class Other(Entity):
    """An entity of any other kind."""


@strawberry.type
class Hop:
    forward: bool
    statement: Statement

    @strawberry.field
    def sentence(self, lang: Language = Language.EN) -> str:
        world = self.statement.world
        return str(world.records.sentence(self.statement.number, lang.value))


@strawberry.type
class Path:
    length: int
    nodes: list[Entity]
    hops: list[Hop]


@strawberry.type
class Tools:
    nodes: list[Tool]


@strawberry.type
class Query:
    @strawberry.field
    def node(self, info: strawberry.Info[World], id: strawberry.ID) -> Entity | None:
        number = info.context.snapshot.index.get(str(id))
        return None if number is None else info.context.objects[number]

    @strawberry.field
    def specification(self, info: strawberry.Info[World], name: str) -> Specification | None:
        found: Specification = info.context.find(name, "Specification")
        return found

    @strawberry.field
    def tools(self, info: strawberry.Info[World], first: int = 25, after: str = "") -> Tools:
        world = info.context
        start = bisect_right(world.tool_ids, orjson.loads(b64decode(after))[-1]) if after else 0
        return Tools(nodes=world.tools[start : start + first])

    @strawberry.field
    def entities(self, info: strawberry.Info[World], names: list[str]) -> list[Entity | None]:
        return [info.context.find(name) for name in names]

    @strawberry.field
    def path(
        self,
        info: strawberry.Info[World],
        from_: Annotated[str, strawberry.argument(name="from")],
        to: str,
    ) -> Path | None:
        world = info.context
        a, b = (world.find(name).number for name in (from_, to))
        found = walk.shortest(world.view, world.automaton, a, b, 10, Budget(2.0))
        if found is None:
            return None
        hops = [Hop(forward=f, statement=_statement(world, s)) for s, f in found.hops]
        return Path(length=len(hops), nodes=[world.objects[n] for n in found.nodes], hops=hops)


class Stock:
    """Requests answered by strawberry's schema."""

    def __init__(self, service: Service) -> None:
        self._schema = strawberry.Schema(Query, types=[Other])
        self._world = World(service)

    def answer(self, request: bytes) -> bytes:
        """The response to one request, both as JSON."""
        asked = orjson.loads(request)
        result = self._schema.execute_sync(
            asked["query"], asked["variables"], context_value=self._world
        )
        if result.errors:
            return orjson.dumps({"errors": [e.formatted for e in result.errors]})
        return orjson.dumps({"data": result.data})
