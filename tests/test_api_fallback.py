"""Two ways to one answer: the plan's bytes, and graphql-core walking the rows of the same plan."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from graphql import parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.api.limits import Limits
from ecograph.api.run import Api
from ecograph.service import index_names
from ecograph.store.memory import MemoryStore
from tests.documents import documents
from tests.world import world

BESIDE = "beside: __schema { queryType { name } }"


@cache
def api() -> Api:
    """The API over the shared world, with limits that no drawn document comes near."""
    store = MemoryStore()
    store.fill(world())
    wide = Limits(
        size=10**6, tokens=10**6, depth=100, aliases=10**6, directives=10**6, fields=10**6,
        objects=10**12,
    )  # fmt: skip
    names = index_names(world())
    return Api(world(), store, names, answer_cache=0, deadline=None, limits=wide)


def ask(document: str, yes: bool) -> Any:
    return orjson.loads(api().answer(document, {"yes": yes}).body)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=st.deferred(lambda: documents(api().core)), yes=st.booleans())
def test_plan_and_executor_answer_alike(document: str, yes: bool) -> None:
    counters = api().counters
    assert validate(api().core, parse(document.replace("BESIDE", ""))) == []
    before = counters.fallbacks
    plain = ask(document.replace("BESIDE", ""), yes)
    assert counters.fallbacks == before
    walked = ask(document.replace("BESIDE", BESIDE), yes)
    assert counters.fallbacks == before + 1
    assert walked["data"].pop("beside") == {"queryType": {"name": "Query"}}
    # As text, so that the order of keys counts at every depth.
    assert orjson.dumps(walked) == orjson.dumps(plain)
