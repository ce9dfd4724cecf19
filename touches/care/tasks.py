"""A task of `today`, its name, and the order of work: values and pure decisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from policies.errors import Refused
from touches.care.hints import beginning
from touches.model.care import Interaction

_NAME = re.compile(r"(answer|promise|complaint|news)-([0-9]{1,18})")
LETTERS = "letters"
LAST_WIDTH = 300  # characters of a contact, where only a hint of it is shown


class TaskKind(StrEnum):
    """What a person has to do."""

    CALL = "call"
    MEETING = "meeting"
    ANSWER = "answer"
    PROMISE = "promise"
    COMPLAINT = "complaint"
    FIND_NEWS = "find-news"
    POST_LETTERS = "post-letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskName:
    """How people name a task: a touch's number, or `answer-12`, `promise-7`, `complaint-3`, `news-1234`, `letters`."""

    kind: TaskKind
    number: int = 0


_KINDS = {
    "answer": TaskKind.ANSWER,
    "promise": TaskKind.PROMISE,
    "complaint": TaskKind.COMPLAINT,
    "news": TaskKind.FIND_NEWS,
}
_PREFIXES = {kind: prefix for prefix, kind in _KINDS.items()}


def task_name(text: str) -> TaskName:
    """Read a name; `Refused` for what is none. A plain number is a call's or meeting's touch."""
    plain = text.strip().casefold()
    if plain.isdecimal() and len(plain) <= 18:
        return TaskName(kind=TaskKind.CALL, number=int(plain))
    if plain == LETTERS:
        return TaskName(kind=TaskKind.POST_LETTERS)
    shape = _NAME.fullmatch(plain)
    if shape is None:
        raise Refused(
            found=text, expected="is no task (write a touch's number, or answer-12, promise-7, complaint-3, news-1234)"
        )
    return TaskName(kind=_KINDS[shape[1]], number=int(shape[2]))


def name_for(kind: TaskKind, number: int) -> str:
    """The name of a task that is no touch."""
    return f"{_PREFIXES[kind]}-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of somebody's day. `task` is its name; `said_last` are the latest interactions, newest first."""

    task: str | int
    kind: TaskKind
    lead_id: int | None
    lead: str
    name: str
    phone: str
    owner: str
    due_at: datetime
    local_time: str = ""
    zone: str = ""
    news: str = ""
    script: str = ""
    ask: str = ""
    company: str = ""
    priority: int = 0
    said_last: tuple[str, ...] = ()
    late_at: datetime | None = None  # when it is late; None: as soon as it is due

    def overdue(self, now: datetime) -> bool:
        """Whether its time has passed. A call of nine o'clock is not late at ten, but when its day is over."""
        return (self.late_at or self.due_at) <= now

    def row(self, now: datetime) -> Mapping[str, Any]:
        """The stable keys of `today --json`."""
        return {
            "touch": self.task,
            "lead": self.lead,
            "lead_id": self.lead_id,
            "name": self.name,
            "phone": self.phone,
            "owner": self.owner,
            "due_at": self.due_at,
            "local_time": self.local_time,
            "zone": self.zone,
            "overdue": self.overdue(now),
            "news": self.news,
            "script": self.script,
            "ask": self.ask,
            "kind": self.kind.value,
            "company": self.company,
            "last": list(self.said_last),
        }


_OWED = frozenset({TaskKind.PROMISE, TaskKind.ANSWER})


def working_order(task: Task, now: datetime) -> tuple[object, ...]:
    """Complaints before all selling, then what is owed and late, then by the clock; the name settles the rest."""
    if task.kind is TaskKind.COMPLAINT:
        rank = 0
    elif task.kind in _OWED and task.overdue(now):
        rank = 1
    else:
        rank = 2
    return rank, -task.priority, task.due_at, str(task.task)


def in_short(interaction: Interaction) -> str:
    """What was said last, in a line or three: somebody may have sent a novel."""
    parts = [f"{interaction.at:%Y-%m-%d} {interaction.who}, {interaction.channel}"]
    if interaction.direction == "in":
        parts.append("from the lead")
    if interaction.outcome and interaction.outcome != "reply":
        parts.append(interaction.outcome)
    parts += [f"said: {interaction.said}"] if interaction.said else []
    parts += [f"told: {interaction.told}"] if interaction.told else []
    parts += [f"agreed: {interaction.agreed}"] if interaction.agreed else []
    return beginning("; ".join(parts), width=LAST_WIDTH)
