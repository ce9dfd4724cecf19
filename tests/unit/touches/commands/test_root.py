"""The root of the command line: shared options, exit codes, one sentence for every error."""

import errno
import json
import sqlite3
import sys
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner, Result

from channels.errors import ChannelSettingsError, MissingExtraError
from touches.commands.options import app, dry_run
from touches.commands.root import Root
from touches.errors import LockHeld, Refused, SettingsError, UnknownLead
from touches.settings.secret import Secret

SECRET = Secret("open-sesame")


def run(*arguments: str, command: Callable[[], object] | None = None) -> Result:
    @click.command()
    def lead() -> object:
        """Do it."""
        return command() if command else None

    @click.command()
    @dry_run
    @click.pass_context
    def enroll(context: click.Context, dry_run: bool) -> dict[str, object]:
        """Say what was understood."""
        this = app(context)
        return {
            "actor": this.actor,
            "json": this.json,
            "workspace": str(this.named_workspace),
            "dry_run": dry_run,
        }

    root = Root(name="touches")
    root.add_all("People", [click.Group("nested", commands=[lead]), enroll])
    return CliRunner().invoke(root, list(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--as", "aino", "--workspace", "w", "enroll", "--dry-run"),
        ("enroll", "--json", "--as", "aino", "--workspace", "w", "--dry-run"),
        ("--as", "aino", "enroll", "--dry-run", "--workspace", "w", "--json"),
        ("enrol", "--json", "--as", "aino", "--workspace", "w", "--dry-run"),
    ],
)
def test_shared_options_stand_before_or_after_the_command(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert json.loads(result.stdout) == {"actor": "aino", "json": True, "workspace": "w", "dry_run": True}


def test_nested_commands_take_the_shared_options() -> None:
    assert run("nested", "lead", "--json", command=lambda: {"a": 1}).stdout == '{"a": 1}\n'
    assert run("nested", "--json", "lead", command=lambda: {"a": 1}).stdout == '{"a": 1}\n'


def test_the_system_user_is_the_actor_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "sanni")
    assert json.loads(run("enroll", "--json").stdout)["actor"] == "sanni"


class DeadlockDetected(Exception):
    """As PostgreSQL's driver calls it."""


def failing(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UnknownLead("bob"), 1, 'There is no lead "bob".'),
        (SettingsError("Wrong.", ["touches.toml:3: [web] x"]), 3, "touches.toml:3: [web] x\nWrong."),
        (LockHeld("daemon 3"), 7, "daemon 3"),
        (Refused("In hold.", hint="touches outbox release"), 8, "touches outbox release"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.csv"), 5, 'Cannot use "a.csv"'),
        (OSError(errno.ENOSPC, "No space left on device"), 5, "no room left"),
        (ChannelSettingsError("channels.sms.url", "is empty"), 3, "channels.sms.url: is empty"),
        (MissingExtraError("SMPP", "smpp"), 9, "touches[smpp]"),
        (sqlite3.OperationalError("disk I/O error"), 4, "The database reported: disk I/O error."),
        (DeadlockDetected("deadlock detected"), 4, "Somebody else changed the same at the same moment"),
        (ZeroDivisionError("division by zero"), 70, "Internal error: ZeroDivisionError"),
        (KeyboardInterrupt(), 130, "Interrupted."),
        (click.Abort(), 130, "Interrupted."),
    ],
)
def test_an_error_is_a_sentence_and_a_code(error: BaseException, code: int, words: str) -> None:
    text = run("nested", "lead", command=failing(error))
    assert (text.exit_code, text.stdout) == (code, "")
    assert words in text.stderr
    assert "Traceback" not in text.stderr
    as_json = run("nested", "lead", "--json", command=failing(error))
    assert (as_json.exit_code, as_json.stdout) == (code, "")
    body = json.loads(as_json.stderr.strip().splitlines()[-1])
    assert words.partition("\n")[0] in body["error"] + body.get("hint", "")
    assert body["exit_code"] == code


def test_a_wrong_command_gets_its_near_word_and_code_2() -> None:
    result = run("enrole")
    assert result.exit_code == 2
    assert "Did you mean 'enroll'?" in result.stderr


def test_wrong_use_shows_how_and_in_json_only_what() -> None:
    result = run("enroll", "--dryrun")
    assert result.exit_code == 2
    assert "Usage: touches enroll" in result.stderr
    assert json.loads(run("enroll", "--nope", "--json").stderr)["exit_code"] == 2


def test_a_traceback_comes_only_when_asked_for_and_without_secrets() -> None:
    def command() -> object:
        raise ValueError(f"535 {SECRET.reveal()}")

    assert "Traceback" not in run("nested", "lead", command=command).stderr
    verbose = run("nested", "lead", "--verbose", command=command).stderr
    assert "Traceback" in verbose
    assert "open-sesame" not in verbose


def test_help_lists_commands_by_section() -> None:
    assert "People:\n  nested" in run("--help").stdout
    assert run("--help").exit_code == 0


def test_the_exit_code_of_a_result_is_that_of_the_run() -> None:
    from touches.commands.output import Text

    assert run("nested", "lead", command=lambda: Text("2 errors", exit_code=1)).exit_code == 1


def test_output_of_any_script_reaches_a_terminal_of_another_encoding() -> None:
    from touches.commands.output import Text

    assert sys.stdout is not None
    result = CliRunner(charset="latin-1")
    root = Root(name="touches")
    root.add_all("x", [click.Command("say", callback=lambda: Text("喫茶店"))])
    assert result.invoke(root, ["say"]).exit_code == 0
