"""Do-not-call registers: one copy for each country, in the spellings that registers use."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import root
from touches.errors import SettingsError
from touches.people.registers import numbers_in

POLICY = """
policy: calls
touches:
  - {id: a, day: 0, channel: call, news: any, ask: Agree on a date.}
"""


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(root, ["--workspace", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def folder(_made_workspace: Path, tmp_path: Path) -> Path:
    """A workspace with one lead in the USA and one in Great Britain, both on the register of the USA, as it were."""
    made = Path(shutil.copytree(_made_workspace, tmp_path / "w"))
    for file in (made / "policies").glob("*.yaml"):
        file.unlink()
    (made / "policies" / "calls.yaml").write_text(POLICY, encoding="utf-8")
    run(made, "publish")
    run(made, "lead", "add", "--external-id", "sam", "--phone", "+12065550112", "--country", "US")
    run(made, "lead", "add", "--external-id", "ann", "--phone", "+442079460018", "--country", "GB")
    return made


def registers(folder: Path, text: str, *, enforce: str) -> None:
    settings = (folder / "touches.toml").read_text(encoding="utf-8")
    settings = settings.replace("enforce = []", f"enforce = {enforce}")
    (folder / "touches.toml").write_text(settings + text, encoding="utf-8")


def register(country: str, file: str, *, days_old: int = 1) -> str:
    day = (datetime.now(UTC) - timedelta(days=days_old)).date()
    return f'\n[dnc.{country}]\nsnapshot = "{file}"\ndate = {day}\n'


def refusals(folder: Path, lead: str) -> str:
    run(folder, "enroll", "--policy", "calls", lead)
    return run(folder, "why", lead)


def test_a_number_on_its_own_countrys_register_is_not_called(folder: Path) -> None:
    (folder / "us.txt").write_text("206,5550112\n", encoding="utf-8")
    (folder / "gb.txt").write_text("020 7946 0099\n", encoding="utf-8")
    registers(folder, register("US", "us.txt") + register("GB", "gb.txt"), enforce='["US", "GB"]')
    assert "listed in the national do-not-call registry" in refusals(folder, "sam")
    assert "TPS" not in refusals(folder, "ann")


def test_a_country_without_a_copy_counts_as_not_looked_up(folder: Path) -> None:
    (folder / "us.txt").write_text("+1 206 555 0199\n", encoding="utf-8")
    registers(folder, register("US", "us.txt"), enforce='["US", "GB"]')
    assert "do-not-call registry" not in refusals(folder, "sam")
    assert "was not looked up in TPS or CTPS" in refusals(folder, "ann")


def test_a_copy_that_is_too_old_is_none(folder: Path) -> None:
    (folder / "gb.txt").write_text("+442079460099\n", encoding="utf-8")
    registers(folder, register("GB", "gb.txt", days_old=29), enforce='["GB"]')
    assert "is too old" in refusals(folder, "ann")


def test_a_copy_with_a_date_that_is_to_come_is_none(folder: Path) -> None:
    """A year mistyped would serve for ever."""
    (folder / "gb.txt").write_text("+442079460099\n", encoding="utf-8")
    registers(folder, register("GB", "gb.txt", days_old=-400), enforce='["GB"]')
    assert "which is to come" in refusals(folder, "ann")


@pytest.mark.parametrize(
    ("country", "days_old", "text", "said"),
    [
        ("GB", 1, "020 7946 0099\n", "ok     register GB: 1 number, fetched on"),
        ("GB", 29, "020 7946 0099\n", "too old since"),
        ("US", 29, "206,5550112\n206,5550113\n", "serves until"),
        ("US", -2, "206,5550112\n", "which is yet to come"),
        ("US", 1, "", "was it fetched whole?"),
        ("US", 1, "a\nb\nc\n", "most lines are no phone numbers"),
        ("FI", 1, "040 1234567\n", "no rule of FI asks for it"),
    ],
)
def test_the_doctor_looks_at_each_copy(folder: Path, country: str, days_old: int, text: str, said: str) -> None:
    (folder / "copy.txt").write_text(text, encoding="utf-8")
    registers(folder, register(country, "copy.txt", days_old=days_old), enforce="[]")
    assert said in CliRunner().invoke(root, ["--workspace", str(folder), "doctor"]).output


@pytest.mark.parametrize(
    ("country", "line", "number"),
    [
        ("US", "206,5550112", "+12065550112"),
        ("US", "(206) 555-0112", "+12065550112"),
        ("US", "1-206-555-0112", "+12065550112"),
        ("US", '"2065550112"', "+12065550112"),
        ("GB", "020 7946 0018", "+442079460018"),
        ("GB", "+44 20 7946 0018", "+442079460018"),
        ("FI", "040 1234567", "+358401234567"),
    ],
)
def test_numbers_are_read_as_the_country_writes_them(tmp_path: Path, country: str, line: str, number: str) -> None:
    file = tmp_path / "register.txt"
    file.write_text(f"\ufeffphone number\n{line}\n\n", encoding="utf-8")
    assert numbers_in(file, country) == {number}


def test_a_file_of_something_else_is_an_error_not_an_empty_register(tmp_path: Path) -> None:
    file = tmp_path / "register.txt"
    file.write_text("name;street\nSam;Main Street\nAnn;High Street\nEve;Low Street\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no phone numbers of US"):
        numbers_in(file, "US")
    with pytest.raises(SettingsError, match="cannot be read"):
        numbers_in(tmp_path / "missing.txt", "US")


def test_an_empty_register_lists_nobody(tmp_path: Path) -> None:
    file = tmp_path / "register.txt"
    file.write_text("", encoding="utf-8")
    assert numbers_in(file, "US") == frozenset()
