"""GraphQL over HTTP by the rules: every audit of graphql-http, by a client on node.

Source: https://github.com/graphql/graphql-http, serverAudits
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ecograph.service import Service
from tests.serving import serving
from tests.world import world

AUDIT = Path(__file__).parent / "audits" / "audit.mjs"
SECONDS = 60


@pytest.fixture(scope="module")
def audits() -> list[dict[str, Any]]:
    """What each audit found."""
    with serving(Service(world())) as address:
        done = subprocess.run(
            ["node", str(AUDIT), f"{address}/graphql"],
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_all_audits_are_made(audits: list[dict[str, Any]]) -> None:
    assert (len(audits), len({audit["id"] for audit in audits})) == (61, 61)


def test_no_audit_has_as_much_as_a_notice(audits: list[dict[str, Any]]) -> None:
    assert [audit for audit in audits if audit["status"] != "ok"] == []
