"""One server process under load: `python -m benchmarks.serve NAME PORT FOLDER`.

bare      uvicorn alone: the answers of a file in turn, by the path that is asked
uncached  ecograph that keeps no answers (fragments are kept)
cached    ecograph as it is served
bundled   ecograph as it is served, over the bundled dataset
stock     strawberry
served, unkept, unlimited   ecograph over the bundled dataset: with all defaults; keeping no
          answers; keeping none and without limits on questions, their number or their time
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import uvicorn

from benchmarks.generate import generate
from benchmarks.stock import Stock
from ecograph.load import load
from ecograph.service import Service
from ecograph.settings import Settings, bundled, read_limits
from ecograph.web.app import Server, make_app
from ecograph.web.http import App
from ecograph.web.process import settle_process
from ecograph.web.run import open_for
from ecograph.web.wire import PatientConfig

NAMES = ("bare", "uncached", "cached", "stock")
UNLIMITED: Mapping[str, Any] = read_limits(["none"])
MIXED: Mapping[str, Settings] = {
    "served": Settings(),
    "unkept": Settings(answer_cache=0),
    "unlimited": Settings(answer_cache=0, queued=10_000, deadline=3_600.0, **UNLIMITED),
}


def bare(folder: Path) -> App:
    """The least that an ASGI application can do."""
    answers = {
        f"/{path.stem}": cycle(path.read_bytes().splitlines()) for path in folder.glob("*.answers")
    }

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await answer(send, next(answers[scope["path"]]))

    return app


def stock(service: Service) -> App:
    """Strawberry's answers, as barely sent."""
    schema = Stock(service)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        request = message["body"]
        while message["more_body"]:
            message = await receive()
            request += message["body"]
        await answer(send, schema.answer(request))

    return app


async def answer(send: Any, body: bytes) -> None:
    """Send a JSON body."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def app_of(name: str, folder: Path) -> App:
    """The application of a name."""
    if name == "bare":
        return bare(folder)
    if name == "bundled":
        return make_app(Service(load(bundled("data"))))
    if name in MIXED:
        return make_app(open_for(MIXED[name]), MIXED[name])
    graph = generate()
    if name == "stock":
        return stock(Service(graph))
    room = 0 if name == "uncached" else 32 * 2**20
    return make_app(Service(graph, answer_cache=room), Settings(answer_cache=room))


def config_of(app: App, port: int) -> uvicorn.Config:
    """How an application is served: ecograph as `ecograph serve` does, others by uvicorn alone."""
    if isinstance(app, Server):
        return PatientConfig(app, app.settings, host="127.0.0.1", port=port, loop="uvloop")
    return uvicorn.Config(
        app, host="127.0.0.1", port=port, loop="uvloop", http="httptools", lifespan="off",
        access_log=False, log_level="warning",
    )  # fmt: skip


def main(name: str, port: int, folder: Path) -> None:
    """Serve until the process is ended."""
    config = config_of(app_of(name, folder), port)
    settle_process()
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
