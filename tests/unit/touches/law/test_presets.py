"""The country files: complete, dated, strictly read, and told in the reference."""

from datetime import date
from pathlib import Path

import pytest

from touches.law.document import law_reference
from touches.law.presets import LawDataError, builtin_presets, preset, presets_with
from touches.law.rules import HoursRule, Verified
from touches.law.values import Severity

REFERENCE = Path(__file__).parents[4] / "docs" / "reference" / "law.md"
SMALL = """
country = "XX"
name = "Nowhere"
checked_on = 2026-11-22
[[rule]]
kind = "hours"
code = "xx-hours"
text = "open"
windows = ["mon-fri 09:00-18:00"]
channels = ["call"]
source = "none"
verified = "secondary"
"""


def test_the_promised_countries_have_files():
    assert {"US", "CA", "GB", "DE", "FR", "FI", "PH", "CN"} <= set(builtin_presets())


def test_every_file_is_dated_and_every_rule_has_a_source():
    for country, each in builtin_presets().items():
        assert each.checked_on >= date(2026, 11, 1)
        assert each.rules
        for rule in each.rules:
            assert rule.scope.source
            assert rule.scope.country == country
            assert rule.scope.code.startswith(country.lower())


def test_what_nobody_verified_only_advises():
    for each in builtin_presets().values():
        for rule in each.rules:
            if rule.scope.verified is Verified.UNVERIFIED:
                assert rule.scope.severity is Severity.ADVISE


def test_the_reference_tells_what_the_files_hold():
    """Write it anew with `python -m touches.law.document docs/reference/law.md`."""
    assert REFERENCE.read_text(encoding="utf-8") == law_reference(builtin_presets())


@pytest.mark.parametrize(("old", "new", "named"), [
    ('kind = "hours"', 'kind = "moods"', "moods"),
    ('source = "none"\n', "", "source"),
    ("checked_on = 2026-11-22", 'checked_on = "soon"', "checked_on"),
    ("checked_on = 2026-11-22\n", "", "checked_on"),
    ('channels = ["call"]', 'channels = ["pigeon"]', "pigeon"),
    ('channels = ["call"]', 'channels = "call"', "list"),
    ("09:00-18:00", "9-18", "9"),
    ("09:00-18:00", "09:00-25:00", "25:00"),
    ('verified = "secondary"', 'verified = "surely"', "surely"),
    ('text = "open"', 'text = "open"\nregoins = ["NY"]', "regoins"),
    ("[[rule]]", "extra = 1\n[[rule]]", "extra"),
    ('kind = "hours"', "kind = ", ""),
    ("[[rule]]", "[rule]", "[[rule]]"),
    ("[[rule]]", 'rule = "x"', "[[rule]]"),
    ('country = "XX"', 'country = "xx"', "capital"),
    ('text = "open"', 'text = "open"\naudience = "anyone"', "anyone"),
    ('text = "open"', 'text = "open"\nholidays = "shut"', "shut"),
])  # fmt: skip
def test_what_a_file_gets_wrong_is_refused_by_name(old, new, named):
    with pytest.raises(LawDataError) as caught:
        preset(SMALL.replace(old, new, 1), "xx.toml")
    assert "xx.toml" in str(caught.value)
    assert named in str(caught.value) or named == "checked_on"


def test_two_rules_need_two_codes():
    twice = SMALL + SMALL[SMALL.index("[[rule]]") :]
    with pytest.raises(LawDataError, match="xx-hours"):
        preset(twice, "xx.toml")


def test_a_workspace_replaces_a_country_and_adds_one(tmp_path):
    (tmp_path / "de.toml").write_text(SMALL.replace("XX", "DE"), encoding="utf-8")
    (tmp_path / "xx.toml").write_text(SMALL, encoding="utf-8")
    found = presets_with(tmp_path)
    assert [rule.scope.code for rule in found["DE"].rules] == ["xx-hours"]
    assert isinstance(found["XX"].rules[0], HoursRule)
    assert found["US"] == builtin_presets()["US"]
