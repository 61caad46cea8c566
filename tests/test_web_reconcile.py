"""The reconciliation service holds the Reconciliation Service API 0.2, checked by hand."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.asgi import Answer, ask
from tests.named import larger_world
from tests.reconciling import EXTENSION, MANIFEST, NAMED, RESULTS

HOST = ((b"host", b"graph.example"),)
FORM = ((b"content-type", b"application/x-www-form-urlencoded"), *HOST)


@cache
def app() -> App:
    return make_app(Service(larger_world()))


def get(path: str, **given: str) -> Answer:
    query = urlencode(given).encode()
    return asyncio.run(ask(app(), "GET", path, query=query, headers=HOST))


def post(**given: Any) -> Answer:
    form = {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
    return asyncio.run(ask(app(), "POST", "/reconcile", urlencode(form).encode(), headers=FORM))


def held(schema: dict[str, Any], answer: Answer) -> Any:
    """The body, which holds a schema."""
    assert answer.status == 200, answer.body
    Draft202012Validator(schema).validate(answer.json)
    return answer.json


def candidates(**query: Any) -> list[dict[str, Any]]:
    return list(held(RESULTS, post(queries={"q0": query}))["q0"]["result"])


def matched(**query: Any) -> list[str]:
    return [one["id"] for one in candidates(**query) if one["match"]]


def test_the_manifest_says_what_is_offered_at_the_address_that_was_asked() -> None:
    told = held(MANIFEST, get("/reconcile"))
    assert told["view"]["url"] == "http://graph.example/e/{{id}}"
    assert told["identifierSpace"] == "http://graph.example/e/"
    assert {"id": "Tool", "name": "Tool"} in told["defaultTypes"]


def test_a_batch_is_answered_query_by_query_by_get_and_by_post() -> None:
    queries = {"a": {"query": "runc"}, "b": {"query": "kuberntes", "limit": 1}}
    told = held(RESULTS, post(queries=queries))
    assert (list(told), told["a"]["result"][0]["id"]) == (["a", "b"], "runc")
    assert [one["id"] for one in told["b"]["result"]] == ["kubernetes"]
    assert held(RESULTS, get("/reconcile", queries=json.dumps(queries))) == told
    assert held(RESULTS, post(queries={})) == {}


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("runc", "runc"),
        ("Docker Engine", "docker-engine"),
        ("DOCKER-ENGINE", "docker-engine"),
        ("容器网络接口", "cni"),
        ("CNCF", "cncf"),
        ("写时复制", "copy-on-write"),
    ],
)
def test_an_exact_name_in_either_language_matches(query: str, id: str) -> None:
    first = candidates(query=query)[0]
    assert (first["id"], first["match"], first["score"] >= 96) == (id, True, True)


@pytest.mark.parametrize("query", ["kuberntes", "docker eng", "nothing like it"])
def test_a_near_name_never_matches(query: str) -> None:
    assert matched(query=query) == []


def test_scores_fall_and_stay_within_a_hundred() -> None:
    scores = [one["score"] for one in candidates(query="container", limit=50)]
    assert len(scores) > 3
    assert scores == sorted(scores, reverse=True)


def test_a_type_constrains_the_candidates() -> None:
    assert {one["type"][0]["id"] for one in candidates(query="container", type="Tool")} == {"Tool"}
    both = candidates(query="container", type=["Tool", "Category"], type_strict="should")
    assert {one["type"][0]["id"] for one in both} == {"Tool", "Category"}
    assert candidates(query="runc", type="Organization") == []


def test_properties_weigh_in_and_a_match_must_hold_all_of_them() -> None:
    right = candidates(query="runc", properties=[{"pid": "implements", "v": "runtime-spec"}])[0]
    assert (right["score"], right["match"]) == (100, True)
    assert {"id": "properties", "value": 1.0} in right["features"]
    wrong = candidates(query="runc", properties=[{"pid": "implements", "v": {"id": "cri"}}])[0]
    assert (wrong["score"], wrong["match"]) == (50, False)
    half = candidates(
        query="runc",
        properties=[
            {"pid": "implements", "v": ["cri", "runtime-spec"]},
            {"pid": "kind", "v": "IMAGE"},
        ],
    )[0]
    assert (half["score"], half["match"]) == (75, False)


@pytest.mark.parametrize(
    ("properties", "ids"),
    [
        ([{"pid": "succeeds", "v": "heapster"}], ["metrics-server"]),
        ([{"pid": "repository", "v": "https://example.org/ceph-csi/"}], ["ceph-csi"]),
        ([{"pid": "implements", "v": "cni"}, {"pid": "implements", "v": "nothing"}], []),
        # Nothing implements a tool: a value of a kind that cannot stand there finds nothing.
        ([{"pid": "implements", "v": "runc"}], []),
    ],
)
def test_properties_alone_find_things(properties: list[Any], ids: list[str]) -> None:
    assert matched(properties=properties) == ids


def test_entities_properties_and_types_are_suggested() -> None:
    listed = {"type": "object", "required": ["result"], "properties": {"result": {
        "type": "array", "items": NAMED}}}  # fmt: skip
    found = held(listed, get("/reconcile/suggest/entity", prefix="contai"))["result"]
    assert found[0]["id"] == "containerd"
    assert found[0]["notable"] == [{"id": "Tool", "name": "Tool"}]
    rest = held(listed, get("/reconcile/suggest/entity", prefix="contai", cursor="1"))["result"]
    assert rest == found[1:]
    assert held(listed, get("/reconcile/suggest/entity", prefix="")) == {"result": []}
    found = held(listed, get("/reconcile/suggest/property", prefix="impl"))["result"]
    assert [one["id"] for one in found] == [
        "implements", "implementedBy", "partlyImplementedBy",
    ]  # fmt: skip
    found = held(listed, get("/reconcile/suggest/type", prefix="spec"))["result"]
    assert [one["id"] for one in found] == ["Specification"]


def test_properties_of_a_type_are_proposed() -> None:
    told = get("/reconcile/properties", type="Image").json
    ids = {one["id"] for one in told["properties"]}
    assert {"dockerfile", "hasInstruction", "homepage"} <= ids
    assert "scheme" not in ids
    few = get("/reconcile/properties", type="Image", limit="2").json
    assert (len(few["properties"]), few["limit"], few["type"]) == (2, 2, "Image")


@pytest.mark.parametrize("limit", ["2", 2, 2.0])
def test_a_column_holds_as_many_values_as_its_settings_ask_for(limit: object) -> None:
    column = {"id": "implementedBy", "settings": {"limit": limit}}
    told = post(extend={"ids": ["oci-runtime-spec"], "properties": [column]})
    assert len(held(EXTENSION, told)["rows"]["oci-runtime-spec"]["implementedBy"]) == 2


def test_columns_are_added_for_things_that_were_matched() -> None:
    asked = {
        "ids": ["minimal-image", "flannel", "no-such-thing"],
        "properties": [
            {"id": "implements"}, {"id": "dockerfile"}, {"id": "labelZh"},
            {"id": "kind", "settings": {"limit": "1"}},
        ],
    }  # fmt: skip
    told = held(EXTENSION, post(extend=asked))
    assert [one["id"] for one in told["meta"]] == ["implements", "dockerfile", "labelZh", "kind"]
    assert told["rows"]["minimal-image"] == {
        "implements": [], "dockerfile": [{"str": "FROM scratch"}],
        "labelZh": [{"str": "最小镜像"}], "kind": [{"str": "IMAGE"}],
    }  # fmt: skip
    cni = {"id": "cni", "name": "Container Network Interface"}
    assert told["rows"]["flannel"]["implements"] == [cni]
    assert told["rows"]["no-such-thing"] == {
        "implements": [], "dockerfile": [], "labelZh": [], "kind": [],
    }  # fmt: skip
    assert held(EXTENSION, get("/reconcile", extend=json.dumps(asked))) == told


def test_every_property_can_be_fetched() -> None:
    listed = get("/reconcile/properties").json["properties"]
    ids = ["docker-engine", "cni", "cncf", "minimal-image"]
    for start in range(0, len(listed), 20):
        wanted = [{"id": one["id"]} for one in listed[start : start + 20]]
        held(EXTENSION, post(extend={"ids": ids, "properties": wanted}))


def test_the_preview_may_be_framed_and_runs_nothing() -> None:
    told = get("/reconcile/preview", id="minimal-image")
    assert '<h1><a href="http://graph.example/e/minimal-image"' in told.body.decode()
    policy = told.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("frame-ancestors *")
    assert "script" not in policy
    assert "frame-ancestors 'none'" in get("/e/minimal-image").headers["content-security-policy"]
    assert get("/reconcile/preview", id="<b>").status == 404


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        ({"queries": "{"}, 400, "queries: no JSON: "),
        ({"queries": "[1]"}, 400, "queries: [1] is no object"),
        ({"queries": {"q0": {}}}, 400, "'q0': write a query, or properties"),
        ({"queries": {"q0": {"query": 1}}}, 400, "'q0': query: 1 is no text"),
        ({"queries": {"q0": {"query": "a", "limit": 0.5}}}, 400, "limit: 0.5 is no number"),
        ({"queries": {"q0": {"query": "a", "props": []}}}, 400, "did you mean: properties?"),
        ({"queries": {"q0": {"query": "a", "type_strict": "most"}}}, 400, "any, should, all"),
        ({"queries": {"q0": {"properties": []}}}, 400, "write a query, or properties"),
        ({"queries": {"q0": {"query": "a", "properties": [{"pid": "kind"}]}}}, 400, "pid and v"),
        ({"queries": {str(n): {"query": "a"} for n in range(51)}}, 413, "51 are too many"),
        ({"queries": {"q0": {"query": "a"}}, "callback": "f"}, 400, "JSONP is not offered"),
        ({"extend": {"ids": []}}, 400, 'extend: write {"ids": [...]'),
        ({"extend": {"ids": ["a"] * 101, "properties": []}}, 413, "at most 100 ids"),
        ({}, 400, "write queries or extend"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told_what_would_be_right(
    given: dict[str, Any], status: int, message: str
) -> None:
    told = post(**given)
    assert told.status == status
    assert message in told.json["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"query": "runc", "type": "Tol"}, "unknown type 'Tol'; did you mean: Tool?"),
        ({"properties": [{"pid": "uid", "v": "27"}]}, "unknown property 'uid'; "),
        ({"properties": [{"pid": "aliases", "v": "a"}]}, "'aliases' needs a query beside it"),
    ],
)
def test_what_can_find_nothing_is_told_beside_an_answer_of_the_specification(
    query: dict[str, Any], message: str
) -> None:
    """So that one wrong row fails no others of its batch."""
    told = held(RESULTS, post(queries={"q0": query, "q1": {"query": "runc"}}))
    assert told["q0"]["result"] == []
    assert message in told["q0"]["errors"][0]["message"]
    assert told["q1"]["result"][0]["match"]
    assert "errors" not in told["q1"]


def test_a_property_that_there_is_not_is_held_by_nothing() -> None:
    told = post(queries={"q0": {"query": "runc", "properties": [{"pid": "implement", "v": 1}]}})
    answer = held(RESULTS, told)["q0"]
    assert (answer["result"][0]["score"], answer["result"][0]["match"]) == (50, False)
    assert "did you mean: implements" in answer["errors"][0]["message"]
    column = held(EXTENSION, post(extend={"ids": ["runc"], "properties": [{"id": "implement"}]}))
    assert column["rows"] == {"runc": {"implement": []}}
    assert column["meta"] == [{"id": "implement", "name": "implement"}]
    assert "did you mean: implements" in column["errors"][0]["message"]


def test_a_blank_query_finds_nothing_and_fails_nothing() -> None:
    told = held(RESULTS, post(queries={"q0": {"query": " "}, "q1": {"query": ""}}))
    assert told == {"q0": {"result": []}, "q1": {"result": []}}


ODD = [
    "1e400",
    "null",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    '"\\u0000"',
    '"\\ud800"',
    "-1",
    "true",
    '"' + "a" * 9_000 + '"',
]


@pytest.mark.parametrize("odd", ODD)
def test_no_value_makes_the_service_fail(odd: str) -> None:
    queries = [
        f'{{"q": {{"query": "a", "{name}": {odd}}}}}' for name in ("limit", "type", "properties")
    ]
    queries += [f'{{"q": {odd}}}', f'{{"q": {{"query": {odd}}}}}']
    queries += [
        f'{{"q": {{"query": "runc", "properties": [{{"pid": "{id}", "v": {odd}}}]}}}}'
        for id in ("implements", "homepage", "kind", "aliases")
    ]
    queries += [f'{{"q": {{"properties": [{{"pid": "{id}", "v": {odd}}}]}}}}'
                for id in ("implements", "homepage", "status", "kind")]  # fmt: skip
    told = [post(queries=one) for one in queries]
    told += [post(extend=f'{{"ids": {odd}, "properties": {odd}}}')]
    told += [
        post(extend=f'{{"ids": [{odd}], "properties": [{{"id": "kind", "settings": {odd}}}]}}')
    ]
    told += [post(extend=f'{{"ids": ["runc"], "properties": [{odd}]}}')]
    assert [one.body for one in told if one.status not in (200, 400)] == []


def test_a_large_or_foreign_body_is_refused() -> None:
    large = asyncio.run(
        ask(app(), "POST", "/reconcile", b"queries=" + b"a" * 300_000, headers=FORM)
    )
    assert large.status == 413
    assert asyncio.run(ask(app(), "POST", "/reconcile", b"{}")).status == 415
    assert asyncio.run(ask(app(), "DELETE", "/reconcile")).status == 405


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/suggest/entity", "/reconcile/preview"])
def test_pages_of_other_sites_may_ask(path: str) -> None:
    asked = asyncio.run(ask(app(), "OPTIONS", path, headers=((b"origin", b"https://a.example"),)))
    assert (asked.status, asked.headers["access-control-allow-origin"]) == (204, "*")
    assert get("/reconcile", extend="x").headers["access-control-allow-origin"] == "*"
