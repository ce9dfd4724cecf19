"""What colleagues ask by mail: promises and complaints, at addresses that only their owner may use."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.inbound.mail import classify_mail
from tests.answers import Answers
from tests.integration.care_campaign import CareCampaign
from touches.inbound.colleagues import COMPLAINT, PROMISE, address_for
from touches.inbound.doing import Taken
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office
from touches.model.states import EnrollmentState

FIELDS = "lead: ann\nby: 2026-11-03 22:00\ntext: answer about roaming\n"


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(database_url, tmp_path)
    made.office = replace(made.office, desk=replace(made.office.desk, reads_mail=True))
    made.publish()
    made.caller("ann", email="ann@customer.test")
    yield made
    made.close()


def wrote(campaign: CareCampaign, text: str, *, to: str, sender: str = "aino@cafe.test", **headers: str) -> Taken:
    raw = Answers(campaign.office).fresh(sender=sender, text=text, To=to, **headers)
    mail = classify_mail(raw, now=campaign.clock.now(), ours=marks_of_office(campaign.office))
    return take_mail(campaign.office, mail)


def own(campaign: CareCampaign, what: str = PROMISE, owner: str = "aino") -> str:
    return address_for(campaign.office, owner, what)


def promises(campaign: CareCampaign) -> list[tuple[str, str, datetime]]:
    with campaign.store.read() as unit:
        return [(one.owner, one.text, one.by) for one in unit.promises.all()]


def test_a_promise_by_mail_is_written_down_and_confirmed_to_its_owner(campaign: CareCampaign) -> None:
    taken = wrote(campaign, FIELDS, to=own(campaign))
    assert promises(campaign) == [("aino", "answer about roaming", datetime(2026, 11, 3, 20, 0, tzinfo=UTC))]
    assert taken.handled == "promise 1 is written down"
    ((recipient, subject, _),) = campaign.notices("confirmation")
    assert (recipient, subject) == ("aino@cafe.test", "promise 1 to Ann is written down")


def test_the_lead_is_who_else_the_mail_went_to_and_the_time_stands_in_the_words(campaign: CareCampaign) -> None:
    both = f"Ann <ann@customer.test>, {own(campaign)}"
    taken = wrote(campaign, "Send the offer by tomorrow 12:00", to=both, Subject="Re: Your question")
    assert taken.handled == "promise 1 is written down"
    ((owner, text, by),) = promises(campaign)
    assert (owner, text) == ("aino", "Send the offer")
    assert by == datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def test_the_lead_of_a_forwarded_mail_is_whose_address_it_shows(campaign: CareCampaign) -> None:
    text = "by: 3 working days\n\n---------- Forwarded message ---------\nFrom: Ann <ann@customer.test>\n\nWhen?\n"
    wrote(campaign, text, to=own(campaign), Subject="Fwd: roaming costs")
    assert [(owner, text) for owner, text, _ in promises(campaign)] == [("aino", "roaming costs")]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("by: 22:00\ntext: something", "which lead"),
        ("lead: nobody\nby: 22:00\ntext: something", "which lead"),
        ("lead: ann\ntext: something", "by when"),
        ("lead: ann\nby: the day after never\ntext: something", "the day after never"),
        ("lead: ann\nby: 2020-01-01 10:00\ntext: something", "has passed"),
    ],
)
def test_what_lacks_something_is_said_to_the_colleague(campaign: CareCampaign, text: str, lacks: str) -> None:
    wrote(campaign, text, to=own(campaign))
    assert promises(campaign) == []
    ((recipient, _, body),) = campaign.notices("confirmation")
    assert recipient == "aino@cafe.test"
    assert lacks in body


def test_a_complaint_by_mail_freezes_the_lead(campaign: CareCampaign) -> None:
    with campaign.store.read() as unit:
        (ann,) = unit.leads.ids()
    campaign.enroll(ann)
    with campaign.store.read() as unit:
        (ann,) = unit.leads.ids()
    campaign.enroll(ann)
    taken = wrote(campaign, "lead: ann\nharm: high\n\nThe cup was cold.", to=own(campaign, COMPLAINT))
    with campaign.store.read() as unit:
        (case,) = unit.complaints.all()
        (enrollment,) = unit.enrollments.of_leads([case.lead_id])[case.lead_id]
    assert (case.text, case.harm, case.owner) == ("The cup was cold.", "high", "aino")
    assert (enrollment.state, enrollment.reason) == (EnrollmentState.PAUSED, "complaint")
    assert taken.handled == "complaint 1 is open"


@pytest.mark.parametrize("sender", ["mallory@evil.test", "ann@customer.test", "bo@cafe.test"])
def test_whoever_else_learns_the_address_records_nothing_and_a_person_hears_of_it(
    campaign: CareCampaign, sender: str
) -> None:
    taken = wrote(campaign, FIELDS, to=own(campaign), sender=sender)
    assert promises(campaign) == []
    assert taken.kind == "unmatched"
    assert campaign.notices("warning")


@pytest.mark.parametrize("tag", ["promise", "promise-0123456789abcdef", "promise-", "complaint-ffffffffffffffff"])
def test_a_forged_sender_who_guesses_the_address_records_nothing(campaign: CareCampaign, tag: str) -> None:
    local, _, domain = campaign.office.desk.inbound_address.partition("@")
    wrote(campaign, FIELDS, to=f"{local}+{tag}@{domain}")
    wrote(campaign, FIELDS, to=own(campaign).replace("promise-", "complaint-"))
    assert promises(campaign) == []


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"Authentication_Results": "mx.cafe.test; dmarc=fail"}]
)
def test_machines_and_forgeries_that_a_server_names_record_nothing(
    campaign: CareCampaign, headers: dict[str, str]
) -> None:
    wrote(campaign, FIELDS, to=own(campaign), **headers)
    assert promises(campaign) == []


def test_the_same_mail_twice_is_one_promise(campaign: CareCampaign) -> None:
    wrote(campaign, FIELDS, to=own(campaign))
    assert wrote(campaign, FIELDS, to=own(campaign)).again
    assert len(promises(campaign)) == 1
