"""`done` for everything that stands on a list: dispatches by the kind of task."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from channels.letter.spool import Spool
from touches.care.along import Along, enter_along
from touches.care.call_in_hand import CallResult
from touches.care.calls import Done, finish_call
from touches.care.complaint_clock import ComplaintStep
from touches.care.complaints import get_complaint, step_done
from touches.care.conversations import answered, close_conversation, noted_only
from touches.care.deals import buy, lose
from touches.care.finding_news import tell_one
from touches.care.outcomes import Outcome
from touches.care.promises import get_promise, keep_promise
from touches.care.record import Words, tell_news, write_down
from touches.care.tasks import TaskKind, TaskName, name_for
from touches.care.undoing import undo_call
from touches.engine.office import Office
from touches.errors import NotFound, Refused, UnknownTouch
from touches.model.care import CareState, Conversation
from touches.model.people import Lead
from touches.people.finding import require_not_erased
from touches.store.units import Unit
from touches.wording import counted

ENDED = "ended"  # a conversation ends without an outcome: the cadence goes on
NOTED = "noted"  # the lead was only told that it has been noted
ANSWERS = ("", Outcome.REACHED, Outcome.MEETING, Outcome.NOT_INTERESTED, Outcome.BOUGHT, ENDED, NOTED)


class UnknownConversation(NotFound):
    """No conversation has this number."""

    noun = "conversation"
    listing = "touches today --all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a person enters for a task. `outcome` is empty where the task needs none."""

    outcome: str = ""
    words: Words = field(default_factory=Words)
    call_back: datetime | None = None
    wished: bool = False
    channel: str = "email"  # by which an answer went
    dry_run: bool = False  # files stay where they are: no transaction takes them back
    along: Along = field(default_factory=Along)


def finish_task(unit: Unit, office: Office, name: TaskName, report: Report, *, actor: str) -> Done:
    """Enter what became of a task, in the caller's transaction. Raises NotFound for a task that is not, Refused where
    it cannot be."""
    office.library.refresh(unit)
    lead = _concerned(unit, name)
    done = _finish(unit, office, name, report, actor)
    if name.kind in (TaskKind.CALL, TaskKind.MEETING) or not report.along:
        return done
    if lead is None:
        raise Refused(f"{done.task} concerns no lead.")
    done.warnings += enter_along(unit, office, lead, report.along, task=done.task, actor=actor).said
    return done


def _concerned(unit: Unit, name: TaskName) -> Lead | None:
    """As `lead_of_task`; Refused where nothing is written down any more."""
    lead = lead_of_task(unit, name)
    if lead is not None:
        require_not_erased(lead)
    return lead


def lead_of_task(unit: Unit, name: TaskName) -> Lead | None:
    """Whom a task concerns; None for letters, and for what is not there."""
    lead_id = None
    if name.kind in (TaskKind.CALL, TaskKind.MEETING, TaskKind.FIND_NEWS):
        touch = unit.touches.by_ids([name.number]).get(name.number)
        lead_id = touch.lead_id if touch is not None else None
    elif name.kind is not TaskKind.POST_LETTERS:
        found = {
            TaskKind.ANSWER: unit.conversations.get,
            TaskKind.PROMISE: unit.promises.get,
            TaskKind.COMPLAINT: unit.complaints.get,
        }[name.kind](name.number)
        lead_id = found.lead_id if found is not None else None
    return unit.leads.get(lead_id) if lead_id is not None else None


