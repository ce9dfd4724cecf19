"""The whole report as plain data."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from statistics import median
from typing import Any

from touches.care.promise_clock import kept_rate
from touches.engine.library import Library
from touches.model.care import CareState
from touches.report.charts import Steps
from touches.report.conversion import USUAL_WINDOW
from touches.report.figures import KEYS, SEVENTH, Figures, rows_by, survival_of
from touches.store.statistics import Statistics, Stay
from touches.store.units import Unit

FAST = timedelta(days=2)
# A study of bulk purchases: who bought again, by what became of their complaint.
STUDY = {"solved fast": 0.82, "solved": 0.54, "open": 0.19, "never voiced": 0.09}


def report_of(unit: Unit, *, now: datetime, since: datetime | None = None) -> dict[str, Any]:
    """Everything that `report` tells, from one pass over the leads who were ever enrolled."""
    statistics = Statistics(unit.connection)
    complaints = statistics.complaints()
    figures = Figures(window_of=_windows(unit), complained={lead_id for lead_id, _, _ in complaints})
    for past in statistics.pasts(since=since):
        figures.add(past)
    return {
        "leads": figures.leads,
        **{f"by_{key}": rows_by(figures, key) for key in KEYS},
        "survival": survival_of(figures.stays),
        "survival_spoken": survival_of(figures.spoken),
        "given_up_after_three": [
            {"policy": policy, "leads": number} for policy, number in sorted(figures.given_up.items())
        ],
        "won_back": [
            {"policy": policy, "lapsed": lapsed, "bought_again": bought}
            for policy, (lapsed, bought) in sorted(figures.won_back.items())
        ],
        "promises": _promises(unit, now),
        "complaints": _complaints(statistics, complaints, figures.never_voiced),
        "calls": [{"who": who, "calls": number, "over_15_minutes": long} for who, number, long in statistics.calls()],
    }


def _windows(unit: Unit) -> Callable[[Stay], timedelta]:
    """The longer end of the decision window of an enrollment's policy, in its version."""
    library = Library()

    @cache
    def window(policy: str, version: int) -> timedelta:
        days = library.policy(unit, policy, version)[0].window
        return timedelta(days=days.last) if days is not None else USUAL_WINDOW

    return lambda stay: window(stay.policy, stay.version)


def _promises(unit: Unit, now: datetime) -> dict[str, Any]:
    """Promises to customers; a department's part of one is not counted for itself."""
    ours = [promise for promise in unit.promises.all() if promise.parent_id is None]
    found = kept_rate(ours, now)
    waiting = sum(promise.state is CareState.OPEN and promise.by > now for promise in ours)
    rate = round(found.rate, 4) if found.rate is not None else None
    return {"open": waiting, **asdict(found), "kept_rate": rate}


def _complaints(
    statistics: Statistics, cases: Sequence[tuple[int, datetime, datetime | None]], never_voiced: Sequence[bool]
) -> list[dict[str, Any]]:
    """By handling, with who bought again, beside the study's figures, and the median time from opening to solution.
    Nobody hears what is never voiced: who fell silent without a complaint stands for it."""
    groups: dict[str, list[bool]] = {name: [] for name in STUDY}
    hours: dict[str, list[float]] = {name: [] for name in STUDY}
    groups["never voiced"].extend(never_voiced)
    for lead_id, opened, solved in cases:
        name = "open" if solved is None else "solved fast" if solved - opened <= FAST else "solved"
        groups[name].append(statistics.bought_after(lead_id, solved or opened))
        if solved is not None:
            hours[name].append((solved - opened) / timedelta(hours=1))
    return [
        {
            "handling": name,
            "complaints": len(again),
            "bought_again": sum(again),
            "rate": round(sum(again) / len(again), 4) if again else None,
            "study": STUDY[name],
            "hours_to_solution": round(median(hours[name]), 1) if hours[name] else None,
        }
        for name, again in groups.items()
    ]


def evaporating(unit: Unit) -> Iterator[Mapping[str, Any]]:
    """Living leads for whom nothing comes, with the reason why; in batches."""
    batch: list[int] = []
    for lead_id in Statistics(unit.connection).without_next_touch():
        batch.append(lead_id)
        if len(batch) == 500:
            yield from _evaporating(unit, batch)
            batch = []
    yield from _evaporating(unit, batch)


def _evaporating(unit: Unit, lead_ids: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    if not lead_ids:
        return
    leads = unit.leads.by_ids(lead_ids)
    stays = unit.enrollments.of_leads(lead_ids)
    for lead_id in lead_ids:
        lead, last = leads[lead_id], (stays[lead_id][-1] if stays[lead_id] else None)
        because = "never enrolled" if last is None else f"{last.policy} {last.state}: {last.reason}"
        yield {
            "lead": lead.key,
            "lead_id": lead_id,
            "name": lead.full_name,
            "owner": lead.owner,
            "segment": lead.segment,
            "customer": lead.bought_at is not None,
            "since": (last.ended_at if last is not None else lead.created_at),
            "because": because,
        }


def chart_of(report: Mapping[str, Any]) -> Steps:
    """Who has not bought yet, by touches; all and spoken ones."""
    curves = {
        name: [(0.0, 1.0, 1.0, 1.0), *((p["touches"], p["not_bought_yet"], p["low"], p["high"]) for p in part["curve"])]
        for name, part in (("all touches", report["survival"]), ("spoken touches", report["survival_spoken"]))
    }
    return Steps(
        title="Share of new leads who have not bought yet",
        x_title="touches",
        curves=curves,
        mark=(SEVENTH, "the seventh touch"),
    )
