"""The service that is swapped: whole, for new requests; and what /readyz says of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from ecograph.api.job import Job, Response
from ecograph.errors import DataError, DataErrors, Place, StoreUnavailable
from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.store.base import Budget
from ecograph.store.memory import MemoryStore
from ecograph.web.app import Server, make_app
from ecograph.web.board import BOARD, Board
from ecograph.web.http import App
from ecograph.web.live import Live
from ecograph.web.run import make_worker
from ecograph.web.watch import watch
from tests.calling import Reply, ask, call, post
from tests.world import make_graph, without, world

COUNT = "{ dataset { version } tools { totalCount } }"
QUERY = '{ node(id: "runc") { id } }'


def older() -> Service:
    return Service(world())


def newer() -> Service:
    return Service(without(world(), "youki"))


def faulty() -> Service:
    place = Place("entities/tools.yaml", 3, 5)
    raise DataErrors([DataError("UNKNOWN_KIND", "unknown kind 'Toool'", place, "write Tool")])


def reload(live: Live, then: Callable[[], Any] = lambda: None) -> Any:
    async def run() -> Any:
        await live.reload()
        return then()

    return asyncio.run(run())


def test_new_requests_get_the_new_data() -> None:
    live = Live(older(), newer)
    app = make_app(live)
    assert call(app, "GET", "/healthz").json["version"] == "0123456789abcdef"
    assert post(app, QUERY).headers["x-dataset-version"] == "0123456789abcdef"
    reload(live)
    reply = post(app, COUNT)
    assert reply.headers["x-dataset-version"] == "fedcba9876543210"
    assert reply.json["data"]["dataset"]["version"] == "fedcba9876543210"
    assert live.results == {"loaded": 1, "unchanged": 0, "faulty": 0}


def test_a_request_ends_with_the_data_that_it_began_with() -> None:
    live = Live(older(), newer)
    app = make_app(live)
    document = '{ search(text: "runc") { nodes { id } } dataset { version } }'
    begin = live.service.api.begin

    async def both() -> tuple[Reply, Reply]:
        def begin_and_swap(*args: Any) -> Response | Job:
            # The data is swapped after the question was begun and before it is run.
            begun = begin(*args)
            live.swap(newer())
            return begun

        live.service.api.begin = begin_and_swap  # type: ignore[method-assign,assignment]
        first = await ask(app, "GET", "/graphql", query="query=" + document.replace(" ", "+"))
        second = await ask(app, "GET", "/graphql", query="query=" + document.replace(" ", "+"))
        return first, second

    for reply, version in zip(
        asyncio.run(both()), ("0123456789abcdef", "fedcba9876543210"), strict=True
    ):
        assert reply.json["data"]["dataset"]["version"] == version
        assert reply.headers["x-dataset-version"] == version


def test_data_that_did_not_change_is_not_swapped() -> None:
    live = Live(older(), older)
    before = live.service
    reload(live)
    assert live.service is before
    assert live.results == {"loaded": 0, "unchanged": 1, "faulty": 0}


def test_faulty_data_leaves_the_old_in_place_and_is_told() -> None:
    told: list[Any] = []
    live = Live(older(), faulty, tell=told.append)
    app = make_app(live)
    reload(live)
    assert post(app, QUERY).json == {"data": {"node": {"id": "runc"}}}
    assert [(t.result, t.version) for t in told] == [("faulty", "0123456789abcdef")]
    reply = call(app, "GET", "/readyz")
    assert (reply.status, reply.json) == (
        200,
        {
            "status": "ready",
            "version": "0123456789abcdef",
            "note": "the newest data has faults; what was loaded before them is served",
            "faults": ["entities/tools.yaml:3:5: unknown kind 'Toool'; write Tool"],
            "faultCount": 1,
        },
    )


def test_who_watches_the_files_reads_on_every_page_where_one_is_broken() -> None:
    def broken() -> Service:
        places = Place("entities/tools.yaml", 3, 5), Place("entities/tools.yaml", 9, 1)
        raise DataErrors([DataError("UNKNOWN_KIND", "unknown kind '<b>'", at) for at in places])

    openers: Iterator[Callable[[], Service]] = iter([broken, newer])

    def open_next() -> Service:
        return next(openers)()

    live = Live(older(), open_next)
    watched, unwatched = make_app(live, Settings(watch=True)), make_app(live)
    before = call(watched, "GET", "/e/runc", accept_language="en")
    assert "has a fault" not in before.body.decode()
    reload(live)
    for path, status in (("/", 200), ("/e/runc", 200), ("/e/nothing", 404), ("/path", 200)):
        page = call(watched, "GET", path, accept_language="en")
        assert page.status == status
        told = '<code lang="en">entities/tools.yaml:3:5: unknown kind &#39;&lt;b&gt;&#39;</code>'
        assert f"{told} and 1 more" in page.body.decode()
        assert "tools.yaml" not in call(unwatched, "GET", path, accept_language="en").body.decode()
    kept = {"if_none_match": before.headers["etag"], "accept_language": "en"}
    assert call(watched, "GET", "/e/runc", **kept).status == 200
    reload(live)
    assert "has a fault" not in call(watched, "GET", "/e/runc", accept_language="en").body.decode()


def test_the_note_goes_when_the_data_is_right_again() -> None:
    openers: Iterator[Callable[[], Service]] = iter([faulty, newer])

    def open_next() -> Service:
        return next(openers)()

    live = Live(older(), open_next)
    reload(live)
    reload(live)
    assert call(make_app(live), "GET", "/readyz").json == {
        "status": "ready",
        "version": "fedcba9876543210",
    }


def test_before_the_first_data_is_there_only_healthz_is_well() -> None:
    app = make_app(Live())
    assert call(app, "GET", "/healthz").json == {"status": "ok", "version": ""}
    ready, answer = call(app, "GET", "/readyz"), post(app, QUERY)
    assert (ready.status, ready.json["reason"]) == (503, "the data is being loaded")
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert answer.json["errors"][0]["extensions"]["code"] == "NOT_READY"
    assert "x-dataset-version" not in answer.headers


def test_a_store_that_is_away_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def run(self, parameters: Any, budget: Budget) -> Any:
            raise StoreUnavailable("the store is not reachable")

    class AwayStore(MemoryStore):
        def prepare(self, plan: Any) -> Any:
            return Away()

    service = Service(make_graph(world().entities.values(), world().statements), AwayStore())
    app = make_app(service)
    ready, healthy = call(app, "GET", "/readyz"), call(app, "GET", "/healthz")
    assert (ready.status, ready.json["reason"]) == (503, "the store does not answer")
    assert healthy.status == 200


def test_several_who_ask_for_a_reload_share_one() -> None:
    opened: list[int] = []

    def open_slowly() -> Service:
        opened.append(1)
        return newer()

    live = Live(older(), open_slowly)

    async def run() -> None:
        await asyncio.gather(*(live.reload() for _ in range(5)))

    asyncio.run(run())
    assert len(opened) == 1


def test_what_is_wrong_is_told_until_the_next_load_is_done() -> None:
    seen: list[bool] = []

    def look_and_fail() -> Service:
        seen.append(live.error is not None)
        return faulty()

    live = Live(older(), look_and_fail)
    reload(live)
    reload(live)
    assert seen == [False, True]


def test_what_changes_during_the_first_load_is_loaded_too(tmp_path: Path) -> None:
    opened: list[int] = []

    def open_and_change() -> Service:
        opened.append(1)
        if len(opened) == 1:
            (tmp_path / "more.yaml").write_text("[]", "utf-8")
        return older() if len(opened) == 1 else newer()

    async def run() -> None:
        live = Live(None, open_and_change)
        watching = asyncio.create_task(watch(live, Settings(data=(tmp_path,), watch=True)))
        async with asyncio.timeout(30):
            while live.version != "fedcba9876543210":
                await asyncio.sleep(0.05)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    asyncio.run(run())
    assert len(opened) == 2


def test_one_of_several_is_ready_with_its_data_and_watches_from_before(tmp_path: Path) -> None:
    opened: list[int] = []

    def open_and_change() -> Service:
        opened.append(1)
        if len(opened) == 1:
            (tmp_path / "more.yaml").write_text("[]", "utf-8")
        return older() if len(opened) == 1 else newer()

    async def run() -> list[str]:
        live = Live(None, open_and_change)
        settings = Settings(data=(tmp_path,), watch=True)
        async with alive(make_app(live, settings, board=Board(tmp_path / "board"))) as told:
            assert live.loaded
            async with asyncio.timeout(30):
                while live.version != "fedcba9876543210":
                    await asyncio.sleep(0.05)
        return told

    (tmp_path / "board").mkdir()
    assert asyncio.run(run()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_one_of_several_that_cannot_load_does_not_start(tmp_path: Path) -> None:
    async def run() -> list[str]:
        async with alive(make_app(Live(None, faulty), board=Board(tmp_path))) as told:
            return told

    assert asyncio.run(run()) == ["lifespan.startup.failed"]


def test_a_worker_leaves_the_first_load_to_the_watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BOARD, str(tmp_path))
    worker = make_worker()
    assert isinstance(worker, Server)
    assert not worker.live.loaded


@asynccontextmanager
async def alive(app: App) -> AsyncIterator[list[str]]:
    """What an application said of its life, from its start to its end."""
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    said: list[str] = []
    started = asyncio.Event()

    async def send(message: Any) -> None:
        said.append(message["type"])
        started.set()

    life = asyncio.ensure_future(app({"type": "lifespan"}, incoming.get, send))
    incoming.put_nowait({"type": "lifespan.startup"})
    await started.wait()
    yield said
    incoming.put_nowait({"type": "lifespan.shutdown"})
    await life


def test_counters_go_on_over_a_reload() -> None:
    live = Live(older(), newer)
    app = make_app(live)
    post(app, QUERY)
    reload(live)
    post(app, QUERY)
    assert live.counters().requests == 2


def test_an_old_service_is_closed_when_nobody_can_ask_it_any_more() -> None:
    closed: list[str] = []

    class Closing(MemoryStore):
        def close(self) -> None:
            closed.append("old")

    async def run() -> list[str]:
        live = Live(Service(world(), Closing(), deadline=0.05), newer)
        await live.reload()
        before = list(closed)
        await asyncio.sleep(1.2)
        return before

    assert asyncio.run(run()) == []
    assert closed == ["old"]
