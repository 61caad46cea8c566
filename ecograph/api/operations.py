"""Named operations: one GraphQL operation a file, with the question it answers and an example.

A file begins with comment lines: the question in English, then in Chinese, then
`variables: {...}`, the JSON of an example. Its name is the operation's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from ecograph.errors import DataError, DataErrors, Place
from ecograph.model.keys import has_han, hint_among


@dataclass(frozen=True, slots=True)
class NamedOperation:
    """An operation with its question in both languages and example variables."""

    name: str
    question: Mapping[str, str]
    variables: Mapping[str, Any]
    document: str

    @property
    def query(self) -> str:
        """The document without the lines of comment before it."""
        return _COMMENTS.sub("", self.document)


_COMMENTS = re.compile(r"\A(?:#.*\n|\s*\n)+")


def read_operations(folder: Path) -> dict[str, NamedOperation]:
    """Every operation of a folder, by name. Raises: DataErrors."""
    found: dict[str, NamedOperation] = {}
    faults: list[DataError] = []
    for path in sorted(folder.glob("*.graphql")):
        try:
            found[path.stem] = read_operation(path)
        except DataError as fault:
            faults.append(fault)
    if faults:
        raise DataErrors(faults)
    return found


def read_operation(path: Path) -> NamedOperation:
    """One operation. Raises: DataError."""
    text = path.read_text("utf-8")
    english: list[str] = []
    chinese: list[str] = []
    variables: Any = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        words = line.lstrip("# ").rstrip()
        if words.startswith("variables:"):
            try:
                variables = orjson.loads(words.removeprefix("variables:"))
            except orjson.JSONDecodeError as error:
                raise _fault(path, number, f"the variables are no JSON: {error}") from None
        elif words:
            (chinese if has_han(words) else english).append(words)
    if not english or not chinese:
        raise _fault(path, 1, "the question is missing; begin with it in English and in Chinese")
    names = re.findall(r"^\s*query\s+(\w+)", text, re.MULTILINE)
    if names != [path.stem]:
        raise _fault(path, 1, f"the file holds {names}; it must hold one query {path.stem}")
    question = {"en": " ".join(english), "zh": "".join(chinese)}
    return NamedOperation(path.stem, question, variables, text)


def read_example(document: str) -> Mapping[str, Any]:
    """The example variables in the comments at the head of a document; none if it has none."""
    for line in document.splitlines():
        words = line.lstrip("# ").rstrip()
        if not line.startswith("#"):
            break
        if words.startswith("variables:"):
            try:
                found = orjson.loads(words.removeprefix("variables:"))
            except orjson.JSONDecodeError:
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def find_operation(operations: Mapping[str, NamedOperation], name: str) -> NamedOperation | None:
    """The operation of a name, whatever its case; None if there is none."""
    folded = {known.casefold(): operation for known, operation in operations.items()}
    return folded.get(name.casefold())


def hint_operation(operations: Mapping[str, NamedOperation], name: str) -> str:
    """Which operations may have been meant."""
    return hint_among(name, operations)


def _fault(path: Path, line: int, message: str) -> DataError:
    return DataError("BAD_OPERATION", message, Place(f"queries/{path.name}", line, 1))
