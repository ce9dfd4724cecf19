"""Imports that are only to be seen beforehand."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select, tuple_

from touches.store.activity_imports import ACTIVITY, ActivityImports, Done, stored_activity
from touches.store.imports import Imports, company_key

_KEY: Final = ("lead_id", "kind", "at", "apart")
_ASKED_AT_ONCE: Final = 200  # keys: every value of each is a parameter


class PlannedImports(Imports):
    """The look-ups of an import that only is to be seen beforehand: nothing is written, no number used up, no lock
    taken. Companies that would be made are kept in `made`, with negative ids."""

    def __init__(self, connection: Connection, made: dict[str, int]) -> None:
        super().__init__(connection)
        self._made = made

    def reserve_ids(self, count: int) -> range:
        """Ids that nobody has."""
        return self.next_ids(count)

    def companies(self, named: Iterable[tuple[str, int | None]]) -> dict[str, int]:
        """Ids by name."""
        keys = {name: company_key(name) for name, _ in named}
        ids = self.company_ids(keys.values())
        return {name: ids.get(key) or self._made.setdefault(key, -1 - len(self._made)) for name, key in keys.items()}


class PlannedActivityImports(ActivityImports):
    """Says what would be new, and writes nothing: no lock is taken. `told` is what earlier chunks would have written,
    and is added to."""

    def __init__(self, connection: Connection, told: set[int]) -> None:
        super().__init__(connection)
        self._told = told

    def put(self, activities: Sequence[Done]) -> int:
        """How many would be new."""
        keys = list(dict.fromkeys(_key(each) for each in activities))
        new = {hash(key) for key in keys} - self._told
        for at in range(0, len(keys), _ASKED_AT_ONCE):
            new -= {hash(key) for key in self._known(keys[at : at + _ASKED_AT_ONCE])}
        self._told |= new
        return len(new)

    def _known(self, keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        columns = [ACTIVITY.c[name] for name in _KEY]
        found = self._connection.execute(select(*columns).where(tuple_(*columns).in_(keys)))
        return [tuple(row) for row in found]


def _key(activity: Done) -> tuple[Any, ...]:
    row = stored_activity(activity)
    return tuple(row[name] for name in _KEY)
