"""The tree of errors: codes, advice, near words."""

import re
from pathlib import Path

import pytest

from touches import errors
from touches.errors import (
    EXIT_CODES,
    FileError,
    LockHeld,
    MissingExtra,
    TouchesError,
    UnknownLead,
    did_you_mean,
    near_words,
    quoted_list,
)


def families(of: type[TouchesError] = TouchesError) -> list[type[TouchesError]]:
    return [each for child in of.__subclasses__() for each in (child, *families(child))]


def test_every_error_has_a_code_of_the_table() -> None:
    assert {family.exit_code for family in families()} <= set(EXIT_CODES)


def test_the_drawn_tree_shows_every_error_with_its_code() -> None:
    drawn = dict(re.findall(r"^[│ ]*[├└]── (\w+)(?: \((\d+)\))?", errors.__doc__ or "", re.MULTILINE))
    assert set(drawn) == {family.__name__ for family in families() if family.__module__ == errors.__name__}
    for family in families():
        if code := drawn.get(family.__name__):
            assert family.exit_code == int(code)


def test_the_reference_has_the_table_of_exit_codes() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", page, re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows} == dict(EXIT_CODES)


def test_an_unknown_name_suggests_its_neighbours() -> None:
    error = UnknownLead("mika@x.example", ["mika@y.example", "zoe@z.example"])
    assert error.message == 'There is no lead "mika@x.example".'
    assert error.hint == 'Did you mean "mika@y.example"? `touches lead list` shows all.'


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("emial", ["email", "sms"], ("email",)),
        ("EMAIL", ["Email"], ("Email",)),
        ("Europe/Helsinky", ["Europe/Helsinki", "Europe/Berlin"], ("Europe/Helsinki",)),
        ("xyz", ["email"], ()),
        ("", ["email"], ()),
    ],
)
def test_near_words_are_the_nearest_alone(word: str, known: list[str], found: tuple[str, ...]) -> None:
    assert near_words(word, known) == found


def test_near_words_read_as_a_sentence() -> None:
    assert did_you_mean("b", []) == ""
    assert quoted_list(["a"]) == '"a"'
    assert quoted_list(["a", "b", "c"]) == '"a", "b" or "c"'


def test_the_systems_complaint_becomes_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "leads.csv").read_text()
    assert FileError.from_os(caught.value, "read").message == (
        f'Cannot read "{tmp_path}/leads.csv": no such file or directory.'
    )


def test_errors_say_what_to_do() -> None:
    assert "touches[postgresql]" in MissingExtra("PostgreSQL", "postgresql").hint
    assert "daemon 3 on mail1" in LockHeld("daemon 3 on mail1").message
