"""A list of rows <-> the CSV file of the dataset."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ecograph.curate.import_merge import Row
from ecograph.curate.import_recipe import read_text, to_plain
from ecograph.formats.csv import COMMENT, parse_csv
from ecograph.formats.faults import Faults
from ecograph.load.lists import OF_STATEMENTS
from ecograph.model.ontology import LANGUAGES, Ontology


def order_columns(ontology: Ontology) -> list[str]:
    """Every column in the order in which lists have them."""
    texts = [f"{text}.{lang}" for text in ("label", "description") for lang in LANGUAGES]
    columns = ["id", "kind", "label", *texts, "aliases", "ambiguous", "formerIds"]
    columns += ontology.attributes
    for name, relation in ontology.relations.items():
        columns += [name, *(f"{name}.{part}" for part in (*relation.qualifiers, *OF_STATEMENTS))]
    for event in ontology.events:
        columns += [event, f"{event}.value"]
    return [*columns, "evidence", "at", "read"]


def write_list(
    rows: Sequence[Row], constants: Mapping[str, str], comments: Iterable[str], ontology: Ontology
) -> str:
    """The text of a list: comments, constant columns, header, rows."""
    used = {"id", "at", *(column for row in rows for column in row)}
    header = [c for c in order_columns(ontology) if c in used and c not in constants]
    out = io.StringIO()
    for comment in comments:
        out.write(f"{comment}\n")
    for column, value in constants.items():
        out.write(f"# {column}: {value}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row.get(column, "") for column in header)
    return out.getvalue()


def read_list(path: Path) -> tuple[list[dict[str, str]], dict[str, str], list[str]]:
    """The rows of a list, its constant columns and its comments; nothing if there is no file.

    Raises: DataErrors.
    """
    if not path.exists():
        return [], {}, []
    faults = Faults()
    table = parse_csv(read_text(path), path.as_posix(), faults)
    faults.raise_any()
    if table is None:
        return [], {}, []
    constants = {name: str(to_plain(f.value)) for name, f in table.constants.items()}
    header = [cell.text for cell in table.header]
    rows = [
        {name: cell.text for name, cell in zip(header, row, strict=True) if cell.text}
        for row in table.rows
    ]
    comments = [c if c.startswith(COMMENT) else f"{COMMENT} {c}" for c in table.comments]
    return rows, constants, comments
