"""The schema as text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ecograph.api.schema import print_sdl
from ecograph.model.ontology import Ontology

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    text = (ROOT / "data" / "ontology.yaml").read_text(encoding="utf-8")
    return Ontology.model_validate(yaml.safe_load(text))


def print_with_seed(seed: str) -> str:
    program = (
        "import sys, yaml\n"
        "from ecograph.api.schema import print_sdl\n"
        "from ecograph.model.ontology import Ontology\n"
        "data = yaml.safe_load(open('data/ontology.yaml', encoding='utf-8'))\n"
        "sys.stdout.buffer.write(print_sdl(Ontology.model_validate(data)).encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_text_is_the_same_for_every_build_and_hash_seed(ontology: Ontology) -> None:
    text = print_sdl(ontology)
    assert print_sdl(ontology) == text
    assert print_with_seed("1") == text
    assert print_with_seed("2") == text


def test_schema_graphql_is_what_the_ontology_gives(ontology: Ontology) -> None:
    same = (ROOT / "schema.graphql").read_text(encoding="utf-8") == print_sdl(ontology)
    assert same, "schema.graphql is out of date: write print_sdl(ontology) to it"
