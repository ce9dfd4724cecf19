"""What tells a row that came before from one that says something else."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from touches.people.draft import Defaults
from touches.people.headers import Columns


class RowDigests:
    """Of fitted rows and what holds for the whole file: the same row of the same list has the same, whatever the
    day."""

    def __init__(self, columns: Columns, defaults: Defaults) -> None:
        named = {at: name for name, at in columns.fields.items()}
        named |= {at: f"+{name}" for name, at in columns.attributes.items()}
        signature = [named.get(at, "") for at in range(columns.width)]
        context = "\x1f".join([*signature, defaults.country, defaults.segment, defaults.source])
        key = blake2b(context.encode(), digest_size=32).digest()
        self._begun = blake2b(key=key, digest_size=16)

    def of(self, values: Sequence[str]) -> str:
        """The digest of a row."""
        return self.of_all([values])[0]

    def of_all(self, rows: Iterable[Sequence[str]]) -> list[str]:
        """The digest of each row."""
        begin = self._begun.copy
        found = []
        for values in rows:
            digest = begin()
            digest.update("\x1f".join(values).encode("utf-8", "surrogatepass"))
            found.append(digest.hexdigest())
        return found
