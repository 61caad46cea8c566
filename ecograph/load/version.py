"""The version of a dataset: a hash of its content, whatever the layout of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from ecograph.load.sources import Dataset
from ecograph.model.graph import Entity, Source, Statement
from ecograph.model.ontology import Ontology


def hash_content(
    ontology: Ontology,
    dataset: Dataset,
    sources: Mapping[str, Source],
    entities: Iterable[Entity],
    statements: Iterable[Statement],
) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the content in a canonical JSON form.

    Expects sources, entities and statements in the order of their ids. The keys of mappings are
    sorted, but not the ontology's: there the order has a meaning.
    """
    digest = hashlib.sha256(orjson.dumps(ontology.model_dump(mode="json")))
    parts: tuple[Iterable[Any], ...] = ([dataset], sources.values(), entities, statements)
    for part in parts:
        for value in part:
            digest.update(b"\n")
            digest.update(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
        digest.update(b"\n")
    return digest.hexdigest()[:16]
