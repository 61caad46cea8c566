"""Environment -> frozen settings, and where the bundled folders are. May import: errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ecograph.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server may be told, by flag or by ECOGRAPH_<NAME> in the environment.

    answer_cache  bytes of answers to keep, 0 keeps none
    deadline      seconds that one answer may take
    max_...       the largest figure of a question that is answered; docs/limits.md says which
    """

    data: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    answer_cache: int = 32 * 2**20
    deadline: float = 2.0
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
        if self.deadline <= 0:
            raise SettingsError(f"deadline: {self.deadline} is no time; write seconds, e.g. 2")
        for name in LIMITS:
            if not 0 <= getattr(self, name) <= MOST:
                raise SettingsError(
                    f"{name}: {getattr(self, name)} is no limit; write 0 to {MOST:,}"
                )


LIMITS = tuple(field.name for field in fields(Settings) if field.name.startswith("max_"))
MOST = 10**9
"""The largest limit: no figure is counted further."""


def read_settings(environment: Mapping[str, str], **flags: object) -> Settings:
    """Settings of flags (None = not given), then the environment, then the defaults.

    Raises: SettingsError, which names the setting.
    """
    values: dict[str, object] = {}
    for field in fields(Settings):
        given = flags.get(field.name)
        variable = f"ECOGRAPH_{field.name.upper()}"
        if given is None and (text := environment.get(variable)):
            try:
                given = _PARSE[field.name](text)
            except ValueError:
                raise SettingsError(f"{variable}: {text!r} is not a number") from None
        if given is not None:
            values[field.name] = given
    return Settings(**values)  # type: ignore[arg-type]


_PARSE: Mapping[str, Callable[[str], object]] = {
    "data": Path,
    "host": str,
    "port": int,
    "answer_cache": int,
    "deadline": float,
    **dict.fromkeys(LIMITS, int),
}


def read_limits(given: Iterable[str]) -> dict[str, int]:
    """Settings of limits written as name=value. Raises: SettingsError."""
    found: dict[str, int] = {}
    for item in given:
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
