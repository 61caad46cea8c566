"""What OpenRefine asks of a reconciliation service, and what it reads of the answers.

After its StandardReconConfig, GuessTypesOfColumnCommand, ReconciledDataExtensionJob, and the
scripts of its pages that register a service, suggest, preview and propose columns.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.asgi import Answer, ask
from tests.named import larger_world

ORIGIN = "http://127.0.0.1:3333"
HEADERS = ((b"host", b"graph.example"), (b"origin", ORIGIN.encode()))
FORM = (b"content-type", b"application/x-www-form-urlencoded; charset=UTF-8")


@cache
def app() -> App:
    return make_app(Service(larger_world()))


def from_a_page(url: str, **given: str) -> Answer:
    """A GET of a script, to whatever address the manifest has; it must be let read the answer."""
    at = urlsplit(url)
    assert (at.scheme, at.netloc) == ("http", "graph.example")
    query = "&".join(filter(None, [at.query, urlencode(given)])).encode()
    told = asyncio.run(ask(app(), "GET", at.path, query=query, headers=HEADERS))
    assert told.status == 200, told.body
    assert told.headers["access-control-allow-origin"] in ("*", ORIGIN)
    return told


def from_the_server(name: str, value: Any) -> Any:
    """A POST of one field of a form, of which all but a status below 400 is an error."""
    body = urlencode({name: json.dumps(value, ensure_ascii=False)}).encode()
    told = asyncio.run(ask(app(), "POST", "/reconcile", body, headers=(FORM, *HEADERS)))
    assert told.status < 400, told.body
    return told.json


@cache
def manifest() -> dict[str, Any]:
    """What the page keeps of a service when it is added."""
    return dict(from_a_page("http://graph.example/reconcile").json)


def suggest(what: str, typed: str, **more: str) -> list[dict[str, Any]]:
    place = manifest()["suggest"][what]
    url = place["service_url"] + place["service_path"]
    return list(from_a_page(url, prefix=typed, **more).json["result"])


def test_the_type_of_a_column_is_guessed_from_three_candidates_of_ten_cells() -> None:
    cells = ["containerd", "runc", "Docker Engine", "flannel", "nothing like it"]
    asked = {f"q{n}": {"query": cell, "limit": 3} for n, cell in enumerate(cells)}
    scores: Counter[str] = Counter()
    for one in from_the_server("queries", asked).values():
        assert len(one["result"]) <= 3
        for place, result in enumerate(one["result"]):
            for told in result["type"]:
                scores[told["id"]] += round(1000 / (1 + place))
    assert scores.most_common(1)[0][0] == "Tool"
    assert {"id": "Tool", "name": "Tool"} in manifest()["defaultTypes"]


def test_a_batch_is_reconciled_against_a_type_and_the_best_is_matched_by_itself() -> None:
    assert isinstance(manifest()["batchSize"], int)
    sure = {"pid": "implements", "v": {"id": "oci-runtime-spec", "name": "OCI Runtime"}}
    queries: dict[str, dict[str, Any]] = {
        "q0": {"query": "runc", "type": "Tool", "type_strict": "should", "properties": [sure]},
        "q1": {"query": "contanerd", "type": "Tool", "type_strict": "should", "limit": 5},
        "q2": {"query": " ", "type": "Tool", "type_strict": "should"},
        "q3": {"query": "2019.5", "type": "Tool", "type_strict": "should",
               "properties": [{"pid": "implements", "v": 12.5}, {"pid": "status", "v": True}]},
    }  # fmt: skip
    told = from_the_server("queries", queries)
    assert list(told) == list(queries)
    for one in told.values():
        for result in one["result"]:
            assert isinstance(result["id"], str)
            assert isinstance(result["name"], str)
            assert isinstance(result["score"], int | float)
            assert isinstance(result["match"], bool)
            assert all(isinstance(kind["id"], str) for kind in result["type"])
    matched = {key: [r["id"] for r in one["result"] if r["match"]] for key, one in told.items()}
    assert matched == {"q0": ["runc"], "q1": [], "q2": [], "q3": []}
    assert told["q1"]["result"][0]["id"] == "containerd"


@pytest.mark.parametrize(
    ("what", "typed", "id"),
    [
        ("entity", "containerd", "containerd"), ("entity", "容器网络", "cni"),
        ("entity", "oci-runtime-spec", "oci-runtime-spec"),
        ("property", "impl", "implements"), ("type", "spec", "Specification"),
    ],
)  # fmt: skip
def test_what_is_typed_into_a_field_is_suggested(what: str, typed: str, id: str) -> None:
    found = suggest(what, typed)
    assert id in [one["id"] for one in found]
    assert all(one["name"] for one in found)
    if what == "entity":
        assert all(kind["id"] for one in found for kind in one["notable"])
        assert suggest(what, typed, cursor="1") == found[1:]


def test_a_candidate_is_previewed_in_a_frame_and_linked_to() -> None:
    told = from_a_page(manifest()["preview"]["url"].replace("{{id}}", quote("docker-engine")))
    assert told.headers["content-type"].startswith("text/html")
    assert "frame-ancestors *" in told.headers["content-security-policy"]
    assert "x-frame-options" not in told.headers
    page = from_a_page(manifest()["view"]["url"].replace("{{id}}", quote("docker-engine")))
    assert page.status == 200


@pytest.mark.parametrize("kind", ["Tool", "Specification", ""])
def test_columns_are_proposed_of_a_type_and_filled(kind: str) -> None:
    place = manifest()["extend"]["propose_properties"]
    # The page writes the type into the address as it is, and nothing for no type.
    told = from_a_page(f"{place['service_url']}{place['service_path']}?type={kind}").json
    proposed = [{"id": one["id"], "name": one["name"]} for one in told["properties"]]
    assert len(proposed) > 10
    chosen = [{"id": one["id"]} for one in proposed[:20]]
    ids = ["containerd", "cni", "docker-engine"]
    given = from_the_server("extend", {"ids": ids, "properties": chosen})
    assert [one["id"] for one in given["meta"]] == [one["id"] for one in chosen]
    assert all(one["name"] for one in given["meta"])
    for id in ids:
        # A column that a row lacks would move those after it to the left.
        assert [*given["rows"][id]] == [one["id"] for one in chosen]
        for values in given["rows"][id].values():
            for value in values:
                assert "name" in value if "id" in value else {*value} <= {"str", "int", "float"}


def test_a_column_of_things_of_one_type_is_itself_reconciled() -> None:
    field = {f["name"]: f for f in manifest()["extend"]["property_settings"]}["limit"]
    assert (field["type"], field["default"]) == ("number", 0)
    columns = [{"id": "classifiedIn", "settings": {"limit": "1"}}, {"id": "ownedBy"}]
    told = from_the_server("extend", {"ids": ["flannel"], "properties": columns})
    assert [one.get("type") for one in told["meta"]] == [
        {"id": "Category", "name": "Category"}, {"id": "Organization", "name": "Organization"},
    ]  # fmt: skip
    assert len(told["rows"]["flannel"]["classifiedIn"]) <= 1
