"""What the played days say: load by channel and owner, who runs dry of news, what would feed them, missed windows."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from touches.engine.office import Office
from touches.forecast.waiting import Waiting, waiting_for_news
from touches.simulation.played import HELD, SENT, Played
from touches.simulation.playing import Order, Simulation, summary_of
from touches.simulation.scripts import Script
from touches.simulation.timetable import to_instant
from touches.store.units import Unit


class Dryness:
    """Touches that would have nothing new to tell, by policy, step, segment and language."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, int, str, str]] = Counter()
        self._first: dict[tuple[str, str, int, str, str], int] = {}
        self._kinds: Counter[str] = Counter()

    def add(self, played: Played, *, times: int = 1) -> None:
        """Count one held touch, of a lead that stands for so many."""
        if played.state != HELD or played.reason != "no news":
            return
        person = played.lead.profile.lead
        key = (played.enrollment.cadence.name, played.step, played.number, person.segment, person.language)
        self._counts[key] += times
        self._first.setdefault(key, played.at)
        step = played.enrollment.cadence.policy.step_by_id(played.step)
        if step is not None:
            self._kinds.update(dict.fromkeys(step.news.kind or ("any",), times))

    def add_waiting(self, one: Waiting) -> None:
        """Count one touch that is held already."""
        key = (one.policy, one.step, one.number, one.segment, one.language)
        self._counts[key] += 1
        self._first[key] = min(one.since, self._first.get(key, one.since))
        self._kinds.update(one.kinds)

    def rows(self) -> list[dict[str, Any]]:
        """The soonest first: at which touch, from which date, how many leads."""
        ordered = sorted(self._counts, key=lambda key: (self._first[key], key))
        return [
            {
                "policy": key[0],
                "step": key[1],
                "touch": key[2],
                "segment": key[3],
                "language": key[4],
                "from": to_instant(self._first[key]).date(),
                "leads": self._counts[key],
            }
            for key in ordered
        ]

    def kinds(self) -> list[dict[str, Any]]:
        """Which kind of news would feed the most touches."""
        return [{"kind": kind, "touches": number} for kind, number in self._kinds.most_common()]


class Windows:
    """Steps that leave after the decision window has closed."""

    def __init__(self) -> None:
        self._missed: Counter[tuple[str, str]] = Counter()
        self._samples: dict[tuple[str, str], list[str]] = {}

    def add(self, played: Played) -> None:
        """Look at one touch."""
        cadence = played.enrollment.cadence
        last = cadence.window_last
        repeats = cadence.then is not None and played.step == cadence.then.step.id
        if played.state != SENT or last is None or repeats:
            return
        table = played.table
        if table.day_of(played.at) > table.day_of(played.enrollment.entered) + last:
            key = (cadence.name, played.step)
            self._missed[key] += 1
            samples = self._samples.setdefault(key, [])
            if len(samples) < 3:
                samples.append(played.lead.key)

    def rows(self) -> list[dict[str, Any]]:
        """By policy and step."""
        return [
            {"policy": policy, "step": step, "enrollments": number, "such_as": self._samples[policy, step]}
            for (policy, step), number in sorted(self._missed.items())
        ]


def forecast(unit: Unit, office: Office, *, days: int, start: datetime) -> dict[str, Any]:
    """Play the days and add up."""
    summary, dryness, windows = summary_of(office), Dryness(), Windows()
    waits, waiting = _held_now(unit), waiting_for_news(unit, office, start)
    for played in Simulation(office, Script(unit, office.library.language), Order(days=days, start=start)).run(unit):
        summary.add(played)
        dryness.add(played)
        windows.add(played)
        if played.state == SENT:
            waiting.pop((played.lead.id, played.enrollment.cadence.name, played.step), None)
    for one in waiting.values():
        dryness.add_waiting(one)
    return {
        "days": days,
        "from": start,
        "until": start + timedelta(days=days),
        "load": summary.by_day(),
        "owners": summary.by_owner(),
        "held_now": waits,
        "without_news": dryness.rows(),
        "kinds_wanted": dryness.kinds(),
        "windows_missed": windows.rows(),
    }


def _held_now(unit: Unit) -> list[dict[str, Any]]:
    """Touches that are held already, by reason."""
    reasons: Counter[tuple[str, str, str]] = Counter()
    after = 0
    while touches := unit.touches.held(after=after, limit=500):
        reasons.update((touch.policy, touch.step, touch.reason) for touch in touches)
        after = touches[-1].id
    return [
        {"policy": policy, "step": step, "reason": reason, "touches": number}
        for (policy, step, reason), number in sorted(reasons.items())
    ]
