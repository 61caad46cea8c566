"""The plugin of MkDocs: fences become pictures, and faults in them name the page and the line."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.pages import Page

from ecograph.errors import EcographError, FenceError
from ecograph.plugins.figure import Defaults, Figure, Figures, open_figures
from ecograph.plugins.markdown import EcographExtension, Found, to_fault

log = logging.getLogger("mkdocs.plugins.ecograph")
FIRST, LAST = 100, -100


class EcographPlugin(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Registers the extension of Markdown, and keeps the figures until pages are laid out."""

    # A class of settings could not hold one that is called data.
    config_scheme = (
        ("server", option.Type(str, default="")),
        ("data", option.ListOfItems(option.Dir(exists=True), default=[])),
        ("lang", option.Optional(option.Choice(("en", "zh")))),
        ("theme", option.Choice(("auto", "light", "dark"), default="auto")),
        ("width", option.Type(int, default=760)),
        ("strict", option.Type(bool, default=True)),
    )

    def __init__(self) -> None:
        super().__init__()
        self._figures = Figures()
        self._drawn: dict[str, list[Figure]] = {}
        self._lang = "en"
        self._root = Path()
        self._page: Page | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Have fences read; watch the data."""
        data = self.config["data"]
        # `mkdocs serve` comes here again with every change; folders may have changed then.
        self._figures = Figures(data) if data else open_figures()
        self._root = Path(config.config_file_path or "").parent
        config.watch.extend(self.config["data"])
        locale = str(config.theme.get("language") or config.theme.locale)
        self._lang = self.config["lang"] or _language(locale)
        # The list holds names, and extensions as well.
        extensions: list[Any] = config.markdown_extensions
        extensions.append(EcographExtension(self._draw))
        return config

    @event_priority(FIRST)
    def on_page_markdown(self, markdown: str, /, *, page: Page, **_: Any) -> None:
        """Keep which page is read."""
        self._page = page
        self._drawn[page.file.src_uri] = []

    def _draw(self, found: Found, md: Markdown) -> str:
        page, own = self._page, self.config
        assert page is not None
        lang = _language(str(page.meta["lang"])) if page.meta.get("lang") else self._lang
        defaults = Defaults(own["server"], lang, own["theme"], own["width"])
        try:
            figure = self._figures.draw(found.text, defaults)
        except FenceError as error:
            path = os.path.relpath(page.file.abs_src_path or page.file.src_uri, self._root)
            place = found.place(page.file.content_string, path, error.line)
            told = f"{place}: {error.message}"
            if own["strict"]:
                raise PluginError(told) from error
            log.warning(told)
            return to_fault(error.message)
        except EcographError as error:
            raise PluginError(f"ecograph: {error}") from error
        self._drawn[page.file.src_uri].append(figure)
        # A search takes all texts of a page's content, those of styles too.
        return figure.plain

    @event_priority(LAST)
    def on_page_context(self, context: Any, /, *, page: Page, **_: Any) -> None:
        """Put the pictures in, once the search has read the page."""
        content = page.content or ""
        figures = self._drawn.get(page.file.src_uri, [])
        for figure in figures:
            content = content.replace(figure.plain, figure.html, 1)
        page.content = content + "".join(dict.fromkeys(figure.tag for figure in figures))


def _language(locale: str) -> str:
    return "zh" if locale.startswith("zh") else "en"
