"""The whole report as plain data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from touches.report.charts import Steps
from touches.report.figures import KEYS, SEVENTH, Figures, rows_by, survival_of
from touches.store.statistics import Statistics
from touches.store.units import Unit

FAST = timedelta(days=2)
# A study of bulk purchases: who bought again, by what became of their complaint.
STUDY = {"solved fast": 0.82, "solved": 0.54, "open": 0.19, "never voiced": 0.09}


def report_of(unit: Unit, *, since: datetime | None = None) -> dict[str, Any]:
    """Everything that `report` tells, from one pass over the leads who were ever enrolled."""
    statistics = Statistics(unit.connection)
    figures = Figures()
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
        "promises": _promises(statistics),
        "complaints": _complaints(statistics),
        "calls": [{"who": who, "calls": number, "over_15_minutes": long} for who, number, long in statistics.calls()],
    }


def _promises(statistics: Statistics) -> dict[str, Any]:
    counts = statistics.promises()
    settled = counts.get("kept", 0) + counts.get("broken", 0)
    rate = round(counts.get("kept", 0) / settled, 4) if settled else None
    return {
        "open": counts.get("open", 0),
        "kept": counts.get("kept", 0),
        "broken": counts.get("broken", 0),
        "renewals": counts["renewals"],
        "kept_rate": rate,
    }


def _complaints(statistics: Statistics) -> list[dict[str, Any]]:
    """By handling, with who bought again, beside the study's figures, and the median time from opening to solution."""
    groups: dict[str, list[bool]] = {name: [] for name in STUDY}
    hours: dict[str, list[float]] = {name: [] for name in STUDY}
    for lead_id, opened, solved in statistics.complaints():
        name = "open" if solved is None else "solved fast" if solved - opened <= FAST else "solved"
        groups[name].append(statistics.bought_after(lead_id, solved or opened))
        if solved is not None:
            hours[name].append((solved - opened) / timedelta(hours=1))
    return [
        {
            "handling": name,
            "complaints": len(again) if name != "never voiced" else None,
            "bought_again": sum(again) if name != "never voiced" else None,
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
        title="Share of enrollments that have not bought yet",
        x_title="touches",
        curves=curves,
        mark=(SEVENTH, "the seventh touch"),
    )
