"""`check` and `publish` play policies with assertions, and refuse those that do not keep them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import root
from touches.errors import FindingsError
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


def test_a_small_group_among_many_leads_is_played_as_well(people: Workspace) -> None:
    """The policy concerns two of 1,300."""
    header, rows = "external_id,email,segment\n", (f"w{n},w{n}@x.test,wholesale\n" for n in range(1298))
    (people.root / "many.csv").write_text(header + "".join(rows), encoding="utf-8")
    assert run(people, "lead", "import", str(people.root / "many.csv")).exit_code == 0
    write(people, 2)
    assert "expectation-broken" in codes(run(people, "check", "--json", "--ahead", "0"))