def _finish(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    match name.kind:
        case TaskKind.ANSWER:
            return _answer(unit, office, name, report, actor)
        case TaskKind.PROMISE:
            return _keep(unit, office, name, report, actor)
        case TaskKind.COMPLAINT:
            return _step(unit, office, name, report, actor)
        case TaskKind.FIND_NEWS:
            return _found_news(unit, office, name, report, actor)
        case TaskKind.POST_LETTERS:
            return _posted(office, dry_run=report.dry_run)
        case _:
            return _called(unit, office, name, report, actor)


def undo_task(unit: Unit, office: Office, name: TaskName, *, actor: str) -> Done:
    """Take a call's result back. Refused for other tasks."""
    if name.kind is not TaskKind.CALL:
        raise Refused("Only the result of a call or a meeting can be taken back.")
    _concerned(unit, name)
    return undo_call(unit, office, name.number, actor=actor)


def _called(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    if report.outcome not in list(Outcome):
        raise Refused(
            f'A call needs one of the outcomes of a call, not "{report.outcome}".'
            if report.outcome
            else "A call needs an outcome.",
            hint=f"--outcome {'|'.join(Outcome)}",
        )
    result = CallResult(
        outcome=Outcome(report.outcome),
        words=report.words,
        call_back=report.call_back,
        wished=report.wished,
        along=report.along,
    )
    return finish_call(unit, office, name.number, result, actor=actor)


def _answer(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    conversation = unit.conversations.get(name.number)
    if conversation is None:
        raise UnknownConversation(str(name.number))
    if conversation.state is not CareState.OPEN:
        raise Refused(f"Conversation {name.number} has ended.", hint="`touches log LEAD` writes down a contact.")
    if report.outcome not in ANSWERS:
        raise Refused(
            f'"{report.outcome}" is no outcome of an answer.',
            hint=f"--outcome {'|'.join(one for one in ANSWERS if one)}",
        )
    now = office.clock.now()
    lead = unit.leads.by_ids([conversation.lead_id])[conversation.lead_id]
    outcome = report.outcome or "answered"
    written = write_down(
        unit,
        office,
        lead,
        report.words,
        channel=report.channel,
        direction="out",
        outcome=outcome,
        actor=actor,
        at=now,
    )
    warnings = written.warnings + tell_news(unit, lead, report.words.news, actor=actor, at=now)
    after = _after_answer(unit, office, conversation, report.outcome, actor)
    return Done(
        task=name_for(TaskKind.ANSWER, name.number),
        lead=lead.key,
        outcome=outcome,
        state=after.state,
        next_at=after.stalled_at if after.state is CareState.OPEN and after.answered_at else None,
        interaction=written.interaction,
        warnings=warnings,
    )


def _after_answer(unit: Unit, office: Office, conversation: Conversation, outcome: str, actor: str) -> Conversation:
    now = office.clock.now()
    if outcome == NOTED:
        noted_only(unit, office, conversation, actor=actor, at=now)
        return unit.conversations.get(conversation.id) or conversation
    after = answered(unit, office, conversation, actor=actor, at=now)
    lead = unit.leads.by_ids([conversation.lead_id])[conversation.lead_id]
    if outcome == Outcome.BOUGHT:
        buy(unit, office, lead, source=f"conversation {conversation.id}", actor=actor)
    if outcome == Outcome.NOT_INTERESTED and lead.lost_at is None:
        lose(unit, office, lead, reason="not interested", actor=actor)
    if outcome in (ENDED, Outcome.BOUGHT, Outcome.NOT_INTERESTED):
        close_conversation(unit, office, after, because=outcome, actor=actor, at=now)
    return unit.conversations.get(conversation.id) or after


def _keep(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    promise = get_promise(unit, name.number)
    evidence = report.words.said or report.words.told or report.words.agreed
    kept = keep_promise(unit, office, promise.id, evidence=evidence, actor=actor)
    lead = unit.leads.by_ids([promise.lead_id])[promise.lead_id]
    return Done(task=name_for(TaskKind.PROMISE, promise.id), lead=lead.key, outcome="kept", state=kept.state)


def _step(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    complaint = get_complaint(unit, name.number)
    text = report.words.said or report.words.told or report.words.agreed
    step = ComplaintStep(complaint.step)
    after = step_done(unit, office, complaint.id, step, note_text=text, actor=actor, compensation="")
    lead = unit.leads.by_ids([complaint.lead_id])[complaint.lead_id]
    return Done(
        task=name_for(TaskKind.COMPLAINT, complaint.id),
        lead=lead.key,
        outcome=step,
        state=after.state,
        next_at=after.step_by,
    )


def _found_news(unit: Unit, office: Office, name: TaskName, report: Report, actor: str) -> Done:
    touch = unit.touches.by_ids([name.number]).get(name.number)
    if touch is None or touch.lead_id is None:
        raise UnknownTouch(str(name.number))
    lead = unit.leads.by_ids([touch.lead_id])[touch.lead_id]
    if not report.words.told:
        raise Refused("Which news did you find?", hint=f'--told "…", or: touches news tell {lead.key} "…"')
    item, warnings = tell_one(unit, office, lead, report.words.told, actor=actor)
    task = name_for(TaskKind.FIND_NEWS, touch.id)
    return Done(task=task, lead=lead.key, outcome=item, state=touch.state, next_touch=touch.id, warnings=warnings)


def _posted(office: Office, *, dry_run: bool) -> Done:
    """What lay in the spool has been posted."""
    if not office.desk.letter_spool:
        raise Refused("There is no letter spool here.")
    spool = Spool(Path(office.desk.letter_spool))
    keys = spool.keys("out")
    for key in () if dry_run else keys:
        spool.move(key, stage="done")
    return Done(task="letters", lead="", outcome="posted", state=f"{counted(len(keys), 'letter')} posted")
