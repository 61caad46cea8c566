"""Flags, environment and file -> frozen settings, and where the bundled folders are.

May import: errors.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

from ecograph.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server may be told; docs/settings.md says what each is for.

    Each by flag, by ECOGRAPH_<NAME> in the environment, or in a file; secrets never by flag.
    """

    data: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    watch: bool = False
    only_named: bool = False
    mcp: bool = False
    repository: str = ""
    token: str = field(default="", repr=False)
    store: str = ""
    store_user: str = "neo4j"
    store_password: str = field(default="", repr=False)
    store_database: str = "neo4j"
    store_pool: int = 16
    cache: bool = True
    cache_dir: Path | None = None
    answer_cache: int = 32 * 2**20
    deadline: float = 2.0
    running: int = 8
    queued: int = 32
    connections: int = 900
    read_timeout: float = 8.0
    keep_alive: float = 5.0
    grace: float = 10.0
    log_sample: float = 0.0
    log_slow: float = 1.0
    trace: bool = False
    max_size: int = 65_536
    max_tokens: int = 1_000
    max_nesting: int = 50
    max_values: int = 1_000
    max_depth: int = 10
    max_aliases: int = 15
    max_directives: int = 20
    max_fields: int = 1_000
    max_roots: int = 20
    max_items: int = 100
    max_objects: int = 20_000
    max_introspection_depth: int = 16
    max_introspection_lists: int = 2
    max_introspection_objects: int = 40_000

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise SettingsError(f"port: {self.port} is no port; write 0 to 65535 (0: any free one)")
        if self.answer_cache < 0:
            raise SettingsError(f"answer_cache: {self.answer_cache} is negative; write bytes, or 0")
        if self.store:
            hold_address(self.store)
        if self.repository and not REPOSITORY.fullmatch(self.repository):
            raise SettingsError(
                f"repository: {self.repository!r} is no address of a repository; write one like "
                "https://github.com/owner/name, and /tree/<branch> if it is not main"
            )
        for name in ("workers", "running", "connections", "store_pool"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name}: {getattr(self, name)} is too few; write 1 or more")
        for name in ("queued", "log_slow"):
            if getattr(self, name) < 0:
                raise SettingsError(f"{name}: {getattr(self, name)} is negative; write 0 or more")
        for name in ("deadline", "read_timeout", "keep_alive", "grace"):
            if not 0 < getattr(self, name) < inf:
                raise SettingsError(
                    f"{name}: {getattr(self, name)} is no time; write seconds, e.g. 2"
                )
        if not 0 <= self.log_sample <= 1:
            raise SettingsError(f"log_sample: {self.log_sample} is no share; write 0 to 1")
        if self.token and len(self.token) < SHORTEST_TOKEN:
            raise SettingsError(
                f"token: {len(self.token)} characters are too few; write {SHORTEST_TOKEN} or more"
            )
        for name in LIMITS:
            if not 0 <= getattr(self, name) <= MOST:
                raise SettingsError(
                    f"{name}: {getattr(self, name)} is no limit; write 0 to {MOST:,}"
                )


DEFAULTS: Mapping[str, object] = {f.name: f.default for f in fields(Settings)}
LIMITS = tuple(name for name in DEFAULTS if name.startswith("max_"))
MOST = 10**9
"""The largest limit: no figure is counted further."""
SHORTEST_TOKEN = 16
REPOSITORY = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w.-]+){2}(/tree/[\w./-]+)?/?", re.ASCII)
SECRETS = ("token", "store_password")
"""Settings that are never shown, and have no flag."""
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""Of the addresses of databases: +s is TLS, +ssc TLS with a certificate that nobody vouches for."""
CONFIG = "ECOGRAPH_CONFIG"


def read_settings(
    environment: Mapping[str, str], config: Path | None = None, **flags: object
) -> Settings:
    """Settings of flags (None = not given), then the environment, then a file, then the defaults.

    The file is `config`, else the one that ECOGRAPH_CONFIG names. Raises: SettingsError, which
    names the setting.
    """
    if config is None and (named := environment.get(CONFIG)):
        config = Path(named)
    values = read_file(config) if config is not None else {}
    for name in DEFAULTS:
        given = flags.get(name)
        variable = variable_of(name)
        if given is None and (text := environment.get(variable)):
            given = _parse(name, text, variable)
        if given is not None:
            values[name] = given
    return Settings(**values)  # type: ignore[arg-type]


def hold_address(uri: str) -> None:
    """Raises: SettingsError if it is no address of a database, or holds a password."""
    try:
        parts = urlsplit(uri)
        whole = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        shown = uri.rpartition("@")[2]
        raise SettingsError(
            f"store: {shown!r} is no address of a database; write one like neo4j://127.0.0.1:7687 "
            f"(schemes: {', '.join(SCHEMES)})"
        )
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            "store: write the user and the password not into the address, but into store_user and "
            "ECOGRAPH_STORE_PASSWORD"
        )


def variable_of(name: str) -> str:
    """The environment's variable of a setting."""
    return f"ECOGRAPH_{name.upper()}"


