"""ecograph load: whole or not at all, beside what is there, never twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from ecograph.errors import StoreUnavailable
from ecograph.model.graph import Graph
from ecograph.service import Service, open_stored
from ecograph.store.bolt_load import Loader
from ecograph.store.database import Database
from ecograph.store.versions import MODEL
from tests.commands import ROOT, run
from tests.importing import make_data
from tests.neo4j.large import large
from tests.neo4j.loaded import address_of, ask, counts, empty, load_into
from tests.neo4j.server import Place
from tests.world import ENTITIES, STATEMENTS, make_graph, says, world

COUNT = "{ dataset { version entityCount statementCount } }"


@pytest.fixture(autouse=True)
def _empty(neo4j_place: Place) -> Iterator[None]:
    empty(neo4j_place)
    yield
    empty(neo4j_place)


def version_of(place: Place) -> list[list[str]]:
    return ask(place, "MATCH (p:EcographPointer {name: 'current'}) RETURN p.version")


def newer() -> Graph:
    """The world without youki, with one statement more, and another description of runc."""
    entities = [
        replace(e, description={"en": "Another text."}) if e.id == "runc" else e
        for e in ENTITIES
        if e.id != "youki"
    ]
    statements = [s for s in STATEMENTS if "youki" not in (s.subject, s.object)]
    graph = make_graph(entities, [*statements, says("crun uses cri")])
    return replace(graph, version="newer")


def test_the_world_is_loaded_as_people_read_it(neo4j_place: Place) -> None:
    done = load_into(neo4j_place, world())
    assert (done.changed, done.version, done.deleted) == (True, world().version, ())
    assert version_of(neo4j_place) == [[world().version]]
    assert ask(
        neo4j_place,
        "MATCH (t:Tool)-[r:IMPLEMENTS]->(s:Specification {id: 'oci-runtime-spec'}) "
        "RETURN t.name, r.since, r.strength, r.evidence ORDER BY t.id LIMIT 2",
    ) == [["crun", None, "LISTED", ["list"]], ["railcar", None, "LISTED", ["list"]]]
    held = counts(neo4j_place)
    assert held["EcographEntity"] == len(world().entities)
    assert held["EcographSource"] == len(world().sources)
    assert held["EcographVersion"] == 1


def test_a_service_over_the_database_knows_names_ids_and_taxonomies(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    service = open_stored(address_of(neo4j_place), answer_cache=0)
    memory = Service(world(), answer_cache=0)
    try:
        assert service.outline == memory.outline
        assert service.outline.calendar.changes == world().calendar.changes
        assert service.outline.calendar.within("support") == world().calendar.within("support")
        for document in (
            COUNT,
            '{ node(id: "moby") { id } entity(name: "容器运行时接口") { id kind } }',
            '{ category(name: "监控", scheme: "today") { id } search(text: "kuberntes") { '
            "nodes { id } } }",
            '{ tool(name: "rnc") { id } }',
            '{ changes(category: "support") { totalCount nodes { id event { date } } } }',
            '{ category(name: "监控", scheme: "none") { id } }',
        ):
            assert service.query(document) == memory.query(document)
    finally:
        service.close()


def test_the_same_data_is_not_loaded_twice(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    before = counts(neo4j_place)
    done = load_into(neo4j_place, world())
    assert (done.changed, done.deleted) == (False, ())
    assert counts(neo4j_place) == before


def test_a_new_version_takes_the_place_of_the_old(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    done = load_into(neo4j_place, newer())
    assert (done.changed, done.deleted) == (True, (world().version,))
    assert version_of(neo4j_place) == [["newer"]]
    held = counts(neo4j_place)
    assert held["EcographEntity"] == len(newer().entities)
    assert held["EcographVersion"] == 1
    assert ask(neo4j_place, "MATCH (n) WHERE n.in_version <> 'newer' RETURN count(n)") == [[0]]


def test_a_service_of_a_version_that_has_left_says_so_and_gives_nothing(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    service = open_stored(address_of(neo4j_place), answer_cache=0)
    try:
        assert not service.is_outdated()
        load_into(neo4j_place, newer())
        assert service.is_outdated()
        told = service.query('{ node(id: "runc") { id } }')
        assert told["errors"][0]["extensions"]["code"] == "STORE_UNAVAILABLE"
        assert "data" not in told
    finally:
        service.close()


def test_foreign_data_is_left_alone(neo4j_place: Place) -> None:
    ask(
        neo4j_place,
        "CREATE (:Tool {id: 'runc', in_version: 'mine'})-[:USES]->(:Note {version: 'mine'})",
    )
    try:
        for graph in (world(), newer(), world()):
            load_into(neo4j_place, graph)
        assert ask(
            neo4j_place,
            "MATCH (t:Tool {in_version: 'mine'})-[:USES]->(n:Note) RETURN t.id, n.version",
        ) == [["runc", "mine"]]
        service = open_stored(address_of(neo4j_place))
        found = service.query("{ tools { totalCount } }")["data"]["tools"]["totalCount"]
        service.close()
        assert found == sum(e.kind == "Tool" for e in world().entities.values())
    finally:
        ask(neo4j_place, "MATCH (n) WHERE n.in_version = 'mine' OR n:Note DETACH DELETE n")


def test_a_database_without_a_dataset_says_what_to_do(neo4j_place: Place) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_stored(address_of(neo4j_place))
    assert caught.value.message.endswith("holds no dataset; run ecograph load")


def test_another_model_is_not_read_and_is_loaded_anew(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    ask(neo4j_place, "MATCH (v:EcographVersion) SET v.model = 0")
    with pytest.raises(StoreUnavailable) as caught:
        open_stored(address_of(neo4j_place))
    assert caught.value.message.endswith(
        f"holds model 0, and this release reads {MODEL}; run ecograph load"
    )
    assert load_into(neo4j_place, world()).changed
    open_stored(address_of(neo4j_place)).close()


def test_batches_of_any_size_hold_the_same(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    whole = counts(neo4j_place)
    empty(neo4j_place)
    load_into(neo4j_place, world(), batch=7)
    assert counts(neo4j_place) == whole


def test_two_loads_at_once_take_turns(neo4j_place: Place) -> None:
    load_into(neo4j_place, world())
    database = Database(address_of(neo4j_place))
    steps: list[str] = []
    other = Loader(database, grace=0, lease=2)
    other._wait_turn()  # a load that is under way, and then silent

    def tell(what: str, done: int, total: int) -> None:
        steps.append(what)

    mine = Database(address_of(neo4j_place))
    Loader(mine, tell, grace=0).load(newer())
    assert steps[0] == "Another load is under way"
    assert version_of(neo4j_place) == [["newer"]]
    for one in (database, mine):
        one.close()


# The command


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    neo4j_place: Place, tmp_path: Path
) -> None:
    data = ("--data", str(make_data(tmp_path)))
    ask_for = ("load", "--store", neo4j_place.uri, "--dry-run", *data)
    told = run(*ask_for, **neo4j_place.environment)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("In the database: nothing.")
    assert counts(neo4j_place)["EcographEntity"] == 0


def test_the_command_loads_once_and_then_finds_nothing_to_do(
    neo4j_place: Place, tmp_path: Path
) -> None:
    data = ("--data", str(make_data(tmp_path)))
    first = run("load", "--grace", "0", *data, **neo4j_place.environment)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Loaded ")
    second = run("load", *data, **neo4j_place.environment)
    assert second.stdout.startswith("Unchanged: the database answers with version ")
    third = run("load", "--dry-run", *data, **neo4j_place.environment)
    assert third.stdout.splitlines()[1:] == [
        "entities: 0 added, 0 removed, 0 changed",
        "statements: 0 added, 0 removed, 0 changed",
    ]


def test_the_difference_names_what_is_added_removed_and_changed(neo4j_place: Place) -> None:
    from ecograph.store.difference import Difference, compare

    load_into(neo4j_place, world())
    database = Database(address_of(neo4j_place))
    entities, statements = compare(database, newer())
    database.close()
    assert entities == Difference((), ("youki",), ("runc",))
    gone = tuple(sorted(s.id for s in STATEMENTS if "youki" in (s.subject, s.object)))
    assert statements == Difference(("crun~uses~cri",), gone, ())


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        ((), {}, "store: nothing says where the database is"),
        (("--store", "bolt://127.0.0.1:1"), {}, "the database at 127.0.0.1:1 does not answer"),
        (("--store", "ftp://x"), {}, "store: 'ftp://x' is no address of a database"),
    ],
)
def test_a_load_that_cannot_be_says_why(
    arguments: tuple[str, ...], environment: dict[str, str], message: str
) -> None:
    told = run("load", *arguments, **environment)
    assert told.returncode != 0
    assert message in told.stderr
    assert "Traceback" not in told.stderr


def test_a_wrong_password_is_told_and_not_shown(neo4j_place: Place) -> None:
    told = run("load", **{**neo4j_place.environment, "ECOGRAPH_STORE_PASSWORD": "mellon-mellon"})
    assert told.returncode != 0
    assert "does not let 'neo4j' in (settings store_user and store_password)" in told.stderr
    assert "mellon" not in told.stderr


LOADING = """
import sys
from ecograph.store.bolt_load import Loader
from ecograph.store.database import Database
from tests.neo4j.large import large
from tests.neo4j.loaded import address_of
from tests.neo4j.server import Place

