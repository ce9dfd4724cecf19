"""The colleagues of the demo: call whom their lists name, answer who wrote, keep promises, work complaints through."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from touches.care.call_in_hand import CallResult
from touches.care.calls import finish_call
from touches.care.complaint_clock import ComplaintStep
from touches.care.complaints import get_complaint, solve_complaint, step_done
from touches.care.conversations import answered, close_conversation
from touches.care.outcomes import UNREACHED, Outcome
from touches.care.promises import keep_promise
from touches.care.record import Words, write_down
from touches.care.tasks import Task, TaskKind
from touches.care.worklist import tasks_of_today
from touches.demo.chance import Chance
from touches.demo.crowd import Crowd, Deed
from touches.demo.diary import Diary
from touches.demo.wording import SAID
from touches.engine.office import Office

OUTCOMES = (
    (Outcome.NO_ANSWER, 0.27),
    (Outcome.VOICEMAIL, 0.08),
    (Outcome.BUSY, 0.05),
    (Outcome.WRONG_NUMBER, 0.01),
    (Outcome.CALL_BACK, 0.05),
    (Outcome.NOT_INTERESTED, 0.04),
    (Outcome.BOUGHT, 0.05),
    (Outcome.MEETING, 0.03),
)  # the rest is reached
STEPS = {
    ComplaintStep.CALM: "Called, listened, promised the cause for tomorrow.",
    ComplaintStep.CAUSE: "The packing was changed, and nobody told the workshop.",
    ComplaintStep.SOLUTION: "A new part and the carrying on us; agreed.",
    ComplaintStep.CARRY_OUT: "Delivered and mounted.",
    ComplaintStep.PROVE: "Sent the photographs of the new packing.",
}
PROVEN = frozenset({ComplaintStep.PROVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sellers:
    """All of them; each works the own list."""

    office: Office
    crowd: Crowd
    chance: Chance
    diary: Diary

    def work(self, now: datetime) -> list[Deed]:
        """Do what can be done now; what people do because of it."""
        with self.office.store.read() as unit:
            tasks = tasks_of_today(unit, self.office)
        deeds: list[Deed] = []
        for task in tasks:
            match task.kind:
                case TaskKind.CALL | TaskKind.MEETING if _in_hours(task, now):
                    deeds += self._call(task, now)
                case TaskKind.ANSWER if task.due_at - now < timedelta(hours=20):
                    self._answer(task, now)
                case TaskKind.PROMISE if task.due_at - now < timedelta(hours=12):
                    self._keep(task)
                case TaskKind.COMPLAINT if now.hour == 8:
                    self._step(task)
        return deeds

    def _call(self, task: Task, now: datetime) -> list[Deed]:
        outcome = self.chance.first_of(OUTCOMES, "call", task.lead, now) or Outcome.REACHED
        said = self.chance.pick(SAID.get(outcome, ("",)), "said", task.lead, now)
        minutes = None if outcome in UNREACHED else int(self.chance.between(4, 17, "minutes", task.lead, now))
        result = CallResult(
            outcome=outcome,
            words=Words(said=said, minutes=minutes),
            call_back=_tomorrow_at_ten(task.zone, now) if outcome is Outcome.CALL_BACK else None,
            wished=outcome is Outcome.CALL_BACK,
        )
        with self.office.store.write() as unit:
            finish_call(unit, self.office, int(task.task), result, actor=task.owner)
        self.diary.note(now, f"call {outcome}")
        if outcome in UNREACHED or outcome in (Outcome.CALL_BACK, Outcome.WRONG_NUMBER):
            return []
        if outcome is Outcome.BOUGHT:
            self.diary.note(now, "purchases")
            return self.crowd.after_purchase(task.lead, now)
        return self.crowd.after_reading(task.lead, now, (task.lead, "call", now))

    def _answer(self, task: Task, now: datetime) -> None:
        number = int(str(task.task).rpartition("-")[2])
        with self.office.store.write() as unit:
            conversation = unit.conversations.get(number)
            lead = unit.leads.get(task.lead_id or 0)
            if conversation is None or lead is None:
                return
            words = Words(told="Called back and answered the question.", minutes=6)
            write_down(
                unit, self.office, lead, words, channel="call", direction="out", outcome="reached",
                actor=task.owner, at=now,
            )  # fmt: skip
            conversation = answered(unit, self.office, conversation, actor=task.owner, at=now)
            if self.chance.happens(0.5, "settled", task.lead):
                because = "answered, no question is open"
                close_conversation(unit, self.office, conversation, because=because, actor=task.owner, at=now)
        self.diary.note(now, "answered")

    def _keep(self, task: Task) -> None:
        number = int(str(task.task).rpartition("-")[2])
        with self.office.store.write() as unit:
            keep_promise(unit, self.office, number, evidence="done, and told so", actor=task.owner)

    def _step(self, task: Task) -> None:
        number = int(str(task.task).rpartition("-")[2])
        with self.office.store.write() as unit:
            step = ComplaintStep(get_complaint(unit, number).step)
            step_done(
                unit, self.office, number, step, note_text=STEPS[step], actor=task.owner, compensation="",
            )  # fmt: skip
            if step in PROVEN:
                solve_complaint(unit, self.office, number, note_text="The customer says so too.", actor=task.owner)


def _in_hours(task: Task, now: datetime) -> bool:
    """Whether it is time, and office hours where the lead is."""
    return task.due_at <= now and 9 <= now.astimezone(ZoneInfo(task.zone or "UTC")).hour < 18


def _tomorrow_at_ten(zone: str, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(zone or "UTC"))
    day = local.date() + timedelta(days=1 if local.weekday() < 4 else 7 - local.weekday())
    return datetime.combine(day, time(10), local.tzinfo)
