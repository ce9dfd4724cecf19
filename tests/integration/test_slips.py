"""Slips of the finger, and what is answered: what was found, what is expected, what was probably meant."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import root
from touches.workspace import Workspace

Typed = Callable[..., Result]


@pytest.fixture
def typed(workspace: Workspace) -> Typed:
    """Runs a command; `code` is expected."""

    def run(*line: str, code: int = 0) -> Result:
        done = CliRunner().invoke(root, ["--workspace", str(workspace.root), *line])
        assert done.exit_code == code, done.output
        return done

    run("lead", "add", "--external-id", "ann", "--email", "ann@customer.example", "--segment", "b2b-software")
    return run


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("done", "3", "--outcome", "reachd"), 2, 'Did you mean "reached"?'),
        (("done", "3", "--minutes", "ten"), 2, "'ten' is not a valid whole number."),
        (("simulate", "--reply-rate", "much"), 2, "'much' is not a valid number."),
        (("outbox", "--state", "waiting"), 2, 'there is no state "waiting" (planned, ready,'),
        (("promise", "keep", "3", "--evidence", " "), 2, "it is empty; say it in a few words"),
        (("complaint", "solve", "3", "--note", ""), 2, "it is empty; say it in a few words"),
        (("outbox", "resolve", "3"), 2, "--arrived or --not-arrived"),
        (("publish", "--rollback", "new-lead"), 2, "write new-lead@1; `touches plan --versions new-lead`"),
        (("publish", "--rollback", "new-lead@7"), 1, 'Did you mean "new-lead@1"?'),
        (("publish", "--rollback", "xyz@7"), 1, "Known: after-purchase, complaint-solved, new-lead, nurture"),
        (("enroll", "xyz", "ann"), 1, "Known: after-purchase, complaint-solved, new-lead, nurture"),
    ],
)
def test_a_slip_is_answered_with_what_is_possible(typed: Typed, line: tuple[str, ...], code: int, said: str) -> None:
    typed("publish")
    assert said in typed(*line, code=code).stderr


def test_before_the_first_publish_no_policy_is_known(typed: Typed) -> None:
    assert "Nothing is published yet" in typed("enroll", "new-lead", "ann", code=1).stderr


def test_a_field_is_changed_by_option_as_it_is_added(typed: Typed) -> None:
    assert typed("lead", "set", "ann", "--phone", "040 1234567", "city=Turku").stdout == ("Changed: city, phone.\n")
    assert "phone" in typed("lead", "set", "ann", "--phone", "").stdout


@pytest.mark.parametrize("kind", ["complaint", "Complained"])
def test_a_complaint_is_opened_as_a_case_and_not_only_noted(typed: Typed, tmp_path: Path, kind: str) -> None:
    assert "touches complaint open LEAD TEXT" in typed("activity", "add", "ann", kind, code=2).stderr
    file = tmp_path / "activities.csv"
    file.write_text(f"lead,kind,at\nann,{kind},2026-10-01\n", encoding="utf-8")
    refused = typed("activity", "import", str(file), code=1).stderr
    assert "line 2: not taken" in refused
    assert "touches complaint open LEAD TEXT" in refused


def test_an_activity_that_is_nearly_a_purchase_is_noted_with_a_word(typed: Typed) -> None:
    noted = typed("activity", "add", "ann", "purchse")
    assert noted.stdout == "purchse of ann: noted.\n"
    assert 'if "purchase" is meant' in noted.stderr
    assert typed("activity", "add", "ann", "fitting").stderr == ""


def test_pauses_are_told_in_sentences(typed: Typed) -> None:
    typed("publish")
    typed("enroll", "new-lead", "ann")
    assert typed("resume", "ann").stdout == "None of them is paused.\n"
    assert typed("pause", "ann", "--dry-run").stdout == "1 enrollment would be paused.\n"
    assert typed("pause", "ann").stdout == "1 enrollment paused.\n"
    assert typed("resume", "ann").stdout == "1 enrollment resumed.\n"
    assert "`touches resume --all`" in typed("pause", "--all").stdout
    assert "(`touches resume --all` ends it)" in typed("tick").stderr
    assert typed("resume", "--all").stdout == "The kill switch is off: what is due leaves again.\n"
    assert typed("outbox", "release").stdout == "Nothing was held back.\n"
    assert typed("stop", "ann").stdout.startswith("1 enrollment ended, ")


def test_plan_and_publish_name_what_is_wrong_as_check_does(typed: Typed) -> None:
    typed("news", "new", "winter-hours", "--kind", "schedule")
    shown = "news/winter-hours.md:5:1: error: the text is still that of a new file; write what is new [unwritten-news]"
    assert shown in typed("check", code=1).stdout.splitlines()
    for command in ("plan", "publish"):
        assert shown in typed(command, code=1).stderr.splitlines()


def test_a_rollback_says_what_is_current_again(typed: Typed) -> None:
    typed("publish")
    assert typed("publish", "--rollback", "nurture@1").stdout == "nurture@1 is current again; 0 enrollments moved.\n"


def test_a_deal_is_told_in_sentences(typed: Typed) -> None:
    typed("publish")
    typed("enroll", "new-lead", "ann")
    assert typed("lead", "lost", "ann").stdout == "ann is lost: 1 enrollment goes on to `then`.\n"
    reopened = "ann would be open again: 1 enrollment goes on with the steps that are left.\n"
    assert typed("lead", "reopen", "ann", "--dry-run").stdout == reopened
