"""Gathers what people have to do today from everywhere it comes from, in working order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from channels.tasks import Script, read_script
from touches.care.complaint_clock import ADVICE, ComplaintStep
from touches.care.finding_news import facts_to_start_from, starving
from touches.care.holds import standing
from touches.care.letters_to_post import letters_to_post
from touches.care.local import LocalClock, clock_of
from touches.care.others_asking import WITHIN, what_others_asked
from touches.care.promise_clock import how_to_keep, is_overdue, warn_at
from touches.care.tasks import Task, TaskKind, in_short, name_for, working_order
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.care import Complaint, Conversation, Promise
from touches.model.people import Lead
from touches.planning.house import zones_of
from touches.store.units import Unit
from touches.time.local import local_date, local_instant
from touches.wording import counted

LAST_SHOWN = 3


def tasks_of_today(unit: Unit, office: Office) -> list[Task]:
    """Everybody's tasks until the end of the workspace's day, what is late included, in working order."""
    office.library.refresh(unit)
    now = office.clock.now()
    until = day_end(now, office.house.timezone)
    calls = list(unit.touches.by_ids(unit.worklist.listed(until=until)).values())
    hungry = starving(unit, now, office.desk.news_held_for)
    listed = {call.id for call in calls}
    promises = [
        one
        for one in unit.promises.running()
        if warn_at(one) < until and (one.touch_id not in listed or is_overdue(one, now))
    ]
    complaints = [one for one in unit.complaints.unsettled() if one.step_by is not None]
    answers = [one for one in unit.conversations.open() if one.waits]
    people = _People(unit, office, [*calls, *hungry, *promises, *complaints, *answers])
    tasks = [
        *(_call(unit, people, touch) for touch in calls),
        *(_complaint(people, one) for one in complaints),
        *(_promise(people, one, now) for one in promises),
        *(_answer(people, one) for one in answers),
        *_hungry(unit, office, people, hungry, now),
        *letters_to_post(office, now),
    ]
    living = [task for task in tasks if task.lead_id is None or not people.lead(task.lead_id).dead]
    return sorted(living, key=lambda task: working_order(task, now))


def day_end(now: datetime, zone_name: str) -> datetime:
    """The midnight that ends the day there."""
    return local_instant(local_date(now, zone_name) + timedelta(days=1), time(), zone_name)


class _People:
    """The leads of some tasks, with their clocks and what was said last; loaded at once."""

    def __init__(
        self, unit: Unit, office: Office, sources: Iterable[Touch | Promise | Complaint | Conversation]
    ) -> None:
        ids = sorted({source.lead_id for source in sources if source.lead_id is not None})
        self._leads = unit.leads.by_ids(ids)
        self._said = unit.interactions.of_leads(ids)
        self._office = office

    def lead(self, lead_id: int | None) -> Lead:
        return self._leads[lead_id or 0]

    def clock(self, lead: Lead) -> LocalClock:
        return clock_of(lead, self._office.house)

    def task(
        self,
        lead: Lead,
        *,
        task: str | int,
        kind: TaskKind,
        due_at: datetime,
        owner: str = "",
        phone: str = "",
        news: str = "",
        script: str = "",
        ask: str = "",
        priority: int = 0,
        zone: str = "",
        late_at: datetime | None = None,
    ) -> Task:
        clock = LocalClock(zone=zone) if zone else self.clock(lead)
        return Task(
            task=task,
            kind=kind,
            lead_id=lead.id,
            lead=lead.key,
            name=lead.full_name,
            phone=phone or next((point.address for point in lead.points_for("call")), ""),
            owner=owner or lead.owner,
            due_at=due_at,
            local_time=clock.shown(due_at),
            zone=clock.zone,
            news=news,
            script=script,
            ask=ask,
            company=lead.company.name if lead.company is not None else "",
            priority=priority,
            said_last=tuple(in_short(one) for one in reversed(self._said[lead.id][-LAST_SHOWN:])),
            late_at=late_at,
        )

    def zone_for(self, lead: Lead, touch: Touch) -> str:
        point = next((point for point in lead.points if point.id == touch.point_id), None)
        return zones_of(lead, point, self._office.house).main


def _call(unit: Unit, people: _People, touch: Touch) -> Task:
    lead = people.lead(touch.lead_id)
    written = unit.worklist.scripts([touch.id]).get(touch.id, "")
    script = read_script(written.encode()) if written else Script(name="", subject="", greeting="", news="", ask="")
    phone = touch.address if touch.address.startswith("+") else ""
    zone, due_at = people.zone_for(lead, touch), touch.due_at or touch.created_at
    return people.task(
        lead,
        task=touch.id,
        kind=TaskKind(touch.channel),
        due_at=due_at,
        owner=touch.owner,
        phone=phone,
        news=touch.news,
        script="\n\n".join(part for part in (script.greeting, script.news, script.ask) if part),
        ask=script.ask,
        zone=zone,
        late_at=touch.latest_at or day_end(due_at, zone),
    )


def _complaint(people: _People, complaint: Complaint) -> Task:
    step = ComplaintStep(complaint.step)
    lead = people.lead(complaint.lead_id)
    ask = f"{step.value}: then `touches complaint step {complaint.id} {step.value} --note …`"
    if complaint.steps and complaint.steps[-1]["step"] == ComplaintStep.PROVE:
        ask = f"`touches complaint solve {complaint.id} --note …`"
    return people.task(
        lead,
        task=name_for(TaskKind.COMPLAINT, complaint.id),
        kind=TaskKind.COMPLAINT,
        due_at=complaint.step_by or complaint.opened_at,
        owner=complaint.owner,
        script=f"{complaint.text}\n\n{ADVICE[step]}",
        ask=ask,
        priority=complaint.priority,
    )


def _promise(people: _People, promise: Promise, now: datetime) -> Task:
    lead = people.lead(promise.lead_id)
    by = people.clock(lead).shown(promise.by)
    late = is_overdue(promise, now)
    whose = f"{promise.department} owes its part" if promise.department else "We promised"
    script = f"{whose} by {by}: {promise.text}"
    owed_an_apology = late and promise.parent_id is None
    if owed_an_apology:
        script = f"Apologise first, and say when it comes. {script}"
    ask = f"`{how_to_keep(promise)}`, or agree on a new time and `renew`"
    return people.task(
        lead,
        task=name_for(TaskKind.PROMISE, promise.id),
        kind=TaskKind.PROMISE,
        due_at=promise.by,
        owner=promise.owner,
        script=script,
        ask=ask,
        priority=int(owed_an_apology),
    )


def _answer(people: _People, conversation: Conversation) -> Task:
    lead = people.lead(conversation.lead_id)
    noted = f" Noted {conversation.noted} times, not answered." if conversation.noted else ""
    return people.task(
        lead,
        task=name_for(TaskKind.ANSWER, conversation.id),
        kind=TaskKind.ANSWER,
        due_at=conversation.answer_by,
        owner=conversation.owner,
        script=f"Answer: {conversation.because}.{noted}",
        ask="Answer what was asked, and agree on the next step.",
    )


def _hungry(unit: Unit, office: Office, people: _People, touches: Sequence[Touch], now: datetime) -> Iterator[Task]:
    """One task for each lead, however many of its touches wait; none while something stands against selling."""
    against = standing(unit, now)
    activities = unit.activities.of_leads(sorted({touch.lead_id or 0 for touch in touches}))
    segments = sorted({people.lead(touch.lead_id).segment for touch in touches})
    asked = unit.asked.since(now - WITHIN, segments) if segments else []
    seen: set[int] = set()
    for touch in touches:
        lead = people.lead(touch.lead_id)
        if lead.id in seen or lead.id in against.complained:
            continue
        seen.add(lead.id)
        facts = facts_to_start_from(lead, activities[lead.id], now)
        facts += what_others_asked(lead, touch.policy, asked, now)
        waiting_since = touch.due_at or touch.created_at
        yield people.task(
            lead,
            task=name_for(TaskKind.FIND_NEWS, touch.id),
            kind=TaskKind.FIND_NEWS,
            due_at=waiting_since + office.desk.news_held_for,
            script=f"Nothing new to tell since {waiting_since:%Y-%m-%d} ({touch.policy}, {touch.step}). "
            f"Known: {'; '.join(facts)}.",
            ask=f'Find a reason: `touches news tell {lead.key} "…"`',
        )


def of_owner(tasks: Iterable[Task], owner: str) -> list[Task]:
    """An owner's tasks, and those of nobody: somebody has to do them."""
    return [task for task in tasks if task.owner in (owner, "")]


def absent_owners(office: Office, tasks: Iterable[Task], now: datetime) -> list[str]:
    """Sentences about tasks of colleagues who are away, or are none any more."""
    today = local_date(now, office.house.timezone)
    counts: dict[str, int] = {}
    for task in tasks:
        counts[task.owner] = counts.get(task.owner, 0) + 1
    away = []
    for owner, count in sorted(counts.items()):
        colleague = office.colleagues.get(owner)
        span = next((span for span in colleague.absent if span.holds(today)), None) if colleague else None
        where = ""
        if span is not None:
            where = f"away until {span.last}" if span.last else "away"
        elif owner and office.colleagues and colleague is None:
            where = "not among [owners]"
        if where:
            away.append(
                f"{owner} is {where} and has {counted(count, 'task')} today: "
                f"`touches today reassign {owner} TO` moves them."
            )
    return away


def owners_known(unit: Unit, office: Office) -> list[str]:
    """Everybody who may have tasks."""
    return sorted({*office.colleagues, *unit.worklist.owners()})
