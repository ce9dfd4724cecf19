"""The wheel holds what the program needs and nothing else, and our generic names belong to us alone."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from touches.doctor.answer import Health
from touches.doctor.installation import NAMES, one_folder, one_owner, packages

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the source by hatchling itself: no network, no new environment."""
    pytest.importorskip("hatchling", reason="needs hatchling: pip install hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def test_our_names_come_from_one_folder_and_belong_to_us() -> None:
    assert [answer.health for answer in packages()] == [Health.OK, Health.OK]


def test_a_stranger_under_our_names_is_found() -> None:
    home, elsewhere = Path("/env"), Path("/other")
    folders = dict.fromkeys(NAMES, home)
    assert one_folder(folders).health is Health.OK
    assert "channels from /other" in one_folder({**folders, "channels": elsewhere}).found
    assert one_folder({**folders, "cli": None}).health is Health.FAIL
    assert "channels also by Channels" in one_owner({"channels": ["touches", "Channels"]}).found


def test_the_wheel_has_four_names_and_the_migrations_inside(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cli.py", "touches", "channels", "policies"}
    assert "touches/_migrations/env.py" in names
    assert any(re.fullmatch(r"touches/_migrations/versions/0001_\w+\.py", name) for name in names)


def test_the_wheel_has_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    """Starter policies, templates, styles and type markers are data that a wheel forgets easily."""
    listed = subprocess.run(
        ["git", "ls-files", "touches", "channels", "policies"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("needs the git checkout to compare with")
    missing = {name for name in listed.stdout.splitlines() if (ROOT / name).exists()} - set(wheel.namelist())
    assert not missing


def test_the_wheel_has_no_tests_and_no_leftovers(wheel: zipfile.ZipFile) -> None:
    assert not [name for name in wheel.namelist() if "test" in name.split("/")[0] or name.endswith((".pyc", ".db"))]


def test_constraints_name_exact_versions_and_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+( ; .+)?", line) for line in pins)
    assert not [line for line in lines if "://" in line or line.startswith("touches")]


def test_every_dependency_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(each for group in project["project"]["optional-dependencies"].values() for each in group),
        *(each for group in project["dependency-groups"].values() for each in group),
    ]
    names = {_plain(re.split(r"[\[<>=~! ]", requirement)[0]) for requirement in wanted}
    pinned = {
        _plain(line.partition("==")[0])
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert names <= pinned


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
