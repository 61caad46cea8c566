"""The fields of a record, read one by one; a wrong shape is a fault at its place."""

from __future__ import annotations

from collections.abc import Iterator

from ecograph.formats.faults import Faults
from ecograph.formats.remedies import LONGEST_SHOWN, spot_full_width
from ecograph.formats.yaml import Field, Items, Node, Record, Scalar
from ecograph.model.ontology import LANGUAGES

LONGEST_TEXT = 2000


def name_shape(node: Node) -> str:
    """What a node is, in a message's words."""
    if isinstance(node, Record):
        return "a mapping"
    return "a list" if isinstance(node, Items) else "a text"


def read_text(node: Node, what: str, faults: Faults, most: int = LONGEST_TEXT) -> str | None:
    """A text without spaces around it, or None with a fault."""
    if not isinstance(node, Scalar):
        faults.add("WRONG_SHAPE", f"{what} must be a text, this is {name_shape(node)}", node.place)
    elif node.missing or not node.text:
        faults.add(
            "EMPTY_VALUE", f"{what} is empty", node.place, "give a value or leave the key out"
        )
    elif len(node.text) > most:
        faults.add(
            "TOO_LONG", f"{what} has {len(node.text):,} characters, more than {most:,}", node.place
        )
    elif node.text != node.text.strip():
        faults.add(
            "SPACE_AROUND", f"{what} has spaces around it: {node.text!r}", node.place,
            "a folded text ends without one if it begins with >-",
        )  # fmt: skip
    else:
        return node.text
    return None


def read_items(node: Node, what: str, faults: Faults, most: int) -> tuple[Node, ...]:
    """The items of a list of at most so many; empty with a fault if it is none."""
    if not isinstance(node, Items):
        faults.add("WRONG_SHAPE", f"{what} must be a list, this is {name_shape(node)}", node.place)
        return ()
    if len(node.items) > most:
        faults.add(
            "LIST_TOO_LONG", f"{what} has {len(node.items):,} items, more than {most:,}", node.place
        )
        return ()
    return node.items


def read_texts(node: Node, what: str, faults: Faults, most: int = LONGEST_TEXT) -> dict[str, str]:
    """A text in both languages; what is missing is a fault and absent."""
    shown = node.text if isinstance(node, Scalar) and len(node.text) <= LONGEST_SHOWN else "..."
    fields = Fields.of(node, what, faults, f"write {{en: {shown}, zh: ...}}")
    texts: dict[str, str] = {}
    if fields is None:
        return texts
    for language in LANGUAGES:
        field = fields.take(language)
        if field is None:
            faults.add("MISSING_LANGUAGE", f"{what} lacks the language {language!r}", node.place)
        elif (text := read_text(field.value, f"{what} in {language!r}", faults, most)) is not None:
            texts[language] = text
    fields.finish()
    return texts


class Fields:
    """The fields of one record that are still to be read."""

    __slots__ = ("_faults", "_left", "_taken", "record", "what")

    def __init__(self, record: Record, what: str, faults: Faults) -> None:
        self.record = record
        self.what = what
        self._faults = faults
        self._left = dict(record.fields)
        self._taken: list[str] = []

    @classmethod
    def of(cls, node: Node, what: str, faults: Faults, hint: str = "") -> Fields | None:
        """The fields of a mapping, or None with a fault and the hint if it is none."""
        if isinstance(node, Record):
            return cls(node, what, faults)
        colon = spot_full_width(node.text) if isinstance(node, Scalar) else ""
        faults.add(
            "WRONG_SHAPE", f"{what} must be a mapping, this is {name_shape(node)}", node.place,
            colon or hint,
        )  # fmt: skip
        return None

    def take(self, key: str) -> Field | None:
        """The field of a key, once."""
        self._taken.append(key)
        return self._left.pop(key, None)

    def need(self, key: str) -> Field | None:
        """The field of a key; it is a fault if there is none."""
        field = self.take(key)
        if field is None:
            self._faults.add("MISSING_FIELD", f"{self.what} has no {key!r}", self.record.place)
        return field

    def text(self, key: str, most: int = LONGEST_TEXT) -> str | None:
        """The text under a key, or None if it is absent or faulty."""
        field = self.take(key)
        if field is None:
            return None
        return read_text(field.value, f"{key!r} of {self.what}", self._faults, most)

    def needed_text(self, key: str, most: int = LONGEST_TEXT) -> str | None:
        """The text under a key that must be there."""
        field = self.need(key)
        if field is None:
            return None
        return read_text(field.value, f"{key!r} of {self.what}", self._faults, most)

    def rest(self) -> Iterator[Field]:
        """The fields not taken so far; they are taken by this."""
        left, self._left = self._left, {}
        yield from left.values()

    def finish(self) -> None:
        """Note a fault for each field that nobody took."""
        for field in self.rest():
            known = f"it may have: {', '.join(self._taken)}"
            self._faults.add_unknown(
                "UNKNOWN_FIELD", f"field of {self.what}:", field.key.text, self._taken,
                field.key.place, otherwise=known, remedy=spot_full_width(field.key.text),
            )  # fmt: skip
