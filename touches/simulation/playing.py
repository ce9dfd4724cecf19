"""Sets a simulation up from a workspace and plays it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from policies.durations import Duration
from policies.durations import Unit as Length
from touches.engine.gathering import owner_calls
from touches.engine.library import Library
from touches.engine.office import Office
from touches.model.people import Lead
from touches.people.importing import collection_paused
from touches.planning.capacity import Hands, Load, load_of
from touches.simulation.answers import Answers
from touches.simulation.arriving import Arrivals
from touches.simulation.cadences import Cadence, cadence_of
from touches.simulation.calls import CallLists
from touches.simulation.chances import Rates
from touches.simulation.choices import Choices, News
from touches.simulation.due import Dues
from touches.simulation.entering import Door
from touches.simulation.outlets import outlets_of
from touches.simulation.people import SimCompany, SimLead
from touches.simulation.played import Played
from touches.simulation.player import Player
from touches.simulation.profiles import Profiles, asked_fields
from touches.simulation.silences import Silences
from touches.simulation.standing import held_until
from touches.simulation.summary import Summary
from touches.simulation.timetable import to_instant, to_micros
from touches.simulation.urgent import Announcements
from touches.store.units import Unit
from touches.time.local import later, local_date, local_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be played. `people` None: those of the database, or those `among` so many ids; `entered` "": by the
    triggers of all policies."""

    days: int
    start: datetime
    people: Iterable[Lead] | None = None
    entered: str = ""
    among: Sequence[int] | None = None
    rates: Rates = field(default_factory=Rates)


