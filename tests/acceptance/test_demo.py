"""`touches demo` as a newcomer runs it, and the workspace that it leaves."""

import subprocess
from pathlib import Path

from tests.acceptance.conftest import Touches


def test_a_demo_leaves_a_workspace_in_which_commands_work(touches: Touches, tmp_path: Path) -> None:
    ran = touches("demo", "play", "--days", "3", "--json")
    told = ran.document
    assert told["kept"] is True
    assert all(promise["kept"] for promise in told["promises"])
    assert told["leads"] > 160
    assert ran.err == ""

    play = tmp_path / "play"
    sent = [row for row in touches("--workspace", play, "outbox", "--json").rows if row["handed_over_at"]]
    mails = [row for row in sent if row["channel"] == "email"]
    assert len(mails) == len(list((play / "received" / "mail").glob("*.eml"))) > 30
    assert touches("--workspace", play, "check").code == 0
    asked = next(row["lead"] for row in mails if row["lead"])  # notices go to colleagues
    assert touches("--workspace", play, "why", asked).out


def test_the_summary_for_people_names_the_places(touches: Touches, tmp_path: Path) -> None:
    out = touches("demo", "--days", "1", environment={"PATH": "/usr/bin:/bin"}).out
    assert f"{tmp_path / 'touches-demo'}" in out
    tries = out.partition("Try next:")[2].split("\n")
    asked = [line.strip() for line in tries if line.strip()]
    assert len(asked) == 3
    for line in asked:  # as they stand there, by a shell that does not know the command
        done = subprocess.run(["sh", "-c", line], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_demo_never_touches_a_folder_that_is_not_one(touches: Touches, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    err = touches("demo", "mine", "--force", code=None).err
    assert "not empty" in err
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "keep"
