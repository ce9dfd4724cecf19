"""Those who go quiet while the days are played: enrolled at the very instant that the engine's watch would find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from touches.engine.library import Library
from touches.engine.office import Office
from touches.lapse.rhythm import limit_after
from touches.lapse.rules import Watched, watched_rules, wins_back
from touches.lapse.watching import CHUNK, RULES
from touches.model.people import Lead
from touches.model.states import RUNNING
from touches.planning.facts import facts_of
from touches.planning.house import closed_for
from touches.simulation.entering import Door
from touches.simulation.people import SimLead
from touches.simulation.player import Player
from touches.simulation.timetable import to_instant, to_micros
from touches.store.lapses import Buyer, Lapses
from touches.store.units import Unit


class Silences:
    """Watches the customers among the people that are played, until `end`."""

    def __init__(
        self, unit: Unit, office: Office, library: Library, player: Player, door: Door, people: Mapping[int, SimLead]
    ) -> None:
        self._unit = unit
        self._lapses = Lapses(unit.connection)
        self._player, self._door, self._people = player, door, people
        self._rules = list(watched_rules(unit, library))
        self._closed = {rule.name: closed_for(rule.policy, Lead(id=0), office.house) for rule in self._rules}
        self._purchases: dict[int, list[int]] = {}
        self._armed: dict[tuple[str, int], int] = {}

    def watch(self, start: int, end: int) -> None:
        """Enroll those whose time has come, and wait for the others."""
        known = set(self._unit.switches.get(RULES).split())
        for order, rule in enumerate(self._rules):
            found = []
            for buyer in self._buyers(rule, end, known=rule.name in known):
                at = self._limit(rule, buyer.lead_id, buyer.purchases())
                if at is not None and at < end:
                    found.append((at, buyer.lead_id))
            self._enroll(rule, [lead_id for at, lead_id in sorted(found) if at <= start], start)
            for at, lead_id in found:
                if at > start:
                    self._wait(order, rule, lead_id, at)

    def bought(self, lead: SimLead, at: int) -> None:
        """A purchase begins a new silence."""
        if lead.id not in self._purchases:
            buyers = self._lapses.buyers(lead_ids=[lead.id])
            self._purchases[lead.id] = buyers[0].purchases() if buyers else []
        self._purchases[lead.id].append(at)
        for order, rule in enumerate(self._rules):
            limit = self._limit(rule, lead.id, self._purchases[lead.id])
            self._armed.pop((rule.name, lead.id), None)
            if limit is not None:
                self._wait(order, rule, lead.id, max(limit, at))

    def _buyers(self, rule: Watched, end: int, *, known: bool) -> Iterator[Buyer]:
        """Of a rule that is watched already those whose sign comes in time; of a new one all customers."""
        if known:
            due = self._lapses.due(rule.name, to_instant(end), limit=1 << 31)
            for start in range(0, len(due), 500):
                yield from self._lapses.buyers(lead_ids=due[start : start + 500])
            return
        after = 0
        while buyers := self._lapses.buyers(after=after, limit=CHUNK):
            after = buyers[-1].lead_id
            yield from buyers

    def _limit(self, rule: Watched, lead_id: int, purchases: Sequence[int]) -> int | None:
        lead = self._people.get(lead_id)
        if lead is None or lead.profile.lead.dead or not purchases:
            return None
        zone = lead.profile.zones[-1][0]
        limit = limit_after(rule.rule, purchases, zone, self._closed[rule.name])
        return to_micros(limit.at) if limit is not None else None

    def _wait(self, order: int, rule: Watched, lead_id: int, at: int) -> None:
        self._armed[rule.name, lead_id] = at
        self._player.agenda.at(at, partial(self._lapsed, rule, lead_id, at), order=order)

    def _lapsed(self, rule: Watched, lead_id: int, armed: int, now: int) -> None:
        if self._armed.pop((rule.name, lead_id), None) == armed:
            self._enroll(rule, [lead_id], now)

    def _enroll(self, rule: Watched, lead_ids: Iterable[int], now: int) -> None:
        people = [self._people[lead_id] for lead_id in lead_ids]
        wanted = [
            lead
            for lead in people
            if rule.rule.concerns(facts_of(lead.profile.lead, to_instant(now))) and not _is_won_back(lead)
        ]
        self._door.by_rule(wanted, rule.policy.policy, rule.kind, now)


def _is_won_back(lead: SimLead) -> bool:
    """Nobody is won back twice at a time."""
    return any(one.state in RUNNING and wins_back(one.cadence.policy) for one in lead.enrollments)
