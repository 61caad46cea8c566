"""Two ways to one answer: the plan's bytes, and graphql-core walking the rows of the same plan."""

from __future__ import annotations

import orjson
from graphql import parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answers import service
from tests.documents import documents

BESIDE = "beside: __schema { queryType { name } }"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=st.deferred(lambda: documents(service().api.core)), yes=st.booleans())
def test_plan_and_executor_answer_alike(document: str, yes: bool) -> None:
    api = service().api
    assert validate(api.core, parse(document.replace("BESIDE", ""))) == []
    before = api.counters.fallbacks
    plain = service().query(document.replace("BESIDE", ""), {"yes": yes})
    assert api.counters.fallbacks == before
    walked = service().query(document.replace("BESIDE", BESIDE), {"yes": yes})
    assert api.counters.fallbacks == before + 1
    assert walked["data"].pop("beside") == {"queryType": {"name": "Query"}}
    # As text, so that the order of keys counts at every depth.
    assert orjson.dumps(walked) == orjson.dumps(plain)
