"""ecograph cost"""

from __future__ import annotations

import os
from dataclasses import fields

import typer

from ecograph.cli.ask import Data, Named, Single, Variables, read_question
from ecograph.cli.opening import load_asked
from ecograph.settings import read_settings


def cost(
    what: Named, variables: Variables = None, single: Single = None, data: Data = None
) -> None:
    """Print what a question costs, beside the limits; fail if it is over one.

    The limits are those of the environment (ECOGRAPH_MAX_...), as docs/settings.md lists them.
    """
    from ecograph.api.limits import Limits, costs_of, limits_of
    from ecograph.api.schema import build_schema, graphql_core
    from ecograph.plan.expression import parse

    document, given = read_question(what, variables, single)
    limits = limits_of(read_settings(os.environ))
    ontology = load_asked(data).ontology
    core = graphql_core(build_schema(ontology, lambda text: parse(text, ontology)))
    over: list[str] = []
    for name, told in costs_of(core, document, given, limits).items():
        typer.echo(f"{name or 'the operation'}")
        for limit in fields(Limits):
            value, bound = getattr(told, limit.name), getattr(limits, limit.name)
            mark = "" if value <= bound else "  over the limit"
            typer.echo(f"  {limit.name:<22}{value:>13,} of {bound:>13,}{mark}")
            if mark:
                over.append(limit.name)
    if over:
        typer.echo(f"ecograph: over the limit: {', '.join(dict.fromkeys(over))}", err=True)
        raise typer.Exit(1)
