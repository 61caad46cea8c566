"""How one thing comes to another: straight down where there is such a way, else by the shortest.

The shortest way between two things often leads over a third that merely has to do with both. One
that leads straight down, from what needs a thing to that thing and from an interface to what
provides it, says how the one comes to the other; a little longer, it still says more.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ecograph.model.ontology import Ontology, screaming

_PATH = """
    nodes { id kind name }
    hops {
      forward
      statement { id relation evidence { source { title url } locator } }
      sentence(lang: EN)
      sentenceZh: sentence(lang: ZH)
    }
"""
DEPENDS = f"""query Asked($from: String!, $to: String!) {{
  path(from: $from, to: $to, along: "(uses|requires)+") {{{_PATH}  }}
}}
"""
WAY = f"""query Asked($from: String!, $to: String!, $along: PathExpression!) {{
  down: path(from: $from, to: $to, along: $along) {{{_PATH}  }}
  up: path(from: $to, to: $from, along: $along) {{{_PATH}  }}
  shortest: path(from: $from, to: $to) {{{_PATH}  }}
}}
"""
SHORTEST = f"""query Asked($from: String!, $to: String!) {{
  shortest: path(from: $from, to: $to) {{{_PATH}  }}
}}
"""
LONGER = 2
"""How many steps longer than the shortest way one may be that leads straight down."""


def straight_down(ontology: Ontology) -> str:
    """The path expression of the ways that lead straight down; they may end above the last step.

    Empty if the ontology has no relation that leads there.
    """
    provides = ontology.of_interfaces
    down = [*ontology.bound_by("needs", "requires", "supports"), *(f"^{name}" for name in provides)]
    if not down:
        return ""
    end = f"/({'|'.join(provides)})?" if provides else ""
    return f"({'|'.join(down)})*{end}"


def best_way(ontology: Ontology, data: Mapping[str, Any]) -> Any:
    """The way that says most of how two things are related, a path of `WAY`; None if there is none.

    The shortest where it has one step. Else the least of it and of those straight down from either
    of the two that are little longer: a step that is merely supported counts as three, and so does
    one by which the shortest way turns, as over what two things both use.
    """
    shortest = data.get("shortest")
    if not shortest or len(shortest["hops"]) < 2:
        return shortest
    optional = set(map(screaming, ontology.bound_by("supports")))
    upward = set(map(screaming, ontology.of_interfaces))

    def cost(way: Any) -> int:
        steps = [(hop["statement"]["relation"], hop["forward"]) for hop in way["hops"]]
        down = [forward != (relation in upward) for relation, forward in steps]
        turns = sum(a != b for a, b in pairwise(down)) if way is shortest else 0
        return len(steps) + 2 * (turns + sum(relation in optional for relation, _ in steps))

    most = len(shortest["hops"]) + LONGER
    straight = (data.get("down"), data.get("up"))
    return min([*(w for w in straight if w and len(w["hops"]) <= most), shortest], key=cost)
