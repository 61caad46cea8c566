"""What goes wrong between a service and its database: an error or a second try, never a part."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ecograph.errors import StoreTimeout, StoreUnavailable
from ecograph.service import Service, open_stored
from ecograph.store.base import Budget
from ecograph.store.database import Address, Database
from tests.neo4j.loaded import address_of, load_into
from tests.neo4j.proxy import proxy_before
from tests.neo4j.server import JarServer, jar_server
from tests.neo4j.serving import serving_store
from tests.world import world

TOOLS = "{ tools(first: 20) { nodes { id name description } } }"
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $text RETURN currentQuery"
LONG = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i)"


@pytest.fixture(scope="module")
def server() -> Iterator[JarServer]:
    with jar_server("512m") as started:
        load_into(started.place, world())
        yield started


@pytest.fixture
def database(server: JarServer) -> Iterator[Database]:
    opened = Database(address_of(server.place))
    yield opened
    opened.close()


def code_of(body: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return body["errors"][0]["extensions"]["code"]


# At the driver


def test_a_statement_that_takes_too_long_is_ended_by_the_database(database: Database) -> None:
    with pytest.raises(StoreTimeout) as caught:
        database.read_row(LONG, {}, Budget(0.3))
    assert caught.value.message.startswith("the answer was not complete within 0.3 s; ask for less")
    assert database.read_row("RETURN 1", {}, Budget(5)) == [1]


def test_a_pool_without_a_free_connection_says_so(server: JarServer) -> None:
    database = Database(address_of(server.place, pool=1, patience=0.3))
    rows = database.stream("UNWIND range(1, 1000000) AS i RETURN i", {})
    assert next(iter(rows)) == [1]
    with pytest.raises(StoreUnavailable) as caught:
        database.read_row("RETURN 1", {}, Budget(5))
    assert caught.value.message == (
        "all 1 connections to the database are busy; ask again in a second (setting store_pool)"
    )
    rows.close()  # type: ignore[attr-defined]
    assert database.read_row("RETURN 1", {}, Budget(5)) == [1]
    database.close()


def test_a_wrong_password_is_told_without_it(server: JarServer) -> None:
    database = Database(Address(server.place.uri, "neo4j", "mellon-mellon"))
    with pytest.raises(StoreUnavailable) as caught:
        database.read_row("RETURN 1", {}, Budget(5))
    assert caught.value.message == (
        f"the database at 127.0.0.1:{server.port} does not let 'neo4j' in "
        "(settings store_user and store_password)"
    )
    assert "mellon" not in repr(database.address)
    database.close()


def test_another_database_that_is_not_there_is_named(server: JarServer) -> None:
    database = Database(address_of(server.place, database="other"))
    with pytest.raises(StoreUnavailable) as caught:
        database.read_row("RETURN 1", {}, Budget(5))
    assert caught.value.message.endswith("has no database 'other' (setting store_database)")
    database.close()


def test_a_connection_that_is_cut_anywhere_gives_the_whole_answer_or_an_error(
    server: JarServer,
) -> None:
    whole = Service(world(), answer_cache=0).query(TOOLS)
    with proxy_before(server.port, lambda _: None) as counted:
        place = replace(server.place, uri=f"bolt://127.0.0.1:{counted.port}")
        service = open_stored(address_of(place, pool=1), answer_cache=0, deadline=None)
        assert service.query(TOOLS) == whole
        service.close()
        most = sum(counted.brought)
    told = 0
    for bytes_ in range(50, most, max(1, most // 40)):
        with proxy_before(server.port, lambda _, b=bytes_: b) as cutting:  # type: ignore[misc]
            place = replace(server.place, uri=f"bolt://127.0.0.1:{cutting.port}")
            try:
                service = open_stored(address_of(place, pool=1), answer_cache=0, deadline=None)
            except StoreUnavailable:
                told += 1
                continue
            found = service.query(TOOLS)
            service.close()
        if "data" not in found:
            assert code_of(found) == "STORE_UNAVAILABLE"
            told += 1
        else:
            assert found == whole
    assert told > 10


def test_a_connection_that_is_cut_once_is_tried_again(server: JarServer) -> None:
    # The first two connections bring all but the answer.
    with proxy_before(server.port, lambda number: 400 if number < 2 else None) as cutting:
        database = Database(
            Address(f"bolt://127.0.0.1:{cutting.port}", "neo4j", server.place.password)
        )
        row = database.read_row("RETURN range(1, 1000)", {}, Budget(5))
        database.close()
        assert row == [list(range(1, 1001))]
        assert len(cutting.brought) == 3


# At the service


def test_a_service_starts_before_its_database_and_says_so(
    server: JarServer, tmp_path: Path
) -> None:
    own = server
    own.kill()
    # Twice the usual deadline: a busy machine may not be through with its first questions.
    started = ("--deadline", "4", "--answer-cache", "0")
    with serving_store(tmp_path, *started, **own.place.environment) as served:
        reply = served.wait(lambda r: r.body.get("reason") != "the data is being loaded")
        assert reply.status == 503
        assert reply.body["reason"] == (
            f"the database at 127.0.0.1:{own.port} does not answer; ask again in a second"
        )
        assert served.get("/healthz").status == 200
        assert served.ask(TOOLS).status == 503
        own.start()
        own.wait()
        assert served.wait_ready().version == world().version
        assert served.ask(TOOLS).body == Service(world()).query(TOOLS)
        # Killed under a service that many ask: whole answers and errors, no parts. And back again.
        with ThreadPoolExecutor(8) as clients:
            asked = [clients.submit(served.ask, TOOLS) for _ in range(100)]
            asked[8].result()
            own.kill()
            told = [one.result().body for one in asked]
        whole = Service(world()).query(TOOLS)
        faults = [body for body in told if body != whole]
        assert 0 < len(faults) < len(told)
        assert {code_of(body) for body in faults} <= {"STORE_UNAVAILABLE", "TIMEOUT"}
        assert all("data" not in body for body in faults)
        gone = served.ask('{ node(id: "crun") { id } }')
        assert (gone.status, code_of(gone.body)) == (503, "STORE_UNAVAILABLE")
        assert "data" not in gone.body
        assert served.get("/readyz").status == 503
        own.start()
        own.wait()
        served.wait_ready()
        there = served.ask('{ node(id: "crun") { id } }')
        assert there.body == {"data": {"node": {"id": "crun"}}}
        # Stands still: the deadline is kept, and nothing is left of it afterwards.
        own.pause()
        late = served.ask('{ node(id: "youki") { id } }')
        assert (late.status, code_of(late.body)) == (503, "TIMEOUT")
        own.go_on()
        served.wait_ready()
        assert served.ask('{ node(id: "youki") { id } }').status == 200
    assert own.place.password not in served.log.read_text()


def test_a_service_answers_from_a_new_version_by_itself(server: JarServer, tmp_path: Path) -> None:
    with serving_store(tmp_path, **server.place.environment) as served:
        served.wait_ready()
        load_into(server.place, replace(world(), version="newer"))
        served.wait(lambda reply: reply.version == "newer")
        reply = served.ask("{ dataset { version } }")
        assert reply.body == {"data": {"dataset": {"version": "newer"}}}


def test_workers_wait_for_the_database_too(server: JarServer, tmp_path: Path) -> None:
    with serving_store(tmp_path, "--workers", "2", **server.place.environment) as served:
        served.wait_ready()
        # One of them is; the other may be a moment behind.
        served.wait(lambda reply: reply.status == 200, "/q/Dataset.json")


def test_a_database_that_dies_in_the_middle_of_a_question_gives_an_error(
    server: JarServer,
) -> None:
    # The last of this file: the server is dead after it.
    with ThreadPoolExecutor(1) as threads:
        database = Database(address_of(server.place))
        assert database.read_row("RETURN 1", {}, Budget(5)) == [1]
        asked = threads.submit(database.read_row, LONG, {}, Budget(20))
        while not database.read_all(RUNNING, {"text": LONG}):
            pass
        server.kill()
        with pytest.raises(StoreUnavailable):
            asked.result()
        database.close()
