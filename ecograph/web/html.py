"""Pages as HTML: templates/ filled by Jinja, which escapes whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ecograph.api.operations import NamedOperation

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
Lang = Literal["en", "zh"]
# What stands in a file for its readers, and is no part of the question.
EXAMPLE = re.compile(r"^#\s*variables:.*\n", re.MULTILINE)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["web"] = web_address
    return made


def render(template: str, **parts: Any) -> bytes:
    """A page: a template and what stands in it; texts are escaped where they are put."""
    return _environment().get_template(template).render(parts).encode()


def web_address(url: str | None) -> str:
    """An address of the data where it may be linked to, else nothing: no script, no file."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def ide_page(operations: Mapping[str, NamedOperation]) -> bytes:
    """The page of the IDE, with the named operations as its examples."""
    vendored = {path.name for path in (STATIC / "ide").iterdir()}
    return render(
        "ide.html",
        operations=operations.values(),
        carried=as_data(
            {n: {"query": question(o), "variables": o.variables} for n, o in operations.items()}
        ),
        graphiql_css=_one(vendored, "graphiql-", ".css"),
        graphiql_js=_one(vendored, "graphiql-", ".js"),
        react_dom_js=_one(vendored, "react-dom-", ".js"),
        react_js=_one((name for name in vendored if "-dom-" not in name), "react-", ".js"),
    )


def question(operation: NamedOperation) -> str:
    """The document of an operation as one reads it in the IDE."""
    return EXAMPLE.sub("", operation.document)


def ide_address(operation: str, variables: Mapping[str, Any]) -> str:
    """Where the IDE opens a named operation under some variables."""
    given = orjson.dumps(variables).decode()
    return "graphiql?" + urlencode({"operation": operation, "variables": given})


def as_data(value: Any) -> Markup:
    """JSON for a script element, which only `</` and `<!` could end or change."""
    return Markup(orjson.dumps(value).decode().replace("<", "\\u003c"))


def _one(names: Iterable[str], start: str, end: str) -> str:
    [name] = [name for name in names if name.startswith(start) and name.endswith(end)]
    return name
