"""What the data lacks, as its files say: found once a dataset version, and where it is mended."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from ecograph.curate.gaps import GROUPS, Found, find_gaps
from ecograph.curate.mends import Way

STALE = 365
"""Days after which a source is stale."""
LONGEST = 6_000
"""Characters of an address that every browser and host takes."""
SORTS: Mapping[str, str] = {gap.value: group for group, gaps in GROUPS.items() for gap in gaps}
"""Sort of gap -> its group."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One gap; `file` is its path from the root of the repository, `fresh` one still to be made."""

    gap: str
    id: str
    kind: str
    entity: str
    message: str
    way: Way
    file: str
    line: int
    snippet: str
    fresh: bool


class Lacks:
    """The gaps of data folders, for one dataset version after the other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._version = ""
        self._found: asyncio.Task[tuple[Lack, ...]] | None = None

    async def find(self, version: str) -> tuple[Lack, ...]:
        """All of them, what is named most first. Raises: DataErrors if the files have faults.

        They are read in a thread, once, whoever and how many ask.
        """
        if self._found is None or self._version != version:
            self._version = version
            self._found = asyncio.create_task(asyncio.to_thread(find_lacks, self._folders))
        return await asyncio.shield(self._found)


def find_lacks(folders: Sequence[Path]) -> tuple[Lack, ...]:
    """The gaps of data folders. Raises: DataErrors."""
    gaps = find_gaps(folders, datetime.now(UTC).date(), STALE)
    above = {f"{folder.parent.as_posix()}/" for folder in folders} - {"./"}
    found = sorted(gaps.found, key=lambda one: (-one.named, one.id, one.gap.value))
    return tuple(_tell(one, above) for one in found)


def _tell(one: Found, above: set[str]) -> Lack:
    # Where the folders are on this machine is nobody's business.
    file, message = one.mend.place.file, one.message
    for path in above:
        file, message = file.removeprefix(path), message.replace(path, "")
    fresh = one.mend.way is Way.END and not Path(one.mend.place.file).exists()
    return Lack(
        one.gap.value, one.id, one.kind, one.entity, message, one.mend.way, file,
        one.mend.place.line, one.mend.snippet, fresh,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repository:
    """Where contributions go: the address of a repository as GitHub serves it, and its branch."""

    address: str
    branch: str = "main"

    def edit(self, lack: Lack) -> str:
        """The page on which the file is edited; of a new one, with the snippet in it."""
        if not lack.fresh:
            line = f"#L{lack.line}" if lack.line else ""
            return f"{self.address}/edit/{quote(self.branch)}/{quote(lack.file)}{line}"
        parts = {"filename": lack.file, "value": lack.snippet}
        return _bounded(f"{self.address}/new/{quote(self.branch)}", parts, "value")

    def propose(self, lack: Lack) -> str:
        """The page of an issue that says the gap and the snippet."""
        place = f"{lack.file}:{lack.line}" if lack.line else lack.file
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", lack.snippet)), default=0))
        body = f"`{place}`\n\n{fence}\n{lack.snippet}{fence}\n"
        return _bounded(f"{self.address}/issues/new", {"title": lack.message, "body": body}, "body")


def read_repository(address: str) -> Repository | None:
    """The repository of the setting; the branch may follow as /tree/<branch>."""
    if not address:
        return None
    home, _, branch = address.rstrip("/").partition("/tree/")
    return Repository(home, branch or "main")


def _bounded(address: str, parts: dict[str, str], largest: str) -> str:
    """An address with a query string, without its largest part where that is too long."""
    told = f"{address}?{urlencode(parts, quote_via=quote)}"
    if len(told) <= LONGEST:
        return told
    rest = {name: value for name, value in parts.items() if name != largest}
    return f"{address}?{urlencode(rest, quote_via=quote)}"
