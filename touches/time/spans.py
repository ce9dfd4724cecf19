"""Open hours as spans of UTC seconds: built once per combination of zones, hours, calendar and years."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise

from touches.time.closed import Closed
from touches.time.hours import Hours
from touches.time.zones import OffsetChange, offset_changes, zone

DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
Span = tuple[int, int]  # UTC seconds, half-open


def new_year(year: int) -> int:
    """The UTC second at which a year begins."""
    return (date(year, 1, 1).toordinal() - EPOCH) * DAY


def year_of(second: int) -> int:
    """The UTC year that a second lies in; years beyond 9998 count as 9998."""
    day = min(second // DAY + EPOCH, date(9998, 12, 31).toordinal())
    return date.fromordinal(max(day, 366)).year


@lru_cache(maxsize=8192)
def changes_in_year(zone_name: str, year: int) -> tuple[OffsetChange, ...]:
    """The changes of a zone's offset after a UTC year's first second, up to and including its end."""
    first, last = (datetime.fromtimestamp(new_year(each), UTC) for each in (year, year + 1))
    return tuple(offset_changes(zone(zone_name), first, last))


@lru_cache(maxsize=8192)
def offset_at(zone_name: str, second: int) -> int:
    """Seconds that local time is ahead of UTC at a UTC second."""
    offset = datetime.fromtimestamp(second, zone(zone_name)).utcoffset()
    return 0 if offset is None else offset.days * DAY + offset.seconds


def open_spans(
    zones: tuple[str, ...], hours: Hours, closed: Closed | None, first_year: int, last_year: int
) -> list[Span]:
    """When the hours are open in every zone, from the start of one UTC year to the end of another: sorted,
    none touching the next."""
    spans: list[Span] = [(new_year(first_year), new_year(last_year + 1))]
    for name in dict.fromkeys(zones):
        mine = _joined(_open_in(name, hours, closed, first_year, last_year))
        spans = list(_in_both(spans, list(mine)))
    return spans


def _open_in(name: str, hours: Hours, closed: Closed | None, first_year: int, last_year: int) -> Iterator[Span]:
    for first, last, offset in _steady_times(name, first_year, last_year):
        for start, end in _open_locally(hours, closed, (first + offset) // DAY - 1, (last + offset) // DAY):
            clipped = max(start - offset, first), min(end - offset, last)
            if clipped[0] < clipped[1]:
                yield clipped


def _steady_times(name: str, first_year: int, last_year: int) -> Iterator[tuple[int, int, int]]:
    """Times without a change of clocks: first second, end, offset."""
    begin, end = new_year(first_year), new_year(last_year + 1)
    changes = [each for year in range(first_year, last_year + 1) for each in changes_in_year(name, year)]
    offsets = [offset_at(name, begin), *(each.after for each in changes)]
    borders = [begin, *(each.at for each in changes), end]
    for (first, last), offset in zip(pairwise(borders), offsets, strict=True):
        yield first, last, offset


def _open_locally(hours: Hours, closed: Closed | None, first_day: int, last_day: int) -> Iterator[Span]:
    """Open spans in seconds of local time since 1970, of the hours that open on days `first_day` to
    `last_day`."""
    for day in range(first_day, last_day + 1):
        ordinal = day + EPOCH
        if (ordinal + 6) % 7 not in hours.days or _is_closed(closed, ordinal):
            continue
        end = hours.end * 60 + (DAY if hours.wraps else 0)
        if end > DAY and _is_closed(closed, ordinal + 1):
            end = DAY
        yield day * DAY + hours.start * 60, day * DAY + end


def _is_closed(closed: Closed | None, ordinal: int) -> bool:
    return closed is not None and closed.is_closed(date.fromordinal(ordinal))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Sorted spans, those that touch made one."""
    last: Span | None = None
    for span in spans:
        if last is not None and span[0] <= last[1]:
            last = last[0], max(last[1], span[1])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _in_both(left: list[Span], right: list[Span]) -> Iterator[Span]:
    """What two sorted lists of spans have in common."""
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            yield start, end
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
