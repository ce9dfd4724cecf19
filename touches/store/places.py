"""Where a database lies: what tells it from a copy of itself."""

from pathlib import Path

from sqlalchemy import Connection

MAY_ASK = "SELECT has_function_privilege('pg_control_system()', 'execute')"
SERVER = "SELECT system_identifier FROM pg_control_system()"  # of the cluster, made by initdb
DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"


def place_of(connection: Connection) -> str:
    """A SQLite file's path and inode, or the server's own name for itself and the database; empty in memory."""
    if connection.dialect.name == "sqlite":
        return _of_file(connection.engine.url.database or "")
    may_ask = connection.exec_driver_sql(MAY_ASK).scalar_one()
    server = connection.exec_driver_sql(SERVER).scalar_one() if may_ask else ""
    return f"{server} {connection.exec_driver_sql(DATABASE).scalar_one()}"


def is_copy(before: str, now: str) -> bool:
    """Whether a database that lay there lies here as a copy: a file that was renamed keeps its inode, one that was
    put back its path."""
    if not before.startswith("/") or not now.startswith("/"):
        return bool(before) and before != now
    (path, inode), (new_path, new_inode) = before.rsplit(" ", 1), now.rsplit(" ", 1)
    return path != new_path and inode != new_inode


def _of_file(name: str) -> str:
    if not name or name == ":memory:":
        return ""
    file = Path(name).resolve()
    found = file.stat()
    return f"{file} {found.st_dev}:{found.st_ino}"
