"""The simulation of a whole base over sixty days: seconds of one core and memory, without a database.

python -m benchmarks.simulation [--json FILE] [--leads N] [--days N]

The leads are of four zones, twelve segments and 250 owners, some over fifty in large companies; they enter the starter
policy `new-lead` (every touch by what can be used, three a week at most, colleagues apart) over the first days. By
default a hundredth of the goal's 100,000 leads is played; the time for all is that of one touch times all touches.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure
from policies.loader import load_policy_text
from policies.news_loader import load_news
from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.people.importing import collection_paused
from touches.planning.capacity import Hands
from touches.planning.house import House
from touches.planning.news_choice import Item, Pool
from touches.simulation.cadences import cadence_of
from touches.simulation.calls import CallLists
from touches.simulation.choices import Choices, News
from touches.simulation.due import Dues
from touches.simulation.entering import Door
from touches.simulation.people import SimCompany, SimLead
from touches.simulation.player import Player
from touches.simulation.profiles import Profiles, asked_fields
from touches.simulation.summary import Summary
from touches.simulation.timetable import DAY_MICROS, to_micros

STARTER = Path(__file__).resolve().parent.parent / "policies" / "starter"
START = datetime(2027, 1, 4, 5, 0, tzinfo=UTC)
ZONES = ("Europe/Helsinki", "America/New_York", "Asia/Manila", "Europe/Berlin")
GOAL_LEADS, GOAL_SECONDS, GOAL_MEGABYTES = 100_000, 20.0, 500


def people(count: int) -> Iterator[Lead]:
    for number in range(count):
        company = Company(id=number // 3, name=f"Company {number // 3}", size=300 if number % 4 == 0 else 20)
        yield Lead(
            id=number + 1,
            external_id=f"lead-{number}",
            timezone=ZONES[number % 4],
            country=("FI", "US", "PH", "DE")[number % 4],
            segment="b2b-software",
            owner=f"owner-{number % 250}",
            birth_year=1960 if number % 5 == 0 else 1985,
            company=company if number % 2 else None,
            points=(
                ContactPoint(id=3 * number, kind=PointKind.EMAIL, address=f"l{number}@x.test", address_hash="e"),
                ContactPoint(id=3 * number + 1, kind=PointKind.PHONE, address="+358401234567", address_hash="p"),
                *(
                    [ContactPoint(id=3 * number + 2, kind=PointKind.POSTAL, address="Street 1", address_hash="s")]
                    if number % 2
                    else []
                ),
            ),
        )


def pool() -> Pool:
    """The starter's news, and enough to teach every week."""
    loaded, _ = load_news(STARTER / "news")
    items = [
        Item(
            id=item.id,
            news_class=item.id,
            kind=item.kind,
            wordings={},
            published_at=START,
            conditions=item.for_,
            needs=item.needs,
        )
        for item in loaded
    ]
    lessons = [
        Item(id=f"lesson-{n:02d}", news_class=f"lesson-{n:02d}", kind="education", wordings={}, published_at=START)
        for n in range(12)
    ]
    return Pool(items=(*items, *lessons), stamp=1)


def play(count: int, days: int) -> tuple[Summary, float]:
    policy_file = STARTER / "policies" / "new-lead.yaml"
    loaded = load_policy_text(policy_file.read_text(encoding="utf-8"), path=policy_file)
    if loaded.policy is None:
        raise SystemExit(f"{policy_file} cannot be read")
    cadence = cadence_of(loaded.policy, 1, {})
    house = House(timezone="Europe/Helsinki", country="FI", post_days=2)
    news = pool()
    started = time.process_time()
    fields = asked_fields([loaded.policy], news)
    profiles = Profiles(house, fields, news, START)
    choices = Choices(house, News(news), by_age="age" in fields)
    player = Player(choices, Dues(house), CallLists(house.timezone, {}, Hands(per_day=40)))
    companies: dict[int, SimCompany] = {}
    leads = [
        SimLead(
            id=one.id,
            key=one.key,
            owner=one.owner,
            profile=profiles.of(one),
            company=companies.setdefault(one.company.id, SimCompany()) if one.company else None,
        )
        for one in people(count)
    ]
    door = Door(player, house, {"new-lead": cadence})
    begin = to_micros(START)
    for day in range(5):
        door.by_name(leads[day::5], "new-lead", begin + day * DAY_MICROS)
    summary = Summary(house.timezone, {}, Hands(per_day=40))
    for played in player.run(begin + days * DAY_MICROS):
        summary.add(played)
    return summary, time.process_time() - started


def measure(scale: float) -> Iterator[Figure]:
    """Seconds and megabytes, of the goals for the whole."""
    leads = max(1000, int(GOAL_LEADS * scale))
    play(20, 60)  # libraries and tables are loaded once
    with collection_paused():  # as the simulation itself does
        summary, seconds = play(leads, 60)
    whole = seconds * GOAL_LEADS / leads
    how = f"{leads} leads for 60 days: {summary.sent} touches in {seconds:.1f} s of one core, in proportion"
    yield Figure(
        name="simulation, 100,000 leads x 60 days", value=round(whole, 1), floor=GOAL_SECONDS, at_most=True,
        unit="s", how=how,
    )  # fmt: skip
    if scale >= 1:
        peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        yield Figure(name="simulation, memory", value=peak, floor=GOAL_MEGABYTES, at_most=True, unit="MB")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--leads", type=int, default=GOAL_LEADS // 100)
    parser.add_argument("--days", type=int, default=60)
    options = parser.parse_args(argv)
    play(20, options.days)  # libraries and tables are loaded once
    with collection_paused():  # as the simulation itself does
        summary, seconds = play(options.leads, options.days)
    whole = seconds * GOAL_LEADS / options.leads
    figures: dict[str, object] = {
        "leads": options.leads,
        "days": options.days,
        "touches": summary.sent,
        "seconds": round(seconds, 2),
        "touches_per_second": round(summary.sent / seconds),
        "seconds_for_100000_leads": round(whole, 1),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "share_of_goal": round(whole / GOAL_SECONDS, 2),
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
