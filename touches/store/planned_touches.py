"""Rows of touches that are planned, as the database takes them: what differs from lead to lead, and what is shared."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from touches.model.cadence import TouchDraft
from touches.model.states import FINAL
from touches.store.types import stored_json, to_micros

OwnValues: TypeAlias = tuple[int | None, int | None, int | None, str, str]
OWN = ("enrollment_id", "lead_id", "point_id", "address", "owner")
SHARED = tuple(name for name in TouchDraft.__dataclass_fields__ if name not in (*OWN, "because"))
PLANNED = (*OWN, *SHARED, "created_at", "finished_at")
_own_values = attrgetter(*OWN)


class StoredValues(NamedTuple):
    """As the database takes them: columns of a touch, and the text of its decision."""

    columns: tuple[Any, ...]
    because: str


def planned_rows(
    drafts: Sequence[TouchDraft], alike: Iterable[tuple[OwnValues, StoredValues]], at: datetime
) -> Iterator[StoredValues]:
    """The values of PLANNED for drafts, and of open touches whose shared values were put together before."""
    micros = to_micros(at)
    for draft in drafts:
        columns, because = shared_values(draft)
        finished = micros if draft.state in FINAL else None
        yield StoredValues((*_own_values(draft), *columns, micros, finished), because)
    for own, (columns, because) in alike:
        yield StoredValues((*own, *columns, micros, None), because)


def shared_values(draft: TouchDraft) -> StoredValues:
    """What a draft shares with those that are planned alike: the columns of SHARED."""
    columns = tuple([_STORED.get(name, _as_it_is)(getattr(draft, name)) for name in SHARED])
    return StoredValues(columns, stored_json(draft.because))


def _as_it_is(value: Any) -> Any:
    return value


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)


_STORED: Mapping[str, Callable[[Any], Any]] = {
    "state": attrgetter("value"),
    "due_at": _micros,
    "latest_at": _micros,
}