class Simulation:
    """One play. After `run` is exhausted, `answers` and `lists` hold what the tables need."""

    def __init__(self, office: Office, library: Library, order: Order) -> None:
        self._office = office
        self._library = library
        self._order = order
        self.start = to_micros(order.start)
        zone = office.house.timezone
        self.end = to_micros(later(order.start, Duration(order.days, Length.DAYS), zone))
        self.answers: Answers
        self.player: Player
        self.door: Door
        self.people: list[SimLead] = []

    def run(self, unit: Unit) -> Iterator[Played]:
        """Load, then play; what happens comes in order of time. Reads the database only at first."""
        with collection_paused():
            self._set_up(unit)
            yield from self.player.run(self.end)

    def _set_up(self, unit: Unit) -> None:
        office, order, library = self._office, self._order, self._library
        cadences = self._cadences(unit)
        fields = asked_fields((cadence.policy for cadence in cadences.values()), library.pool)
        profiles = Profiles(office.house, fields, library.pool, order.start)
        choices = Choices(office.house, News(library.pool), by_age="age" in fields)
        self.answers = Answers(order.rates, profiles)
        after = self.answers if order.rates.any else None
        newest = unit.touches.newest_id() if order.people is None else 0
        lists = _lists(office, self._made_today(unit) if order.people is None else Load())
        self.player = Player(
            choices,
            Dues(office.house, lists.times_of),
            lists,
            after=after,
            numbers_from=newest,
            outlets=outlets_of(office.desk),
        )
        if order.people is None:
            self._calls_made(unit, lists, cadences.values())
        held = held_until(unit, order.start) if order.people is None else {}
        arrivals = Arrivals(self.player, profiles, library, cadences, held)
        current = {name: cadences[name, number] for name, number in library.current.items()}
        door = Door(self.player, office.house, current)
        self.answers.door = self.door = door
        if order.people is not None:
            self.people = [arrivals.lead(person) for person in order.people]
            self._enter(door, self.people)
        else:
            self.people = list(arrivals.bring(unit, self.start, order.among))
            self._company_histories(unit, arrivals.companies, cadences.values())
            self._left_lately(unit)
            self._first_pass(unit, door)
        for _, one in sorted(arrivals.unplanned, key=lambda pair: pair[0]):
            self.player.plan(one, self.start)

    def _first_pass(self, unit: Unit, door: Door) -> None:
        """What the engine does before it sends: silences, new leads, urgent news."""
        by_id = {lead.id: lead for lead in self.people}
        urgent = Announcements(self.player, self._library.pool)
        urgent.take_over(unit, by_id, self.start)
        if not self._order.entered:
            silences = Silences(unit, self._office, self._library, self.player, door, by_id)
            silences.watch(self.start, self.end)
            self.answers.silences = silences
        untriggered = set(unit.leads.untriggered(limit=1 << 31))
        self._enter(door, [lead for lead in self.people if lead.id in untriggered])
        if not self._order.entered:
            urgent.announce(unit, self.people, self.start)

    def _left_lately(self, unit: Unit) -> None:
        """What counts for the limits of channels."""
        for name, outlet in self.player.turns.outlets.items():
            since = self._order.start - timedelta(days=1)
            outlet.sent = sorted(to_micros(at) for at in unit.vitals.left_since(name, since))
            first = unit.vitals.first_handed_over(name)
            outlet.first = to_micros(first) if first is not None else None

    def _made_today(self, unit: Unit) -> Load:
        zone, start = self._office.house.timezone, self._order.start
        today = local_date(start, zone)
        made = unit.call_days.made(since=local_instant(today, time(), zone))
        return load_of((owner, today, number) for owner, _, number in made)

    def _calls_made(self, unit: Unit, lists: CallLists, cadences: Iterable[Cadence]) -> None:
        """What caps per owner count; what stands on lists comes with its touch."""
        caps = (cadence.policy.caps for cadence in cadences)
        for owner, times in owner_calls(unit, caps, self._order.start, standing=False).items():
            for at in times:
                lists.remember(owner, to_micros(at))

    def _enter(self, door: Door, new: list[SimLead]) -> None:
        entered = self._order.entered
        if not entered:
            door.by_trigger(new, "new_lead", self.start)
            return
        door.by_name(self.people, entered, self.start)

    def _cadences(self, unit: Unit) -> dict[tuple[str, int], Cadence]:
        """Every version in which somebody runs, and those that new enrollments get."""
        wanted = {*self._library.current.items()}
        for name in unit.enrollments.policies_running():
            wanted |= {(name, number) for number in unit.enrollments.count_running(name)}
        made = {}
        for name, number in sorted(wanted):
            policy, places = self._library.policy(unit, name, number)
            made[name, number] = cadence_of(policy, number, places)
        return made

    def _company_histories(self, unit: Unit, companies: Mapping[int, SimCompany], cadences: Iterable[Cadence]) -> None:
        """Only asked where a policy has a cap per company."""
        if not companies or not any(cadence.policy.caps.per_company for cadence in cadences):
            return
        ids = sorted(companies)
        for start in range(0, len(ids), 500):
            for company, times in unit.touches.reached_in_companies(ids[start : start + 500]).items():
                companies[company].times = sorted(to_micros(at) for at in times.values())


def _lists(office: Office, load: Load) -> CallLists:
    hands = {
        owner: Hands(per_day=colleague.per_day, absent=colleague.absent)
        for owner, colleague in office.colleagues.items()
    }
    return CallLists(office.house.timezone, hands, Hands(per_day=office.desk.calls_per_day), load)


def line_of(played: Played) -> dict[str, object]:
    """The stable keys of `simulate --json`."""
    return {
        "lead": played.lead.key,
        "policy": played.enrollment.cadence.name,
        "step": played.step,
        "round": played.round,
        "channel": played.channel,
        "news": played.news,
        "due_at": to_instant(played.due),
        "reason": played.reason,
        "state": played.state,
    }


def summary_of(office: Office, *, letter_cost: float = 0.0) -> Summary:
    """An empty summary with the owners' capacity."""
    hands = {
        owner: Hands(per_day=colleague.per_day, absent=colleague.absent)
        for owner, colleague in office.colleagues.items()
    }
    return Summary(office.house.timezone, hands, Hands(per_day=office.desk.calls_per_day), letter_cost=letter_cost)
