"""Names of zones and their clocks: validated names, the zones of a country, zones that show the same time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from touches.time.errors import UnknownZone

_NOT_ZONES = frozenset({"Factory", "localtime", "posixrules", "build/etc/localtime"})
_COMPARED = (2025, 2031)  # years in which two zones must agree to count as one clock


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetChange:
    """From the instant `at` (whole UTC second) on, local time is UTC plus `after` seconds; before, plus
    `before`."""

    at: int
    before: int
    after: int


def zone(name: str) -> ZoneInfo:
    """The zone called `name`, exactly as the IANA database spells it; UnknownZone with near names
    otherwise."""
    if name not in zone_names():
        raise UnknownZone(name, near_zones(name))
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every name that may stand in a `timezone` field."""
    return frozenset(available_timezones()) - _NOT_ZONES


def near_zones(name: str) -> tuple[str, ...]:
    """Up to three names that somebody who wrote `name` may have meant."""
    from difflib import get_close_matches

    wanted = name.strip().replace(" ", "_").casefold()
    if not wanted or len(wanted) > 60:
        return ()
    full = {each.casefold(): each for each in sorted(zone_names())}
    cities = {each.rsplit("/", 1)[-1].casefold(): each for each in sorted(zone_names()) if "/" in each}
    if wanted in full:
        return (full[wanted],)
    if wanted in cities:
        return (cities[wanted],)
    near = [full[each] for each in get_close_matches(wanted, full, n=3, cutoff=0.75)]
    near += [cities[each] for each in get_close_matches(wanted, cities, n=3, cutoff=0.75)]
    return tuple(dict.fromkeys(near))[:3]


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            table.setdefault(country, []).append(name)
    return {country: tuple(names) for country, names in table.items()}


def country_zones(country: str) -> tuple[str, ...]:
    """The zones of a country (ISO 3166-1 alpha-2), in tzdata's order; zones whose clocks agree are one
    (Germany has one, Australia seven). Empty for an unknown country."""
    return distinct_clocks(all_country_zones(country))


def all_country_zones(country: str) -> tuple[str, ...]:
    """As `country_zones`, with every name; stations in Antarctica come last."""
    names = [each for each in _zones_by_country().get(country.upper(), ()) if each in zone_names()]
    return tuple(sorted(names, key=lambda name: name.startswith("Antarctica/")))


def distinct_clocks(names: Iterable[str]) -> tuple[str, ...]:
    """The first name of every group of zones that show the same time from 2025 on, in the order given."""
    kept: dict[tuple[tuple[int, int], ...], str] = {}
    for name in names:
        kept.setdefault(clock(name), name)
    return tuple(kept.values())


@lru_cache(maxsize=1024)
def clock(name: str) -> tuple[tuple[int, int], ...]:
    """What a zone's clock does from 2025 on, as (UTC second, offset) pairs: equal for zones that show the
    same time."""
    here = zone(name)
    first = datetime(_COMPARED[0], 1, 1, tzinfo=UTC)
    changes = offset_changes(here, first, datetime(_COMPARED[1], 1, 1, tzinfo=UTC))
    return ((0, _offset(here, int(first.timestamp()))), *((each.at, each.after) for each in changes))


def offset_changes(here: ZoneInfo, first: datetime, until: datetime) -> Iterator[OffsetChange]:
    """The changes of a zone's offset with `first` < change <= `until`, in order, to the second.

    Looks once a day: two changes within one day that undo each other would be missed; the database has none.
    """
    low, end = int(first.timestamp()), int(until.timestamp())
    before = _offset(here, low)
    while low < end:
        high = min(low + 86_400, end)
        after = _offset(here, high)
        if after != before:
            yield OffsetChange(at=_change_between(here, low, high), before=before, after=after)
        low, before = high, after


def _change_between(here: ZoneInfo, low: int, high: int) -> int:
    before = _offset(here, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(here, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(here: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, here).utcoffset()
    return int((offset or timedelta()).total_seconds())


@lru_cache(maxsize=1)
def zone_data_version() -> str:
    """The release of the zone database in use ("2026f"): the system's where it has one, else the tzdata
    package's.

    Stored beside computed instants, so that they can be computed again after an update."""
    for folder in map(Path, TZPATH):
        listing = folder / "tzdata.zi"
        if listing.is_file():
            with listing.open(encoding="utf-8") as lines:
                return _version(lines.readline())
    return packaged_zone_data_version()


def packaged_zone_data_version() -> str:
    """The release that the tzdata package brings; newer than the one in use means: the system wants an
    update."""
    listing = resources.files("tzdata").joinpath("zoneinfo", "tzdata.zi")
    with listing.open(encoding="utf-8") as lines:
        return _version(lines.readline())


def _version(first_line: str) -> str:
    return first_line.removeprefix("# version").strip()
