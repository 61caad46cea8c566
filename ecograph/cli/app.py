"""The commands put together, each with examples."""

from __future__ import annotations

from typing import Annotated

import typer

from ecograph.cli import (
    add,
    ask,
    cost,
    curate,
    data,
    diff,
    export,
    fence,
    gaps,
    imports,
    insights,
    load,
    mcp,
    plain,
    render,
    serve,
    stats,
)
from ecograph.cli.group import Commands, examples

SERVING, ASKING, EDITING = "Serving", "Asking", "The data"

app = typer.Typer(
    name="ecograph",
    cls=Commands,
    help="The knowledge graph of the container ecosystem: serve it, ask it, check it.",
    epilog=examples(
        "ecograph implementers oci-runtime-spec",
        "ecograph path docker-engine oci-runtime-spec --format csv",
        "ecograph search kuberntes",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(
    "serve",
    rich_help_panel=SERVING,
    epilog=examples(
        "ecograph serve",
        "ecograph serve --data data --watch",
        "ecograph serve --only-named --limit depth=8",
    ),
)(serve.serve)
app.command(
    "mcp",
    rich_help_panel=SERVING,
    epilog=examples("ecograph mcp", "ecograph mcp --http --port 0"),
)(mcp.mcp)
app.command(
    "ask",
    rich_help_panel=ASKING,
    epilog=examples(
        "ecograph ask 'what replaced Heapster?'",
        "ecograph ask 哪些工具实现了 OCI 运行时规范",
        "ecograph ask 'who owns Calico' --format csv",
    ),
)(plain.ask)
app.command(
    "load",
    rich_help_panel=SERVING,
    epilog=examples(
        "ecograph load --store neo4j://127.0.0.1:7687 --dry-run",
        "ecograph load --store neo4j://127.0.0.1:7687",
        "ecograph serve --store neo4j://127.0.0.1:7687",
    ),
)(load.load)
app.command(
    "query",
    rich_help_panel=ASKING,
    epilog=examples(
        "ecograph query Implementers --set spec=runtime-spec",
        "ecograph query CncfProjects --set maturity=GRADUATED --set maturity=SANDBOX",
        "ecograph query CsiDrivers --set first=3 --format csv",
        "ecograph query '{ dataset { asOf entityCount } }'",
        "ecograph query LifeOf --compare 2018-01-01 --compare 2022-01-01",
        'ecograph query queries/Path.graphql --variables \'{"from": "runc", "to": "cri"}\'',
    ),
)(ask.query)
app.command(
    "plan",
    rich_help_panel=ASKING,
    epilog=examples("ecograph plan Path", "ecograph plan '{ tools(first: 1) { nodes { id } } }'"),
)(ask.plan)
app.command(
    "render",
    rich_help_panel=ASKING,
    epilog=examples(
        "ecograph render Path",
        "ecograph render Neighborhood --set of=runc --form mmd",
        "ecograph render Implementers --set spec=cri --lang zh --theme dark --form html",
    ),
)(render.render)
app.command(
    "fence",
    rich_help_panel=ASKING,
    epilog=examples("ecograph fence 'Path?from=runc&to=cri'"),
)(fence.fence)
app.command(
    "cost",
    rich_help_panel=ASKING,
    epilog=examples(
        "ecograph cost Tools", "ecograph cost '{ tools(first: 100) { nodes { id } } }'"
    ),
)(cost.cost)
app.command(
    "stats",
    rich_help_panel=EDITING,
    epilog=examples("ecograph stats", "ecograph stats --format csv"),
)(stats.stats)
app.command(
    "insights",
    rich_help_panel=EDITING,
    epilog=examples("ecograph insights", "ecograph insights --scheme seed"),
)(insights.insights)
app.command(
    "import",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph import landscape landscape.yml --recipe data/imports/cncf-landscape.yaml",
        "ecograph import markdown README.md --source some-readme --list some-tools --dry-run",
    ),
)(imports.import_list)
app.command(
    "check",
    rich_help_panel=EDITING,
    epilog=examples("ecograph check", "ecograph check data --format github"),
)(data.check)
app.command(
    "add",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph add crun requires linux -e containers-crun-readme --dry-run",
        "ecograph add shim --kind Tool --label Shim -e containers-crun-readme --dry-run",
    ),
)(add.add)
app.command(
    "fmt",
    rich_help_panel=EDITING,
    epilog=examples("ecograph fmt --check", "ecograph fmt data/entities/runtimes.yaml --check"),
)(curate.fmt)
app.command(
    "coverage",
    rich_help_panel=EDITING,
    epilog=examples("ecograph coverage", "ecograph coverage --check docs/data.md"),
)(curate.coverage)
app.command(
    "rename",
    rich_help_panel=EDITING,
    epilog=examples("ecograph rename docker-engine moby-engine --dry-run"),
)(curate.rename)
app.command(
    "diff",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph diff HEAD",
        "ecograph diff HEAD --no-answers --format md",
    ),
)(diff.diff)
app.command(
    "gaps",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph gaps --core",
        "ecograph gaps --gap one-sided --kind Specification --sort named",
        "ecograph gaps --gap license --area runtimes --format csv",
        "ecograph gaps --gap stale --older-than 365 --today 2028-01-01 --most 3",
    ),
)(gaps.gaps)
app.command(
    "schema",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph schema",
        "ecograph schema --check schema.graphql",
        "ecograph schema entities --check data/entities.schema.json",
    ),
)(ask.schema)
app.command(
    "export",
    rich_help_panel=EDITING,
    epilog=examples(
        "ecograph export graphml --around runc --hops 2",
        "ecograph export csv --table nodes --query Implementers --set spec=cri",
        "ecograph export mermaid --scheme today",
        "ecograph export dot --query Path",
    ),
)(export.export)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ecograph {version('ecograph')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Options of no command."""


def main() -> None:
    """Run the command line."""
    app(prog_name="ecograph")
