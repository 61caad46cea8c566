"""What a plan tells of: the types of record, and where their references lead."""

from __future__ import annotations

Record = str
"""The name of a record type, a key of RECORDS."""

RECORDS: dict[Record, dict[str, Record]] = {
    "entity": {"history": "event", "evidence": "evidence", "self": "entity"},
    "statement": {
        "subject": "entity", "object": "entity", "evidence": "evidence", "self": "statement",
    },
    "source": {},
    "evidence": {"source": "source"},
    "event": {"evidence": "evidence"},
    "row": {
        "node": "node", "statement": "statement", "path": "path", "matched": "match",
        "evidence": "evidence",
    },
    "match": {},
    "path": {"nodes": "entity", "hops": "hop"},
    "hop": {"statement": "statement", "from": "entity", "to": "entity"},
    "routes": {"routes": "route"},
    "route": {"path": "path"},
    "connection": {"pageInfo": "pageInfo", "nodes": "node", "edges": "row"},
    "pageInfo": {},
    "subgraph": {"nodes": "row", "statements": "statement"},
    "claim": {"subject": "entity", "object": "entity", "statements": "statement"},
    "facet": {"values": "facetValue"},
    "facetValue": {},
    "change": {
        "entity": "entity", "event": "event", "statement": "statement", "evidence": "evidence",
    },
    "dataset": {"kinds": "tally", "relations": "tally"},
    "tally": {},
}  # fmt: skip
"""Record type -> what its references lead to; "node" stands for the node of the select's rows, and
`self` leads back to the record, to tell it under several shapes."""
