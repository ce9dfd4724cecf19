"""`enroll` as a command: who is named, and where."""

import json

from click.testing import CliRunner, Result

from cli import root
from touches.workspace import Workspace

POLICY = """
policy: quick
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
"""


def run(workspace: Workspace, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(root, ["--workspace", str(workspace.root), *arguments], input=given)


def ready(workspace: Workspace) -> Workspace:
    (workspace.policies / "quick.yaml").write_text(POLICY, encoding="utf-8")
    assert run(workspace, "publish").exit_code == 0
    for name in ("ann", "bob", "eve"):
        assert run(workspace, "lead", "add", "--external-id", name, "--email", f"{name}@x.test").exit_code == 0
    return workspace


def enrolled(result: Result) -> list[str]:
    return [row["lead"] for row in map(json.loads, result.stdout.splitlines()) if row["enrolled"]]


def test_a_dash_names_the_leads_on_standard_input(workspace: Workspace) -> None:
    ready(workspace)
    assert enrolled(run(workspace, "enroll", "quick", "-", "--json", given="ann\n\n bob@x.test \n")) == ["ann", "bob"]
    assert enrolled(run(workspace, "enroll", "--policy", "quick", "eve", "-", "--json", given="ann\n")) == ["eve"]


def test_a_dash_alone_enrolls_by_rules(workspace: Workspace) -> None:
    ready(workspace)
    (row,) = map(json.loads, run(workspace, "enroll", "-", "--json", given="ann\n").stdout.splitlines())
    assert (row["lead"], row["code"]) == ("ann", "no_policy")


def test_an_unknown_lead_on_standard_input_enrolls_nobody(workspace: Workspace) -> None:
    ready(workspace)
    result = run(workspace, "enroll", "quick", "-", given="ann\nanna\n")
    assert (result.exit_code, '"anna"' in result.stderr) == (1, True)
    assert enrolled(run(workspace, "enroll", "quick", "ann", "--json")) == ["ann"]
