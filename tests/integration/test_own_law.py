"""A workspace's own country files, from `law/` to what a touch is refused for."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import root

OURS = """
country = "DE"
name = "Germany, as our lawyer reads it"
checked_on = 2026-11-17
"""
RULE = """
[[rule]]
kind = "consent"
code = "de-ours"
text = "mail needs a word in writing"
needs = ["express"]
channels = ["email"]
source = "our lawyer"
verified = "primary"
"""
POLICY = """
policy: mails
touches:
  - {id: a, day: 0, channel: email, news: any, ask: Reply.}
"""


@pytest.fixture
def folder(_made_workspace: Path, tmp_path: Path) -> Path:
    """A workspace that enforces the law of Germany, with one German lead."""
    made = Path(shutil.copytree(_made_workspace, tmp_path / "w"))
    for file in (made / "policies").glob("*.yaml"):
        file.unlink()
    (made / "policies" / "mails.yaml").write_text(POLICY, encoding="utf-8")
    settings = made / "touches.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("enforce = []", 'enforce = ["DE"]'), encoding="utf-8")
    assert 'enforce = ["DE"]' in settings.read_text(encoding="utf-8")
    run(made, "publish")
    run(made, "lead", "add", "--external-id", "kai", "--email", "kai@customer.example", "--country", "DE")
    return made


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(root, ["--workspace", str(folder), *arguments])
    assert result.exit_code == code, result.output
    return result.output


def law(folder: Path, text: str) -> None:
    (folder / "law").mkdir(exist_ok=True)
    (folder / "law" / "de.toml").write_text(text, encoding="utf-8")


def test_without_one_our_own_reading_refuses(folder: Path) -> None:
    assert "(de-email)" in run(folder, "enroll", "mails", "kai")


def test_one_replaces_ours_for_its_country(folder: Path) -> None:
    law(folder, OURS + RULE)
    said = run(folder, "enroll", "mails", "kai")
    assert "mail needs a word in writing" in said
    assert "(de-email)" not in said
    law(folder, OURS)  # a country without rules refuses nothing
    assert "kai: enrolled in mails" in run(folder, "enroll", "mails", "kai")


def test_one_that_cannot_be_used_stops_everything_with_a_sentence(folder: Path) -> None:
    law(folder, OURS + RULE.replace("[[rule]]", "[[rule]]\nnonsense = 3"))
    said = run(folder, "enroll", "mails", "kai", code=3)
    assert "de.toml" in said
    assert "nonsense" in said
