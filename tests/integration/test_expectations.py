"""`check` and `publish` play policies with assertions, and refuse those that do not keep them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import root
from touches.errors import FindingsError
from touches.simulation.asserting import MOST_LEADS, spread_out
from touches.workspace import Workspace

POLICY = """
policy: quick
enroll_when:
  - new_lead: {{segment: cafe}}
touches:
  - {{id: first, day: 0, channel: email, news: any, ask: Reply.}}
  - {{id: second, day: 2, channel: email, news: any, ask: Reply.}}
  - {{id: third, day: 4, channel: email, news: any, ask: Reply.}}
expect:
  - at_most: {most} per week
"""


def run(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(root, ["--workspace", str(workspace.root), *arguments])


def codes(result: Result) -> list[str]:
    return [json.loads(line)["code"] for line in result.stdout.splitlines()]


@pytest.fixture
def people(workspace: Workspace) -> Workspace:
    for old in workspace.policies.glob("*.yaml"):
        old.unlink()
    for name in ("ann", "bob"):
        added = run(workspace, "lead", "add", "--external-id", name, "--email", f"{name}@x.test", "--segment", "cafe")
        assert added.exit_code == 0, added.output
    return workspace


def write(workspace: Workspace, most: int) -> None:
    (workspace.policies / "quick.yaml").write_text(POLICY.format(most=most), encoding="utf-8")


def test_check_shows_where_an_assertion_stands_that_does_not_hold(people: Workspace) -> None:
    write(people, 2)
    found = run(people, "check", "--json", "--ahead", "0")
    broken = next(row for row in map(json.loads, found.stdout.splitlines()) if row["code"] == "expectation-broken")
    assert found.exit_code == 1
    assert (Path(broken["file"]).name, broken["line"], broken["severity"]) == ("quick.yaml", 10, "error")
    assert "expected at most 2 per week" in broken["message"]
    assert "step third for ann" in broken["message"]


def test_publish_makes_no_version_that_breaks_an_assertion(people: Workspace) -> None:
    write(people, 2)
    refused = run(people, "publish")
    assert isinstance(refused.exception, FindingsError) or refused.exit_code == 1
    assert json.loads(run(people, "plan", "--json").stdout)["policies"][0]["new_policy"]
    write(people, 3)
    assert run(people, "publish").exit_code == 0


def test_what_is_published_already_is_not_played_again_by_publish(people: Workspace) -> None:
    """Leads who came since may break it: `check` says so, and other policies can be published all the same."""
    write(people, 3)
    assert run(people, "publish").exit_code == 0
    (people.policies / "other.yaml").write_text(POLICY.format(most=3).replace("quick", "other"), encoding="utf-8")
    assert run(people, "publish").exit_code == 0


def test_an_assertion_that_nobody_breaks_says_nothing(people: Workspace) -> None:
    write(people, 3)
    found = run(people, "check", "--json", "--ahead", "0")
    assert "expectation-broken" not in codes(found)
    assert found.exit_code == 0


@pytest.mark.parametrize("number", [0, 7, MOST_LEADS, MOST_LEADS + 1, 98_765])
def test_a_sample_is_spread_over_all_and_names_nobody_twice(number: int) -> None:
    ids = list(range(1, number + 1))
    sample = spread_out(ids, most=MOST_LEADS)
    assert len(sample) == len(set(sample)) == min(number, MOST_LEADS)
    assert set(sample) <= set(ids)
    assert not ids or max(sample) > 0.97 * number
