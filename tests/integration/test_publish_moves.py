"""`publish --move` and `--rollback` as commands: who goes along, who is asked first."""

import json
from typing import Any

from click.testing import CliRunner, Result

from cli import root
from touches.errors import Refused
from touches.workspace import Workspace

POLICY = """
policy: quick
touches:
  - {{id: first, day: 0, channel: email, news: any, ask: Reply.}}
  - {{id: second, day: {day}, channel: email, news: any, ask: Reply.}}
"""


def run(workspace: Workspace, *arguments: str) -> Result:
    """The command in this process; errors of the program are kept in the result."""
    return CliRunner().invoke(root, ["--workspace", str(workspace.root), *arguments])


def write(workspace: Workspace, day: int) -> None:
    (workspace.policies / "quick.yaml").write_text(POLICY.format(day=day), encoding="utf-8")


def two_versions_and_two_people(workspace: Workspace) -> None:
    write(workspace, 3)
    assert run(workspace, "publish").exit_code == 0
    for name in ("ann", "bob"):
        run(workspace, "lead", "add", "--external-id", name, "--email", f"{name}@x.test")
    assert run(workspace, "enroll", "quick", "ann", "bob").exit_code == 0
    write(workspace, 9)


def versions(workspace: Workspace) -> set[int]:
    story = [json.loads(run(workspace, "why", name, "--json").stdout) for name in ("ann", "bob")]
    return {one["version"] for each in story for one in each["enrollments"] if one["policy"] == "quick"}


def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_rollback_takes_those_inside_along_where_it_is_told_to(workspace: Workspace) -> None:
    two_versions_and_two_people(workspace)
    assert document(run(workspace, "publish", "--move", "all", "--json"))["moved"] == 2
    assert versions(workspace) == {2}

    back = document(run(workspace, "publish", "--rollback", "quick@1", "--json"))
    assert (back["moved"], versions(workspace)) == (0, {2})

    back = document(run(workspace, "publish", "--rollback", "quick@1", "--move", "next-step", "--json"))
    assert (back["moved"], versions(workspace)) == (2, {1})


def test_moving_many_asks_first_and_publishes_nothing_until_then(workspace: Workspace) -> None:
    two_versions_and_two_people(workspace)
    settings = workspace.root / "touches.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("ask_above = 1000", "ask_above = 1"), encoding="utf-8")

    refused = run(workspace, "publish", "--move", "all")

    assert isinstance(refused.exception, Refused) or refused.exit_code == 8
    assert versions(workspace) == {1}
    assert document(run(workspace, "publish", "--move", "all", "--yes", "--json"))["policies"] == ["quick@2"]
    assert versions(workspace) == {2}


def test_what_a_new_version_withholds_is_followed_at_once(workspace: Workspace) -> None:
    """The touch that waited is final now: the next one is planned with it, not a night later."""
    two_versions_and_two_people(workspace)
    first = "{id: first, day: 0, channel: email, news: any, ask: Reply."
    text = POLICY.format(day=9).replace(first, f"{first}, variants: {{holdout: 100}}")
    (workspace.policies / "quick.yaml").write_text(text, encoding="utf-8")
    assert run(workspace, "publish", "--move", "all", "--json").exit_code == 0
    touches = [json.loads(line) for line in run(workspace, "outbox", "--json").stdout.splitlines()]
    found = {(touch["lead"], touch["step"], touch["state"]) for touch in touches}
    assert found == {
        (name, step, state)
        for name in ("ann", "bob")
        for step, state in (("first", "cancelled"), ("second", "planned"))
    }
