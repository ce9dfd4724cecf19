"""Statements that share a trip to the server. What nobody waits for leaves with the next that somebody waits for, and
at the latest with the commit; a trip takes a busy process longer than most statements take the server.

On SQLite there are no trips: everything is done at once.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, event, exc

_POSTED = "posted"  # key in what is known of the driver's connection


class Answer:
    """What a statement brings. Who asks for it first sends all that was posted on the connection."""

    __slots__ = ("_connection", "_count", "_rows")

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection
        self._rows: list[tuple[Any, ...]] = []
        self._count = 0

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows, of a statement that answers with any."""
        self._wait()
        return self._rows

    def values(self) -> set[Any]:
        """The first value of each row."""
        return {row[0] for row in self.rows()}

    def count(self) -> int:
        """How many rows it changed."""
        self._wait()
        return self._count

    def arrive(self, rows: list[tuple[Any, ...]], count: int) -> None:
        """Take over what the driver got."""
        self._rows, self._count, self._connection = rows, count, None

    def _wait(self) -> None:
        if self._connection is not None:
            send(self._connection)
        if self._connection is not None:
            raise RuntimeError("a statement was never sent: its transaction was rolled back before")


def post(connection: Connection, text: str, values: Any) -> Answer:
    """A statement in the driver's own words. An error of it is raised when it is sent."""
    answer = Answer(connection)
    if connection.dialect.name == "sqlite":
        result = connection.exec_driver_sql(text, values)
        answer.arrive(list(result.cursor.fetchall()) if result.cursor is not None else [], result.rowcount)
    else:
        connection.info.setdefault(_POSTED, []).append((text, values, answer))
    return answer


def send(connection: Connection, *, commit: bool = False) -> None:
    """Let everything that was posted happen now, in one trip; `commit` ends the transaction with it."""
    posted: list[tuple[str, Any, Answer]] = connection.info.pop(_POSTED, [])
    if not posted:
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            cursors = [_begun(connection, driver.cursor(), text, values) for text, values, _ in posted]
            if commit:
                driver.execute("COMMIT", prepare=False)
        for cursor, (_, _, answer) in zip(cursors, posted, strict=True):
            answer.arrive(cursor.fetchall() if cursor.description else [], cursor.rowcount)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, driver, error, [text for text, _, _ in posted]) from error


def _begun(connection: Connection, cursor: Any, text: str, values: Any) -> Any:
    """The cursor of a statement that is on its way; who watches what SQLAlchemy executes sees it too."""
    connection.dispatch.before_cursor_execute(connection, cursor, text, values, None, False)
    return cursor.execute(text, values)


def _known(connection: Connection, driver: Any, error: Exception, texts: Sequence[str]) -> BaseException:
    """The error as SQLAlchemy raises those of its own statements. A connection that was lost in the middle of a trip
    is not used again, not even to roll back."""
    lost = bool(driver.closed or driver.info.pipeline_status)
    if lost:
        connection.invalidate(error)
    of_driver: Any = connection.dialect.loaded_dbapi.Error
    return exc.DBAPIError.instance(
        "; ".join(texts), None, error, of_driver, connection_invalidated=lost, dialect=connection.dialect
    )


def keep_order(engine: Engine) -> None:
    """What was posted comes before whatever else happens on its connection, and goes with a rollback."""

    @event.listens_for(engine, "before_cursor_execute")
    def before(connection: Connection, *_: Any) -> None:
        send(connection)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        send(connection, commit=True)

    @event.listens_for(engine, "rollback")
    def rollback(connection: Connection) -> None:
        if not connection.invalidated:
            connection.info.pop(_POSTED, None)

    @event.listens_for(engine, "checkin")
    def checkin(_: Any, record: Any) -> None:
        if record is not None:
            record.info.pop(_POSTED, None)
