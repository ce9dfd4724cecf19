"""An opt-out is the person's: it goes with them to new addresses, and not to those who only share one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import root
from tests.campaign import Campaign
from touches.people.joining import merge_leads
from touches.people.opt_out import carry_over, opt_in, opt_out
from touches.store.units import Unit


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    yield made
    made.close()


def _say(campaign: Campaign, lead_id: int, channel: str) -> None:
    with campaign.store.write() as unit:
        opt_out(unit, campaign.office.signer, lead_id, channel, "mail", at=campaign.clock.now())


def _closed(campaign: Campaign, lead_id: int) -> dict[str, set[str]]:
    with campaign.store.read() as unit:
        lead = unit.leads.get(lead_id)
    assert lead is not None
    return {point.address: set(point.opted_out) for point in lead.points}


def _merge(campaign: Campaign, gone: int, kept: int) -> None:
    with campaign.store.write() as unit:
        leads = unit.leads.by_ids([gone, kept])
        merge_leads(unit, leads[gone], leads[kept], actor="test", at=campaign.clock.now())


@pytest.mark.parametrize("refuser", ["gone", "kept"])
def test_who_said_never_again_is_closed_at_every_address_after_a_merge(campaign: Campaign, refuser: str) -> None:
    gone, kept = campaign.lead("old", email="old@a.test"), campaign.lead("new", email="new@a.test")
    _say(campaign, gone if refuser == "gone" else kept, "all")
    _merge(campaign, gone, kept)
    assert _closed(campaign, kept) == {"old@a.test": {"all"}, "new@a.test": {"all"}}


def test_a_wish_about_one_channel_closes_that_one_only(campaign: Campaign) -> None:
    gone, kept = (
        campaign.lead("old", email="old@a.test"),
        campaign.lead("new", email="new@a.test", phone="+358401234567"),
    )
    _say(campaign, gone, "email")
    _merge(campaign, gone, kept)
    assert _closed(campaign, kept) == {"old@a.test": {"email"}, "new@a.test": {"email"}, "+358401234567": set()}


def test_wishes_are_carried_over_in_the_order_in_which_they_were_said(campaign: Campaign) -> None:
    """Also where they were said at one instant, on one page of preferences."""
    gone, kept = (campaign.lead(key, email=f"{key}@a.test", phone=phone) for key, phone in PHONES)
    for channel in ("sms", "email", "call"):
        _say(campaign, gone, channel)
    with campaign.store.read() as unit:
        before = len(_rows(unit))
    _merge(campaign, gone, kept)
    with campaign.store.read() as unit:
        assert _rows(unit)[before:] == ["sms", "email", "call"]


def _rows(unit: Unit) -> list[str]:
    return [row[0] for row in unit.connection.exec_driver_sql("SELECT channel FROM suppression ORDER BY id")]


PHONES = (("old", "+358401234567"), ("new", "+358407654321"))


def test_what_was_taken_back_does_not_come_along(campaign: Campaign) -> None:
    gone, kept = campaign.lead("old", email="old@a.test"), campaign.lead("new", email="new@a.test")
    _say(campaign, gone, "email")
    with campaign.store.write() as unit:
        opt_in(unit, campaign.office.signer, gone, "email", "mail", at=campaign.clock.now())
    _merge(campaign, gone, kept)
    assert set().union(*_closed(campaign, kept).values()) == set()


def test_a_colleague_at_a_shared_address_keeps_an_address_of_their_own(campaign: Campaign) -> None:
    ann, bob = campaign.lead("ann", email="office@a.test"), campaign.lead("bob", email="office@a.test")
    extra = campaign.lead("bob2", email="bob@a.test")
    _say(campaign, ann, "all")
    _merge(campaign, extra, bob)
    assert _closed(campaign, bob) == {"office@a.test": {"all"}, "bob@a.test": set()}


def test_nobody_who_said_nothing_is_closed(campaign: Campaign) -> None:
    lead = campaign.lead("ann", email="ann@a.test")
    with campaign.store.write() as unit:
        assert carry_over(unit, [lead], at=campaign.clock.now()) == 0


def _run(folder: Path, *arguments: str, stdin: str = "") -> str:
    result = CliRunner().invoke(root, ["--workspace", str(folder), *arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


STOP = """From: ann@old.test
To: hello@kahvila.example
Subject: Re: hours
Message-ID: <stop@old.test>

Please do not contact us again.
"""


@pytest.fixture
def folder(_made_workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_made_workspace, tmp_path / "w"))


def test_a_new_address_by_hand_or_by_list_is_closed_as_well(folder: Path, tmp_path: Path) -> None:
    _run(folder, "lead", "add", "--external-id", "ann", "--email", "ann@old.test")
    assert "opted out of all" in _run(folder, "inbound", "mail", stdin=STOP)
    _run(folder, "lead", "set", "ann", "email=ann@new.test")
    assert "ann@new.test (opted out: all)" in _run(folder, "lead", "show", "ann")
    (tmp_path / "list.csv").write_text("external_id,email,phone\nann,ann@newer.test,+358401234567\n", encoding="utf-8")
    _run(folder, "lead", "import", str(tmp_path / "list.csv"))
    shown = _run(folder, "lead", "show", "ann")
    assert "ann@newer.test (opted out: all)" in shown
    assert "+358401234567 (opted out: all)" in shown
