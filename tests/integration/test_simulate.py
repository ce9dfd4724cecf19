"""`simulate`: tables, lines, assertions and files, from the command and from its parts."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from cli import root
from touches.workspace import Workspace

HEADER = "external_id,email,phone,first_name,segment,country,timezone,owner,company\n"
POLICY = """
policy: quick
touches:
  - {{id: first, day: 0, channel: email, news: any, ask: Reply.}}
  - {{id: ring, after: 1 working day, channel: call, news: any, ask: Agree.}}
  - {{id: third, day: 4, channel: email, news: any, ask: Reply.}}
expect:
  - {expect}
"""


def leads_file(folder: Path, number: int = 6) -> Path:
    rows = [
        f"l{n},l{n}@x.test,+3584012300{n:02d},Anna,b2b-software,FI,Europe/Helsinki,aino,Firm {n}\n"
        for n in range(number)
    ]
    file = folder / "people.csv"
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return file


def run(workspace: Workspace, *arguments: str) -> Result:
    """The command in this process; errors of the program are kept in the result."""
    everything = ["simulate", "--workspace", str(workspace.root), "--from", "2026-11-02", *arguments]
    return CliRunner().invoke(root, everything)


def policy_file(folder: Path, expect: str) -> Path:
    file = folder / "quick.yaml"
    file.write_text(POLICY.format(expect=expect), encoding="utf-8")
    return file


def test_a_file_of_people_and_an_unpublished_policy_can_be_played(workspace: Workspace, tmp_path: Path) -> None:
    policy = policy_file(tmp_path, "always_new: true")
    done = run(workspace, "--days", "10", "--leads", str(leads_file(tmp_path)), "--policy", str(policy), "--json")
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 18
    assert set(lines[0]) >= {"lead", "policy", "step", "round", "channel", "news", "due_at", "reason"}
    told = [(line["lead"], line["news"]) for line in lines]
    assert len(told) == len(set(told))
    assert [line["due_at"] for line in lines] == sorted(line["due_at"] for line in lines)


@pytest.mark.parametrize(
    "expect",
    ['never: {channel: call, from: "08:00"}', "never: {days: mon-fri, segment: b2b-software}", "at_most: 2 per week"],
)
def test_a_broken_assertion_is_an_error_with_its_line(workspace: Workspace, tmp_path: Path, expect: str) -> None:
    policy = policy_file(tmp_path, expect)
    done = run(workspace, "--days", "10", "--leads", str(leads_file(tmp_path)), "--policy", str(policy), "--json")
    assert done.exit_code == 1
    assert "quick.yaml:8:5: error: expected " in done.stderr


@pytest.mark.parametrize("expect", ['never: {channel: call, from: "18:00"}', "at_most: 3 per week", "always_new: true"])
def test_an_assertion_that_holds_says_nothing(workspace: Workspace, tmp_path: Path, expect: str) -> None:
    policy = policy_file(tmp_path, expect)
    done = run(workspace, "--days", "10", "--leads", str(leads_file(tmp_path)), "--policy", str(policy))
    assert done.exit_code == 0, done.output
    assert "every touch inside its open hours" in done.stdout


def test_the_tables_count_what_the_lines_say(workspace: Workspace, tmp_path: Path) -> None:
    people = str(leads_file(tmp_path))
    shown = run(workspace, "--days", "30", "--leads", people).stdout
    lines = [
        json.loads(line) for line in run(workspace, "--days", "30", "--leads", people, "--json").stdout.splitlines()
    ]
    sent = [line for line in lines if line["state"] == "sent"]
    assert f"{len(sent)} touches to 6 leads" in shown
    assert sum(line["channel"] == "call" for line in sent) > 0


def test_the_same_seed_gives_the_same_answers(workspace: Workspace, tmp_path: Path) -> None:
    rates = ["--reply-rate", "0.2", "--purchase-rate", "0.2", "--bounce-rate", "0.1", "--days", "40", "--json"]
    everything = ["--leads", str(leads_file(tmp_path, 20)), *rates]
    first, again = (run(workspace, *everything, "--seed", "3").stdout for _ in range(2))
    assert first == again
    assert first != run(workspace, *everything, "--seed", "4").stdout
    assert len(first.splitlines()) < len(run(workspace, *everything[:2], "--days", "40", "--json").stdout.splitlines())


def test_a_chart_is_drawn_as_svg(workspace: Workspace, tmp_path: Path) -> None:
    chart = tmp_path / "days.svg"
    done = run(workspace, "--days", "20", "--leads", str(leads_file(tmp_path)), "--chart", str(chart))
    assert done.exit_code == 0, done.output
    drawn = ET.fromstring(chart.read_text(encoding="utf-8"))
    assert len([each for each in drawn.iter() if each.tag.endswith("rect")]) > 5
    days = [each.text for each in drawn.iter() if each.tag.endswith("text") and "-" in (each.text or "")[:3]]
    assert days == [f"11-{day:02d}" for day in range(2, 22)], "also days on which nothing leaves have their place"


def test_nothing_is_written_to_the_database(workspace: Workspace, tmp_path: Path) -> None:
    before = (workspace.root / "touches.db").read_bytes()
    run(workspace, "--days", "20", "--leads", str(leads_file(tmp_path)))
    assert (workspace.root / "touches.db").read_bytes() == before
