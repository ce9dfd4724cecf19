"""What the coming days bring: load, want of news, windows that close too soon."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policies.findings import Finding
from policies.linter import LintContext
from tests.campaign import Campaign
from touches.forecast.gap import Gap, gap_of
from touches.forecast.outlook import forecast
from touches.forecast.starving import starving
from touches.publishing import read_drafts

POLICY = """
policy: follow
enroll_when:
  - new_lead: {}
decision_window: 3-5 days
touches:
  - {id: first, day: 0, channel: email, news: {kind: education}, ask: Reply.}
  - {id: second, day: 2, channel: email, news: {kind: education}, ask: Reply.}
  - {id: third, day: 9, channel: email, news: {kind: education}, ask: Reply.}
"""


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    made.record("email")
    yield made
    made.close()


def ahead(campaign: Campaign, days: int = 20) -> dict[str, Any]:
    with campaign.store.read() as unit:
        return forecast(unit, campaign.office, days=days, start=campaign.clock.now())


def test_the_load_of_the_days_is_counted_by_channel(campaign: Campaign) -> None:
    campaign.publish(POLICY)
    for number in range(5):
        campaign.lead(f"l{number}")
    assert [(row["day"].isoformat(), row["email"]) for row in ahead(campaign)["load"]] == [
        ("2026-11-02", 5),
        ("2026-11-04", 5),
        ("2026-11-11", 5),
    ]


def test_it_says_who_runs_dry_when_and_of_what(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"one": "The only thing we know."})
    for number in range(4):
        campaign.lead(f"l{number}", segment="cafe" if number else "bakery", language="fi")
    found = ahead(campaign)
    assert [(row["step"], row["touch"], row["segment"], row["leads"]) for row in found["without_news"]] == [
        ("second", 2, "bakery", 1),
        ("second", 2, "cafe", 3),
    ]
    assert found["without_news"][0]["from"].isoformat() == "2026-11-04"
    assert found["kinds_wanted"] == [{"kind": "education", "touches": 4}]


def test_a_step_after_the_window_is_named(campaign: Campaign) -> None:
    campaign.publish(POLICY)
    campaign.lead("late")
    (missed,) = ahead(campaign)["windows_missed"]
    assert (missed["step"], missed["enrollments"], missed["such_as"]) == ("third", 1, ["late"])


def warned(campaign: Campaign, news: dict[str, str], *, days: int = 28, most: int = 10_000) -> list[Finding]:
    """What `check` says of the published policy with these news files, where so many leads are played all."""
    folder = campaign.folder / "news"
    for file in folder.iterdir():
        file.unlink()
    for name, body in news.items():
        (folder / f"{name}.md").write_text(f"---\nkind: education\nheadline: About {name}\n---\n{body}\n")
    drafts = read_drafts(campaign.folder / "policies", folder, LintContext(), similar=lambda items: ())
    with campaign.store.read() as unit:
        return starving(unit, campaign.office, drafts, days=days, start=campaign.clock.now(), most=most)


def test_of_many_leads_a_sample_of_each_group_is_played(campaign: Campaign) -> None:
    news = {"one": "The first thing.", "two": "The second thing."}
    campaign.publish(POLICY, news=news)
    for number in range(121):
        campaign.lead(f"l{number}", segment="cafe" if number else "bakery")
    (finding,) = warned(campaign, news, most=60)
    assert 'about 120 touches (segment "cafe") from 2026-11-11 on' in finding.message
    assert 'about 1 touch (segment "bakery") from 2026-11-11 on' in finding.message


def test_check_warns_weeks_ahead_who_runs_dry_at_which_step_and_when(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"one": "The first thing.", "two": "The second thing."})
    for number in range(4):
        campaign.lead(f"l{number}", segment="cafe" if number else "bakery", language="fi")
    (finding,) = warned(campaign, {"one": "The first thing.", "two": "The second thing."})
    assert (finding.code, str(finding.severity), Path(finding.file).name) == ("news-runs-out", "warning", "p0.yaml")
    assert finding.line == 9
    assert finding.message == (
        'touch 3, "third", will have nothing new to tell: 3 touches (segment "cafe", language "fi") from 2026-11-11 on;'
        ' 1 touch (segment "bakery", language "fi") from 2026-11-11 on; write more of: kind education'
    )


def test_check_plays_the_files_so_that_a_new_piece_ends_the_warning_before_it_is_published(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"one": "The first thing."})
    campaign.lead("l1")
    known = {"one": "The first thing."}
    assert [found.line for found in warned(campaign, known)] == [8]
    assert warned(campaign, known, days=1) == []
    assert warned(campaign, {**known, "two": "The second thing.", "three": "The third thing."}) == []


def test_a_new_piece_is_begun_for_the_gap_that_is_ahead(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"one": "The only thing we know."})
    for number in range(4):
        campaign.lead(f"l{number}", segment="cafe" if number else "bakery")
    with campaign.store.read() as unit:
        gap = gap_of(unit, campaign.office, campaign.clock.now())
    assert (gap.kind, gap.segments) == ("education", ("cafe", "bakery"))
    assert gap.because == "4 touches have nothing new to tell from 2026-11-04 on"


def test_without_a_gap_nothing_is_filled_in(campaign: Campaign) -> None:
    campaign.publish(POLICY)
    campaign.lead("l1")
    with campaign.store.read() as unit:
        assert gap_of(unit, campaign.office, campaign.clock.now()) == Gap()


def test_what_waits_for_news_already_counts_until_news_lets_it_go(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(POLICY, news={"one": "The first thing."})
    campaign.enroll(campaign.lead("l1", segment="cafe"), policy="follow")
    campaign.pass_days(4)
    found = ahead(campaign)
    assert [(row["step"], row["segment"], row["leads"]) for row in found["without_news"]] == [("second", "cafe", 1)]
    assert found["kinds_wanted"] == [{"kind": "education", "touches": 1}]
    with campaign.store.read() as unit:
        assert gap_of(unit, campaign.office, campaign.clock.now()).because.startswith("1 touch has nothing new to tell")
    campaign.publish(POLICY, news={"one": "The first thing.", "two": "The second thing."})
    assert "second" not in [row["step"] for row in ahead(campaign)["without_news"]]
