"""Which leads no decision can tell apart: what is decided for one of them holds for all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from policies.amounts import Rate
from policies.schema import Caps, Channel, Policy
from touches.engine.gathering import Gathered
from touches.engine.library import Library
from touches.model.people import ContactPoint, Lead
from touches.planning.facts import facts_of
from touches.planning.house import House, zones_of
from touches.planning.news_choice import Pool
from touches.store.units import Unit
from touches.time.rates import LONGEST

Version: TypeAlias = tuple[str, int]
ALONE = 0  # the number of leads that have to be looked at one by one


class Alike:
    """Numbers leads by all that planning may look at in them besides their name, address and history."""

    def __init__(self, house: House, pool: Pool, policies: Mapping[Version, Policy]) -> None:
        ruled = {one.field for policy in policies.values() for rule in policy.channel_rules for one in rule.when}
        fields = ruled.union(pool.fields)
        # The age is that of the year that is asked about: leads are as old in every year if they were born in one.
        self._fields = tuple(sorted(fields | {"birth_year"} if "age" in fields else fields))
        self._house = house
        self._pool = pool
        self.versions = frozenset(policies)  # whose rules were looked at
        self._numbers: dict[object, int] = {}
        self._known: dict[int, tuple[Lead, int]] = {}
        self._clocks: dict[int, tuple[str, ...]] = {}

    def is_of(self, house: House, pool: Pool) -> bool:
        """Whether these are the rules and the news that it was made with."""
        return house is self._house and pool is self._pool

    def number_of(self, lead: Lead, now: datetime) -> int:
        """Equal numbers: nothing but their history can make a difference. ALONE: this one is a case of its own."""
        known = self._known.get(lead.id)
        if known is not None and known[0] is lead:
            return known[1]
        number = self._number(lead, now)
        self._known[lead.id] = (lead, number)
        return number

    def zones_of(self, number: int) -> tuple[str, ...]:
        """The zones by which days may be counted for leads of this number."""
        return self._clocks[number]

    def _number(self, lead: Lead, now: datetime) -> int:
        if lead.dead or lead.paused_until is not None or lead.country in self._house.enforce:
            return ALONE
        clock, zones = self._clock(lead)
        look = (
            clock,
            (lead.country, lead.region, lead.language, lead.preferred_channel, lead.concerns),
            (lead.lost_at, lead.bought_at, lead.company is None),
            tuple([self._point(point) for point in lead.points]),
            self._facts(lead, now),
            lead.id if lead.id in self._pool.personal else None,
        )
        number = self._numbers.setdefault(look, len(self._numbers) + 1)
        self._clocks[number] = zones
        return number

    def _clock(self, lead: Lead) -> tuple[object, tuple[str, ...]]:
        if lead.timezone:
            return lead.timezone, (lead.timezone,)
        found = [zones_of(lead, point, self._house) for point in (None, *lead.points)]
        return tuple([(each.zones, each.because) for each in found]), tuple([each.main for each in found])

    def _point(self, point: ContactPoint) -> tuple[object, ...]:
        use = (point.kind, point.broken, point.opted_out, point.timezone)
        if not (self._house.law_warnings and point.consent):
            return use
        proof = (point.consent_source, point.consent_evidence, point.consent_at, point.consent_until)
        return (*use, point.consent, *proof)

    def _facts(self, lead: Lead, now: datetime) -> tuple[str, ...]:
        if not self._fields:
            return ()
        facts = facts_of(lead, now)
        return tuple([repr(facts.get(name)) for name in self._fields])


def alike_of(gathered: Gathered, house: House, library: Library, unit: Unit) -> Alike:
    """For what was loaded together: numbered once for its decisions and its plans."""
    known = gathered.alike
    if not isinstance(known, Alike) or not known.is_of(house, library.pool):
        versions = {(one.policy, one.version) for one in gathered.enrollments.values()}
        policies = {version: library.policy(unit, *version)[0] for version in versions}
        known = gathered.alike = Alike(house, library.pool, policies)
    return known


def is_free(
    caps: Caps,
    channel: str,
    house: House,
    times: Sequence[datetime],
    colleagues: Collection[datetime],
    *,
    now: datetime,
    at: datetime,
) -> bool:
    """Whether no cap and no gap can put off a touch at `at`. False proves nothing: then the rules have to be asked.

    `times` are when touches reached the lead, `colleagues` when they reached anybody of its company, none after `now`.
    """
    of_channel = caps.per_channel.get(Channel(channel)) if caps.per_channel else None
    below = _is_below(caps.per_lead, times, now) and _is_below(of_channel, times, now)
    if not (below and _is_below(caps.per_company, colleagues, now)):
        return False
    return house.min_gap is None or not times or max(times) + house.min_gap <= at


def _is_below(rate: Rate | None, events: Collection[datetime], now: datetime) -> bool:
    count = rate.count if rate is not None else None
    if rate is None or count is None or len(events) < count:
        return True
    if rate.per is None:
        return False
    since = now - LONGEST[rate.per]
    return sum([each > since for each in events]) < count
