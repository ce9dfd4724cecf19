"""Planning decisions a second on one core: which channel, and when, with zones, open hours, holidays and caps.

python -m benchmarks.planner [--json FILE] [--cases N] [--rounds N]

A decision is the next touch of one lead: the channel by rules and addresses, the instant by `day: N`, `after: N days`
or `after: N working days`, moved to open hours in all of the lead's zones, past holidays and own closed days, until a
cap per lead and a cap per company allow it. Leads are of 12 zones (some with several candidates) and 6 countries, each
with a history of touches, and every case has instants of its own. It is made as simulation, preview, forecast and
`check` make it, and as the engine's plain functions do: all answers must be equal, or nothing is printed. Seconds are
those of the process; rounds alternate; the figure is the median.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from benchmarks.figures import Figure
from policies.loader import load_policy_text
from policies.schema import Policy
from policies.times import parse_date_range
from touches.model.cadence import Enrollment, PastTouch
from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.model.states import EnrollmentState, Phase, TouchState
from touches.planning.channel_choice import choose_channel
from touches.planning.due import due_of, slot_for
from touches.planning.house import House, zones_of
from touches.planning.news_choice import Pool
from touches.planning.position import NextStep
from touches.planning.situation import Situation
from touches.simulation.cadences import Cadence, cadence_of
from touches.simulation.choices import Choices, News
from touches.simulation.due import Dues
from touches.simulation.people import SimCompany, SimEnrollment, SimLead
from touches.simulation.profiles import Profiles, asked_fields
from touches.simulation.timetable import DAY_MICROS, to_instant, to_micros

FLOOR = 100_000
YEARS = 3
HOUSE = House(
    timezone="Europe/Helsinki", country="FI", closed=(parse_date_range("2026-12-24..2026-12-26"),), post_days=2
)
ZONES = (
    *("Europe/Helsinki", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"),
    *("Asia/Kathmandu", "Asia/Manila", "Europe/Lisbon", "Pacific/Apia"),
)
PHONES = ("+34612345678", "+14155550123", "+5511912345678")  # of leads without a zone; the first lies in two zones
COUNTRIES = ("FI", "US", "DE", "BR", "SA", "AU")
POLICY = """
policy: bench
hours:
  sms: {days: mon-sat, from: "09:00", until: "20:00"}
channel_rules:
  - when: {company_size: ">= 250"}
    use: letter
touches:
  - {id: first, day: 1, channel: email, news: any, ask: Reply.}
  - {id: second, day: 9, channel: [preferred, sms, email], news: any, ask: Reply., at: "10:30"}
  - {id: third, day: 26, channel: call, news: any, ask: Reply., fixed: true}
  - {id: fourth, after: 3 days, channel: email, news: any, ask: Reply.}
  - {id: fifth, after: 2 working days, channel: [sms, email], news: any, ask: Reply.}
  - {id: sixth, after: 36 hours, channel: call, news: any, ask: Reply., fixed: true}
