"""An opt-out is the person's: it goes with them to new addresses, and not to those who only share one."""

import json
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
        merge_leads(unit, campaign.office.signer, leads[gone], leads[kept], actor="test", at=campaign.clock.now())


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


TICKED = "external_id,email,phone,email_opt_out\nann,ann@old.test,+358401234567,yes\nbob,bob@a.test,,\n"


def _list(folder: Path, tmp_path: Path, text: str) -> str:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    return _run(folder, "lead", "import", str(tmp_path / "list.csv"))


def _opt_outs(folder: Path, lead: str) -> list[str]:
    story = json.loads(_run(folder, "why", lead, "--json"))
    return [event["because"] for event in story["events"] if event["action"] == "opted_out"]


def test_what_a_list_ticks_is_the_persons_wish_and_goes_with_them(folder: Path, tmp_path: Path) -> None:
    _list(folder, tmp_path, TICKED)
    _list(folder, tmp_path, TICKED)
    assert _opt_outs(folder, "ann") == ["opted out of email: import of list.csv"]
    assert _opt_outs(folder, "bob") == []

    _run(folder, "lead", "set", "ann", "email=ann@new.test")

    shown = _run(folder, "lead", "show", "ann")
    assert "ann@new.test (opted out: email)" in shown
    assert "+358401234567\n" in shown
    assert "opted out" not in _run(folder, "lead", "show", "bob")


def test_a_tick_closes_the_addresses_that_the_list_does_not_name(folder: Path, tmp_path: Path) -> None:
    _run(folder, "lead", "add", "--external-id", "ann", "--email", "ann@first.test", "--phone", "+358401234567")

    _list(folder, tmp_path, "external_id,email,opted_out\nann,ann@second.test,yes\n")

    shown = _run(folder, "lead", "show", "ann")
    assert "ann@first.test (not usable: replaced; opted out: all)" in shown
    assert "ann@second.test (opted out: all)" in shown
    assert "+358401234567 (opted out: all)" in shown


def test_a_tick_without_an_address_closes_those_that_are_known(folder: Path, tmp_path: Path) -> None:
    """As a list of everybody who left, from another program."""
    _run(folder, "lead", "add", "--external-id", "ann", "--email", "ann@first.test")

    _list(folder, tmp_path, "external_id,opted_out\nann,yes\n")

    assert "ann@first.test (opted out: all)" in _run(folder, "lead", "show", "ann")


def test_a_tick_ends_what_runs_as_a_stop_does(folder: Path, tmp_path: Path) -> None:
    (folder / "policies" / "follow.yaml").write_text(ONE_POLICY, encoding="utf-8")
    (folder / "news" / "hello.md").write_text("---\nkind: education\nheadline: Hello\n---\nHello.\n", encoding="utf-8")
    _run(folder, "publish")
    _run(folder, "lead", "add", "--external-id", "ann", "--email", "ann@first.test")
    _run(folder, "enroll", "follow", "ann")

    _list(folder, tmp_path, "external_id,opted_out\nann,yes\n")
    _run(folder, "tick")

    assert "follow@1: stopped" in _run(folder, "why", "ann")


ONE_POLICY = "policy: follow\ntouches:\n  - {id: first, day: 3, channel: email, news: any, ask: Reply.}\n"
