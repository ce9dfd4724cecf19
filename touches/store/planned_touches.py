"""Rows of touches that are planned, as the database takes them: what differs from lead to lead, and what is shared."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeAlias

from touches.model.cadence import TouchDraft
from touches.model.states import FINAL
from touches.store.types import stored_json, to_micros

OwnValues: TypeAlias = tuple[int | None, int | None, int | None, str, str]
SharedValues: TypeAlias = tuple[Any, ...]
OWN = ("enrollment_id", "lead_id", "point_id", "address", "owner")
SHARED = tuple(name for name in TouchDraft.__dataclass_fields__ if name not in OWN)
PLANNED = (*OWN, *SHARED, "created_at", "finished_at")
_own_values = attrgetter(*OWN)


def planned_rows(
    drafts: Sequence[TouchDraft], alike: Iterable[tuple[OwnValues, SharedValues]], at: datetime
) -> Iterator[tuple[Any, ...]]:
    """The values of PLANNED for drafts, and for open touches whose shared values were put together before."""
    micros = to_micros(at)
    for draft in drafts:
        yield (*_own_values(draft), *shared_values(draft), micros, micros if draft.state in FINAL else None)
    for own, shared in alike:
        yield (*own, *shared, micros, None)


def shared_values(draft: TouchDraft) -> SharedValues:
    """What a draft shares with those that are planned alike, as it is stored."""
    return tuple([_STORED.get(name, _as_it_is)(getattr(draft, name)) for name in SHARED])


def _as_it_is(value: Any) -> Any:
    return value


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)


_STORED: Mapping[str, Callable[[Any], Any]] = {
    "state": attrgetter("value"),
    "because": stored_json,
    "due_at": _micros,
    "latest_at": _micros,
}
