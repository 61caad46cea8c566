"""YAML text <-> records that know their place. The one module that imports PyYAML.

A small and safe part of YAML: scalars stay text as written (no `on` that turns into true, no
date that turns into something else), and anchors, aliases, tags, directives, several documents,
duplicate keys and deep nesting are faults. Read from the parser's events, never composed, so that
nothing grows beyond the size of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any, NamedTuple

import yaml

from ecograph.errors import Place
from ecograph.formats.characters import FORBIDDEN, check_characters, check_size, spell
from ecograph.formats.faults import Faults
from ecograph.formats.remedies import Spot, Trouble, find_remedy

DEEPEST = 32
LONGEST_KEY = 200
LONGEST_SHARED = 40
"""Characters up to which equal texts are held once."""
MOST_VALUES = 150_000
"""Texts, lists and records in one file: about a second to read."""
MOST_FAULTS = 100
"""Faults of form in one file after which the rest of it is not read."""
_DEEP = "exceeded maximum nesting depth"
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """A text as written; `plain` if it stands without quotes."""

    text: str
    plain: bool
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, self.column)

    @property
    def missing(self) -> bool:
        """Whether nothing stands here: no text, `~` or `null` without quotes."""
        return self.plain and self.text in NULLS


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, self.column)


class Field(NamedTuple):
    """One key of a record and its value."""

    key: Scalar
    value: Node


class Record(NamedTuple):
    """A mapping; its fields by key, in the order of the file."""

    fields: Mapping[str, Field]
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, self.column)


Node = Scalar | Items | Record


def parse_yaml(text: str, file: str, faults: Faults) -> Node | None:
    """The one document of a YAML text, or None if it is empty or could not be read to its end."""
    if not check_size(text, file, faults) or not check_characters(text, file, faults):
        return None
    loader = yaml.CSafeLoader(text)
    try:
        return _Builder(loader, file, faults).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and _DEEP in (error.problem or ""):
            # A parser with a limit of its own meets it before it tells of levels beyond ours.
            return parse_yaml(text[: _index(text, mark)], file, faults)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        place, hint = Place(file), ""
        if mark:
            begun = error.context_mark
            trouble = Trouble(
                error.context or "", error.problem or "", Spot(mark.line, mark.column),
                Spot(begun.line, begun.column) if begun else None,
            )  # fmt: skip
            spot, hint = find_remedy(text.splitlines(), trouble)
            place = Place(file, spot.line + 1, spot.column + 1)
        faults.add("YAML_SYNTAX", f"not YAML: {said}", place, hint)
        return None
    finally:
        loader.dispose()


def share(text: str) -> str:
    """The text; a short one is held once, for ids and values occur again and again."""
    return intern(text) if len(text) <= LONGEST_SHARED else text


def _index(text: str, mark: Any) -> int:
    """How many characters of the text stand before a mark."""
    return sum(len(line) for line in text.splitlines(keepends=True)[: mark.line]) + int(mark.column)


def _where(event: yaml.Event) -> tuple[int, int]:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1


class _Stop(Exception):
    """The rest of the file would not be worth reading."""


class _Open:
    """A list or record whose end has not been read; `key` waits for its value."""

    __slots__ = ("column", "fields", "items", "key", "line")

    def __init__(self, event: yaml.Event, is_record: bool) -> None:
        self.line, self.column = _where(event)
        self.items: list[Node] = []
        self.fields: dict[str, Field] | None = {} if is_record else None
        self.key: Scalar | None = None


class _Builder:
    def __init__(self, loader: yaml.CSafeLoader, file: str, faults: Faults) -> None:
        self._loader = loader
        self._file = file
        self._faults = faults
        self._root: Node | None = None
        self._open: list[_Open] = []
        self._documents = 0
        self._values = 0
        self._before = len(faults)

    def build(self) -> Node | None:
        try:
            while (event := self._loader.get_event()) is not None:
                if isinstance(event, yaml.StreamEndEvent):
                    break
                self._take(event)
        except _Stop:
            return None
        return self._root

    def _take(self, event: yaml.Event) -> None:
        self._values += not isinstance(event, yaml.CollectionEndEvent)
        if self._values > MOST_VALUES:
            self._fault(
                "FILE_TOO_LARGE",
                f"the file holds more than {MOST_VALUES} values",
                event,
                "split it",
            )
            raise _Stop
        if len(self._faults) - self._before >= MOST_FAULTS:
            self._fault("TOO_MANY_FAULTS", "the rest of the file was not read", event)
            raise _Stop
        if isinstance(event, yaml.ScalarEvent):
            self._check_properties(event)
            self._put(self._scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_properties(event)
            if len(self._open) == DEEPEST:
                self._fault("TOO_DEEP", f"nested deeper than {DEEPEST} levels", event)
                raise _Stop
            self._open.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._close(self._open.pop()))
        elif isinstance(event, yaml.AliasEvent):
            self._fault(
                "ALIAS", f"the alias *{event.anchor} is not allowed", event, "write the value out"
            )
            raise _Stop
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._fault("SEVERAL_DOCUMENTS", "a second document begins here", event, "split it")
            raise _Stop
        if event.version or event.tags:
            self._fault("DIRECTIVE", "directives are not allowed", event, "take it out")

    def _check_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._fault(
                "ANCHOR", f"the anchor &{event.anchor} is not allowed", event, "take it out"
            )
        if event.tag is not None:
            self._fault("TAG", f"the tag {event.tag!r} is not allowed", event, "take it out")

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text: str = event.value
        # An escape in double quotes can make a character that the file itself does not hold.
        if event.style == '"' and (found := FORBIDDEN.search(text)):
            self._fault(
                "FORBIDDEN_CHARACTER", f"the character {spell(found[0])} is not allowed", event,
                "take it out",
            )  # fmt: skip
        return Scalar(share(text), not event.style, self._file, *_where(event))

    def _close(self, done: _Open) -> Node:
        if done.fields is None:
            return Items(tuple(done.items), self._file, done.line, done.column)
        return Record(done.fields, self._file, done.line, done.column)

    def _put(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if parent.fields is None:
            parent.items.append(node)
        elif parent.key is not None:
            key, parent.key = parent.key, None
            first = parent.fields.setdefault(key.text, Field(key, node))
            if first.key is not key:
                self._faults.add(
                    "DUPLICATE_KEY", f"the key {key.text!r} stands twice", key.place,
                    f"it stands in line {first.key.line} already",
                )  # fmt: skip
        elif isinstance(node, Scalar) and 0 < len(node.text) <= LONGEST_KEY:
            parent.key = node
        else:
            message = f"a key must be a text of at most {LONGEST_KEY} characters"
            self._faults.add("BAD_KEY", message, node.place)
            raise _Stop

    def _fault(self, code: str, message: str, event: yaml.Event, hint: str = "") -> None:
        self._faults.add(code, message, Place(self._file, *_where(event)), hint)
