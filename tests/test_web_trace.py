"""Spans of OpenTelemetry: of a request, its plan and its run; none without the package."""

from __future__ import annotations

import sys

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web import app as app_module
from ecograph.web.app import make_app
from ecograph.web.log import Log
from ecograph.web.trace import make_trace
from tests.calling import post
from tests.world import world

PARENT = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
QUERY = 'query Secret { node(id: "runc") { id } }'


def test_a_request_has_spans_below_the_one_of_its_client(monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(app_module, "make_trace", lambda: make_trace(provider))
    reply = post(make_app(Service(world()), Settings(trace=True)), QUERY, traceparent=PARENT)
    assert reply.status == 200
    plan, run, request = exporter.get_finished_spans()
    assert [plan.name, run.name, request.name] == [
        "ecograph.plan",
        "ecograph.run",
        "ecograph.request",
    ]
    assert request.context.trace_id == 0x0123456789ABCDEF0123456789ABCDEF
    assert request.parent is not None
    assert request.parent.span_id == 0x0123456789ABCDEF
    for step in (plan, run):
        assert step.parent is not None
        assert step.parent.span_id == request.context.span_id
    assert "Secret" not in "".join(span.to_json() for span in (plan, run, request))
    provider.shutdown()


def test_without_the_package_there_are_no_spans_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [n for n in sys.modules if n.split(".")[0] == "opentelemetry"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    written: list[str] = []
    app = make_app(Service(world()), Settings(trace=True), Log(written.append))
    assert post(app, QUERY).status == 200
    assert "ecograph[otel]" in written[0]
