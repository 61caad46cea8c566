"""The names of a dataset: from a name to the one entity, to suggestions, to search.

Built the same way over any store, so that lookup and ranking are equal on every store.
May import: errors, model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecograph.errors import UnresolvedName
from ecograph.model.keys import has_han, match_key
from ecograph.model.ontology import LANGUAGES, screaming
from ecograph.model.search import LONGEST, Field, Hit, SearchIndex, Spelling, split_words

__all__ = ["Hit", "NameEntry", "NameIndex"]

MOST_CANDIDATES = 20
"""Entities that an error about an ambiguous name or a wrong kind lists."""

LONGEST_QUOTED = 80

MOST_MET = 4_096
"""Names asked for whose ids are kept, so that asking again is one look-up."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """What the index needs of an entity."""

    id: str
    kind: str
    label: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    yields: bool = False
    """Gives way to another of its kind with the same name, unless asked for among others."""


class NameIndex:
    """Every id, label and alias of one dataset version."""

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self._entries = {e.id: e for e in sorted(entries, key=lambda e: e.id)}
        self._ids: dict[str, str] = {}
        self._by_key: dict[str, tuple[str, ...]] = {}
        for entry in self._entries.values():
            for former in entry.former_ids:
                self._ids.setdefault(former, entry.id)
            keys = (match_key(text) for text, _, _ in _texts_of(entry))
            for key in dict.fromkeys(keys):
                if key:
                    self._by_key[key] = (*self._by_key.get(key, ()), entry.id)
        self._ids.update((id, id) for id in self._entries)
        self._met: dict[str, str] = {}
        self._index = SearchIndex(s for e in self._entries.values() for s in _spellings_of(e))

    def __contains__(self, id: object) -> bool:
        return id in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def name_of(self, id: str) -> str:
        """The English label; KeyError if no entity has the id."""
        entry = self._entries[id]
        return entry.label.get("en", id)

    def label_of(self, id: str, language: str) -> str:
        """The label in a language, else the English one; KeyError if no entity has the id."""
        return self._entries[id].label.get(language) or self.name_of(id)

    def named(self, text: str) -> tuple[str, ...]:
        """The ids of all that bear a name: by id or former id, or by label or alias."""
        exact = self._ids.get(text)
        found = self._by_key.get(match_key(text), ())
        return found if exact is None else tuple(dict.fromkeys((exact, *found)))

    def entries(self) -> Iterable[NameEntry]:
        """What is known of every entity, by id."""
        return self._entries.values()

    def kind_of(self, id: str) -> str:
        """The kind, as the ontology writes it; KeyError if no entity has the id."""
        return self._entries[id].kind

    def id_in_force(self, id: str) -> str | None:
        """The id, the one that took the place of a former id, or None if there is none."""
        return self._ids.get(id)

    def statement_in_force(self, id: str) -> str:
        """The id of a statement with the ids of its ends that are in force."""
        parts = enumerate(id.split("~"))
        return "~".join(self._ids.get(part, part) if n in (0, 2) else part for n, part in parts)

    def resolve(
        self,
        name: str,
        kinds: Sequence[str] | None,
        argument: str,
        among: Container[str] | None = None,
        may_suggest: Callable[[], bool] = lambda: True,
    ) -> str:
        """The id of the one entity of these kinds, and among these ids, that a name fits.

        An exact id or former id wins, then labels and aliases with an equal match key.
        Raises: UnresolvedName with UNKNOWN_NAME (it fits none), AMBIGUOUS_NAME (several) or
        WRONG_KIND (only things of other kinds); `argument` is the one that held the name.
        `may_suggest` is asked before names like an unknown one are looked for, which takes long.
        """
        anything = kinds is None and among is None
        if anything and (met := self._met.get(name)) is not None:
            return met
        exact = self._ids.get(name)
        if exact is not None and self._admits(exact, kinds, None):
            return exact
        named = self._by_key.get(match_key(name), ())
        if anything and len(named) == 1:
            if len(name) <= LONGEST_QUOTED:
                if len(self._met) >= MOST_MET:
                    self._met.clear()
                self._met[name] = named[0]
            return named[0]
        fitting = [id for id in named if self._admits(id, kinds, among)]
        firm = {self.kind_of(id) for id in fitting if not self._entries[id].yields}
        fitting = [
            id for id in fitting if not self._entries[id].yields or self.kind_of(id) not in firm
        ]
        if len(fitting) == 1:
            return fitting[0]
        others = list(named) if exact is None else sorted({exact, *named})
        outside = [id for id in others if self._admits(id, kinds, None)]
        wanted = "entity" if kinds is None else " or ".join(kinds)
        if fitting:
            code, ids = "AMBIGUOUS_NAME", fitting[:MOST_CANDIDATES]
            says = f"names {len(fitting)} things: {self._list(ids)}; write the id of one"
        elif others and not outside:
            code, ids = "WRONG_KIND", others[:MOST_CANDIDATES]
            says = f"names {self._list(ids)}; write the name of a thing of kind {wanted}"
        else:
            code, ids = "UNKNOWN_NAME", []
            if may_suggest():
                ids = self._find_near(name, kinds, 3, among)
            near = f"did you mean: {self._list(ids)}?" if ids else "write an id, a label, an alias"
            beyond = f"; {self._list(outside[:MOST_CANDIDATES])} is outside those asked for"
            says = f"names no {wanted}{beyond if outside else ''}; {near}"
        # Any text may come in; a lone surrogate could not be sent back.
        value = name[:LONGEST].encode("utf-8", "replace").decode("utf-8")
        shown = value if len(value) <= LONGEST_QUOTED else value[:LONGEST_QUOTED] + "…"
        where = f"{shown!r} in argument {argument!r}"
        raise UnresolvedName(
            code,
            f"{where} {says}",
            argument=argument,
            value=value,
            suggestions=self._describe(ids),
        )

    def suggest(
        self,
        name: str,
        kinds: Sequence[str] | None,
        limit: int = 3,
        among: Container[str] | None = None,
    ) -> list[dict[str, str]]:
        """The entities of these kinds, among these ids, with the nearest names, best first.

        Shape: {id, name, kind}.
        """
        return self._describe(self._find_near(name, kinds, limit, among))

    def search(self, text: str, kinds: Sequence[str] | None = None) -> list[Hit]:
        """Every entity that a text finds, once, by its best name: score descending, then id.

        Units: scores from 0 to 1000; ecograph.model.search says what they mean.
        """
        if kinds is None:
            return self._index.search(text)
        return self._index.search(text, lambda id: self._admits(id, kinds, None))

    def _admits(self, id: str, kinds: Collection[str] | None, among: Container[str] | None) -> bool:
        of_kind = kinds is None or self._entries[id].kind in kinds
        return of_kind and (among is None or id in among)

    def _find_near(
        self, name: str, kinds: Sequence[str] | None, limit: int, among: Container[str] | None
    ) -> list[str]:
        """What would be found in this place, and nothing else."""
        ids = (hit.id for hit in self._index.search(name))
        return [id for id in ids if self._admits(id, kinds, among)][: max(limit, 0)]

    def _describe(self, ids: Iterable[str]) -> list[dict[str, str]]:
        return [
            {"id": id, "name": self.name_of(id), "kind": screaming(self.kind_of(id))} for id in ids
        ]

    def _list(self, ids: Iterable[str]) -> str:
        return ", ".join(f"{id} ({self.kind_of(id)})" for id in ids)


def _texts_of(entry: NameEntry) -> Iterator[tuple[str, Field, str]]:
    """Labels, then aliases: text, field, language."""
    for language in LANGUAGES:
        if language in entry.label:
            yield entry.label[language], "LABEL", language.upper()
    for alias in entry.aliases:
        yield alias, "ALIAS", "ZH" if has_han(alias) else "EN"


def _spellings_of(entry: NameEntry) -> Iterator[Spelling]:
    """What search looks at, the best field first; one of several that are equal in words."""
    seen: set[tuple[str, ...]] = set()
    texts: list[tuple[str, Field, str | None]] = [*_texts_of(entry), (entry.id, "ID", None)]
    texts += [(former, "ID", None) for former in entry.former_ids]
    for text, field, language in texts:
        words = split_words(text)
        if words and words not in seen:
            seen.add(words)
            yield Spelling(entry.id, text, field, language)