print("begin", flush=True)
Loader(Database(address_of(Place(*sys.argv[1:]))), grace=0, batch=40, lease=1).load(large())
print("end", flush=True)
"""


KILLS = int(os.environ.get("NEO4J_KILLS", "5"))
"""Loads that are killed; `make test-neo4j-hard` kills 20."""
DRAW = Random(20)
MOMENTS = [(place + DRAW.random()) / KILLS for place in range(KILLS)]
"""Shares of the time that a load takes: one in each of as many equal spans, seeded."""


@contextmanager
def loading(place: Place) -> Iterator[subprocess.Popen[str]]:
    """A process that loads another version, from where it begins; it is killed with the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOADING, place.uri, place.user, place.password],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "begin\n"
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_a_load_that_is_killed_leaves_one_version_whole_and_the_next_cleans_up(
    neo4j_place: Place,
) -> None:
    load_into(neo4j_place, world())
    before = counts(neo4j_place)
    with loading(neo4j_place) as process:
        begun = time.monotonic()
        assert process.stdout is not None
        assert process.stdout.readline() == "end\n"
        seconds = time.monotonic() - begun
    load_into(neo4j_place, world())
    for moment in MOMENTS:
        with loading(neo4j_place):
            time.sleep(moment * seconds)
        [[answers]] = version_of(neo4j_place)
        whole = {world().version: world(), "large": large()}[answers]
        service = open_stored(address_of(neo4j_place), answer_cache=0)
        assert service.query(COUNT) == Service(whole).query(COUNT), moment
        service.close()
        # The killed one holds its turn until it counts as dead.
        load_into(neo4j_place, world())
        assert counts(neo4j_place) == before, moment
