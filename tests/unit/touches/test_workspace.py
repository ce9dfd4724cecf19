"""Workspaces: found from where one stands, and made from the starter files."""

import os
import stat
from pathlib import Path

import pytest

from touches.errors import FileError, WorkspaceError
from touches.workspace import create_workspace, find_workspace

SETTINGS = """\
[workspace]
name = "Kahvila Oy"      # whose it is
timezone = "Europe/Helsinki"
country = "FI"
[sender]
name = "Aino"
email = "aino@kahvila.example"
postal_address = "Esimerkkikatu 1"
"""


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A small starter of the test's own."""
    folder = tmp_path / "starter"
    for part in ("policies", "news"):
        (folder / part).mkdir(parents=True)
    (folder / "touches.toml").write_text(SETTINGS)
    (folder / "policies" / "new-lead.yaml").write_text("policy: new-lead\n")
    (folder / "news" / "welcome.md").write_text("---\nkind: event\n---\n")
    return folder


def test_a_workspace_is_found_from_any_folder_below_it(tmp_path: Path, starter: Path) -> None:
    root = create_workspace(tmp_path / "w", starter=starter).root
    (root / "news" / "deep").mkdir()
    assert find_workspace(start=root / "news" / "deep", environment={}).root == root


def test_a_named_workspace_comes_before_the_environment_and_the_folder(tmp_path: Path, starter: Path) -> None:
    first, second, third = (create_workspace(tmp_path / name, starter=starter).root for name in "abc")
    environment = {"TOUCHES_WORKSPACE": str(second)}
    assert find_workspace(first, start=third, environment=environment).root == first
    assert find_workspace(start=third, environment=environment).root == second


def test_where_no_workspace_is_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"no touches\.toml") as caught:
        find_workspace(start=tmp_path, environment={})
    assert "touches init" in caught.value.hint
    with pytest.raises(WorkspaceError, match="is no folder"):
        find_workspace(tmp_path / "nowhere", environment={})
    with pytest.raises(WorkspaceError, match=r"has no touches\.toml"):
        find_workspace(tmp_path, environment={})


def test_a_new_workspace_has_the_starter_files_a_key_and_a_database(tmp_path: Path, starter: Path) -> None:
    prepared: list[str] = []
    workspace = create_workspace(tmp_path / "w", starter=starter, prepare_database=prepared.append)
    assert prepared == [f"sqlite:///{tmp_path}/w/touches.db"]
    assert (workspace.policies / "new-lead.yaml").read_text() == "policy: new-lead\n"
    assert (workspace.news / "welcome.md").exists()
    assert stat.S_IMODE(workspace.secret_key.stat().st_mode) == 0o600
    assert len(bytes.fromhex(workspace.secret_key.read_text())) == 32


def test_each_workspace_has_a_key_of_its_own(tmp_path: Path, starter: Path) -> None:
    keys = {create_workspace(tmp_path / name, starter=starter).secret_key.read_text() for name in "abc"}
    assert len(keys) == 3


@pytest.mark.parametrize("name", ['Sandy\'s "Bar" \\ Grill', "喫茶店", "50% $HOME {{ x }}"])
def test_the_name_is_written_into_the_settings_and_stands_in_from(tmp_path: Path, starter: Path, name: str) -> None:
    settings = create_workspace(tmp_path / "w", name=name, starter=starter).settings
    assert (settings.workspace.name, settings.sender.name) == (name, name)


def test_an_existing_empty_folder_is_taken_and_files_in_it_are_left_alone(tmp_path: Path, starter: Path) -> None:
    (tmp_path / "w" / "policies").mkdir(parents=True)
    (tmp_path / "w" / "policies" / "new-lead.yaml").write_text("mine\n")
    workspace = create_workspace(tmp_path / "w", starter=starter)
    assert (workspace.policies / "new-lead.yaml").read_text() == "mine\n"


def test_a_second_workspace_in_one_folder_is_refused(tmp_path: Path, starter: Path) -> None:
    key = create_workspace(tmp_path / "w", starter=starter).secret_key.read_text()
    with pytest.raises(WorkspaceError, match="is a workspace already"):
        create_workspace(tmp_path / "w", starter=starter)
    assert (tmp_path / "w" / "secret.key").read_text() == key


def test_a_file_in_the_way_is_a_sentence(tmp_path: Path, starter: Path) -> None:
    (tmp_path / "w").touch()
    with pytest.raises(FileError, match='Cannot write to "'):
        create_workspace(tmp_path / "w", starter=starter)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_read_only_folder_is_a_sentence(tmp_path: Path, starter: Path) -> None:
    (tmp_path / "w").mkdir(mode=0o500)
    with pytest.raises(FileError, match="permission denied"):
        create_workspace(tmp_path / "w", starter=starter)


def test_a_failure_leaves_a_folder_that_can_be_tried_again(tmp_path: Path, starter: Path) -> None:
    def unreachable(_url: str) -> None:
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        create_workspace(tmp_path / "w", starter=starter, prepare_database=unreachable)
    assert create_workspace(tmp_path / "w", starter=starter).settings.workspace.country == "FI"
