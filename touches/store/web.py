"""Who may log in to the web pages, and which of their sessions ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, select

from touches.store.rows import SignRow, WebUserRow
from touches.store.switches import Switches, upserting

USER = WebUserRow.__table__  # type: ignore[attr-defined]
SIGN = SignRow.__table__  # type: ignore[attr-defined]
ENDED = "web_session_ended"


class Role(StrEnum):
    """What somebody may do on the pages."""

    VIEWER = "viewer"  # sees everything, changes nothing
    MANAGER = "manager"  # also decides what needs a person


@dataclass(frozen=True, slots=True, kw_only=True)
class WebUser:
    """Somebody who may log in. Sessions begun before `changed_at` (a new password or role) are over."""

    name: str
    password_hash: str
    role: Role
    created_at: datetime
    changed_at: datetime


class WebUsers:
    """People by name; names are compared as they are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> WebUser | None:
        """One of them."""
        return next(iter(self._read(USER.c.name == name)), None)

    def all(self) -> list[WebUser]:
        """Everybody, by name."""
        return self._read(USER.c.name != "")

    def put(self, name: str, *, password_hash: str, role: Role, at: datetime) -> bool:
        """Add somebody, or change password and role, which ends their sessions; whether they are new."""
        known = self.get(name) is not None
        changing = {"password_hash": password_hash, "role": role.value, "changed_at": at}
        statement = upserting(self._connection, USER).values(name=name, created_at=at, **changing)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changing))
        return not known

    def remove(self, name: str) -> bool:
        """Take somebody's access away at once; False where there is nobody of this name."""
        return self._connection.execute(delete(USER).where(USER.c.name == name)).rowcount == 1

    def end_session(self, session: str, *, at: datetime) -> None:
        """Let a session be over, whatever its cookie says."""
        Switches(self._connection).first_time(ENDED, session, at=at)

    def has_ended(self, session: str) -> bool:
        """Whether somebody logged out of this session."""
        condition = (SIGN.c.kind == ENDED) & (SIGN.c.key == session)
        return self._connection.execute(select(SIGN.c.id).where(condition)).first() is not None

    def forget_sessions(self, *, before: datetime) -> None:
        """Drop marks of sessions that have run out anyway."""
        self._connection.execute(delete(SIGN).where(SIGN.c.kind == ENDED, SIGN.c.at < before))

    def _read(self, condition: object) -> list[WebUser]:
        statement = select(USER).where(condition).order_by(USER.c.name)  # type: ignore[arg-type]
        rows = self._connection.execute(statement).mappings()
        return [WebUser(**{**row, "role": Role(row["role"])}) for row in rows]
