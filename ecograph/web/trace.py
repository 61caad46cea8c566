"""Spans of OpenTelemetry, if its package is there and tracing is on; nothing otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol


class Trace(Protocol):
    """Makes the span of a step; its attributes hold nothing that a client wrote."""

    def __call__(self, name: str, **attributes: str) -> AbstractContextManager[Any]:
        """A span, ended with the block."""
        ...


_NOTHING: AbstractContextManager[Any] = nullcontext()


def no_trace(name: str, **attributes: str) -> AbstractContextManager[Any]:
    """No span."""
    return _NOTHING


Continued = Callable[[Iterable[tuple[bytes, bytes]]], AbstractContextManager[Any]]
"""A request's headers -> its span, below that of the client if the headers name one."""


def make_trace(provider: Any = None) -> tuple[Trace, Continued] | None:
    """How to make spans, of steps and of requests; None without OpenTelemetry.

    Without a provider they go to the one that is set, else where OTEL_EXPORTER_OTLP_... says.
    """
    try:
        from opentelemetry import propagate, trace
    except ImportError:
        return None
    tracer = trace.get_tracer("ecograph", tracer_provider=provider or _provider())

    def step(name: str, **attributes: str) -> AbstractContextManager[Any]:
        span: AbstractContextManager[Any] = tracer.start_as_current_span(
            name, attributes=attributes
        )
        return span

    def request(headers: Iterable[tuple[bytes, bytes]]) -> AbstractContextManager[Any]:
        carrier = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in headers
            if name in _CARRIED
        }
        span: AbstractContextManager[Any] = tracer.start_as_current_span(
            "ecograph.request", context=propagate.extract(carrier), kind=trace.SpanKind.SERVER
        )
        return span

    return step, request


_CARRIED = frozenset({b"traceparent", b"tracestate"})


def _provider() -> Any:
    """A provider that exports by OTLP, if none was set and the exporter is there."""
    from opentelemetry import trace

    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        return None
    if not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": "ecograph"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