caps: {per_lead: 3 per week, per_company: 1 per day}
"""


@dataclass(slots=True, kw_only=True)
class Case:
    """One lead who waits for a step, and the same for the plain functions."""

    one: SimEnrollment
    number: int
    now: int
    situation: Situation
    coming: NextStep


class Bench:
    """Cases, and both ways to decide them."""

    def __init__(self, count: int, seed: int = 7) -> None:
        self._dice = random.Random(seed)
        loaded = load_policy_text(POLICY, path=Path("bench.yaml"))
        if loaded.policy is None:
            raise SystemExit("; ".join(map(str, loaded.findings)))
        self._policy: Policy = loaded.policy
        self._cadence: Cadence = cadence_of(loaded.policy, 1, {})
        fields = asked_fields([loaded.policy], Pool())
        profiles = Profiles(HOUSE, fields, Pool(), datetime(2026, 1, 1, tzinfo=UTC))
        self._choices, self._dues = Choices(HOUSE, News(Pool()), by_age=False), Dues(HOUSE)
        self._cases = [self._case(number, profiles) for number in range(count)]

    def _case(self, number: int, profiles: Profiles) -> Case:
        dice = self._dice
        now = to_micros(datetime(2026, 1, 1, tzinfo=UTC)) + dice.randrange(YEARS * 365 * DAY_MICROS)
        person = _person(dice.randrange(len(ZONES) + len(PHONES)), dice.choice(COUNTRIES), dice.random() < 0.2)
        times = sorted(now - dice.randrange(14 * DAY_MICROS) for _ in range(dice.randrange(6)))
        company = sorted([*times[-2:], *(now - dice.randrange(3 * DAY_MICROS) for _ in range(dice.randrange(3)))])
        lead = SimLead(
            id=number,
            key="",
            owner="",
            profile=profiles.of(person),
            company=SimCompany(company),
            times=times,
            channels=["email"] * len(times),
        )
        entered = times[0] if times else now - dice.randrange(20 * DAY_MICROS)
        one = SimEnrollment(lead=lead, cadence=self._cadence, entered=entered)
        if times:
            one.done_at, one.done_step, one.done_channel, one.done_reached = times[-1], "before", "email", True
        step = dice.randrange(len(self._policy.touches))
        return Case(one=one, number=step, now=now, **self._plainly(one, person, step))

    def _plainly(self, one: SimEnrollment, person: Lead, step: int) -> dict[str, object]:
        enrollment = Enrollment(
            id=1,
            lead_id=person.id,
            policy="bench",
            version=1,
            occurrence=1,
            state=EnrollmentState.ACTIVE,
            phase=Phase.STEPS,
            entered_at=to_instant(one.entered),
        )
        history = [_past(at) for at in one.lead.times]
        met = [to_instant(at) for at in one.lead.company.times] if one.lead.company is not None else []
        situation = Situation(enrollment=enrollment, policy=self._policy, lead=person, history=history, colleagues=met)
        previous = history[-1] if history else None
        coming = NextStep(step=self._policy.touches[step], index=step, round=1, number=2, previous=previous)
        return {"situation": situation, "coming": coming}

    def by_tables(self) -> list[tuple[str, int | None]]:
        """As simulation, preview, forecast and `check` decide."""
        choices, dues, beats, cadence = self._choices, self._dues, self._cadence.beats, self._cadence
        answers = []
        for case in self._cases:
            one, beat = case.one, beats[case.number]
            way = choices.way(cadence, beat, one.lead.profile, one.last, case.now)
            answers.append((way.channel, dues.due(one, beat, way.channel, way.table, case.now)[0]))
        return answers

    def by_plain_functions(self, most: int = sys.maxsize) -> list[tuple[str, int | None]]:
        """As the engine decides, one lead at a time; of the first so many."""
        answers = []
        for case in self._cases[:most]:
            now, situation = to_instant(case.now), case.situation
            choice = choose_channel(case.coming.step, self._policy, situation.lead, HOUSE, now=now)
            zones = zones_of(situation.lead, choice.point, HOUSE)
            slot = slot_for(situation, choice.channel, zones.zones, HOUSE, choice.point)
            due = due_of(situation, case.coming, choice.channel, slot, HOUSE, now)
            answers.append((choice.channel, to_micros(due.at) if due.at is not None else None))
        return answers


@lru_cache(maxsize=1000)
def _person(place: int, country: str, large: bool) -> Lead:
    """One of the kinds of people there are: by their zone (or their phone), country and company."""
    phone = "+358401234567" if place < len(ZONES) else PHONES[place - len(ZONES)]
    return Lead(
        id=1,
        timezone=ZONES[place] if place < len(ZONES) else "",
        country=country,
        company=Company(id=1, name="Company", size=300 if large else 20),
        points=(
            ContactPoint(id=1, kind=PointKind.EMAIL, address="lead@x.test", address_hash="e"),
            ContactPoint(id=2, kind=PointKind.PHONE, address=phone, address_hash="p"),
            ContactPoint(id=3, kind=PointKind.POSTAL, address="Street 1", address_hash="s"),
        ),
    )


def _past(at: int) -> PastTouch:
    when = to_instant(at)
    return PastTouch(
        step="before",
        round=1,
        number=1,
        channel="email",
        state=TouchState.SENT,
        news_class="",
        due_at=when,
        handed_over_at=when,
        finished_at=when,
        enrollment_id=1,
    )


def rate(run: Callable[[], object], count: int) -> float:
    """So many a second of the process."""
    started = time.process_time()
    run()
    return count / (time.process_time() - started)


def alternating(count: int, rounds: int) -> list[dict[str, float]]:
    """Decisions a second of both ways, round by round; SystemExit where their answers differ."""
    bench = Bench(count)
    few = max(1, count // 10)
    if bench.by_tables()[:few] != bench.by_plain_functions(few):
        raise SystemExit("the tables and the plain functions differ")
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "tables": (bench.by_tables, count),
        "plain functions": (lambda: bench.by_plain_functions(few), few),
    }
    return [{name: rate(*way) for name, way in ways.items()} for _ in range(rounds)]


def measure(scale: float) -> Iterator[Figure]:
    """Tables, and against the engine's plain functions."""
    count = 200_000 if scale >= 1 else 20_000
    rounds = alternating(count, 5)
    median = round(statistics.median(each["tables"] for each in rounds))
    how = f"{count} leads, each with channel, zone, hours, holidays, caps; equal to the plain functions' answers"
    yield Figure(name="planning decisions, one core", value=median, floor=FLOOR, unit="a second", how=how)
    yield Figure(name="planning by tables, of the plain functions", value=_ratio(rounds), how=how)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds = alternating(options.cases, options.rounds)
    medians = {name: round(statistics.median(each[name] for each in rounds)) for name in rounds[0]}
    figures: dict[str, object] = {
        "cases": options.cases,
        "decisions_per_second": medians,
        "tables_to_plain_functions": _ratio(rounds),
        "share_of_goal": round(medians["tables"] / FLOOR, 2),
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _ratio(rounds: list[dict[str, float]]) -> float:
    return round(statistics.median(each["tables"] / each["plain functions"] for each in rounds), 2)


if __name__ == "__main__":
    raise SystemExit(main())
