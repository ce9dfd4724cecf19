"""The day's list as a mail to each owner, and as a calendar file."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from unicodedata import category

from touches.care.tasks import Task, TaskKind
from touches.care.telling import is_away, tell_mailboxes
from touches.care.worklist import day_end, tasks_of_today
from touches.engine.office import Office
from touches.store.units import Unit
from touches.time.local import local_date, local_instant
from touches.wording import counted

if TYPE_CHECKING:
    from icalendar import Timezone

FIRST = time(6)  # local time of the workspace: from then on, once the day's calls are listed …
LAST = time(8)  # … and at the latest then
CALL_LASTS = timedelta(minutes=15)  # practitioners: most calls take 10 to 15 minutes


def morning_lists(office: Office) -> int:
    """One mail to each owner who has something to do, once a day; how many were made."""
    now = office.clock.now()
    place = office.house.timezone
    today = local_date(now, place)
    if now < local_instant(today, FIRST, place) or not any(one.email for one in office.colleagues.values()):
        return 0
    with office.store.read() as unit:
        if _too_early(unit, office, now) or unit.switches.get("morning") == today.isoformat():
            return 0
    with office.store.write() as unit:
        tasks = tasks_of_today(unit, office)
        made = sum(
            _send(unit, office, owner, _on_list(tasks, owner, office), now) for owner in sorted(office.colleagues)
        )
        unit.switches.set("morning", today.isoformat(), at=now)
        return made


def _too_early(unit: Unit, office: Office, now: datetime) -> bool:
    """The day's calls are put on lists first; a list that cannot be made does not hold up the mail for ever."""
    place = office.house.timezone
    waiting = unit.worklist.unlisted(until=day_end(now, place))
    return bool(waiting) and now < local_instant(local_date(now, place), LAST, place)


def _on_list(tasks: Iterable[Task], owner: str, office: Office) -> list[Task]:
    """An owner's tasks, and those of nobody and of who is not with us any more: somebody has to do them."""
    return [task for task in tasks if task.owner == owner or task.owner not in office.colleagues]


def _send(unit: Unit, office: Office, owner: str, tasks: list[Task], now: datetime) -> int:
    colleague = office.colleagues[owner]
    today = local_date(now, office.house.timezone)
    if not tasks or not colleague.email or is_away(owner, office):
        return 0
    count = counted(len(tasks), "task")
    return tell_mailboxes(
        unit,
        office,
        [colleague.email],
        key=f"list/{owner}/{today}",
        purpose="list",
        subject=f"{today:%a %d %b}: {count}",
        body="\n\n".join([f"Your list for {today}:", *(part for task in tasks for part in _paragraphs(task, now))]),
    )


def _paragraphs(task: Task, now: datetime) -> list[str]:
    """Whom and when, what to say and to ask for, what was said last."""
    late = "LATE, " if task.overdue(now) else ""
    who = ", ".join(part for part in (task.name or task.lead, task.company, task.phone) if part)
    where = f" ({task.zone})" if task.zone else ""
    head = f"[{task.task}] {task.kind.value}: {who}: {late}{task.local_time} there{where}"
    ask = task.ask if task.ask not in task.script else ""
    said = [" ".join(part.split()) for part in (task.script, ask) if part]
    return [head, *said, *(f"Before: {one}" for one in task.said_last)]


def calendar_of(tasks: Iterable[Task], *, name: str, domain: str, now: datetime) -> bytes:
    """RFC 5545: a call or a meeting is an event of its time, everything else a to-do with its deadline. The same task
    has the same UID every day. A calendar has at least one component (3.4, 3.6): that of a day without tasks is a time
    zone, which programs read and nobody sees."""
    from icalendar import Calendar, Event, Todo, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Touches//today//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(_without_controls(name)))
    for task in tasks:
        spoken = task.kind in (TaskKind.CALL, TaskKind.MEETING)
        entry = Event() if spoken else Todo()
        entry.add("uid", f"task-{task.task}@{domain}")
        entry.add("dtstamp", now)
        entry.add("summary", _without_controls(f"{task.kind.value}: {task.name or task.lead}"))
        parts = [_without_controls(part) for part in (task.phone, task.script, *task.said_last) if part]
        entry.add("description", "\n\n".join(parts))
        if spoken:
            entry.add("dtstart", task.due_at)
            entry.add("dtend", task.due_at + CALL_LASTS)
            if task.phone:
                entry.add("location", _without_controls(f"tel:{task.phone}"))
        else:
            entry.add("due", task.due_at)
        calendar.add_component(entry)
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    written: bytes = calendar.to_ical()
    return written


def _utc() -> "Timezone":
    from icalendar import Timezone, TimezoneStandard

    always = TimezoneStandard()
    always.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a local time, as 3.6.5 wants it
    always.add("tzoffsetfrom", timedelta())
    always.add("tzoffsetto", timedelta())
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(always)
    return zone


def _without_controls(text: str) -> str:
    """What people wrote, as a value may hold it (RFC 5545, 3.1): of control characters only line breaks, all alike."""
    lines = (line.expandtabs(1) for line in text.splitlines())
    return "\n".join("".join(letter for letter in line if category(letter) != "Cc") for line in lines)
