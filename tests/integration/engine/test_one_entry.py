"""Where two entries of the ledger become one, what the lead has heard is never forgotten."""

import pytest

from channels.tasks import CallChannel
from tests.campaign import Campaign
from touches.engine.outbox import mark_returned
from touches.model.cadence import LedgerEntry
from touches.model.states import LedgerStatus, TouchState
from touches.people.joining import merge_leads

MAIL = "policy: follow\ntouches:\n  - {id: a, day: 0, channel: email, news: any, ask: Reply.}\n"
CALL = "policy: ring\nhours: {call: any}\ntouches:\n  - {id: b, day: 0, channel: call, news: any, ask: Agree.}\n"
TWO = {
    "case": "A bakery in Turku halved its complaints within a month.",
    "hours": "Support answers until ten in the evening from now on.",
}
FILE = "---\nkind: education\nheadline: About {name}\nsame_as: [{other}]\n---\n{body}\n"


def told(campaign: Campaign, lead: int) -> list[LedgerEntry]:
    with campaign.store.read() as unit:
        return list(unit.ledger.told([lead])[lead].values())


def come_back(campaign: Campaign, touch: int) -> None:
    with campaign.store.write() as unit:
        now = campaign.clock.now()
        mark_returned(unit, [str(touch)], signer=campaign.office.signer, actor="test", at=now)


@pytest.mark.parametrize("first", [0, 1])
def test_what_two_merged_records_heard_is_new_when_both_messages_came_back(campaign: Campaign, first: int) -> None:
    campaign.record()
    campaign.publish(MAIL, news={"hours": TWO["hours"]})
    ann, anna = campaign.lead("ann"), campaign.lead("anna")
    campaign.enroll(ann, anna)
    campaign.tick()
    with campaign.store.write() as unit:
        leads = unit.leads.by_ids([ann, anna])
        merge_leads(unit, campaign.office.signer, leads[ann], leads[anna], actor="test", at=campaign.clock.now())
    sent = [touch.id for touch in campaign.touches(anna) if touch.state is TouchState.SENT]
    assert len(sent) == 2

    come_back(campaign, sent[first])
    still = told(campaign, anna)
    come_back(campaign, sent[1 - first])

    assert [(entry.status, entry.touch_id) for entry in still] == [(LedgerStatus.TOLD, sent[1 - first])]
    assert told(campaign, anna) == []


@pytest.mark.parametrize("declared_by", ["what was told", "what is listed"])
def test_a_listed_call_drops_what_turns_out_to_have_been_told(campaign: Campaign, declared_by: str) -> None:
    campaign.record()
    campaign.use(call=CallChannel())
    campaign.publish(MAIL, CALL, news=TWO)
    ann = campaign.lead("ann", phone="+358401234567")
    campaign.enroll(ann, policy="follow")
    campaign.tick()
    campaign.enroll(ann, policy="ring")
    campaign.tick()
    mail, call = campaign.touches(ann)
    assert (mail.state, call.state) == (TouchState.SENT, TouchState.OFFERING)
    assert {mail.news, call.news} == {"case", "hours"}

    one, other = (mail.news, call.news) if declared_by == "what was told" else (call.news, mail.news)
    campaign.publish(MAIL, CALL, news={**TWO, one: FILE.format(name=one, other=other, body=TWO[one])})

    assert [(entry.news, entry.status) for entry in told(campaign, ann)] == [(mail.news, LedgerStatus.TOLD)]
    again = campaign.touches(ann)[1]
    assert (again.state, again.news) == (TouchState.READY, "")
