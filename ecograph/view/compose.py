"""What an answer speaks of -> a picture: which form, which labels, which groups, whose sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ecograph.model.dates import earliest
from ecograph.model.days import began, period
from ecograph.model.graph import Statement
from ecograph.view.exchange import Exchange, group_exchange
from ecograph.view.fold import MOST, shorten
from ecograph.view.gather import Found, Lookup, gather
from ecograph.view.notes import label_of, note_of
from ecograph.view.picture import Credit, Edge, Form, Group, Node, Picture, clean
from ecograph.view.scene import SEPARATOR
from ecograph.view.words import word

Link = Callable[[str], str]
TOLD = 40
"""The most sentences that tell a picture in words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the operation's name, its question in both languages, its variables.

    `focus` is an entity to be marked; `link` gives the address of an entity, empty for none.
    """

    name: str
    question: Mapping[str, str]
    variables: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    focus: str = ""
    link: Link = field(default=lambda _: "")


def compose(data: Any, lookup: Lookup, asked: Asked) -> Picture:
    """The picture of an answer's data."""
    found = gather(data, lookup)
    return _Composer(found, lookup, asked).compose()


class _Composer:
    def __init__(self, found: Found, lookup: Lookup, asked: Asked) -> None:
        self.found = found
        self.lookup = lookup
        self.graph = lookup.graph
        self.asked = asked
        self.language = asked.language
        self.ontology = lookup.graph.ontology
        self.day = str(asked.variables.get("asOf") or lookup.graph.as_of)

    def compose(self) -> Picture:
        found = self.found
        if found.top:
            return self._tree()
        if found.exchange is not None and found.exchange.lines:
            return self._swap(found.exchange)
        centre = self._centre()
        if centre:
            return self._around(centre)
        if found.statements:
            return self._layers()
        return self._list()

    # Forms

    def _centre(self) -> str:
        """What all statements are of, if there is such a thing; a path leads on from it."""
        found = self.found
        if found.centre:
            return found.centre if found.far <= 1 else ""
        if found.loose or any(len(way) > 2 for way in found.ways) or not found.statements:
            return ""
        if len(found.ways) == 1:
            return ""
        ends = [{s.subject, s.object} for s in map(self._statement, found.statements)]
        if len(ends) == 1 and self.asked.focus not in ends[0]:
            return next(iter(found.nodes)) if next(iter(found.nodes)) in ends[0] else ""
        shared = set.intersection(*ends)
        first = [id_ for id_ in found.nodes if id_ in shared]
        return first[0] if first else ""

    def _tree(self) -> Picture:
        found, top = self.found, self.found.top
        inner: dict[str, list[str]] = {}
        for category, above in found.under.items():
            inner.setdefault(above, []).append(category)
        drawn: dict[str, None] = {}
        statements: list[Statement] = []
        categories = {top, *found.under}

        def group(category: str, seen: frozenset[str]) -> Group:
            below = [c for c in inner.get(category, ()) if c not in seen]
            order = {c: self._order_of(c, category) for c in below}
            groups = tuple(group(c, seen | {c}) for c in sorted(below, key=lambda c: (order[c], c)))
            nodes: list[str] = []
            notes: dict[str, str] = {}
            for s in self.lookup.members(category):
                left_out = bool(found.listed) and s.subject not in found.listed
                if left_out or not self._holds(s):
                    continue
                nodes.append(s.subject)
                drawn[s.subject] = None
                statements.append(s)
                label = label_of(s, self.ontology, self.language)
                notes[s.subject] = label or self._status(s.subject)
            within = len(nodes) + sum(g.count for g in groups)
            count = found.counts.get(category, within)
            return Group(
                category, self._label(category), tuple(nodes), groups,
                count=max(count, within), link=self.asked.link(category), notes=notes,
            )  # fmt: skip

        whole = group(top, frozenset({top}))
        if len(drawn) > MOST:
            whole = shorten(whole)
            kept = {n for g in whole.every() for n in g.nodes}
            drawn = {n: None for n in drawn if n in kept}
            statements = [s for s in statements if s.subject in kept]
        # What a list names and no drawn category holds stands in the first.
        placed = {n for g in whole.every() for n in g.nodes}
        loose = tuple(n for n in found.nodes if n in found.listed and n not in placed)
        if loose:
            whole = replace(whole, nodes=(*whole.nodes, *loose))
        parts = len(categories) - 1
        subtitle = (
            word("parts", self.language, g=parts, n=whole.count)
            if parts
            else word("entries", self.language, n=whole.count)
        )
        edges = [self._edge(s) for s in statements]
        return self._picture(
            Form.TREE, self._label(top), subtitle, dict.fromkeys([*drawn, *loose]), edges,
            (whole,), centre=top,
        )  # fmt: skip

    def _swap(self, exchange: Exchange) -> Picture:
        """What becomes of each, in cards: with a line for each statement none could be read."""

        def relation(id_: str) -> str:
            return self._card_label(
                self._statement(id_).relation, True, self._statement(id_).negated
            )

        groups = group_exchange(exchange, self.language, self._label, relation)
        if len({n for g in groups for one in g.every() for n in one.nodes}) > MOST:
            groups = tuple(map(shorten, groups))
        drawn = dict.fromkeys(n for g in groups for one in g.every() for n in one.nodes)
        edges = [
            replace(self._edge(self._statement(id_)), source=line.thing,
                    target=f"{line.part}-{line.outcome}")
            for line in exchange.lines if line.thing in drawn
            for id_ in line.statements[:1]
        ]  # fmt: skip
        title = subtitle = clean(self.asked.question[self.language])
        if exchange.ends:
            a, b = map(self._label, exchange.ends)
            title = word("swap", self.language, a=a, b=b)
        told = word("swapped", self.language, n=len(set(exchange.things)))
        subtitle = told if title == subtitle else f"{subtitle} {told}"
        top = Group("swap", title, (), groups, count=len(set(exchange.things)))
        return self._picture(Form.TREE, title, subtitle, drawn, edges, (top,))

    def _around(self, centre: str) -> Picture:
        found = self.found
        touching: list[Statement] = []
        among = 0
        for id_ in found.statements:
            s = self._statement(id_)
            if not self._has_begun(s):
                continue
            if centre in (s.subject, s.object):
                touching.append(s)
            else:
                among += 1
        cards: dict[tuple[str, bool, bool], dict[str, str]] = {}
        rank = self.ontology.relation_rank
        for s in sorted(touching, key=lambda s: (rank[s.relation], s.subject != centre, s.negated)):
            other = s.object if s.subject == centre else s.subject
            outward = s.subject == centre or self.ontology.relations[s.relation].symmetric
            card = cards.setdefault((s.relation, outward, s.negated), {})
            card[other] = self._said(s, other)
        groups = tuple(
            Group(
                f"{'-' if negated else ''}{'' if outward else '^'}{relation}",
                self._card_label(relation, outward, negated), tuple(card), (), relation, outward,
                negated, whole, whole - len(card), notes=card,
            )
            for (relation, outward, negated), card in cards.items()
            for whole in [max(len(card), found.totals.get((centre, relation, outward, negated), 0))]
        )  # fmt: skip
        others = {n for g in groups for n in g.nodes} - {centre}
        in_all = len(others) + sum(g.more for g in groups)
        subtitle = [word("around", self.language, n=in_all, r=len(groups))]
        title = self._label(centre)
        if len(groups) == 1:
            title = f"{title} · {groups[0].label}"
            shown = len(groups[0].nodes)
            whole = max(found.whole or 0, groups[0].count)
            subtitle = [word("entries", self.language, n=shown)]
            if whole > shown:
                subtitle = [word("cut", self.language, n=shown, all=whole)]
        if among:
            subtitle.append(word("among", self.language, n=among))
        if found.truncated:
            subtitle.append(word("truncated", self.language))
        nodes = dict.fromkeys([centre, *(n for g in groups for n in g.nodes)])
        edges = [self._edge(s) for s in touching]
        return self._picture(
            Form.AROUND, title, word("comma", self.language).join(subtitle), nodes, edges, groups,
            centre=centre,
        )  # fmt: skip

    def _layers(self) -> Picture:
        found = self.found
        main = set(found.steps[0]) if found.ways and self._one_pair() else set()
        edges = [
            replace(self._edge(self._statement(id_)), back=back, main=id_ in main)
            for id_, back in found.statements.items()
        ]
        strong = {found.centre, self.asked.focus}
        title, subtitle = clean(self.asked.question[self.language]), ""
        if found.ways:
            starts = {way[0] for way in found.ways}
            strong |= starts if len(starts) == 1 else set()
            reached = {way[-1] for way in found.ways}
            if len(starts) == 1:
                title, subtitle = self._label(next(iter(starts))), title
            told = word("reached", self.language, n=len(reached))
            if found.whole is not None and found.whole > len(reached):
                told = word("cut", self.language, n=len(reached), all=found.whole)
            subtitle = " ".join(part for part in (subtitle, told) if part)
            if self._one_pair():
                a, b = found.ways[0][0], found.ways[0][-1]
                strong |= {a, b}
                title = word("from_to", self.language, a=self._label(a), b=self._label(b))
                subtitle = word("steps", self.language, n=len(found.ways[0]) - 1)
                if len(found.ways) > 1:
                    subtitle = word("ways", self.language, n=len(found.ways))
        else:
            subtitle = word("things", self.language, n=len(found.nodes), s=len(edges))
            named = self._named()
            if found.centre:
                title = self._label(found.centre)
            elif len(named) == 1:
                strong |= named
                title, subtitle = self._label(*named), f"{title} {subtitle}"
        if found.truncated:
            subtitle += word("comma", self.language) + word("truncated", self.language)
        return self._picture(
            Form.LAYERS, title, subtitle, found.nodes, edges, (), strong=strong - {""},
            centre=found.centre,
        )  # fmt: skip

    def _list(self) -> Picture:
        """Things without a statement among them: a card for each kind, in the answer's order."""
        kinds: dict[str, list[str]] = {}
        for id_ in self.found.nodes:
            # Of what was searched the order says more than the kinds.
            kind = "" if self.found.searched else self.graph.entities[id_].kind
            kinds.setdefault(kind, []).append(id_)
        groups = tuple(
            Group(kind or "found", self._kind(kind) if kind else "", tuple(ids), count=len(ids))
            for kind, ids in kinds.items()
        )
        shown, whole = len(self.found.nodes), self.found.whole
        subtitle = word("entries", self.language, n=shown)
        if whole is not None and whole > shown:
            subtitle = word("cut", self.language, n=shown, all=whole)
        if not shown:
            subtitle = word("nothing", self.language)
        title = clean(self.asked.question[self.language])
        if shown == 1 == len(self._named()):
            title, subtitle = self._label(*self._named()), title
        top = Group("all", title, (), groups, count=shown)
        return self._picture(Form.TREE, title, subtitle, self.found.nodes, [], (top,))

    # Parts

    def _named(self) -> set[str]:
        """The things of the answer that were asked about by their ids."""
        return self.found.nodes.keys() & {str(v) for v in self.asked.variables.values()}

    def _picture(
        self, form: Form, title: str, subtitle: str, nodes: Mapping[str, object],
        edges: list[Edge], groups: tuple[Group, ...], *, centre: str = "",
        strong: set[str] | None = None,
    ) -> Picture:  # fmt: skip
        marked = {centre, self.asked.focus, *(strong or ())}
        drawn = {
            id_: Node(
                id_, self.graph.entities[id_].kind, self._label(id_), self._status(id_),
                self.asked.link(id_), id_ in marked,
            )
            for id_ in nodes
        }  # fmt: skip
        graph, ontology = self.graph, self.ontology
        kinds = {n.kind for n in drawn.values()}
        relations = {e.relation for e in edges}
        sources: dict[str, None] = {}
        for edge in edges:
            for e in self._statement(edge.statement).evidence:
                sources[e.source] = None
        if not edges:
            for id_ in nodes:
                for e in graph.entities[id_].evidence:
                    sources[e.source] = None
        cited = [graph.sources[s] for s in sources if s in graph.sources]
        told = [edge.sentence for edge in edges if form is not Form.TREE]
        if len(told) > TOLD:
            told = [*told[:TOLD], word("more", self.language, n=len(told) - TOLD)]
        return Picture(
            form, self.language, title, subtitle, self.asked.name,
            clean(self.asked.question[self.language]), self.asked.variables, graph.version,
            word(
                "dataset", self.language,
                version=graph.version, day=self.day, license=graph.license,
            ),
            drawn, tuple(edges), groups, centre if centre in drawn else "",
            tuple(Credit(clean(s.title), s.url) for s in cited),
            {n: r.label.in_language(self.language) for n, r in ontology.relations.items()
             if n in relations},
            {n: k.label.in_language(self.language) for n, k in ontology.kinds.items()
             if n in kinds},
            {n: r for n, r in ontology.relation_rank.items() if n in relations},
            tuple(told),
        )  # fmt: skip

    def _statement(self, id_: str) -> Statement:
        return self.lookup.by_id[id_]

    def _one_pair(self) -> bool:
        return len({(way[0], way[-1]) for way in self.found.ways}) == 1

    def _holds(self, s: Statement) -> bool:
        """Whether a statement is in force on the picture's day (docs/decisions/0002)."""
        since, until = self._period(s)
        return since <= earliest(self.day) < until

    def _has_begun(self, s: Statement) -> bool:
        return self._period(s)[0] <= earliest(self.day)

    def _period(self, s: Statement) -> tuple[int, int]:
        ends = (began(self.graph.entities[id_], self.ontology) for id_ in (s.subject, s.object))
        return period(s, *ends)

    def _order_of(self, category: str, above: str) -> int:
        for s in self.lookup.parents(category):
            if s.object == above:
                return int(s.qualifiers.get("order") or 10**6)
        return 10**6

    def _label(self, id_: str) -> str:
        label = self.graph.entities[id_].label
        return clean(label.get(self.language) or label["en"]) or id_

    def _kind(self, kind: str) -> str:
        return self.ontology.kinds[kind].label.in_language(self.language)

    def _status(self, id_: str) -> str:
        value = self.found.nodes.get(id_)
        if value in (None, "ACTIVE"):
            return ""
        known = self.ontology.enumerations.get("Status", {}).get(str(value))
        return known.label.in_language(self.language) if known else ""

    def _card_label(self, relation: str, outward: bool, negated: bool) -> str:
        told = self.ontology.relations[relation]
        label = (told.label if outward else told.inverse_label).in_language(self.language)
        return word("not", self.language, what=label) if negated else label

    def _said(self, s: Statement, node: str) -> str:
        """What a card says of a node: that it is no longer active, then the statement's note."""
        return SEPARATOR.join(
            part for part in (self._status(node), note_of(s, self.ontology, self.language)) if part
        )

    def _edge(self, s: Statement) -> Edge:
        relation = self.ontology.relations[s.relation]
        label = relation.label.in_language(self.language)
        sentence = relation.sentence.in_language(self.language).format(
            subject=self._label(s.subject), object=self._label(s.object)
        )
        if s.negated:
            label = word("not", self.language, what=label)
            sentence = word("denied", self.language, what=sentence)
        titles = dict.fromkeys(
            clean(self.graph.sources[e.source].title)
            for e in s.evidence
            if e.source in self.graph.sources
        )
        return Edge(
            s.id, s.subject, s.object, s.relation, label, sentence,
            note_of(s, self.ontology, self.language), tuple(titles), s.negated, relation.symmetric,
        )  # fmt: skip