def to_environment(settings: Settings) -> dict[str, str]:
    """The variables that give these settings to another process."""
    pairs = ((name, getattr(settings, name)) for name in DEFAULTS)
    return {
        variable_of(n): os.pathsep.join(map(str, v)) if isinstance(v, tuple) else str(v)
        for n, v in pairs
        if v != DEFAULTS[n] and v is not None
    }


def read_file(path: Path) -> dict[str, object]:
    """The settings of a TOML file; its folders are relative to it. Raises: SettingsError."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is no TOML: {error}") from error
    found: dict[str, object] = {}
    for name, value in told.items():
        if name not in DEFAULTS:
            near = get_close_matches(name, DEFAULTS, n=3)
            hint = f"did you mean: {', '.join(near)}?" if near else "docs/settings.md lists them"
            raise SettingsError(f"{path}: unknown setting {name!r}; {hint}")
        kind = _kind(name)
        if kind is tuple and (folders := _list_texts(value)):
            found[name] = tuple(path.parent / folder for folder in folders)
            continue
        right = str if kind is Path else kind
        whole = right is float and type(value) is int
        if type(value) is not right and not whole:
            shown = "what is there" if name in SECRETS else repr(value)
            raise SettingsError(f"{path}: {name}: {shown} is no {_WORDS[kind]}")
        found[name] = path.parent / str(value) if kind is Path else value
    return found


def _parse(name: str, text: str, variable: str) -> object:
    kind = _kind(name)
    if kind is tuple:
        return tuple(Path(folder) for folder in text.split(os.pathsep) if folder)
    if kind is bool:
        if text.lower() not in _BOOLEANS:
            raise SettingsError(f"{variable}: {text!r} is neither true nor false")
        return _BOOLEANS[text.lower()]
    try:
        return kind(text)
    except ValueError:
        raise SettingsError(f"{variable}: {text!r} is not a number") from None


def _list_texts(value: object) -> list[str]:
    """One text or a list of them, as a list; empty if it is neither."""
    texts = [value] if isinstance(value, str) else value
    return texts if isinstance(texts, list) and all(isinstance(t, str) for t in texts) else []


def _kind(name: str) -> type:
    default = DEFAULTS[name]
    return Path if default is None else type(default)


_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WORDS = {
    Path: "path",
    tuple: "path and no list of paths",
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
}


def read_limits(given: Iterable[str]) -> dict[str, int]:
    """Settings of limits written as name=value, or none for no limit. Raises: SettingsError."""
    found: dict[str, int] = {}
    for item in given:
        if item.strip() == "none":
            # The parser recurses, so that the nesting of brackets stays bounded.
            found |= {name: MOST for name in LIMITS if name != "max_nesting"}
            continue
        name, _, value = item.partition("=")
        setting = f"max_{name.strip().replace('-', '_')}"
        if setting not in LIMITS:
            known = ", ".join(limit.removeprefix("max_") for limit in LIMITS)
            raise SettingsError(f"--limit: {item!r} names no limit; write one of {known}")
        try:
            found[setting] = int(value)
        except ValueError:
            raise SettingsError(f"--limit: {item!r} has no number; write {name}=12") from None
    return found


def bundled(name: str) -> Path:
    """The folder `data`, `docs` or `queries` that ships with the package, or stands beside it."""
    package = Path(__file__).parent
    shipped = package / "_bundled" / name
    return shipped if shipped.is_dir() else package.parent / name


def find_folders(data: Path | str | Iterable[Path | str] | None) -> tuple[Path, ...]:
    """One or more data folders as a tuple; the bundled one if there is none."""
    folders = (data,) if isinstance(data, Path | str) else data or ()
    return tuple(map(Path, folders)) or (bundled("data"),)


def find_cache(
    environment: Mapping[str, str], cache: bool | None = None, cache_dir: Path | None = None
) -> Path | None:
    """The folder for what can be made anew, None if nothing is to be kept; it need not be there.

    `cache` and `cache_dir` as in Settings; the environment says what is not given.
    Raises: SettingsError.
    """
    variable = variable_of("cache")
    if cache is None and (text := environment.get(variable)):
        cache = bool(_parse("cache", text, variable))
    if cache is False:
        return None
    if cache_dir is None and (named := environment.get(variable_of("cache_dir"))):
        cache_dir = Path(named)
    return cache_dir or _user_cache(environment)


def _user_cache(environment: Mapping[str, str]) -> Path | None:
    # By its rules XDG_CACHE_HOME counts only where it is absolute.
    if (named := environment.get("XDG_CACHE_HOME")) and Path(named).is_absolute():
        return Path(named) / "ecograph"
    if sys.platform == "win32":
        named = environment.get("LOCALAPPDATA")
        return Path(named) / "ecograph" / "cache" if named else None
    if not (home := environment.get("HOME")):
        return None
    return Path(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "ecograph")
