"""Plays the same workspace by the simulation and by the engine."""

import asyncio
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import text

from tests.campaign import Campaign
from touches.care.call_in_hand import CallResult
from touches.care.calls import finish_call
from touches.care.chores import settle_clocks
from touches.care.outcomes import Outcome
from touches.engine.passing import tick
from touches.lapse.watching import detect_lapses
from touches.model.states import TouchState
from touches.simulation.played import SENT
from touches.simulation.playing import Order, Simulation, line_of
from touches.simulation.scripts import Script
from touches.store.types import from_micros, to_micros

Line: TypeAlias = tuple[object, ...]
MIDNIGHTS = ((5, 0), (18, 30), (22, 0))  # UTC: New York, Kolkata, Helsinki
SOON = timedelta(microseconds=1)
SPANS = (timedelta(minutes=1), timedelta(days=1))


def simulated(campaign: Campaign, days: int) -> list[Line]:
    with campaign.store.read() as unit:
        play = Simulation(campaign.office, Script(unit), Order(days=days, start=campaign.clock.now()))
        lines = [(line_of(played), played) for played in play.run(unit)]
    return sorted(
        (line["lead"], line["policy"], line["step"], line["round"], line["channel"], line["news"], line["due_at"])
        for line, played in lines
        if played.state == SENT
    )


def differences(foretold: list[Line], happened: list[Line]) -> list[str]:
    """Each touch that only one of them has, one line each."""
    only = [("foretold", line) for line in foretold if line not in happened]
    only += [("happened", line) for line in happened if line not in foretold]
    return [f"{what}: {' '.join(map(str, line))}" for what, line in sorted(only, key=lambda pair: str(pair[1]))]


def make_calls(campaign: Campaign) -> None:
    """A person makes every call whose hour has come, and speaks to the lead."""
    now = campaign.clock.now()
    with campaign.store.write() as unit:
        listed = [
            touch for touch in unit.touches.in_states([TouchState.OFFERING]) if touch.due_at and touch.due_at <= now
        ]
        for touch in listed:
            finish_call(unit, campaign.office, touch.id, CallResult(outcome=Outcome.REACHED), actor="aino")


def next_instant(campaign: Campaign) -> datetime:
    """The next midnight somewhere, or what is due before, a silence, or a limit that lets something go."""
    now = campaign.clock.now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    midnights = [today.replace(hour=h, minute=m) + timedelta(days=d) for d in (0, 1, 2) for h, m in MIDNIGHTS]
    states = (TouchState.PLANNED, TouchState.READY, TouchState.OFFERING)
    with campaign.store.read() as unit:
        due = [touch.due_at for touch in unit.touches.in_states(states) if touch.due_at and touch.due_at > now]
        query = text("SELECT min(at) FROM sign WHERE kind LIKE 'lapse/%' AND at > :now")
        silence = unit.connection.execute(query, {"now": to_micros(now)}).scalar()
    silences = [from_micros(silence)] if silence is not None else []
    instants = [*midnights, *due, *silences, *freed(campaign, now)]
    return min(each for each in instants if each > now)


def freed(campaign: Campaign, now: datetime) -> list[datetime]:
    """When a channel with a limit may take more."""
    desk = campaign.office.desk
    limited = {*desk.per_minute, *desk.per_day, *(["email"] if desk.warm_up else [])}
    instants: list[datetime] = []
    with campaign.store.read() as unit:
        for channel in sorted(limited):
            left = unit.vitals.left_since(channel, now - timedelta(days=2))
            instants += [at + span + SOON for at in left for span in SPANS]
            first = unit.vitals.first_handed_over(channel)
            instants += [first + timedelta(days=(now - first).days + 1)] if first is not None else []
    return instants


def played_by_the_engine(campaign: Campaign, days: int) -> list[Line]:
    end = campaign.clock.now() + timedelta(days=days)
    while campaign.clock.now() < end:
        make_calls(campaign)
        for number in range(6):  # what a pass plans waits for the next one
            chores = (settle_clocks, detect_lapses)
            report = asyncio.run(tick(campaign.office, campaign.channels, chores=chores))
            if number and not report.claimed and not report.planned:
                break
        campaign.clock.set(next_instant(campaign))
    with campaign.store.read() as unit:
        leads = {lead.id: lead.key for part in unit.leads.walk() for lead in part}
        return sorted(
            (leads[one.lead_id or 0], one.policy, one.step, one.round, one.channel, one.news, one.due_at)
            for one in unit.touches.in_states([TouchState.SENT, TouchState.DELIVERED])
            if one.kind == "touch" and one.handed_over_at is not None and one.handed_over_at < end
        )
