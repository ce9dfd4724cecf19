"""Who may log in: added, changed and removed by somebody at the command line, and noted each time."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from touches.errors import NotFound, Refused
from touches.store.events import Event
from touches.store.units import Unit
from touches.store.web import Role, WebUser, WebUsers
from touches.web.passwords import hash_password, why_not_password

NAME_AT_MOST: Final = 100


class UnknownUser(NotFound):
    """Nobody of this name may log in."""

    noun = "web user"
    listing = "touches web user list"


def add(unit: Unit, name: str, password: str, *, role: str, actor: str, at: datetime) -> None:
    """A new user. Refused for a name that is taken or cannot be one, and for a weak password."""
    users = WebUsers(unit.connection)
    if not name or name != name.strip() or not name.isprintable() or len(name) > NAME_AT_MOST:
        raise Refused(f'"{name}" cannot be a user\'s name.', hint="Take a few letters, for instance aino.")
    if users.get(name) is not None:
        raise Refused(f'There is a user "{name}" already.', hint=f"New password: touches web user password {name}")
    _check(password)
    users.put(name, password_hash=hash_password(password), role=Role(role), at=at)
    _note(unit, "web_user_added", f"{name} may log in as {role}", actor, at)


def set_password(unit: Unit, name: str, password: str, *, actor: str, at: datetime) -> None:
    """A new password; older sessions are over. Raises UnknownUser, Refused."""
    user = _known(unit, name)
    _check(password)
    WebUsers(unit.connection).put(name, password_hash=hash_password(password), role=user.role, at=at)
    _note(unit, "web_password_changed", f"{name} has a new password", actor, at)


def set_role(unit: Unit, name: str, role: str, *, actor: str, at: datetime) -> None:
    """Another role; older sessions are over. Raises UnknownUser."""
    user = _known(unit, name)
    WebUsers(unit.connection).put(name, password_hash=user.password_hash, role=Role(role), at=at)
    _note(unit, "web_role_changed", f"{name} is {role} now", actor, at)


def remove(unit: Unit, name: str, *, actor: str, at: datetime) -> None:
    """No login any more. Raises UnknownUser."""
    _known(unit, name)
    WebUsers(unit.connection).remove(name)
    _note(unit, "web_user_removed", f"{name} may not log in any more", actor, at)


def user_rows(unit: Unit) -> Iterator[Mapping[str, Any]]:
    """The rows of `web user list`."""
    for user in WebUsers(unit.connection).all():
        yield {
            "user": user.name,
            "role": user.role.value,
            "created_at": user.created_at,
            "changed_at": user.changed_at,
        }


def _known(unit: Unit, name: str) -> WebUser:
    users = WebUsers(unit.connection)
    user = users.get(name)
    if user is None:
        raise UnknownUser(name, [other.name for other in users.all()])
    return user


def _check(password: str) -> None:
    reason = why_not_password(password)
    if reason:
        raise Refused(reason)


def _note(unit: Unit, action: str, because: str, actor: str, at: datetime) -> None:
    unit.events.add([Event(at=at, action=action, because=because, actor=actor)])
