"""The log of what happened to the rows, on both databases.

It is written by triggers, in the transaction that makes the change: what is rolled back leaves no line.
"""

import sqlite3

_SWITCH = "NEW.key IN ('paused', 'hold')"
_TOLD = ("coalesce(NEW.touch_id, 0)", "NEW.lead_id || '|' || NEW.news")
_PROMISE = "NEW.lead_id || '|' || NEW.\"by\" || '|' || coalesce(CAST(NEW.parent_id AS TEXT), '')"
_WITHDRAWN = ("coalesce(CAST(OLD.withdrawn_at AS TEXT), '')", "coalesce(CAST(NEW.withdrawn_at AS TEXT), '')")


def _row(table: str, more: str) -> tuple[str, ...]:
    """A new row with its state."""
    return table, "INSERT", "TRUE", "NEW.id", "''", "NEW.state", more


def _change(table: str, column: str, row: str, more: str) -> tuple[str, ...]:
    """Another value in a column."""
    old, new = f"OLD.{column}", f"NEW.{column}"
    return table, f"UPDATE OF {column}", f"{old} <> {new}", row, old, new, more


# what -> (table, when, condition, id, old, new, more)
WATCHED = {
    "touch+": _row("touch", "NEW.kind"),
    "touch": _change("touch", "state", "NEW.id", "NEW.channel || '|' || NEW.fence || '|' || NEW.reason"),
    "closed": ("suppression", "INSERT", "TRUE", "NEW.address_hash", "''", "NEW.channel", "NEW.reason"),
    "opened": ("suppression", "DELETE", "TRUE", "OLD.address_hash", "OLD.channel", "''", "OLD.reason"),
    "enrollment+": _row("enrollment", "NEW.policy || '@' || NEW.version"),
    "enrollment": _change("enrollment", "state", "NEW.id", "NEW.reason"),
    "dead": _change("lead", "dead", "NEW.id", "''"),
    "promise+": _row("promise", _PROMISE),
    "promise": ("promise", "UPDATE", "TRUE", "NEW.id", "OLD.state", "NEW.state", _PROMISE),
    "switch+": ("setting", "INSERT", _SWITCH, "NEW.key", "''", "NEW.value", "''"),
    "switch": ("setting", "UPDATE", _SWITCH, "NEW.key", "OLD.value", "NEW.value", "''"),
    "withdrawn": ("news", "UPDATE", " <> ".join(_WITHDRAWN), "NEW.id", *_WITHDRAWN, "''"),
    "ledger+": ("ledger", "INSERT", "TRUE", _TOLD[0], "''", "NEW.status", _TOLD[1]),
    "ledger": _change("ledger", "status", *_TOLD),
}
COLUMNS = "at TEXT NOT NULL, what TEXT NOT NULL, id TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, more TEXT"
SQLITE = f"CREATE TABLE sim_log (seq INTEGER PRIMARY KEY, {COLUMNS})"
POSTGRESQL = f"""
CREATE SCHEMA sim;
CREATE TABLE sim.sim_log (seq BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY, {COLUMNS});
CREATE FUNCTION sim.sim_now() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('sim.now') $$;
CREATE FUNCTION sim.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
    $$ SELECT CAST(current_setting('sim.now') AS timestamptz) $$;
"""
# The server's own tidying comes when it pleases, and plans by what it found.
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def install_on_sqlite(file: str) -> None:
    """Make the log and its triggers in a database that has all tables."""
    with sqlite3.connect(file) as connection:
        connection.execute(SQLITE)
        for what, (table, when, condition, *values) in WATCHED.items():
            done = f"BEGIN {_line(what, *values)} END"
            connection.execute(f"CREATE TRIGGER {_name(what)} AFTER {when} ON {table} WHEN {condition} {done}")
    connection.close()


def install_on_postgresql(address: str) -> None:
    """The same; and a clock that shows what it is told."""
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute(POSTGRESQL.encode())
        for (table,) in connection.execute(TABLES).fetchall():
            connection.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)'.encode())
        for what, (table, when, condition, *values) in WATCHED.items():
            name = _name(what)
            connection.execute(
                f"CREATE FUNCTION sim.{name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {_line(what, *values)} RETURN NULL; END $$; "
                f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW WHEN ({condition}) "
                f"EXECUTE FUNCTION sim.{name}()".encode()
            )


def _name(what: str) -> str:
    return f"sim_{what.replace('+', '_new')}"


def _line(what: str, row: str, old: str, new: str, more: str) -> str:
    return (
        "INSERT INTO sim_log (at, what, id, old, new, more) "
        f"VALUES (sim_now(), '{what.rstrip('+')}', {row}, {old}, {new}, {more});"
    )
