"""Questions of swap and compatibility, with ids in the place of what has one."""

from __future__ import annotations

from functools import cache
from typing import Any

from ecograph.service import Service, open_service
from tests.answers import data

SWAP = """query Q($from: String!, $to: String!, $day: Date) {
  swap(from: $from, to: $to, asOf: $day) {
    between { id }
    interfaces { outcome interface { id } from { id } to { id } users { id } }
    users { outcome user { id } from { id } to { id }
      through { outcome interface { id } user { id } from { id } to { id } } } } }"""
COMPATIBLE = """query Q($a: String!, $b: String!) {
  compatible(a: $a, b: $b) {
    fit a { id } b { id } between { id }
    shared { fit interface { id } a { id relation strength } b { id relation strength } } } }"""
BETWEEN = """query Q($a: String!, $b: String!, $day: Date) {
  compatible(a: $a, b: $b, asOf: $day) {
    fit lacking { fit interface { id } a { id } b { id } }
    adapters { holds adapter { id } adapted { id } interface { id }
      adapts { id } provides { id } needs { id } } } }"""


def swap(first: str, second: str, of: Service | None = None, day: str | None = None) -> Any:
    """Ids in the place of what has one."""
    told = data(SWAP, of, **{"from": first, "to": second, "day": day})["swap"]
    return ids(told)


def ids(value: Any) -> Any:
    if isinstance(value, list):
        return [ids(one) for one in value]
    if isinstance(value, dict):
        return value["id"] if value.keys() == {"id"} else {k: ids(v) for k, v in value.items()}
    return value


def outcomes(records: list[Any], of: str) -> dict[str, str]:
    return {record[of]: record["outcome"] for record in records}


@cache
def shipped() -> Service:
    return open_service(answer_cache=0, deadline=None)
