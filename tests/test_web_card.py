"""The image that stands for the pages shows what the dataset says; `make card` draws it anew."""

from __future__ import annotations

import os
from pathlib import Path

from ecograph.api.operations import read_operations
from ecograph.service import open_service
from ecograph.settings import bundled
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup
from tests.drawing import drawn, labels

CARD = Path(__file__).parent / "golden" / "card.txt"
VARIABLES = {"spec": "oci-runtime-spec"}
FOOT = ("Sources:", "Dataset ")
"""How the foot begins, which changes with every version of the dataset and every source."""


def test_the_card_shows_what_the_dataset_says() -> None:
    service = open_service()
    operation = read_operations(bundled("queries"))["Implementers"]
    data = service.query(operation.document, VARIABLES)["data"]
    asked = Asked(operation.name, operation.question, VARIABLES)
    shown = labels(drawn(compose(data, Lookup(service.graph_of(data, None)), asked)))
    foot = next(n for n, text in enumerate(shown) if text.startswith(FOOT))
    told = "\n".join(shown[:foot]) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        CARD.write_text(told, "utf-8")
    assert told == CARD.read_text("utf-8"), "the card is of another day: run `make card`"
