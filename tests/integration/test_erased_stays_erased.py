"""Whoever was erased stays so: nothing that comes back, and nothing that somebody enters, puts them back."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from channels.inbound.mail import classify_mail
from channels.inbound.webhooks.values import DeliveryReport, Status
from channels.protocol import Accepted, Failure, Marker, Prepared, Refused, Result, Unknown
from channels.recording import RecordingChannel
from channels.tasks import CallChannel
from cli import root
from tests.answers import Answers
from tests.campaign import POLICY, Campaign
from touches.care.call_in_hand import CallResult
from touches.care.calls import finish_call
from touches.care.chores import forget_erased
from touches.care.doing import Report, finish_task, undo_task
from touches.care.outcomes import Outcome
from touches.care.record import Words
from touches.care.tasks import TaskKind, TaskName
from touches.errors import Refused as Forbidden
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office
from touches.inbound.reports import handle_report
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.people.erasing import erase_lead
from touches.store.rows import metadata
from touches.tokens import Purpose

CANARY = "canary7f3a"


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    made.office = replace(made.office, desk=replace(made.office.desk, reads_mail=True, alerts=("ops@cafe.test",)))
    made.record("email")
    made.publish()
    yield made
    made.close()


def erased(campaign: Campaign, lead_id: int) -> None:
    with campaign.store.write() as unit:
        lead = unit.leads.by_ids([lead_id])[lead_id]
        erase_lead(unit, campaign.office.signer, lead, actor="test", at=campaign.clock.now())


def erased_after_a_mail(campaign: Campaign) -> Touch:
    """The touch as it was when it left."""
    lead_id = campaign.lead("ann", email=f"{CANARY}@customer.test", phone="+358401234567")
    campaign.enroll(lead_id)
    campaign.tick()
    touch = campaign.touches(lead_id)[0]
    erased(campaign, lead_id)
    return touch


def take(campaign: Campaign, raw: bytes) -> str:
    mail = classify_mail(raw, now=campaign.clock.now(), ours=marks_of_office(campaign.office))
    return take_mail(campaign.office, mail).kind


def everything(campaign: Campaign) -> str:
    with campaign.store.read() as unit:
        rows = [row for table in metadata.sorted_tables for row in unit.connection.execute(select(table))]
    return "\n".join(map(repr, rows))


BACK: list[tuple[str, Callable[[Answers, Touch], bytes]]] = [
    ("auto_reply", lambda answers, touch: answers.away(touch, f"{CANARY} is away until 1 December 2026.")),
    ("hard_bounce", lambda answers, touch: answers.bounce(touch, words=f"{CANARY} is unknown")),
    ("policy_bounce", lambda answers, touch: answers.bounce(touch, "5.7.1", f"{CANARY} blocked by a list")),
    ("delay", lambda answers, touch: answers.bounce(touch, "4.4.1", f"{CANARY} later", action="delayed")),
    ("complaint_feedback", lambda answers, touch: answers.complaint(touch)),
    ("unsubscribe", lambda answers, touch: answers.click(touch)),
    ("unsubscribe", lambda answers, touch: answers.reply(touch, "Please do not contact me again.")),
]


@pytest.mark.parametrize(("kind", "mail"), BACK)
def test_nothing_is_kept_of_what_comes_back_for_them(
    campaign: Campaign, kind: str, mail: Callable[[Answers, Touch], bytes]
) -> None:
    touch = erased_after_a_mail(campaign)
    raw = mail(Answers(campaign.office), touch)
    for _ in range(2):
        assert take(campaign, raw) == kind
    campaign.tick()
    assert CANARY not in everything(campaign)
    with campaign.store.read() as unit:
        assert len(unit.inbound.of_touch(touch.id)) == 1
        assert unit.inbound.to_review() == []
        assert unit.leads.dead([touch.lead_id or 0]) == {touch.lead_id: "erased"}


def test_an_answer_of_theirs_is_read_by_a_person_as_a_strangers_is(campaign: Campaign) -> None:
    touch = erased_after_a_mail(campaign)
    assert take(campaign, Answers(campaign.office).reply(touch, "Why do you still have my address?")) == "unmatched"
    campaign.tick()
    with campaign.store.read() as unit:
        (waiting,) = unit.inbound.to_review()
        assert unit.conversations.open([touch.lead_id or 0]) == []
        assert unit.interactions.of_leads([touch.lead_id or 0]) == {touch.lead_id: []}
    assert (waiting.lead_id, waiting.touch_id) == (None, None)
    assert "somebody who was erased" in waiting.handled


def test_a_bounce_settles_the_doubt_about_what_was_leaving(campaign: Campaign) -> None:
    campaign.record("email", results=[Unknown(phase="dot", text="cut")])
    touch = replace(erased_after_a_mail(campaign), address=f"{CANARY}@customer.test")
    assert take(campaign, Answers(campaign.office).bounce(touch)) == "hard_bounce"
    assert [each.state for each in campaign.touches(touch.lead_id or 0)] == [TouchState.BOUNCED]
    assert CANARY not in everything(campaign)


def test_a_late_report_of_an_sms_leaves_no_words_of_theirs(campaign: Campaign) -> None:
    campaign.record("sms")
    campaign.publish(POLICY.replace("email", "sms"))
    touch = erased_after_a_mail(campaign)
    token = campaign.office.signer.token(Purpose.TOUCH, touch.id)
    report = DeliveryReport(
        source="twilio",
        event_id=f"{CANARY}:delivered",
        key=token,
        reference=CANARY,
        status=Status.DELIVERED,
        at=campaign.clock.now(),
        text=CANARY,
    )
    handle_report(campaign.office, report)
    assert campaign.touches(touch.lead_id or 0)[0].state is TouchState.DELIVERED
    assert CANARY not in everything(campaign)


class ErasedMeanwhile(RecordingChannel):
    """Whoever the message is for is erased between the marker and the answer."""

    def __init__(self, campaign: Campaign, lead_id: int, answer: Result) -> None:
        super().__init__("email")
        self._campaign, self._lead_id, self._answer = campaign, lead_id, answer

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        assert await marker()
        await asyncio.to_thread(erased, self._campaign, self._lead_id)
        return self._answer


ANSWERS: list[Result] = [
    Accepted(reference=f"queued for {CANARY}", detail=CANARY),
    Refused(failure=Failure.BAD_ADDRESS, permanent=True, code="550", text=f"<{CANARY}@customer.test>: unknown"),
    Refused(failure=Failure.GREYLIST, permanent=False, code="450", text=f"<{CANARY}@customer.test>: later"),
    Unknown(phase="dot", text=f"cut at {CANARY}"),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_nothing_is_kept_of_an_answer_to_what_was_leaving_meanwhile(campaign: Campaign, answer: Result) -> None:
    lead_id = campaign.lead("ann", email=f"{CANARY}@customer.test")
    campaign.use(email=ErasedMeanwhile(campaign, lead_id, answer))
    campaign.enroll(lead_id)
    campaign.tick()
    assert CANARY in everything(campaign)
    assert [forget_erased(campaign.office) for _ in range(2)] == [1, 0]
    assert CANARY not in everything(campaign)


COMMANDS = [
    ("log", "#1", "--said", CANARY),
    ("promise", "add", "#1", CANARY, "--by", "tomorrow"),
    ("complaint", "open", "#1", CANARY),
    ("lead", "set", "#1", f"email={CANARY}@x.example"),
    ("lead", "consent", "#1", "express", "--source", "form", "--evidence", CANARY),
    ("lead", "handover", "#1", "aino"),
    ("lead", "lost", "#1"),
    ("lead", "reopen", "#1"),
    ("activity", "add", "#1", "purchase"),
    ("news", "tell", "#1", CANARY),
]


@pytest.fixture
def folder(_made_workspace: Path, tmp_path: Path) -> Path:
    made = Path(shutil.copytree(_made_workspace, tmp_path / "w"))
    for arguments in (("lead", "add", "--external-id", "ann", "--name", "Ann"), ("lead", "erase", "ann", "--yes")):
        assert CliRunner().invoke(root, ["--workspace", str(made), *arguments]).exit_code == 0
    return made


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nobody_writes_anything_down_of_them(folder: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(root, ["--workspace", str(folder), *arguments])
    assert result.exit_code == 8, result.output
    assert "was erased on request" in result.output
    database = "".join(part.read_bytes().decode("latin-1") for part in folder.glob("touches.db*"))
    assert CANARY not in database


CALLS = "policy: follow\nhours: {call: any}\ntouches:\n  - {id: a, day: 0, channel: call, news: any, ask: Agree.}\n"


@pytest.mark.parametrize("kind", [TaskKind.CALL, TaskKind.FIND_NEWS])
@pytest.mark.parametrize("undo", [False, True])
def test_no_task_of_theirs_is_done_or_taken_back(campaign: Campaign, kind: TaskKind, undo: bool) -> None:
    campaign.use(call=CallChannel())
    office = campaign.office
    campaign.publish(CALLS)
    lead_id = campaign.lead("ann", phone="+358401234567")
    campaign.enroll(lead_id)
    call = campaign.touches(lead_id)[0]
    with campaign.store.write() as unit:
        finish_call(unit, office, call.id, CallResult(outcome=Outcome.BUSY), actor="aino")
        erase_lead(unit, office.signer, unit.leads.by_ids([lead_id])[lead_id], actor="test", at=campaign.clock.now())
    task = TaskName(kind=kind, number=call.id)
    said = Report(outcome=Outcome.REACHED, words=Words(told=CANARY))
    with pytest.raises(Forbidden, match=r"was erased on request|can be taken back"), campaign.store.write() as unit:
        undo_task(unit, office, task, actor="aino") if undo else finish_task(unit, office, task, said, actor="aino")
    assert CANARY not in everything(campaign)


@pytest.mark.parametrize("command", [("why", "#1"), ("lead", "show", "#1"), ("lead", "export", "#1")])
def test_what_is_left_can_be_looked_at(folder: Path, command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(root, ["--workspace", str(folder), *command])
    assert result.exit_code == 0, result.output
    assert "erased" in result.output
