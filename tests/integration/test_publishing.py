"""Publishing: all or nothing, versions, withdrawn news."""

from pathlib import Path

import pytest

from channels.tasks import CallChannel
from policies.linter import LintContext
from tests.campaign import NEWS, POLICY, Campaign
from touches.errors import FindingsError, UnknownPolicy
from touches.model.states import TouchState
from touches.publishing import publish, read_drafts, roll_back

CALL = "policy: follow\nhours: {call: any}\ntouches:\n  - {id: a, day: 0, channel: call, news: any, ask: Agree.}\n"


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Campaign:
    """A campaign on SQLite: what is published is the same rows on both databases."""
    return Campaign(sqlite_url, tmp_path)


def test_an_unchanged_file_makes_no_new_version(campaign: Campaign) -> None:
    campaign.publish()
    campaign.publish()

    with campaign.store.read() as unit:
        assert [version.number for version in unit.catalog.history("follow")] == [1]


def test_a_changed_file_makes_a_version_and_running_enrollments_keep_theirs(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.publish(POLICY + "priority: 60\n")
    bob = campaign.lead("bob")
    campaign.enroll(bob)

    with campaign.store.read() as unit:
        found = unit.enrollments.of_leads([ann, bob])
    assert (found[ann][0].version, found[bob][0].version) == (1, 2)


def test_an_error_in_one_file_publishes_nothing_at_all(campaign: Campaign) -> None:
    campaign.publish()
    (campaign.folder / "policies" / "p0.yaml").write_text(POLICY + "priority: 60\n", encoding="utf-8")
    (campaign.folder / "policies" / "p1.yaml").write_text("policy: broken\ntouches: nonsense\n", encoding="utf-8")
    drafts = read_drafts(campaign.folder / "policies", campaign.folder / "news", LintContext())

    with pytest.raises(FindingsError), campaign.store.write() as unit:
        publish(unit, drafts, author="test", at=campaign.clock.now())

    with campaign.store.read() as unit:
        assert [version.number for version in unit.catalog.history("follow")] == [1]


def test_a_policy_whose_file_is_gone_takes_nobody_in(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    campaign.publish(POLICY.replace("policy: follow", "policy: other"))

    with pytest.raises(UnknownPolicy):
        campaign.enroll(campaign.lead("ann"))


def test_rolling_back_gives_new_enrollments_the_older_version(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    campaign.publish(POLICY + "priority: 60\n")
    with campaign.store.write() as unit:
        roll_back(unit, "follow", 1, author="test", at=campaign.clock.now())

    ann = campaign.lead("ann")
    campaign.enroll(ann)

    with campaign.store.read() as unit:
        assert unit.enrollments.of_leads([ann])[ann][0].version == 1


def test_rolling_back_to_a_version_that_never_was_is_refused(campaign: Campaign) -> None:
    campaign.publish()

    with pytest.raises(UnknownPolicy, match="follow@7"), campaign.store.write() as unit:
        roll_back(unit, "follow", 7, author="test", at=campaign.clock.now())


def test_withdrawn_news_is_pulled_from_a_call_that_stands_on_a_list(campaign: Campaign) -> None:
    campaign.use(call=CallChannel())
    campaign.publish(CALL, news={"hello": NEWS["hello"]})
    ann = campaign.lead("ann", phone="+358401234567")
    campaign.enroll(ann)
    campaign.tick()
    listed = campaign.touches(ann)[0]

    campaign.publish(CALL, news={"hours": NEWS["hours"]})
    pulled = campaign.touches(ann)[0]
    campaign.tick()

    assert (listed.state, listed.news) == (TouchState.OFFERING, "hello")
    assert (pulled.state, pulled.reason) == (TouchState.READY, "its news was withdrawn")
    relisted = campaign.touches(ann)[0]
    assert (relisted.state, relisted.news) == (TouchState.OFFERING, "hours")


def test_news_that_is_taken_for_the_same_by_a_later_declaration_counts_as_told(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={"hello": "One.", "howdy": "Two."})
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.tick()
    told = campaign.touches(ann)[0].news
    other = "howdy" if told == "hello" else "hello"

    same = f"---\nkind: education\nheadline: Other\nsame_as: [{told}]\n---\nTwo, in other words.\n"
    campaign.publish(news={told: "One.", other: same})

    with campaign.store.read() as unit:
        assert set(unit.ledger.told([ann])[ann]) == {"hello"}  # the smallest id names the class
    campaign.pass_days(4)
    assert campaign.touches(ann)[1].reason == "no news"
