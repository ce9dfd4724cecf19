"""From nothing to a workspace, and what is said when it cannot be."""

import json
import subprocess
from pathlib import Path

from tests.acceptance.conftest import Touches


def test_a_new_workspace_is_ready_to_use(touches: Touches, tmp_path: Path) -> None:
    assert "A workspace is ready" in touches("init", "w", "--name", "Kahvila Oy").out
    made = {file.name for file in (tmp_path / "w").iterdir()}
    assert {"touches.toml", "policies", "news", "outbox", "secret.key", "touches.db"} <= made
    looked = touches("doctor", "--json", folder=tmp_path / "w", code=None)
    found = {row["check"]: row["health"] for row in looked.rows}
    assert found["settings"] == found["schema"] == found["secret.key"] == found["owners"] == "ok"


def test_commands_find_the_workspace_from_below_by_option_and_by_the_environment(
    touches: Touches, tmp_path: Path
) -> None:
    touches("init", "w")
    below = tmp_path / "w" / "news"
    for ran in (
        touches("doctor", "--json", folder=below, code=None),
        touches("--workspace", "w", "doctor", "--json", code=None),
        touches("doctor", "--workspace", "w", "--json", code=None),
        touches("doctor", "--json", code=None, environment={"TOUCHES_WORKSPACE": str(tmp_path / "w")}),
    ):
        found = {row["check"]: row["found"] for row in ran.rows}
        assert found["workspace"] == str(tmp_path / "w")


def test_a_workspace_is_not_made_twice(touches: Touches) -> None:
    touches("init", "w")
    again = touches("init", "w", code=3)
    assert "is a workspace already" in again.err
    assert json.loads(touches("init", "w", "--json", code=3).err)["exit_code"] == 3


def test_a_file_in_the_way_is_a_sentence(touches: Touches, tmp_path: Path) -> None:
    (tmp_path / "w").touch()
    assert 'Cannot write to "' in touches("init", "w", code=5).err


def test_wrong_settings_are_all_shown_with_their_lines(touches: Touches, tmp_path: Path) -> None:
    touches("init", "w")
    file = tmp_path / "w" / "touches.toml"
    text = file.read_text(encoding="utf-8").replace("[limits]", "[lmits]").replace("digest_to", "digest")
    file.write_text(text, encoding="utf-8")
    found = touches("doctor", folder=tmp_path / "w", code=1).out
    assert 'unknown key. Did you mean "limits"?' in found
    assert 'unknown key. Did you mean "digest_to"?' in found


def test_the_exit_codes_are_told(touches: Touches) -> None:
    rows = touches("doctor", "--exit-codes", "--json").rows
    assert [row["code"] for row in rows][:10] == list(range(10))


def test_a_misspelt_command_gets_its_near_word(touches: Touches) -> None:
    assert "Did you mean 'simulate'?" in touches("simulte", code=2).err


def test_a_reader_that_stops_reading_is_no_complaint(command: str, tmp_path: Path) -> None:
    pipe = f"'{command}' doctor --exit-codes --json | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stderr == ""
    assert done.stdout.strip() in {"0", "141"}


def test_a_full_disk_under_the_answer_is_a_sentence(command: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        run = [command, "doctor", "--exit-codes"]
        done = subprocess.run(run, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 5
    assert done.stderr.startswith("There is no room left on the disk.")
    assert "Exception ignored" not in done.stderr


def test_the_version_is_told(touches: Touches) -> None:
    assert touches("--version").out.startswith("touches ")
