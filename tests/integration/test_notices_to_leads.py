"""A notice to a lead speaks the lead's language to its last line, and an answer to it comes to us."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from channels.inbound.mail import classify_mail
from channels.recording import RecordingChannel
from channels.smtp import SmtpChannel, SmtpSettings
from tests.answers import Answers
from tests.integration.care_campaign import CareCampaign
from touches.care.contacts import Contact, log_contact
from touches.care.record import Words
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(database_url, tmp_path)
    made.mails = RecordingChannel("email", composer=SmtpChannel(SmtpSettings(host="127.0.0.1", port=25)))
    made.use(email=made.mails)
    desk = replace(made.office.desk, reads_mail=True, inbound_address="hello@cafe.test")
    made.office = replace(made.office, desk=desk, sender=replace(made.office.sender, complaints="wrong@cafe.test"))
    yield made
    made.close()


def _confirmed(campaign: CareCampaign, lead_id: int) -> EmailMessage:
    """The confirmation of an agreement, as it left."""
    with campaign.changing() as unit:
        contact = Contact(words=Words(agreed="Näyte perjantaina"), confirm=True)
        log_contact(unit, campaign.office, campaign.person(lead_id), contact, actor="aino")
    campaign.tick()
    mail = message_from_bytes(campaign.mails.taken[-1].payload, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_its_footer_speaks_the_language_of_its_text(campaign: CareCampaign) -> None:
    mail = _confirmed(campaign, campaign.lead("ann", language="fi", owner="aino"))
    assert "Sovimme: Näyte perjantaina" in _text(mail)
    assert "Jokin pielessä? Kerro meille, niin korjaamme asian: wrong@cafe.test" in _text(mail)
    assert "Not satisfied" not in _text(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert 'lang="fi"' in html.get_content()


@pytest.mark.parametrize("language", ["", "ar", "hu-HU"])
def test_where_we_have_no_sentences_all_of_it_is_english(campaign: CareCampaign, language: str) -> None:
    mail = _confirmed(campaign, campaign.lead("ann", language=language, owner="aino"))
    assert "Not satisfied" in _text(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert 'dir="ltr"' in html.get_content()


def test_an_answer_to_it_comes_to_the_mailbox_that_we_read(campaign: CareCampaign) -> None:
    lead_id = campaign.lead("ann", owner="aino")
    mail = _confirmed(campaign, lead_id)
    (touch,) = campaign.touches(lead_id)
    assert mail["Reply-To"] == f"hello+{mail['X-Touches']}@cafe.test"

    raw = Answers(campaign.office).reply(touch, "That is not what we agreed on.", To=str(mail["Reply-To"]))
    taken = take_mail(
        campaign.office, classify_mail(raw, now=campaign.clock.now(), ours=marks_of_office(campaign.office))
    )

    assert (taken.kind, taken.lead_id) == ("human_reply", lead_id)
    with campaign.store.read() as unit:
        assert unit.conversations.open([lead_id])


def test_without_a_mailbox_of_ours_the_owner_is_answered(campaign: CareCampaign) -> None:
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, reads_mail=False))
    assert _confirmed(campaign, campaign.lead("ann", owner="aino"))["Reply-To"] == "aino@cafe.test"
