"""The files that `touches init` copies."""

from datetime import date
from pathlib import Path

import pytest

import policies
from policies.checking import check_files
from policies.linter import LeadFacts, LintContext
from policies.loader import load_policies
from policies.news_loader import load_news
from policies.similar_news import similar_news

STARTER = Path(policies.__file__).parent / "starter"
TODAY = date(2026, 11, 22)
LANGUAGES = {"en": 4}
EVERYBODY = LeadFacts(
    total=4,
    segments={"b2b-software": 1, "cafe": 1, "furniture": 1, "bakery": 1},
    over_50={"b2b-software": 1, "cafe": 1, "furniture": 1},
    languages=LANGUAGES,
)


@pytest.mark.parametrize("leads", [None, LeadFacts(), EVERYBODY])
def test_the_starter_files_have_no_finding_not_even_a_warning(leads: LeadFacts | None) -> None:
    ready = frozenset({"email", "letter", "call", "meeting"})
    context = LintContext(today=TODAY, leads=leads, channels=ready, similar=similar_news)
    assert [str(finding) for finding in check_files(STARTER / "policies", STARTER / "news", context)] == []


def test_the_cadences_of_the_practitioners_are_all_there() -> None:
    names = {one.policy.policy for one in load_policies(STARTER / "policies") if one.policy}
    assert names == {
        "new-lead", "nurture", "win-back-cafe", "win-back-furniture", "after-purchase", "complaint-solved",
    }  # fmt: skip


def test_new_leads_get_seven_touches_by_several_ways_inside_the_window() -> None:
    policy = next(one.policy for one in load_policies(STARTER / "policies") if one.path.stem == "new-lead")
    assert policy is not None
    assert policy.window is not None
    assert len(policy.touches) == 7
    assert all((step.day or 0) <= policy.window.last for step in policy.touches)
    assert len({step.channel[0] for step in policy.touches}) >= 5
    assert policy.then is not None
    assert str(policy.then.every) == "1 week"


def test_every_starter_news_can_be_told_to_somebody_and_some_in_other_languages() -> None:
    pool, findings = load_news(STARTER / "news")
    assert findings == []
    assert sum(item.kind == "education" for item in pool) >= 8
    assert {language for item in pool for language in item.texts} == {"", "fi", "de"}


def test_the_starter_settings_are_toml_without_secrets() -> None:
    import tomllib

    settings = tomllib.loads((STARTER / "touches.toml").read_text(encoding="utf-8"))
    assert settings["workspace"]["database"] == "sqlite:///touches.db"
    assert settings["channels"]["email"]["password_file"] == ""
