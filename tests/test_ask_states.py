"""Whether a thing is in a state, or was: present values and dated events."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.ask.readings import Life, Thing
from ecograph.ask.states import judge
from tests.world import ontology


def entity(status: str | None, maturity: str | None, *events: str) -> dict[str, Any]:
    history = [{"date": day, "event": name} for day, _, name in (e.partition(" ") for e in events)]
    return {"status": status, "maturity": maturity, "history": history}


DOCKERSHIM = entity("ENDED", None, "2016-12 BEGUN", "2020-12-08 DEPRECATED", "2022-05-03 ENDED")
KUBERNETES = entity(
    "ACTIVE", "GRADUATED",
    "2014-06-06 BEGUN", "2016-03-10 ACCEPTED_INCUBATING", "2018-03-06 GRADUATED",
)  # fmt: skip
OPENTRACING = entity("ACTIVE", "ARCHIVED", "2015-11-26 BEGUN", "2021-08-20 ARCHIVED_BY_CNCF")
REVIVED = entity("ACTIVE", None, "2019 BEGUN", "2020 ARCHIVED", "2021 REVIVED")
SILENT = entity(None, None)


@pytest.mark.parametrize(
    ("told", "asks", "value", "now", "ever"),
    [
        (DOCKERSHIM, "status", "DEPRECATED", "was", "was"),
        (DOCKERSHIM, "status", "ENDED", "is", "is"),
        (DOCKERSHIM, "status", "ACTIVE", "is not", "was"),
        (DOCKERSHIM, "status", "ARCHIVED", "is not", "unsaid"),
        (KUBERNETES, "maturity", "INCUBATING", "no longer", "was"),
        (KUBERNETES, "maturity", "SANDBOX", "is not", "unsaid"),
        (KUBERNETES, "status", "ARCHIVED", "is not", "unsaid"),
        (OPENTRACING, "status", "ARCHIVED", "is", "is"),
        (OPENTRACING, "maturity", "ARCHIVED", "is", "is"),
        (REVIVED, "status", "ARCHIVED", "no longer", "was"),
        (SILENT, "status", "ARCHIVED", "no value", "no value"),
    ],
)
def test_a_state_is_judged_by_present_values_and_by_events(
    told: dict[str, Any], asks: str, value: str, now: str, ever: str
) -> None:
    thing = Thing("x", "Tool", "x")
    assert judge(ontology(), Life(thing, asks, value), told).known == now
    assert judge(ontology(), Life(thing, asks, value, ever=True), told).known == ever
