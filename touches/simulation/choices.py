"""Channel and news for a touch: the engine's own choices, each made once for all leads of a profile in one position."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from policies.schema.steps import NewsSpec
from touches.model.people import Lead
from touches.planning.channel_choice import choose_channel
from touches.planning.facts import facts_of
from touches.planning.house import House, closed_for, hours_of
from touches.planning.news_choice import Hearer, Item, Pool, choose_news
from touches.simulation.cadences import Beat, Cadence
from touches.simulation.profiles import Profile
from touches.simulation.timetable import MICRO, Timetable, timetable, to_instant
from touches.time.spans import new_year, year_of

_DAY_0 = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A channel choice. `place` is that of the contact point among the lead's, -1 for none."""

    channel: str
    place: int
    table: Timetable
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A choice of news. `bit` is its class, 0 where there is nothing to tell."""

    news: str
    bit: int
    kind: str
    because: str


class News:
    """The pool by numbers: what a lead was told is one integer with a bit for each class."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        classes = {item.news_class for item in pool.items} | {need for item in pool.items for need in item.needs}
        self.bits = {name: 1 << number for number, name in enumerate(sorted(classes))}
        self._borders = sorted({border for item in pool.items for border in _borders(item)})
        self._specs: dict[int, tuple[int, int, NewsSpec]] = {}  # by identity: a specification is slow to hash

    def mask(self, classes: Iterable[str]) -> int:
        """What was told, as bits; classes that no item has any more do not count."""
        told = 0
        for name in classes:
            told |= self.bits.get(name, 0)
        return told

    def classes(self, mask: int) -> frozenset[str]:
        """The names of the bits."""
        return frozenset(name for name, bit in self.bits.items() if bit & mask)

    def epoch(self, day: int) -> int:
        """Days between which no item begins or ends to be valid have the same number."""
        return bisect_right(self._borders, day)

    def next_change(self, day: int) -> int | None:
        """The next day on which an item begins or ends to be valid."""
        index = bisect_right(self._borders, day)
        return self._borders[index] if index < len(self._borders) else None

    def spec(self, spec: NewsSpec) -> tuple[int, int, NewsSpec]:
        """A small number for what a step allows, and the bits on which its choice depends."""
        known = self._specs.get(id(spec))
        if known is None:
            mask = 0
            for item in self.pool.items:
                if item.only_lead is not None or spec.allows(item=item.id, kind=item.kind):
                    mask |= self.mask((item.news_class, *item.needs))
            known = self._specs[id(spec)] = (len(self._specs), mask, spec)
        return known


def _borders(item: Item) -> list[int]:
    if item.valid is None:
        return []
    first = [(item.valid.first - _DAY_0).days] if item.valid.first else []
    last = [(item.valid.last - _DAY_0).days + 1] if item.valid.last else []
    return [*first, *last]


class Choices:
    """Remembers what was chosen. `by_age`: some rule asks for an age, so that a new year may change a choice."""

    def __init__(self, house: House, news: News, *, by_age: bool) -> None:
        self._house = house
        self._by_age = by_age
        self.news = news
        self._told: dict[tuple[int, int, int, int, str, int], Told] = {}
        self._year_now = self._year_from = self._year_until = 0

    def way(self, cadence: Cadence, beat: Beat, profile: Profile, last: tuple[str, str], at: int) -> Way:
        """Which channel, to which address, in which hours; `last` are the two channels before, latest first."""
        if profile.by_law:  # what the law allows may end at any instant
            return self._choose_way(cadence, beat, profile, last, at)
        key = (beat.index, profile.number, last, self._year(at))
        found = cadence.ways.get(key)
        if found is None:
            found = cadence.ways[key] = self._choose_way(cadence, beat, profile, last, at)
        return found

    def _year(self, at: int) -> int:
        """The UTC year, where it matters; asked a million times, looked up once a year."""
        if not self._by_age:
            return 0
        if not self._year_from <= at < self._year_until:
            self._year_now = year_of(at // MICRO)
            self._year_from = new_year(self._year_now) * MICRO
            self._year_until = new_year(self._year_now + 1) * MICRO
        return self._year_now

    def _choose_way(self, cadence: Cadence, beat: Beat, profile: Profile, last: tuple[str, str], at: int) -> Way:
        lead, policy = profile.lead, cadence.policy
        before = [channel for channel in last if channel]
        choice = choose_channel(beat.step, policy, lead, self._house, now=to_instant(at), last=before)
        place = lead.points.index(choice.point) if choice.point is not None else -1
        return Way(
            channel=choice.channel,
            place=place,
            table=self.table(cadence, lead, choice.channel, profile.zones[place]),
            because=choice.because,
        )

    def table(self, cadence: Cadence, lead: Lead, channel: str, zones: tuple[str, ...]) -> Timetable:
        """The hours that bind a touch."""
        policy = cadence.policy
        return timetable(zones, hours_of(policy, channel), closed_for(policy, lead, self._house))

    def told(self, spec: NewsSpec, profile: Profile, told: int, last_kind: str, at: int, day: int) -> Told:
        """Which news, on a local day; `told` are the bits of what the lead knows."""
        number, mask, _ = self.news.spec(spec)
        key = (number, profile.number, told & mask, self.news.epoch(day), last_kind, self._year(at))
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = self._choose_news(spec, profile.lead, told & mask, last_kind, at, day)
        return found

    def _choose_news(self, spec: NewsSpec, lead: Lead, told: int, last_kind: str, at: int, day: int) -> Told:
        hearer = Hearer(
            lead=lead,
            facts=facts_of(lead, to_instant(at)),
            told=self.news.classes(told),
            day=_DAY_0 + timedelta(days=day),
            kinds=(last_kind,) if last_kind else (),
        )
        choice = choose_news(spec, self.news.pool, hearer, keep_considered=False)
        if choice.item is None:
            return Told("", 0, "", choice.because)
        return Told(choice.item.id, self.news.bits[choice.item.news_class], choice.item.kind, choice.because)
