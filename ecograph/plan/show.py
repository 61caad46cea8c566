"""Plan -> readable, stable text: one line a step, indented by what it belongs to.

    specification: select one of entity
      seek entity $p0
      tell
        name
        label: label@zh
        implementedBy: select connection of entity
          expand in implements
          page first $p1
          tell
            totalCount

Left out: an order by id, and of long sets all but the first members.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ecograph.plan.automaton import Automaton, Symbols
from ecograph.plan.steps import (
    And,
    Changes,
    Claim,
    Compare,
    Const,
    Count,
    Dataset,
    Each,
    Expand,
    Get,
    Has,
    Key,
    Not,
    Or,
    Page,
    Param,
    Plan,
    Predicate,
    Ref,
    Root,
    Rows,
    Scan,
    Seek,
    Select,
    Shape,
    Source,
    Sources,
    Value,
    Walk,
)

MOST_NAMES = 6
"""Members of a set (relations, kinds, the symbols of a move) that a line shows."""

MOST_STATES = 20
"""States of an automaton that are shown."""

Part = Root | Select | Shape | Source | Predicate | Value


def show(plan: Plan) -> str:
    """The plan as text, one root after the other; equal plans give equal texts."""
    return "\n".join(line for root in plan.roots for line in _lines(root)) + "\n"


def _lines(part: Part) -> list[str]:
    """A part of a plan: its own line, then the indented lines of what belongs to it."""
    match part:
        case Root(key, select, as_of):
            day = "" if as_of is None else f" as of {_param(as_of)}"
            return _headed(f"{key}{day}: ", _lines(select))
        case Select():
            return [f"select {part.form} of {part.of}", *_indent(_clauses(part))]
        case Shape(told, cases):
            return [*_told(told), *_cases(cases)]
        # Where rows come from
        case Seek(ids, of, carried):
            return [f"seek {of} {_param(ids)}" + (" carried" if carried else "")]
        case Scan(kinds):
            return [f"scan {_some(kinds)}"]
        case Expand(relations, side, include, everything, negated, begun):
            narrowed = [f" include {name}" for name in include]
            narrowed += [" everything"] if everything else []
            narrowed += [] if negated is None else [" denied" if negated else " affirmed"]
            narrowed += [" begun"] if begun else []
            return [f"expand {side} {_some(relations)}{''.join(narrowed)}"]
        case Walk(mode, automaton, start, to, limit, most):
            ends = {"from": start, "to": to, "limit": limit, "most": most}
            said = "".join(f" {name} {_param(p)}" for name, p in ends.items() if p is not None)
            return [f"walk {mode}{said}", *_indent(_automaton(automaton))]
        case Claim(subject, relation, object_):
            return [f"claim {_param(subject)} {_param(relation)} {_param(object_)}"]
        case Count(over, by):
            return [f"count by {', '.join(by)}", *_indent(_headed("over: ", _lines(over)))]
        case Dataset():
            return ["dataset"]
        case Sources():
            return ["sources"]
        case Changes(found):
            return [f"changes {_param(found)}"]
        # Which rows count
        case And(parts):
            return ["and", *_indent(line for p in parts for line in _lines(p))]
        case Or(parts):
            return ["or", *_indent(line for p in parts for line in _lines(p))]
        case Not(inner):
            return _headed("not ", _lines(inner))
        case Compare(attribute, operator, value):
            return [f"{attribute} {operator} {_param(value)}"]
        case Has(expand, where):
            return [*_headed("has ", _lines(expand)), *_indent(_lines(where))]
        # What is told of a record
        case Const(text):
            return [json.dumps(text, ensure_ascii=False)]
        case Get(name, lang):
            return [name if lang is None else f"{name}@{lang}"]
        case Ref(name, shape):
            return [f"one {name}", *_indent(_lines(shape))]
        case Each(name, shape, most):
            first = "" if most is None else f" first {most}"
            return [f"each {name}{first}", *_indent(_lines(shape))]
        case Rows(select):
            return _lines(select)
        case _:
            assert_never(part)


def _clauses(select: Select) -> Iterator[str]:
    """What a select says below its own line."""
    yield from _lines(select.source)
    if select.where is not None:
        yield from _headed("where ", _lines(select.where))
    if select.order != (Key("id"),):
        keys = [f"{k.name} desc" if k.descending else k.name for k in select.order]
        yield f"order {', '.join(keys)}"
    if select.page is not None:
        yield _page(select.page)
    if select.among:
        yield f"among {_some(select.among)}"
    if select.shape != Shape():
        yield "tell"
        yield from _indent(_lines(select.shape))


def _page(page: Page) -> str:
    ends = {"first": page.first, "after": page.after, "last": page.last, "before": page.before}
    return "page" + "".join(f" {name} {_param(p)}" for name, p in ends.items() if p is not None)


def _told(told: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """`key: value`, or the key alone where it is the name of what it tells."""
    for key, value in told:
        first, *below = _lines(value)
        yield key if first == key else f"{key}: {first}"
        yield from below


def _cases(cases: Iterable[tuple[str, Shape]]) -> Iterator[str]:
    """Kinds of which the same is told stand together."""
    alike: dict[Shape, list[str]] = {}
    for kind, shape in cases:
        alike.setdefault(shape, []).append(kind)
    for shape, kinds in alike.items():
        yield f"case {_some(kinds)}"
        yield from _indent(_lines(shape))


def _automaton(automaton: Automaton) -> Iterator[str]:
    """`over` a set where every walk over it is accepted; else the moves of each state."""
    if automaton.states == 1 and automaton.accepts_empty:
        (row,) = automaton.moves
        yield "over " + ("".join(_symbols(symbols) for symbols, _ in row) or "nothing")
        return
    for state, row in enumerate(automaton.moves[:MOST_STATES]):
        moves = [f"{_symbols(symbols)} -> {following}" for symbols, following in row]
        accepts = " accepts" if state in automaton.accepting else ""
        yield f"state {state}{accepts}" + (f": {'; '.join(moves)}" if moves else "")
    if automaton.states > MOST_STATES:
        yield f"and {automaton.states - MOST_STATES} more states"


def _symbols(symbols: Symbols) -> str:
    ordered = sorted(symbols, key=lambda symbol: (symbol[0], not symbol[1]))
    return _some([name if forward else f"^{name}" for name, forward in ordered])


def _some(names: Sequence[str]) -> str:
    shown = "|".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}|and {len(names) - MOST_NAMES} more"


def _param(param: Param) -> str:
    return f"${param.name}"


def _headed(head: str, lines: Sequence[str]) -> list[str]:
    return [head + lines[0], *lines[1:]]


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
