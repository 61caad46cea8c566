"""The extension of Sphinx: a directive that becomes a picture in HTML, and a list elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ecograph.errors import EcographError, FenceError
from ecograph.plugins.fence import write_fence
from ecograph.plugins.figure import Defaults, Figure, Figures

log = logging.getLogger(__name__)
SETTINGS: dict[str, Any] = {"server": "", "data": [], "lang": "", "theme": "auto", "width": 760}


class view(nodes.General, nodes.Element):
    """A figure; its children are the same as a list, for builders that draw none."""


class _Any(dict[str, Any]):
    """Takes every option: a variable may have any name."""

    def __missing__(self, key: str) -> Any:
        return directives.unchanged


class EcographDirective(SphinxDirective):
    """`.. ecograph:: Implementers` with variables, `caption` and the like as options."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = _Any(name=directives.unchanged)
    figures: Figures
    """Of the site; a site has a directive of its own."""

    def run(self) -> list[nodes.Node]:
        """The figure; in its place what is wrong, which is told with its line too."""
        config = self.config
        # A directive's lines are its first, its options, and what stands below.
        said = [(name, value or "") for name, value in self.options.items()]
        text = "\n".join([write_fence(self.arguments[0], said), *self.content])
        lang = config.ecograph_lang or ("zh" if str(config.language).startswith("zh") else "en")
        defaults = Defaults(
            config.ecograph_server, lang, config.ecograph_theme, config.ecograph_width
        )
        try:
            figure = self.figures.draw(text, defaults)
        except FenceError as error:
            place = (self.env.docname, self._line_of(text, error.line))
            tell = log.error if config.ecograph_strict else log.warning
            tell(error.message, location=place, type="ecograph")
            _faulty_of(self.env).add(self.env.docname)
            # A page that stays as it is fails the next build too.
            self.env.note_reread()
            return [nodes.paragraph("", error.message)]
        made = view("", *_to_nodes(figure))
        made["html"] = figure.html
        made["script"] = figure.tag
        made["plain"] = figure.plain
        self.set_source_info(made)
        return [made]

    def _line_of(self, text: str, line: int) -> int:
        """Where a line of the text stands in the document."""
        wanted = text.splitlines()[line - 1]
        name, _, value = wanted.partition(":")
        for place, one in enumerate(self.block_text.splitlines()):
            if one.strip() in (wanted.strip(), f":{name}:{value}".strip()):
                return self.lineno + place
        return self.lineno


def _faulty_of(env: BuildEnvironment) -> set[str]:
    """The documents with faults, kept with what else is known of documents."""
    faulty: set[str] = env.__dict__.setdefault("ecograph_faulty", set())
    return faulty


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _faulty_of(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, names: Iterable[str], other: Any) -> None:
    _faulty_of(env).update(_faulty_of(other) & {*names})


def _finish(app: Sphinx, error: Exception | None) -> None:
    # An exception would hide the message behind a trace, and the faults after it.
    if error is None and app.config.ecograph_strict and _faulty_of(app.env):
        app.statuscode = 1


def _to_nodes(figure: Figure) -> list[nodes.Node]:
    items = (nodes.list_item("", nodes.paragraph("", line)) for line in figure.told)
    title = nodes.paragraph("", "", nodes.strong("", figure.title))
    caption = [nodes.paragraph("", figure.caption)] if figure.caption else []
    return [title, nodes.bullet_list("", *items), *caption]


def _write_html(writer: Any, node: view) -> None:
    if writer.builder.name == "epub":
        writer.body.append(node["plain"])
    else:
        writer.body.append(node["html"])
        if node["script"] and node["script"] not in writer.body:
            writer.body.append(node["script"])
    raise nodes.SkipNode


def _write_children(writer: Any, node: view) -> None:
    """The list is written as any other; nothing stands around it."""


def _open(app: Sphinx, config: Config) -> None:
    figures = Figures([app.confdir / folder for folder in config.ecograph_data])
    app.add_directive("ecograph", type("Directive", (EcographDirective,), {"figures": figures}))
    try:
        # A part of the environment: with other data every page is read anew.
        config.ecograph_version = figures.service.outline.version
    except EcographError as error:
        raise ExtensionError(f"ecograph: {error}") from error


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its settings, which begin with `ecograph_`."""
    for name, value in SETTINGS.items():
        app.add_config_value(f"ecograph_{name}", value, "env")
    app.add_config_value("ecograph_strict", True, "env", bool)
    app.add_config_value("ecograph_version", "", "env", str)
    children = (_write_children, _write_children)
    app.add_node(
        view, html=(_write_html, None), latex=children, text=children, man=children,
        texinfo=children,
    )  # fmt: skip
    app.connect("config-inited", _open)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
