"""Imports that are only to be seen beforehand."""

from collections.abc import Iterable

from sqlalchemy import Connection

from touches.store.imports import Imports, company_key


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
