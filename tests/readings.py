"""What a plain question was understood as, as one line of text, for the tables of questions."""

from __future__ import annotations

from ecograph.ask.nouns import OPEN_SOURCE
from ecograph.ask.readings import (
    About,
    AnyOf,
    Compared,
    Condition,
    Depends,
    Happening,
    HasSome,
    HasValue,
    Life,
    Listing,
    Meaning,
    Named,
    Related,
    Thing,
    Value,
    Verdict,
    Way,
)


def told(meaning: Meaning) -> str:
    """`list Tool, implements=cri, status:ACTIVE as of 2018-12-31`; ~ marks a corrected name."""
    match meaning:
        case Listing(of, conditions, day, count):
            parts = [of.kind] if of.kind else []
            parts += [f"in {'|'.join(of.categories)}"] if of.categories else []
            parts += map(_condition, (*of.values, *conditions))
            return ("count " if count else "list ") + ", ".join(parts) + _as_of(day)
        case Verdict(subject, field, object_, when):
            return f"{'when' if when else 'whether'} {_id(subject)} {field} {_id(object_)}"
        case Depends(subject, object_):
            return f"whether {_id(subject)} depends on {_id(object_)}"
        case Happening(of, asks, _, since, until, count):
            parts = [of.kind] if of.kind else []
            parts += [f"in {'|'.join(of.categories)}"] if of.categories else []
            period = f" {since or ''}..{until or ''}" if since or until else ""
            return f"{'count' if count else 'to'} {', '.join(parts) or 'what'} {asks}{period}"
        case Way(start, end):
            return f"way {_id(start)} {_id(end)}"
        case About(thing):
            return f"about {_id(thing)}"
        case Life(thing, asks, value, since, ever, until):
            state = f"={value}{' ever' if ever else ''}" if value else ""
            days = f" {since}..{until}" if until else f" since {since}" if since else ""
            return f"life {_id(thing)} {asks}{state}{days}"
        case Value(thing, attribute):
            return f"value {_id(thing)} {attribute}"
        case Compared(one, other):
            return f"compare {_id(one)} {_id(other)}"
        case Named(operation, named, day, until):
            during = f"{day}..{until}" if until else day
            return " ".join(part for part in (operation, named and _id(named), during) if part)


def _as_of(day: str | None) -> str:
    return f" as of {day}" if day else ""


def _id(thing: Thing) -> str:
    return thing.id if thing.exact else f"{thing.id}~"


def _condition(condition: Condition) -> str:
    match condition:
        case Related(field, thing, negated, version):
            at = f"@{version}" if version else ""
            return f"{'not ' if negated else ''}{field}={_id(thing)}{at}"
        case HasValue(attribute, values, negated):
            said = "open source" if values == OPEN_SOURCE else "|".join(values)
            return f"{'not ' if negated else ''}{attribute}:{said}"
        case HasSome(field):
            return f"some {field}"
        case AnyOf(conditions):
            return f"({' or '.join(map(_condition, conditions))})"
