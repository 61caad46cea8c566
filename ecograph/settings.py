"""Environment -> frozen settings, and where the bundled folders are. May import: errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ecograph.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server may be told, by flag or by ECOGRAPH_<NAME> in the environment.

    answer_cache  bytes of answers to keep, 0 keeps none
    deadline      seconds that one answer may take
    """

    data: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    answer_cache: int = 32 * 2**20
    deadline: float = 2.0

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise SettingsError(f"port: {self.port} is no port; write 0 to 65535 (0: any free one)")
        if self.answer_cache < 0:
            raise SettingsError(f"answer_cache: {self.answer_cache} is negative; write bytes, or 0")
        if self.deadline <= 0:
            raise SettingsError(f"deadline: {self.deadline} is no time; write seconds, e.g. 2")


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


_PARSE = {"data": Path, "host": str, "port": int, "answer_cache": int, "deadline": float}


def bundled(name: str) -> Path:
    """The folder `data` or `queries` that ships with the package, or stands beside it."""
    package = Path(__file__).parent
    shipped = package / "_bundled" / name
    return shipped if shipped.is_dir() else package.parent / name
