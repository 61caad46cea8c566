"""The Neo4j driver: statements in, rows out. Its errors become ours; its texts stay here.

The driver's own threads-and-sockets form is used, not asyncio's: in the threads of the service it
takes less time for a statement (docs/decisions/0010-service-over-a-database.md).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
)

from ecograph.errors import StoreError, StoreTimeout, StoreUnavailable
from ecograph.store.base import Budget, overdue

TRIES = 3
"""How often a read is begun when the fault is one that may pass."""
PAUSE = 0.05
"""Seconds before a second try; four times as many before a third."""
IDLE = 30.0
"""Seconds after which an idle connection is tried before it is used."""
LEAST = 0.001
"""The shortest time in seconds that a statement is given: to the server 0 would mean for ever."""
LONG = 600.0
"""Seconds that the reading of all names may take, or one batch of a load."""

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, and as whom it is asked; `pool` is in connections."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"
    pool: int = 16
    patience: float = 2.0
    """Seconds to wait for a connection, new or of the pool."""

    @property
    def shown(self) -> str:
        """The host and the port, for messages."""
        return urlsplit(self.uri).netloc


class Database:
    """One database, asked from any thread."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        # Without a handler of its own the driver's log would go to standard error.
        if not (log := logging.getLogger("neo4j")).handlers:
            log.addHandler(logging.NullHandler())
        with self._mapped(None):
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                max_connection_pool_size=address.pool,
                connection_acquisition_timeout=address.patience,
                connection_timeout=address.patience,
                liveness_check_timeout=IDLE,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                user_agent=f"ecograph/{version('ecograph')}",
            )

    def read_row(self, text: str, parameters: Mapping[str, Any], budget: Budget) -> Row | None:
        """The one row of a statement, None if there is none; begun again after a passing fault.

        Raises: StoreTimeout, StoreUnavailable, StoreError.
        """
        for attempt in range(TRIES):
            budget.spend()
            try:
                rows = self._read(text, parameters, budget.left)
            except (DriverError, Neo4jError) as error:
                pause = PAUSE * 4**attempt
                left = budget.left
                late = left is not None and left <= pause
                if late or attempt + 1 == TRIES or not error.is_retryable():
                    raise self._told(error, budget.seconds) from error
                time.sleep(pause)
            else:
                if len(rows) > 1:
                    raise StoreError("the database gave several rows where one was asked for")
                return rows[0] if rows else None
        raise AssertionError

    def _read(self, text: str, parameters: Mapping[str, Any], left: float | None) -> list[Row]:
        with self._session(neo4j.READ_ACCESS) as session:
            return [record.values() for record in session.run(_query(text, left), dict(parameters))]

    def stream(self, text: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
        """The rows of a statement, one by one; an end without an error means that all came.

        Raises: StoreTimeout, StoreUnavailable, StoreError.
        """
        with self._mapped(LONG), self._session(neo4j.READ_ACCESS) as session:
            for record in session.run(_query(text, LONG), dict(parameters)):
                yield record.values()

    def read_all(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of a statement. Raises: like `stream`."""
        return list(self.stream(text, parameters or {}))

    def write(self, *statements: tuple[str, Mapping[str, Any]]) -> list[neo4j.SummaryCounters]:
        """Run statements in one transaction, again after a passing fault: what each changed.

        A statement with a parameter named `expected` must give so many rows, else nothing is
        changed. Raises: StoreUnavailable, StoreTimeout, StoreError.
        """

        def work(transaction: neo4j.ManagedTransaction) -> list[neo4j.SummaryCounters]:
            done = []
            for text, parameters in statements:
                result = transaction.run(text, dict(parameters))
                rows = list(result)
                if len(rows) != parameters.get("expected", len(rows)):
                    raise Unexpected
                done.append(result.consume().counters)
            return done

        with self._mapped(LONG), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(timeout=LONG)(work))

    def change_schema(self, text: str) -> None:
        """Run one statement outside of a transaction. Raises: like `write`."""
        with self._mapped(LONG), self._session(neo4j.WRITE_ACCESS) as session:
            session.run(text).consume()

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self.address.database, default_access_mode=mode,
            bookmark_manager=self._bookmarks,
        )  # fmt: skip

    @contextmanager
    def _mapped(self, seconds: float | None) -> Iterator[None]:
        try:
            yield
        except (DriverError, Neo4jError) as error:
            raise self._told(error, seconds) from error

    def _told(self, error: DriverError | Neo4jError, seconds: float | None) -> StoreError:
        """The error in our own words; the driver's code goes to the log, its text nowhere."""
        where, code = self.address.shown, getattr(error, "code", None) or type(error).__name__
        logging.getLogger(__name__).info("the database at %s: %s", where, code)
        if isinstance(error, ConnectionAcquisitionTimeoutError):
            return StoreUnavailable(
                f"all {self.address.pool} connections to the database are busy; ask again in a "
                "second (setting store_pool)"
            )
        if isinstance(error, AuthError):
            return StoreUnavailable(
                f"the database at {where} does not let {self.address.user!r} in "
                "(settings store_user and store_password)"
            )
        if isinstance(error, ConfigurationError):
            return StoreUnavailable(f"the database at {where} cannot be asked as it is set up")
        if "TransactionTimedOut" in code or code.endswith(".Terminated"):
            return overdue(seconds)
        if "OutOfMemory" in code or "MemoryPool" in code:
            return StoreTimeout("the answer needs more memory than the database has; ask for less")
        if "DatabaseNotFound" in code:
            return StoreUnavailable(
                f"the server at {where} has no database {self.address.database!r} "
                "(setting store_database)"
            )
        if isinstance(error, ClientError) and not error.is_retryable():
            return StoreError(f"the database at {where} cannot answer ({code})")
        return StoreUnavailable(f"the database at {where} does not answer; ask again in a second")


class Unexpected(Exception):
    """A statement of a transaction did not find what it must; nothing was changed."""


def _query(text: str, seconds: float | None) -> neo4j.Query:
    timeout = None if seconds is None else max(LEAST, seconds)
    return neo4j.Query(text, timeout=timeout)
