"""What the reconciliation service says of itself."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from ecograph.service import Service
from ecograph.web.reconcile_queries import type_of

BATCH = 50
"""Queries of a batch."""
WIDTH, HEIGHT = 430, 200
"""Pixels of a preview."""


def manifest_of(service: Service, origin: str) -> dict[str, Any]:
    """The manifest of a service that is asked at an origin."""
    ontology, here = service.outline.ontology, f"{origin}/reconcile"
    suggest = {
        what: {"service_url": origin, "service_path": f"/reconcile/suggest/{what}"}
        for what in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": service.outline.title["en"],
        "identifierSpace": f"{origin}/e/",
        "schemaSpace": f"{origin}/schema.graphql",
        "documentation": f"{origin}/docs/openrefine.md",
        "serviceVersion": version("ecograph"),
        "logo": f"{origin}/icon.svg",
        "defaultTypes": [type_of(ontology, kind) for kind in ontology.kinds],
        "view": {"url": f"{origin}/e/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {
                "service_url": origin, "service_path": "/reconcile/properties",
            },
            "property_settings": [
                {
                    "name": "limit", "label": "Limit", "type": "number", "default": 0,
                    "help_text": "The most values of a row; 0 for all, up to 100.",
                },
            ],
        },
        "batchSize": BATCH,
    }  # fmt: skip
