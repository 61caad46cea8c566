"""The commands of docker-compose.yml, run without Docker against the tests' own server."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands import run
from tests.neo4j.loaded import empty
from tests.neo4j.server import Place
from tests.neo4j.serving import serving_store
from tests.test_compose import SERVICES


def environment_of(service: str, place: Place) -> dict[str, str]:
    """The variables of a service, filled in for the server of the run."""
    plain = {
        name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", str(value))
        for name, value in SERVICES[service]["environment"].items()
        if name != "<<"
    }
    return plain | place.environment


def test_load_and_serve_answer_from_the_database(neo4j_place: Place, tmp_path: Path) -> None:
    empty(neo4j_place)
    load = SERVICES["load"]["command"]
    told = run(*load, **environment_of("load", neo4j_place))
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Loaded ")
    # A second start finds it there.
    assert run(*load, **environment_of("load", neo4j_place)).stdout.startswith("Unchanged: ")
    assert SERVICES["ecograph"]["command"][0] == "serve"
    with serving_store(tmp_path, **environment_of("ecograph", neo4j_place)) as served:
        served.wait_ready()
        reply = served.ask('{ specification(name: "OCI runtime spec") { id } }')
        assert reply.body == {"data": {"specification": {"id": "oci-runtime-spec"}}}
        assert reply.version in told.stdout
    empty(neo4j_place)
